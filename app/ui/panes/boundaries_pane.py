# SPDX-License-Identifier: MIT
"""Boundaries: the layers of areas that were added to the plan."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.changes import Changes
from app.models.geounit import GeoLevel
from app.services.boundaries.report_text import report_of
from app.services.commands.boundaries import RemoveBoundaryLayer
from app.services.exporting.vintage_table import others_words, vintage_table
from app.ui.formats import count, plural
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.field_list import FieldList

ROLE_WORDS = {
    BoundaryRole.REPLACE: "Exact shapes",
    BoundaryRole.JOIN: "Areas of a country",
    BoundaryRole.GROUP: "Own regions",
}
LEVEL_WORDS = {
    GeoLevel.COUNTRY: "Countries",
    GeoLevel.STATE: "States or provinces",
    GeoLevel.COUNTY: "Counties or districts",
    GeoLevel.ZIP: "ZIP or postal areas",
}
_LIST_WIDTH, _CARD_WIDTH = 460, 460


class BoundariesPane(Pane):
    """The layers at the left, the chosen one with what it changed at the right.

    Signals:
        add_requested(): The user wants to add a file.
        table_requested(ExportTable): A report to save as a sheet.
        removed(str): A layer was removed, in words.
    """

    add_requested = Signal()
    table_requested = Signal(object)
    removed = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._chosen: BoundaryLayerInfo | None = None
        self.summary = label("")
        self.table = CopyableTable("Layers of areas")
        self.table.setSelectionMode(CopyableTable.SelectionMode.SingleSelection)
        self.table.rows_selected.connect(self._on_selected)
        self.fields = FieldList()
        self.note = label("", "warning", wraps=True)
        self.changes = CopyableTable("What the layer changed")
        self.add = button("Add boundaries…", self.add_requested.emit, icon_name="polygon")
        self.remove = button("Remove", self._on_remove, kind="danger", icon_name="trash")
        self.save = button("Save as a sheet…", self._on_save, icon_name="export")
        self._stack = QStackedWidget()
        self._compose()

    @property
    def layers(self) -> Sequence[BoundaryLayerInfo]:
        """What is listed."""
        return self.session.workspace.areas.layers

    def refresh(self) -> None:
        layers = self.layers
        self._stack.setCurrentIndex(0 if layers else 1)
        self.summary.setText(plural(len(layers), "layer", "layers"))
        self.table.array_model.set_columns(_columns(layers))
        is_editable = not self.session.is_read_only
        self.add.setEnabled(is_editable)
        self.remove.setEnabled(is_editable)
        ids = [layer.id for layer in layers]
        shown = self._chosen.id if self._chosen else None
        if layers:
            self.show_layer(ids.index(shown) if shown in ids else len(ids) - 1)
        else:
            self._chosen = None

    def concerns(self, changes: Changes) -> bool:
        return changes.boundaries

    def show_layer(self, place: int) -> None:
        """Show one layer.

        Args:
            place: In the order of the list.
        """
        self._show(place)
        self.table.select_source_rows(np.array([place]))

    def _compose(self) -> None:
        head = row(self.summary, None, self.add, margin=(12, 8, 12, 8))
        left, right = QWidget(), QWidget()
        left.setLayout(column(head, self.table, gap=0))
        foot = row(self.save, None, self.remove)
        card = column(self.fields, self.note, margin=(12, 12, 12, 12))
        card.addWidget(self.changes, 1)
        card.addStretch(0)
        card.addLayout(foot)
        right.setLayout(card)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([_LIST_WIDTH, _CARD_WIDTH])
        empty = EmptyState(
            "polygon",
            "No boundaries were added yet",
            "Add exact ZIP areas or counties, areas of another country, or your own regions.",
        )
        empty.add_button("add", "Add boundaries…", icon_name="polygon", primary=True)
        empty.chosen.connect(lambda _key: self.add_requested.emit())
        self._stack.addWidget(split)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _on_selected(self, rows: np.ndarray) -> None:
        if len(rows) and int(rows[0]) < len(self.layers):
            self._show(int(rows[0]))

    def _country(self, code: str) -> str:
        countries = self.session.workspace.geography.layer(GeoLevel.COUNTRY)
        at = int(countries.indices_of([code])[0])
        return countries.names[at] if at >= 0 else code

    def _show(self, place: int) -> None:
        layer = self._chosen = self.layers[place]
        is_damaged = layer in self.session.workspace.areas.damaged
        self.fields.set_fields(
            [
                ("Layer", layer.name),
                ("What it is", ROLE_WORDS[layer.role]),
                ("Areas", f"{count(layer.area_count)}, {LEVEL_WORDS[layer.level]}"),
                ("Country", self._country(layer.country)),
                ("File", layer.file_name),
                ("Date", layer.vintage),
                ("Made by", layer.attribution),
                ("Code", layer.code_field),
                ("Name", layer.name_field),
            ]
        )
        self.note.setText(
            "The areas of this layer are damaged and not shown. Remove it and add its file again."
        )
        self.note.setVisible(is_damaged)
        report = report_of(layer.report)
        self.changes.setVisible(report is not None)
        self.save.setVisible(report is not None)
        if report is not None:
            rows = report.changes
            self.changes.array_model.set_columns(
                [
                    _texts("code", "Code", [each.code for each in rows], 80),
                    _texts("name", "Name", [each.name for each in rows], 180),
                    _texts("change", "What happened", [each.change.value for each in rows], 110),
                    _texts("others", "Other areas", [others_words(r, report) for r in rows], 240),
                ]
            )

    def _on_save(self) -> None:
        report = report_of(self._chosen.report) if self._chosen else None
        if report is not None:
            self.table_requested.emit(vintage_table(report))

    def _on_remove(self) -> None:
        layer = self._chosen
        if layer is None:
            return
        # In a large plan it goes in the background, where the window shows what is done.
        self.session.run_long(RemoveBoundaryLayer(layer.id, layer.name), self)
        if layer.id not in {each.id for each in self.layers}:
            self.removed.emit(f"Removed the boundaries {layer.name}.")


def _columns(layers: Sequence[BoundaryLayerInfo]) -> list[ArrayColumn]:
    amounts = np.array([layer.area_count for layer in layers], dtype=np.float64)
    return [
        _texts("name", "Layer", [layer.name for layer in layers], 130),
        _texts("role", "What it is", [ROLE_WORDS[layer.role] for layer in layers], 120),
        ArrayColumn("areas", "Areas", amounts, CellKind.NUMBER, width=70),
        _texts("vintage", "Date", [layer.vintage for layer in layers], 60),
        _texts("file", "File", [layer.file_name for layer in layers], 160),
    ]


def _texts(key: str, title: str, cells: Sequence[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array([*cells, None], dtype=object)[:-1], width=width)
