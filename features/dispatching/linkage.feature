@R32 @R25
Feature: Phone alarm, technical alarm and video act as one
  观音桥商业圈: three stations around one shopping street. A technical alarm or a call with a place finds the cameras that see it;
  the monitoring post on duty is asked what they show; reports of one happening are proposed as one alarm, and a unit to be sent.
  The dispatcher decides; nothing merges or closes by itself.

  Background:
    Given sub-bureau "JB" with the stations "JB-1", "JB-2" and "JB-3"
    And camera "50010500001320000001" of station "JB-1" stands 40 metres south and sees 80 metres to the north
    And camera "50010500001320000002" of station "JB-2" stands 20 metres north and sees 80 metres to the south
    And camera "50010500001320000003" of station "JB-3" stands 60 metres east and sees 30 metres to the east
    And device "D-1" of station "JB-1" was registered with zone 3

  Scenario: Cameras that see the place of a call are linked, the nearest first
    Given a call "A-1" came in for station "JB-1"
    When the policies answer
    Then these cameras are linked to "A-1"
      | 50010500001320000002 | IN_SECTOR | 20 |
      | 50010500001320000001 | IN_SECTOR | 40 |

  Scenario: A camera that looks at the zone comes before those that are near
    Given zone 3 of "D-1" is watched by camera "50010500001320000003"
    And "D-1" told of zone 3 as "A-1"
    Then these cameras are linked to "A-1"
      | 50010500001320000003 | DEVICE_ZONE | 60 |
      | 50010500001320000002 | IN_SECTOR   | 20 |
      | 50010500001320000001 | IN_SECTOR   | 40 |

  Scenario: Where no camera sees the place, none is linked
    Given a call "A-1" came in for station "JB-1", 2000 metres north
    Then no cameras are linked to "A-1"

  Scenario: A retired camera and one that is suspended see nothing
    Given camera "50010500001320000001" was retired
    And camera "50010500001320000002" was suspended
    And a call "A-1" came in for station "JB-1"
    Then no cameras are linked to "A-1"

  Scenario: A test is looked at by nobody
    Given "D-1" is tested
    And unit "N-1" of station "JB-1" stands ready
    And "D-1" told of zone 3 as "A-1"
    Then no cameras are linked to "A-1"
    And nobody was asked about "A-1"
    And no units are proposed for "A-1"

  Scenario: What happened long ago is shown by no camera
    Given a call "A-1" came in for station "JB-1", 11 minutes late
    Then no cameras are linked to "A-1"

  Scenario: The post that sees the best camera is asked, although it is another station's
    Given post "M-1" of station "JB-1" is on duty
    And post "M-2" of station "JB-2" is on duty and sees camera "50010500001320000002"
    And a call "A-1" came in for station "JB-1"
    Then post "M-2" was asked about "A-1", for SEES_CAMERAS
    And station "JB-2" sees alarm "A-1" now
    And station "JB-3" does not see alarm "A-1"

  Scenario: A post at which nobody has signed on is not asked
    Given post "M-2" of station "JB-2" sees camera "50010500001320000002"
    And post "M-1" of station "JB-1" is on duty
    And a call "A-1" came in for station "JB-1"
    Then post "M-1" was asked about "A-1", for STATION

  Scenario: Where the station has nobody, the sub-bureau is asked
    Given post "M-9" of sub-bureau "JB" is on duty
    And a call "A-1" came in for station "JB-1"
    Then post "M-9" was asked about "A-1", for SUB_BUREAU

  Scenario: The room of a bank is asked nothing
    Given post "B-1" of a bank at station "JB-1" is on duty and sees camera "50010500001320000002"
    And a call "A-1" came in for station "JB-1"
    Then nobody was asked about "A-1"

  Scenario: A false alarm is proposed as unfounded, and the dispatcher closes it
    Given post "M-1" of station "JB-1" is on duty
    And "D-1" told of zone 3 as "A-1"
    When post "M-1" finds "A-1" FALSE by camera "50010500001320000002"
    Then these events are recorded
      | VideoVerified |
    And alarm "A-1" stands with
      | state           | RECEIVED  |
      | video_finding   | FALSE     |
      | proposed_result | UNFOUNDED |
      | result          | None      |

  Scenario: A later look takes the proposal back
    Given post "M-1" of station "JB-1" is on duty
    And "D-1" told of zone 3 as "A-1"
    And post "M-1" found "A-1" FALSE
    When post "M-1" finds "A-1" GENUINE
    Then alarm "A-1" stands with
      | video_finding   | GENUINE |
      | proposed_result | None    |

  Scenario: Only the post that was asked answers, by a camera that is linked
    Given post "M-1" of station "JB-1" is on duty
    And post "M-9" of sub-bureau "JB" is on duty
    And a call "A-1" came in for station "JB-1"
    When post "M-9" finds "A-1" FALSE
    Then it is refused on "post": "This monitoring post was not asked to verify the alarm."
    When post "M-1" finds "A-1" FALSE by camera "50010500001320000003"
    Then it is refused on "camera": "The camera is not linked to the alarm; link it first."

  Scenario: A verification that waits is over when the alarm is closed
    Given post "M-1" of station "JB-1" is on duty
    And a call "A-1" came in for station "JB-1"
    Then 1 verification waits at post "M-1"
    Given "A-1" was found UNFOUNDED and closed
    Then 0 verification waits at post "M-1"

  Scenario: A shopkeeper calls about what the device tells of: one happening, proposed with its grounds
    Given "D-1" told of zone 3 as "A-1"
    And 2 minutes passed
    And a call "A-2" came in for station "JB-2", 60 metres north
    Then "A-1" is suggested for "A-2" with 68 points
      | NEAR         | 32 |
      | SOON         | 26 |
      | TYPE_UNKNOWN | 10 |
    And nothing is suggested for "A-1"
    When "A-2" is merged into "A-1"
    Then the suggestion of "A-1" for "A-2" is MERGED
    When the merge of "A-2" into "A-1" is undone
    Then the suggestion of "A-1" for "A-2" is SUGGESTED

  Scenario: Far away, or much later, is another happening
    Given "D-1" told of zone 3 as "A-1"
    And a call "A-2" came in for station "JB-2", 301 metres north
    And 16 minutes passed
    And a call "A-3" came in for station "JB-2"
    Then nothing is suggested for "A-2"
    And nothing is suggested for "A-3"

  Scenario: Two that are not one
    Given "D-1" told of zone 3 as "A-1"
    And a call "A-2" came in for station "JB-2"
    When "A-1" is dismissed for "A-2" because "a fight in the street"
    Then the suggestion of "A-1" for "A-2" is DISMISSED
    When "A-1" is dismissed for "A-2" because "again"
    Then it is refused: "That alarm is not suggested as the same happening, or no longer."

  Scenario: A merge across jurisdictions is refused
    Given a call "A-1" came in for station "JB-1"
    And a call "A-2" came in for station "YZ-1" in division "500103"
    When "A-2" is merged into "A-1"
    Then it is refused on "into": "An alarm is merged only into one of its own division or of a division above it."

  Scenario: A unit is proposed to a technical alarm, and to a call when the dispatcher asks
    Given unit "N-1" of station "JB-1" stands ready
    And "D-1" told of zone 3 as "A-1"
    And a call "A-2" came in for station "JB-1", 900 metres north
    Then "N-1" is proposed for "A-1"
    And no units are proposed for "A-2"

  Scenario: A second run of the policies changes nothing
    Given post "M-1" of station "JB-1" is on duty
    And "D-1" told of zone 3 as "A-1"
    And a call "A-2" came in for station "JB-2"
    When all policies answer once more
    Then nothing new is recorded

  Scenario: How often cameras were linked, how often video told, and how often the device cried wolf
    Given post "M-1" of station "JB-1" is on duty
    And "D-1" told of zone 3 as "A-1"
    And post "M-1" found "A-1" FALSE
    And a call "A-2" came in for station "JB-1", 2000 metres north
    And a call "A-3" came in for station "JB-1"
    And post "M-1" found "A-3" CANNOT_TELL
    Then 2 of 3 alarms with a place had a camera within 60 seconds
    And video told of 1 of 2 alarms with a camera, 1 it could not tell
    And 0 of 0 alarms of "D-1" were unfounded, 1 without a result
    Given "A-1" was found UNFOUNDED and closed
    Then 1 of 1 alarms of "D-1" were unfounded, 0 without a result

  Scenario: Tests and merged alarms are left out, and a merged alarm of a device has the result of the one it is part of
    Given "D-1" told of zone 3 as "A-1"
    And a call "A-2" came in for station "JB-1"
    And "A-1" was merged into "A-2"
    And "A-2" was found HANDLED and closed
    And "D-1" is tested
    And "D-1" told of zone 3 as "A-3"
    Then 1 of 1 alarms with a place had a camera within 60 seconds
    And 1 TEST and 1 MERGED were left out
    And 0 of 1 alarms of "D-1" were unfounded, 0 without a result

  Scenario: As was known then
    Given a call "A-1" came in for station "JB-1"
    And so far it was known
    And a call "A-2" came in for station "JB-1"
    Then as was known then 1 of 1 alarms with a place had a camera within 60 seconds

  Scenario: A percentage only on a base that bears one
    Given a call "A-1" came in for station "JB-1"
    Then the linkage rate has no percentage, and is 100 percent where a small base is asked for
