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
