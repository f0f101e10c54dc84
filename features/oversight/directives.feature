@R8
Feature: Directives are acknowledged, fulfilled and told when they are overdue
  What a directive asks for is due on a day; each organisation it is addressed to answers for itself.

  Background:
    Given "CQ" issued directive "渝公治[2006]293号" to "S-1, S-2", due on 2026-03-10

  Scenario: An addressee acknowledges and reports that it is done
    Given an officer of "S-1" acknowledged the directive
    When an officer of "S-1" reports the directive as fulfilled
    Then these events are recorded
      | DirectiveFulfilled |

  Scenario: Only an addressee's own officer acknowledges
    When an officer of "S-9" acknowledges the directive
    Then it is refused: "The directive is not addressed to your organisation."

  Scenario: Nobody acknowledges twice
    Given an officer of "S-1" acknowledged the directive
    When an officer of "S-1" acknowledges the directive
    Then it is refused: "Your organisation has acknowledged the directive."

  Scenario: What was not taken note of is not done
    When an officer of "S-1" reports the directive as fulfilled
    Then it is refused: "A directive is acknowledged before its fulfilment is reported."

  Scenario: Who has not done it when it was due is overdue
    Given an officer of "S-1" acknowledged the directive
    Then nothing is overdue on 2026-03-10
    And on 2026-03-12 these are overdue
      | S-1 | acknowledged | 2 |
      | S-2 | silent       | 2 |

  Scenario: Who does it late is overdue until then
    Given an officer of "S-1" acknowledged the directive
    And 14 days went by
    And an officer of "S-1" fulfilled the directive
    And an officer of "S-2" acknowledged the directive
    Then on 2026-03-15 these are overdue
      | S-1 | acknowledged | 5 |
      | S-2 | silent       | 5 |
    And on 2026-03-16 these are overdue
      | S-2 | acknowledged | 6 |

  Scenario: Under a directive that was withdrawn nobody owes anything
    Given an officer of "CQ" withdrew the directive
    Then nothing is overdue on 2026-03-12
    When an officer of "S-2" acknowledges the directive
    Then it is refused: "The directive is withdrawn."

  Scenario: Only who issued a directive withdraws it
    When an officer of "S-1" withdraws the directive
    Then it is refused: "A directive is withdrawn by the organisation that issued it."

  Scenario: A directive is not due before it is issued
    When "CQ" issues a directive to "S-1", due on 2026-03-01
    Then it is refused on "due": "A directive is due no earlier than on the day on which it is issued."
