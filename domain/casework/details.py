"""Personal details in the one form in which they are kept and searched for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.casework.events import PersonField
from domain.rules import InvalidValue

_SEPARATORS = re.compile(r"[\s()\-]")
_PHONE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_IDENTITY = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK_DIGITS = "10X98765432"
LONGEST_NAME = 200


class DetailsMissing(InvalidValue):
    """At least one detail of the person is given.

    至少须填写一项个人信息。
    """


class NameMalformed(InvalidValue):
    """A name has 1 to 200 characters.

    姓名须为 1 至 200 个字符。
    """

    on = "name"


class PhoneMalformed(InvalidValue):
    """A phone number has 7 to 15 digits with its country code; without one it is a mobile number of mainland China.

    电话号码须含国家代码，共 7 至 15 位数字；不含国家代码的须为中国大陆手机号。
    """

    on = "phone"


class IdentityNumberMalformed(InvalidValue):
    """An identity number has 17 digits, a real day of birth and the check digit of GB 11643.

    公民身份号码须为 17 位数字加校验码，出生日期真实，校验码符合 GB 11643。
    """

    on = "identityNumber"


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person, by field. Its text tells nothing, so that it may come into a log by accident."""

    values: dict[PersonField, str]

    @property
    def fields(self) -> tuple[PersonField, ...]:
        return tuple(field for field in PersonField if field in self.values)

    def __repr__(self) -> str:
        return f"Details({', '.join(self.fields)})"


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """A detail that persons are searched by, in its one form."""

    field: PersonField
    value: str


def sought(phone: str | None, identity_number: str | None) -> Sought:
    """Names are not searched by: many share one."""
    if phone is not None:
        return Sought(PersonField.PHONE, written_phone(phone))
    if identity_number is not None:
        return Sought(PersonField.IDENTITY_NUMBER, written_identity_number(identity_number))
    raise DetailsMissing


def details(name: str | None, phone: str | None, identity_number: str | None) -> Details:
    given = {
        PersonField.NAME: None if name is None else written_name(name),
        PersonField.PHONE: None if phone is None else written_phone(phone),
        PersonField.IDENTITY_NUMBER: None if identity_number is None else written_identity_number(identity_number),
    }
    values = {field: value for field, value in given.items() if value is not None}
    if not values:
        raise DetailsMissing
    return Details(values)


def written_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameMalformed
    return name


def written_phone(phone: str) -> str:
    """As E.164 writes it."""
    bare = _SEPARATORS.sub("", phone)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if re.fullmatch(r"1[3-9]\d{9}", bare, re.ASCII):
        bare = f"+86{bare}"
    if not _PHONE.fullmatch(bare):
        raise PhoneMalformed
    return bare


def written_identity_number(number: str) -> str:
    bare = _SEPARATORS.sub("", number).upper()
    if not _IDENTITY.fullmatch(bare) or not _is_day(bare[6:14]) or bare[17] != check_digit(bare[:17]):
        raise IdentityNumberMalformed
    return bare


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11-2, as GB 11643 asks for."""
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
