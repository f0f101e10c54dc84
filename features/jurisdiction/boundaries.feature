Feature: Boundaries
  Divisions and stations have an area from a day on. Areas are squares of tenths of a degree, by their south-west corner and their side.

  Background:
    Given division "City" has had code "500000" since "1997-06-18"
    And division "Yuzhong" has had code "500103" below "500000" since "1997-06-18"
    And division "Jiangbei" has had code "500105" below "500000" since "1997-06-18"
    And division "500103" has had the square at 1, 1 of side 2 since "2006-01-01"

  Scenario: A neighbour may touch, and no more
    When division "500105" gets the square at 3, 1 of side 2 from "2006-01-01"
    Then these events are recorded
      | BoundaryChanged |
    When division "500105" gets the square at 2, 1 of side 2 from "2006-01-01"
    Then it is refused on "area": "The area has ground in common with that of another division or organisation of its level, on a day on which both are valid. The other one is 500103."

  Scenario: An edge that was drawn twice is no overlap
    When division "500105" gets the square at 2.9999, 1 of side 2 from "2006-01-01"
    Then these events are recorded
      | BoundaryChanged |

  Scenario: A division lies within another level's area
    When a city gets the square at 0, 0 of side 9 from "2006-01-01"
    Then these events are recorded
      | BoundaryChanged |

  Scenario: What gave way before may be taken
    Given division "500103" has had the square at 1, 1 of side 1 since "2010-01-01"
    When division "500105" gets the square at 2, 1 of side 2 from "2009-12-31"
    Then it is refused: "The area has ground in common with that of another division or organisation of its level, on a day on which both are valid. The other one is 500103."
    When division "500105" gets the square at 2, 1 of side 2 from "2010-01-01"
    Then these events are recorded
      | BoundaryChanged |

  Scenario: What is abolished has no area, and its successor may have it
    Given division "Yuzhong" was abolished on "2011-10-22"
    When division "500105" gets the square at 1, 1 of side 2 from "2011-10-22"
    Then these events are recorded
      | BoundaryChanged |

  Scenario: An area has sound rings
    When division "500105" gets a ring that crosses itself
    Then it is refused on "area": "A ring crosses or touches itself, or a hole or another part of the area lies where it cannot."
    When division "500105" gets a ring that is not closed
    Then it is refused on "area": "A ring ends where it begins: its last spot is its first."
    When division "500105" gets a ring with latitude 91
    Then it is refused on "area": "Longitudes must lie within -180 and 180 degrees, latitudes within -90 and 90."

  Scenario: Nobody knows that division
    When division "590000", which is not registered, gets an area
    Then it is refused on "division": "No division is registered under this code for that day."

  Scenario: Two at once cannot take the same ground
    When divisions "500105" and "500107" both get the square at 5, 5 of side 1
    Then one is refused, for both have ground in common

  Scenario: Who is competent at a place
    Given SUB_BUREAU "5003" is established
    And STATION "5003-1" is established under "5003"
    And organisation "5003-1" has had the square at 1, 1 of side 1 since "2006-01-01"
    And division "500103" has had the square at 5, 5 of side 1 since "2010-01-01"
    Then on "2009-12-31" the place at 1.5, 1.5 lies in "City, Yuzhong" and with station "5003-1"
    And on "2009-12-31" the place at 2.5, 2.5 lies in "City, Yuzhong" and with no station
    And on "2010-01-01" the place at 1.5, 1.5 lies in no division and with station "5003-1"
    And on "2005-12-31" the place at 1.5, 1.5 lies in no division and with no station
