# SPDX-License-Identifier: MIT
"""What the check of a plan works on: a frozen copy that a worker may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.models.drawn_area import DrawnArea
from app.models.faults import Fault, FaultKind, Severity
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.reports import BalanceReport
from app.models.territory import Territory
from app.services.account_table import AccountTable
from app.services.alignment import Alignment, UnitClaims, territories_by_area
from app.services.contiguity.parts import Parts
from app.services.contiguity.plan_graph import PlanGraph
from app.services.geography.geography import Geography
from app.services.serving import ServedBy
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CheckFacts:
    """A plan at one moment.

    Attributes:
        territories: In position order.
        leaves: Those that are compared.
        plan: Its units at the finest level used and who holds them.
        alignment: All assignments.
        accounts: All accounts.
        served: Per account a territory position, `NOBODY` or `IN_DISPUTE`.
        values: Per account its main measure.
        balance: Of the main measure.
        geography: Supplies names.
        claims: Every geounit resolved.
        holders: The territories to which anything is assigned.
        direct: Row of an account in dispute -> the territories that claim the account itself.
        broken_locks: Locked accounts and areas that are elsewhere, with the territory of the lock.
        together: Pairs of accounts that are together although they must stay apart.
        drawn: The drawn areas, each with the rows of the accounts in it about which neither a name,
            a family nor a rule decides.
    """

    territories: tuple[Territory, ...]
    leaves: frozenset[TerritoryId]
    plan: PlanGraph
    alignment: Alignment
    accounts: AccountTable
    served: IntArray
    values: FloatArray
    balance: BalanceReport
    geography: Geography
    claims: UnitClaims
    holders: frozenset[TerritoryId]
    direct: Mapping[int, frozenset[TerritoryId]]
    broken_locks: Mapping[AccountId | GeoUnitId, TerritoryId]
    together: tuple[tuple[AccountId, AccountId], ...]
    drawn: tuple[tuple[DrawnArea, LongArray], ...]

    @cached_property
    def by_area(self) -> IntArray:
        """Per account who would serve it were there only areas."""
        return territories_by_area(self.claims, self.accounts.unit_index)

    @cached_property
    def node(self) -> IntArray:
        """Per account the node that contains it, -1 where it is known too roughly."""
        return self.plan.graph.nodes_at(self.accounts.unit_index)

    @cached_property
    def worth(self) -> FloatArray:
        """Per node its sum of the main measure."""
        return self.plan.worth(self.accounts.unit_index, self.values)

    @cached_property
    def account_counts(self) -> npt.NDArray[np.int64]:
        """Per node its number of accounts."""
        known = self.node[self.node >= 0]
        return np.bincount(known, minlength=len(self.plan.graph)).astype(np.int64)

    @cached_property
    def parts(self) -> Parts:
        """The connected parts of all territories."""
        return self.plan.parts(self.worth)

    def fault(
        self,
        kind: FaultKind,
        severity: Severity,
        territories: Sequence[int],
        nodes: npt.NDArray[np.integer],
        parts: Sequence[npt.NDArray[np.integer]] = (),
    ) -> Fault:
        """A finding at nodes, with what is there.

        Args:
            kind, severity: What it is.
            territories: Positions, the one at fault first.
            nodes: Where it is.
            parts: See `Fault.parts`.
        """
        return Fault(
            kind=kind,
            severity=severity,
            territory_ids=tuple(self.territories[at].id for at in territories),
            geounits=self.plan.graph.geounits(nodes),
            name=self.place(nodes),
            account_count=int(self.account_counts[nodes].sum()),
            value=float(self.worth[nodes].sum()),
            parts=tuple(self.plan.graph.geounits(part) for part in parts),
        )

    def place(self, nodes: npt.NDArray[np.integer]) -> str:
        """Nodes in words: the one with most accounts, and how many more there are."""
        if not len(nodes):
            return ""
        first = nodes[np.argmax(self.account_counts[nodes])]
        name = self.geography.name(self.plan.graph.geounits([int(first)])[0])
        return name if len(nodes) == 1 else f"{name} and {len(nodes) - 1:,} more"


def check_facts(workspace: Workspace) -> CheckFacts:
    """The plan as it is now; some milliseconds."""
    state = workspace.state
    alignment = state.alignment
    by_drawing = workspace.served.step == ServedBy.DRAWN
    # The state goes on changing its own dictionaries with every edit.
    frozen = Alignment(dict(alignment.units), alignment.holes, dict(alignment.accounts))
    return CheckFacts(
        territories=workspace.territories,
        leaves=frozenset(leaf.id for leaf in workspace.leaf_territories),
        plan=workspace.connections.graph,
        alignment=frozen,
        accounts=workspace.accounts,
        served=workspace.account_territory,
        values=workspace.accounts.measure(workspace.main_account_measure.id),
        balance=workspace.balance(workspace.main_measure.id),
        geography=workspace.geography,
        claims=state.claims,
        holders=state.holders(),
        direct=state.direct_claims(workspace.accounts),
        broken_locks=workspace.guard.broken_locks(),
        together=workspace.guard.together(),
        drawn=tuple(
            (area, rows[by_drawing[rows]])
            for area in state.drawn.areas
            for rows in (state.drawn.rows_in(area, workspace.accounts),)
        ),
    )
