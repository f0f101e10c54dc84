@R16
Feature: Area groups
  Several areas have one name, such as the main city; which areas they are changes with time.

  Background:
    Given CITY_BUREAU "50" is established
    And SUB_BUREAU "5003" is established under "50"
    And SUB_BUREAU "5004" is established under "50"
    And area group "MAIN" has had organisations "5003" since "2006-09-01"

  Scenario: The members change on a day
    When area group "MAIN" has organisations "5003, 5004" from "2010-06-01"
    Then these events are recorded
      | AreaGroupChanged |
    And on "2010-05-31" area group "MAIN" has organisations "5003"
    And on "2010-06-01" area group "MAIN" has organisations "5003, 5004"
    And on "2006-08-31" there is no area group "MAIN"

  Scenario: A group holds divisions as well
    When area group "MAIN" has divisions "500103" from "2010-06-01"
    Then these events are recorded
      | AreaGroupChanged |
    When area group "MAIN" has divisions "500103" from "2011-06-01"
    Then nothing new is recorded

  Scenario: What is not registered on the day is no member
    Given organisation "5004" was closed on "2010-01-01"
    When area group "MAIN" has organisations "5003, 5004" from "2010-06-01"
    Then it is refused on "organisations": "No organisation is registered under this code for that day."

  Scenario: A code names one group
    When another area group "MAIN" is established with organisations "5004" from "2010-06-01"
    Then it is refused on "code": "Another area group has this code."

  Scenario: Members are not changed backwards
    When area group "MAIN" has organisations "5004" from "2006-09-01"
    Then it is refused on "validFrom": "New members count from a day after the day of the members before them."

  Scenario: A group ends
    When area group "MAIN" is abolished on "2017-01-01"
    Then these events are recorded
      | AreaGroupAbolished |
    And on "2016-12-31" area group "MAIN" has organisations "5003"
    And on "2017-01-01" there is no area group "MAIN"
    When area group "MAIN" has organisations "5004" from "2018-01-01"
    Then it is refused: "The area group is abolished on or before that day."

  Scenario: The stations of a group on a day
    Given STATION "500301" is established under "5003"
    And STATION "500302" is established under "5003"
    And organisation "500302" was closed on "2009-01-01"
    Then on "2008-12-31" these organisations belong to area group "MAIN": "5003, 500301, 500302"
    And on "2009-01-01" these organisations belong to area group "MAIN": "5003, 500301"
