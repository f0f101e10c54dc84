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

  Scenario: A unit takes a state that the deployment has defined
    Given unit "N-12" is on duty
    And state "MEAL" ("At meal", "用餐") of units was defined as a kind of DELAYED
    When unit "N-12" reports DELAYED as "MEAL"
    Then these events are recorded
      | UnitStatusChanged |
    And unit "N-12" is listed as "At meal" and as "用餐"

  Scenario: A state that is not defined is refused
    Given unit "N-12" is on duty
    When unit "N-12" reports DELAYED as "LUNCH"
    Then it is refused on "custom": "No state of units is defined under this code."

  Scenario: A state is a kind of one base state
    Given unit "N-12" is on duty
    And state "MEAL" ("At meal", "用餐") of units was defined as a kind of DELAYED
    When unit "N-12" reports OUT_OF_SERVICE as "MEAL"
    Then it is refused on "status": "This state of units is a kind of another base state."

  Scenario: A state that was withdrawn is taken by nobody, and is still called what it was
    Given unit "N-12" is on duty
    And state "MEAL" ("At meal", "用餐") of units was defined as a kind of DELAYED
    And unit "N-12" has reported DELAYED as "MEAL"
    And state "MEAL" of units was withdrawn
    When unit "N-12" reports DELAYED as "MEAL"
    Then it is refused on "custom": "No state of units is defined under this code."
    And unit "N-12" is listed as "At meal" and as "用餐"

  Scenario: A word that was recorded before states were defined stays readable
    Given unit "N-12" is on duty
    And unit "N-12" was in the state "meal" before states were defined
    Then unit "N-12" is listed as "meal" and as "meal"

  Scenario: A state is defined once
    Given state "MEAL" ("At meal", "用餐") of units was defined as a kind of DELAYED
    When state "MEAL" of units is defined as a kind of OUT_OF_SERVICE
    Then it is refused on "id": "A thing with this id exists already."
