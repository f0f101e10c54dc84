@R21
Feature: Response plans
  What is to be done about some kind of alarm is written down in versions, activated by the dispatcher, and followed step by step.

  Background:
    Given alarm "tower" was received in division "500103"
    And alarm "tower" was triaged as "FIRE" with priority "1"
    And version "2026-1" of plan "HIGH-RISE" for "FIRE" has the steps
      | code     | seconds |
      | CORDON   | 300     |
      | LIFT-OFF | 600     |

  Scenario: Only an active version is activated
    When plan "HIGH-RISE" version "2026-1" is activated for "tower"
    Then it is refused on "responsePlan": "This version of the plan is not active."

  Scenario: A plan that fits is proposed, and the dispatcher activates it
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    Then plan "HIGH-RISE" version "2026-1" fits "tower"
    When plan "HIGH-RISE" version "2026-1" is activated for "tower"
    Then these events are recorded
      | PlanActivated |
    And no plan fits "tower"
    And the steps at "tower" are
      | code     | state | minutes |
      | CORDON   | OPEN  | 5       |
      | LIFT-OFF | OPEN  | 10      |

  Scenario: A plan is under way for an alarm once
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    And plan "HIGH-RISE" version "2026-1" was activated for "tower"
    When plan "HIGH-RISE" version "2026-1" is activated for "tower" again
    Then it is refused on "responsePlan": "This plan is under way for the alarm already."

  Scenario: Steps are done or skipped, and then the plan ends
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    And plan "HIGH-RISE" version "2026-1" was activated for "tower"
    And step "CORDON" of plan "HIGH-RISE" was done at "tower"
    When step "CORDON" of plan "HIGH-RISE" is done at "tower"
    Then it is refused on "step": "The step is done or skipped already."
    When step "ROOF" of plan "HIGH-RISE" is done at "tower"
    Then it is refused on "step": "The plan has no step with this code."
    When plan "HIGH-RISE" is ended at "tower" because of ""
    Then it is refused on "reason": "Steps are open; do or skip them, or say why the plan ends without them."
    When step "LIFT-OFF" of plan "HIGH-RISE" is skipped at "tower" because of "no lift"
    Then these events are recorded
      | StepSkipped |
    When plan "HIGH-RISE" is ended at "tower" because of ""
    Then these events are recorded
      | PlanEnded |
    And plan "HIGH-RISE" version "2026-1" fits "tower"

  Scenario: A step that is late is brought to notice once
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    And plan "HIGH-RISE" version "2026-1" was activated for "tower"
    And 5 minutes passed
    When the clock's duties are swept
    Then nothing new is recorded
    Given 1 minutes passed
    Then the overdue steps are "CORDON"
    When the clock's duties are swept
    Then these events are recorded
      | StepEscalated |
    When the clock's duties are swept
    Then nothing new is recorded
    And the overdue steps are "CORDON"
    Given step "CORDON" of plan "HIGH-RISE" was done at "tower"
    Then the overdue steps are "none"

  Scenario: What the clock could not do it does late, and what a plan ended without is not late
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    And plan "HIGH-RISE" version "2026-1" was activated for "tower"
    And 60 minutes passed
    When the clock's duties are swept
    Then these events are recorded
      | StepEscalated |
      | StepEscalated |
    When plan "HIGH-RISE" is ended at "tower" because of "false alarm"
    Then these events are recorded
      | PlanEnded |
    And the steps at "tower" are
      | code     | state | minutes |
      | CORDON   | LEFT  | 5       |
      | LIFT-OFF | LEFT  | 10      |
    And the overdue steps are "none"

  Scenario: What is under way goes on by the version it began with
    Given version "2026-1" of plan "HIGH-RISE" was adopted
    And plan "HIGH-RISE" version "2026-1" was activated for "tower"
    And version "2026-2" of plan "HIGH-RISE" for "FIRE" has the steps
      | code | seconds |
      | ROOF | 60      |
    When version "2026-2" of plan "HIGH-RISE" is adopted
    Then it is refused on "supersedes": "Another version of this plan is active; name it as the one that is superseded."
    When version "2026-2" of plan "HIGH-RISE" is adopted in place of "2026-1"
    Then these events are recorded
      | ResponsePlanAdopted    |
      | ResponsePlanSuperseded |
    And the steps at "tower" are
      | code     | state | minutes |
      | CORDON   | OPEN  | 5       |
      | LIFT-OFF | OPEN  | 10      |

  Scenario: A draft that cannot be followed is refused, and nothing else of its batch is lost
    When these are drafted in one commit
      | plan  | steps                |
      | EMPTY |                      |
      | ZERO  | CORDON: 0            |
      | TWICE | CORDON: 5, CORDON: 6 |
      | SOUND | CORDON: 5            |
    Then these events are recorded
      | ResponsePlanDrafted |
    And the drafts were refused with
      | A response plan has at least one step.                                           |
      | The deadline of a step is one second or more from the plan's activation.         |
      | Each step of a plan has a code of its own.                                       |
