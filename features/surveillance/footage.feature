@R1
Feature: Footage requests
  Two officers ask for footage, somebody else answers, and from then on the register tells who had it, when, why and where it went (Order 230 of 2009).

  Background:
    Given camera "50010300001310000001" of a BANK was registered
    And the alarm "A-1" was received

  Scenario: From the request to the court
    When "li" and "wang" ask for footage of "50010300001310000001" from "06:00" to "07:00"
    Then these events are recorded
      | FootageRequested |
    And after head "zhou" approves it by paper "P-7"
    And after "li" takes it with 5000000000 bytes
    And after "li" seals it with "S-1"
    And after "li" hands it to "qian" at "the court" for "trial"
    And after "zhao" reads it for "trial"
    Then the register says
      | REQUESTED   | li   |      |           | a theft |
      | APPROVED    | zhou |      |           | P-7     |
      | RETRIEVED   | li   | li   |           |         |
      | SEALED      | li   |      |           |         |
      | TRANSFERRED | li   | qian | the court | trial   |
      | ACCESSED    | zhao |      |           | trial   |
    And the footage is TRANSFERRED, held by "qian" and kept for 30 days

  Scenario Outline: What is asked for the wrong way is refused
    When "<one>" and "<other>" ask for footage of "50010300001310000001" from "<from>" to "<to>"
    Then it is refused on "<field>": "<sentence>"

    Examples:
      | one | other | from  | to    | field    | sentence                                                                        |
      | li  | li    | 06:00 | 07:00 | officers | The two officers who ask for footage are not the same.                          |
      | li  | wang  | 07:00 | 06:00 | until    | The footage ends after it begins.                                               |
      | li  | wang  | 06:00 | 09:00 | until    | There is no footage of what is still to come.                                   |

  Scenario: One officer alone is not enough
    When "li" alone asks for footage of "50010300001310000001"
    Then it is refused on "officers": "Two officers ask for footage, neither more nor fewer."

  Scenario: Beyond the retention there is nothing to ask for
    When "li" and "wang" ask for footage of "50010300001310000001" of 31 days ago
    Then it is refused on "since": "The footage begins before what cameras have to keep by the limit that counts."

  Scenario: A camera that nobody knows
    When "li" and "wang" ask for footage of "50010300001310000009" from "06:00" to "07:00"
    Then it is refused: "There is no such thing."

  Scenario: An order that is not in force any more is no basis
    Given the legal basis ended on "2026-01-01"
    When "li" and "wang" ask for footage of "50010300001310000001" from "06:00" to "07:00"
    Then it is refused on "legalBasis": "No legal basis with this id is in force on that day."

  Scenario: Nobody answers a request of their own
    Given "li" and "wang" asked for footage of "50010300001310000001" from "06:00" to "07:00"
    When head "wang" approves it by paper "P-7"
    Then it is refused: "Nobody answers a request for footage that they make or are named in."

  Scenario: What was not used in time expires by the clock
    Given "li" and "wang" asked for footage of "50010300001310000001" from "06:00" to "07:00"
    And 1441 minutes passed
    When the clock is looked at
    Then these events are recorded
      | FootageRequestExpired |

  Scenario: The limit set that is active says how long footage is kept
    Given footage is kept for 60 days by the limit set "kept-1"
    When "li" and "wang" ask for footage of "50010300001310000001" from "06:00" to "07:00"
    Then after head "zhou" approves it by paper "P-7"
    And after "li" takes it with 5000000000 bytes
    And the footage is kept for 60 days by "kept-1"

  Scenario: Usual material is kept for thirty days and important material for two years
    Given "li" and "wang" took footage of "50010300001310000001"
    And "li" and "wang" took important footage of "50010300001310000001"
    And 43201 minutes passed
    When the clock is looked at
    Then these events are recorded
      | RetentionExpired |

  Scenario: A hold outlasts every limit
    Given "li" and "wang" took footage of "50010300001310000001"
    And a hold was placed on it
    And 43201 minutes passed
    When the clock is looked at
    Then nothing new is recorded

  Scenario: Once the hold is lifted the limit counts again
    Given "li" and "wang" took footage of "50010300001310000001"
    And a hold was placed on it
    And 43201 minutes passed
    And the hold was lifted
    When the clock is looked at
    Then these events are recorded
      | RetentionExpired |

  Scenario: Nothing under a hold is destroyed
    Given "li" and "wang" took footage of "50010300001310000001"
    And a hold was placed on it
    When it is destroyed
    Then it is refused: "A hold is on the footage; lift it first."

  Scenario: Nothing is destroyed before its time
    Given "li" and "wang" took footage of "50010300001310000001"
    When it is destroyed
    Then it is refused: "The footage has to be kept until its retention has expired."
