# SPDX-License-Identifier: MIT
"""The last step: what was done, a way to take it back, and what comes next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.importing.draft import ImportDraft
from app.services.importing.fields import TableKind
from app.ui.dialogs.import_wizard.check_page import tally_tiles
from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.widgets.icon_label import IconLabel


class ResultPage(QWidget):
    """Says what an import did.

    Signals:
        undo_requested, more_requested, build_requested: The buttons.
    """

    undo_requested = Signal()
    more_requested = Signal()
    build_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", size=TITLE, semibold=True, wraps=True)
        self._detail = label("", "muted", wraps=True)
        self._tiles = QVBoxLayout()
        self.undo = button("Undo this import", self.undo_requested.emit, icon_name="undo")
        self.more = button("Import another file…", self.more_requested.emit, icon_name="import")
        self.build = button("Build territories…", self.build_requested.emit, icon_name="wand")
        head = row(IconLabel("check_circle", "good", 32), column(self._title, self._detail, gap=2))
        head.setStretch(1, 1)
        card = column(self._tiles, margin=16)
        self.setLayout(
            column(
                head,
                framed(card, "card"),
                label("What next?", semibold=True),
                row(self.more, self.build, None),
                row(self.undo, None),
                None,
                gap=16,
            )
        )

    def show_done(self, draft: ImportDraft, *, has_owners: bool) -> None:
        """Show what was written.

        Args:
            draft: The import.
            has_owners: Whether territories can be built from today's owners.
        """
        tally = draft.tally
        amount = tally.added + tally.updated
        is_accounts = draft.kind is TableKind.ACCOUNTS
        what = (
            plural(amount, "account", "accounts") if is_accounts else plural(amount, "rep", "reps")
        )
        self._title.setText(f"Imported {what}")
        self._detail.setText(f"From {draft.file_name}. The plan is saved.")
        clear_layout(self._tiles)
        self._tiles.addLayout(tally_tiles(tally))
        self.build.setVisible(has_owners)
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Show that the import was taken back."""
        self._title.setText("The import was taken back")
        self._detail.setText("The plan is as it was before.")
        self.undo.setEnabled(False)
