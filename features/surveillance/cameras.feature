Feature: The registry of cameras
  Every camera of the city is registered with its number, its place and where it looks.

  Scenario: A camera is registered
    When camera "50010300001320000001" of a BANK is registered
    Then these events are recorded
      | CameraRegistered |
    And the list of cameras shows
      | 50010300001320000001 | BANK | IN_SERVICE |

  Scenario: A number is used once
    Given camera "50010300001320000001" of a BANK was registered
    When camera "50010300001320000001" of a MARKET is registered
    Then it is refused on "gb28181Id": "Another camera has, or had, this number."
