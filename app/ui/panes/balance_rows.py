# SPDX-License-Identifier: MIT
"""A balance report as table columns, chart bars and sentences."""

import numpy as np

from app.models.geounit import GeoLevel
from app.models.measure import Measure
from app.models.reports import BalanceLine, BalanceReport, BalanceRow
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value, percent, plural, signed_percent
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width
from app.ui.tokens import Tokens
from app.ui.widgets.balance_chart import ChartBar
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.deviation_bar import DEVIATION_ROLE, Deviation

_LEVEL_WORDS = {
    GeoLevel.ZIP: "ZIP area",
    GeoLevel.COUNTY: "county",
    GeoLevel.STATE: "state",
    GeoLevel.COUNTRY: "country",
}
_NAMES = {BalanceLine.UNASSIGNED: "Unassigned", BalanceLine.IN_DISPUTE: "In dispute"}


def row_name(workspace: Workspace, line: BalanceRow) -> str:
    """What a row of the report is called."""
    if line.territory_id is None:
        return _NAMES[line.line]
    return workspace.territory(line.territory_id).name


def balance_columns(
    workspace: Workspace,
    report: BalanceReport,
    measure: Measure,
    tokens: Tokens,
    word: str = "Territory",
) -> list[ArrayColumn]:
    """The columns of the balance table.

    Args:
        workspace: The open plan.
        report: What is shown.
        measure: Its measure.
        tokens: The colours of the window.
        word: What the rows are called.
    """
    rows = report.rows
    icons = [
        None
        if line.territory_id is None
        else chip_icon(workspace.territory(line.territory_id).color_index, tokens)
        for line in rows
    ]
    deviations = [Deviation(r.deviation_fraction, report.tolerance_fraction) for r in rows]
    names = [row_name(workspace, line) for line in rows]
    deviation_values = [_number(line.deviation_fraction) for line in rows]
    return [
        ArrayColumn("territory", word, _texts(names), width=168, decoration=icons.__getitem__),
        ArrayColumn("rep", "Rep", _texts([_rep_text(workspace, r) for r in rows]), width=124),
        ArrayColumn(
            "accounts",
            "Accounts",
            np.array([r.account_count for r in rows], dtype=np.float64),
            CellKind.NUMBER,
            width=82,
        ),
        ArrayColumn(
            "total",
            measure.name,
            np.array([r.total for r in rows], dtype=np.float64),
            CellKind.NUMBER,
            formatted=lambda value: measure_value(value, measure.kind),
            width=number_width(measure.name),
        ),
        ArrayColumn(
            "share",
            "Share",
            np.array([_number(r.share_fraction) for r in rows]),
            CellKind.NUMBER,
            formatted=lambda value: percent(value, 1),
            width=72,
        ),
        ArrayColumn(
            "deviation",
            "Deviation",
            np.array(deviation_values),
            CellKind.NUMBER,
            formatted=signed_percent,
            width=164,
            roles={DEVIATION_ROLE: deviations.__getitem__},
        ),
        ArrayColumn("status", "Status", _texts([_status(r) for r in rows]), width=124),
    ]


def chart_bars(workspace: Workspace, report: BalanceReport) -> list[ChartBar]:
    """One bar per territory."""
    return [
        ChartBar(
            key=int(line.territory_id),
            name=row_name(workspace, line),
            color_index=workspace.territory(line.territory_id).color_index,
            value=line.total,
            ideal=line.ideal,
            deviation=Deviation(line.deviation_fraction, report.tolerance_fraction),
        )
        for line in report.rows
        if line.territory_id is not None
    ]


def summary_sentence(workspace: Workspace, report: BalanceReport, level: str = "") -> str:
    """How balanced the plan is, in one sentence; a second one says what was left out.

    Args:
        workspace: The open plan.
        report: What is shown.
        level: What the rows are called where they are regions; empty for territories.
    """
    balance = f"{level}: " if level else ""
    balance += _balance_sentence(workspace, report, is_level=bool(level))
    if not report.left_out_count:
        return balance
    accounts = plural(report.left_out_count, "account", "accounts")
    measure = workspace.measure(report.measure_id)
    value = measure_value(report.left_out_total, measure.kind)
    more = f" with {measure.name} {value}" if measure.id else ""
    return f"{balance} Left out: {accounts}{more}."


def _balance_sentence(workspace: Workspace, report: BalanceReport, *, is_level: bool) -> str:
    tolerance = f"±{percent(report.tolerance_fraction)}"
    defined = [r for r in report.rows if r.deviation_fraction is not None]
    if not defined:
        return "There is nothing to balance yet: no territory has a total of this measure."
    furthest = max(defined, key=lambda r: abs(r.deviation_fraction or 0.0))
    words = f"{row_name(workspace, furthest)} {signed_percent(furthest.deviation_fraction)}"
    if is_level:
        within = f"{count(report.within_count)} of {count(report.territory_count)}"
        return f"{within} within {tolerance}; furthest: {words}."
    if report.is_balanced:
        territories = plural(report.territory_count, "territory is", "territories are")
        return f"All {territories} within {tolerance}; furthest: {words}."
    territories = plural(report.territory_count, "territory", "territories")
    within = f"{count(report.within_count)} of {territories} within {tolerance}"
    return f"{within}; furthest: {words}."


def formula_paragraphs(
    workspace: Workspace, report: BalanceReport, measure: Measure
) -> list[tuple[str, str]]:
    """How the figures come about, with the plan's own numbers."""

    def written(value: float | None) -> str:
        return measure_value(value, measure.kind)

    by_capacity = workspace.settings.ideal_by_capacity
    held = sum(r.total for r in report.rows if r.territory_id is not None)
    territories = plural(report.territory_count, "territory", "territories")
    ideal = (
        f"Ideal: {written(held)} held by the territories, shared in proportion to the capacity "
        "hours of their reps. A vacant territory counts as one full-time rep."
        if by_capacity
        else f"Ideal: {written(held)} held by the territories, divided by {territories}."
    )
    total = f"Total: the sum of {measure.name} over the accounts that the territory serves."
    if measure.id == 0:
        total = "Total: the number of accounts that the territory serves."
    elif measure.level is not None:
        total = (
            f"Total: the sum of {measure.name} over the areas that the territory holds. It is "
            f"market data by {_LEVEL_WORDS[measure.level]}: an area that is held in parts counts "
            "for the territory that the area itself is assigned to, else for nobody."
        )
    paragraphs = [
        ("", total),
        ("", ideal),
        ("", "Deviation: (total − ideal) ÷ ideal. Accounts in dispute count for nobody."),
    ]
    example = next((r for r in report.rows if r.deviation_fraction is not None), None)
    if example is not None:
        sum_done = (
            f"{row_name(workspace, example)}: ({written(example.total)} − {written(example.ideal)})"
            f" ÷ {written(example.ideal)} = {signed_percent(example.deviation_fraction, 1)}"
        )
        paragraphs.append(("muted", sum_done))
    return paragraphs


def _rep_text(workspace: Workspace, line: BalanceRow) -> str:
    if line.territory_id is None:
        return ""
    rep = workspace.rep_of(line.territory_id)
    return rep.name if rep is not None else "Vacant"


def _status(line: BalanceRow) -> str:
    if line.is_within_tolerance is None:
        return ""
    if line.is_within_tolerance:
        return "Within tolerance"
    return "Too much" if (line.deviation_fraction or 0) > 0 else "Too little"


def _texts(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
