@R29
Feature: Deployment plans, and how far they were kept
  An organisation says how many units it wants on which hours of the week and from which figure that follows; what was wanted is held against who was on duty.

  Background:
    Given plan "spring" of "N-1" from 2026-03-02 until 2026-04-01 wants
      | weekday | from | to | units | capability |
      | 1       | 8    | 12 | 2     |            |
      | 1       | 12   | 14 | 1     | DOG        |

  Scenario: One plan of an organisation is published
    Given plan "spring" was published
    And plan "summer" of "N-1" from 2026-03-16 until 2026-06-01 wants
      | weekday | from | to | units | capability |
      | 5       | 18   | 24 | 3     |            |
    When plan "summer" is published
    Then it is refused on "supersedes": "Another deployment plan of this organisation is published; name it as the one that is superseded."
    When plan "spring" is published
    Then it is refused: "This deployment plan is published already or was; draft another one."

  Scenario: A plan takes over from its first day on
    Given plan "spring" was published
    And plan "summer" of "N-1" from 2026-03-16 until 2026-06-01 wants
      | weekday | from | to | units | capability |
      | 5       | 18   | 24 | 3     |            |
    When plan "summer" is published in place of "spring"
    Then these events are recorded
      | DeploymentPlanPublished  |
      | DeploymentPlanSuperseded |
    And the plans of "N-1" are
      | state      | from       | until      |
      | SUPERSEDED | 2026-03-02 | 2026-03-16 |
      | PUBLISHED  | 2026-03-16 | 2026-06-01 |

  Scenario: A plan takes over neither from one that began later nor from one of another organisation
    Given plan "spring" was published
    And plan "early" of "N-1" from 2026-02-01 until 2026-06-01 wants
      | weekday | from | to | units | capability |
      | 5       | 18   | 24 | 3     |            |
    And plan "south" of "S-1" from 2026-03-16 until 2026-06-01 wants
      | weekday | from | to | units | capability |
      | 5       | 18   | 24 | 3     |            |
    When plan "early" is published in place of "spring"
    Then it is refused on "supersedes": "A deployment plan takes the place of another no earlier than that one begins."
    When plan "south" is published in place of "spring"
    Then it is refused on "supersedes": "A deployment plan takes the place of one of the same organisation."

  Scenario: A draft is revised, a published plan is not
    When plan "spring" is revised to 3 units
    Then these events are recorded
      | DeploymentPlanRevised |
    Given plan "spring" was published
    When plan "spring" is revised to 4 units
    Then it is refused: "This deployment plan is published already or was; draft another one."

  Scenario Outline: A plan that cannot be followed is refused
    When a plan with the slots "<slots>" is drafted
    Then it is refused on "slots": "<sentence>"

    Examples:
      | slots              | sentence                                                                                                                 |
      | none               | A deployment plan has at least one slot.                                                                                 |
      | 0 8-12 1           | A slot lies on a weekday from 1 (Monday) to 7 (Sunday) and goes from an hour to a later one, between 0 and 24.           |
      | 8 8-12 1           | A slot lies on a weekday from 1 (Monday) to 7 (Sunday) and goes from an hour to a later one, between 0 and 24.           |
      | 1 8-25 1           | A slot lies on a weekday from 1 (Monday) to 7 (Sunday) and goes from an hour to a later one, between 0 and 24.           |
      | 1 12-12 1          | A slot lies on a weekday from 1 (Monday) to 7 (Sunday) and goes from an hour to a later one, between 0 and 24.           |
      | 1 8-12 0           | In each slot at least one unit is wanted.                                                                                |
      | 1 8-12 1, 1 11-14 1 | Slots of the same weekday do not overlap: no minute of a unit counts twice.                                             |

  Scenario: A plan has a span, and a figure that it rests on
    When a plan from 2026-04-01 until 2026-04-01 is drafted
    Then it is refused on "validTo": "A deployment plan ends on a later day than it begins."
    When a plan that rests on figure "no figure" is drafted
    Then it is refused on "grounds": "What a deployment rests on is the name of a figure, a period that does not end before it begins, and a position in the log."
    When a plan that rests on a position that is not recorded yet is drafted
    Then it is refused on "grounds": "The log has not come as far as the position that the figure is said to be true for."

  Scenario: What was wanted is held against who was on duty
    Given plan "spring" was published
    And unit "one" of "N-1" was on duty from 2026-03-02T07:00:00+08:00 until 2026-03-02T11:00:00+08:00
    And unit "two" of "N-1" was on duty from 2026-03-02T10:00:00+08:00 until 2026-03-02T20:00:00+08:00
    And unit "three" of "N-1" was on duty from 2026-03-02T10:00:00+08:00 until 2026-03-02T11:00:00+08:00
    And unit "elsewhere" of "S-1" was on duty from 2026-03-02T08:00:00+08:00 until 2026-03-02T14:00:00+08:00
    Then from 2026-03-01 to 2026-03-03 the plans of "N-1" came to
      | weekday | from | days | wanted | on duty | met | out of service | percent |
      | 1       | 8    | 1    | 480    | 360     | 300 | 0              | 62.5    |
      | 1       | 12   | 1    | 120    | 0       | 0   | 0              | 0.0     |
    And from 2026-03-01 to 2026-03-03 of 600 unit-minutes wanted 300 were met, on 2 planned days of 3

  Scenario: A slot asks for what a unit can do, and who is out of service is told apart
    Given plan "spring" was published
    And unit "dog" of "N-1" was on duty from 2026-03-02T12:00:00+08:00 until 2026-03-02T14:00:00+08:00 with "DOG"
    And unit "broken" of "N-1" signed on at 2026-03-02T08:00:00+08:00
    And unit "broken" was out of service from 2026-03-02T09:00:00+08:00 until 2026-03-02T11:00:00+08:00
    Then from 2026-03-02 to 2026-03-02 the plans of "N-1" came to
      | weekday | from | days | wanted | on duty | met | out of service | percent |
      | 1       | 8    | 1    | 480    | 120     | 120 | 120            | 25.0    |
      | 1       | 12   | 1    | 120    | 120     | 120 | 0              | 100.0   |

  Scenario: What is said to have been earlier than the last that is known counts from there
    Given plan "spring" was published
    And unit "late" of "N-1" signed on at 2026-03-02T10:00:00+08:00
    And unit "late" was out of service from 2026-03-02T09:00:00+08:00 until 2026-03-02T11:00:00+08:00
    Then from 2026-03-02 to 2026-03-02 the plans of "N-1" came to
      | weekday | from | days | wanted | on duty | met | out of service | percent |
      | 1       | 8    | 1    | 480    | 60      | 60  | 60             | 12.5    |
      | 1       | 12   | 1    | 120    | 0       | 0   | 0              | 0.0     |

  Scenario: Each day counts by the plan that was published for it, and time to come does not count
    Given plan "spring" was published
    And plan "summer" of "N-1" from 2026-03-09 until 2026-06-01 wants
      | weekday | from | to | units | capability |
      | 1       | 12   | 24 | 1     |            |
    And plan "summer" was published in place of "spring"
    And unit "one" of "N-1" signed on at 2026-03-09T12:00:00+08:00
    Then from 2026-03-02 to 2026-03-31 the plans of "N-1" came to
      | weekday | from | days | wanted | on duty | met  | out of service | percent |
      | 1       | 8    | 1    | 480    | 0       | 0    | 0              | 0.0     |
      | 1       | 12   | 1    | 120    | 0       | 0    | 0              | 0.0     |
      | 1       | 12   | 3    | 1680   | 1680    | 1680 | 0              | 100.0   |
    And from 0002-01-01 to 9998-12-31 the plans of "N-1" came to
      | weekday | from | days | wanted | on duty | met  | out of service | percent |
      | 1       | 8    | 1    | 480    | 0       | 0    | 0              | 0.0     |
      | 1       | 12   | 1    | 120    | 0       | 0    | 0              | 0.0     |
      | 1       | 12   | 3    | 1680   | 1680    | 1680 | 0              | 100.0   |

  Scenario: Units of the stations below a sub-bureau count for its plan
    Given CITY_BUREAU "50" was established
    And SUB_BUREAU "5012" was established under "50"
    And STATION "5012-1" was established under "5012"
    And plan "district" of "5012" from 2026-03-02 until 2026-04-01 wants
      | weekday | from | to | units | capability |
      | 1       | 8    | 12 | 2     |            |
    And plan "district" was published
    And unit "one" of "5012-1" was on duty from 2026-03-02T08:00:00+08:00 until 2026-03-02T12:00:00+08:00
    Then from 2026-03-02 to 2026-03-02 the plans of "5012" came to
      | weekday | from | days | wanted | on duty | met | out of service | percent |
      | 1       | 8    | 1    | 480    | 240     | 240 | 0              | 50.0    |
    When a plan of "50" is drafted
    Then it is refused on "organisation": "A deployment plan is that of a station or a sub-bureau."

  Scenario: Without a published plan nothing was wanted, and there is no share
    Then from 2026-03-02 to 2026-03-03 of 0 unit-minutes wanted 0 were met, on 0 planned days of 2

  Scenario: Whoever sends and leads deploys within reach, whoever is sent sees it
    Then DISPATCHER of "N-1" may draft a plan of "N-1"
    And STATION_HEAD of "N-1" may draft a plan of "N-1"
    But STATION_HEAD of "S-1" may not draft a plan of "N-1"
    And UNIT_OFFICER of "N-1" may not draft a plan of "N-1"
    And UNIT_OFFICER of "N-1" sees plan "spring"
    But UNIT_OFFICER of "S-1" does not see plan "spring"
    And INVESTIGATOR of "N-1" does not see plan "spring"
