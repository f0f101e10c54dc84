@G3
Feature: A wrong fact is put right, and the original stays
  One officer asks, another decides, and the case takes the correction as an event of its own.

  Background:
    Given case "A5001" was filed

  Scenario: The type was typed wrongly
    Given officer "Li" asked to correct "THEFT" on "A5001" to "FRAUD"
    When officer "Wang" approves the correction
    And the policies answer
    Then these events are recorded
      | CorrectionApproved |
      | CaseFactCorrected  |
      | CorrectionApplied  |
    And case "A5001" counts 3 offences of "FRAUD"
    And the correction is APPLIED

  Scenario: What became impossible meanwhile lapses, and says why
    Given officer "Li" asked to correct "THEFT" on "A5001" to "FRAUD"
    And the offences of "A5001" were changed to 3 "ROBBERY"
    When officer "Wang" approves the correction
    And the policies answer
    Then these events are recorded
      | CorrectionApproved |
      | CorrectionLapsed   |
    And case "A5001" counts 3 offences of "ROBBERY"
    And the correction is LAPSED
    And it says: "The case has no offence of the type that is to be replaced."

  Scenario: Nobody approves their own correction
    Given officer "Li" asked to correct "THEFT" on "A5001" to "FRAUD"
    When officer "Li" approves the correction
    Then it is refused: "Who asked for it cannot decide on it."

  Scenario: A rejected correction changes nothing
    Given officer "Li" asked to correct "THEFT" on "A5001" to "FRAUD"
    When officer "Wang" rejects the correction
    And the policies answer
    Then these events are recorded
      | CorrectionRejected |
    And case "A5001" counts 3 offences of "THEFT"
    And the correction is REJECTED

  Scenario: What the case does not have cannot be corrected
    When officer "Li" asks to correct "ROBBERY" on "A5001" to "FRAUD"
    Then it is refused: "The case has no offence of the type that is to be replaced."

  Scenario: A correction names the event that is wrong
    Given case "A5002" was filed
    When officer "Li" asks to correct the filing of "A5001" where that of "A5002" stands
    Then it is refused: "At this position stands no event of this thing that states the fact."

  Scenario: A correction fits the fact it is about
    When officer "Li" asks to correct the filing of "A5001" without a time
    Then it is refused: "Give just the value that fits the fact: a time, a type with the one it replaces, or a place."
