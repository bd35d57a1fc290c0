# SPDX-License-Identifier: MIT
"""The third step: what would happen, and what deserves a look; still nothing is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.account import PlacedBy
from app.services.importing.draft import AccountDraft, ImportDraft, RepDraft, Tally
from app.ui.dialogs.import_wizard.problem_card import ProblemCard
from app.ui.formats import count, plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.widgets.field_list import FieldList
from app.ui.widgets.stat_tile import StatTile

_PLACED = (
    (PlacedBy.COORDINATES, "by coordinates"),
    (PlacedBy.POSTAL_CODE, "by postal code"),
    (PlacedBy.CITY, "by city and state"),
    (PlacedBy.PO_BOX, "by ZIP code of PO boxes"),
    (PlacedBy.COUNTY, "by county only"),
    (PlacedBy.REGION, "by state only"),
    (PlacedBy.COUNTRY, "by country only"),
    (PlacedBy.NOT_PLACED, "not placed"),
)
_MOST_NAMES = 6


def tally_tiles(tally: Tally) -> QHBoxLayout:
    """Added, updated, unchanged and left out, as figures."""
    tiles = row(gap=32)
    for caption, amount in (
        ("Added", tally.added),
        ("Updated", tally.updated),
        ("Unchanged", tally.unchanged),
        ("Left out", tally.skipped),
    ):
        tile = StatTile(caption)
        tile.set_value(count(amount))
        tiles.addWidget(tile)
    tiles.addStretch(1)
    return tiles


class CheckPage(QWidget):
    """Shows a draft.

    Signals:
        save_left_out_requested: The user wants the rows that are left out as a file.
    """

    save_left_out_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 12, 0)
        self._list.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(scroll))

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what an import would do."""
        clear_layout(self._list)
        self._list.addWidget(framed(_in_card(tally_tiles(draft.tally)), "card"))
        facts = FieldList()
        facts.set_fields(_facts(draft))
        self._list.addWidget(framed(_in_card(facts), "card"))
        if draft.problems:
            title = row(label("Worth a look", semibold=True), None)
            if draft.skipped_rows:
                title.addWidget(
                    button(
                        "Save the rows that are left out…",
                        self.save_left_out_requested.emit,
                        kind="link",
                        icon_name="export",
                    )
                )
            self._list.addLayout(title)
            for problem in draft.problems:
                self._list.addWidget(ProblemCard(problem))
        else:
            self._list.addWidget(label("Every row is fine.", "good"))
        self._list.addStretch(1)


def _in_card(item: QWidget | QHBoxLayout) -> QVBoxLayout:
    return column(item, margin=16)


def _facts(draft: ImportDraft) -> list[tuple[str, str]]:
    facts = [("File", f"{draft.file_name}, {plural(draft.tally.row_count, 'row', 'rows')}")]
    if isinstance(draft, AccountDraft | RepDraft):
        parts = [
            f"{count(draft.placed[by])} {words}" for by, words in _PLACED if draft.placed.get(by)
        ]
        facts.append(("Places", ", ".join(parts)))
    if isinstance(draft, AccountDraft) and draft.measures:
        new = set(draft.new_measures)
        names = [f"{m.name} (new)" if m.name in new else m.name for m in draft.measures]
        facts.append(("Measures", ", ".join(names)))
    owners = draft.owners
    if owners.met or owners.unmet:
        facts.append(("Owners", _owner_words(draft)))
    changed = [f"{name} ({count(rows)})" for name, rows in draft.changed_fields.items() if rows]
    facts.append(("Changed fields", ", ".join(changed)))
    return facts


def _owner_words(draft: ImportDraft) -> str:
    owners = draft.owners
    met = plural(owners.met_accounts, "account has", "accounts have")
    reps = plural(len(owners.met), "rep", "reps")
    words = f"{met} an owner among {reps} of the plan." if owners.met else ""
    if owners.unmet:
        shown = ", ".join(list(owners.unmet)[:_MOST_NAMES])
        more = "…" if len(owners.unmet) > _MOST_NAMES else ""
        unmet = plural(owners.unmet_accounts, "account has", "accounts have")
        words += f" {unmet} an owner who is no rep yet: {shown}{more}."
    return words.strip()
