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
