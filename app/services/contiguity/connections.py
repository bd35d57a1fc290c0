# SPDX-License-Identifier: MIT
"""What touches what in one open plan, kept until an edit changes it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from app.models.geounit_link import GeoUnitLink
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import UnitClaims
from app.services.contiguity.borders import Borders
from app.services.contiguity.plan_graph import PlanGraph, plan_graph
from app.services.contiguity.seams import Seams
from app.services.geography.geography import Geography
from app.services.scenario_state import ScenarioState
from app.services.store.store import Store

IntArray = npt.NDArray[np.int32]


class Connections:
    """Borders, links and the graph of a plan.

    Args:
        store: Holds the links.
        state: Who holds what.
        geography: Tells the plan's areas of now.
    """

    def __init__(
        self, store: Store, state: ScenarioState, geography: Callable[[], Geography]
    ) -> None:
        self._store = store
        self._state = state
        self._geography = geography
        self._borders: Borders | None = None
        self._links: tuple[GeoUnitLink, ...] | None = None
        self._graph: tuple[UnitClaims, PlanGraph] | None = None
        self._seams: Seams | None = None

    @property
    def borders(self) -> Borders:
        """All units and their borders."""
        geography = self._geography()
        if self._borders is None or not self._borders.is_of(geography):
            self._borders = Borders.of(geography)
        return self._borders

    @property
    def links(self) -> tuple[GeoUnitLink, ...]:
        """The links of the plan, by id."""
        if self._links is None:
            sql = "SELECT geounit_a, geounit_b, note FROM geounit_link"
            rows = self._store.rows(f"{sql} ORDER BY geounit_a, geounit_b")
            self._links = tuple(
                GeoUnitLink(GeoUnitId(str(a)), GeoUnitId(str(b)), str(note)) for a, b, note in rows
            )
        return self._links

    @property
    def graph(self) -> PlanGraph:
        """The graph of the plan as it is."""
        claims = self._state.claims
        # The claims are computed anew whenever an edit changes who holds what.
        if self._graph is None or self._graph[0] is not claims:
            self._graph = claims, self.graph_with(claims)
        return self._graph[1]

    def graph_with(self, claims: UnitClaims) -> PlanGraph:
        """The graph of the plan as it would be with other claims."""
        return plan_graph(
            self.borders,
            claims,
            self._state.alignment,
            self._state.position_by_territory,
            tuple((link.geounit_a, link.geounit_b) for link in self.links),
            self._seam_ends(claims),
        )

    def _seam_ends(self, claims: UnitClaims) -> tuple[IntArray, IntArray]:
        borders = self.borders
        if self._seams is None or self._seams.borders is not borders:
            self._seams = Seams(borders, self._geography())
        return self._seams.ends(claims)

    def units_that_split(self, territory: TerritoryId) -> tuple[GeoUnitId, ...]:
        """The units of a territory without which a connected part of it would fall apart."""
        position = self._state.position_by_territory[territory]
        return self.graph.graph.geounits(self.graph.splitting_nodes(position))

    def forget_links(self) -> None:
        """Read the links again when they are next asked for."""
        self._links = self._graph = None
