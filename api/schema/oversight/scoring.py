"""Scores by what a statistic says: it is asked in the moment of the command, as whoever gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.context import Context
from api.schema.mutations import Build, Prepare
from application.commands import Command
from application.oversight import assessments
from application.oversight.scoring import Scored, evidence_for, in_place_of
from domain.oversight.evidence import Evidence


async def _score(context: Context, command: Command, given: Mapping[str, Any]) -> Command:
    evidence = await _evidence(context, given)
    if evidence is None:
        return command
    return in_place_of(command, assessments.scored(given["assessment"], given["organisation"], given["indicator"], evidence))


async def _uphold(context: Context, command: Command, given: Mapping[str, Any]) -> Command:
    evidence = await _evidence(context, given)
    if evidence is None:
        return command
    named = (given["assessment"], given["organisation"], given["indicator"])
    return in_place_of(command, assessments.upheld(*named, evidence, given["reason"]))


async def _evidence(context: Context, given: Mapping[str, Any]) -> Evidence | None:
    """Where a value is given, or the position does not stand in the log yet, the decision says what is wrong with that."""
    position = given["evidence_position"]
    if (
        any(given[each] is not None for each in ("value", "numerator", "denominator"))
        or not 0 < position <= await context.services.feed.head()
    ):
        return None
    context.insist_on(position)
    await context.fresh(None)
    asked = Scored(given["assessment"], given["organisation"], given["indicator"], position)
    return await evidence_for(context.services.desk, context.figures, asked)


SCORED: Mapping[Build, Prepare] = {assessments.score: _score, assessments.uphold_appeal: _uphold}
