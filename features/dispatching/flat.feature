@R27
Feature: Flat command
  The centre orders a unit without going from level to level. The order names the levels that it passed over, and they see it.

  Background:
    Given city bureau "CQ" stands above sub-bureau "N", and "N" above station "N-1"
    And unit "N-12" of station "N-1" is on duty
    And alarm "A-1" was received in division "500103"

  Scenario Outline: An order names the levels that it passes over
    When "<ordering>" sends unit "N-12" to "A-1"
    Then the order of unit "N-12" to "A-1" bypassed "<bypassed>"

    Examples:
      | ordering | bypassed |
      | CQ       | N        |
      | N        | nobody   |
      | N-1      | nobody   |
      | S-1      | nobody   |

  Scenario: Those passed over find such orders
    When "CQ" sends unit "N-12" to "A-1"
    Then "N" finds the order of unit "N-12" to "A-1" among those that passed over a level

  Scenario: A unit that is registered, signs on and is sent in one commit passes over the same levels
    When "CQ" registers unit "N-13" of station "N-1", signs it on and sends it to "A-1" in one commit
    Then the order of unit "N-13" to "A-1" bypassed "N"
    And these events are recorded
      | UnitRegistered  |
      | UnitSignedOn    |
      | AlarmDispatched |
      | UnitOrdered     |
      | UnitCommitted   |

  Scenario: Flat and layered orders are timed apart, with what is left out
    Given alarm "A-2" was received in division "500103"
    And unit "N-14" of station "N-1" is on duty
    And 2 minutes passed
    And "CQ" sent unit "N-12" to "A-1"
    And 1 minutes passed
    And unit "N-12" has reported acknowledged at "A-1"
    And "N" sent unit "N-14" to "A-2"
    And 4 minutes passed
    And unit "N-12" has reported on scene at "A-1"
    And the order of unit "N-14" to "A-2" was cancelled
    Then orders took these seconds
      | mode    | segment                 | n | median | p90 | left out                 |
      | FLAT    | RECEIVED_TO_ORDERED     | 1 | 120    | 120 |                          |
      | LAYERED | RECEIVED_TO_ORDERED     | 1 | 180    | 180 |                          |
      | FLAT    | ORDERED_TO_ACKNOWLEDGED | 1 | 60     | 60  |                          |
      | LAYERED | ORDERED_TO_ACKNOWLEDGED | 0 |        |     | MISSING                  |
      | FLAT    | ORDERED_TO_ARRIVED      | 1 | 300    | 300 |                          |
      | LAYERED | ORDERED_TO_ARRIVED      | 0 |        |     | CANCELLED_BEFORE_ARRIVAL |
    And on so small a base no time is told unless asked for

  Scenario: What was not known yet is in no figure
    Given 2 minutes passed
    And that much was recorded
    And "CQ" sent unit "N-12" to "A-1"
    Then by what was recorded then no order was timed
