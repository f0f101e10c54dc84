Feature: A case from its report to its outcome
  Every step is an event with its own time; nothing that was decided is lost when it is decided anew.

  Scenario: A report is registered and its receipt has a number
    When a theft of 3 bicycles is reported as case "A5001"
    Then these events are recorded
      | ReportRegistered |

  Scenario: A station gives each number once
    Given case "A5001" was reported
    When another report is registered under the number of "A5001"
    Then it is refused: "Another case has this number."

  Scenario: A case that comes from an alarm is noted on the alarm
    Given an alarm about "bicycles" was received
    And case "A5001" was reported on the alarm about "bicycles"
    Then the alarm about "bicycles" knows case "A5001"

  Scenario: Accepted, reviewed longer than planned, and filed
    Given case "A5001" was reported
    And case "A5001" was accepted for 3 days of review
    And the review of "A5001" was extended to 7 days
    When case "A5001" is filed
    Then these events are recorded
      | CaseFiled |
    And case "A5001" counts 3 offences of "THEFT"

  Scenario: The limit of a review only moves forward
    Given case "A5001" was reported
    And case "A5001" was accepted for 7 days of review
    When the review of "A5001" is extended to 3 days
    Then it is refused: "The new limit must lie after the present one and after the time of this decision."

  Scenario: Filing needs an acceptance
    Given case "A5001" was reported
    When case "A5001" is filed
    Then it is refused: "The case is not under review; accept it first."

  Scenario: What was not filed can be filed late, with a reason
    Given case "A5001" was reported
    And case "A5001" was accepted for 3 days of review
    And filing of "A5001" was refused
    When case "A5001" is filed late because "The shop's camera shows it."
    Then these events are recorded
      | RetroFiled |
    And case "A5001" stands as FILED

  Scenario: Nothing takes effect before it occurred
    Given case "A5001" that occurred 1 hours ago was reported
    When case "A5001" is accepted as of 2 hours ago
    Then it is refused: "The effective time lies before the time of the occurrence."

  Scenario: Nothing takes effect in the future
    Given case "A5001" was reported
    When case "A5001" is accepted as of -2 hours ago
    Then it is refused: "The effective time lies after the time of recording."

  Scenario: Concluded and transferred for prosecution
    Given case "A5001" was filed
    And the suspect of "A5001" was arrested
    And case "A5001" was cleared by arrest
    And case "A5001" was concluded as CHARGED
    When case "A5001" is transferred for prosecution
    Then these events are recorded
      | ProsecutionTransferred |
    And case "A5001" stands as TRANSFERRED

  Scenario: Closed is not solved
    Given case "A5001" was filed
    When case "A5001" is concluded as CHARGED
    Then it is refused: "This outcome means solved, but no clearance stands; clear the case first."

  Scenario: What was suspended is taken up again
    Given case "A5001" was filed
    And case "A5001" was suspended
    When case "A5001" is reopened because "A witness came forward."
    Then these events are recorded
      | CaseReopened |
    And case "A5001" stands as FILED
    When case "A5001" is concluded as NO_SUSPECT
    Then these events are recorded
      | CaseConcluded |

  Scenario: A clearance outlives the conclusion and its reopening
    Given case "A5001" was filed
    And the suspect of "A5001" was arrested
    And case "A5001" was cleared by arrest
    And case "A5001" was concluded as CHARGED
    When case "A5001" is reopened because "An accomplice is known."
    Then case "A5001" stands as CLEARED
