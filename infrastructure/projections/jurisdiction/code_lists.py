"""The view of code lists."""

from __future__ import annotations

from application.jurisdiction.code_views import CodeListState, CodeListView
from domain.jurisdiction.events import CodeListActivated, CodeListDrafted, CodeListRevised, CodeListSuperseded
from infrastructure.projections.jurisdiction.versions import Course, of_versions
from infrastructure.projections.tables import table_of

CODE_LISTS = table_of(CodeListView, "code_lists")

on_code_list = of_versions(
    CODE_LISTS, CodeListState, Course(CodeListDrafted, CodeListRevised, CodeListActivated, CodeListSuperseded), "entries"
)
