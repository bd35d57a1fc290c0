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
        state: Tells who holds what.
        geography: Tells the plan's areas of now.
    """

    def __init__(
        self,
        store: Store,
        state: Callable[[], ScenarioState],
        geography: Callable[[], Geography],
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
        claims = self._state().claims
        # The claims are computed anew whenever an edit changes who holds what.
        if self._graph is None or self._graph[0] is not claims:
            self._graph = claims, self.graph_with(claims)
        return self._graph[1]

    def graph_with(self, claims: UnitClaims) -> PlanGraph:
        """The graph of the plan as it would be with other claims."""
        return plan_graph(
            self.borders,
            claims,
            self._state().alignment,
            self._state().position_by_territory,
            tuple((link.geounit_a, link.geounit_b) for link in self.links),
            self._seam_ends(claims),
        )

    def _seam_ends(self, claims: UnitClaims) -> tuple[IntArray, IntArray]:
        borders = self.borders
        if self._seams is None or self._seams.borders is not borders:
            self._seams = Seams(borders, self._geography())
        return self._seams.ends(claims)

    def seam_work(self) -> Callable[[], Seams]:
        """What the graph needs to know of how areas are drawn, as work for another thread.

        It takes up to a second with exact areas. `take_seams` receives its result; without it
        the graph finds the same when it is first asked for.
        """
        geography, claims, known = self._geography(), self._state().claims, self._seams

        def work() -> Seams:
            is_known = known is not None and known.borders.is_of(geography)
            seams = known if is_known and known else Seams(Borders.of(geography), geography)
            seams.ends(claims)
            return seams

        return work

    def take_seams(self, seams: Seams) -> None:
        """Keep what `seam_work` has found, unless the plan has other areas by now."""
        is_new = self._seams is None or not self._seams.borders.is_of(self._geography())
        if is_new and seams.borders.is_of(self._geography()):
            self._borders, self._seams = seams.borders, seams

    def units_that_split(self, territory: TerritoryId) -> tuple[GeoUnitId, ...]:
        """The units of a territory without which a connected part of it would fall apart.

        None where the territory need not hang together.
        """
        position = self._state().position_by_territory[territory]
        if not self._state().territories[position].must_connect:
            return ()
        return self.graph.graph.geounits(self.graph.splitting_nodes(position))

    def forget_links(self) -> None:
        """Read the links again when they are next asked for."""
        self._links = self._graph = None
