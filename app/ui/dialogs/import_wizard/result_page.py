# SPDX-License-Identifier: MIT
"""The last step: what was done, a way to take it back, and what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.importing.draft import ImportDraft, total
from app.services.importing.fields import WORDS_BY_KIND
from app.ui.dialogs.import_wizard.draft_section import tally_tiles
from app.ui.fonts import TITLE
from app.ui.formats import plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.widgets.icon_label import IconLabel


class ResultPage(QWidget):
    """Says what an import did.

    Signals:
        undo_requested, more_requested, build_requested, health_requested: The buttons.
    """

    undo_requested = Signal()
    more_requested = Signal()
    build_requested = Signal()
    health_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", size=TITLE, semibold=True, wraps=True)
        self._detail = label("", "muted", wraps=True)
        self._tiles = QVBoxLayout()
        self.undo = button("Undo this import", self.undo_requested.emit, icon_name="undo")
        self.more = button("Import more files…", self.more_requested.emit, icon_name="import")
        self.build = button("Build territories…", self.build_requested.emit, icon_name="wand")
        self.health = button("Look at the data", self.health_requested.emit, icon_name="shield")
        head = row(IconLabel("check_circle", "good", 32), column(self._title, self._detail, gap=2))
        head.setStretch(1, 1)
        card = column(self._tiles, margin=16)
        self.setLayout(
            column(
                head,
                framed(card, "card"),
                label("What next?", semibold=True),
                row(self.more, self.health, self.build, None),
                row(self.undo, None),
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
        self._detail.setText(f"From {', '.join(names)}. The plan is saved.")
        clear_layout(self._tiles)
        self._tiles.addLayout(tally_tiles(total(drafts)))
        self.build.setVisible(has_owners)
        self.undo.setEnabled(True)

    def show_undone(self) -> None:
        """Show that the import was taken back."""
        self._title.setText("The import was taken back")
        self._detail.setText("The plan is as it was before.")
        self.undo.setEnabled(False)


def done_words(drafts: Sequence[ImportDraft]) -> str:
    """What is written, in words: "701 accounts", "91 accounts, 9 reps and 2,155 transactions"."""
    parts: list[str] = []
    amounts: dict[str, tuple[int, str, str]] = {}
    for draft in drafts:
        words = WORDS_BY_KIND[draft.kind]
        before = amounts.get(draft.kind.value, (0, "", ""))[0]
        amount = before + draft.tally.added + draft.tally.updated
        amounts[draft.kind.value] = (amount, words.one, words.many)
    for amount, one, many in amounts.values():
        parts.append(plural(amount, one, many))
    if len(parts) < 2:
        return parts[0] if parts else "nothing"
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
