@R33
Feature: What people feel stands beside what was recorded
  Surveys come by division and wave; their numbers are told with what they were counted from.

  Scenario: A survey tells its share with what it was counted from
    Given in wave "2025-2" 940 of 1000 asked in "500103" felt safe
    Then wave "2025-2" in "500103" tells 940 of 1000 and a share of 0.94

  Scenario: On a small base there is no share
    Given in wave "2025-2" 28 of 29 asked in "500103" felt safe
    Then wave "2025-2" in "500103" tells 28 of 29 and no share

  Scenario: No more can feel safe than were asked
    When in wave "2025-2" 30 of 29 asked in "500103" are said to have felt safe
    Then it is refused on "feltSafe": "From none to all of those asked felt safe."

  Scenario: A wrong import is retracted once and stays on record
    Given in wave "2025-2" 28 of 1000 asked in "500103" felt safe
    When wave "2025-2" in "500103" is retracted
    Then these events are recorded
      | SurveyRetracted |
    When wave "2025-2" in "500103" is retracted
    Then it is refused: "The survey is retracted."
