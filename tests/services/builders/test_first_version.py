# SPDX-License-Identifier: MIT
"""First versions of sales forces: what is previewed is what is built, and what holds stays."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, RepId, TerritoryId
from app.models.measure import ACCOUNT_COUNT
from app.models.rep import RosterRole
from app.models.rule import TextOperator, TextTest
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel
from app.services.builders.first_version import (
    MODEL_BY_VERSION,
    AreaChoice,
    AreaSource,
    KindChoice,
    KindSource,
    Market,
    VersionChoice,
    first_version,
)
from app.services.builders.guide import FirstVersion
from app.services.builders.owners import OwnerRules
from app.services.builders.present import PresentForce
from app.services.builders.preview import BuildPreview, MarketFacts, preview
from app.services.commands import (
    AssignAccounts,
    AssignGeoUnits,
    BuildForces,
    CreateTerritory,
    ForceBuild,
    ForceTarget,
    SetTerritoryLock,
)
from app.services.force_contents import Fate, Held, fates, read_contents
from app.services.rules.condition_text import condition_text
from app.services.workspace import Workspace
from tests.helpers.market_plan import market_workspace
from tests.helpers.tiny_plan import SALES

ZIPS = OwnerRules(level=GeoLevel.ZIP)
ANN, BOB = RepId(1), RepId(2)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """The market plan, without territories."""
    opened = market_workspace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def grown(plan: Workspace) -> Workspace:
    """The market plan with all that a sales force may hold.

    North holds county 01001 and, by name, account f; South holds state 02 without ZIP area 20003,
    by rule account c, and a family; Empty holds nothing; Fort is locked with county 01002.
    """
    for name in ("North", "South", "Empty", "Fort"):
        plan.run(CreateTerritory(name))
    north, south, _, fort = (each.id for each in plan.territories)
    plan.run(AssignGeoUnits((GeoUnitId("county:01001"),), north, "North"))
    plan.run(AssignGeoUnits((GeoUnitId("state:02"),), south, "South"))
    plan.run(AssignGeoUnits((GeoUnitId("zip:20003"),), None))
    plan.run(AssignGeoUnits((GeoUnitId("county:01002"),), fort, "Fort"))
    plan.run(AssignAccounts((AccountId(6),), north, "North"))
    plan.run(SetTerritoryLock(fort, is_locked=True, territory_name="Fort"))
    rule = condition_text(TextTest("external_id", TextOperator.IS, ("c",)))
    with plan.document.store.transaction() as tx:
        columns = ("id", "scenario_id", "sales_force_id", "position", "condition", "territory_id")
        tx.put("rule", columns, [(1, 1, 1, 1, rule, south)])
        tx.put("account", ("id", "family"), [(7, "Oilers"), (8, "Oilers")])
        tx.put(
            "family_assignment", ("scenario_id", "family", "territory_id"), [(1, "Oilers", south)]
        )
        roster = ("scenario_id", "territory_id", "rep_id", "role")
        primary = RosterRole.PRIMARY.value
        tx.put(
            "roster", roster, [(1, north, ANN, primary), (1, plan.territories[2].id, BOB, primary)]
        )
    return Workspace(plan.document, plan.geography)


def market(plan: Workspace) -> Market:
    return Market(
        plan.accounts,
        plan.geography,
        plan.rule_facts,
        plan.reps,
        plan.records.products,
        plan.records.owner_aliases,
        plan.accounts.measure(SALES),
        plan.accounts.measure,
        force_names=tuple(each.name for each in plan.sales_forces),
    )


def choice(version: FirstVersion, *, keeps: bool = False, **more: object) -> VersionChoice:
    target = ForceTarget(MODEL_BY_VERSION[version], FIRST_SALES_FORCE, keeps_present=keeps)
    areas = AreaChoice(AreaSource.PRESENT if keeps else AreaSource.COUNT, ZIPS, count=2)
    return VersionChoice(version, target, areas, **more)  # type: ignore[arg-type]


def built(plan: Workspace, wanted: VersionChoice) -> tuple[ForceBuild, ...]:
    return first_version(wanted, market(plan), PresentForce.of(plan, FIRST_SALES_FORCE))


def previewed(plan: Workspace, build: ForceBuild) -> BuildPreview:
    force = build.target.force
    present = PresentForce() if force is None else PresentForce.of(plan, force)
    sales = plan.accounts.measure(SALES)
    seen = MarketFacts(plan.accounts, plan.geography, plan.rule_facts, SALES, sales, 0.15)
    return preview(build, present, seen)


def by_name(plan: Workspace) -> dict[str, tuple[int, float]]:
    report = plan.balance(SALES)
    return {
        plan.territory(row.territory_id).name if row.territory_id else row.line.value: (
            row.account_count,
            row.total,
        )
        for row in report.rows
    }


def seen_by_name(found: BuildPreview) -> dict[str, tuple[int, float]]:
    return {
        found.lines[row.territory_id].name if row.territory_id is not None else row.line.value: (
            row.account_count,
            row.total,
        )
        for row in found.report.rows
    }


CHOICES = [
    *(
        choice(version, keeps=keeps, kinds=KindChoice(source))
        for version, keeps, source in product(
            (FirstVersion.CUSTOMERS, FirstVersion.CARVED, FirstVersion.CROSSED),
            (False, True),
            (KindSource.SEGMENT, KindSource.LINE),
        )
    ),
    choice(FirstVersion.CUSTOMERS, kinds=KindChoice(KindSource.SIZE, SALES, 2)),
    choice(FirstVersion.CARVED, kinds=KindChoice(left_out=frozenset(("Small", "No segment")))),
    choice(FirstVersion.PRODUCTS),
    choice(FirstVersion.PRODUCTS, keeps=True),
    choice(FirstVersion.AREAS),
]


@pytest.mark.parametrize("wanted", CHOICES)
def test_the_preview_is_what_the_edit_does(grown: Workspace, wanted: VersionChoice) -> None:
    before = by_name(grown)
    (build,) = built(grown, wanted)
    expected = seen_by_name(previewed(grown, build))
    told = fates(
        read_contents(grown.document.store.rows, grown.state.scenario, FIRST_SALES_FORCE),
        [each.name for each in build.draft.territories],
    )
    held_before = held(grown)
    grown.run(BuildForces((build,), "segments"))
    assert grown.sales_force.model is wanted.target.model
    assert by_name(grown) == expected
    if not wanted.target.keeps_present:
        assert_fates(told, held_before, grown)
    grown.undo()
    assert by_name(grown) == before


def held(plan: Workspace) -> dict[Held, set[tuple[object, ...]]]:
    """All rows of everything that territories hold."""
    rows = plan.document.store.rows
    return {each: set(rows(f"SELECT * FROM {each.value}")) for each in Held}  # noqa: S608


def assert_fates(
    told: tuple[Fate, ...], before: dict[Held, set[tuple[object, ...]]], plan: Workspace
) -> None:
    after = held(plan)
    for fate in told:
        if fate.held is not None:
            assert fate.kept == len(before[fate.held] & after[fate.held])
            assert fate.gone == len(before[fate.held] - after[fate.held])


def test_what_was_decided_by_name_or_locked_stays(grown: Workspace) -> None:
    """North keeps f, South its family, Fort its county and account d; Empty and its rep go."""
    (build,) = built(grown, choice(FirstVersion.CUSTOMERS))
    grown.run(BuildForces((build,), "segments"))
    served = {
        str(external): grown.territories[at].name if at >= 0 else ""
        for external, at in zip(
            grown.accounts.text("external_id"), grown.account_territory, strict=True
        )
    }
    assert served == {
        "a": "Enterprise",
        "b": "Small",
        "c": "Enterprise",
        "d": "Fort",
        "e": "Enterprise",
        "f": "North",
        "g": "South",
        "h": "South",
    }
    assert {each.name for each in grown.territories} == {
        "North",
        "South",
        "Fort",
        "Small",
        "Enterprise",
        "No segment",
    }
    assert grown.rep_of(id_of(grown, "North")) == grown.rep(ANN)
    assert grown.state.alignment.units_of(id_of(grown, "Fort")) == ("county:01002",)
    assert grown.state.alignment.units_of(id_of(grown, "North")) == ()


def test_a_locked_territory_neither_gains_nor_loses_by_a_build(grown: Workspace) -> None:
    """Account d lies in Fort's county; a rule of South takes it, and goes with the build."""
    rule = condition_text(TextTest("external_id", TextOperator.IS, ("d",)))
    with grown.document.store.transaction() as tx:
        tx.put("rule", ("id", "condition"), [(1, rule)])
    plan = Workspace(grown.document, grown.geography)
    (build,) = built(plan, choice(FirstVersion.CUSTOMERS))
    with pytest.raises(EditRejected, match="Fort is locked, and 1 account would come to it"):
        previewed(plan, build)
    with pytest.raises(EditRejected, match="Fort is locked, and 1 account would come to it"):
        plan.run(BuildForces((build,), "segments"))
    (build,) = built(plan, choice(FirstVersion.CUSTOMERS, keeps=True))
    previewed(plan, build)
    plan.run(BuildForces((build,), "segments"))


def id_of(plan: Workspace, name: str) -> TerritoryId:
    return next(each.id for each in plan.territories if each.name == name)


def test_a_territory_of_the_same_name_keeps_its_rep(grown: Workspace) -> None:
    (build,) = built(grown, choice(FirstVersion.CUSTOMERS))
    grown.run(BuildForces((build,), "segments"))
    small = id_of(grown, "Small")
    with grown.document.store.transaction() as tx:
        tx.put(
            "roster", ("scenario_id", "territory_id", "rep_id", "role"), [(1, small, 3, "primary")]
        )
    again = Workspace(grown.document, grown.geography)
    (build,) = built(again, choice(FirstVersion.CUSTOMERS))
    again.run(BuildForces((build,), "segments"))
    assert id_of(again, "Small") == small
    assert again.rep_of(small) == again.rep(RepId(3))
    assert len(again.state.rules) == 3


def test_building_twice_over_present_territories_repeats_no_rule(grown: Workspace) -> None:
    wanted = choice(FirstVersion.CARVED, keeps=True, kinds=KindChoice(left_out=frozenset()))
    for _ in range(2):
        (build,) = built(grown, wanted)
        grown.run(BuildForces((build,), "segments"))
    assert len(grown.state.rules) == 1 + 3


def test_specialists_get_a_sales_force_for_each_line(plan: Workspace) -> None:
    builds = built(plan, choice(FirstVersion.AREAS, has_specialists=True))
    plan.run(BuildForces(builds, "areas"))
    assert [(each.name, each.model) for each in plan.sales_forces] == [
        ("Field sales", ForceModel.GEOGRAPHIC),
        ("Clothing specialists", ForceModel.PRODUCT),
        ("Bikes specialists", ForceModel.PRODUCT),
        ("Oil specialists", ForceModel.PRODUCT),
    ]
    bikes = plan.sales_forces[2]
    state = plan.state_of(bikes.id)
    served = state.account_territory(plan.accounts) >= 0
    assert [str(each) for each in plan.accounts.text("external_id")[served]] == ["a", "b", "d"]
    assert state.rep_of(state.territories[0].id) == plan.rep(ANN)
    plan.undo()
    assert len(plan.sales_forces) == 1


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (choice(FirstVersion.CUSTOMERS, kinds=KindChoice(KindSource.INDUSTRY)), "has an industry"),
        (
            choice(
                FirstVersion.CUSTOMERS,
                kinds=KindChoice(left_out=frozenset(("Small", "Enterprise", "No segment"))),
            ),
            "No kind of customers is chosen",
        ),
    ],
)
def test_what_the_plan_lacks_is_said(plan: Workspace, wanted: VersionChoice, words: str) -> None:
    with pytest.raises(EditRejected, match=words):
        built(plan, wanted)


def test_the_preview_of_areas_alone_counts_everything_once(plan: Workspace) -> None:
    (build,) = built(plan, choice(FirstVersion.AREAS))
    found = previewed(plan, build)
    assert sum(row.account_count for row in found.report.rows) == len(plan.accounts)
    assert found.report.total == plan.accounts.measure(SALES).sum()
    assert sum(line.area_count for line in found.lines) == 7
    assert plan.balance(ACCOUNT_COUNT).territory_count == 0
