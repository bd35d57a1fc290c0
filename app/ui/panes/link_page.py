# SPDX-License-Identifier: MIT
"""The links of a plan: pairs of areas that a bridge or ferry joins."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.geounit_link import GeoUnitLink
from app.services.commands import RemoveLink
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, row
from app.ui.session import EditSession
from app.ui.tables.array_table_model import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState

_EMPTY = (
    "A territory may reach across water where a bridge or ferry leads. Select one area at each end"
    " on the map, then link them."
)


class LinkPage(Pane):
    """A list of links with a button to add and one to remove.

    Signals:
        link_requested(): The two selected areas are to be linked.
        counted(int): How many links there are.
    """

    link_requested = Signal()
    counted = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.table = CopyableTable("Links between areas")
        self.add_button = button(
            "Link the two selected areas…", self.link_requested.emit, icon_name="link"
        )
        self.remove_button = button("Remove", self._remove, icon_name="trash")
        self._empty = EmptyState("link", "No links", _EMPTY)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        foot = row(None, self.remove_button, self.add_button, margin=(16, 6, 12, 6))
        outer = column(gap=0)
        outer.addWidget(self._stack, 1)
        outer.addLayout(foot)
        self.setLayout(outer)
        self.table.rows_selected.connect(lambda _rows: self._refresh_buttons())
        self.refresh()

    @property
    def links(self) -> tuple[GeoUnitLink, ...]:
        """The links of the plan."""
        return self.session.workspace.connections.links

    def refresh(self) -> None:
        links, name = self.links, self.session.workspace.geography.name
        columns = (
            ("a", "From", [name(link.geounit_a) for link in links], 240),
            ("b", "To", [name(link.geounit_b) for link in links], 240),
            ("note", "Note", [link.note for link in links], 240),
        )
        self.table.array_model.set_columns(
            [
                ArrayColumn(key, title, np.array(cells, dtype=object), width=width)
                for key, title, cells, width in columns
            ]
        )
        self._stack.setCurrentIndex(0 if links else 1)
        self._refresh_buttons()
        self.counted.emit(len(links))

    def concerns(self, changes: Changes) -> bool:
        return changes.links or changes.boundaries

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        # The number beside the group is shown even while this page is not.
        if self.concerns(changes):
            self.refresh()

    def _refresh_buttons(self) -> None:
        can_edit = not self.session.is_read_only
        self.add_button.setEnabled(can_edit)
        chosen = len(self.table.selected_source_rows()) > 0
        self.remove_button.setEnabled(can_edit and chosen)
        self.remove_button.setVisible(bool(self.links))

    def _remove(self) -> None:
        geography = self.session.workspace.geography
        links = self.links
        for at in self.table.selected_source_rows().tolist():
            link = links[at]
            names = (geography.name(link.geounit_a), geography.name(link.geounit_b))
            self.session.run(RemoveLink(link.geounit_a, link.geounit_b, names), self)
