@R37
Feature: What video and other means helped to achieve is tallied since a day
  A case or alarm counts once, by what stands on record: who takes something back takes it out of the tally.

  Scenario: A district tells what it achieved by video
    Given by VIDEO station "S-1" achieved, since 2007-05-01
      | MASS_INCIDENT     | 12 |
      | INCIPIENT_TROUBLE | 20 |
      | CRIMINAL_CASE     | 14 |
      | DISPUTE           | 45 |
    And a day went by
    And by VIDEO station "S-1" achieved, since 2007-05-01
      | CRIMINAL_CASE | 1 |
      | DISPUTE       | 1 |
    Then the tally of VIDEO since 2007-05-01 is
      | MASS_INCIDENT     | 12 |
      | INCIPIENT_TROUBLE | 20 |
      | CRIMINAL_CASE     | 15 |
      | DISPUTE           | 46 |
    And as of the day before, the tally of VIDEO since 2007-05-01 is
      | MASS_INCIDENT     | 12 |
      | INCIPIENT_TROUBLE | 20 |
      | CRIMINAL_CASE     | 14 |
      | DISPUTE           | 45 |
    And the tally of VIDEO since 2007-05-02 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 0 |
      | DISPUTE           | 0 |
    And at "S-2" the tally of VIDEO since 2007-05-01 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 0 |
      | DISPUTE           | 0 |

  Scenario: Several roles of one means count once, and each means has its own tally
    Given alarm "quarrel" ended as DISPUTE, by VIDEO as "DETECTED, LOCATED" and by PATROL as "IDENTIFIED"
    And case "A1" was cleared, by VIDEO as "LOCATED, PROVED" and by PHONE as "DETECTED"
    Then the tally of VIDEO since 2026-03-01 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 1 |
      | DISPUTE           | 1 |
    And the tally of PATROL since 2026-03-01 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 0 |
      | DISPUTE           | 1 |
    And the tally of TECH_ALARM since 2026-03-01 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 0 |
      | DISPUTE           | 0 |

  Scenario: What stands behind a tally can be looked at, one by one
    Given alarm "quarrel" ended as DISPUTE, by VIDEO as "DETECTED, LOCATED" and by PATROL as "IDENTIFIED"
    And case "A1" was cleared, by VIDEO as "LOCATED, PROVED" and by PHONE as "DETECTED"
    And case "A2" was cleared, by VIDEO as "LOCATED" and by PHONE as "DETECTED"
    And case "A3" was cleared, by VIDEO as "LOCATED" and by PHONE as "DETECTED"
    And the clearance of case "A2" was revoked
    And case "A3" was sealed
    Then behind the tally of VIDEO since 2026-03-01 stand
      | DISPUTE       | quarrel |
      | CRIMINAL_CASE | A1      |
    And behind the tally of PATROL since 2026-03-01 stand
      | DISPUTE | quarrel |

  Scenario: What is taken back or turns out otherwise does not count
    Given alarm "quarrel" ended as DISPUTE, by VIDEO as "DETECTED" and by PATROL as "IDENTIFIED"
    And case "A1" was cleared, by VIDEO as "LOCATED" and by PHONE as "DETECTED"
    And a day went by
    And the clearance of case "A1" was revoked
    And alarm "quarrel" ended as MASS_INCIDENT, by VIDEO as "DETECTED" and by PATROL as "IDENTIFIED"
    Then the tally of VIDEO since 2026-03-01 is
      | MASS_INCIDENT     | 1 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 0 |
      | DISPUTE           | 0 |
    And as of the day before, the tally of VIDEO since 2026-03-01 is
      | MASS_INCIDENT     | 0 |
      | INCIPIENT_TROUBLE | 0 |
      | CRIMINAL_CASE     | 1 |
      | DISPUTE           | 1 |

  Scenario: An alarm that was none achieved nothing
    When alarm "hoax" is said to have ended as DISPUTE although it was UNFOUNDED
    Then it is refused on "outcome": "An unfounded, harassing, duplicate or cancelled alarm achieved nothing, and a contribution needs an outcome."
