"""Why a row of a file is rejected. The reject file gives both languages."""

from __future__ import annotations

from domain.rules import InvalidValue


class ValueMissing(InvalidValue):
    """The cell is empty, and the field needs a value.

    单元格为空，但该字段必须有值。
    """


class TimeNotUnderstood(InvalidValue):
    """The cell is not a time of the form that the mapping names.

    单元格不是映射所规定格式的时间。
    """


class NumberNotUnderstood(InvalidValue):
    """The cell is not a number.

    单元格不是数字。
    """


class IdNotUnderstood(InvalidValue):
    """The cell is not a UUID.

    单元格不是 UUID。
    """


class NotInTheCodeList(InvalidValue):
    """The cell holds a code that the mapping does not translate.

    单元格中的代码未在映射中定义。
    """


class NotOfThePattern(InvalidValue):
    """The cell does not look as the mapping's pattern says.

    单元格不符合映射所规定的样式。
    """


class NothingToJoin(InvalidValue):
    """The joined file has no row with this key.

    关联文件中没有此键值的行。
    """


class RowIncomplete(InvalidValue):
    """The row has another number of cells than the header.

    该行的单元格数量与表头不符。
    """


class FeatureNotUnderstood(InvalidValue):
    """This is no feature with a geometry.

    该要素没有几何图形。
    """


class AreaNotUnderstood(InvalidValue):
    """The geometry is no polygon or multipolygon of longitudes and latitudes.

    几何图形不是以经纬度表示的多边形或多重多边形。
    """
