@G3
Feature: Nothing is solved by one person alone
  Clearance, withdrawal and a change to a lesser offence are asked for by one officer and decided by another.

  Background:
    Given case "A5001" was filed

  Scenario: A clearance waits for a second person
    Given the suspect of "A5001" was arrested
    When officer "Li" asks to clear "A5001" by arrest
    Then these events are recorded
      | ApprovalRequested |
    And case "A5001" stands as FILED
    And the request is PENDING, by "Li": CLEARANCE ARREST CHARGED 3

  Scenario: The second person approves, and it counts from when it was proposed for
    Given the suspect of "A5001" was arrested
    And officer "Li" asked to clear "A5001" by arrest
    And 60 minutes passed
    When officer "Wang" approves
    Then these events are recorded
      | CaseCleared |
    And it took effect 60 minutes ago and names officer "Li"
    And case "A5001" stands as CLEARED
    And the request is APPROVED, by "Li": CLEARANCE ARREST CHARGED 3

  Scenario Outline: Nobody decides on their own request
    Given the suspect of "A5001" was arrested
    And officer "Li" asked to clear "A5001" by arrest
    When officer "Li" <decides>
    Then it is refused: "Who asked for it cannot decide on it."

    Examples:
      | decides  |
      | approves |
      | rejects  |

  Scenario: What was rejected cannot be approved later
    Given the suspect of "A5001" was arrested
    And officer "Li" asked to clear "A5001" by arrest
    And officer "Wang" rejected it
    When officer "Wang" approves
    Then it is refused: "No such request waits on this case."
    And the request is REJECTED, by "Li": CLEARANCE ARREST CHARGED 3

  Scenario: Two approve at once, and it happens once
    Given the suspect of "A5001" was arrested
    And officer "Li" asked to clear "A5001" by arrest
    When officers "Wang" and "Zhao" approve at the same moment
    Then these events are recorded
      | CaseCleared |

  Scenario: By arrest needs an arrest
    When officer "Li" asks to clear "A5001" by arrest
    Then it is refused: "Clearance by arrest needs an arrest on record."

  Scenario: A suspect died: exceptional, with all four facts
    When officer "Li" asks to clear "A5001" because the suspect died
    Then these events are recorded
      | ApprovalRequested |

  Scenario Outline: Each of the four facts is needed
    When officer "Li" asks to clear "A5001" because the suspect died, but <fact> is missing
    Then it is refused: "An exceptional clearance needs all four: offender identified, evidence sufficient, location known, a reason beyond police control."

    Examples:
      | fact                |
      | offender_identified |
      | evidence_sufficient |
      | location_known      |

  Scenario: Exceptional never goes with an arrest
    Given the suspect of "A5001" was arrested
    When officer "Li" asks to clear "A5001" because the suspect died
    Then it is refused: "An exceptional clearance cannot be combined with an arrest."

  Scenario: A clearance that was wrong is revoked, and can be made anew
    Given the suspect of "A5001" was arrested
    And case "A5001" was cleared by arrest
    And the clearance of "A5001" was revoked
    When officer "Li" asks to clear "A5001" by arrest
    Then these events are recorded
      | ApprovalRequested |

  Scenario: A withdrawal waits too
    When officer "Li" asks to withdraw "A5001" as NO_CRIME
    Then these events are recorded
      | ApprovalRequested |
    And the request is PENDING, by "Li": WITHDRAWAL NO_CRIME
    When officer "Wang" approves
    Then these events are recorded
      | CaseWithdrawn |
    And case "A5001" stands as WITHDRAWN

  Scenario: What is cleared is not withdrawn
    Given the suspect of "A5001" was arrested
    And case "A5001" was cleared by arrest
    When officer "Li" asks to withdraw "A5001" as NO_CRIME
    Then it is refused: "The case is cleared; revoke the clearance first."

  Scenario: A change to a graver offence happens at once
    When officer "Li" changes the offences of "A5001" to 3 "ROBBERY"
    Then these events are recorded
      | CaseReclassified |

  Scenario Outline: A change to a lesser or incomparable one waits
    When officer "Li" changes the offences of "A5001" to <count> "<type>"
    Then these events are recorded
      | ApprovalRequested |
    And case "A5001" counts 3 offences of "THEFT"
    And the request is PENDING, by "Li": RECLASSIFICATION <count> <type>

    Examples:
      | count | type      |
      | 3     | FRAUD     |
      | 2     | THEFT     |
      | 3     | LOCAL-042 |
