"""Ids of the things of a source."""

from __future__ import annotations

from uuid import uuid5

from hypothesis import given
from hypothesis import strategies as st

from infrastructure.importing.fields import NAMESPACE, source_id

names = st.text(st.characters(exclude_categories=["Cs"]))


@given(names, names)
def test_an_id_is_the_name_based_uuid_of_its_mapping_and_name(mapping: str, name: str):
    assert source_id(mapping, name) == uuid5(NAMESPACE, f"{mapping}/{name}")
