# SPDX-License-Identifier: MIT
"""All territories at once: the best staffing, what it gains and costs, and accepting it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.errors import AppError
from app.models.rep_match import MatchWeights
from app.services.commands import StaffTerritories
from app.services.rep_match.comparing import StaffingComparison
from app.ui.dialogs.match.match_words import PART_WORDS
from app.ui.dialogs.match.match_work import BestAnswer, MatchWork
from app.ui.dialogs.match.staffing_table import StaffingTable
from app.ui.formats import count, hours, percent, plural, signed_percent
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession

NO_TERRITORIES = "There is no territory to staff yet. Build or add territories first."
_MOST_NAMES = 3
_LEAST_GAIN = 0.0005


class StaffingPage(QWidget):
    """The table, sentences about the whole, and the button that carries it out.

    Args:
        session: The open plan.
        work: Finds the staffing.
        parent: The dialog.

    Signals:
        wanted: The staffing is to be found anew.
    """

    wanted = Signal()

    def __init__(
        self, session: EditSession, work: MatchWork, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._work = session, work
        self._answer: BestAnswer | None = None
        self.summary = label("Looking for the best staffing…", wraps=True)
        self.parts = label("", "muted", wraps=True)
        self.proof = label("", "muted", wraps=True)
        self.table = StaffingTable()
        self.all = QCheckBox("Accept all")
        self.all.setChecked(True)
        self.accept = button("Accept", self._on_accept, kind="primary")
        self.accept.setEnabled(False)
        outer = column(self.summary, self.parts)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.proof)
        outer.addLayout(row(self.all, None, self.accept))
        self.setLayout(outer)
        self.all.clicked.connect(self.table.tick_all)
        self.table.ticked.connect(self._show_accept)
        self.table.kept_changed.connect(self.wanted)

    def look_for(self, weights: MatchWeights) -> None:
        """Look for the best staffing with these weights."""
        self.summary.setText("Looking for the best staffing…")
        self.accept.setEnabled(False)
        self._work.find_best(weights, self.table.kept())

    def show_problem(self, problem: AppError) -> None:
        """Say why there is no answer."""
        self.summary.setText(problem.text)

    def show_answer(self, answer: BestAnswer) -> None:
        """Show what was found."""
        self._answer = answer
        kept = self.table.kept()
        self.table.set_comparison(answer.comparison, self._work.words(anew=True), kept)
        self.all.setChecked(True)
        self.summary.setText(_summary(answer))
        self.parts.setText(_parts(answer.comparison))
        self.proof.setText(self._proof(answer))
        self._show_accept()

    def _proof(self, answer: BestAnswer) -> str:
        staffing, comparison = answer.staffing, answer.comparison
        if staffing.is_proved:
            words = "Proved: no other staffing fits better with these weights."
        elif any(row.best is None for row in comparison.rows):
            words = "A good staffing; whether a better one exists is not proved."
        else:
            gap = (staffing.bound - staffing.total_fit) / max(staffing.bound, 1e-9)
            words = f"Proved: no other staffing fits more than {percent(gap, 1)} better."
        if comparison.overloaded:
            names = {rep.id: rep.name for rep in self._work.words().facts.reps}
            worst = sorted(comparison.overloaded.items(), key=lambda each: -each[1])[:_MOST_NAMES]
            told = ", ".join(f"{names[rep]} (+{hours(more)})" for rep, more in worst)
            words += (
                f" {plural(len(comparison.overloaded), 'rep has', 'reps have')} more work than"
                f" hours: {told}."
            )
        return words

    def _show_accept(self) -> None:
        rows = self.table.accepted_rows()
        accounts = sum(row.moved_accounts for row in rows)
        moving = (
            f", {plural(accounts, 'account changes', 'accounts change')} rep" if accounts else ""
        )
        words = f"Accept {plural(len(rows), 'change', 'changes')}{moving}"
        answer = self._answer
        has_changes = answer is not None and any(row.changes for row in answer.comparison.rows)
        self.all.setVisible(has_changes)
        self.accept.setText(words if has_changes else "Nothing to accept")
        self.accept.setEnabled(bool(rows) and not self._session.is_read_only)

    def _on_accept(self) -> None:
        pairs = tuple((each.territory, each.rep) for each in self.table.accepted())
        day = self._session.workspace.roster.today
        if pairs and self._session.run(StaffTerritories(pairs, day)):
            self.window().close()


def _summary(answer: BestAnswer) -> str:
    comparison = answer.comparison
    total = len(comparison.rows)
    if not total:
        return NO_TERRITORIES
    changed = sum(1 for row in comparison.rows if row.changes)
    now, best = comparison.fit_now / total, comparison.fit_best / total
    if not changed:
        return f"Today’s staffing is the best one: reps fit {percent(now)} on average."
    vacant = sum(1 for row in comparison.rows if row.best is None)
    words = (
        f"Reps fit {percent(best)} on average instead of {percent(now)}:"
        f" {count(changed)} of {plural(total, 'territory changes', 'territories change')} rep"
    )
    if comparison.moved_accounts:
        words += f", {plural(comparison.moved_accounts, 'account', 'accounts')} with them"
    words += "."
    return words + (
        f" {plural(vacant, 'territory stays', 'territories stay')} vacant." if vacant else ""
    )


def _parts(comparison: StaffingComparison) -> str:
    """What each part gains on average of the territories, the largest first."""
    told = sorted(comparison.gain_by_part.items(), key=lambda each: -abs(each[1]))
    total = max(1, len(comparison.rows))
    words = [
        f"{PART_WORDS[part].lower()} {signed_percent(gain / total, 1)}"
        for part, gain in told
        if abs(gain) >= _LEAST_GAIN * total
    ]
    return f"Where the average changes: {', '.join(words)}." if words else ""
