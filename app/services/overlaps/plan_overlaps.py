# SPDX-License-Identifier: MIT
"""What overlaps and gaps are worked out from: the plan at one moment, for any thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.drawn_area import DrawnArea
from app.models.ids import TerritoryId
from app.models.measure import Measure
from app.models.overlaps import PairReport
from app.services.alignment import IN_DISPUTE, NOBODY, Alignment, UnitClaims
from app.services.contiguity.borders import Borders
from app.services.contiguity.plan_graph import PlanGraph
from app.services.geography.geography import Geography
from app.services.overlaps.claim_items import ClaimItems, gap_items, overlap_items
from app.services.overlaps.claim_sets import (
    ClaimedAccounts,
    Disputes,
    SetNumbers,
    UnitSets,
    disputed_accounts,
    unit_sets,
)
from app.services.overlaps.ground import ClaimedLand, claimed_land, node_ground
from app.services.overlaps.pairs import DisputedValues, pair_report
from app.services.serving import ServedBy
from app.services.workspace import Workspace

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OverlapFacts:
    """A sales force at one moment.

    Attributes:
        territories: Ids in position order.
        plan: Its units at the finest level used and who holds them.
        claims: Every geounit resolved.
        alignment: All assignments of areas and accounts.
        accounts: The accounts with their claims.
        measures: By which overlaps and gaps are valued, the main one first.
        values: Per measure its value of every account.
        drawn_areas: The drawn areas.
        geography: How areas are named and drawn.
    """

    territories: tuple[TerritoryId, ...]
    plan: PlanGraph
    claims: UnitClaims
    alignment: Alignment
    accounts: ClaimedAccounts
    measures: tuple[Measure, ...]
    values: tuple[FloatArray, ...]
    drawn_areas: tuple[DrawnArea, ...]
    geography: Geography

    @property
    def borders(self) -> Borders:
        """All units under one number each."""
        return self.plan.graph.borders

    @cached_property
    def position_by_territory(self) -> Mapping[TerritoryId, int]:
        """Position of each territory."""
        return {territory: at for at, territory in enumerate(self.territories)}

    @cached_property
    def _found(self) -> tuple[SetNumbers, UnitSets, Disputes]:
        numbers = SetNumbers.of(len(self.territories))
        units = unit_sets(
            numbers, self.borders, self.claims, self.alignment, self.position_by_territory
        )
        return numbers, units, disputed_accounts(numbers, units, self.borders, self.accounts)

    @property
    def numbers(self) -> SetNumbers:
        """The sets of claimants that occur."""
        return self._found[0]

    @property
    def disputes(self) -> Disputes:
        """The accounts in dispute."""
        return self._found[2]

    @cached_property
    def overlaps(self) -> ClaimItems:
        """What several territories claim, the largest value first."""
        numbers, units, disputes = self._found
        found = overlap_items(disputes, units, self.borders, numbers)
        return found.largest_first(self.values[0])

    @cached_property
    def gaps(self) -> ClaimItems:
        """What nobody serves, the largest value first."""
        accounts = self.accounts
        found = gap_items(
            self.plan.graph, self.plan.owner, accounts.unit_index, accounts.unserved_rows
        )
        return found.largest_first(self.values[0])

    def land(self, check: Callable[[], object] = lambda: None) -> ClaimedLand:
        """All claimed land; it may take seconds where there are drawn areas.

        Args:
            check: Called now and then; raises where the work is to stop.
        """
        numbers, units, _ = self._found
        graph, drawn = self.plan.graph, None
        if self.drawn_areas:
            # Brings shapely, which takes 0.2 s and is of no use without drawn areas.
            from app.services.overlaps.drawn_ground import drawn_pieces  # noqa: PLC0415

            positions = self.position_by_territory
            drawn = drawn_pieces(graph, self.geography, self.drawn_areas, positions, check)
        return claimed_land(numbers.sets, *node_ground(graph, units), drawn)

    def pairs(self, land: ClaimedLand | None = None) -> PairReport:
        """The pairs of territories that overlap.

        Args:
            land: Claimed land; None leaves it out.
        """
        numbers, _, disputes = self._found
        is_assigned = self.accounts.served != NOBODY
        accounts = DisputedValues(disputes, is_assigned, self.values)
        return pair_report(self.territories, numbers.sets, accounts, land)


def overlap_facts(workspace: Workspace, measures: tuple[Measure, ...] = ()) -> OverlapFacts:
    """The sales force of a plan as it is now; some milliseconds.

    Args:
        workspace: The open plan.
        measures: Measures of accounts beside the main one.
    """
    state, accounts = workspace.state, workspace.accounts
    alignment = state.alignment
    # The state goes on changing its own dictionaries with every edit.
    frozen = Alignment(dict(alignment.units), alignment.holes, dict(alignment.accounts))
    position = {territory.id: at for at, territory in enumerate(workspace.territories)}
    served = state.served(accounts)
    said = state.serving.said(accounts, alignment.accounts)
    by_name = (served.territory == IN_DISPUTE) & (served.step <= ServedBy.FAMILY)
    by_name[said.follower] = False
    named = {
        row: frozenset(position[each] for each in state.claimants(row, accounts))
        for row in np.flatnonzero(by_name).tolist()
    }
    drawn = {position[territory]: rows for territory, rows in state.drawn.claims(accounts).items()}
    chosen = tuple(dict.fromkeys((workspace.main_account_measure, *measures)))
    return OverlapFacts(
        territories=tuple(position),
        plan=workspace.connections.graph,
        claims=state.claims,
        alignment=frozen,
        accounts=ClaimedAccounts(
            ids=accounts.ids,
            served=served.territory,
            unit_index=accounts.unit_index,
            named=named,
            follower=said.follower,
            head=said.leader,
            drawn=drawn,
        ),
        measures=chosen,
        values=tuple(accounts.measure(measure.id) for measure in chosen),
        drawn_areas=tuple(state.drawn.areas),
        geography=workspace.geography,
    )
