# SPDX-License-Identifier: MIT
"""A sales force before it is built: what its territories hold, and what of it stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.models.drawn_area import DrawnArea
from app.models.ids import GeoUnitId, SalesForceId, TerritoryId
from app.models.rule import Rule
from app.models.territory import Territory
from app.services.alignment import Alignment
from app.services.force_contents import KeptLand, TerritoryContents, read_contents
from app.services.workspace import Workspace


@dataclass(frozen=True, eq=False)
class PresentForce:
    """A sales force as it is, frozen for a worker; without arguments one that is not there yet.

    Attributes:
        territories: In position order.
        compared: The territories that are compared with one another.
        alignment: Areas, holes and named accounts.
        rules: In the order in which they are tried.
        families: Territories by family, for families that were assigned as a whole.
        keeps_families: Accounts of other families follow their head.
        drawn: The drawn areas.
        locked_areas: Areas that are locked themselves.
        contents: How much each territory holds.
    """

    territories: tuple[Territory, ...] = ()
    compared: frozenset[TerritoryId] = frozenset()
    alignment: Alignment = field(default_factory=Alignment)
    rules: tuple[Rule, ...] = ()
    families: Mapping[str, frozenset[TerritoryId]] = field(
        default_factory=dict[str, frozenset[TerritoryId]]
    )
    keeps_families: bool = False
    drawn: tuple[DrawnArea, ...] = ()
    locked_areas: frozenset[GeoUnitId] = frozenset()
    contents: tuple[TerritoryContents, ...] = ()

    @classmethod
    def of(cls, workspace: Workspace, force: SalesForceId) -> "PresentForce":
        """A sales force of the open plan."""
        state = workspace.state_of(force)
        alignment = state.alignment
        return cls(
            territories=state.territories,
            compared=frozenset(each.id for each in state.leaf_territories),
            alignment=Alignment(dict(alignment.units), alignment.holes, dict(alignment.accounts)),
            rules=state.rules,
            families=dict(state.serving.family_claims),
            keeps_families=state.serving.keeps_families,
            drawn=state.drawn.areas,
            locked_areas=frozenset(state.geounit_locks),
            contents=read_contents(workspace.document.store.rows, state.scenario, force),
        )

    @property
    def locked(self) -> frozenset[TerritoryId]:
        """The territories that nothing may change."""
        return frozenset(each.id for each in self.territories if each.is_locked)

    def kept_land(self, parent: Callable[[GeoUnitId], GeoUnitId | None]) -> KeptLand:
        """The areas that a builder leaves alone."""
        locked = self.locked
        held = {unit for unit, claim in self.alignment.units.items() if claim & locked}
        return KeptLand(self.locked_areas, held, parent)
