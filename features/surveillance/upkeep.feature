@R19 @R22
Feature: Priority places, repairs and violations
  Whether an online camera saw each priority place, for how long nobody did, how long repairs took, and what traffic cameras helped to correct.

  Background:
    Given camera "50010300001310000001" stands 40 metres north of the place and sees all round since "00:00"
    And it is "08:00"

  Scenario: Places that are seen, and those that are not by name
    Given the square is a priority place since "2026-01-01"
    And the bridge, 500 metres away, is a priority place since "2026-01-01"
    And camera "50010300001310000001" is ONLINE since "06:00"
    Then today 1 of 2 priority places are seen, without
      | bridge |
    And on "2026-03-01" 0 of 2 priority places are seen, without
      | bridge |
      | square |
    And there is no percentage on so small a base

  Scenario: Before it was a priority place, and after
    Given the square is a priority place since "2026-03-02"
    And camera "50010300001310000001" is ONLINE since "06:00"
    Then today 1 of 1 priority places are seen, without
    And on "2026-03-01" 0 of 0 priority places are seen, without

  Scenario: A camera that does not work sees nothing
    Given the square is a priority place since "2026-01-01"
    And camera "50010300001310000001" is ONLINE since "06:00"
    And camera "50010300001310000001" is OFFLINE since "07:00"
    Then today 0 of 1 priority places are seen, without
      | square |

  Scenario: Blind minutes, maintenance apart
    Given the square is a priority place since "2026-01-01"
    And camera "50010300001310000001" is ONLINE since "02:00"
    And camera "50010300001310000001" was suspended from "05:00" to "06:30"
    Then today, up to now, the square was blind for 210 of 480 minutes, 90 of them in maintenance

  Scenario: Two cameras together leave no gap
    Given the square is a priority place since "2026-01-01"
    And camera "50010300001310000002" stands 30 metres south of the place and sees all round since "00:00"
    And camera "50010300001310000001" is ONLINE since "00:00"
    And camera "50010300001310000001" is OFFLINE since "04:00"
    And camera "50010300001310000002" is ONLINE since "03:00"
    Then today, up to now, the square was blind for 0 of 480 minutes, 0 of them in maintenance

  Scenario: A camera that was turned away sees no longer
    Given the square is a priority place since "2026-01-01"
    And camera "50010300001310000001" is ONLINE since "00:00"
    And camera "50010300001310000001" was moved 5000 metres away at "04:00"
    Then today, up to now, the square was blind for 240 of 480 minutes, 0 of them in maintenance

  Scenario: How long repairs took
    Given a fault of camera "50010300001310000001" was reported at "01:00" and repaired at "02:00"
    And a fault of camera "50010300001310000001" was reported at "03:00" and repaired at "06:00"
    And a fault of camera "50010300001310000001" was reported at "07:00"
    Then today 3 faults were reported, 2 repaired and 1 is open, the median is 3600 seconds and nine of ten took 10800
    And on the day before nothing was reported

  Scenario: A fault that ended with its camera
    Given a fault of camera "50010300001310000001" was reported at "01:00"
    And camera "50010300001310000001" was retired at "05:00"
    Then today 1 fault was reported and ended with its camera

  Scenario: Violations by owner and kind
    Given traffic camera "50010300001310000003" of "TRAFFIC-1" was registered
    And 3 violations "1039" and 1 violation "1301" were corrected with camera "50010300001310000003"
    Then today violations were
      | TRAFFIC-1 | 1039 | 3 of 4 |
      | TRAFFIC-1 | 1301 | 1 of 4 |

  Scenario: Only traffic cameras correct violations
    When a violation "1039" is corrected with camera "50010300001310000001"
    Then it is refused: "Traffic violations are recorded with cameras of the traffic police."
