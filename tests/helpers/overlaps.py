# SPDX-License-Identifier: MIT
"""What several territories of an open plan claim, one item after the other."""

from app.models.reports import OverlapReport
from app.services.overlap import overlap_report
from app.services.workspace import Workspace


def overlaps_of(plan: Workspace) -> OverlapReport:
    """What more than one territory claims, valued by the main measure of accounts."""
    return overlap_report(
        plan.state.alignment,
        plan.accounts,
        plan.account_territory,
        plan.accounts.measure(plan.main_account_measure.id),
        plan.geography,
        plan.state.direct_claims(plan.accounts),
    )
