@R23
Feature: Inspections of those on duty
  Somebody looks at a monitoring post or at how a roster is kept; what is found has a day by which it is to be put right.

  Background:
    Given monitoring post "P-1" of station "S-1" has worked since "2026-01-01"
    And inspection "I-1" of post "P-1" was opened

  Scenario: What was found and what was put right
    Given "nobody at the screens" was found in inspection "I-1", due on "2026-03-05"
    And "the log is not kept" was found in inspection "I-1", due on "2026-03-10"
    When finding 1 of inspection "I-1" is closed with "told off"
    Then these events are recorded
      | FindingClosed |
    And open findings are
      | 2 | the log is not kept | 2026-03-10 |
    And inspection "I-1" has 2 findings, 1 of them open

  Scenario: What is overdue
    Given "nobody at the screens" was found in inspection "I-1", due on "2026-03-05"
    And "the log is not kept" was found in inspection "I-1", due on "2026-03-10"
    Then overdue on "2026-03-06" are
      | 1 | nobody at the screens | 2026-03-05 |
    And overdue on "2026-03-05" is nothing

  Scenario: A finding is closed once
    Given "nobody at the screens" was found in inspection "I-1", due on "2026-03-05"
    And finding 1 of inspection "I-1" was closed with "told off"
    When finding 1 of inspection "I-1" is closed with "again"
    Then it is refused on "number": "The finding is closed already."

  Scenario: A finding that was never raised
    When finding 1 of inspection "I-1" is closed with "told off"
    Then it is refused on "number": "The inspection has no finding with this number."

  Scenario: Nothing is due before it is raised
    When "nobody at the screens" is found in inspection "I-1", due on "2026-03-01"
    Then it is refused on "due": "A finding is to be put right on the day on which it is raised, or later."
