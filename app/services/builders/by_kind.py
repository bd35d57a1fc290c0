# SPDX-License-Identifier: MIT
"""Drafts of sales forces that are divided by kinds of customers or product lines, or by both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.models.ids import GeoUnitId, TerritoryId
from app.models.rep import Rep
from app.models.rule import AllOf, PlaceOperator, PlaceTest
from app.models.territory import PALETTE_SIZE, Territory
from app.services.account_table import AccountTable
from app.services.alignment import (
    Alignment,
    UnitClaims,
    held_by_level,
    territories_by_area,
    unit_claims,
)
from app.services.builders.expertise import Knows, reps_by_expertise
from app.services.builders.kinds import Kind
from app.services.commands.build import DraftTerritory
from app.services.commands.force_draft import DraftRule, ForceDraft
from app.services.geography.geography import Geography


def by_kind(kinds: Sequence[Kind], reps: Sequence[Rep], knows: Knows) -> ForceDraft:
    """One territory per kind, each with a rule, wherever its accounts are.

    Args:
        kinds: In the order of the rules; those without accounts get a territory too.
        reps: Who may hold them.
        knows: What a rep knows: segments, or product lines.
    """
    wanted = [kind.words[0] if len(kind.words) == 1 else "" for kind in kinds]
    found = reps_by_expertise(wanted, reps, knows)
    return ForceDraft(
        tuple(
            DraftTerritory(kind.label, place % PALETTE_SIZE, (), rep)
            for place, (kind, rep) in enumerate(zip(kinds, found, strict=True))
        ),
        tuple(DraftRule(kind.label, kind.condition, at) for at, kind in enumerate(kinds)),
    )


@dataclass(frozen=True, eq=False)
class AreaBase:
    """Territories by area, over which others are laid.

    Attributes:
        names, colors: Per position.
        claims: Every geounit resolved to a position.
    """

    names: tuple[str, ...]
    colors: tuple[int, ...]
    claims: UnitClaims

    @classmethod
    def of_drafts(cls, drafts: Sequence[DraftTerritory], geography: Geography) -> "AreaBase":
        """Territories that are built along with the others."""
        return cls(
            tuple(draft.name for draft in drafts),
            tuple(draft.color_index for draft in drafts),
            claims_of_drafts(drafts, geography),
        )

    @classmethod
    def of_territories(cls, territories: Sequence[Territory], claims: UnitClaims) -> "AreaBase":
        """Territories that are there already, in position order."""
        return cls(
            tuple(each.name for each in territories),
            tuple(each.color_index for each in territories),
            claims,
        )


def crossed(
    base: AreaBase, kinds: Sequence[Kind], accounts: AccountTable, geography: Geography
) -> ForceDraft:
    """The territories that take kinds of customers out of each territory of a base.

    The base keeps its areas and serves whom no kind takes. A pair of a territory and a kind
    without any account is left out.
    """
    served = territories_by_area(base.claims, accounts.unit_index)
    lands = land_by_position(base.claims, geography, len(base.names))
    territories: list[DraftTerritory] = []
    rules: list[DraftRule] = []
    for place, land in enumerate(lands):
        areas = PlaceTest(PlaceOperator.IN, land)
        for kind in kinds:
            if not land or not (served[kind.rows] == place).any():
                continue
            name = f"{base.names[place]} – {kind.label}"
            color = (base.colors[place] + len(territories) + 1) % PALETTE_SIZE
            rules.append(DraftRule(name, AllOf((kind.condition, areas)), len(territories)))
            territories.append(DraftTerritory(name, color, ()))
    return ForceDraft(tuple(territories), tuple(rules))


def claims_of_drafts(drafts: Sequence[DraftTerritory], geography: Geography) -> UnitClaims:
    """Every geounit resolved to the position of a draft."""
    units: dict[GeoUnitId, frozenset[TerritoryId]] = {}
    for place, draft in enumerate(drafts):
        own = frozenset((TerritoryId(place),))
        for unit in draft.geounits:
            units[unit] = units[unit] | own if unit in units else own
    positions = {TerritoryId(place): place for place in range(len(drafts))}
    return unit_claims(Alignment(units), geography, positions)


def land_by_position(
    claims: UnitClaims, geography: Geography, count: int
) -> list[tuple[GeoUnitId, ...]]:
    """Per position the areas that it holds alone, in as few and large areas as possible."""
    levels = [level for level in LEVELS_COARSE_TO_FINE if claims.is_used(level)]
    finest = levels[-1] if levels else LEVELS_COARSE_TO_FINE[0]
    held = held_by_level(claims, geography)
    found: list[list[GeoUnitId]] = [[] for _ in range(count)]
    for level in LEVELS_COARSE_TO_FINE[: finest.depth + 1]:
        whole = held[level]
        inside = np.zeros(len(whole), dtype=np.bool_)
        for above in LEVELS_COARSE_TO_FINE[: level.depth]:
            parents = geography.ancestors(level, above)
            inside |= (parents >= 0) & (held[above][parents] >= 0)
        places: list[int] = np.flatnonzero((whole >= 0) & ~inside).tolist()
        for at in places:
            found[int(whole[at])].append(geography.layer(level).geounits[at])
    return [tuple(own) for own in found]
