# SPDX-License-Identifier: MIT
"""One import: its sum, what was found in it, and every row."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from app.services.importing.ledger import LedgerDetail, LedgerEntry, LedgerProblem, read_detail
from app.ui.fonts import HEADING, set_text_style
from app.ui.formats import count, moment, plural
from app.ui.panes.import_rows import ImportRows
from app.ui.parts import clear_layout, column, hairline, label, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.icon_label import IconLabel
from app.ui.widgets.segmented import Segmented

PROBLEMS, ROWS = "problems", "rows"
_MOST_REPLACED = 100


class ImportCard(QWidget):
    """What the plan remembers of one import; the rows are read when they are asked for."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entry: LedgerEntry | None = None
        self.title = ElidedLabel("")
        set_text_style(self.title, HEADING, semibold=True)
        self.about = ElidedLabel("")
        set_kind(self.about, "muted")
        self.sum = label("", wraps=True)
        self.views = Segmented("What to see", [(PROBLEMS, "What was found"), (ROWS, "Every row")])
        self.rows = ImportRows(session)
        self._found = column(None, margin=(12, 4, 12, 8), gap=8)
        self._stack = QStackedWidget()
        self._compose()
        self.views.chosen.connect(lambda _key: self._show_view())

    def show_entry(self, entry: LedgerEntry) -> None:
        """Show an import; the view that is open stays open."""
        self._entry = entry
        self.rows.forget()
        self.title.set_full_text(entry.file_name)
        parts = (entry.title, moment(entry.at_utc), entry.profile)
        self.about.set_full_text(" · ".join(part for part in parts if part))
        self.sum.setText(sum_words(entry))
        set_kind(self.sum, "" if entry.accounted == entry.row_count else "danger")
        self._fill_found(entry, read_detail(self._session.workspace.document.store, entry.id))
        self._show_view()

    def show_view(self, key: str) -> None:
        """Open one of the two views."""
        self.views.set_chosen(key)
        self._show_view()

    def stop(self) -> None:
        """Wait until nothing is read any more."""
        self.rows.stop()

    def _compose(self) -> None:
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(self._found)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("What was found")
        scroll.setWidget(inside)
        self._stack.addWidget(scroll)
        self._stack.addWidget(self.rows)
        words = column(self.title, self.about, gap=2)
        top = row(words, self.views)
        top.setStretch(0, 1)
        top.setAlignment(self.views, Qt.AlignmentFlag.AlignTop)
        head = column(top, self.sum, margin=(12, 8, 12, 8), gap=4)
        outer = column(head, hairline(), 4, gap=0)
        outer.addWidget(self._stack, 1)
        self.setLayout(outer)

    def _show_view(self) -> None:
        is_rows = self.views.chosen_key() == ROWS
        self._stack.setCurrentIndex(1 if is_rows else 0)
        if is_rows and self._entry is not None and self.rows.rows is None:
            self.rows.show_entry(self._entry)

    def _fill_found(self, entry: LedgerEntry, detail: LedgerDetail) -> None:
        clear_layout(self._found)
        if not detail.problems and not detail.replaced:
            words = "Nothing was amiss: every row was understood as it is."
            self._found.addLayout(_line("check_circle", "good", words))
        for problem in detail.problems:
            self._found.addLayout(_problem_line(problem))
        for header, replaced in detail.replaced.items():
            if replaced:
                self._found.addLayout(_replaced_line(header, dict(replaced)))
        if entry.gone:
            verb = "was" if entry.gone == 1 else "were"
            words = (
                f"{plural(entry.gone, 'account', 'accounts')} of the plan {verb} not in the file."
            )
            self._found.addLayout(_line("info", "accent", words))
        self._found.addStretch(1)


def sum_words(entry: LedgerEntry) -> str:
    """The rows of the file as the sum of what became of them."""
    parts = (
        f"{count(entry.added)} added",
        f"{count(entry.updated)} updated",
        f"{count(entry.unchanged)} unchanged",
        f"{count(entry.skipped)} left out",
    )
    words = f"{plural(entry.row_count, 'row', 'rows')} = {' + '.join(parts)}"
    if entry.accounted == entry.row_count:
        return words
    return f"{words}. The sum is {count(entry.accounted)}: the plan file was changed elsewhere."


def _problem_line(problem: LedgerProblem) -> QHBoxLayout:
    sentence = problem.sentence if problem.sentence.endswith(".") else f"{problem.sentence}."
    return _line("info", "accent", sentence, problem.effect)


def _replaced_line(header: str, replaced: dict[str, str]) -> QHBoxLayout:
    listed = [f"“{raw}” became “{new}”" for raw, new in list(replaced.items())[:_MOST_REPLACED]]
    if len(replaced) > _MOST_REPLACED:
        listed.append(f"and {count(len(replaced) - _MOST_REPLACED)} more")
    words = f"You repaired {plural(len(replaced), 'value', 'values')} in {header}."
    return _line("edit", "muted", words, "; ".join(listed))


def _line(icon_name: str, tint: str, sentence: str, detail: str = "") -> QHBoxLayout:
    words = column(label(sentence, wraps=True), gap=2)
    if detail:
        words.addWidget(label(detail, "muted", wraps=True))
    line = row(gap=10)
    line.addWidget(IconLabel(icon_name, tint), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(words, 1)
    return line
