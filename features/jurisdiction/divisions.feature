@G6
Feature: Divisions over time
  A code means a division only at a date: codes are used again, and names change.

  Scenario: A code is given to one division at a time
    Given division "Wansheng" has had code "500110" since "1997-06-18"
    When division "Qijiang" gets code "500110" from "1997-06-18"
    Then it is refused: "Another division holds this code from that day on."

  Scenario: A code is used again
    Given division "Wansheng" has had code "500110" since "1997-06-18"
    And division "Wansheng" was abolished on "2011-10-22"
    When division "Qijiang" gets code "500110" from "2011-10-22"
    Then these events are recorded
      | DivisionEstablished |

  Scenario: A division lies within the one above it
    When division "Yubei" gets code "500112" below "510000" from "1997-06-18"
    Then it is refused: "The code does not lie within the code of the division above it."

  Scenario: A division is renamed within its time
    Given division "Yubei" has had code "500112" since "1997-06-18"
    When division "Yubei" is named "North of the Yu" from "2010-01-01"
    Then these events are recorded
      | DivisionRenamed |
    When division "Yubei" is named "Yubei" from "2009-01-01"
    Then it is refused: "A new name begins after the name before it."

  Scenario: A division ends after it began, and once
    Given division "Yubei" has had code "500112" since "1997-06-18"
    When division "Yubei" is abolished on "1997-06-18"
    Then it is refused: "A division ends after the day from which it, and its present name, are valid."
    When division "Yubei" is abolished on "2011-10-22"
    Then these events are recorded
      | DivisionAbolished |
    When division "Yubei" is abolished on "2012-01-01"
    Then it is refused: "The division is abolished on or before that day."

  Scenario: What follows a division is there on its first day
    Given division "Wansheng" has had code "500110" since "1997-06-18"
    And division "Qijiang" has had code "500222" since "2011-10-22"
    When division "Wansheng" is abolished on "2011-10-21" in favour of "Qijiang"
    Then it is refused on "successors": "There is no division with this id on that day."
    When division "Wansheng" is abolished on "2011-10-22" in favour of "Nowhere"
    Then it is refused on "successors": "There is no division with this id on that day."
    When division "Wansheng" is abolished on "2011-10-22" in favour of "Qijiang"
    Then these events are recorded
      | DivisionAbolished |
