@R17 @R39 @G1 @G5
Feature: Coverage by monitoring posts
  How many of the stations that there were on a day had a monitoring post at work, and which had none.

  Background:
    Given sub-bureau "Yuzhong" has stood since "2006-01-01"
    And station "Y-1" below "Yuzhong" has stood since "2006-01-01"
    And station "Y-2" below "Yuzhong" has stood since "2006-01-01"
    And station "Y-3" below "Yuzhong" has stood since "2009-01-01"
    And station "Z-1" has stood since "2006-01-01"

  Scenario: Stations with a post, and those without by name
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And monitoring post "M-2" of station "Y-2" has worked since "2010-01-01"
    Then coverage on "2010-06-24" is 2 of 4, without
      | Y-3 |
      | Z-1 |
    And coverage below "Yuzhong" on "2010-06-24" is 2 of 3, without
      | Y-3 |

  @R34
  Scenario: As of an earlier day there were fewer stations and fewer posts
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And monitoring post "M-2" of station "Y-2" has worked since "2010-01-01"
    Then coverage on "2008-12-31" is 1 of 3, without
      | Y-2 |
      | Z-1 |
    And coverage on "2007-04-30" is 0 of 3, without
      | Y-1 |
      | Y-2 |
      | Z-1 |

  Scenario: Two posts of one station count once
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And monitoring post "M-2" of station "Y-1" has worked since "2007-05-01"
    Then coverage below "Yuzhong" on "2010-06-24" is 1 of 3, without
      | Y-2 |
      | Y-3 |

  Scenario: The room of a bank is not the station's
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And monitoring post "B-1" of a bank at station "Y-2" has worked since "2007-05-01"
    Then coverage below "Yuzhong" on "2010-06-24" is 1 of 3, without
      | Y-2 |
      | Y-3 |

  Scenario: A post that was closed covers until then
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And post "M-1" was closed on "2010-06-24"
    Then coverage below "Yuzhong" on "2010-06-23" is 1 of 3, without
      | Y-2 |
      | Y-3 |
    And coverage below "Yuzhong" on "2010-06-24" is 0 of 3, without
      | Y-1 |
      | Y-2 |
      | Y-3 |

  @R16
  Scenario: Within an area group, by whom it held on the day
    Given area group "main" has held "Yuzhong" since "2006-01-01"
    And monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And monitoring post "M-2" of station "Z-1" has worked since "2007-05-01"
    Then coverage in group "main" on "2010-06-24" is 1 of 3, without
      | Y-2 |
      | Y-3 |
    And coverage in group "nowhere" is refused

  Scenario: What was recorded later was not known before
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    And so far it was known
    And monitoring post "M-2" of station "Y-2" has worked since "2007-05-01"
    And post "M-1" was closed on "2008-01-01"
    Then coverage below "Yuzhong" on "2010-06-24" is 1 of 3, without
      | Y-1 |
      | Y-3 |
    And so far as was known then, coverage below "Yuzhong" on "2010-06-24" was 1 of 3, without
      | Y-2 |
      | Y-3 |

  Scenario: A percentage only on a base that bears one
    Given monitoring post "M-1" of station "Y-1" has worked since "2007-05-01"
    Then coverage on "2010-06-24" has no percentage
    And coverage on "2010-06-24" is 25.0 percent where a small base is asked for

  @R14 @R15 @R18
  Scenario: The city of 2010
    Given 166 further stations have stood since "2006-01-01", 133 of them with a post since "2010-01-01"
    Then coverage on "2010-06-24" is 133 of 170, which is 78.24 percent, and 37 are missing
    And coverage on "2009-12-31" is 0 of 170, which is 0.0 percent, and 170 are missing
