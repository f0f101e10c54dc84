"""How often a document names the same field again. Validation compares every two that fall together, so few may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

MOST_PAIRS = 800
MOST_STEPS = 5_000
"""Fields and fragments looked at; a circle of fragments ends here."""


class TooManyPairs(Exception):  # noqa: N818 - an answer to the caller
    """The same fields are named again and again."""


class Merging:
    """Counts pairs over a whole document, as fields fall together: beside one another, by fragments, and below one another."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._pairs = 0
        self._steps = 0

    def count(self, selections: SelectionSetNode) -> None:
        waiting = [[selections]]
        while waiting:
            for fields in self._together(waiting.pop()).values():
                self._add(len(fields) * (len(fields) - 1) // 2)
                below = [field.selection_set for field in fields if field.selection_set is not None]
                if below:
                    waiting.append(below)

    def _together(self, sets: Iterable[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields of these braces by the name they are answered under; a fragment is opened once."""
        found: dict[str, list[FieldNode]] = defaultdict(list)
        opened, waiting = set[str](), list(sets)
        while waiting:
            for selection in waiting.pop().selections:
                self._step()
                if isinstance(selection, FieldNode):
                    found[(selection.alias or selection.name).value].append(selection)
                elif isinstance(selection, InlineFragmentNode):
                    waiting.append(selection.selection_set)
                elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
                    opened.add(selection.name.value)
                    fragment = self._fragments.get(selection.name.value)
                    waiting += [fragment.selection_set] if fragment is not None else []
        return found

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooManyPairs

    def _add(self, pairs: int) -> None:
        self._pairs += pairs
        if self._pairs > MOST_PAIRS:
            raise TooManyPairs
