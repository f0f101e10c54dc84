"""Taking an export away: by its asker alone, deflated or not, and on from where a connection broke."""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import zlib
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.exports.download import HEAD, LAST
from application.identity import Role
from domain.ids import OrganisationId
from infrastructure.exports import exporter, packing
from tests.api.serving import Client, Served, new_id, served
from tests.exports.office import NORTH, SOUTH, begun, done, ended, key, look, taken

NORTHERN = OrganisationId(NORTH)
LISTED = """query ($f: ExportFilter) { exports(filter: $f) { nodes { id } totalCount }
    events(types: ["ExportRequested"], first: 100) { nodes { type } } }"""
PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Kept:
    """A completed export of several parts, and all its bytes."""

    asker: Client
    id: str
    content: bytes
    tag: str

    def get(self, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        response = taken(self.asker, self.id, **headers)
        return response.status_code, response.content, dict(response.headers)


@pytest.fixture(scope="module")
def kept(city: Served) -> Kept:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporter, "PART", 3_000)
        owner = city.client("owner")
        id = begun(owner, "{ alarms { nodes { id state receivedAt } } }")
        found = ended(owner, id)
    content = taken(owner, id, **PLAIN).content
    assert sha256(content).hexdigest() == found["digest"]
    return Kept(owner, id, content, f'"{found["digest"]}"')


def test_deflated_it_is_one_gzip_file_of_the_same_bytes(kept: Kept) -> None:
    with kept.asker.http.stream(
        "GET",
        f"{kept.asker.address}/exports/{kept.id}",
        headers={"Authorization": f"Bearer {kept.asker.token}", "Accept-Encoding": "br;q=1, gzip;q=0.5"},
    ) as response:
        raw = b"".join(response.iter_raw())
        assert response.headers["content-encoding"] == "gzip"
        assert int(response.headers["content-length"]) == len(raw)
        assert response.headers["etag"] != kept.tag, "other bytes have another tag"
    assert gzip.decompress(raw) == kept.content
    assert len(raw) < len(kept.content) / 3
    assert kept.get()[1] == kept.content, "a client that inflates by itself"


def test_curl_takes_it(kept: Kept, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: taking an export with it goes untested")
    file, address = tmp_path / "alarms.ndjson", f"{kept.asker.address}/exports/{kept.id}"
    curl = ["curl", "--silent", "--show-error", "--fail", "--header", f"Authorization: Bearer {kept.asker.token}"]
    curl += ["--output", str(file), address]
    subprocess.run([*curl, "--compressed"], check=True, timeout=30)  # noqa: S603 - ours
    assert file.read_bytes() == kept.content
    file.write_bytes(kept.content[:1_234])
    subprocess.run([*curl, "--continue-at", "-"], check=True, timeout=30)  # noqa: S603 - ours
    assert file.read_bytes() == kept.content


def test_any_range_of_it_can_be_had(kept: Kept) -> None:
    dice, size = random.Random(5), len(kept.content)  # noqa: S311 - a replayable choice
    spans = [(0, 0), (0, size - 1), (size - 1, size - 1), *(sorted(dice.sample(range(size), 2)) for _ in range(40))]
    for first, last in spans:
        status, content, headers = kept.get(Range=f"bytes={first}-{last}")
        assert (status, content) == (206, kept.content[first : last + 1])
        assert headers["content-range"] == f"bytes {first}-{last}/{size}"
        assert headers["etag"] == kept.tag
    assert kept.get(Range="bytes=100-")[:2] == (206, kept.content[100:])
    assert kept.get(Range="bytes=-100")[:2] == (206, kept.content[-100:])
    assert kept.get(Range=f"bytes=10-{size * 2}")[:2] == (206, kept.content[10:])
    assert kept.get(Range=f"bytes=-{size * 2}")[:2] == (206, kept.content)


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=1-2,5-6", "lines=1-2", "bytes=-", "nonsense", f"bytes={'9' * 30}-"])
def test_a_range_that_is_none_is_passed_over(kept: Kept, asked: str) -> None:
    assert kept.get(Range=asked)[:2] == (200, kept.content)


@pytest.mark.parametrize("asked", ["bytes={size}-", "bytes={size}-{size}", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(kept: Kept, asked: str) -> None:
    status, _, headers = kept.get(Range=asked.format(size=len(kept.content)))
    assert (status, headers["content-range"]) == (416, f"bytes */{len(kept.content)}")


def test_a_broken_download_goes_on_only_with_the_same_bytes(kept: Kept) -> None:
    assert kept.get(Range="bytes=50-", **{"If-Range": kept.tag})[:2] == (206, kept.content[50:])
    for other in ('"other"', f"W/{kept.tag}", kept.tag.replace('"', "")):
        assert kept.get(Range="bytes=50-", **{"If-Range": other})[:2] == (200, kept.content)


def test_who_only_looks_takes_nothing(city: Served) -> None:
    owner = city.client("owner")
    id = begun(owner, "{ units { nodes { id } } }")
    found = ended(owner, id)
    response = owner.http.head(f"{owner.address}/exports/{id}", headers={"Authorization": f"Bearer {owner.token}"} | PLAIN)
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", str(found["bytes"]))
    assert look(owner, id)["downloadedAt"] is None


def test_nobody_else_takes_it(city: Served) -> None:
    li = city.client("li", Role.INVESTIGATOR, NORTHERN)
    id = begun(li, "{ cases { nodes { id } } }")
    ended(li, id)
    others = [
        city.client("wang", Role.INVESTIGATOR, NORTHERN),
        city.client("li", Role.STATION_HEAD, NORTHERN),
        city.client("li", Role.INVESTIGATOR, OrganisationId(SOUTH)),
        city.client("head", Role.CITY_HEAD, OrganisationId("CQ")),
        city.client("audit", Role.AUDITOR, OrganisationId("CQ")),
        city.client("owner"),
        key(city),
    ]
    unknown = taken(li, f"export_{'0' * 32}")
    for other in others:
        response = taken(other, id)
        assert (response.status_code, response.json()) == (404, unknown.json()), "as if it were not there"
    assert taken(replace(li, token="nobody"), id).status_code == 401  # noqa: S106 - nobody's
    assert [taken(li, wrong).status_code for wrong in ("nonsense", f"case_{'0' * 32}", new_id())] == [404] * 3
    assert taken(li, id).status_code == 200
    assert look(li, id)["downloadedAt"] is not None


def test_that_it_was_made_is_seen_by_its_asker_and_those_who_watch(city: Served) -> None:
    li = city.client("li", Role.INVESTIGATOR, NORTHERN)
    id = begun(li, "{ cases { nodes { id } } }", purpose="to be watched")
    ended(li, id)
    assert look(li, id)["url"] == f"/exports/{id}"
    for role in (Role.AUDITOR, Role.AUDIT_ADMINISTRATOR):
        found = look(city.client("audit", role, OrganisationId("CQ")), id)
        assert (found["purpose"], found["requestedBy"], found["url"]) == ("to be watched", "li", None)
    for role, place in ((Role.INVESTIGATOR, NORTH), (Role.CITY_HEAD, "CQ"), (Role.SECURITY_ADMINISTRATOR, "CQ")):
        other = city.client("other", role, OrganisationId(place))
        assert other.ask("query ($id: ExportId!) { export(id: $id) { id } }", id=id)["export"] is None
        assert other.ask(LISTED, f={"requestedBy": ["li"]}) == {"exports": {"nodes": [], "totalCount": 0}, "events": {"nodes": []}}
        assert other.do("cancelExport", export=id)["code"] in {"NOT_FOUND", "NOT_YOURS"}


def test_a_revoked_key_takes_nothing_any_more(city: Served) -> None:
    reader, owner = key(city), city.client("owner")
    id = begun(reader, "{ alarms { nodes { id } } }")
    ended(reader, id)
    assert taken(reader, id).status_code == 200
    found = owner.ask("query ($id: ExportId!) { export(id: $id) { apiKeyId } }", id=id)["export"]
    done(owner, "revokeApiKey", key=found["apiKeyId"], reason="lost")
    assert taken(reader, id).status_code == 401


def test_downloads_are_paid_for(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, budget=20_000) as city:
        greedy = city.client("greedy")
        id = begun(greedy, "{ units { nodes { id } } }")
        ended(greedy, id)
        responses = [taken(greedy, id) for _ in range(100)]
        limited = next(each for each in responses if each.status_code == 429)
        assert limited.headers["retry-after"].isdecimal()


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_parts_are_one_file_however_they_are_cut(contents: list[bytes]) -> None:
    whole = b"".join(contents)
    tail = zlib.crc32(whole).to_bytes(4, "little") + len(whole).to_bytes(4, "little")
    assert gzip.decompress(HEAD + b"".join(map(packing.packed, contents)) + LAST + tail) == whole
    assert [packing.unpacked(packing.packed(each)) for each in contents] == contents
