@G7
Feature: Service levels
  How long a response may take is written down in versions; what is late by the version of its time is brought to notice.

  Background:
    Given unit "N-12" is on duty
    And alarm "fire" was received in division "500103"
    And alarm "fire" was triaged as "FIRE" with priority "1"
    And service level "2026-1" allows priority "1" 60 seconds to acknowledge and 240 to arrive

  Scenario: Without an active service level nothing is late
    Given unit "N-12" was sent to "fire"
    And unit "N-12" has reported acknowledged at "fire"
    And 60 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded

  Scenario: What is late by the active service level is escalated once
    Given service level "2026-1" was activated
    And unit "N-12" was sent to "fire"
    And unit "N-12" has reported acknowledged at "fire"
    And 4 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded
    Given 1 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | OrderEscalated |
    And the order was escalated by service level "2026-1" for its "ARRIVAL"
    When the clock's duties are swept
    Then nothing new is recorded

  Scenario: An order is measured by the service level of its time
    Given service level "2026-1" was activated
    And unit "N-12" was sent to "fire"
    And 1 minutes passed
    And service level "2026-2" allows priority "1" 600 seconds to acknowledge and 900 to arrive
    And service level "2026-2" was activated in place of "2026-1"
    And 1 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | OrderEscalated |
    And the order was escalated by service level "2026-1" for its "ACKNOWLEDGEMENT"
    And now service level "2026-2" is active

  Scenario: One service level is active at a time
    Given service level "2026-1" was activated
    And service level "2026-2" allows priority "1" 600 seconds to acknowledge and 900 to arrive
    When service level "2026-2" is activated
    Then it is refused on "supersedes": "Another service level is active; name it as the one that is superseded."

  Scenario: What is active is not revised
    Given service level "2026-1" was activated
    When service level "2026-1" is revised
    Then it is refused: "The service level is active already or was; draft another one."

  Scenario: The active service level sets the limit of an order to which none was given
    Given service level "2026-1" was activated
    When unit "N-12" is sent to "fire" without a limit
    Then the order is to be acknowledged within 60 seconds by service level "2026-1"
    Given 2 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | OrderEscalated   |
      | OrderTimedOut    |
      | AlarmOrderFailed |
      | UnitReleased     |

  Scenario: A limit that is given counts
    Given service level "2026-1" was activated
    And unit "N-12" was sent to "fire"
    Then the order is to be acknowledged within 120 seconds by no service level

  Scenario: Without an active service level an order has no limit of its own
    When unit "N-12" is sent to "fire" without a limit
    Then the order is to be acknowledged within 0 seconds by no service level

  Scenario: What is activated for later counts from then on, and until then what was before
    Given service level "2026-1" was activated
    And service level "2026-2" allows priority "1" 600 seconds to acknowledge and 900 to arrive
    And service level "2026-2" was activated in place of "2026-1" for in 5 minutes
    When unit "N-12" is sent to "fire" without a limit
    Then the order is to be acknowledged within 60 seconds by service level "2026-1"
    Given unit "N-12" has reported clear at "fire"
    And alarm "flood" was received in division "500103"
    And alarm "flood" was triaged as "FLOOD" with priority "1"
    And 6 minutes passed
    When unit "N-12" is sent to "flood" without a limit
    Then the order is to be acknowledged within 600 seconds by service level "2026-2"

  Scenario: A service level that is activated in the same commit counts
    When service level "2026-1" is activated and unit "N-12" sent to "fire" without a limit in one commit
    Then the order is to be acknowledged within 60 seconds by service level "2026-1"

  Scenario: A crew on scene that is not heard from is brought to notice, once for each check-in that did not come
    Given service level "2026-3" allows crews on scene 600 seconds between check-ins
    And service level "2026-3" was activated
    And unit "N-12" was sent to "fire"
    And unit "N-12" has reported on scene at "fire"
    And 10 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded
    Given 1 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | CheckInMissed |
    When the clock's duties are swept
    Then nothing new is recorded
    When unit "N-12" checks in at "fire"
    Then these events are recorded
      | UnitCheckedIn |
    Given 9 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded
    Given 16 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | CheckInMissed |
      | CheckInMissed |
    And the order of unit "N-12" to "fire" shows 1 check-ins and 2 missed since

  Scenario: Nobody checks in who is not on scene
    Given unit "N-12" was sent to "fire"
    When unit "N-12" checks in at "fire"
    Then it is refused: "The unit is not on scene; a crew checks in while it is there."
