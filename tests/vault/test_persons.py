"""Personal data stand in the vault and nowhere else, are told for a purpose that is on record, and can be erased for good."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.casework.vault import VaultIsClosed
from application.identity import Role
from domain.ids import OrganisationId
from infrastructure.log.tables import COMMANDS, EVENTS
from infrastructure.vault.keys import Ring
from infrastructure.vault.vault import VAULT_KEYS, VAULT_VALUES, SqlVault
from tests.api.serving import STATIONS, Client, Served, new_id, served

NAME, PHONE, NUMBER = "李雷雷雷", "138 1234 5678", "11010519491231002x"
KEPT = {"name": NAME, "phone": "+8613812345678", "identityNumber": "11010519491231002X"}
STATION = OrganisationId(STATIONS[0])
READ = """query ($id: PersonId!, $case: CaseId!) { person(id: $id, case: $case, purpose: INVESTIGATION)
    { erased ground name phone identityNumber } }"""


FIND = """query ($detail: PersonDetail!, $case: CaseId!) { findPersons(detail: $detail, case: $case, purpose: IDENTIFICATION) { id } }"""


@dataclass(frozen=True)
class Story:
    """A case, and a person who stands in it."""

    file: Path
    served: Served
    li: Client
    case: str
    person: str

    def read(self, client: Client) -> Any:
        return client.result(READ, id=self.person, case=self.case)

    def told(self) -> Any:
        return self.li.ask(READ, id=self.person, case=self.case)["person"]

    def find(self, client: Client, case: str | None = None, **detail: str) -> Any:
        return client.result(FIND, detail=detail, case=case or self.case)

    def found(self, **detail: str) -> list[str]:
        return [each["id"] for each in self.find(self.li, **detail)["data"]["findPersons"]]

    def events(self) -> list[Any]:
        with self.served.tocsin.database.reading() as connection:
            return list(connection.execute(sa.select(EVENTS).order_by(EVENTS.c.position)))


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    file = tmp_path / "city.sqlite"
    with served(f"sqlite:///{file}", tmp_path) as running:
        li, case, person = running.client("li", Role.INVESTIGATOR, STATION), new_id(), new_id()
        offences = [{"type": "THEFT", "count": 1}]
        done = li.do("registerCase", case=case, number="A-1", division="500103", station=STATION, offences=offences)
        assert done["__typename"] == "RegisterCasePayload", done
        done = li.do("registerPerson", person=person, name=NAME, phone=PHONE, identityNumber=NUMBER)
        assert done["__typename"] == "RegisterPersonPayload", done
        assert li.do("involvePerson", case=case, person=person, role="WITNESS")["__typename"] == "InvolvePersonPayload"
        yield Story(file, running, li, case, person)


def test_details_are_told_and_the_reading_is_on_record(story: Story) -> None:
    assert story.told() == {"erased": False, "ground": None, **KEPT}
    last = story.events()[-1]
    assert (last.type, last.by, last.originator_id) == ("PersonRead", "li", UUID(story.person))
    assert b'"INVESTIGATION"' in last.data
    assert story.case.encode() in last.data


@pytest.mark.parametrize(("role", "station"), [(Role.DISPATCHER, STATION), (Role.AUDITOR, STATION), (Role.INVESTIGATOR, STATIONS[1])])
def test_others_are_told_nothing_and_nothing_is_recorded(story: Story, role: Role, station: str) -> None:
    before = len(story.events())
    assert story.read(story.served.client("qian", role, OrganisationId(station)))["data"] == {"person": None}
    assert len(story.events()) == before


def test_nobody_is_read_for_a_case_they_do_not_stand_in(story: Story) -> None:
    stranger = new_id()
    story.li.do("registerPerson", person=stranger, phone="13912345678")
    error = story.li.error(READ, id=stranger, case=story.case)
    assert error["extensions"]["code"] == "PERSON_NOT_IN_CASE"


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "110"), ("identityNumber", "110105194912310021"), ("identityNumber", "11010519491331002X"), ("name", "  ")],
)
def test_what_is_malformed_is_refused_by_its_field(story: Story, field: str, value: str) -> None:
    assert story.li.do("registerPerson", person=new_id(), **{field: value})["field"] == field


def test_a_repeat_does_nothing_and_another_content_is_refused(story: Story) -> None:
    command, person = str(uuid4()), new_id()
    assert not story.li.do("registerPerson", command=command, person=person, phone="13912345678")["repeated"]
    assert story.li.do("registerPerson", command=command, person=person, phone="13912345678")["repeated"]
    assert story.li.do("registerPerson", command=command, person=person, phone="13912345679")["code"] == "IDEMPOTENCY_CONFLICT"


def test_what_is_refused_is_not_kept(story: Story) -> None:
    assert story.li.do("registerPerson", person=story.person, phone="13912345678")["code"] == "ALREADY_EXISTS"
    with story.served.tocsin.database.reading() as connection:
        left = sa.select(VAULT_VALUES.c.command_id).where(VAULT_VALUES.c.command_id.not_in(sa.select(COMMANDS.c.command_id)))
        assert not connection.execute(left).all()
    assert story.told()["phone"] == KEPT["phone"]


def test_the_newest_details_count(story: Story) -> None:
    story.li.do("recordPersonDetails", person=story.person, phone="+44 20 7946 0958")
    assert story.told() == {"erased": False, "ground": None, **KEPT, "phone": "+442079460958"}


def test_whoever_is_erased_stays_in_the_history(story: Story) -> None:
    before = story.events()
    assert story.li.do("erasePerson", person=story.person, ground="COURT_ORDER", reference="2026-17")["code"] == "NOT_YOURS"
    erased = story.served.client("chief").do("erasePerson", person=story.person, ground="COURT_ORDER", reference="2026-17")
    assert erased["__typename"] == "ErasePersonPayload"
    assert story.told() == {"erased": True, "ground": "COURT_ORDER", "name": None, "phone": None, "identityNumber": None}
    assert story.events()[: len(before)] == before
    assert story.li.do("recordPersonDetails", person=story.person, phone=PHONE)["code"] == "PERSON_IS_ERASED"


def test_no_byte_of_it_stands_anywhere_and_after_rotation_no_backup_opens(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    """The database file, its WAL and a backup made before: neither plaintext nor the person's own key."""
    vault, folder = story.served.tocsin.vault, story.file.parent
    backup = folder / "backup.sqlite"
    with sqlite3.connect(story.file) as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    (wrapping, wrapped), old = wrapped_key(backup, story.person), ring(story)
    place = f"{story.person}/{wrapping}".encode()
    key = AESGCM(old.keys[wrapping]).decrypt(wrapped[:12], wrapped[12:], place)
    story.served.client("chief").do("erasePerson", person=story.person, ground="COURT_ORDER", reference="2026-17")
    kept = new_id()
    story.li.do("registerPerson", person=kept, phone="13912345678")
    story.li.do("involvePerson", case=story.case, person=kept, role="WITNESS")

    assert vault.rotate() == 1
    secrets = [NAME.encode(), b"13812345678", b"11010519491231002", key, old.keys[wrapping], wrapped]
    for file in (story.file, folder / f"{story.file.name}-wal", folder / f"{story.file.name}-vault-key.json"):
        content = file.read_bytes()
        assert [secret for secret in secrets if secret in content] == []
    assert [secret for secret in secrets[:5] if secret in backup.read_bytes()] == []
    assert not any(word in caplog.text for word in (NAME, "13812345678", "11010519491231002"))
    for left in ring(story).keys.values():
        with pytest.raises(InvalidTag):
            AESGCM(left).decrypt(wrapped[:12], wrapped[12:], place)
    assert story.li.ask(READ, id=kept, case=story.case)["person"]["phone"] == "+8613912345678"


def test_a_value_moved_to_another_person_does_not_open(story: Story) -> None:
    with story.served.tocsin.database.writing() as connection:
        connection.execute(sa.update(VAULT_VALUES).where(VAULT_VALUES.c.field == "NAME").values(field="PHONE2"))
        connection.execute(sa.update(VAULT_VALUES).where(VAULT_VALUES.c.field == "PHONE").values(field="NAME"))
        connection.execute(sa.delete(VAULT_VALUES).where(VAULT_VALUES.c.field == "PHONE2"))
    assert story.li.error(READ, id=story.person, case=story.case)["extensions"]["code"] == "INTERNAL"


def test_an_interrupted_erasure_tells_nothing_and_is_finished_by_the_rotation(story: Story) -> None:
    with story.served.tocsin.database.reading() as connection:
        held = connection.execute(sa.select(VAULT_KEYS)).all()
        values = connection.execute(sa.select(VAULT_VALUES)).all()
    story.served.client("chief").do("erasePerson", person=story.person, ground="COURT_ORDER", reference="2026-17")
    with story.served.tocsin.database.writing() as connection:  # as if the process had died between the event and the key
        connection.execute(sa.insert(VAULT_KEYS), [row._asdict() for row in held])
        connection.execute(sa.insert(VAULT_VALUES), [row._asdict() for row in values])
    assert story.told()["name"] is None
    assert story.served.tocsin.vault.rotate() == 0


@pytest.mark.parametrize("detail", [{"phone": PHONE}, {"phone": "+86-13812345678"}, {"identityNumber": NUMBER.upper()}])
def test_a_person_is_found_by_a_detail_however_it_is_written_and_the_search_is_on_record(story: Story, detail: dict[str, str]) -> None:
    assert story.found(**detail) == [f"person_{UUID(story.person).hex}"]
    last = story.events()[-1]
    assert (last.type, last.by) == ("PersonsSought", "li")
    assert story.person.encode() in last.data
    assert story.case.encode() in last.data
    assert b"13812345678" not in last.data
    assert b"11010519491231002" not in last.data


def test_a_search_in_vain_is_on_record_too(story: Story) -> None:
    assert story.found(phone="13912345678") == []
    last = story.events()[-1]
    assert (last.type, b'"found":[]' in last.data) == ("PersonsSought", True)


def test_what_a_person_once_gave_still_finds_them_and_each_once(story: Story) -> None:
    story.li.do("recordPersonDetails", person=story.person, phone="13912345678")
    story.li.do("recordPersonDetails", person=story.person, phone="13912345678", name="Li")
    assert story.found(phone=PHONE) == story.found(phone="13912345678") == [f"person_{UUID(story.person).hex}"]


def test_whoever_is_erased_is_not_found(story: Story) -> None:
    story.served.client("chief").do("erasePerson", person=story.person, ground="COURT_ORDER", reference="2026-17")
    assert story.found(phone=PHONE) == []


@pytest.mark.parametrize(("role", "station"), [(Role.DISPATCHER, STATION), (Role.AUDITOR, STATION), (Role.INVESTIGATOR, STATIONS[1])])
def test_who_may_not_read_may_not_search_and_nothing_is_recorded(story: Story, role: Role, station: str) -> None:
    before = len(story.events())
    other = story.served.client("qian", role, OrganisationId(station))
    answer = story.find(other, phone=PHONE)
    assert (answer["data"], answer["errors"][0]["extensions"]["code"]) == (None, "NOT_FOUND" if role is not Role.AUDITOR else "NOT_YOURS")
    absent = story.find(other, new_id(), phone=PHONE)
    assert role is Role.AUDITOR or {**answer, "extensions": 0} == {**absent, "extensions": 0}, "a case elsewhere is like one that never was"
    assert len(story.events()) == before


def test_a_search_without_a_detail_or_by_a_malformed_one_is_refused(story: Story) -> None:
    assert "errors" in story.find(story.li)
    assert story.find(story.li, phone="110")["errors"][0]["extensions"]["code"] == "PHONE_MALFORMED"


def test_the_index_goes_on_after_a_rotation_and_the_old_one_is_gone(story: Story) -> None:
    with sqlite3.connect(story.file) as connection:
        old = [row[0] for row in connection.execute("SELECT digest FROM vault_index")]
    assert len(old) == 2
    story.served.tocsin.vault.rotate()
    assert story.found(phone=PHONE) == story.found(identityNumber=NUMBER) == [f"person_{UUID(story.person).hex}"]
    for file in (story.file, story.file.with_name(f"{story.file.name}-wal")):
        assert [digest for digest in old if digest in file.read_bytes()] == []


def test_without_a_key_the_vault_is_closed(story: Story) -> None:
    with pytest.raises(VaultIsClosed):
        SqlVault(story.served.tocsin.database, None).rotate()


def ring(story: Story) -> Ring:
    return Ring.read(story.file.with_name(f"{story.file.name}-vault-key.json"))


def wrapped_key(file: Path, person: str) -> tuple[str, bytes]:
    with sqlite3.connect(file) as connection:
        found: tuple[str, bytes] = connection.execute(
            "SELECT wrapping, wrapped FROM vault_keys WHERE person = ?", (UUID(person).hex,)
        ).fetchone()
        return found
