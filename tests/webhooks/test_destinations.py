"""Where deliveries may go: one plain form of address, encrypted, and only what is named."""

from __future__ import annotations

import pytest

from application.webhooks import WebhookHostNotAllowed
from domain.jurisdiction.destination import Destination, WebhookNeedsHttps, WebhookUrlMalformed, destination
from infrastructure.settings import SettingRefused, Settings
from infrastructure.webhooks.destinations import Destinations

MALFORMED = [
    "ftp://arc.example/hook",
    "https://user:secret@arc.example/hook",
    "https://user@arc.example",
    "https://arc.example/hook?token=secret",
    "https://arc.example/hook#part",
    "https://arc.example\\@evil.example/",
    "https://arc.example/a b",
    "https://arc.example/\n",
    "https://arc.example:0/",
    "https://arc.example:65536/",
    "https://arc.example:/",
    "https://ARC.example/",
    "https://警局.example/",
    "https:///hook",
    "https://-arc.example/",
    "//arc.example/",
    "https://arc.example/" + "a" * 500,
    "",
]


@pytest.mark.parametrize("url", MALFORMED)
def test_an_address_has_one_plain_form(url: str) -> None:
    with pytest.raises(WebhookUrlMalformed):
        destination(url)


def test_what_a_plain_address_says() -> None:
    assert destination("https://arc.example/hooks/1") == Destination("arc.example", 443, usual=True)
    assert destination("https://arc.example:8443") == Destination("arc.example", 8443, usual=False)
    assert destination("http://[::1]:9/x").loopback
    assert destination("http://127.8.8.8/").loopback


@pytest.mark.parametrize("url", ["http://arc.example/", "http://10.0.0.1/", "http://localhost.example/", "http://127.0.0.1.example/"])
def test_only_this_machine_is_spoken_to_in_the_clear(url: str) -> None:
    with pytest.raises(WebhookNeedsHttps):
        destination(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/",
        "https://sub.arc.example/",
        "https://arc.example:8443/",
        "https://gate.example/",
        "http://127.0.0.1:8000/",
        "https://169.254.169.254/",
    ],
)
def test_whoever_is_not_named_is_not_told(url: str) -> None:
    with pytest.raises(WebhookHostNotAllowed):
        Destinations({"arc.example", "gate.example:8443", "127.0.0.1:9000"}, development=False).insist(url)


def test_whoever_is_named_is_told_and_in_development_this_machine() -> None:
    named = Destinations({"arc.example", "gate.example:8443", "127.0.0.1:9000"}, development=False)
    for url in ("https://arc.example/x", "https://arc.example:443/", "https://gate.example:8443/", "http://127.0.0.1:9000/"):
        named.insist(url)
    Destinations((), development=True).insist("http://127.0.0.1:8000/")
    with pytest.raises(WebhookHostNotAllowed):
        Destinations((), development=True).insist("https://arc.example/")


def test_the_settings() -> None:
    read = Settings.read({"TOCSIN_WEBHOOK_HOSTS": " arc.example, GATE.example:8443 ,[::1]:9", "TOCSIN_WEBHOOK_PATIENCE": "1.5"})
    assert read.webhook_hosts == {"arc.example", "gate.example:8443", "[::1]:9"}
    assert read.webhook_patience == 1.5
    for name, value in (("HOSTS", "https://arc.example"), ("HOSTS", "*"), ("PATIENCE", "0"), ("PATIENCE", "inf"), ("PATIENCE", "long")):
        with pytest.raises(SettingRefused, match=f"TOCSIN_WEBHOOK_{name} cannot be"):
            Settings.read({f"TOCSIN_WEBHOOK_{name}": value})
