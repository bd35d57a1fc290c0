# SPDX-License-Identifier: MIT
"""What an edit of areas would do, in words for the card over the map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.models.edit_effect import EditEffect, TerritoryEffect
from app.models.ids import GeoUnitId, MeasureId, TerritoryId
from app.models.measure import Measure
from app.services.commands.assignments import count_of_units
from app.services.workspace import Workspace
from app.ui.area_edits import accounts_in_areas
from app.ui.formats import compact, plural, signed_percent

_MOST_MEASURES = 4
_MOST_TERRITORIES = 4


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One territory that gains or loses.

    Attributes:
        kind: ``good`` inside the tolerance, ``warning`` outside, nothing where undefined.
    """

    name: str
    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the card shows.

    Attributes:
        title: What is taken, and where it goes.
        facts: Accounts and sums of what is taken.
        lines: What it does to territories.
        warnings: What the user should know before the mouse is released.
    """

    title: str
    facts: str = ""
    lines: tuple[EffectLine, ...] = ()
    warnings: tuple[str, ...] = ()


def effect_summary(workspace: Workspace, effect: EditEffect) -> Summary:
    """What a stroke does, while it goes on."""
    what = plural(effect.unit_count, "area", "areas")
    goes = "out of every territory"
    if effect.target is not None:
        goes = f"to {workspace.territory(effect.target).name}"
    shown = effect.territories[:_MOST_TERRITORIES]
    warnings = [split_words(workspace, each) for each in effect.splits]
    if effect.refused:
        kept = plural(len(effect.refused), "area", "areas")
        whose = "of locked territories" if effect.refused_by else "that are locked"
        warnings.append(f"{kept} {whose} stay as they are.")
    if effect.locked_inside:
        inside = plural(len(effect.locked_inside), "locked area", "locked areas")
        warnings.append(f"{inside} inside stay as they are.")
    return Summary(
        title=f"{what} {goes}",
        facts=_facts(workspace, effect.account_count, dict(effect.moved)),
        lines=tuple(_line(workspace, each) for each in shown),
        warnings=tuple(warnings),
    )


def selection_summary(
    workspace: Workspace, units: Sequence[GeoUnitId], effect: EditEffect | None
) -> Summary:
    """What selected areas hold, and what giving them to the active territory would do."""
    rows = accounts_in_areas(workspace, units)
    sums = {
        measure.id: float(workspace.accounts.measure(measure.id)[rows].sum())
        for measure in workspace.account_measures
    }
    title = f"{count_of_units(tuple(units))} selected"
    facts = _facts(workspace, len(rows), sums)
    if effect is None or effect.target is None or not effect.unit_count:
        return Summary(title, facts)
    told = effect_summary(workspace, effect)
    name = workspace.territory(effect.target).name
    lines = (EffectLine(f"If given to {name}", ""), *told.lines)
    return Summary(title, facts, lines, told.warnings)


def cut_words(effect: TerritoryEffect) -> str:
    """How much a territory that was split has lost."""
    return f"{plural(len(effect.cut_off), 'area is', 'areas are')} cut off from the rest of it."


def split_words(workspace: Workspace, effect: TerritoryEffect) -> str:
    """That a territory loses its connection."""
    name = workspace.territory(effect.territory_id).name
    return f"Splits {name}: {plural(len(effect.cut_off), 'area is', 'areas are')} cut off."


def _facts(workspace: Workspace, accounts: int, sums: Mapping[MeasureId, float]) -> str:
    main = workspace.main_measure.id
    ordered = sorted(workspace.measures, key=lambda measure: measure.id != main)
    words = [plural(accounts, "account", "accounts")]
    words += [_sum_words(m, sums[m.id]) for m in ordered if m.id in sums and m.id]
    return " · ".join(words[: _MOST_MEASURES + 1])


def _sum_words(measure: Measure, value: float) -> str:
    return f"{measure.name} {compact(value)}"


def _line(workspace: Workspace, effect: TerritoryEffect) -> EffectLine:
    name = _name(workspace, effect.territory_id)
    before, after = (signed_percent(d) for d in (effect.deviation_before, effect.deviation_after))
    if effect.is_within_after is None:
        return EffectLine(name, compact(effect.total_after))
    return EffectLine(name, f"{before} → {after}", "good" if effect.is_within_after else "warning")


def _name(workspace: Workspace, territory: TerritoryId) -> str:
    return workspace.territory(territory).name
