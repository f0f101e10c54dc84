"""How a rule refuses: a class whose docstring is the sentence the operator reads, in English and then in Chinese."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import ClassVar


class Rejected(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The command was refused.

    命令被拒绝。
    """

    on: ClassVar[str | None] = None
    """The input field the rule is about, in the API's spelling; None where it is about the state of the thing."""

    def __init__(self, *, field: str | None = None) -> None:
        super().__init__(type(self).__name__)
        self.field = field if field is not None else self.on

    @property
    def code(self) -> str:
        """Stable name for programs: `CaseNotFiled` is `CASE_NOT_FILED`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).upper()

    @property
    def message(self) -> str:
        return _paragraphs(type(self))[0]

    @property
    def message_zh(self) -> str:
        return _paragraphs(type(self))[1]


class InvalidTransition(Rejected):
    """The thing is in a state that does not allow this.

    当前状态不允许此操作。
    """


class InvalidValue(Rejected):
    """A value breaks a rule.

    取值不符合规则。
    """


class NeedsSecondApprover(Rejected):
    """This needs the approval of a second person.

    此操作需要第二人审批。
    """


class LimitExceeded(Rejected):
    """A limit is exceeded.

    超出限制。
    """


class OutsideJurisdiction(Rejected):
    """This is outside the jurisdiction.

    超出管辖范围。
    """


class NotFound(Rejected):
    """There is no such thing.

    对象不存在。
    """


class AlreadyExists(Rejected):
    """A thing with this id exists already.

    该编号的对象已存在。
    """

    on = "id"


class EffectiveInFuture(InvalidValue):
    """The effective time lies after the time of recording.

    业务时间晚于入库时间。
    """

    on = "effectiveAt"


class TextHoldsPersonalData(InvalidValue):
    """The text holds a phone or identity number; personal data do not belong in events.

    文本含有电话号码或身份证号；事件中不得出现个人信息。
    """


class TextMissing(InvalidValue):
    """A text is required here.

    此处必须填写文字。
    """


class TextTooLong(InvalidValue):
    """The text is longer than 2,000 characters.

    文字超过 2000 个字符。
    """


LONGEST_TEXT = 2_000
SHORTEST_NUMBER = 11
"""Characters of a phone number; codes, of which most texts are, have fewer."""
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|\d{17}[\dXx]|\+?\d{1,3}[ -]?\(?\d{3}\)?[ -]\d{3,4}[ -]\d{4})(?!\d)")


def free_text(text: str, *, field: str) -> str:
    """The text, stripped; refused where it is too long or holds what looks like a phone or identity number."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(field=field)
    if holds_personal_data(text):
        raise TextHoldsPersonalData(field=field)
    return text


def holds_personal_data(text: str) -> bool:
    """Whether something in it looks like a phone or identity number."""
    return len(text) >= SHORTEST_NUMBER and _PERSONAL.search(text) is not None


def required_text(text: str, *, field: str) -> str:
    """As `free_text`, and not empty: a reason, for one."""
    text = free_text(text, field=field)
    if not text:
        raise TextMissing(field=field)
    return text


def _paragraphs(rule: type[Rejected]) -> tuple[str, str]:
    english, _, chinese = cleandoc(rule.__doc__ or "").partition("\n\n")
    return " ".join(english.split()), "".join(chinese.split())
