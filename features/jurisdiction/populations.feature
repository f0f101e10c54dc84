Feature: Populations
  Rates are told per 100,000 people: of a division, a year and a kind, and which these were stands in the answer.

  Background:
    Given 3 cases were filed in division "500103" on 2024-05-02

  Scenario: The latest count stands, and every count stays
    Given "500103" had 300000 RESIDENT people in 2024 by "estimate"
    When "500103" has 250000 RESIDENT people in 2024 by "census"
    Then these events are recorded
      | PopulationRecorded |
    And the rate of 2024 in "500103" by RESIDENT people is 3 of 250000, 1.2 per 100,000
    And as of before, the rate of 2024 in "500103" by RESIDENT people is 3 of 300000, 1.0 per 100,000
    When "500103" has 250000 RESIDENT people in 2024 by "census"
    Then nothing new is recorded

  Scenario: Kinds and years are not mixed
    Given "500103" had 600000 REGISTERED people in 2024 by "police"
    And "500103" had 200000 RESIDENT people in 2023 by "census"
    Then the rate of 2024 in "500103" by REGISTERED people is 3 of 600000, 0.5 per 100,000
    And there is no rate of 2024 in "500103" by RESIDENT people

  Scenario: A population is counted
    When "500103" has 0 RESIDENT people in 2024 by "census"
    Then it is refused on "people": "A population is one person at least."
    When "500103" has 10 RESIDENT people in 1066 by "census"
    Then it is refused on "year": "The year of a population lies between 1900 and 2200."
    When "500103" has 10 RESIDENT people in 2024 by ""
    Then it is refused on "source": "A text is required here."

  Scenario: Nobody knows that division
    When "590000", which is not registered, has people
    Then it is refused on "division": "No division is registered under this code for that day."
