"""Cursors come back as they went out, or are refused."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.schema.cursors import CursorUnknown, cursor, place
from api.schema.scalars import Cursor


@settings(max_examples=100)
@given(st.datetimes(timezones=st.just(UTC)) | st.none(), st.uuids())
def test_a_cursor_comes_back_as_it_went_out(value: datetime | None, key: UUID) -> None:
    assert place(cursor("alarms", value, key), "alarms", datetime | None, UUID) == (value, key)


@settings(max_examples=100)
@given(st.text() | st.binary().map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(CursorUnknown) as refused:
        place(Cursor(text), "alarms", str, UUID)
    assert refused.value.field == "after"
    assert "游标" in refused.value.message_zh


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(CursorUnknown):
        place(cursor("cases", "x"), "alarms", str)
    with pytest.raises(CursorUnknown):
        place(cursor("alarms", 3), "alarms", str)
