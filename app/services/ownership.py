# SPDX-License-Identifier: MIT
"""Who serves one account, and why."""

from collections.abc import Mapping, Sequence

from app.models.drawn_area import DrawnArea
from app.models.ids import AccountId, TerritoryId
from app.models.reports import Ownership
from app.services.account_table import AccountTable
from app.services.alignment import Alignment
from app.services.deciding import account_chain, deciding_level
from app.services.geography.geography import Geography


def ownership_of(
    account: AccountId,
    alignment: Alignment,
    accounts: AccountTable,
    geography: Geography,
    name_by_territory: Mapping[TerritoryId, str],
    drawn: Sequence[DrawnArea] = (),
) -> Ownership:
    """Who serves the account, and the step that decided it.

    Args:
        account: Which.
        alignment: The scenario's assignments.
        accounts: All accounts.
        geography: Supplies names.
        name_by_territory: All territories.
        drawn: The drawn areas that contain the account.
    """
    named = alignment.accounts.get(account)
    if named:
        reason = "Assigned by name, whatever its area says."
        return Ownership(tuple(sorted(named)), reason, is_by_name=True)
    if drawn:
        return _by_drawn_areas(drawn, name_by_territory)
    row = accounts.row_of(account)
    chain = account_chain(accounts, row, geography) if row >= 0 else {}
    if not chain:
        return Ownership((), "It has no place on the map, and nobody has it by name.")
    unit = deciding_level(chain, alignment)
    if unit is None:
        finest = geography.name(list(chain.values())[-1])
        return Ownership((), f"It lies in {finest}, which no territory holds.")
    name = geography.name(unit)
    if unit in alignment.holes:
        return Ownership((), f"{name} was taken out of the territory around it.")
    claim = tuple(sorted(alignment.units[unit]))
    names = " and ".join(name_by_territory[t] for t in claim)
    return Ownership(claim, f"It lies in {name}, which belongs to {names}.")


def _by_drawn_areas(
    drawn: Sequence[DrawnArea], name_by_territory: Mapping[TerritoryId, str]
) -> Ownership:
    claim = tuple(sorted({area.territory_id for area in drawn}))
    areas = " and ".join(area.name for area in drawn)
    noun = "drawn area" if len(drawn) == 1 else "drawn areas"
    names = " and ".join(name_by_territory[t] for t in claim)
    verb = "belongs" if len(drawn) == 1 else "belong"
    return Ownership(claim, f"It lies in the {noun} {areas}, which {verb} to {names}.")
