@R32 @R33
Feature: What technical alarm devices tell becomes an alarm
  A signal opens an alarm with the source TECH_ALARM, or is added to the open alarm of the same device and zone. Nothing is
  lost: what nobody has registered, has suspended or retired is heard all the same. What comes in while a device is tested
  opens a test alarm and no other.

  Background:
    Given technical alarm device "D-1" was registered
    And zone 3 of "D-1" was set as "vault door", 40 metres north

  Scenario: A signal opens an alarm where the zone lies
    When "D-1" tells of zone 3 in message "m-1"
    Then these events are recorded
      | AlarmOpened     |
      | ReportReceived  |
      | DeviceSignalled |
    And the board shows the alarm of "m-1" with
      | state   | RECEIVED   |
      | source  | TECH_ALARM |
      | station | S-1        |
      | zone    | 3          |
      | test    | False      |
      | reports | 1          |
    And the alarm of "m-1" is 40 metres north

  Scenario: The same message again does nothing new
    Given "D-1" told of zone 3 in message "m-1"
    When "D-1" tells of zone 3 in message "m-1"
    Then nothing new is recorded
    And it was answered with the alarm of "m-1"

  Scenario: The same message is known again when its alarm is closed
    Given "D-1" told of zone 3 in message "m-1"
    And the alarm of "m-1" was found UNFOUNDED and closed
    When "D-1" tells of zone 3 in message "m-1"
    Then nothing new is recorded
    And it was answered with the alarm of "m-1"

  Scenario: A further signal of the zone is added to its open alarm
    Given "D-1" told of zone 3 in message "m-1"
    And 10 minutes passed
    When "D-1" tells of zone 3 in message "m-2"
    Then these events are recorded
      | ReportReceived  |
      | DeviceSignalled |
    And it was answered with the alarm of "m-1"

  Scenario: Another zone, or another time, is another alarm
    Given "D-1" told of zone 3 in message "m-1"
    When "D-1" tells of zone 4 in message "m-2"
    Then these events are recorded
      | AlarmOpened     |
      | ReportReceived  |
      | DeviceSignalled |
    And 31 minutes pass
    When "D-1" tells of zone 3 in message "m-3"
    Then these events are recorded
      | AlarmOpened     |
      | ReportReceived  |
      | DeviceSignalled |

  Scenario: A signal after the alarm was merged goes on with the other alarm
    Given "D-1" told of zone 3 in message "m-1"
    And "D-1" told of zone 4 in message "m-2"
    And the alarm of "m-1" was merged into the alarm of "m-2"
    When "D-1" tells of zone 3 in message "m-3"
    Then it was answered with the alarm of "m-2"

  Scenario: A closed alarm is not added to
    Given "D-1" told of zone 3 in message "m-1"
    And the alarm of "m-1" was found UNFOUNDED and closed
    When "D-1" tells of zone 3 in message "m-2"
    Then these events are recorded
      | AlarmOpened     |
      | ReportReceived  |
      | DeviceSignalled |

  Scenario: What is told by two at once opens one alarm
    When "D-1" tells of zone 3 in messages "m-1" and "m-2" at once
    Then these events are recorded
      | AlarmOpened     |
      | ReportReceived  |
      | DeviceSignalled |
      | ReportReceived  |
      | DeviceSignalled |

  Scenario: While a device is tested it opens test alarms
    Given "D-1" is tested for 2 hours
    When "D-1" tells of zone 3 in message "m-1"
    Then the board shows the alarm of "m-1" with
      | test   | True       |
      | source | TECH_ALARM |

  Scenario: A burglary is no part of a test that is over
    Given "D-1" is tested for 1 hours
    And 50 minutes passed
    And "D-1" told of zone 3 in message "m-1"
    And 20 minutes passed
    When "D-1" tells of zone 3 in message "m-2"
    Then the board shows the alarm of "m-2" with
      | test    | False |
      | reports | 1     |

  Scenario: A test ends before its time
    Given "D-1" is tested for 2 hours
    And the test of "D-1" was ended
    When "D-1" tells of zone 3 in message "m-1"
    Then the board shows the alarm of "m-1" with
      | test | False |

  Scenario: Nobody forgets a device in its test
    When "D-1" is to be tested for 73 hours
    Then it is refused on "until": "A device is tested for three days at most."

  Scenario: A suspended device is heard
    Given "D-1" was suspended
    When "D-1" tells of zone 3 in message "m-1"
    Then the board shows the alarm of "m-1" with
      | test   | False      |
      | source | TECH_ALARM |

  Scenario: A device that nobody has registered opens an alarm at the organisation of the key
    When "D-9" tells of zone 1 in message "m-9"
    Then these events are recorded
      | AlarmOpened    |
      | ReportReceived |
    And the board shows the alarm of "m-9" with
      | source  | TECH_ALARM |
      | station | S-1        |
      | device  | None       |
      | place   | None       |
    And it was answered that the device is unknown

  Scenario: A device where the key does not reach is as one that is not there
    Given technical alarm device "D-2" was registered at station "S-2"
    When "D-2" tells of zone 1 in message "m-1"
    Then the board shows the alarm of "m-1" with
      | station | S-1  |
      | device  | None |
    And it was answered that the device is unknown

  Scenario: A number is taken
    When another device "D-1" is registered
    Then it is refused on "number": "Another technical alarm device has, or had, this number."
