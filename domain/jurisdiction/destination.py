"""Where a webhook's deliveries go: an address in one plain form, so that no two programs read it differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

from domain.rules import InvalidValue

_FORM = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::(?P<port>\d{1,5}))?(?:/[\w.~!$&'()*+,;=:@%/-]*)?",
    re.ASCII,
)
_USUAL = {"https": 443, "http": 80}
_HIGHEST = 65_535
LONGEST = 500


class WebhookUrlMalformed(InvalidValue):
    """A webhook's address is https://host/path, in lower case, without user, query or fragment: a secret has no place in it.

    推送地址须为小写的 https://主机/路径，不含用户名、查询串或片段；地址中不得含有秘密。
    """

    on = "url"


class WebhookNeedsHttps(InvalidValue):
    """Deliveries go by https; only an address on this machine may be http.

    推送须使用 https；仅本机地址可用 http。
    """

    on = "url"


@dataclass(frozen=True, slots=True)
class Destination:
    """A host and a port. `usual` says that the port is the one that the scheme has by itself."""

    host: str
    port: int
    usual: bool

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)


def destination(url: str) -> Destination:
    """Where an address leads; refused where it is not plain, or not encrypted on its way out of this machine."""
    found = _FORM.fullmatch(url) if len(url) <= LONGEST else None
    if found is None:
        raise WebhookUrlMalformed
    usual = _USUAL[found["scheme"]]
    port = int(found["port"] or usual)
    if not 0 < port <= _HIGHEST:
        raise WebhookUrlMalformed
    if found["scheme"] == "http" and not is_loopback(found["host"]):
        raise WebhookNeedsHttps
    return Destination(found["host"], port, port == usual)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
