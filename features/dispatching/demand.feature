@R29
Feature: Demand by area and hour of the week
  Where units are wanted is learnt from when alarms came: by station and hour of the week, in the city's own time.

  Background:
    Given alarm "late" came in division "500103" of station "N-1" at 2026-03-02T16:30:00+00:00
    And alarm "later" came in division "500103" of station "N-1" at 2026-03-09T16:59:59+00:00
    And alarm "next" came in division "500112" of station "N-1" at 2026-03-09T17:00:00+00:00
    And alarm "noon" came in division "500112" of station "S-1" at 2026-03-04T04:00:00+00:00

  Scenario: Alarms are counted by station and hour of the week in the city's zone
    Then from 2026-03-02 to 2026-03-15 the demand by STATION is
      | area | hour | alarms | occurrences |
      | N-1  | 24   | 2      | 2           |
      | N-1  | 25   | 1      | 2           |
      | S-1  | 60   | 1      | 2           |

  Scenario: An hour is told with how often it occurred in the period
    Then from 2026-03-02 to 2026-03-10 the demand by DIVISION is
      | area   | hour | alarms | occurrences |
      | 500103 | 24   | 2      | 2           |
      | 500112 | 25   | 1      | 2           |
      | 500112 | 60   | 1      | 1           |

  Scenario: Tests and merged alarms are left out and counted
    Given test alarm "drill" came in division "500103" of station "N-1" at 2026-03-02T16:30:00+00:00
    And alarm "later" was found to be the same as "late"
    Then from 2026-03-02 to 2026-03-15 the demand by STATION is
      | area | hour | alarms | occurrences |
      | N-1  | 24   | 1      | 2           |
      | N-1  | 25   | 1      | 2           |
      | S-1  | 60   | 1      | 2           |
    And from 2026-03-02 to 2026-03-15 of 3 alarms 1 are left out as TEST and 1 as MERGED
