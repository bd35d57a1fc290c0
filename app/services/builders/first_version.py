# SPDX-License-Identifier: MIT
"""The first version of a sales force, as the user chose to divide the market."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import MeasureId, RepId
from app.models.product import Product
from app.models.rep import Rep
from app.models.rule import AllOf, PlaceOperator, PlaceTest
from app.models.sales_force import ForceModel
from app.services.account_table import AccountTable
from app.services.alignment import unit_claims
from app.services.builders.by_count import by_count
from app.services.builders.by_kind import AreaBase, by_kind, crossed, land_by_position
from app.services.builders.guide import FirstVersion
from app.services.builders.homes import nearest_home
from app.services.builders.kinds import (
    Kind,
    buyers_by_line,
    even_edges,
    kinds_by_line,
    kinds_by_size,
    kinds_by_text,
)
from app.services.builders.owners import OwnerRules, from_owners
from app.services.builders.present import PresentForce
from app.services.commands.build import DraftTerritory
from app.services.commands.force_draft import ForceBuild, ForceDraft, ForceTarget
from app.services.commands.territories import MAX_NAME_LENGTH
from app.services.geography.geography import Geography
from app.services.importing.owners import RepFinder
from app.services.rules.columns import RuleFacts

FloatArray = npt.NDArray[np.float64]

_MOST_LETTERS = MAX_NAME_LENGTH - 8
"""Of a name, so that there is room for a number."""


class AreaSource(Enum):
    """Where territories by area come from."""

    OWNERS = "owners"
    HOMES = "homes"
    COUNT = "count"
    PRESENT = "present"
    """They are there already and stay."""


class KindSource(Enum):
    """What tells kinds of customers apart; the values of the first three are columns."""

    SEGMENT = "segment"
    INDUSTRY = "industry"
    STATUS = "status"
    SIZE = "size"
    LINE = "line"
    """The product line that they buy most of."""


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """How the territories by area are made.

    Attributes:
        rules: For homes and a number, only its level counts.
        count: How many, for a number of territories.
    """

    source: AreaSource = AreaSource.OWNERS
    rules: OwnerRules = field(default_factory=OwnerRules)
    count: int = 4

    @property
    def level(self) -> GeoLevel:
        """The level of the areas."""
        return self.rules.level


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Which kinds of customers there are, and which of them get territories of their own.

    Attributes:
        size: The measure, for classes of size.
        classes: How many classes of size.
        left_out: Labels of the kinds that get none; None for the usual ones, see
            `usually_left_out`.
    """

    source: KindSource = KindSource.SEGMENT
    size: MeasureId = MeasureId(0)
    classes: int = 3
    left_out: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """How the market is to be divided.

    Attributes:
        target: The sales force; `ForceTarget.model` follows from the version.
        has_specialists: A sales force for each product line goes over it, for all that buy it.
    """

    version: FirstVersion
    target: ForceTarget
    areas: AreaChoice = field(default_factory=AreaChoice)
    kinds: KindChoice = field(default_factory=KindChoice)
    has_specialists: bool = False


@dataclass(frozen=True, eq=False)
class Market:
    """What builders look at, frozen for a worker.

    Attributes:
        owner_aliases: Which rep an owner value means.
        measure: The measure that weighs, per account.
        sizes: Gives the values of any measure, per account.
        written: How a limit of size is written.
        force_names: Of the sales forces that are there.
    """

    accounts: AccountTable
    geography: Geography
    facts: RuleFacts
    reps: tuple[Rep, ...]
    products: tuple[Product, ...]
    owner_aliases: Mapping[str, RepId]
    measure: FloatArray
    sizes: Callable[[MeasureId], FloatArray]
    written: Callable[[float], str] = "{:,.0f}".format
    force_names: tuple[str, ...] = ()


MODEL_BY_VERSION = {
    FirstVersion.AREAS: ForceModel.GEOGRAPHIC,
    FirstVersion.CUSTOMERS: ForceModel.CUSTOMER,
    FirstVersion.PRODUCTS: ForceModel.PRODUCT,
    FirstVersion.CARVED: ForceModel.HYBRID,
    FirstVersion.CROSSED: ForceModel.HYBRID,
}


def first_version(
    choice: VersionChoice, market: Market, present: PresentForce
) -> tuple[ForceBuild, ...]:
    """The sales forces that a choice leads to: the one that is meant, then its specialists.

    Args:
        choice: How the market is to be divided.
        market: Accounts, areas, reps, products.
        present: The target as it is.

    Raises:
        EditRejected: The plan lacks what the choice needs.
    """
    draft = _sparing_locked(_draft(choice, market, present), market, present)
    draft = _with_usable_names(draft)
    if not draft.territories:
        raise EditRejected(
            "This would make no territory at all.",
            meaning="Nothing was changed.",
            remedy="Choose another way to divide the market.",
        )
    main = ForceBuild(choice.target, draft)
    return (main, *_specialists(market)) if choice.has_specialists else (main,)


def kinds_of(choice: KindChoice, market: Market) -> tuple[Kind, ...]:
    """The kinds of customers that a choice tells apart, all of them.

    Raises:
        FieldMissing: The plan has no such measure any more.
    """
    if choice.source is KindSource.LINE:
        return kinds_by_line(market.products, market.facts, market.measure)
    if choice.source is KindSource.SIZE:
        sizes = market.sizes(choice.size)
        edges = even_edges(sizes, choice.classes)
        return kinds_by_size(choice.size, sizes, edges, market.measure, market.written)
    column = choice.source.value
    return kinds_by_text(market.accounts, market.facts, column, market.measure)


def usually_left_out(version: FirstVersion, kinds: Sequence[Kind]) -> frozenset[str]:
    """The kinds that get no territory of their own unless the user says so.

    Carved out is the kind with the largest value per account; areas are divided by all kinds but
    the one with most accounts, which stays with the areas. Accounts of which nothing is said stay
    there too.
    """
    given = [kind for kind in kinds if not kind.is_rest]
    if version not in (FirstVersion.CARVED, FirstVersion.CROSSED) or not given:
        return frozenset()
    rest = {kind.label for kind in kinds if kind.is_rest}
    if version is FirstVersion.CARVED:
        largest = max(given, key=lambda kind: kind.value / max(len(kind.rows), 1))
        return frozenset(rest | {kind.label for kind in given if kind is not largest})
    if len(given) > 1:
        rest.add(max(given, key=lambda kind: len(kind.rows)).label)
    return frozenset(rest)


def _draft(choice: VersionChoice, market: Market, present: PresentForce) -> ForceDraft:
    version = choice.version
    if version is FirstVersion.AREAS:
        return ForceDraft(_by_area(choice.areas, market))
    if version is FirstVersion.PRODUCTS:
        kinds = _chosen(version, replace(choice.kinds, source=KindSource.LINE), market)
        return by_kind(kinds, market.reps, _lines)
    kinds = _chosen(version, choice.kinds, market)
    if version is FirstVersion.CUSTOMERS:
        return by_kind(kinds, market.reps, _knowledge(choice.kinds))
    is_present = choice.areas.source is AreaSource.PRESENT
    base = () if is_present else _by_area(choice.areas, market)
    if version is FirstVersion.CARVED:
        special = by_kind(kinds, market.reps, _knowledge(choice.kinds))
    elif is_present:
        special = crossed(_present_base(present, market), kinds, market.accounts, market.geography)
    else:
        land = AreaBase.of_drafts(base, market.geography)
        special = crossed(land, kinds, market.accounts, market.geography)
    return special.with_base(ForceDraft(base))


def _by_area(choice: AreaChoice, market: Market) -> tuple[DraftTerritory, ...]:
    accounts, geography = market.accounts, market.geography
    if choice.source is AreaSource.HOMES:
        return nearest_home(accounts, market.reps, geography, choice.level)
    if choice.source is AreaSource.COUNT:
        return by_count(accounts, market.measure, geography, choice.level, choice.count)
    if choice.source is AreaSource.PRESENT:
        return ()
    finder = RepFinder(market.reps, market.owner_aliases)
    return from_owners(accounts, finder, market.measure, geography, choice.rules)


def _chosen(version: FirstVersion, choice: KindChoice, market: Market) -> tuple[Kind, ...]:
    """The kinds that get territories.

    Raises:
        EditRejected: There is none.
    """
    kinds = kinds_of(choice, market)
    left_out = choice.left_out
    if left_out is None:
        left_out = usually_left_out(version, kinds)
    found = tuple(kind for kind in kinds if kind.label not in left_out and len(kind.rows))
    if not any(not kind.is_rest for kind in kinds):
        raise EditRejected(
            _MISSING[choice.source],
            meaning="There is nothing to tell kinds of customers apart by.",
            remedy="Choose something else, or import that column first.",
        )
    if not found:
        raise EditRejected(
            "No kind of customers is chosen.",
            meaning="There would be no territory for any of them.",
            remedy="Tick at least one.",
        )
    return found


_MISSING = {
    KindSource.SEGMENT: "No account has a segment.",
    KindSource.INDUSTRY: "No account has an industry.",
    KindSource.STATUS: "No account has a status.",
    KindSource.SIZE: "No account has a value of this measure.",
    KindSource.LINE: "The plan has no product lines.",
}


def _present_base(present: PresentForce, market: Market) -> AreaBase:
    positions = {each.id: at for at, each in enumerate(present.territories)}
    claims = unit_claims(present.alignment, market.geography, positions)
    return AreaBase.of_territories(present.territories, claims)


def _sparing_locked(draft: ForceDraft, market: Market, present: PresentForce) -> ForceDraft:
    """The draft with rules that take no account out of the areas of a locked territory."""
    locked = [at for at, each in enumerate(present.territories) if each.is_locked]
    if not locked or not draft.rules:
        return draft
    base = _present_base(present, market)
    lands = land_by_position(base.claims, market.geography, len(base.names))
    land = tuple(unit for at in locked for unit in lands[at])
    if not land:
        return draft
    elsewhere = PlaceTest(PlaceOperator.NOT_IN, land)
    rules = (replace(r, condition=AllOf((r.condition, elsewhere))) for r in draft.rules)
    return replace(draft, rules=tuple(rules))


def _specialists(market: Market) -> list[ForceBuild]:
    """A sales force per product line, with one territory for all that buy it."""
    taken = {name.casefold() for name in market.force_names}
    builds: list[ForceBuild] = []
    for kind in buyers_by_line(market.products, market.facts, market.measure):
        if not len(kind.rows):
            continue
        name = _free(f"{kind.label} specialists", taken)
        draft = by_kind((kind,), market.reps, _lines)
        builds.append(ForceBuild(ForceTarget(ForceModel.PRODUCT, name=name), draft))
    if not builds:
        raise EditRejected(
            "No account buys from any product line.",
            meaning="There is nothing for specialists to serve.",
            remedy="Import products with their lines, and sales, first.",
        )
    return builds


def _free(name: str, taken: set[str]) -> str:
    """The name, short enough, with a number behind it where it is taken; taken from now on."""
    name = name if len(name) <= _MOST_LETTERS else f"{name[:_MOST_LETTERS].rstrip()}…"
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{name} {number}", number + 1
    taken.add(found.casefold())
    return found


def _with_usable_names(draft: ForceDraft) -> ForceDraft:
    """The draft with names that are short enough, none of them twice."""
    taken: set[str] = set()
    territories = tuple(
        DraftTerritory(_free(each.name, taken), each.color_index, each.geounits, each.rep)
        for each in draft.territories
    )
    return ForceDraft(territories, draft.rules)


def _lines(rep: Rep) -> Sequence[str]:
    return rep.product_lines


def _segments(rep: Rep) -> Sequence[str]:
    return rep.segments


def _knowledge(choice: KindChoice) -> Callable[[Rep], Sequence[str]]:
    return _lines if choice.source is KindSource.LINE else _segments
