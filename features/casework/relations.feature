@G3
Feature: Cases among cases, and between stations
  Where two cases change, both do or neither, and what was merged can be taken apart again.

  Background:
    Given case "A5001" was filed
    And case "A5002" was filed

  Scenario: Two reports of one theft are merged
    When case "A5002" is merged into "A5001"
    Then these events are recorded
      | CaseMerged   |
      | CaseAbsorbed |
    And case "A5002" stands as MERGED

  Scenario: A merged case rests until it is taken out
    Given case "A5002" was merged into "A5001"
    When case "A5002" is concluded as NO_SUSPECT
    Then it is refused: "The case is merged into another; unmerge it first."

  Scenario: An unmerged case stands where it stood
    Given case "A5002" was merged into "A5001"
    When case "A5002" is taken out of "A5001"
    Then these events are recorded
      | CaseUnmerged |
      | CaseReleased |
    And case "A5002" stands as FILED
    When case "A5002" is concluded as NO_SUSPECT
    Then these events are recorded
      | CaseConcluded |

  Scenario: Not into itself
    When case "A5002" is merged into "A5002"
    Then it is refused: "A case cannot be merged into itself."

  Scenario: Not into a withdrawn case
    Given case "A5001" was withdrawn
    When case "A5002" is merged into "A5001"
    Then it is refused: "A case can be merged only into one that is neither merged nor withdrawn."

  Scenario: Two cases merged into each other at once: just one is
    When "A5001" and "A5002" are merged into each other at the same moment
    Then just one of the two merges is on record

  Scenario: A split conserves the offences
    When 1 "THEFT" of "A5001" is split off as case "A5003"
    Then these events are recorded
      | CaseSplit        |
      | ReportRegistered |
      | CaseFiled        |
    And case "A5001" counts 2 offences of "THEFT"
    And case "A5003" counts 1 offences of "THEFT"

  Scenario: Something remains
    When 3 "THEFT" of "A5001" is split off as case "A5003"
    Then it is refused: "Only offences of this case can leave it, and at least one must remain."

  Scenario: The number of a split-off case is its own
    When one theft of "A5001" is split off as case "A5003" under the number of "A5002"
    Then it is refused: "Another case has this number."
    And case "A5001" counts 3 offences of "THEFT"

  Scenario: New facts after a withdrawal
    Given case "A5001" was withdrawn
    When case "A5001" is filed anew as "A5003"
    Then these events are recorded
      | CaseRefiled      |
      | ReportRegistered |

  Scenario: To the station it belongs to, and back
    When case "A5001" is transferred to station "S-2" in division "500106"
    Then these events are recorded
      | JurisdictionTransferred |
    When case "A5001" is transferred to station "S-2" in division "500106"
    Then it is refused: "The case is with that station already."
    When case "A5001" is transferred to station "S-1" in division "500103"
    Then these events are recorded
      | JurisdictionTransferred |

  Scenario: A series links cases and merges none
    Given case "A5001" was linked to series "red van"
    When case "A5002" is linked to series "red van"
    Then these events are recorded
      | CaseLinked |
    When case "A5002" is linked to series "blue van"
    Then it is refused: "The case belongs to another series; unlink it first."

  Scenario: Supervision is set and lifted
    When case "A5001" is put under supervision of level "CITY"
    Then these events are recorded
      | SupervisionSet |
    When the supervision of "A5001" is lifted
    Then these events are recorded
      | SupervisionSet |
    When the supervision of "A5001" is lifted
    Then it is refused: "The case is not under supervision."
