# SPDX-License-Identifier: MIT
"""The last step: what was done, a way to take it back, and what comes next."""

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from app.services.importing.draft import GoneChoice, ImportDraft, total
from app.services.importing.fields import WORDS_BY_KIND, TableKind
from app.ui.dialogs.import_wizard.draft_section import tally_tiles
from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import ROW_HEIGHT
from app.ui.widgets.icon_label import IconLabel

_MOST_LINES = 8
_MOST_NAMES = 4


class ResultPage(QWidget):
    """Says what an import did.

    Signals:
        undo_requested, more_requested, build_requested: The buttons.
        data_requested(str): The user wants to see a page about the data: "health" or "duplicates".
    """

    undo_requested = Signal()
    more_requested = Signal()
    build_requested = Signal()
    data_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", size=TITLE, semibold=True, wraps=True)
        self._detail = label("", "muted", wraps=True)
        self._tiles = QVBoxLayout()
        self.undo = button("Undo this import", self.undo_requested.emit, icon_name="undo")
        self.more = button("Import more files…", self.more_requested.emit, icon_name="import")
        self.build = button("Build territories…", self.build_requested.emit, icon_name="wand")
        self.health = button(
            "Look at the data", lambda: self.data_requested.emit("health"), icon_name="shield"
        )
        self.duplicates = button(
            "Look for duplicates", lambda: self.data_requested.emit("duplicates"), icon_name="merge"
        )
        head = row(IconLabel("check_circle", "good", 32), column(self._title, self._detail, gap=2))
        head.setStretch(1, 1)
        card = column(self._tiles, margin=16)
        self.setLayout(
            column(
                head,
                framed(card, "card"),
                label("What next?", semibold=True),
                row(self.more, self.health, self.duplicates, self.build, None, self.undo),
                None,
                gap=16,
            )
        )

    def show_done(self, drafts: Sequence[ImportDraft], *, has_owners: bool) -> None:
        """Show what was written.

        Args:
            drafts: The import.
            has_owners: Whether territories can be built from today's owners.
        """
        self._title.setText(f"Imported {done_words(drafts)}")
        names = list(dict.fromkeys(draft.file_name for draft in drafts))
        shown = ", ".join(names[:_MOST_NAMES]) + (" and others" if names[_MOST_NAMES:] else "")
        self._detail.setText(
            " ".join((f"From {shown}.", *_gone_words(drafts), "The plan is saved."))
        )
        clear_layout(self._tiles)
        self._tiles.addLayout(tally_tiles(total(drafts)))
        if len(drafts) > 1:
            self._tiles.addWidget(_table_of(drafts))
        self.build.setVisible(has_owners)
        self.duplicates.setVisible(
            any(draft.kind is TableKind.ACCOUNTS and draft.tally.added for draft in drafts)
        )
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Show that the import was taken back."""
        self._title.setText("The import was taken back")
        self._detail.setText("The plan is as it was before.")
        self.undo.setEnabled(False)


def _table_of(drafts: Sequence[ImportDraft]) -> CopyableTable:
    """What became of the rows of each table."""
    table = CopyableTable("What became of the rows of each table")
    tallies = [draft.tally for draft in drafts]
    numbers = (
        ("rows", "Rows", [tally.row_count for tally in tallies]),
        ("added", "Added", [tally.added for tally in tallies]),
        ("updated", "Updated", [tally.updated for tally in tallies]),
        ("unchanged", "Unchanged", [tally.unchanged for tally in tallies]),
        ("skipped", "Left out", [tally.skipped for tally in tallies]),
    )
    kinds = [WORDS_BY_KIND[draft.kind].title for draft in drafts]
    table.array_model.set_columns(
        [
            ArrayColumn("file", "Table", _texts(draft.file_name for draft in drafts), width=200),
            ArrayColumn("kind", "What", _texts(kinds), width=160),
            *(
                ArrayColumn(
                    key, title, np.array(cells, dtype=np.float64), CellKind.NUMBER, width=104
                )
                for key, title, cells in numbers
            ),
        ]
    )
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setFixedHeight((min(len(drafts), _MOST_LINES) + 1) * ROW_HEIGHT + 8)
    return table


def _texts(cells: Iterable[str]) -> np.ndarray:
    return np.array([*cells, None], dtype=object)[:-1]


def _gone_words(drafts: Sequence[ImportDraft]) -> list[str]:
    """What was done about accounts that are no longer in a list."""
    done = {GoneChoice.FLAG: "marked as gone", GoneChoice.REMOVE: "removed"}
    return [
        f"{plural(len(draft.gone.ids), 'account was', 'accounts were')} {done[draft.gone.choice]}."
        for draft in drafts
        if draft.gone.ids and draft.gone.choice in done
    ]


def done_words(drafts: Sequence[ImportDraft]) -> str:
    """What is written, in words: "701 accounts", "91 accounts, 9 reps and 2,155 transactions".

    Orders that come together with their lines are not counted beside them.
    """
    amounts: dict[TableKind, int] = {}
    for draft in drafts:
        before = amounts.get(draft.kind, 0)
        amount = draft.tally.added + draft.tally.updated
        amounts[draft.kind] = before - min(before, draft.orders_replaced) + amount
    filled = {kind: amount for kind, amount in amounts.items() if amount}
    parts = [
        plural(amount, WORDS_BY_KIND[kind].one, WORDS_BY_KIND[kind].many)
        for kind, amount in (filled or amounts).items()
    ]
    if len(parts) < 2:
        return parts[0] if parts else "nothing"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
