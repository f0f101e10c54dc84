@R10
Feature: What is built is held against what was planned
  A plan says how many devices an organisation is to have built, networked and accepted by when.

  Background:
    Given the plan for "S-1" was set on 2026-01-10
      | PLANNED   | 100 | 2026-12-31 |
      | BUILT     | 40  | 2026-02-28 |
      | BUILT     | 100 | 2026-12-31 |
      | NETWORKED | 30  | 2026-02-28 |

  Scenario: Progress is told by the day
    Given 20 were BUILT on 2026-02-10
    And 45 were BUILT on 2026-02-25
    And 25 were NETWORKED on 2026-02-26
    Then the progress of "S-1" is
      | day        | planned | built | due | networked | due | accepted | due |
      | 2026-01-09 | -       | -     | -   | -         | -   | -        | -   |
      | 2026-01-10 | 100     | 0     | 0   | 0         | 0   | 0        | 0   |
      | 2026-02-10 | 100     | 20    | 0   | 0         | 0   | 0        | 0   |
      | 2026-02-28 | 100     | 45    | 40  | 25        | 30  | 0        | 0   |

  Scenario: A revision holds from its day on, and what was planned before stays answerable
    Given the plan was revised on 2026-02-20
      | PLANNED | 60 | 2026-12-31 |
      | BUILT   | 30 | 2026-02-28 |
    Then the progress of "S-1" is
      | day        | planned | built | due | networked | due | accepted | due |
      | 2026-02-19 | 100     | 0     | 0   | 0         | 0   | 0        | 0   |
      | 2026-02-28 | 60      | 0     | 30  | 0         | 0   | 0        | 0   |

  Scenario: A cancelled plan counts no more
    Given the plan was cancelled on 2026-02-20
    Then the progress of "S-1" is
      | day        | planned | built | due | networked | due | accepted | due |
      | 2026-02-19 | 100     | 0     | 0   | 0         | 0   | 0        | 0   |
      | 2026-02-20 | -       | -     | -   | -         | -   | -        | -   |

  Scenario: Nothing is networked that is not built
    Given 20 were BUILT on 2026-02-10
    When 21 are recorded as NETWORKED
    Then it is refused on "quantity": "No more is networked than is built, and no more is accepted than is networked."

  Scenario: A lower number needs a reason
    Given 20 were BUILT on 2026-02-10
    When 19 are recorded as BUILT
    Then it is refused on "reason": "A text is required here."
    When 19 are recorded as BUILT, for "counted twice"
    Then these events are recorded
      | BuildProgressRecorded |

  Scenario: A milestone goes no further than the plan
    When the plan is revised
      | PLANNED | 60 | 2026-12-31 |
      | BUILT   | 61 | 2026-02-28 |
    Then it is refused on "milestones": "No milestone is about more devices than are planned."
