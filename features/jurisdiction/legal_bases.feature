@R1 @R3 @R5
Feature: Legal bases and standards
  What a rule or an acceptance cites is a decree, an opinion, a notice or a standard that was in force that day.

  Background:
    Given decree "ORDER-196" has been in force since "2006-09-01"

  Scenario: A decree takes the place of another
    Given decree "ORDER-230" has been in force since "2009-06-01"
    When "ORDER-196" is superseded by "ORDER-230" on "2009-06-01"
    Then these events are recorded
      | LegalBasisRepealed |
    And on "2009-05-31" these are in force: "ORDER-196"
    And on "2009-06-01" these are in force: "ORDER-230"
    When "ORDER-196" is repealed on "2010-01-01"
    Then it is refused: "The legal basis is repealed."

  Scenario: Nothing takes a place before it is in force
    Given decree "ORDER-230" has been in force since "2009-06-01"
    When "ORDER-196" is superseded by "ORDER-230" on "2009-05-31"
    Then it is refused on "supersededBy": "What supersedes a legal basis is in force on the day on which the other ends."

  Scenario: What takes its place must be entered
    When "ORDER-196" is superseded by "ORDER-999" on "2009-06-01"
    Then it is refused: "There is no such thing."

  @R2
  Scenario: A standard is cited by its edition
    When standard "DB50/216-2006" of edition "2006" is in force from "2006-10-01"
    Then these events are recorded
      | LegalBasisEnacted |
    And on "2006-10-01" these are in force: "DB50/216-2006, ORDER-196"
    When standard "DB50/216" of edition "2006" is in force from "2006-10-01"
    Then it is refused on "edition": "A standard has an edition, and its code ends with it."

  Scenario: A code names one legal basis
    When another decree "ORDER-196" is in force from "2010-01-01"
    Then it is refused on "code": "Another legal basis has this code."
