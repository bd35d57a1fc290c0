# SPDX-License-Identifier: MIT
"""What the check found, in words."""

from app.models.faults import Fault, FaultKind, FaultReport
from app.models.repairs import Repair, RepairKind
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value, plural, signed_percent

TITLE_BY_KIND = {
    FaultKind.NOT_CONNECTED: "Not connected",
    FaultKind.ENCLAVE: "Enclaves",
    FaultKind.HOLE: "Holes",
    FaultKind.OVERLAP: "Overlaps",
    FaultKind.LOCKED_MOVED: "Locked but moved",
    FaultKind.LOCK_BROKEN: "Locks that do not hold",
    FaultKind.TOGETHER: "Together, not apart",
    FaultKind.DRAWN_OVER: "Drawn over others",
    FaultKind.OUTSIDE_TOLERANCE: "Outside the tolerance",
    FaultKind.EMPTY: "Empty territories",
    FaultKind.UNASSIGNED: "Unassigned",
    FaultKind.ISLAND: "Islands, not linked",
}
"""The groups of the list."""

_SENTENCE_BY_KIND = {
    FaultKind.NOT_CONNECTED: "{first} is in {parts} parts; cut off is {place}.",
    FaultKind.ENCLAVE: "{place} of {first} lies wholly inside {last}.",
    FaultKind.HOLE: "{first} encloses {place}, which nobody holds.",
    FaultKind.OVERLAP: "{place} is claimed by {all}.",
    FaultKind.LOCKED_MOVED: "{first} is locked, yet it holds something else than at the lock.",
    FaultKind.LOCK_BROKEN: "{place} is locked for {first}, yet it is not served by it alone.",
    FaultKind.TOGETHER: "{place} must stay apart, yet come together in {all}.",
    FaultKind.DRAWN_OVER: "The drawn area {place} of {first} lies over what {others} would serve.",
    FaultKind.OUTSIDE_TOLERANCE: "{first} is {off} off its ideal.",
    FaultKind.EMPTY: "{first} holds no area and no account yet.",
    FaultKind.UNASSIGNED: "Nobody holds {place}, where accounts are.",
    FaultKind.ISLAND: "{place} of {first}: island, not linked by a bridge or ferry.",
}

_GONE = "A territory that is gone"


def fault_sentence(fault: Fault, workspace: Workspace) -> str:
    """A finding in one sentence."""
    names = [
        workspace.territory(each).name if workspace.has_territory(each) else _GONE
        for each in fault.territory_ids
    ]
    if fault.kind is FaultKind.UNASSIGNED and not fault.geounits:
        return f"{plural(fault.account_count, 'account has', 'accounts have')} no place on the map."
    return _SENTENCE_BY_KIND[fault.kind].format(
        first=names[0] if names else "",
        last=names[-1] if names else "",
        others=_listed(names[1:]),
        all=_listed(names),
        place=fault.name,
        parts=count(len(fault.parts) + 1),
        off=signed_percent(fault.deviation_fraction),
    )


def report_sentence(report: FaultReport) -> str:
    """How the plan is, in one line."""
    faults = plural(report.fault_count, "fault", "faults")
    to_do = plural(report.to_do_count, "thing", "things")
    if report.fault_count and report.to_do_count:
        return f"{faults}, and {to_do} still to do."
    if report.fault_count:
        return f"{faults}."
    return f"No faults; {to_do} still to do." if report.to_do_count else "All fine."


def repair_sentence(repair: Repair, workspace: Workspace) -> str:
    """A proposal in one sentence."""
    if repair.kind is RepairKind.LINK and repair.link is not None:
        one, other = (workspace.geography.name(unit) for unit in repair.link)
        return f"Link {one} and {other} (bridge or ferry); nothing moves."
    taker = repair.moves[-1].territory_id
    name = "nobody" if taker is None else workspace.territory(taker).name
    takers = {move.territory_id for move in repair.moves}
    if repair.kind is RepairKind.SURROUNDING:
        return f"Give it to {name}, which lies around it."
    if repair.kind is RepairKind.GIVE_AWAY:
        if len(takers) > 1:
            return "Give what is cut off to the neighbours that it shares most border with."
        return f"Give what is cut off to {name}, with which it shares most border."
    if repair.kind is RepairKind.CORRIDOR:
        return f"Let {name} take the way to what is cut off."
    return "For each part that is cut off, do what moves least."


def effect_sentence(repair: Repair, workspace: Workspace) -> str:
    """What a proposal would do, in one line."""
    effect = repair.effect
    if effect is None:
        return "No account changes hands."
    measure = workspace.main_account_measure
    moved = plural(effect.account_count, "account", "accounts")
    areas = plural(effect.unit_count, "area", "areas")
    value = effect.moved_of(measure.id)
    words = f"Moves {areas} with {moved}"
    if measure.id:
        words += f" ({measure.name} {measure_value(value, measure.kind)})"
    changes = [
        f"{workspace.territory(each.territory_id).name}"
        f" {signed_percent(each.deviation_before)} → {signed_percent(each.deviation_after)}"
        for each in effect.territories[:3]
        if each.deviation_after is not None
    ]
    text = f"{words}. {' · '.join(changes)}".strip()
    split = [workspace.territory(each.territory_id).name for each in effect.splits]
    return f"{text} Cuts something off {_listed(split)}." if split else text


def _listed(names: list[str]) -> str:
    return " and ".join(dict.fromkeys(names)) or "nobody"
