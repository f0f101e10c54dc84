@R35 @R38
Feature: The solving rate follows what is done, and what is undone
  PERIOD books every act on its own day; COHORT says what became of the cases of those days. Neither forgets, and neither counts twice.

  Background:
    Given cases "A1, A2, A3, A4" were filed on 2026-02-02
    And case "A1" was cleared on 2026-02-10

  Scenario: One of four is solved
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario: What waits for a second person does not count
    Given clearing "A2" was asked for on 2026-02-11
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario: A clearance that was approved later counts from when it was proposed for
    Given case "A2" was cleared on 2026-02-28
    Then the solving rate of February is
      | PERIOD | 2 | 4 |
      | COHORT | 2 | 4 |

  Scenario: A revocation is booked on its day and changes what became of February
    Given the clearance of "A1" was revoked on 2026-03-01
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 0 | 4 |
    And the solving rate of March is
      | PERIOD | -1 | 0 |
      | COHORT | 0  | 0 |

  Scenario: Cleared, revoked and cleared again is solved once
    Given the clearance of "A1" was revoked on 2026-02-11
    And case "A1" was cleared on 2026-02-12
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario Outline: A withdrawal is what its reason says
    Given case "A2" was withdrawn as <reason> on 2026-02-12
    Then the solving rate of February is
      | PERIOD | <solved> | <booked>   |
      | COHORT | <solved> | <restated> |

    Examples:
      | reason        | solved | booked | restated |
      | NO_CRIME      | 1      | 3      | 3        |
      | PLAINLY_MINOR | 1      | 3      | 4        |
      | SUSPECT_DIED  | 2      | 4      | 4        |

  Scenario: A merged case counts no more, until it is taken out
    Given case "A2" was merged into "A1" on 2026-02-12
    Then the solving rate of February is
      | PERIOD | 1 | 3 |
      | COHORT | 1 | 3 |
    Given case "A2" was taken out of "A1" on 2026-02-13
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario: A transferred case counts where it is, solved or not
    Given case "A1" was transferred to station "S-2" on 2026-02-12
    Then the solving rate of February at station "S-1" is
      | PERIOD | 0 | 3 |
      | COHORT | 0 | 3 |
    And the solving rate of February at station "S-2" is
      | PERIOD | 1 | 1 |
      | COHORT | 1 | 1 |
    Given case "A1" was transferred to station "S-1" on 2026-02-13
    Then the solving rate of February at station "S-1" is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario: An area group counts what its stations count, as it was when the period ended
    Given case "A1" was transferred to station "S-2" on 2026-02-12
    And area group "MAIN" has had station "S-2" since 2026-01-01
    Then the solving rate of February in area group "MAIN" is
      | PERIOD | 1 | 1 |
      | COHORT | 1 | 1 |
    Given area group "MAIN" has station "S-1" from 2026-03-01
    Then the solving rate of February in area group "MAIN" is
      | PERIOD | 1 | 1 |
      | COHORT | 1 | 1 |
    And there is no figure in area group "OTHER"

  Scenario: A series links cases and moves no figure
    Given case "A1" was linked to series "red van"
    And case "A2" was linked to series "red van"
    Then the solving rate of February is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  Scenario: A wrong day is corrected, and the case moves to its month
    Given the filing of "A4" was corrected to 2026-01-31
    Then the solving rate of February is
      | PERIOD | 1 | 3 |
      | COHORT | 1 | 3 |

  @G1
  Scenario: What was known before stays answerable
    Given that much was known
    And the clearance of "A1" was revoked on 2026-02-20
    Then the solving rate of February is
      | PERIOD | 0 | 4 |
      | COHORT | 0 | 4 |
    And the solving rate of February, by what was known, is
      | PERIOD | 1 | 4 |
      | COHORT | 1 | 4 |

  @R36
  Scenario: The cases behind a number
    Then the cases solved of February are "A1"
