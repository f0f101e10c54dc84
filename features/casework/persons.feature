Feature: Personal data stand apart from what is recorded
  Names, phones and identity numbers stand in the vault; events carry a person's id alone. Who reads says why, and that is on record.

  Background:
    Given person "Li Lei" with phone "13812345678" is a witness in case "C-1" of station "S-1"

  @G8
  Scenario: What is recorded names nobody
    Then no event holds "Li Lei" or "13812345678"

  @G8
  Scenario: A reading is on record with its purpose
    When an INVESTIGATOR of "S-1" reads the person for case "C-1" to investigate
    Then "Li Lei" and "+8613812345678" are told
    And the last event is PersonRead for INVESTIGATION

  @G8 @G9
  Scenario: Somebody else is told nothing, and nothing is recorded
    When an INVESTIGATOR of "S-2" reads the person for case "C-1" to investigate
    Then nobody is told
    And nothing new was recorded

  @G8
  Scenario: After an erasure there is nothing left to read, and it is said on what ground
    When a CITY_HEAD of "CQ" erases the person on the ground of COURT_ORDER "2026-17"
    And an INVESTIGATOR of "S-1" reads the person for case "C-1" to investigate
    Then the person is told to be erased on the ground of COURT_ORDER
    And case "C-1" is as it was
