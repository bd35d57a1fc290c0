# SPDX-License-Identifier: MIT
"""A first version of an open plan's sales force, with what it would lead to."""

from collections.abc import Callable
from dataclasses import dataclass

from app.models.ids import MeasureId
from app.services.builders.first_version import (
    KindChoice,
    KindSource,
    Market,
    VersionChoice,
    first_version,
    kinds_of,
    usually_left_out,
)
from app.services.builders.guide import FirstVersion
from app.services.builders.kinds import Kind
from app.services.builders.present import PresentForce
from app.services.builders.preview import BuildPreview, MarketFacts, preview
from app.services.commands.force_draft import ForceBuild
from app.services.force_contents import Fate, fates
from app.services.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Proposal:
    """What would be built.

    Attributes:
        builds: The sales force that is meant, then its specialists.
        previews: What each would look like.
        fates: What of the present territories stays and goes.
        kinds: The kinds of customers to choose from; none where it is by area alone.
        left_out: Labels of those that get no territory.
    """

    builds: tuple[ForceBuild, ...]
    previews: tuple[BuildPreview, ...]
    fates: tuple[Fate, ...]
    kinds: tuple[Kind, ...] = ()
    left_out: frozenset[str] = frozenset()


def market_of(workspace: Workspace, measure: MeasureId, written: Callable[[float], str]) -> Market:
    """What builders look at, of the plan as it is now.

    Args:
        workspace: The open plan.
        measure: The measure that weighs.
        written: How a limit of size is written.
    """
    accounts = workspace.accounts
    return Market(
        accounts,
        workspace.geography,
        workspace.rule_facts,
        workspace.reps,
        workspace.records.products,
        workspace.records.owner_aliases,
        accounts.measure(measure),
        accounts.measure,
        written,
        tuple(force.name for force in workspace.sales_forces),
    )


def proposing(
    workspace: Workspace, choice: VersionChoice, measure: MeasureId, market: Market
) -> Callable[[], Proposal]:
    """Work for a worker that makes the proposal of a choice.

    The work raises `EditRejected` where the plan lacks what the choice needs.

    Args:
        workspace: The open plan; it is read now and not by the work.
        choice: How the market is to be divided.
        measure: The measure of `market`.
        market: From `market_of`.
    """
    force = choice.target.force
    present = PresentForce() if force is None else PresentForce.of(workspace, force)
    tolerance = workspace.settings.tolerance_fraction

    def work() -> Proposal:
        builds = first_version(choice, market, present)
        seen = MarketFacts(
            market.accounts, market.geography, market.facts, measure, market.measure, tolerance
        )
        nothing = PresentForce()
        previews = tuple(
            preview(build, nothing if place else present, seen)
            for place, build in enumerate(builds)
        )
        names = [each.name for each in builds[0].draft.territories]
        kept = () if choice.target.keeps_present else fates(present.contents, names)
        kinds = _kinds_to_choose(choice, market)
        left_out = choice.kinds.left_out
        if left_out is None:
            left_out = usually_left_out(choice.version, kinds)
        return Proposal(builds, previews, kept, kinds, left_out)

    return work


def _kinds_to_choose(choice: VersionChoice, market: Market) -> tuple[Kind, ...]:
    if choice.version is FirstVersion.AREAS:
        return ()
    if choice.version is FirstVersion.PRODUCTS:
        return kinds_of(KindChoice(KindSource.LINE), market)
    return kinds_of(choice.kinds, market)
