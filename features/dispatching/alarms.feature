@R28
Feature: Alarms from the first report to the closing
  Nothing that was recorded about an alarm is ever lost: merging, reopening and correcting are events of their own.

  Scenario: An alarm opens with its first report
    When somebody reports alarm "fire" in division "500112"
    Then these events are recorded
      | AlarmOpened    |
      | ReportReceived |

  Scenario: An alarm is nowhere but in a registered division
    When somebody reports alarm "fire" in division "500199", which nobody has registered
    Then it is refused on "division": "No division is registered under this code for that day."

  Scenario: What a station was before it was founded
    Given station "S-9" was founded today
    When somebody reports alarm "fire" for station "S-9" as of yesterday
    Then it is refused on "station": "No organisation is registered under this code for that day."
    When somebody reports alarm "fire" for station "S-9"
    Then these events are recorded
      | AlarmOpened    |
      | ReportReceived |

  Scenario: The same alarm is not opened twice
    Given alarm "fire" was received in division "500112"
    When somebody reports alarm "fire" in division "500112"
    Then it is refused: "A thing with this id exists already."

  Scenario: A further report is added to the alarm
    Given alarm "fire" was received in division "500112"
    When alarm "fire" is reported again with the words "smoke on the third floor"
    Then these events are recorded
      | ReportReceived |

  Scenario: A report belongs to one alarm
    Given alarm "fire" was received in division "500112"
    And alarm "bang" was received in division "500112"
    And report "R-1" was added to alarm "fire"
    When report "R-1" is added to alarm "bang"
    Then it is refused: "A report with this id stands with another alarm."
    When report "R-1" is added to alarm "fire"
    Then nothing new is recorded

  Scenario: Phone numbers stay out of what is recorded
    Given alarm "fire" was received in division "500112"
    When alarm "fire" is reported again with the words "call back 13912345678"
    Then it is refused: "The text holds a phone or identity number; personal data do not belong in events."

  Scenario: The original priority stays visible
    Given alarm "theft" was received in division "500112"
    And alarm "theft" was triaged as "THEFT" with priority "3"
    When the priority of alarm "theft" becomes "1" because "offender on scene"
    Then these events are recorded
      | PriorityChanged |
    And the board shows alarm "theft" with
      | original_priority | 3       |
      | priority          | 1       |
      | state             | TRIAGED |

  Scenario: An alarm is triaged once
    Given alarm "theft" was received in division "500112"
    And alarm "theft" was triaged as "THEFT" with priority "3"
    When alarm "theft" is triaged as "ROBBERY" with priority "1"
    Then it is refused: "The alarm is triaged; change its priority, or ask for a correction of its type."

  @R25
  Scenario: A camera is linked once
    Given alarm "theft" was received in division "500112"
    And camera "50011200001320000001" was registered
    And camera "50011200001320000001" was linked to alarm "theft"
    When camera "50011200001320000001" is linked to alarm "theft"
    Then nothing new is recorded

  @R25
  Scenario: A camera that nobody has registered is not linked
    Given alarm "theft" was received in division "500112"
    When camera "50011200001320000001" is linked to alarm "theft"
    Then it is refused on "camera": "No camera is registered under this number."
    Given camera "50011200001320000001" was registered
    When camera "50011200001320000001" is linked to alarm "theft"
    Then these events are recorded
      | CameraLinked |

  Scenario Outline: An alarm closes only with what it needs
    Given alarm "theft" was received in division "500112"
    And unit "N-12" is on duty
    And unit "N-12" was sent to "theft"
    And <known>
    When alarm "theft" is closed
    Then it is refused: "<sentence>"

    Examples:
      | known                                        | sentence                                                              |
      | first feedback was given on alarm "theft"    | An alarm is not closed without a result.                              |
      | the result of alarm "theft" was HANDLED      | A unit was sent to the alarm; it is not closed without feedback.      |

  Scenario: An alarm closes with feedback and result
    Given alarm "theft" was received in division "500112"
    And unit "N-12" is on duty
    And unit "N-12" was sent to "theft"
    And final feedback was given on alarm "theft"
    And the result of alarm "theft" was MEDIATED
    When alarm "theft" is closed
    Then these events are recorded
      | AlarmClosed |

  Scenario: A referred alarm closes with a result alone
    Given alarm "noise" was received in division "500112"
    And alarm "noise" was referred to "12345"
    And the result of alarm "noise" was REFERRED
    When alarm "noise" is closed
    Then these events are recorded
      | AlarmClosed |

  Scenario: First measures are taken even on a referred alarm
    Given alarm "leak" was received in division "500112"
    And alarm "leak" was referred to "gas company"
    When initial measures are taken on alarm "leak": "street closed"
    Then these events are recorded
      | InitialMeasuresTaken |

  Scenario: Nothing follows the final feedback
    Given alarm "theft" was received in division "500112"
    And final feedback was given on alarm "theft"
    When first feedback is given on alarm "theft"
    Then it is refused: "The final feedback is given; reopen the alarm to add to it after it is closed."

  Scenario: A result changes until the alarm is closed, and after it is reopened
    Given alarm "theft" was received in division "500112"
    And the result of alarm "theft" was HANDLED
    And alarm "theft" was closed
    When the result of alarm "theft" is said to be UNFOUNDED
    Then it is refused: "The alarm is closed; reopen it first."
    When alarm "theft" is reopened because "the caller objects"
    Then these events are recorded
      | AlarmReopened |
    When the result of alarm "theft" is said to be UNFOUNDED
    Then these events are recorded
      | AlarmResultRecorded |

  Scenario: Only a closed alarm is reopened
    Given alarm "theft" was received in division "500112"
    When alarm "theft" is reopened because "the caller objects"
    Then it is refused: "The alarm is not closed; there is nothing to reopen."

  Scenario: A case opened from an alarm is noted on the alarm
    Given alarm "theft" was received in division "500112"
    When case "A500112-1" is registered from alarm "theft"
    Then these events are recorded
      | ReportRegistered    |
      | CaseOpenedFromAlarm |
    And the board shows alarm "theft" with
      | case | A500112-1 |

  Scenario: A test alarm makes no case
    Given test alarm "drill" was received in division "500112"
    When case "A500112-1" is registered from alarm "drill"
    Then it is refused: "A test alarm makes no case."

  Scenario: An alarm has one case
    Given alarm "theft" was received in division "500112"
    And case "A500112-1" was registered from alarm "theft"
    When case "A500112-2" is registered from alarm "theft"
    Then it is refused: "Another case was opened from this alarm; further offences belong into that case."

  Scenario: A wrong type is put right by two people, and the original stays
    Given alarm "theft" was received in division "500112"
    And alarm "theft" was triaged as "THEFT" with priority "3"
    When officer "P-1" asks that alarm "theft" was "ROBBERY" all along and officer "P-2" approves
    And the policies answer
    Then these events are recorded
      | CorrectionApproved |
      | AlarmFactCorrected |
      | CorrectionApplied  |
    And the alarm's correction says "ROBBERY" and points to the triage
    And the board shows alarm "theft" with
      | alarm_type | ROBBERY |
