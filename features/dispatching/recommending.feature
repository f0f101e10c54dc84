@R24
Feature: Units are recommended, and the dispatcher decides
  All units are ranked by when they would be there. What was recommended, what stood against the others, and how old their
  positions were is on record; so is the dispatcher's other choice, with its reason.

  Background:
    Given unit "N-12" is on duty
    And unit "N-14" is on duty
    And alarm "A-1" was received in division "500112" at 106.55, 29.56
    And the receiver of unit "N-12" told 106.56, 29.56 of 20 seconds ago
    And the receiver of unit "N-14" told 106.60, 29.56 of 10 seconds ago

  Scenario: The unit that is there first is recommended
    When 1 unit is recommended for "A-1"
    Then these events are recorded
      | UnitsRecommended |
    And "N-12" is recommended for "A-1", out of
      | N-12 | 20 |  |
      | N-14 | 10 |  |

  Scenario: A unit that is off duty, or whose position is old, is ranked behind and it is said why
    Given unit "N-16" is on duty
    And unit "N-12" is OUT_OF_SERVICE
    And the receiver of unit "N-16" told 106.55, 29.56 of 301 seconds ago
    When 1 unit is recommended for "A-1"
    Then "N-14" is recommended for "A-1", out of
      | N-14 | 10  |                  |
      | N-16 | 301 | POSITION_TOO_OLD |
      | N-12 | 20  | OUT_OF_SERVICE   |

  Scenario: Too few units are fit
    Given unit "N-12" is DELAYED
    When 2 units are recommended for "A-1"
    Then "N-14" is recommended for "A-1", out of
      | N-14 | 10 |         |
      | N-12 | 20 | DELAYED |
    And too few are fit for "A-1": 1 DELAYED

  Scenario: The recommended unit is sent
    Given 1 unit was recommended for "A-1"
    When the dispatcher sends unit "N-12" to "A-1"
    Then these events are recorded
      | AlarmDispatched |
      | UnitOrdered     |
      | UnitCommitted   |

  Scenario: Another unit is not sent without a reason
    Given 1 unit was recommended for "A-1"
    When the dispatcher sends unit "N-14" to "A-1"
    Then it is refused on "overrideReason": "Another unit than the proposed one is sent only with a reason."

  Scenario: Another unit is sent with a reason, which stands with the recommendation
    Given 1 unit was recommended for "A-1"
    When the dispatcher sends unit "N-14" to "A-1" because "it knows the house"
    Then these events are recorded
      | RecommendationOverridden |
      | AlarmDispatched          |
      | UnitOrdered              |
      | UnitCommitted            |
    And the recommendation for "A-1" was overridden by sending "N-14", because "it knows the house"

  Scenario: Nobody is recommended to an unknown place
    Given alarm "A-2" was received in division "500112"
    When 1 unit is recommended for "A-2"
    Then it is refused: "It is not known where the alarm is; resolve its location first."
