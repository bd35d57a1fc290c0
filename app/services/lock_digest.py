# SPDX-License-Identifier: MIT
"""What a territory holds, as one short text: to see later whether a locked one has moved."""

import hashlib
from collections.abc import Callable

from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import Alignment


def lock_digest(
    territory: TerritoryId,
    alignment: Alignment,
    parent: Callable[[GeoUnitId], GeoUnitId | None],
) -> str:
    """SHA-256 over all that a territory holds and over what is taken out of it.

    Covered are the units that are assigned to it, alone or with others, the units inside them that
    others hold or that are nobody's, and its named accounts. The order in which it was assigned,
    its name and its colour do not count, nor do accounts that come and go in its units.

    Args:
        territory: Whose.
        alignment: All assignments of the scenario.
        parent: The unit that contains a unit, None at the top.
    """
    held = {unit for unit, claim in alignment.units.items() if territory in claim}
    lines = [f"+{unit} {sorted(alignment.units[unit])}" for unit in held]
    if held:
        levels = {unit.partition(":")[0] for unit in held}
        others = [unit for unit in alignment.units if unit not in held]
        lines += [
            f"-{unit}"
            for unit in (*others, *alignment.holes)
            if levels != {unit.partition(":")[0]} and _is_within(unit, held, parent)
        ]
    lines += [
        f"@{account} {sorted(claim)}"
        for account, claim in alignment.accounts.items()
        if territory in claim
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _is_within(
    unit: GeoUnitId, held: set[GeoUnitId], parent: Callable[[GeoUnitId], GeoUnitId | None]
) -> bool:
    above = parent(unit)
    while above is not None:
        if above in held:
            return True
        above = parent(above)
    return False
