@R4 @R24
Feature: Where units are
  Receivers tell it every few seconds. It goes to a stream beside the log, and is kept for a limited time.

  Background:
    Given unit "N-12" is on duty
    And unit "N-14" is on duty

  Scenario: The latest fix is where a unit is, and says how old it is
    When the receiver of unit "N-12" tells 106.55, 29.56 of 20 seconds ago
    Then the fix is TAKEN
    And nothing new is recorded
    And unit "N-12" is at 106.55, 29.56 since 20 seconds

  Scenario: A fix that was held up where there was no network stands in the track
    Given the receiver of unit "N-12" told 106.55, 29.56 of 20 seconds ago
    When the receiver of unit "N-12" tells 106.50, 29.50 of 90 seconds ago
    Then the fix is STALE
    And unit "N-12" is at 106.55, 29.56 since 20 seconds
    And the track of unit "N-12" tells of 90, 20 seconds ago

  Scenario: A receiver whose clock is wrong is not believed
    When the receiver of unit "N-12" tells 106.55, 29.56 of -90 seconds ago
    Then the fix is refused on "at": "The position's time lies after the time of recording."

  Scenario: A receiver of no unit is told so
    When the receiver of unit "N-99" tells 106.55, 29.56 of 20 seconds ago
    Then the fix is refused on "unit": "There is no such thing."

  Scenario: Tracks are forgotten after their time
    Given the receiver of unit "N-12" told 106.55, 29.56 of 20 seconds ago
    And 43200 minutes passed
    When old tracks are forgotten
    Then the track of unit "N-12" tells of nothing
