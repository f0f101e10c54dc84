"""Whether a code may be used: by the code list in force, where there is one."""

from __future__ import annotations

from collections.abc import Mapping

from domain.dispatching.rules import CodeNotOnList
from domain.jurisdiction.codes import CodesInForce
from domain.jurisdiction.events import CodeScope
from domain.rules import required_text

Codes = Mapping[CodeScope, CodesInForce]
NO_LISTS: Codes = {}
_FIELDS = {CodeScope.ALARM_TYPE: "alarmType", CodeScope.PRIORITY: "priority"}


def on_list(code: str, scope: CodeScope, codes: Codes, *, field: str | None = None) -> str:
    """The code, stripped; without a list any code will do. `field` is the input that holds it, where that is not the scope's own."""
    field = field or _FIELDS[scope]
    code = required_text(code, field=field)
    known = codes.get(scope)
    if known is not None and code not in known.codes:
        raise CodeNotOnList.named(known.code, field=field)
    return code
