@R6 @R15
Feature: Police organisations
  Stations stand under sub-bureaus, sub-bureaus under the city bureau; organisations are not divisions.

  Background:
    Given CITY_BUREAU "50" is established
    And SUB_BUREAU "5012" is established under "50"

  Scenario: A station stands under a sub-bureau
    When STATION "501201" is established under "5012"
    Then these events are recorded
      | OrganisationEstablished |

  Scenario: A station does not stand under the city bureau
    When STATION "501201" is established under "50"
    Then it is refused: "A station stands under a sub-bureau, a sub-bureau under a city bureau, an office under any of them."

  Scenario: There is no organisation without the one above it
    When STATION "501201" is established under "9999"
    Then it is refused: "There is no such thing."

  Scenario: A code is never used again
    Given organisation "5012" was closed on "2011-10-22"
    When SUB_BUREAU "5012" is established under "50"
    Then it is refused: "A thing with this id exists already."

  Scenario: Nothing is established under a closed organisation
    Given organisation "5012" was closed on "2011-10-22"
    When STATION "501201" is established under "5012"
    Then it is refused: "The organisation above is closed on that day."

  Scenario: An organisation is renamed
    When organisation "5012" is named "North" from "2010-01-01"
    Then these events are recorded
      | OrganisationRenamed |

  Scenario: Organisations are merged into one that takes their place
    Given SUB_BUREAU "5013" is established under "50"
    And SUB_BUREAU "5014" is established under "50"
    When organisations "5012, 5013" are merged into "5014" on "2011-10-22"
    Then these events are recorded
      | OrganisationClosed |
      | OrganisationClosed |
    And the list shows that "5014" followed "5012" on "2011-10-22"
    And the list shows that "5014" followed "5013" on "2011-10-22"

  Scenario: All are merged or none
    Given SUB_BUREAU "5013" is established under "50"
    And SUB_BUREAU "5014" is established under "50"
    And organisation "5013" was closed on "2010-01-01"
    When organisations "5012, 5013" are merged into "5014" on "2011-10-22"
    Then it is refused: "The organisation is closed on or before that day."
    When organisations "5012" are merged into "5012" on "2011-10-22"
    Then it is refused on "successors": "An organisation is not its own successor."

  Scenario: What takes a place stands on that day
    Given SUB_BUREAU "5013" is established under "50"
    And organisation "5013" was closed on "2010-01-01"
    When organisations "5012" are merged into "5013" on "2011-10-22"
    Then it is refused on "into": "No organisation is registered under this code for that day."

  Scenario: An organisation is split
    Given SUB_BUREAU "5013" is established under "50"
    And SUB_BUREAU "5014" is established under "50"
    When organisation "5012" is split into "5013, 5014" on "2011-10-22"
    Then these events are recorded
      | OrganisationClosed |
    And the list shows that "5013, 5014" followed "5012" on "2011-10-22"

  Scenario: An organisation moves under another one, from a day that has come
    Given SUB_BUREAU "5013" is established under "50"
    And STATION "5012-1" is established under "5012"
    When organisation "5012-1" moves under "5013" from "2011-10-22"
    Then these events are recorded
      | OrganisationMoved |
    And "5013" reaches "5012-1", and "5012" does not
    When organisation "5012-1" moves under "5013" from "2012-10-22"
    Then nothing new is recorded
    When organisation "5012-1" moves under "5012" from "2011-10-22"
    Then it is refused on "validFrom": "An organisation moves after the day from which it stands under the present one."
    When organisation "5012-1" moves under "5012" from "2126-01-01"
    Then it is refused on "validFrom": "A move is recorded once its day has come: until then those above reach what they reach now."
    When organisation "5012-1" moves under "50" from "2012-10-22"
    Then it is refused on "parent": "A station stands under a sub-bureau, a sub-bureau under a city bureau, an office under any of them."
    And figures of "5012" hold "5012-1" until "2011-10-21", those of "5013" from "2011-10-22"
