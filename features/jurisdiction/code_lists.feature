@G7
Feature: Code lists
  By which codes the type of an alarm and its priority are told is written down in versions: a draft, the active one, those before it.

  Background:
    Given code list "types-1" of ALARM_TYPE is drafted with "THEFT, ROBBERY"
    And code list "urgent-1" of PRIORITY is drafted with "1, 2, 3"
    And an alarm "A1" was received in "500103"

  Scenario: Without an active list any code will do
    When alarm "A1" is triaged as "BURGLARY" with priority "9"
    Then these events are recorded
      | AlarmTriaged |

  Scenario: A type that is not on the active list is refused
    Given code list "types-1" was activated
    When alarm "A1" is triaged as "BURGLARY" with priority "9"
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-1."
    When alarm "A1" is triaged as "THEFT" with priority "9"
    Then these events are recorded
      | AlarmTriaged |

  Scenario: A type that is told as an alarm is opened is held to the list, and need not be told
    Given code list "types-1" was activated
    When alarm "A3" is opened in "500103" as "BURGLARY"
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-1."
    When alarm "A3" is opened in "500103" as "THEFT"
    Then these events are recorded
      | AlarmOpened    |
      | ReportReceived |
    When alarm "A4" is opened in "500103" without a type
    Then these events are recorded
      | AlarmOpened    |
      | ReportReceived |

  Scenario: A priority that is not on the active list is refused, at triage and when it changes
    Given code list "urgent-1" was activated
    When alarm "A1" is triaged as "BURGLARY" with priority "9"
    Then it is refused on "priority": "The code is not on the code list in force at that time. The list is urgent-1."
    Given alarm "A1" was triaged as "BURGLARY" with priority "2"
    When the priority of alarm "A1" becomes "4" because "nobody is in danger"
    Then it is refused on "priority": "The code is not on the code list in force at that time. The list is urgent-1."
    When the priority of alarm "A1" becomes "1" because "somebody is in danger"
    Then these events are recorded
      | PriorityChanged |

  Scenario: An act is held to the list of its own time
    Given code list "types-1" was activated
    And 2 hours passed
    And code list "types-2" of ALARM_TYPE is drafted with "BURGLARY"
    And code list "types-2" was activated in place of "types-1"
    And 1 hours passed
    When alarm "A1" is triaged as "BURGLARY" as of 2 hours ago
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-1."
    When alarm "A1" is triaged as "THEFT" as of 0 hours ago
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-2."
    When alarm "A1" is triaged as "THEFT" as of 2 hours ago
    Then these events are recorded
      | AlarmTriaged |

  Scenario: A correction is held to the list of the time that it puts right
    Given code list "types-1" was activated
    And alarm "A1" was triaged as "THEFT" with priority "1"
    And 2 hours passed
    And code list "types-2" of ALARM_TYPE is drafted with "BURGLARY"
    And code list "types-2" was activated in place of "types-1"
    When it is asked to correct the type of alarm "A1" to "BURGLARY"
    Then it is refused on "code": "The code is not on the code list in force at that time. The list is types-1."
    When it is asked to correct the type of alarm "A1" to "ROBBERY"
    Then these events are recorded
      | CorrectionRequested |

  Scenario: A list counts from the time on which it is activated, and not before
    Given code list "types-1" was activated from 3 hours ahead
    When alarm "A1" is triaged as "BURGLARY" with priority "1"
    Then these events are recorded
      | AlarmTriaged |
    Given an alarm "A2" was received in "500103"
    And 3 hours passed
    When alarm "A2" is triaged as "BURGLARY" with priority "1"
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-1."

  Scenario: A list counts at once where alarms came in before it, and so does the one that takes its place
    Given alarm "A1" was triaged as "BURGLARY" with priority "9"
    And code list "types-1" was activated
    When alarm "A3" is opened in "500103" as "BURGLARY"
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-1."
    Given 1 hours passed
    And code list "types-2" of ALARM_TYPE is drafted with "BURGLARY"
    And code list "types-2" was activated in place of "types-1"
    When alarm "A3" is opened in "500103" as "THEFT"
    Then it is refused on "alarmType": "The code is not on the code list in force at that time. The list is types-2."

  Scenario: Lists of types and of priorities are active beside each other, two of one scope are not
    Given code list "types-1" was activated
    When code list "urgent-1" is activated
    Then these events are recorded
      | CodeListActivated |
    Given code list "types-2" of ALARM_TYPE is drafted with "BURGLARY"
    When code list "types-2" is activated
    Then it is refused on "supersedes": "Another code list of this scope is active; name it as the one that is superseded."
    When code list "types-2" is activated in place of "urgent-1"
    Then it is refused on "supersedes": "The code list that is to be superseded is not active, or is about something else."

  Scenario: What is active is not revised, and nothing is activated backwards
    Given code list "types-1" was activated
    When code list "types-1" is revised to "THEFT, FRAUD"
    Then it is refused: "The code list is active already or was; draft another one."
    When code list "urgent-1" is activated from 1 hours ago
    Then it is refused on "activeFrom": "Codes count from the moment of their activation at the earliest, and after those before them began to count."

  Scenario: A list is sound
    When code list "bad" of PRIORITY is drafted with nothing
    Then it is refused on "entries": "A code list has one code at least and 1,000 at most."
    When code list "bad" of PRIORITY is drafted with "1, 2, 1"
    Then it is refused on "entries": "Each code stands on a list once."
    When code list "bad" of PRIORITY is drafted with "very urgent"
    Then it is refused on "entries": "A code on a list has 1 to 32 Latin letters, digits, underscores, dots or hyphens."

  Scenario: Everybody reads which codes count at a time
    Given code list "types-1" was activated
    And 2 hours passed
    And code list "types-2" of ALARM_TYPE is drafted with "BURGLARY"
    And code list "types-2" was activated in place of "types-1"
    Then a dispatcher reads that the types of 2 hours ago are "THEFT, ROBBERY"
    And a dispatcher reads that the types of 0 hours ago are "BURGLARY"
    And a dispatcher may not draft a code list
