# SPDX-License-Identifier: MIT
"""What would happen with one table: its figures, its facts, its problems, its choices."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.importing.draft import GoneChoice, ImportDraft, ProblemKind, Tally
from app.services.importing.fields import WORDS_BY_KIND, TableKind
from app.services.importing.job import TableInHand
from app.services.placed_words import PLACED_WORDS, counted_placed
from app.ui.dialogs.import_wizard.changed_fields import ChangedFields
from app.ui.dialogs.import_wizard.problem_card import ProblemCard
from app.ui.formats import count, plural
from app.ui.parts import button, column, framed, label, row
from app.ui.widgets.field_list import FieldList
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stat_tile import StatTile

_MOST_NAMES = 6


def tally_tiles(tally: Tally) -> QHBoxLayout:
    """Rows of the file, and what becomes of them: added, updated, unchanged and left out."""
    tiles = row(gap=32)
    for caption, amount in (
        ("Rows", tally.row_count),
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


class DraftSection(QWidget):
    """Shows the draft of one table.

    Signals:
        repair_requested(int, object): Number of the table and the `Problem` to mend.
        sheet_requested(int, object): Number of the table whose rows the user wants to mend in a
            sheet, and the `Problem` whose rows, None for all.
        sheet_back_requested(): The user brings a mended sheet back.
        changes_wanted(int, str): Number of the table and label of the field whose changed rows the
            user wants to see.
        choice_changed(int, object): Number of the table and what was chosen: a `GoneChoice`, or
            whether the file counts where it contradicts corrections.
        repairs_forgotten(int): The repairs of a table are taken back.
    """

    repair_requested = Signal(int, object)
    sheet_requested = Signal(int, object)
    sheet_back_requested = Signal()
    changes_wanted = Signal(int, str)
    choice_changed = Signal(int, object)
    repairs_forgotten = Signal(int)

    def __init__(
        self, hand: TableInHand, draft: ImportDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._number = hand.number
        self._layout: QVBoxLayout = column(gap=12)
        self.setLayout(self._layout)
        self._layout.addWidget(framed(column(tally_tiles(draft.tally), margin=16), "card"))
        facts = FieldList()
        facts.set_fields(_facts(hand, draft))
        self._layout.addWidget(framed(column(facts, margin=16), "card"))
        self.changes: ChangedFields | None = None
        if draft.changed_fields:
            self.changes = ChangedFields(draft.changed_fields)
            self.changes.wanted.connect(lambda name: self.changes_wanted.emit(self._number, name))
            self._layout.addWidget(framed(column(self.changes, margin=16), "card"))
        if draft.gone.ids:
            self._layout.addWidget(self._gone(draft))
        if hand.repairs:
            self._layout.addLayout(self._repaired(hand))
        self._add_problems(hand, draft)

    def _add_problems(self, hand: TableInHand, draft: ImportDraft) -> None:
        if not draft.problems:
            self._layout.addWidget(label("Every row is fine.", "good"))
            return
        title = row(label("Worth a look", semibold=True), None)
        if any(problem.rows for problem in draft.problems):
            title.addWidget(
                button(
                    "Save rows to repair…",
                    lambda: self.sheet_requested.emit(self._number, None),
                    kind="link",
                    icon_name="export",
                )
            )
            title.addWidget(
                button(
                    "Bring the sheet back…",
                    self.sheet_back_requested.emit,
                    kind="link",
                    icon_name="import",
                )
            )
        self._layout.addLayout(title)
        for problem in draft.problems:
            card = ProblemCard(problem)
            card.repair_requested.connect(
                lambda found: self.repair_requested.emit(self._number, found)
            )
            card.sheet_requested.connect(
                lambda found: self.sheet_requested.emit(self._number, found)
            )
            self._layout.addWidget(card)
            if problem.kind is ProblemKind.CORRECTED:
                self._layout.addWidget(self._corrections(hand))

    def _gone(self, draft: ImportDraft) -> QWidget:
        gone = draft.gone
        words = plural(len(gone.ids), "account is", "accounts are")
        names = ", ".join(gone.names) + ("…" if len(gone.ids) > len(gone.names) else "")
        choice = Segmented(
            "What happens to accounts that are gone",
            [
                (GoneChoice.KEEP.value, "Keep"),
                (GoneChoice.FLAG.value, "Mark as gone"),
                (GoneChoice.REMOVE.value, "Remove"),
            ],
        )
        choice.set_chosen(gone.choice.value)
        choice.chosen.connect(lambda key: self.choice_changed.emit(self._number, GoneChoice(key)))
        title = label(f"{words} no longer in the list", semibold=True, wraps=True)
        text = column(title, label(names, "muted", wraps=True), gap=2)
        line = row(text, choice, margin=12, gap=12)
        line.setStretch(0, 1)
        line.setAlignment(choice, Qt.AlignmentFlag.AlignVCenter)
        return framed(line, "card")

    def _corrections(self, hand: TableInHand) -> QWidget:
        choice = Segmented(
            "What counts where the file contradicts you",
            [("mine", "Keep my corrections"), ("file", "Take the file")],
        )
        choice.set_chosen("file" if hand.takes_file else "mine")
        choice.chosen.connect(lambda key: self.choice_changed.emit(self._number, key == "file"))
        holder = QWidget()
        holder.setLayout(row(choice, None))
        return holder

    def _repaired(self, hand: TableInHand) -> QHBoxLayout:
        parts = [
            f"{plural(len(column_), 'value', 'values')} in {header}"
            for header, column_ in hand.repairs.by_value.items()
            if column_
        ]
        if hand.repairs.by_row:
            parts.append(plural(len(hand.repairs.by_row), "row", "rows"))
        words = label(f"Repaired: {', '.join(parts)}.", "good", wraps=True)
        undo = button(
            "Take the repairs back",
            lambda: self.repairs_forgotten.emit(self._number),
            kind="link",
            icon_name="undo",
        )
        line = row(words, undo)
        line.setStretch(0, 1)
        return line


def _facts(hand: TableInHand, draft: ImportDraft) -> list[tuple[str, str]]:
    words = WORDS_BY_KIND[draft.kind]
    facts = [("File", f"{draft.file_name}: {words.title.lower()}")]
    if draft.placed:
        parts = [
            f"{count(draft.placed[by])} {counted_placed(by)}"
            for by in PLACED_WORDS
            if draft.placed.get(by)
        ]
        facts.append(("Places", ", ".join(parts)))
    if draft.measures:
        new = set(draft.new_measures)
        names = [f"{name} (new)" if name in new else name for name in draft.measures]
        facts.append(("Measures", ", ".join(names)))
    tells_owners = draft.kind is TableKind.REPS or hand.mapping.header_for("owner") is not None
    if tells_owners and (draft.owners.met or draft.owners.unmet):
        facts.append(("Owners", _owner_words(draft)))
    if draft.orders_replaced:
        orders = plural(draft.orders_replaced, "order", "orders")
        facts.append(("Orders", f"The lines take the place of {orders}, whose dates they get."))
    if draft.gone.returned:
        back = plural(draft.gone.returned, "account is", "accounts are")
        facts.append(("Back again", f"{back} no longer marked as gone."))
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
