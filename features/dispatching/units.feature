@R24
Feature: Units on duty
  A unit signs on and off, tells what it does, and is seen now and then.

  Scenario: A unit signs on once
    Given unit "N-12" is on duty
    When unit "N-12" signs on
    Then it is refused: "The unit is on duty already."

  Scenario: A unit with an order does not sign off
    Given alarm "fire" was received in division "500112"
    And unit "N-12" is on duty
    And unit "N-12" was sent to "fire"
    When unit "N-12" signs off
    Then it is refused: "The unit has an order; clear it or take the unit off it first."

  Scenario: A unit reports that it is delayed
    Given unit "N-12" is on duty
    When unit "N-12" reports DELAYED
    Then these events are recorded
      | UnitStatusChanged |

  Scenario: Being committed follows from an order
    Given unit "N-12" is on duty
    When unit "N-12" reports COMMITTED
    Then it is refused: "A unit is off duty by signing off, and committed by an order; neither is set by hand."

  Scenario: A unit that breaks down under way stays out of service
    Given alarm "fire" was received in division "500112"
    And unit "N-12" is on duty
    And unit "N-12" was sent to "fire"
    And unit "N-12" is OUT_OF_SERVICE
    When unit "N-12" is clear at "fire"
    Then these events are recorded
      | UnitCleared  |
      | UnitReleased |
    And the unit is OUT_OF_SERVICE again

  Scenario: A newer fix counts, an older one is passed over
    Given unit "N-12" is on duty
    And unit "N-12" was seen 5 minutes ago
    When a fix of 10 minutes ago comes from unit "N-12"
    Then nothing new is recorded
    When a fix of 1 minutes ago comes from unit "N-12"
    Then these events are recorded
      | PositionSampled |

  Scenario: A fix of the future is refused
    Given unit "N-12" is on duty
    When a fix of 5 minutes ahead comes from unit "N-12"
    Then it is refused: "The position's time lies after the time of recording."

  Scenario: A crew changes during the shift
    Given unit "N-12" is on duty
    When unit "N-12" changes its crew to "P-7" and "P-8"
    Then these events are recorded
      | CrewChanged |

  Scenario: What a unit can do changes
    Given unit "N-12" is on duty
    When unit "N-12" can do "DOG" from now on
    Then these events are recorded
      | CapabilitiesChanged |
    And unit "N-12" is shown as able to "DOG"
