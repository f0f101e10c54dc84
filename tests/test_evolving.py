"""The next state is a new one of the same kind, and has no field that its kind has not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evolving import evolve


@dataclass(frozen=True)
class State:
    open: bool = True
    orders: frozenset[int] = frozenset()
    state: str = "a field may have any name"


@given(st.fixed_dictionaries({}, optional={"open": st.booleans(), "orders": st.frozensets(st.integers()), "state": st.text()}))
def test_it_is_what_replace_makes(changes: dict[str, Any]) -> None:
    state = State()
    after = evolve(state, **changes)
    assert after == replace(state, **changes)
    assert state == State()
    assert hash(after) == hash(replace(state, **changes))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match="State has no closed"):
        evolve(State(), closed=True)  # type: ignore[call-arg]  # that is what is tried
