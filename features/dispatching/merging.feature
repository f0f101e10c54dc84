@G3 @R32
Feature: Several alarms of one happening
  Alarms are merged and the merge can be undone; both alarms know of it, together or not at all.

  Background:
    Given alarm "smoke" was received in division "500112"
    And alarm "fire" was received in division "500112"

  Scenario: An alarm goes on in another
    When alarm "smoke" is merged into "fire"
    Then these events are recorded
      | AlarmsMerged  |
      | AlarmAbsorbed |
    And the board shows alarm "smoke" with
      | state       | MERGED |
      | merged_into | fire   |

  Scenario: An unmerge brings back what was
    Given alarm "smoke" was triaged as "FIRE" with priority "1"
    And alarm "smoke" was merged into "fire"
    When alarm "smoke" is taken out of "fire"
    Then these events are recorded
      | AlarmUnmerged |
      | AlarmReleased |
    And alarm "smoke" stands as it did before the merge
    And the board shows alarm "smoke" with
      | state       | TRIAGED |
      | merged_into |         |

  Scenario: A merged alarm does not go on by itself
    Given alarm "smoke" was merged into "fire"
    When alarm "smoke" is reported again with the words "more smoke"
    Then it is refused: "The alarm was merged; go on with the alarm it was merged into, or undo the merge."

  Scenario: An alarm is not merged into one that was merged itself
    Given alarm "bang" was received in division "500112"
    And alarm "smoke" was merged into "fire"
    When alarm "bang" is merged into "smoke"
    Then it is refused: "The alarm to merge into is closed, or merged itself."

  Scenario: An alarm is not merged with itself
    When alarm "smoke" is merged into "smoke"
    Then it is refused: "An alarm cannot be merged with itself."

  Scenario Outline: Only into its own division or one above
    Given alarm "elsewhere" was received in division "<division>"
    When alarm "smoke" is merged into "elsewhere"
    Then it is refused: "An alarm is merged only into one of its own division or of a division above it."

    Examples:
      | division |
      | 500106   |
      | 510000   |

  Scenario: Into the city's own alarm
    Given alarm "whole city" was received in division "500000"
    When alarm "smoke" is merged into "whole city"
    Then these events are recorded
      | AlarmsMerged  |
      | AlarmAbsorbed |

  Scenario: The place decides the division
    When the place of alarm "smoke" is found in division "500106"
    Then these events are recorded
      | LocationResolved |
    When alarm "smoke" is merged into "fire"
    Then it is refused: "An alarm is merged only into one of its own division or of a division above it."

  Scenario: A test and a real alarm are not the same happening
    Given test alarm "drill" was received in division "500112"
    When alarm "drill" is merged into "fire"
    Then it is refused: "A test alarm and a real alarm are not the same happening."

  Scenario: Nothing absorbs into a closed alarm
    Given the result of alarm "fire" was UNFOUNDED
    And alarm "fire" was closed
    When alarm "smoke" is merged into "fire"
    Then it is refused: "The alarm to merge into is closed, or merged itself."

  Scenario: An unmerge names the right alarm
    Given alarm "bang" was received in division "500112"
    And alarm "smoke" was merged into "fire"
    When alarm "smoke" is taken out of "bang"
    Then it is refused: "The alarm is not merged into that one."
