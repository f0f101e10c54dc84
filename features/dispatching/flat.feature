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
