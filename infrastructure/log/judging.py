"""Which commands of a batch may be recorded: pure, in their order, each by itself; a loser fails alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from operator import attrgetter
from uuid import UUID

from application.ports import Appended, CommandReused, Key, KeyTaken, Outcome, Submission, VersionMoved

Spans = dict[UUID, tuple[int, int]]
"""Of each thing that a submission changes: its version before, as the submission believes it to be, and after."""

THING = attrgetter("originator_id")
"""Groups entries by the thing they are about."""


class VersionsBroken(ValueError):  # noqa: N818 - it says what is wrong
    """A command's events do not follow one another."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """What the log says about the things a batch speaks of; it moves on with every command that is let in."""

    head: int
    versions: dict[UUID, int]
    commands: dict[UUID, tuple[bytes, Appended]]
    holders: dict[Key, UUID]


@dataclass(slots=True)
class Winners:
    """The commands to be recorded. `offsets` are their first and last positions, counted from the head."""

    submissions: list[Submission] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    released: set[UUID] = field(default_factory=set)
    claimed: dict[Key, UUID] = field(default_factory=dict)

    def take(self, submission: Submission) -> tuple[int, int]:
        before = self.offsets[-1][1] if self.offsets else 0
        offsets = before + 1, before + len(submission.entries)
        self.submissions.append(submission)
        self.offsets.append(offsets)
        return offsets


@dataclass(frozen=True, slots=True)
class Won:
    """A winner's place among the winners: its first and last positions, counted from the head."""

    first: int
    last: int
    repeated: bool = False


class Keyring:
    """Who holds which key, as it passes on. Whoever gives up gives up all: so it is known by the holder as well."""

    def __init__(self, holders: dict[Key, UUID]) -> None:
        self._holders = holders
        self._keys: defaultdict[UUID, set[Key]] = defaultdict(set)
        for key, holder in holders.items():
            self._keys[holder].add(key)

    def pass_on(self, submission: Submission) -> list[Key]:
        """Those that were given up; what is claimed may be among them."""
        given_up = [key for id in submission.releases for key in self._keys.pop(id, ())]
        for key in given_up:
            del self._holders[key]
        for key, holder in submission.claims:
            self._holders[key] = holder
            self._keys[holder].add(key)
        return given_up


@dataclass(frozen=True, slots=True)
class Expected:
    """What must hold for a whole batch to be recorded as it is."""

    versions: dict[UUID, int]
    born: set[UUID]
    """The things that begin in this batch: a row of theirs that stands already is in the way of their first event."""
    passing: set[Key]
    """Keys that are claimed and given up again within the batch: nobody may hold them before it."""
    winners: Winners


def expect(submissions: Sequence[Submission]) -> Expected | None:
    """What the log must say so that nothing stands against any of them; None where they depend on one another's fate."""
    versions: dict[UUID, int] = {}
    running: dict[UUID, int] = {}
    winners = Winners()
    passing: set[Key] = set()
    keyring = Keyring(winners.claimed)
    for submission in submissions:
        for id, version in submission.seen:
            if running.setdefault(id, version) != version:
                return None
            versions.setdefault(id, version)
        for id, (before, after) in _spans(submission).items():
            if running.setdefault(id, before) != before:
                return None
            versions.setdefault(id, before)
            running[id] = after
        if any(winners.claimed.get(key, holder) not in {holder, *submission.releases} for key, holder in submission.claims):
            return None
        passing.update(keyring.pass_on(submission))
        winners.released.update(submission.releases)
        winners.take(submission)
    if len({each.command_id for each in submissions}) < len(submissions):
        return None
    born = {id for id, version in versions.items() if version == 0 and running[id] > 0}
    return Expected(versions, born, passing, winners)


def _spans(submission: Submission) -> Spans:
    if len(submission.entries) == 1:
        only = submission.entries[0]
        return {only.originator_id: (only.version - 1, only.version)}
    spans: Spans = {}
    for id, entries in groupby(submission.entries, THING):
        versions = [entry.version for entry in entries]
        first, last = versions[0], versions[-1]
        before, reached = spans.get(id, (first - 1, first - 1))
        if reached != first - 1 or versions != list(range(first, last + 1)):
            raise VersionsBroken("the versions of a command's events must follow one another")
        spans[id] = before, last
    return spans


def _assumed(submission: Submission, spans: Spans) -> Iterable[tuple[UUID, int]]:
    """The version of each thing that the submission changes or looked at, as it believes it to be."""
    return chain(((id, before) for id, (before, _) in spans.items()), submission.seen)


def judge(submissions: Sequence[Submission], standing: Standing) -> tuple[list[Outcome | Won], Winners]:
    """One after the other: what each is answered, and the winners."""
    winners = Winners()
    fates: list[Outcome | Won] = []
    placed: dict[UUID, tuple[bytes, Won]] = {}
    keyrings = Keyring(standing.holders), Keyring(winners.claimed)
    for submission in submissions:
        spans = _spans(submission)
        fate = _repeated(submission, standing, placed) or _obstacle(submission, spans, standing)
        if fate is None:
            fate = Won(*winners.take(submission))
            placed[submission.command_id] = submission.content, fate
            standing.versions.update((id, after) for id, (_, after) in spans.items())
            winners.released.update(submission.releases)
            for keyring in keyrings:
                keyring.pass_on(submission)
        fates.append(fate)
    return fates, winners


def _repeated(submission: Submission, standing: Standing, placed: dict[UUID, tuple[bytes, Won]]) -> Outcome | Won | None:
    known = standing.commands.get(submission.command_id) or placed.get(submission.command_id)
    if known is None:
        return None
    content, first = known
    if content != submission.content:
        return CommandReused()
    return replace(first, repeated=True)


def _obstacle(submission: Submission, spans: Spans, standing: Standing) -> Outcome | None:
    for id, version in _assumed(submission, spans):
        if standing.versions[id] != version:
            return VersionMoved(id, standing.versions[id])
    for key, holder in submission.claims:
        present = standing.holders.get(key)
        if present is not None and present != holder and present not in submission.releases:
            return KeyTaken(key, present)
    return None
