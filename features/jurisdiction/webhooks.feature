Feature: Webhooks of integrations
  What the holder of a key may hear of is delivered to an address; nothing is lost while it is paused, and a key that has ended ends it.

  Background:
    Given key "ARC" was issued for 30 days

  Scenario: A webhook is registered for a key
    When webhook "board" is registered for key "ARC" to "https://arc.example/hook"
    Then these events are recorded
      | WebhookRegistered |
    And webhook "board" is DELIVERING

  Scenario: Without a key there is no webhook
    When webhook "board" is registered for key "nobody" to "https://arc.example/hook"
    Then it is refused: "There is no such thing."

  Scenario: A key that is revoked gets no webhook
    Given key "ARC" was revoked
    When webhook "board" is registered for key "ARC" to "https://arc.example/hook"
    Then it is refused on "apiKey": "The webhook's key is revoked or has expired; register the webhook anew for another key."

  Scenario: A key that has expired gets no webhook
    Given 43201 minutes passed
    When webhook "board" is registered for key "ARC" to "https://arc.example/hook"
    Then it is refused on "apiKey": "The webhook's key is revoked or has expired; register the webhook anew for another key."

  Scenario: An address holds no secret
    When webhook "board" is registered for key "ARC" to "https://arc.example/hook?token=1234"
    Then it is refused on "url": "A webhook's address is https://host/path, in lower case, without user, query or fragment: a secret has no place in it."

  Scenario: What leaves the house is encrypted
    When webhook "board" is registered for key "ARC" to "http://arc.example/hook"
    Then it is refused on "url": "Deliveries go by https; only an address on this machine may be http."

  Scenario: A webhook is paused and resumed
    Given webhook "board" was registered for key "ARC" to "https://arc.example/hook"
    When webhook "board" is paused
    Then these events are recorded
      | WebhookPaused |
    And webhook "board" is PAUSED because BY_HAND
    When webhook "board" is paused
    Then it is refused: "The webhook is paused already."
    When webhook "board" is resumed
    Then these events are recorded
      | WebhookResumed |
    And webhook "board" is DELIVERING
    When webhook "board" is resumed
    Then it is refused: "The webhook is not paused."

  Scenario: A webhook that has failed too long says so
    Given webhook "board" was registered for key "ARC" to "https://arc.example/hook"
    When whoever delivers finds that webhook "board" is FAILING
    Then these events are recorded
      | WebhookPaused |
    And webhook "board" is PAUSED because FAILING

  Scenario: What was delivered is delivered again
    Given webhook "board" was registered for key "ARC" to "https://arc.example/hook"
    When webhook "board" is replayed from position 1
    Then these events are recorded
      | WebhookReplayed |

  Scenario: A removed webhook stays removed
    Given webhook "board" was registered for key "ARC" to "https://arc.example/hook"
    When webhook "board" is removed: "no longer used"
    Then these events are recorded
      | WebhookRemoved |
    And webhook "board" is REMOVED
    When webhook "board" is resumed
    Then it is refused: "The webhook is removed."
