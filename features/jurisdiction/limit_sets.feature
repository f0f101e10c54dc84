@G7
Feature: Time limits
  How long a review before filing may take and how long material is kept is written down in versions: a draft, the active one, those before it.

  Background:
    Given limit set "filing-1" of FILING is drafted with 3, 7 and 30 days
    And limit set "kept-1" of RETENTION is drafted with 30, 730 and 90 days

  Scenario: Without an active limit set a review has the limit that is named
    Given case "A1" was reported
    When case "A1" is accepted with a review of 60 days
    Then these events are recorded
      | CaseAccepted |
    And the review of "A1" ends after 60 days by limits ""

  Scenario: The active limit set says how long a review takes
    Given limit set "filing-1" was activated
    And case "A1" was reported
    When case "A1" is accepted
    Then the review of "A1" ends after 3 days by limits "filing-1"
    When the review of "A1" is extended to 30 days
    Then these events are recorded
      | ReviewExtended |
    When the review of "A1" is extended to 31 days
    Then it is refused on "until": "The review may not take that long by the time limits in force when the case was accepted."

  Scenario: A review that has to verify a lead may take longer, and no more
    Given limit set "filing-1" was activated
    And case "A1" was reported
    When case "A1" is accepted with a review of 8 days
    Then it is refused on "reviewUntil": "The review may not take that long by the time limits in force when the case was accepted."
    When case "A1" is accepted with a review of 7 days
    Then the review of "A1" ends after 7 days by limits "filing-1"

  Scenario: A case is measured by the limits of the time of its acceptance
    Given limit set "filing-1" was activated
    And case "A1" was reported
    And 2 hours passed
    And limit set "filing-2" of FILING is drafted with 5, 10 and 20 days
    And limit set "filing-2" was activated in place of "filing-1"
    And 1 hours passed
    When case "A1" is accepted as of 2 hours ago
    Then the review of "A1" ends after 3 days by limits "filing-1"
    Given case "A2" was reported
    When case "A2" is accepted
    Then the review of "A2" ends after 5 days by limits "filing-2"

  Scenario: Limits of filing and of retention are active beside each other, two of one scope are not
    Given limit set "filing-1" was activated
    When limit set "kept-1" is activated
    Then these events are recorded
      | LimitSetActivated |
    And positions are kept for 90 days by limits "kept-1"
    Given limit set "filing-2" of FILING is drafted with 5, 10 and 20 days
    When limit set "filing-2" is activated
    Then it is refused on "supersedes": "Another limit set of this scope is active; name it as the one that is superseded."
    When limit set "filing-2" is activated in place of "kept-1"
    Then it is refused on "supersedes": "The limit set that is to be superseded is not active, or is about something else."

  Scenario: What is active is not revised
    Given limit set "filing-1" was activated
    When limit set "filing-1" is revised to 4, 8 and 30 days
    Then it is refused: "The limit set is active already or was; draft another one."

  Scenario: Limits are sound
    When limit set "bad" of FILING is drafted with 7, 3 and 30 days
    Then it is refused on "limits": "A limit is one day at least and a hundred years at most, and what is extended or important has no shorter one."
    When limit set "bad" of FILING is drafted with 0, 3 and 30 days
    Then it is refused on "limits": "A limit is one day at least and a hundred years at most, and what is extended or important has no shorter one."
