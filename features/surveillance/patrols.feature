@R26 @R30 @R31
Feature: Patrols by video and on the street
  A patrol has a route, is started and ended; what it finds is on record and may become an alarm at once.

  Background:
    Given monitoring post "P-1" of station "S-1" has worked since "2026-01-01"
    And camera "50010300001310000001" of a BANK was registered

  Scenario: A patrol by video finds something and raises the alarm
    Given video patrol "V-1" over camera "50010300001310000001" from post "P-1" was planned and started
    When on video patrol "V-1" "a fight" is seen and raised as alarm "A-1"
    Then these events are recorded
      | PatrolObserved |
      | AlarmOpened    |
      | ReportReceived |
    And alarm "A-1" came from VIDEO_PATROL

  Scenario: Both or neither
    Given video patrol "V-1" over camera "50010300001310000001" from post "P-1" was planned
    When on video patrol "V-1" "a fight" is seen and raised as alarm "A-1"
    Then it is refused: "The patrol is not under way."

  Scenario: A patrol on the street is none by video
    Given street patrol "F-1" was planned and started
    When on video patrol "F-1" "a fight" is seen and raised as alarm "A-1"
    Then it is refused on "mode": "The patrol is not done in this way."

  Scenario Outline: Routes are of their mode, and a video patrol has its post
    When a <mode> patrol over <stops> is planned <where>
    Then it is refused on "<field>": "<sentence>"

    Examples:
      | mode   | stops   | where             | field | sentence                                                                                             |
      | VIDEO  | places  | at a post         | route | A route has stops: cameras where it is by video, places where it is on the street.                   |
      | STREET | nothing | on the street     | route | A route has stops: cameras where it is by video, places where it is on the street.                   |
      | VIDEO  | cameras | on the street     | post  | A patrol by video has the monitoring post from which it is done; one on the street has none.         |
      | STREET | places  | at a post         | post  | A patrol by video has the monitoring post from which it is done; one on the street has none.         |

  Scenario: What patrols find in an hour
    Given video patrol "V-1" over camera "50010300001310000001" from post "P-1" was planned and started
    And on patrol "V-1" "a crowd" was seen
    And on patrol "V-1" "a fire" was seen
    And street patrol "F-1" was planned and started
    And 90 minutes passed
    And patrol "V-1" was ended
    And 30 minutes passed
    Then today patrols found
      | VIDEO  | 2 in 90 minutes  | 1.33 an hour |
      | STREET | 0 in 120 minutes | 0.0 an hour  |

  Scenario: The share of alarms that the police found themselves
    Given video patrol "V-1" over camera "50010300001310000001" from post "P-1" was planned and started
    And on video patrol "V-1" "a fight" was seen and raised as alarm "A-1"
    And alarm "A-2" was called in
    And alarm "A-3" was called in and then seen on video
    Then of 3 alarms today 1 was proactive
