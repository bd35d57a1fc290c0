# SPDX-License-Identifier: MIT
"""What a first version would lead to: territories with accounts, value and balance."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.models.errors import AppError
from app.models.measure import ACCOUNT_COUNT, Measure
from app.models.reports import BalanceLine, BalanceReport
from app.services.builders.preview import BuildPreview, PreviewLine
from app.services.builders.proposing import Proposal
from app.services.commands.force_draft import ForceTarget
from app.services.force_contents import Fate, Held
from app.services.workspace import Workspace
from app.ui.dialogs.build_preview import left_out_words, owners_left_out
from app.ui.formats import count, measure_value, percent, plural, signed_percent
from app.ui.parts import column, label
from app.ui.tables.columns import ArrayColumn, CellKind, number_width
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.deviation_bar import DEVIATION_ROLE, Deviation
from app.ui.widgets.empty_state import EmptyState

_HELD_WORDS = {
    None: ("territory", "territories"),
    Held.AREAS: ("area", "areas"),
    Held.DRAWN_AREAS: ("drawn area", "drawn areas"),
    Held.RULES: ("rule", "rules"),
    Held.NAMED_ACCOUNTS: ("named account", "named accounts"),
    Held.FAMILIES: ("family", "families"),
    Held.LOCKED_ACCOUNTS: ("locked account", "locked accounts"),
    Held.LOCKED_AREAS: ("locked area", "locked areas"),
    Held.ROSTER: ("entry of the roster", "entries of the roster"),
    Held.GOALS: ("goal", "goals"),
}


class ProposalView(QWidget):
    """A sentence with counts over a table of the territories; or why there are none."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.summary = label("", semibold=True, wraps=True)
        self.fates = label("", "muted", wraps=True)
        self.without = label("", "warning", wraps=True)
        self.without.hide()
        self.table = CopyableTable("Territories that would be there")
        self._nothing = EmptyState("info", "Nothing to build", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        outer = column(self.summary, self.fates, self.without, gap=6)
        outer.addWidget(self._stack, 1)
        self.setLayout(outer)

    def show_problem(self, error: AppError) -> None:
        """Say why there is nothing to build."""
        self._nothing.set_words(error.message, f"{error.meaning} {error.remedy}".strip())
        self._stack.setCurrentIndex(1)
        self.summary.setText("")
        self.fates.setText("")
        self._say_without("")

    def show_proposal(
        self, proposal: Proposal, measure: Measure, *, names_left_out: bool = False
    ) -> None:
        """Show what would be built.

        Args:
            proposal: What would be.
            measure: Whose totals are shown.
            names_left_out: Say which owners are reps but get no area.
        """
        self._stack.setCurrentIndex(0)
        self.summary.setText(summary_sentence(proposal))
        self.fates.setText(fates_sentence(proposal))
        self.fates.setVisible(bool(self.fates.text()))
        drafts = proposal.builds[0].draft.territories
        names = owners_left_out(self._workspace, drafts) if names_left_out else ()
        self._say_without(left_out_words(names))
        rows = [
            (self._name_of(build.target), line, found, at)
            for build, found in zip(proposal.builds, proposal.previews, strict=True)
            for at, line in enumerate(found.lines)
        ]
        self.table.array_model.set_columns(self._columns(rows, measure, len(proposal.builds) > 1))
        # The names take what the figures leave.
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _name_of(self, target: ForceTarget) -> str:
        """The sales force that is built; the name of a target is that of a new one alone."""
        forces = self._workspace.sales_forces
        return next((each.name for each in forces if each.id == target.force), target.name)

    def _say_without(self, words: str) -> None:
        self.without.setText(words)
        self.without.setVisible(bool(words))

    def _columns(
        self,
        rows: list[tuple[str, PreviewLine, BuildPreview, int]],
        measure: Measure,
        has_forces: bool,
    ) -> list[ArrayColumn]:
        tokens = tokens_of(self.palette())
        icons = [chip_icon(line.color_index, tokens) for _, line, _, _ in rows]
        name_by_rep = {rep.id: rep.name for rep in self._workspace.reps}
        lines = [found.report.rows[at] for _, _, found, at in rows]
        reps = ["" if line.rep is None else name_by_rep[line.rep] for _, line, _, _ in rows]
        columns = [
            ArrayColumn(
                "territory",
                "Territory",
                _texts([line.name for _, line, _, _ in rows]),
                decoration=icons.__getitem__,
            ),
            ArrayColumn("how", "How", _texts([_how(line) for _, line, _, _ in rows]), width=102),
            *([ArrayColumn("rep", "Rep", _texts(reps), width=114)] if any(reps) else []),
            ArrayColumn(
                "accounts",
                "Accounts",
                np.array([line.account_count for line in lines], dtype=np.float64),
                CellKind.NUMBER,
                width=86,
            ),
        ]
        if measure.id != ACCOUNT_COUNT:
            columns.append(_total_column([line.total for line in lines], measure))
        tolerances = [found.report.tolerance_fraction for _, _, found, _ in rows]
        columns.append(_deviation_column([line.deviation_fraction for line in lines], tolerances))
        if has_forces:
            names = _texts([name for name, _, _, _ in rows])
            columns.insert(1, ArrayColumn("force", "Sales force", names, width=140))
        return columns


def _total_column(totals: Sequence[float], measure: Measure) -> ArrayColumn:
    return ArrayColumn(
        "total",
        measure.name,
        np.array(totals, dtype=np.float64),
        CellKind.NUMBER,
        formatted=lambda value: measure_value(value, measure.kind),
        width=number_width(measure.name),
    )


def _deviation_column(
    fractions: Sequence[float | None], tolerances: Sequence[float]
) -> ArrayColumn:
    deviations = list(map(Deviation, fractions, tolerances))
    return ArrayColumn(
        "deviation",
        "Deviation",
        np.array(list(map(_or_nan, fractions))),
        CellKind.NUMBER,
        formatted=signed_percent,
        width=84,
        roles={DEVIATION_ROLE: deviations.__getitem__},
    )


def summary_sentence(proposal: Proposal) -> str:
    """How many territories, how balanced, and whom nobody would serve."""
    first = proposal.previews[0]
    new = sum(line.is_new for found in proposal.previews for line in found.lines)
    parts = [plural(new, "territory is built", "territories are built")]
    extra = len(proposal.builds) - 1
    if extra:
        parts.append(plural(extra, "further sales force", "further sales forces"))
    report = first.report
    if report.territory_count:
        tolerance = percent(report.tolerance_fraction)
        parts.append(
            f"{count(report.within_count)} of {count(report.territory_count)} within ±{tolerance}"
        )
    for kind, words in (
        (BalanceLine.UNASSIGNED, "without a territory"),
        (BalanceLine.IN_DISPUTE, "in dispute"),
    ):
        amount = _accounts(report, kind)
        if amount:
            parts.append(f"{plural(amount, 'account', 'accounts')} {words}")
    return "; ".join(parts) + "."


def fates_sentence(proposal: Proposal) -> str:
    """What of the present territories stays, and what goes."""
    kept = [_amount(fate, fate.kept) for fate in proposal.fates if fate.kept]
    gone = [_amount(fate, fate.gone) for fate in proposal.fates if fate.gone]
    sentences: list[str] = []
    if proposal.builds[0].target.keeps_present:
        sentences.append("All territories, areas, names, locks and reps stay.")
    if kept:
        sentences.append(f"Stays: {', '.join(kept)}.")
    if gone:
        sentences.append(f"Goes: {', '.join(gone)}. Undo brings it back.")
    return " ".join(sentences)


def _accounts(report: BalanceReport, kind: BalanceLine) -> int:
    return next((row.account_count for row in report.rows if row.line is kind), 0)


def _amount(fate: Fate, amount: int) -> str:
    return plural(amount, *_HELD_WORDS[fate.held])


def _how(line: PreviewLine) -> str:
    if not line.is_new:
        return "Stays"
    if line.area_count:
        return plural(line.area_count, "area", "areas")
    return plural(line.rule_count, "rule", "rules") if line.rule_count else ""


def _texts(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
