Feature: The same request twice does nothing twice
  Lines break, and officers press twice. Every command carries its own id, and may say which version of the thing it expects.

  @G2
  Scenario: A command that is sent again answers as it did
    When alarm "A-1" is opened twice by command "c-1"
    Then both answers say the same position, and the second that it was repeated
    And there is 1 alarm

  @G2
  Scenario: A command's id is not used for something else
    Given alarm "A-1" is opened once by command "c-1"
    When alarm "A-2" is opened once by command "c-1"
    Then it is answered IDEMPOTENCY_CONFLICT
    And there is 1 alarm

  @G2
  Scenario: Whoever decided on an older version is told so
    Given alarm "A-1" is opened once by command "c-1"
    And somebody adds a report to alarm "A-1"
    When alarm "A-1" is triaged as it was when it was opened
    Then it is answered VERSION_CONFLICT with the version that it has now

  @G2
  Scenario: What was done offline is sent in order, each answered by itself
    When alarm "A-1" is opened, triaged twice and reported again, all in one batch
    Then the answers are done, done, refused and done
    And each took effect at its own time
