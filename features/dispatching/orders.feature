@R4 @R28
Feature: Sending units
  An order changes the alarm, the order and the unit together or not at all, and a unit has one active order.

  Background:
    Given alarm "fire" was received in division "500112"
    And alarm "crash" was received in division "500112"
    And unit "N-12" is on duty

  Scenario: A unit is sent
    Given alarm "fire" was triaged as "FIRE" with priority "1"
    When unit "N-12" is sent to "fire"
    Then these events are recorded
      | AlarmDispatched |
      | UnitOrdered     |
      | UnitCommitted   |
    And the order carries priority "1"

  Scenario: A run from order to clearance
    Given unit "N-12" was sent to "fire"
    And unit "N-12" has reported acknowledged at "fire"
    And unit "N-12" has reported en route at "fire"
    When unit "N-12" is on scene at "fire"
    Then these events are recorded
      | UnitArrived   |
      | AlarmAttended |
    When unit "N-12" is clear at "fire"
    Then these events are recorded
      | UnitCleared  |
      | UnitReleased     |
    And the list shows the order of "N-12" to "fire" with
      | state | CLEARED |
      | unit  | N-12    |
    And the list shows unit "N-12" with
      | status | AVAILABLE |
      | order  |           |
    And the board shows alarm "fire" with
      | state       | ON_SCENE |
      | orders_sent | 1        |

  Scenario: The first arrival marks the alarm, the second does not
    Given unit "S-3" is on duty
    And unit "N-12" was sent to "fire"
    And unit "S-3" was sent to "fire"
    And unit "N-12" has reported on scene at "fire"
    When unit "S-3" is on scene at "fire"
    Then these events are recorded
      | UnitArrived |

  Scenario: A unit may tell late, and leave steps out
    Given unit "N-12" was sent to "fire"
    And 20 minutes passed
    When unit "N-12" tells late that it was on scene at "fire" 15 minutes ago
    Then these events are recorded
      | UnitArrived   |
      | AlarmAttended |
    And the list shows the order of "N-12" to "fire" with
      | state           | ON_SCENE |
      | acknowledged_at |          |
      | en_route_at     |          |

  Scenario: Nobody acknowledges, sets out for, reaches or clears what was only proposed
    Given unit "N-12" was proposed for "fire"
    When unit "N-12" is acknowledged at "fire"
    Then it is refused: "The order is only proposed; send it first."
    When unit "N-12" is en route at "fire"
    Then it is refused: "The order is only proposed; send it first."
    When unit "N-12" is on scene at "fire"
    Then it is refused: "The order is only proposed; send it first."
    When unit "N-12" is clear at "fire"
    Then it is refused: "The order is only proposed; send it first."

  Scenario: An order does not go back
    Given unit "N-12" was sent to "fire"
    And unit "N-12" has reported on scene at "fire"
    When unit "N-12" is en route at "fire"
    Then it is refused: "The order has come as far as this or farther."

  Scenario: One active order for each unit
    Given unit "N-12" was sent to "fire"
    When unit "N-12" is sent to "crash"
    Then it is refused: "The unit has an active order; stack the new one, or pre-empt or clear the active one first."

  Scenario: Two dispatchers want the same unit at once
    When one dispatcher sends unit "N-12" to "fire" while another sends it to "crash"
    Then one is refused: "The unit has an active order; stack the new one, or pre-empt or clear the active one first."
    And these units and orders are on record
      | UnitOrdered   | 1 |
      | UnitCommitted | 1 |

  Scenario: An order may wait behind the active one
    Given unit "N-12" was sent to "fire"
    And unit "N-12" was sent to "crash" after its present order
    When unit "N-12" is clear at "fire"
    Then these events are recorded
      | UnitCleared  |
      | UnitReleased     |
    And the list shows unit "N-12" with
      | status | COMMITTED     |
      | order  | N-12 to crash |

  Scenario: A unit off duty is sent only with a reason
    Given unit "S-3" is off duty
    When unit "S-3" is sent to "fire"
    Then it is refused: "The unit is off duty or out of service; it is ordered only with a reason."
    When unit "S-3" is sent to "fire" because "the crew is next door"
    Then these events are recorded
      | AlarmDispatched |
      | UnitOrdered     |
      | UnitCommitted   |

  Scenario: A test alarm is never dispatched
    Given test alarm "drill" was received in division "500112"
    When unit "N-12" is sent to "drill"
    Then it is refused: "A test alarm is never dispatched."

  Scenario: A proposal is sent as proposed
    Given unit "N-12" was proposed for "fire"
    When the proposal of "N-12" for "fire" is sent
    Then these events are recorded
      | UnitOrdered     |
      | AlarmDispatched |
      | UnitCommitted   |

  Scenario: Another unit than the proposed one needs a reason
    Given unit "S-3" is on duty
    And unit "N-12" was proposed for "fire"
    When unit "S-3" is sent to "fire" instead of the proposed "N-12"
    Then it is refused: "Another unit than the proposed one is sent only with a reason."
    When unit "S-3" is sent to "fire" instead of the proposed "N-12" because "has the ladder"
    Then these events are recorded
      | UnitOrdered     |
      | AlarmDispatched |
      | UnitCommitted   |

  Scenario: A unit refuses before it acknowledges
    Given unit "N-12" was sent to "fire"
    When unit "N-12" refuses "fire" because "flat tyre"
    Then these events are recorded
      | OrderRefused     |
      | AlarmOrderFailed |
      | UnitReleased     |

  Scenario: What is acknowledged is no longer refused
    Given unit "N-12" was sent to "fire"
    And unit "N-12" has reported acknowledged at "fire"
    When unit "N-12" refuses "fire" because "flat tyre"
    Then it is refused: "The unit has acknowledged the order; cancel it or take the unit off it."

  Scenario: An order is cancelled and its unit is free
    Given unit "N-12" was sent to "fire"
    When the order of "N-12" to "fire" is cancelled because "caller called it off"
    Then these events are recorded
      | OrderCancelled   |
      | AlarmOrderFailed |
      | UnitReleased     |

  Scenario: A proposal is cancelled without touching the unit
    Given unit "N-12" was proposed for "fire"
    When the order of "N-12" to "fire" is cancelled because "nobody needed"
    Then these events are recorded
      | OrderCancelled   |

  Scenario: A unit is taken off for something more urgent
    Given unit "N-12" was sent to "crash"
    When unit "N-12" is taken off "crash" for "fire" because "people inside"
    Then these events are recorded
      | UnitPreempted    |
      | AlarmOrderFailed |
      | UnitReleased     |
      | AlarmDispatched  |
      | UnitOrdered      |
      | UnitCommitted    |

  Scenario: An order clears only the unit it belongs to
    Given unit "S-3" is on duty
    And unit "N-12" was sent to "fire"
    When the order of "N-12" to "fire" is cleared for unit "S-3"
    Then it is refused: "The order does not belong to this unit."

  Scenario: An order that nobody acknowledges times out
    Given unit "N-12" was sent to "fire"
    And 3 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | OrderTimedOut    |
      | AlarmOrderFailed |
      | UnitReleased     |
    And the list shows the order of "N-12" to "fire" with
      | state | TIMED_OUT |

  Scenario: An alarm that nobody is coming to waits for dispatch again
    Given unit "S-3" is on duty
    And unit "N-12" was sent to "fire"
    And unit "S-3" was sent to "fire"
    When unit "N-12" refuses "fire" because "flat tyre"
    Then the board shows alarm "fire" with
      | state | DISPATCHED |
    When the order of "S-3" to "fire" is cancelled because "needed elsewhere"
    Then the board shows alarm "fire" with
      | state         | RECEIVED |
      | orders_sent   | 2        |
      | orders_failed | 2        |

  Scenario: An alarm that a unit came to does not wait again
    Given unit "S-3" is on duty
    And unit "N-12" was sent to "fire"
    And unit "N-12" has reported on scene at "fire"
    And unit "S-3" was sent to "fire"
    When the order of "S-3" to "fire" is cancelled because "one is enough"
    Then the board shows alarm "fire" with
      | state | ON_SCENE |

  Scenario: An order within its limit does not time out
    Given unit "N-12" was sent to "fire"
    And 1 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded

  Scenario: An acknowledged order does not time out
    Given unit "N-12" was sent to "fire"
    And unit "N-12" has reported acknowledged at "fire"
    And 3 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded

  Scenario: Each level of escalation comes once
    Given unit "N-12" was sent to "fire"
    And the order of "N-12" to "fire" was escalated to level 1
    When the order of "N-12" to "fire" is escalated to level 1
    Then it is refused: "The order was escalated to this level before."
    When the order of "N-12" to "fire" is escalated to level 2
    Then these events are recorded
      | OrderEscalated |
