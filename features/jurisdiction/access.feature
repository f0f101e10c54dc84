Feature: Who sees and does what
  Officers see and do what is theirs by place and role; what is sealed is not there without a grant.

  Background:
    Given station "S-1" and station "S-2" stand under sub-bureau "B-1", and that under city bureau "CQ"
    And alarm "A-1" came in at station "S-1", and alarm "A-2" at station "S-2"

  @G9
  Scenario Outline: Alarms are seen within one's reach
    Then a <role> of "<organisation>" sees the alarms "<alarms>"

    Examples:
      | role            | organisation | alarms   |
      | DISPATCHER      | S-1          | A-1      |
      | STATION_HEAD    | S-2          | A-2      |
      | SUB_BUREAU_HEAD | B-1          | A-1, A-2 |
      | CITY_HEAD       | CQ           | A-1, A-2 |

  @R6 @G9
  Scenario: The governance office is told figures and no alarm
    Then a GOVERNANCE_OFFICE of "CQ" sees the alarms "none"
    When the month is over
    Then a GOVERNANCE_OFFICE of "CQ" is told that there were alarms, and no count below five
    And a STATION_HEAD of "S-1" is told that there was 1 alarm

  @G9
  Scenario: What is elsewhere is changed by nobody
    When a DISPATCHER of "S-1" triages alarm "A-2"
    Then the answer is NOT_FOUND

  @G9
  Scenario: What may be seen is not therefore one's own to change
    When an INVESTIGATOR of "S-1" triages alarm "A-1"
    Then the answer is NOT_YOURS

  @G9
  Scenario: A sealed case is there for whom it was opened to
    Given case "C-1" of station "S-1" was sealed
    Then an INVESTIGATOR of "S-1" does not find case "C-1"
    When a CITY_HEAD of "CQ" opens case "C-1" to that investigator
    Then an INVESTIGATOR of "S-1" finds case "C-1"

  @G9
  Scenario: Whoever breaks the glass is looked at
    Given case "C-1" of station "S-1" was sealed
    When an INVESTIGATOR of "S-1" breaks the glass of case "C-1"
    Then an INVESTIGATOR of "S-1" finds case "C-1"
    And the STATION_HEAD of "S-1" finds in the list of grants that it was broken

  @R7
  Scenario Outline: Who answers for what
    Then "<mutation>" is answered for by "<roles>"

    Examples:
      | mutation             | roles                                                                     |
      | sendOrder            | DISPATCHER, STATION_HEAD, SUB_BUREAU_HEAD                                 |
      | registerCamera       | VIDEO_OFFICE                                                              |
      | approveCaseChange    | STATION_HEAD, SUB_BUREAU_HEAD, CITY_HEAD                                  |
      | openAssessment       | SUB_BUREAU_HEAD, CITY_HEAD, GOVERNANCE_OFFICE                             |
      | acknowledgeDirective | STATION_HEAD, SUB_BUREAU_HEAD, CITY_HEAD, VIDEO_OFFICE, GOVERNANCE_OFFICE |
