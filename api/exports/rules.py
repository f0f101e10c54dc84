"""What a query must be to be exported."""

from __future__ import annotations

from domain.rules import InvalidValue, LimitExceeded


class ExportNeedsQuery(InvalidValue):
    """An export needs a query, by its text or by the id of a trusted document.

    导出须提供查询文本或受信任文档的编号。
    """

    on = "query"


class ExportDocumentUnknown(InvalidValue):
    """There is no trusted document of this id.

    没有此编号的受信任文档。
    """

    on = "documentId"


class ExportDocumentNotTrusted(InvalidValue):
    """Only trusted documents may be used here.

    仅允许使用受信任的文档。
    """

    on = "query"


class ExportOperationUnknown(InvalidValue):
    """The document has no operation of this name, or several and none was named.

    文档中没有此名称的操作，或有多个操作而未指明。
    """

    on = "operationName"


class ExportIsNoQuery(InvalidValue):
    """Only a query can be exported.

    只能导出查询。
    """

    on = "query"


class ExportNeedsOneList(InvalidValue):
    """An export asks for one list, written directly in the query and without directives: `cases`, `alarms`, `events`.

    导出须直接查询一个列表且不带指令，例如 cases、alarms、events。
    """

    on = "query"


class ExportPagesItself(InvalidValue):
    """An export reads its list to the end in an order of its own: leave out `first`, `after`, `orderBy` and `atLeast`.

    导出按自身顺序读完整个列表；请勿填写 first、after、orderBy 和 atLeast。
    """

    on = "query"


class ExportNeedsNodes(InvalidValue):
    """Of its list an export asks for `nodes` alone, without directives; each node becomes a line.

    导出的列表只能查询 nodes 且不带指令；每个节点为一行。
    """

    on = "query"


class ExportTooSlow(LimitExceeded):
    """The first row of this took too long; ask for less.

    查询首行超时；请缩小范围。
    """

    on = "query"


class ExportDocumentInvalid(InvalidValue):
    """The document does not fit the schema, or is too large.

    文档与模式不符或过大。
    """

    on = "query"
    detail = ""
    """What GraphQL has to say of it."""

    def __init__(self, detail: str = "", *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.detail = detail

    @property
    def message(self) -> str:
        return " ".join(filter(None, (super().message, self.detail)))

    @property
    def message_zh(self) -> str:
        return " ".join(filter(None, (super().message_zh, self.detail)))


class ExportVariablesInvalid(ExportDocumentInvalid):
    """The variables do not fit the document.

    变量与文档不符。
    """

    on = "variables"
