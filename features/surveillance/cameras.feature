@R12
Feature: The registry of cameras
  Every camera of the city is registered with its number, its place and where it looks. How many there were on a day, and which
  of them see a place, is told from there.

  Scenario: A camera is registered
    When camera "50010300001320000001" of a BANK is registered
    Then these events are recorded
      | CameraRegistered |
    And the list of cameras shows
      | 50010300001320000001 | BANK | IN_SERVICE | None |

  Scenario: A number is used once, also after its camera is gone
    Given camera "50010300001320000001" of a BANK was registered
    And camera "50010300001320000001" was retired on 2010-06-01
    When camera "50010300001320000001" of a MARKET is registered
    Then it is refused on "gb28181Id": "Another camera has, or had, this number."

  Scenario Outline: A number that breaks a rule of GB/T 28181 is refused
    When camera "<number>" of a BANK is registered
    Then it is refused on "gb28181Id": "<rule>"

    Examples:
      | number                | rule                                                                                |
      | 5001030000132000001   | A camera's number has 20 digits (GB/T 28181-2016, annex D).                         |
      | 5001030000132000000X  | A camera's number is written in digits alone (GB/T 28181-2016, annex D).            |
      | 50010300001180000001  | Digits 11 to 13 of a camera's number are 131 or 132 (GB/T 28181-2016, annex D).     |

  Scenario: The division in a number has to be one
    When camera "99999900001320000001" of a BANK is registered where no division is "999999"
    Then it is refused on "gb28181Id": "No division is registered under this code for that day."

  @R2
  Scenario: A camera is accepted by a standard
    Given camera "50010300001320000001" of a BANK was registered
    And camera "50010300001320000002" of a MARKET was registered
    When camera "50010300001320000001" is accepted by "DB50/216" of "2006"
    Then these events are recorded
      | CameraAccepted |
    And accepted are
      | DB50/216 | 2006 | 1 of 2 |
    When camera "50010300001320000001" is accepted by "DB50/216" of "2006"
    Then it is refused on "standard": "The camera has been accepted by this standard."

  @R22
  Scenario: A fault is repaired before another is reported
    Given camera "50010300001320000001" of a BANK was registered
    When a fault "LENS" of camera "50010300001320000001" is reported
    Then these events are recorded
      | FaultReported |
    When a fault "POWER" of camera "50010300001320000001" is reported
    Then it is refused: "A fault of the camera is open; it is repaired before another is reported."
    When camera "50010300001320000001" is repaired
    Then these events are recorded
      | FaultRepaired |

  Scenario: Health is recorded as it changes
    Given camera "50010300001320000001" of a BANK was registered
    And camera "50010300001320000001" is ONLINE
    When camera "50010300001320000001" reports ONLINE
    Then nothing new is recorded
    When camera "50010300001320000001" reports OFFLINE
    Then these events are recorded
      | HealthChanged |
    And the list of cameras shows
      | 50010300001320000001 | BANK | IN_SERVICE | OFFLINE |

  Scenario: Nothing happens to a camera that is retired
    Given camera "50010300001320000001" of a BANK was registered
    And camera "50010300001320000001" was retired on 2010-06-01
    When camera "50010300001320000001" reports ONLINE
    Then it is refused: "The camera is retired."

  @R16
  Scenario: Cameras of an area group, by whom it held on the day
    Given camera "50010300001320000001" of a BANK was registered on 2008-03-01
    And area group "main" has held "S-1" since "2009-01-01"
    And area group "elsewhere" has held "S-9" since "2006-01-01"
    Then by SECTOR in group "main" there were on 2010-06-24
      | BANK | 1 |
    And by SECTOR in group "main" there was nothing on 2008-06-24
    And by SECTOR in group "elsewhere" there was nothing on 2010-06-24

  @R13 @R39
  Scenario: Cameras are counted as they stood on a day
    Given camera "50010300001320000001" of a BANK was registered on 2008-03-01
    And camera "50010300001320000002" of a BANK was registered on 2010-06-24
    And camera "50010300001320000003" of a MARKET was registered on 2010-06-25
    And camera "50010300001320000004" of a SCHOOL was registered on 2009-01-01
    And camera "50010300001320000004" was retired on 2010-06-24
    Then by SECTOR there were on 2010-06-24
      | BANK | 2 |
    And by SECTOR there were on 2010-06-23
      | BANK   | 1 |
      | SCHOOL | 1 |
    And by SECTOR there were on 2010-06-25
      | BANK   | 2 |
      | MARKET | 1 |

  Scenario: What was recorded late changes a day, not what was known of it
    Given camera "50010300001320000001" of a BANK was registered on 2008-03-01
    And somebody notes how far the log is
    And camera "50010300001320000001" was moved to division "500105" on 2009-01-01
    Then by DIVISION there were on 2010-06-24
      | 500105 | 1 |
    And by DIVISION there were on 2008-06-24
      | 500103 | 1 |
    And by DIVISION there were on 2010-06-24 as was known then
      | 500103 | 1 |

  @R25
  Scenario: Which cameras see a place: those online first, the nearest first
    Given camera "50010300001320000001" stands 40 metres south and looks north
    And camera "50010300001320000002" stands 40 metres south and looks south
    And camera "50010300001320000003" stands 60 metres west and looks east
    And camera "50010300001320000004" stands 70 metres east and nobody knows where it looks
    And camera "50010300001320000005" stands 200 metres south and looks north
    And camera "50010300001320000003" is ONLINE
    And camera "50010300001320000004" is DEGRADED
    Then the place is seen by
      | 50010300001320000003 | 60 | IN_SECTOR         |
      | 50010300001320000004 | 70 | DIRECTION_UNKNOWN |
      | 50010300001320000001 | 40 | IN_SECTOR         |

  @R22
  Scenario: How long cameras were online, of the time they were in service
    Given camera "50010300001320000001" of a BANK was registered
    And 10 minutes passed
    And camera "50010300001320000001" is ONLINE
    And 60 minutes passed
    And camera "50010300001320000001" is DEGRADED
    And 20 minutes passed
    And camera "50010300001320000001" was suspended
    And 30 minutes passed
    And camera "50010300001320000001" was resumed
    And camera "50010300001320000001" is OFFLINE
    And 10 minutes passed
    Then today cameras were, in minutes
      | online     | 80  |
      | in_service | 100 |
      | degraded   | 20  |
      | offline    | 10  |
      | unknown    | 10  |
      | suspended  | 30  |

  Scenario: A suspended camera sees nothing until it is resumed
    Given camera "50010300001320000001" stands 40 metres south and looks north
    And camera "50010300001320000001" was suspended
    Then nobody sees the place
    When camera "50010300001320000001" is resumed
    Then the place is seen by
      | 50010300001320000001 | 40 | IN_SECTOR |
