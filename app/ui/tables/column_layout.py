# SPDX-License-Identifier: MIT
"""Which columns of a table are shown, in which order and how wide."""

from PySide6.QtWidgets import QTableView

from app.services.tables.saved_views import ColumnLayout
from app.ui.tables.array_table_model import ArrayTableModel

_NARROWEST, _WIDEST = 30, 2_000


def layout_of(table: QTableView, model: ArrayTableModel) -> ColumnLayout:
    """The columns as they stand now."""
    header = table.horizontalHeader()
    columns = model.columns()
    by_place = sorted(range(len(columns)), key=header.visualIndex)
    hidden = [at for at in by_place if table.isColumnHidden(at)]
    shown = [at for at in by_place if not table.isColumnHidden(at)]
    return ColumnLayout(
        order=tuple(columns[at].key for at in by_place),
        widths={columns[at].key: table.columnWidth(at) for at in shown},
        hidden=frozenset(columns[at].key for at in hidden),
    )


def lay_out(table: QTableView, model: ArrayTableModel, layout: ColumnLayout) -> None:
    """Show the columns so; what the layout does not name has its first width and place."""
    header = table.horizontalHeader()
    columns = model.columns()
    named = set(layout.order)
    for at, column in enumerate(columns):
        is_hidden = column.key in layout.hidden
        if column.key not in named:
            is_hidden = column.is_hidden_at_first
        # Only shown columns have a width: what Qt hides, it forgets.
        table.setColumnHidden(at, False)
        width = layout.widths.get(column.key, column.width)
        table.setColumnWidth(at, min(max(width, _NARROWEST), _WIDEST))
        table.setColumnHidden(at, is_hidden)
    position = {column.key: at for at, column in enumerate(columns)}
    for place, key in enumerate(_wanted_order(layout, [column.key for column in columns])):
        header.moveSection(header.visualIndex(position[key]), place)


def _wanted_order(layout: ColumnLayout, keys: list[str]) -> list[str]:
    """Keys from left to right: as laid out; new ones after the column they come after."""
    known = [key for key in layout.order if key in keys]
    for at, key in enumerate(keys):
        if key not in known:
            before = keys[at - 1] if at else ""
            known.insert(known.index(before) + 1 if before else 0, key)
    return known
