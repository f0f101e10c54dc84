Feature: A list is exported to its end
  Reading much at once is on record: who, what, and what for. It goes on by itself, and is kept for a day.

  Background:
    Given 250 alarms were received

  Scenario: An export is on record from the request to the end
    When an export of the alarms is asked for, for "the yearly report"
    Then these events are recorded
      | ExportRequested |
    And the export is RUNNING
    When the exports are read
    Then these events are recorded
      | ExportCompleted |
    And the export is COMPLETED with 250 rows

  Scenario: Without a purpose nothing is exported
    When an export of the alarms is asked for, for ""
    Then it is refused on "purpose": "A text is required here."

  Scenario: It is taken away once, however often the connection breaks
    Given an export of the alarms was completed
    When it is taken away
    Then these events are recorded
      | ExportDownloaded |
    When it is taken away
    Then nothing new is recorded

  Scenario: Nothing can be taken before it is complete
    Given an export of the alarms was asked for
    When it is taken away
    Then it is refused: "The export holds nothing that could be taken: it goes on still, came to nothing, or has expired."

  Scenario: It is kept for a day
    Given an export of the alarms was completed
    And 1439 minutes passed
    When what is due is done
    Then nothing new is recorded
    And 1 exports are kept
    Given 1 minutes passed
    When what is due is done
    Then these events are recorded
      | ExportExpired |
    And the export is EXPIRED
    And 0 exports are kept

  Scenario: An export that is cancelled is dropped
    Given an export of the alarms was asked for
    When it is cancelled
    Then these events are recorded
      | ExportCancelled |
    When the exports are read
    Then nothing new is recorded
    And 0 exports are kept

  Scenario: What is over cannot be cancelled
    Given an export of the alarms was completed
    When it is cancelled
    Then it is refused: "The export is not going on any more."

  Scenario: An export that takes longer than a day comes to nothing
    Given an export of the alarms was asked for
    And 1441 minutes passed
    When the exports are read
    Then these events are recorded
      | ExportFailed |
    And the export is FAILED because TOOK_TOO_LONG
    And 0 exports are kept
