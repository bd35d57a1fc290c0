# SPDX-License-Identifier: MIT
"""Coverage as table columns, and which accounts are behind each of them."""

from collections.abc import Callable

import numpy as np

from app.models.coverage import Potential, Service
from app.models.measure import Measure
from app.services.coverage.report import CoverageFacts, CoverageTable
from app.ui.formats import count, measure_value, number, percent
from app.ui.panes.overlaps.claim_columns import count_column
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width

_KINDS = (
    ("unassigned", "Unassigned", Potential.UNASSIGNED, "Potential of accounts nobody serves"),
    ("disputed", "In dispute", Potential.DISPUTED, "Potential that several territories claim"),
    ("vacant", "Vacant", Potential.VACANT, "Potential of territories without a rep today"),
    ("unreached", "Unreached", Potential.UNREACHED, "Potential without a visit or an order"),
)
KIND_BY_KEY = {key: kind for key, _, kind, _ in _KINDS}
_PROMISING = "Promising"


def coverage_columns(
    table: CoverageTable,
    names: np.ndarray,
    title: str,
    potential: Measure,
    icon_of: Callable[[int], object],
) -> list[ArrayColumn]:
    """The columns of a table of coverage.

    Args:
        table: The figures.
        names: Of its groups.
        title: What the groups are.
        potential: The measure of potential.
        icon_of: The icon of a line, or None.
    """

    def money(key: str, title: str, values: np.ndarray, tooltip: str) -> ArrayColumn:
        return ArrayColumn(
            key,
            title,
            values,
            CellKind.MONEY,
            formatted=lambda value: measure_value(value, potential.kind),
            width=max(100, number_width(title)),
            tooltip=tooltip,
        )

    kinds = [money(key, words, table.by_kind[kind], tip) for key, words, kind, tip in _KINDS]
    return [
        ArrayColumn("name", title, names, decoration=icon_of, width=180, can_group=False),
        count_column("accounts", "Accounts", table.accounts),
        money("potential", "Potential", table.potential, "Per year, what is sold included"),
        money("revenue", "Revenue", table.revenue, "Of accounts with a potential"),
        _share("penetration", "Penetration", table.value_penetration, "Revenue / potential"),
        _share(
            "account_penetration",
            "By accounts",
            table.account_penetration,
            "Accounts that buy / accounts with a potential",
        ),
        money("whitespace", "Whitespace", table.whitespace, "Potential that is not sold"),
        *kinds,
        money("below", "Below potential", table.open_worked, "Open potential of worked accounts"),
        _share("reach", "Reached", table.reach, "Accounts with a visit or an order"),
        ArrayColumn(
            "ratio",
            "Service ratio",
            table.service_ratio,
            CellKind.NUMBER,
            formatted=_ratio_words,
            width=110,
            tooltip="Share of potential / share of calls",
            is_summed=False,
        ),
        _words("service", "Service", _service_words(table), 110),
        _words("flag", "Flag", np.where(table.is_promising, _PROMISING, "").astype(object), 90),
    ]


def rows_behind(
    facts: CoverageFacts, group: np.ndarray, at: int, key: str
) -> tuple[np.ndarray, str]:
    """The accounts behind a figure, and what they have in common.

    Args:
        facts: The accounts.
        group: Per account its group.
        at: The group.
        key: Of the column; one that is about all accounts of the group lists all of them.
    """
    inside = group == at
    if key in KIND_BY_KEY:
        words = next(title for each, title, _, _ in _KINDS if each == key)
        return np.flatnonzero(inside & (facts.kind == KIND_BY_KEY[key])), words
    if key == "below":
        worked = (facts.kind == Potential.WORKED) & (facts.whitespace > 0)
        return np.flatnonzero(inside & worked), "Below potential"
    if key == "whitespace":
        return np.flatnonzero(inside & (facts.whitespace > 0)), "Whitespace"
    if key in {"potential", "penetration", "account_penetration", "ratio", "service", "flag"}:
        return np.flatnonzero(inside & facts.known), "With a potential"
    if key == "revenue":
        return np.flatnonzero(inside & facts.known & (facts.revenue != 0)), "With revenue"
    return np.flatnonzero(inside), "All"


def totals_sentence(table: CoverageTable, potential: Measure) -> str:
    """All groups together: what becomes of the whole potential."""
    whole, known = float(table.potential.sum()), int(table.known.sum())
    if whole <= 0:
        return "No account has a potential."
    parts = [
        (words, float(table.by_kind[kind].sum()))
        for _, words, kind, _ in _KINDS
        if table.by_kind[kind].any()
    ]
    worked = float(table.by_kind[Potential.WORKED].sum())
    open_ = float(table.open_worked.sum())
    parts += [("Below potential", open_), ("Sold", worked - open_)]
    shares = " · ".join(f"{words} {percent(value / whole)}" for words, value in parts)
    based = f"based on {count(known)} of {count(table.accounts.sum())} accounts with a potential"
    return f"{potential.name} {measure_value(whole, potential.kind)}: {shares}; {based}."


def _service_words(table: CoverageTable) -> np.ndarray:
    words = ["" if each is Service.UNDEFINED else each.value.capitalize() for each in table.service]
    return np.array(words, dtype=object)


def _share(key: str, title: str, values: np.ndarray, tooltip: str) -> ArrayColumn:
    return ArrayColumn(
        key,
        title,
        values,
        CellKind.NUMBER,
        formatted=percent,
        width=104,
        tooltip=tooltip,
        is_summed=False,
    )


def _words(key: str, title: str, words: np.ndarray, width: int) -> ArrayColumn:
    return ArrayColumn(key, title, words, CellKind.CHOICE, width=width)


def _ratio_words(value: float) -> str:
    return "No calls" if np.isinf(value) else number(value, 2)
