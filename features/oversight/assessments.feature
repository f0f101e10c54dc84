@R9 @G4
Feature: Organisations are assessed by a scheme, and nobody is ranked on case counts
  Every score rests on a statistic at a position of the log; appeals are decided by somebody else; a seal ends it.

  Scenario: A sealed assessment ranks, and equals share a rank
    Given "ZZB" opened an assessment of "S-1, S-2, S-3" by
      | RESPONSE  | INSPECTION     | LOWER  | 40 | 480 |
      | BUILDING  | BUILD_PROGRESS | HIGHER | 60 | 30  |
    And "Li" scored "S-1" 600 by RESPONSE and 30 by BUILDING
    And "Li" scored "S-2" 480 by RESPONSE and 26 by BUILDING
    And "Li" scored "S-3" 480 by RESPONSE and 60 by BUILDING
    When the assessment is sealed
    Then these events are recorded
      | PeriodSealed |
    And the ranking is
      | 1 | S-3 | 100.0 |
      | 2 | S-1 | 92.0  |
      | 2 | S-2 | 92.0  |

  Scenario: There is no ranking before the seal
    Given "ZZB" opened an assessment of "S-1" by
      | BUILDING  | BUILD_PROGRESS | HIGHER | 100 | 30 |
    Then there is no ranking: "There is a ranking once the assessment is sealed."

  Scenario Outline: A scheme that ranks on case counts or the solving rate is refused
    When an assessment of "S-1" is opened by
      | CASES    | <statistic>    | HIGHER | 40 | 50 |
      | BUILDING | BUILD_PROGRESS | HIGHER | 60 | 30 |
    Then it is refused on "override": "A scheme does not rank on case counts or the solving rate (ministry opinion Gong Tong Zi [2015] No. 32), which makes stations refuse to file: give such an indicator the weight 0, or record an override with its reason."

    Examples:
      | statistic    |
      | CASE_COUNTS  |
      | SOLVING_RATE |

  Scenario: With an override on record it is opened
    When an assessment of "S-1" is opened, overridden for "The city asks for it this once." by
      | CASES    | SOLVING_RATE   | HIGHER | 40 | 50 |
      | BUILDING | BUILD_PROGRESS | HIGHER | 60 | 30 |
    Then these events are recorded
      | AssessmentOpened |

  Scenario: Without weight the solving rate stands beside the others
    When an assessment of "S-1" is opened by
      | SOLVED   | SOLVING_RATE   | HIGHER | 0   | 50 |
      | BUILDING | BUILD_PROGRESS | HIGHER | 100 | 30 |
    Then these events are recorded
      | AssessmentOpened |

  Scenario: Weights add up to 100
    When an assessment of "S-1" is opened by
      | BUILDING | BUILD_PROGRESS | HIGHER | 99 | 30 |
    Then it is refused on "indicators": "The weights of a scheme add up to 100."

  Scenario: An appeal is decided by somebody other than the scorer
    Given "ZZB" opened an assessment of "S-1" by
      | BUILDING | BUILD_PROGRESS | HIGHER | 100 | 30 |
    And "Li" scored "S-1" 15 by BUILDING
    And an officer of "S-1" appealed against BUILDING
    When "Li" upholds the appeal of "S-1" against BUILDING with 30
    Then it is refused: "An appeal is decided by somebody other than who gave the score."
    When the assessment is sealed
    Then it is refused: "Appeals are pending; an assessment is sealed once all are decided."
    When "Wang" upholds the appeal of "S-1" against BUILDING with 30
    Then these events are recorded
      | AppealDecided |
    When the assessment is sealed
    Then the ranking is
      | 1 | S-1 | 100.0 |

  Scenario: Nothing is scored after the seal
    Given "ZZB" opened an assessment of "S-1" by
      | BUILDING | BUILD_PROGRESS | HIGHER | 100 | 30 |
    And "Li" scored "S-1" 15 by BUILDING
    And the assessment was sealed
    When "Li" scores "S-1" 30 by BUILDING
    Then it is refused: "The assessment is sealed; nothing is scored, appealed or decided any more."

  Scenario: Evidence stands in the log
    Given "ZZB" opened an assessment of "S-1" by
      | BUILDING | BUILD_PROGRESS | HIGHER | 100 | 30 |
    When "Li" scores "S-1" by BUILDING with evidence at position 100000
    Then it is refused on "evidencePosition": "Nothing stands at this position of the log, so that no evidence is true for it."

  Scenario: A score is what the statistic says, as of a position
    Given "ZZB" opened an assessment of "S-1, S-2" by
      | ALARMS | ALARM_COUNTS | LOWER | 100 | 2 |
    And 3 alarms were received at "S-1" in 2025
    And "Li" had "S-1" scored by ALARMS
    And 1 alarms were received at "S-1" in 2025
    Then "S-1" has 3.0 by ALARMS, worked out, which is worth 66.6667 points
    When "Li" has "S-1" scored by ALARMS, as of then
    Then "S-1" has 3.0 by ALARMS, worked out, which is worth 66.6667 points
    When "Li" has "S-1" scored by ALARMS
    Then "S-1" has 4.0 by ALARMS, worked out, which is worth 50.0 points

  Scenario: Nobody writes down what the system works out
    Given "ZZB" opened an assessment of "S-1" by
      | ALARMS | ALARM_COUNTS | LOWER | 100 | 2 |
    When "Li" scores "S-1" 1 by ALARMS
    Then it is refused on "value": "The value of this indicator is what its statistic says as of the position; give none."
    When "Li" has "S-1" scored by ALARMS
    And an officer of "S-1" appeals against ALARMS
    And "Wang" upholds the appeal of "S-1" against ALARMS with 30
    Then it is refused on "value": "The value of this indicator is what its statistic says as of the position; give none."

  Scenario Outline: Parameters that the statistic does not take are refused when the assessment is opened
    When an assessment of "S-1" is opened that ranks on RESPONSE_TIMES asked with "<parameters>"
    Then it is refused on "indicators": "The parameters of an indicator are such as its statistic takes, as `definition=COHORT; types=THEFT, ROBBERY`."

    Examples:
      | parameters              |
      | priority one            |
      | percentile=95           |
      | definition=COHORT       |
      | segment=TOTAL; segment= |
