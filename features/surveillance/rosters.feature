@R11 @R20
Feature: Duty rosters of monitoring posts
  A monitoring post that is staffed at all hours has somebody on duty at every minute: the roster says who, and the record says whether they came.

  Background:
    Given monitoring post "P-1" of station "S-1" has worked since "2026-01-01"
    And camera "50010300001310000001" was connected to post "P-1"

  Scenario: A day in three shifts is published
    When the roster "today" of post "P-1" is published
      | li   | 00:00 | 08:00 |
      | wang | 08:00 | 16:00 |
      | zhao | 16:00 | 24:00 |
    Then these events are recorded
      | RosterPublished |
      | PostRostered    |
    And the shifts of roster "today" are
      | li   | PLANNED |
      | wang | PLANNED |
      | zhao | PLANNED |

  Scenario: A roster with a gap is not published
    When the roster "today" of post "P-1" is published
      | li   | 00:00 | 08:00 |
      | zhao | 16:00 | 24:00 |
    Then it is refused on "shifts": "At this monitoring post somebody is on duty at every minute; the roster leaves a gap."

  Scenario: Nobody watches at two places at once
    When the roster "today" of post "P-1" is published
      | li | 00:00 | 16:00 |
      | li | 08:00 | 24:00 |
    Then it is refused on "shifts": "An officer is not on two shifts at once."

  Scenario: A post has one roster at a time
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 12:00 |
      | wang | 12:00 | 24:00 |
    When the roster "again" of post "P-1" is published
      | li   | 00:00 | 12:00 |
      | wang | 12:00 | 24:00 |
    Then it is refused on "startsAt": "A roster begins when the one before it ends, or later."

  Scenario: Whoever is on the roster signs on, hands over and goes
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
    And officer "li" signed on to shift 0 of roster "today"
    And it was "15:50"
    And officer "wang" signed on to shift 1 of roster "today"
    When officer "li" hands shift 0 of roster "today" over to shift 1
    Then these events are recorded
      | ShiftHandedOver |
    And the shifts of roster "today" are
      | li   | ENDED   |
      | wang | ON_DUTY |

  Scenario: Nobody signs on for somebody else
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
    When officer "wang" signs on to shift 0 of roster "today"
    Then it is refused on "shift": "This is another officer's shift; swap or reassign it first."

  Scenario: Who does not come has missed the shift, which is recorded once, and may still come
    Given the roster "today" of post "P-1" was published
      | li   | 08:00 | 24:00 |
      | wang | 00:00 | 08:00 |
    And it was "08:14"
    When the duties are swept
    Then nothing of shift 0 is recorded
    Given it was "08:16"
    When the duties are swept
    Then shift 0 of roster "today" is missed
    When the duties are swept
    Then nothing new is recorded
    When officer "li" signs on to shift 0 of roster "today"
    Then these events are recorded
      | ShiftStarted |

  Scenario: Two officers swap
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
    When shifts 0 and 1 of roster "today" are swapped because of "a wedding"
    Then these events are recorded
      | ShiftsSwapped |
    And the shifts of roster "today" are
      | wang | PLANNED |
      | li   | PLANNED |

  @R14
  Scenario: Posts without anybody on duty
    Given monitoring post "P-2" of station "S-1" has worked since "2026-01-01"
    And the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
    And officer "li" signed on to shift 0 of roster "today"
    Then nobody is on duty at
      | P-2 |

  Scenario: Who watched the camera
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
    And officer "li" signed on to shift 0 of roster "today"
    And it was "12:00"
    And officer "li" signed off from shift 0 of roster "today"
    Then camera "50010300001310000001" was watched at "11:59" by "li"
    And camera "50010300001310000001" was watched at "12:00" by nobody
    And camera "50010300001310000002" was watched at "11:59" by nobody

  Scenario: How far the post was staffed
    Given the roster "today" of post "P-1" was published
      | li   | 00:00 | 16:00 |
      | wang | 16:00 | 24:00 |
      | zhao | 08:00 | 24:00 |
    And it was "08:30"
    And officer "li" signed on to shift 0 of roster "today"
    And it was "09:00"
    And officer "zhao" signed on to shift 2 of roster "today"
    And it was "10:00"
    And officer "li" signed off from shift 0 of roster "today"
    And it was "11:00"
    And officer "zhao" signed off from shift 2 of roster "today"
    And it was "20:00"
    Then posts were staffed for 150 of 1200 minutes today
