@R38
Feature: Alarms and response times are counted with all that is left out
  One happening counts once, however often it was reported; a run that cannot be measured is counted with its reason.

  Background:
    Given an alarm "fire" was received
    And an alarm "smoke" was received

  Scenario: Alarms and their reports are counted apart
    Given alarm "fire" was reported again
    Then the count of today is 2 alarms with 3 reports, 0 merged

  Scenario: A merged alarm counts with the one that goes on
    Given alarm "smoke" was merged into "fire"
    Then the count of today is 1 alarms with 2 reports, 1 merged

  Scenario: An unmerge restores both, and what was known before stays answerable
    Given alarm "smoke" was merged into "fire"
    And that much was known
    And alarm "smoke" was taken out of "fire"
    Then the count of today is 2 alarms with 2 reports, 0 merged
    And the count of today, by what was known, is 1 alarms with 2 reports, 1 merged

  Scenario: A test is no alarm
    Given a test alarm "drill" was received
    Then the count of today is 2 alarms with 2 reports, 0 merged
    And 1 alarms are left out as TEST

  Scenario: A response is measured from receipt to arrival
    Given unit "N-1" took 1, 2 and 5 minutes to be sent to "fire", to set out and to arrive
    Then by RUN these seconds are measured
      | PROCESSING | 60  | 1 |
      | TURNOUT    | 120 | 1 |
      | TRAVEL     | 300 | 1 |
      | TOTAL      | 480 | 1 |

  Scenario: The first unit to arrive stands for a happening
    Given unit "N-1" took 1, 2 and 5 minutes to be sent to "fire", to set out and to arrive
    And unit "N-2" took 1, 1 and 1 minutes to be sent to "fire", to set out and to arrive
    Then by RUN these seconds are measured
      | PROCESSING | 60  | 2 |
      | TURNOUT    | 60  | 2 |
      | TRAVEL     | 60  | 2 |
      | TOTAL      | 480 | 2 |
    And by FIRST_ARRIVING these seconds are measured
      | PROCESSING | 60  | 1 |
      | TURNOUT    | 120 | 1 |
      | TRAVEL     | 300 | 1 |
      | TOTAL      | 480 | 1 |

  Scenario: A run that was called off is counted with its reason
    Given unit "N-1" was sent to "fire" and called off
    Then by RUN these seconds are measured
      | PROCESSING | - | 0 |
      | TURNOUT    | - | 0 |
      | TRAVEL     | - | 0 |
      | TOTAL      | - | 0 |
    And in each of them 1 run is left out as CANCELLED_BEFORE_ARRIVAL
