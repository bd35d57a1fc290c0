# SPDX-License-Identifier: MIT
"""The third step: what would happen, and what deserves a look; still nothing is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.services.importing.draft import ImportDraft, total
from app.services.importing.field_changes import FieldChange
from app.services.importing.fields import WORDS_BY_KIND
from app.services.importing.job import TableInHand
from app.ui.dialogs.import_wizard.draft_section import DraftSection, tally_tiles
from app.ui.formats import count
from app.ui.parts import clear_layout, column, framed, label
from app.ui.widgets.banner import Banner
from app.ui.widgets.section import Section


class CheckPage(QWidget):
    """Shows the drafts of all tables, in the order of writing; signals as in `DraftSection`."""

    repair_requested = Signal(int, object)
    sheet_requested = Signal(int, object)
    sheet_back_requested = Signal()
    changes_wanted = Signal(int, str)
    choice_changed = Signal(int, object)
    repairs_forgotten = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: dict[int, DraftSection] = {}
        self._folded: set[int] = set()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 12, 0)
        self._list.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._list)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.saved = Banner("", tone="info", can_close=True)
        self.saved.hide()
        self.setLayout(column(self.saved, self._scroll))

    def show_drafts(self, tables: Sequence[TableInHand], drafts: Mapping[int, ImportDraft]) -> None:
        """Show what an import would do; the place on the page stays."""
        self.saved.hide()
        place = self._scroll.verticalScrollBar().value()
        clear_layout(self._list)
        self.sections = {}
        hand_by_number = {hand.number: hand for hand in tables}
        if len(drafts) > 1:
            words = "Both" if len(drafts) == 2 else f"All {len(drafts)}"
            tiles = column(label(f"{words} tables together", semibold=True), margin=16)
            tiles.addLayout(tally_tiles(total([*drafts.values()])))
            self._list.addWidget(framed(tiles, "card"))
        for number, draft in drafts.items():
            section = self._section(hand_by_number[number], draft)
            self._list.addWidget(
                section if len(drafts) == 1 else self._titled(number, draft, section)
            )
        self._list.addStretch(1)
        QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(place))

    def show_changes(self, number: int, name: str, changes: Sequence[FieldChange]) -> None:
        """Show the rows in which a field of a table changes."""
        section = self.sections.get(number)
        if section is not None and section.changes is not None:
            section.changes.show_changes(name, changes)

    def show_saved(self, path: Path) -> None:
        """Say where the rows to repair are, and what to do with them."""
        self.saved.set_text(
            f"The rows are in {path.name}. Mend them there, save, and bring the sheet back here."
        )
        self.saved.show()

    def _section(self, hand: TableInHand, draft: ImportDraft) -> DraftSection:
        made = DraftSection(hand, draft)
        made.repair_requested.connect(self.repair_requested)
        made.sheet_requested.connect(self.sheet_requested)
        made.sheet_back_requested.connect(self.sheet_back_requested)
        made.choice_changed.connect(self.choice_changed)
        made.repairs_forgotten.connect(self.repairs_forgotten)
        made.changes_wanted.connect(self.changes_wanted)
        self.sections[hand.number] = made
        return made

    def _titled(self, number: int, draft: ImportDraft, section: DraftSection) -> Section:
        tally = draft.tally
        parts = [f"{count(tally.added)} added", f"{count(tally.updated)} updated"]
        if tally.skipped:
            parts.append(f"{count(tally.skipped)} left out")
        what = WORDS_BY_KIND[draft.kind].title
        made = Section(f"{draft.file_name} · {what}: {', '.join(parts)}", section)
        made.set_open(number not in self._folded and bool(draft.problems or draft.gone.ids))
        made.toggled.connect(
            lambda is_open: (self._folded.discard if is_open else self._folded.add)(number)
        )
        return made
