"""Queries on monitoring posts: which organisations have one, how far they are staffed, who watched. The names are fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_type_hints
from uuid import UUID

import strawberry

from api.context import GraphInfo, context_of
from api.schema.connections import USUAL, Listing, connection, rows_asked
from api.schema.cursors import place
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AsOfInput, PeriodInput, as_of_given, period_given
from api.schema.scalars import Cursor
from api.schema.shapes import built, described, many, told
from api.schema.things import TYPES
from api.schema.words import LABEL_LANGUAGE, Language
from application.jurisdiction.views import OrganisationView
from application.oversight.statistics import AsOf
from application.surveillance.staffing import Coverage, CoverageQuestion, FillRate, PostCount, PostsAsked, Uncovered
from application.surveillance.views import MonitoringPostView, ShiftView
from domain.ids import CameraId, OrganisationId
from domain.jurisdiction.events import OrganisationKind

UNCOVERED = "uncovered"
EMPTY = "unstaffed"
HIDDEN: Any = strawberry.Private[object]
told("", OrganisationKind)


def _name(root: Any, lang: Language = LABEL_LANGUAGE) -> str:
    name: str = root.name_zh if lang is Language.ZH else root.name_en
    return name


async def _organisation(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(OrganisationView, root.code)


_Uncovered = built(
    "UncoveredOrganisation",
    get_type_hints(Uncovered),
    defaults={
        "name": strawberry.field(resolver=_name, description="Its name. 名称。"),
        "organisation": strawberry.field(resolver=_organisation, graphql_type=TYPES[OrganisationView] | None),
    },
    description=described(Uncovered),
)
_Missing = connection("UncoveredOrganisation", _Uncovered)


async def _missing(root: Any, info: GraphInfo, first: int = USUAL, after: Cursor | None = None) -> Listing[Uncovered]:
    size = rows_asked(first)
    last = None if after is None else place(after, UNCOVERED, str)[0]
    found = await context_of(info).staffing.uncovered(root.asked, size + 1, last)
    return Listing(found[:size], [(each.code,) for each in found[:size]], UNCOVERED, len(found) > size, after is not None)


_Coverage = built(
    "Coverage",
    {**{name: told(name, hint) for name, hint in get_type_hints(Coverage).items()}, "asked": HIDDEN},
    defaults={"missing": strawberry.field(resolver=_missing, graphql_type=_Missing, description="Those without, by name. 缺少者名单。")},
    description=described(Coverage),
)
_FillRate = built(
    "FillRate",
    {name: told(name, hint) for name, hint in get_type_hints(FillRate).items()},
    defaults={},
    description=described(FillRate),
)


async def _coverage(
    info: GraphInfo,
    group: str | None = None,
    organisation: OrganisationId | None = None,
    kind: OrganisationKind = OrganisationKind.STATION,
    as_of: date | None = None,
    known: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> Any:
    asked = CoverageQuestion(kind=kind, group=group, organisation=organisation, on=as_of, as_of=as_of_given(known))
    found = await context_of(info).staffing.coverage(asked, small=show_small)
    pinned = replace(asked, on=found.on, as_of=AsOf(position=found.position))
    return _Coverage(**{name: getattr(found, name) for name in found.__dataclass_fields__}, asked=pinned)


_PostCount = built(
    "PostCount", {name: told(name, hint) for name, hint in get_type_hints(PostCount).items()}, defaults={}, description=described(PostCount)
)


async def _post_counts(
    info: GraphInfo, organisation: OrganisationId | None = None, as_of: date | None = None, known: AsOfInput | None = None
) -> Any:
    return await context_of(info).staffing.post_counts(PostsAsked(organisation=organisation, on=as_of, as_of=as_of_given(known)))


async def _fill_rate(
    info: GraphInfo, period: PeriodInput, organisation: OrganisationId | None = None, known: AsOfInput | None = None
) -> Any:
    return await context_of(info).staffing.fill_rate(period_given(period), organisation, as_of_given(known))


async def _unstaffed(
    info: GraphInfo, at: datetime | None = None, organisation: OrganisationId | None = None, first: int = USUAL, after: Cursor | None = None
) -> Listing[Any]:
    context, size = context_of(info), rows_asked(first)
    last = None if after is None else place(after, EMPTY, UUID)[0]
    ids = await context.staffing.unstaffed(at, organisation, size + 1, last)
    rows = await context.rows.several(MonitoringPostView, ids[:size])
    shown = [id for id in ids[:size] if id in rows]
    return Listing([rows[id] for id in shown], [(id,) for id in shown], EMPTY, len(ids) > size, after is not None)


async def _watching(info: GraphInfo, camera: CameraId, at: datetime) -> list[Any]:
    context = context_of(info)
    ids = await context.staffing.watching(camera, at)
    rows = await context.rows.several(ShiftView, ids)
    return [rows[id] for id in ids if id in rows]


_UnstaffedPosts = connection("UnstaffedPost", TYPES[MonitoringPostView])


def _field(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[AtLeast()], description=description)


def staffing_queries() -> dict[str, Any]:
    return {
        "coverage": _field(_coverage, _Coverage, "Which organisations have a monitoring post at work (R17). 建室覆盖率。"),
        "post_counts": _field(_post_counts, many(_PostCount), "Monitoring posts at work on a day, by level (R14). 监控中心(室)数量。"),
        "fill_rate": _field(_fill_rate, _FillRate, "How far monitoring posts were staffed (R20). 值守到岗率。"),
        "unstaffed_posts": _field(_unstaffed, _UnstaffedPosts, "Posts at which nobody is on duty and somebody should be (R14). 无人值守。"),
        "watching": _field(_watching, many(TYPES[ShiftView]), "Who was on duty where a camera was seen (R20). 某时刻监看人员。"),
    }
