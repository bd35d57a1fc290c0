# SPDX-License-Identifier: MIT
"""What can be done about a finding of the check, with its effect."""

from app.models.edit_effect import Move
from app.models.faults import Fault, FaultKind
from app.models.repairs import Repair, RepairKind
from app.services.edit_effect import effect_of_moves
from app.services.repairs import repairs_for
from app.services.workspace import Workspace

FIXABLE = frozenset((FaultKind.NOT_CONNECTED, FaultKind.ENCLAVE, FaultKind.HOLE, FaultKind.ISLAND))
"""Findings for which `fixes_for` may know something."""


def fixes_for(workspace: Workspace, fault: Fault) -> tuple[Repair, ...]:
    """Proposals that end a finding, the one that moves least first.

    Args:
        workspace: The open plan, unchanged since the check.
        fault: One finding.

    Returns:
        Empty where nothing can be proposed, above all because of locks.
    """
    if fault.kind not in FIXABLE or not all(map(workspace.has_territory, fault.territory_ids)):
        return ()
    if fault.kind is FaultKind.HOLE:
        return _given_to_surrounding(workspace, fault)
    repairs = repairs_for(workspace, fault.territory_ids[0])
    is_island = fault.kind is FaultKind.ISLAND
    found = tuple(repair for repair in repairs if (repair.kind is RepairKind.LINK) == is_island)
    if fault.kind is FaultKind.ENCLAVE:
        return (*_given_to_surrounding(workspace, fault), *found)
    return found


def _given_to_surrounding(workspace: Workspace, fault: Fault) -> tuple[Repair, ...]:
    """The territory around, the last that the finding names, takes its units."""
    if any(workspace.territory(territory).is_locked for territory in fault.territory_ids):
        return ()
    moves = (Move(fault.geounits, fault.territory_ids[-1]),)
    return (Repair(RepairKind.SURROUNDING, moves, effect_of_moves(workspace, moves)),)
