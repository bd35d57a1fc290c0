# SPDX-License-Identifier: MIT
"""Random edits of everything that decides who serves whom, against a look at each account.

The look reads the plan file row by row and knows nothing of the arrays that the program uses.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import AccountId, GeoUnitId, TerritoryId
from app.models.rows import Cell
from app.models.rule import (
    AllOf,
    AnyOf,
    Condition,
    Not,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.models.sales_force import FIRST_SALES_FORCE
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.commands import (
    AddDrawnArea,
    AddRule,
    AssignAccounts,
    AssignFamily,
    AssignGeoUnits,
    Command,
    CorrectAccounts,
    DeleteRules,
    JoinFamilies,
    LockGeoUnits,
    MoveRules,
    RuleDraft,
    SetKeepsFamilies,
    SetRulesEnabled,
    UnlockAll,
)
from app.services.drawn_polygons import points_inside, rings_of_text
from app.services.edit_effect import edit_effect
from app.services.locking import lock_accounts, lock_areas
from app.services.serving import ServedBy
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ROWS, county_at, zip_at
from tests.helpers.block_plan import block_workspace

FAMILIES = ("Firm", "K7", "Example 9", "")
SEGMENTS = ("Gold", "Silver", "")
STATES = (GeoUnitId("state:01"), GeoUnitId("state:02"))
Account = Mapping[str, Cell]


def holds(condition: Condition, row: Account) -> bool:
    """Whether a condition of this test holds for an account."""
    match condition:
        case AllOf(parts):
            return all(holds(part, row) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row) for part in parts)
        case Not(part):
            return not holds(part, row)
        case TextTest(field, TextOperator.IS, values):
            return row[field] in values
        case NumberTest(_, NumberOperator.AT_LEAST, (least,)):
            return float(str(row["sales"])) >= least
        case PlaceTest(PlaceOperator.IN, areas):
            places = {f"state:{row['state']}", f"county:{row['county']}", f"zip:{row['zip_code']}"}
            return bool(places & set(areas))
        case _:
            raise AssertionError(condition)


class Reader:
    """Reads a plan file and answers for one account at a time."""

    def __init__(self, plan: Workspace) -> None:
        self._plan = plan
        self._store = plan.document.store
        self.position = {t.id: at for at, t in enumerate(plan.territories)}
        self.areas = self._claims("geounit_assignment", "geounit_id")
        self.named = self._claims("account_assignment", "account_id")
        self.families = self._claims("family_assignment", "family")
        rows = self._store.rows("SELECT geounit_id FROM geounit_hole")
        self.holes = {row[0] for row in rows}
        columns = ("id", "name", "external_id", "segment", "family")
        places = ("state", "county", "zip_code", "lon", "lat")
        names: tuple[str, ...] = (*columns, *places)
        self.accounts: list[dict[str, Cell]] = [
            dict(zip(names, row, strict=True))
            for row in self._store.rows(
                f"SELECT {', '.join(names)} FROM account ORDER BY id"  # noqa: S608 own names
            )
        ]
        for account in self.accounts:
            account["sales"] = 10.0 * float(str(account["id"]))
        self.drawn = self._store.rows("SELECT territory_id, polygon FROM drawn_area")
        keeps = self._store.rows("SELECT keeps_families FROM sales_force WHERE id = 1")
        self.keeps = bool(keeps[0][0])

    def _claims(self, table: str, key: str) -> dict[object, set[int]]:
        claims: dict[object, set[int]] = defaultdict(set)
        sql = f"SELECT {key}, territory_id FROM {table}"  # noqa: S608 own names
        for what, territory in self._store.rows(sql):
            claims[what].add(int(territory or 0))
        return dict(claims)

    def code(self, claim: set[int]) -> int:
        """The code of a claim."""
        if len(claim) == 1:
            return self.position[TerritoryId(next(iter(claim)))]
        return IN_DISPUTE if claim else NOBODY

    def served(self, account: Account, *, leads: bool = False) -> tuple[int, ServedBy]:
        """Who serves an account, and the step."""
        if account["id"] in self.named:
            return self.code(self.named[account["id"]]), ServedBy.NAMED
        family = account["family"]
        if family and not leads:
            if family in self.families:
                return self.code(self.families[family]), ServedBy.FAMILY
            head = self._head(family)
            if self.keeps and head is not account:
                code, _ = self.served(head, leads=True)
                if code != NOBODY:
                    return code, ServedBy.FAMILY
        return self._by_rule(account)

    def _by_rule(self, account: Account) -> tuple[int, ServedBy]:
        for rule in self._plan.state.rules:
            if rule.is_enabled and holds(rule.condition, account):
                return self.position[rule.territory_id], ServedBy.RULE
        lon, lat = (np.array([float(str(account[each]))]) for each in ("lon", "lat"))
        drawn = {
            int(territory or 0)
            for territory, text in self.drawn
            if len(points_inside(rings_of_text(str(text)), lon, lat))
        }
        if drawn:
            return self.code(drawn), ServedBy.DRAWN
        for unit in (f"zip:{account['zip_code']}", f"county:{account['county']}"):
            if unit in self.areas or unit in self.holes:
                return self._by_area(unit)
        return self._by_area(f"state:{account['state']}")

    def _by_area(self, unit: str) -> tuple[int, ServedBy]:
        code = self.code(set() if unit in self.holes else self.areas.get(unit, set()))
        return code, ServedBy.NOTHING if code == NOBODY else ServedBy.AREA

    def _head(self, family: Cell) -> Account:
        members = [account for account in self.accounts if account["family"] == family]
        for key in ("external_id", "name"):
            for member in members:
                if member[key] == family:
                    return member
        return members[0]


def check(plan: Workspace) -> None:
    """Compare what the plan says with a look at each account."""
    reader = Reader(plan)
    expected = [reader.served(account) for account in reader.accounts]
    found = plan.served
    assert found.territory.tolist() == [code for code, _ in expected]
    assert found.step.tolist() == [int(step) for _, step in expected]
    rules = plan.state.rules
    for row in np.flatnonzero(found.step == ServedBy.RULE).tolist():
        assert holds(rules[int(found.rule_row[row])].condition, reader.accounts[row])
    for row, claim in plan.state.direct_claims(plan.accounts).items():
        assert len(claim) > 1
        assert found.territory[row] == IN_DISPUTE


class Chance:
    """Makes edits at random."""

    def __init__(self, plan: Workspace, seed: int) -> None:
        self._plan = plan
        self._chance = np.random.default_rng(seed)

    def below(self, number: int) -> int:
        """A whole number from 0 on."""
        return int(self._chance.integers(number))

    def territory(self) -> TerritoryId:
        """One of the territories."""
        return self._plan.territories[self.below(len(self._plan.territories))].id

    def accounts(self) -> tuple[AccountId, ...]:
        """One to four accounts."""
        ids = self._chance.choice(ROWS * COLUMNS, 1 + self.below(4), replace=False)
        return tuple(AccountId(int(each) + 1) for each in ids)

    def units(self) -> tuple[GeoUnitId, ...]:
        """Some areas of one level."""
        row, column = self.below(ROWS), self.below(COLUMNS)
        return (
            (zip_at(row, column), zip_at((row + 1) % ROWS, column)),
            (county_at(row, column),),
            (STATES[self.below(2)],),
        )[self.below(3)]

    def condition(self, depth: int = 0) -> Condition:
        """A test, or tests joined."""
        kind = self.below(3 if depth > 1 else 6)
        if kind == 0:
            return TextTest("segment", TextOperator.IS, (SEGMENTS[self.below(2)],))
        if kind == 1:
            least = 10.0 * self.below(50)
            return NumberTest("measure:1", NumberOperator.AT_LEAST, (least,))
        if kind == 2:
            return PlaceTest(PlaceOperator.IN, self.units())
        if kind == 3:
            return Not(self.condition(depth + 1))
        parts = (self.condition(depth + 1), self.condition(depth + 1))
        return AllOf(parts) if kind == 4 else AnyOf(parts)

    def command(self) -> Command | None:
        """An edit; None where there is nothing to edit so."""
        makers: tuple[Callable[[], Command | None], ...] = (
            lambda: AssignGeoUnits(self.units(), self.territory()),
            lambda: AssignGeoUnits(self.units(), None),
            lambda: AssignGeoUnits(self.units(), self.territory(), add=True),
            lambda: AssignAccounts(self.accounts(), self.territory()),
            lambda: AssignAccounts(self.accounts(), None),
            lambda: JoinFamilies(
                ((("Firm", "K7", "Example 9", "")[self.below(4)], self.accounts()),)
            ),
            lambda: AssignFamily(FAMILIES[self.below(2)], self.territory()),
            lambda: AssignFamily(FAMILIES[self.below(2)], None),
            lambda: CorrectAccounts(self.accounts(), "segment", SEGMENTS[self.below(3)]),
            lambda: SetKeepsFamilies(FIRST_SALES_FORCE, bool(self.below(2))),
            lambda: AddRule(RuleDraft(self.condition(), self.territory())),
            self._move_rules,
            self._switch_rule,
            self._drop_rule,
            self._draw,
            lambda: lock_accounts(self._plan, self.accounts()),
            lambda: lock_areas(self._plan, self.units()),
            UnlockAll,
        )
        return makers[self.below(len(makers))]()

    def _move_rules(self) -> Command | None:
        rules = self._plan.state.rules
        if len(rules) < 2:
            return None
        first, second = self._chance.choice(len(rules), 2, replace=False)
        return MoveRules((rules[int(first)].id,), rules[int(second)].id)

    def _switch_rule(self) -> Command | None:
        rules = self._plan.state.rules
        if not rules:
            return None
        rule = rules[self.below(len(rules))]
        return SetRulesEnabled((rule.id,), not rule.is_enabled)

    def _drop_rule(self) -> Command | None:
        rules = self._plan.state.rules
        return DeleteRules((rules[self.below(len(rules))].id,)) if len(rules) > 3 else None

    def _draw(self) -> Command:
        west, north = -100.0 + 0.5 * self.below(7), 40.0 - 0.5 * self.below(5)
        east, south = west + 0.9, north - 0.9
        ring = ((west, north), (east, north), (east, south), (west, south), (west, north))
        return AddDrawnArea(self.territory(), (ring,))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_edited_undone_and_brought_again_each_account_is_served_as_the_file_says(
    tmp_path: Path, seed: int
) -> None:
    plan = block_workspace(tmp_path)
    with plan.document.store.transaction() as tx:
        rows = [(number, SEGMENTS[number % 3]) for number in range(1, 50)]
        tx.put("account", ("id", "segment"), rows)
    plan.accounts.forget_text()
    chance = Chance(plan, seed)
    done: list[tuple[list[int], list[int]]] = []
    steps: set[int] = set()
    for _ in range(130):
        command = chance.command()
        if command is None:
            continue
        before = steps_done(plan)
        held = plan.served
        try:
            plan.run(command)
        except EditRejected:
            assert steps_done(plan) == before
            assert plan.served.territory.tolist() == held.territory.tolist()
            continue
        check(plan)
        steps.update(plan.served.step.tolist())
        if steps_done(plan) > before:
            done.append((held.territory.tolist(), held.step.tolist()))
        check_effect(plan, chance)
    assert len(done) > 20
    assert steps >= {int(step) for step in ServedBy if step is not ServedBy.NOTHING}
    last = plan.served.territory.tolist()
    for territory, step in reversed(done):
        assert plan.served.territory.tolist() == last
        plan.undo()
        last = territory
        assert plan.served.territory.tolist() == territory
        assert plan.served.step.tolist() == step
    while plan.history_status().redo_label is not None:
        plan.redo()
        check(plan)
    plan.close()


def steps_done(plan: Workspace) -> int:
    """Steps of the history that are not undone."""
    return sum(not step.is_undone for step in plan.history_steps())


def check_effect(plan: Workspace, chance: Chance) -> None:
    """What an edit of areas would do to accounts is what it then does."""
    units, target = chance.units(), chance.territory()
    effect = edit_effect(plan, units, target)
    taken = tuple(unit for unit in units if unit not in effect.refused)
    if not taken:
        return
    before, steps = plan.account_territory.copy(), steps_done(plan)
    plan.run(AssignGeoUnits(taken, target))
    assert effect.account_count == int((before != plan.account_territory).sum())
    if steps_done(plan) > steps:
        plan.undo()
    assert plan.account_territory.tolist() == before.tolist()


def test_a_locked_area_is_told_where_the_area_around_it_would_move(tmp_path: Path) -> None:
    plan = block_workspace(tmp_path)
    a, b = (territory.id for territory in plan.territories[:2])
    plan.run(AssignGeoUnits((STATES[0],), a))
    plan.run(LockGeoUnits(((county_at(0, 0), a),)))
    effect = edit_effect(plan, (STATES[0], zip_at(0, 0)), b)
    assert effect.locked_inside == (county_at(0, 0),)
    assert effect.refused == (zip_at(0, 0),)
    assert not effect.refused_by
    plan.close()


def test_a_lock_on_an_area_that_is_gone_from_the_map_binds_nothing(tmp_path: Path) -> None:
    plan = block_workspace(tmp_path)
    a = plan.territories[0].id
    with plan.document.store.transaction() as tx:
        columns = ("scenario_id", "geounit_id", "sales_force_id", "territory_id")
        tx.put("geounit_lock", columns, [(1, "zip:gone", 1, a)])
    plan.forces.refresh(Changes(exceptions=True))
    borders = plan.connections.borders
    last = borders.geounits([borders.count - 1])
    assert edit_effect(plan, last, a).refused == ()
    plan.run(AssignGeoUnits(last, a))
    assert plan.holdings.territories_claiming(last[0]) == (a,)
    plan.close()
