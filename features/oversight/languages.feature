Feature: All words exist in Chinese and English, and nothing comes from elsewhere

  @G10
  Scenario: Every value that people see has a name in both languages
    Then every value of every enum has a label in English and one in Chinese

  @G10
  Scenario: A refusal is told in both languages, with its field and a stable code
    When somebody opens an alarm in division "999999"
    Then the refusal names the field "division", and says the same in English and in Chinese

  @G10
  Scenario: A question that cannot be answered says why in both languages
    When somebody asks for figures of a period that ends before it begins
    Then the error says so in English and in Chinese

  @G11
  Scenario: The page loads nothing from another host
    When somebody opens the page
    Then what it loads comes from the same host
    And the browser is told to load nothing from another
