# SPDX-License-Identifier: MIT
"""The index and its sensitivity in words and rows."""

from collections.abc import Sequence

import numpy as np

from app.models.ids import MeasureId
from app.models.measure import INDEX, VISIT_HOURS, Measure
from app.models.work import USUAL_WEIGHTS, IndexWeight
from app.models.workload import IndexStanding, SensitivityReport, TerritorySpans
from app.services.data_health.facts import guessed_roles
from app.services.workspace import Workspace
from app.ui.formats import percent, plural
from app.ui.tables.columns import ArrayColumn
from app.ui.widgets.span_chart import Span, SpanRow

_LEVELS = {IndexStanding.UNDER: -1, IndexStanding.WITHIN: 0, IndexStanding.OVER: 1}
_WORDS = {
    IndexStanding.UNDER: "under",
    IndexStanding.WITHIN: "within",
    IndexStanding.OVER: "over",
    IndexStanding.UNDEFINED: "undefined",
}


def weighable(workspace: Workspace) -> tuple[Measure, ...]:
    """The measures that an index can be made of."""
    return tuple(measure for measure in workspace.account_measures if measure.id != INDEX)


def usual_weights(workspace: Workspace) -> tuple[IndexWeight, ...]:
    """60/30/10 for workload, potential and sales, those that the plan has.

    What is potential and what sales is as the user said, else by the names of the measures.
    """
    settings = workspace.settings
    guessed = guessed_roles(workspace.measures)
    potential = settings.potential_measure or guessed.potential
    revenue = settings.revenue_measure or guessed.revenue
    known = {measure.id for measure in weighable(workspace)}
    found: list[IndexWeight] = []
    for measure, weight in zip((VISIT_HOURS, potential, revenue), USUAL_WEIGHTS, strict=True):
        taken = {each.measure for each in found}
        if measure is not None and measure in known and measure not in taken:
            found.append(IndexWeight(measure, weight))
    return tuple(found)


def moved_weights(
    weights: Sequence[IndexWeight], measure: MeasureId, share: float
) -> tuple[IndexWeight, ...]:
    """The weights with one of them at a share of all; the others keep their proportions."""
    others = sum(each.weight for each in weights if each.measure != measure)
    count = len(weights) - 1
    return tuple(
        IndexWeight(each.measure, share)
        if each.measure == measure
        else IndexWeight(
            each.measure,
            (1 - share) * (each.weight / others if others > 0 else 1 / max(1, count)),
        )
        for each in weights
    )


def span_rows(workspace: Workspace, report: SensitivityReport) -> list[SpanRow]:
    """The territories as rows, those that flip first."""
    ordered = sorted(report.territories, key=lambda each: not each.flips)
    return [
        SpanRow(
            key=int(each.territory_id),
            name=workspace.territory(each.territory_id).name,
            spans=tuple(Span(s.first, s.last, _LEVELS.get(s.standing)) for s in each.spans),
            words=spans_sentence(workspace.territory(each.territory_id).name, each),
        )
        for each in ordered
    ]


def span_columns(workspace: Workspace, report: SensitivityReport) -> list[ArrayColumn]:
    """The same as a table: how each territory stands now, and for which weights how."""
    by_id = {each.territory_id: each for each in report.territories}
    ordered = sorted(report.territories, key=lambda each: not each.flips)
    names = [workspace.territory(each.territory_id).name for each in ordered]
    now = [_WORDS[standing_at(by_id[each.territory_id], report.weight)] for each in ordered]
    columns = [("territory", "Territory", names, 150), ("now", "Now", now, 80)]
    for standing in (IndexStanding.UNDER, IndexStanding.WITHIN, IndexStanding.OVER):
        ranges = [_ranges(each, standing) for each in ordered]
        columns.append((standing.value, _WORDS[standing].capitalize(), ranges, 140))
    return [
        ArrayColumn(key, title, np.array(words, dtype=object), width=width)
        for key, title, words, width in columns
    ]


def standing_at(spans: TerritorySpans, weight: float) -> IndexStanding:
    """How a territory stands for one weight; within, where it is on a break point."""
    found = {span.standing for span in spans.spans if span.first <= weight <= span.last}
    if IndexStanding.WITHIN in found:
        return IndexStanding.WITHIN
    return next(iter(found), IndexStanding.UNDEFINED)


def _ranges(spans: TerritorySpans, standing: IndexStanding) -> str:
    return ", ".join(
        f"{percent(span.first, 1)} – {percent(span.last, 1)}"
        for span in spans.spans
        if span.standing is standing
    )


def spans_sentence(name: str, spans: TerritorySpans) -> str:
    """How a territory stands over all weights: "North: within up to 30 %, over from 30 %"."""
    if len(spans.spans) == 1:
        return f"{name}: {_WORDS[spans.spans[0].standing]} for every weight"
    parts: list[str] = []
    for at, span in enumerate(spans.spans):
        word = _WORDS[span.standing]
        if at == 0:
            parts.append(f"{word} up to {percent(span.last, 1)}")
        elif at == len(spans.spans) - 1:
            parts.append(f"{word} from {percent(span.first, 1)}")
        else:
            parts.append(f"{word} from {percent(span.first, 1)} to {percent(span.last, 1)}")
    return f"{name}: {', '.join(parts)}"


def sensitivity_sentence(report: SensitivityReport, measure_name: str) -> str:
    """Over which weights the whole plan is within the tolerance, and how many flip."""
    flips = sum(each.flips for each in report.territories)
    changes = plural(flips, "territory changes", "territories change")
    if not report.territories:
        return "There are no territories yet."
    if not report.all_within:
        plan = "For no weight of it is every territory within the tolerance"
    else:
        ranges = " and ".join(
            f"from {percent(first, 1)} to {percent(last, 1)}" for first, last in report.all_within
        )
        plan = f"Every territory is within the tolerance for a weight {ranges}"
        if report.all_within == ((0.0, 1.0),):
            plan = "Every territory is within the tolerance for every weight"
    return f"Sliding {measure_name}: {changes} between under, within and over. {plan}."
