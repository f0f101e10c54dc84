"""Commands on people. Personal details go to the vault; neither steps nor fingerprint of a command hold any."""

from __future__ import annotations

from application.commands import Command, begin, change, internal
from domain.casework.case import Case
from domain.casework.details import details
from domain.casework.events import ErasureGround, PersonField, PersonRegistered, PersonsSought, ReadingPurpose
from domain.casework.person import Person
from domain.casework.search import PersonSearch
from domain.ids import CaseId, PersonId, SearchId


def register_person(person: PersonId, name: str | None = None, phone: str | None = None, identity_number: str | None = None) -> Command:
    """Register a person. The details go to the vault; the log learns only which were given.

    登记人员。个人信息存入个人信息库，日志仅记录填写了哪些项目。
    """
    return register(person, details(name, phone, identity_number).fields)


def record_person_details(
    person: PersonId, name: str | None = None, phone: str | None = None, identity_number: str | None = None
) -> Command:
    """Record further or corrected details of a person, in the vault.

    在个人信息库中补充或更正个人信息。
    """
    return record_details(person, details(name, phone, identity_number).fields)


@internal
def register(person: PersonId, fields: tuple[PersonField, ...]) -> Command:
    return begin(Person, person, PersonRegistered(fields=fields))


@internal
def record_details(person: PersonId, fields: tuple[PersonField, ...]) -> Command:
    return change(Person, person, lambda it, _: it.record(fields))


@internal
def erase(person: PersonId, ground: ErasureGround, reference: str) -> Command:
    """Destroy a person's key: history and figures stay whole, the details are gone for good. It cannot be undone.

    销毁该人员的密钥：历史与统计保持完整，个人信息永久删除，不可恢复。
    """
    return change(Person, person, lambda it, _: it.erase(ground, reference))


@internal
def read(person: PersonId, case: CaseId, purpose: ReadingPurpose) -> Command:
    """Whoever reads must be able to see the case that it is for."""
    return change(
        Person, person, lambda it, act: it.read(purpose, case, concerned=act.look(Case, case).concerns(person)), looks=((Case, case),)
    )


@internal
def search(search: SearchId, field: PersonField, case: CaseId, purpose: ReadingPurpose, found: tuple[PersonId, ...]) -> Command:
    """Whoever searches must be able to see the case that it is for."""
    return begin(PersonSearch, search, PersonsSought(field=field, purpose=purpose, case=case, found=found), looks=((Case, case),))
