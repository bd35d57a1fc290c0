# SPDX-License-Identifier: MIT
"""Rules go out as a sheet and come back as they were; what cannot be read is said per row."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.errors import ImportProblem
from app.models.ids import GeoUnitId, RuleId, TerritoryId
from app.models.rule import (
    AllOf,
    Condition,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    Rule,
    TextOperator,
    TextTest,
    Unreadable,
)
from app.services.commands.rules import RuleDraft
from app.services.exporting.writing import write_table
from app.services.rules.operator_words import tidy
from app.services.rules.rule_sheet import (
    RowProblem,
    SheetRules,
    read_rule_file,
    read_rules,
    rules_table,
)
from tests.helpers.conditions import conditions
from tests.services.rules.test_words import NAMES

TERRITORIES = {TerritoryId(1): "North", TerritoryId(2): "=South & Co", TerritoryId(3): "'East"}
SEGMENT = TextTest("segment", TextOperator.IS, ("Enterprise",))


def through(path: Path, rules: list[Rule]) -> SheetRules:
    write_table(path, rules_table(rules, NAMES, TERRITORIES))
    return read_rules(read_rule_file(path), NAMES, TERRITORIES, rules)


def rule(
    number: int, condition: Condition, territory: int = 1, *, name: str = "", notes: str = ""
) -> Rule:
    return Rule(RuleId(number), name, condition, TerritoryId(territory), notes=notes)


_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20
).map(lambda text: " ".join(text.split())).filter(lambda text: "\x00" not in text)  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    entries=st.lists(
        st.tuples(conditions(), st.sampled_from((1, 2, 3)), _texts, st.booleans(), _texts),
        min_size=1,
        max_size=5,
    )
)
def test_rules_come_back_as_they_were(
    tmp_path: Path, kind: str, entries: list[tuple[Condition, int, str, bool, str]]
) -> None:
    rules = [
        Rule(RuleId(at + 1), name, tidy(condition), TerritoryId(territory), on, notes)
        for at, (condition, territory, name, on, notes) in enumerate(entries)
    ]
    found = through(tmp_path / f"rules.{kind}", rules)
    assert found.problems == ()
    assert [d.condition for d in found.drafts] == [r.condition for r in rules]
    assert [replace(draft, id=None) for draft in found.drafts] == [
        replace(RuleDraft.of(each), id=None) for each in rules
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_names_that_spreadsheets_take_for_formulas(tmp_path: Path, kind: str) -> None:
    names = ["=1+1", "'=1", "''x", "+x", "@me", "-", "'", "Total", "Sum of all"]
    rules = [rule(at + 1, SEGMENT, 2, name=name, notes=name) for at, name in enumerate(names)]
    found = through(tmp_path / f"rules.{kind}", rules)
    assert [draft.name for draft in found.drafts] == names
    assert [draft.notes for draft in found.drafts] == names


def test_a_condition_longer_than_a_cell(tmp_path: Path) -> None:
    areas = tuple(GeoUnitId(f"zip:{number:05}") for number in range(9_000))
    rules = [rule(1, PlaceTest(PlaceOperator.IN, areas)), rule(2, SEGMENT)]
    found = through(tmp_path / "rules.xlsx", rules)
    assert found.problems == ()
    assert [draft.condition for draft in found.drafts] == [r.condition for r in rules]


def test_a_condition_that_cannot_be_read_stays_as_it_is(tmp_path: Path) -> None:
    rules = [rule(1, Unreadable('{"newer": 1}', "no")), rule(2, SEGMENT)]
    found = through(tmp_path / "rules.xlsx", rules)
    assert [problem.row for problem in found.problems] == [2]
    assert "does not know" in found.problems[0].sentence


def sheet(path: Path, *rows: tuple[str, ...]) -> SheetRules:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read_rules(read_rule_file(path), NAMES, TERRITORIES)


def test_a_sheet_with_a_column_per_field(tmp_path: Path) -> None:
    found = sheet(
        tmp_path / "a.csv",
        ("Segment", "State", "Annual sales", "Territory", "Remark"),
        ("Enterprise; Key", "01", ">= 500", "north", "x"),
        ("", "", "is between 1 and 2", "North", ""),
        ("is not Key", "", "", "NORTH", ""),
    )
    assert found.problems == ()
    assert found.left_out == ("Remark",)
    assert [draft.condition for draft in found.drafts] == [
        AllOf(
            (
                TextTest("segment", TextOperator.IS, ("Enterprise", "Key")),
                PlaceTest(PlaceOperator.IN, (GeoUnitId("state:01"),)),
                NumberTest("measure:1", NumberOperator.AT_LEAST, (500.0,)),
            )
        ),
        NumberTest("measure:1", NumberOperator.BETWEEN, (1.0, 2.0)),
        TextTest("segment", TextOperator.IS_NOT, ("Key",)),
    ]


def test_the_order_column_decides(tmp_path: Path) -> None:
    found = sheet(
        tmp_path / "a.csv",
        ("Order", "Name", "If", "Territory"),
        ("3", "c", "every account", "North"),
        ("1", "a", "every account", "North"),
        ("2.5", "b", "every account", "North"),
    )
    assert [draft.name for draft in found.drafts] == ["a", "b", "c"]


def test_problems_are_said_per_row(tmp_path: Path) -> None:
    found = sheet(
        tmp_path / "a.csv",
        ("Order", "If", "Territory", "On"),
        ("1", "Segment is A", "Atlantis", ""),
        ("x", "Segment is A", "North", ""),
        ("3", "Segmet is A", "North", ""),
        ("4", "", "North", ""),
        ("5", "Segment is A", "", ""),
        ("6", "Segment is A", "North", "maybe"),
        ("7", "Segment is A", "North", "no"),
    )
    assert [(problem.row, problem.column) for problem in found.problems] == [
        (2, "Territory"),
        (3, "Order"),
        (4, "If"),
        (5, "If"),
        (6, "Territory"),
        (7, "On"),
    ]
    assert found.problems[2] == RowProblem(
        4, "If", "“Segmet is A” does not begin with a field. Do you mean Segment?"
    )
    assert [draft.is_enabled for draft in found.drafts] == [False]


def test_a_row_that_is_a_rule_of_now_keeps_it(tmp_path: Path) -> None:
    present = [rule(7, SEGMENT, name="Key"), rule(8, AllOf(), name="Rest", notes="old")]
    path = tmp_path / "rules.csv"
    write_table(path, rules_table([present[1], present[0]], NAMES, TERRITORIES))
    changed = [present[0], rule(8, SEGMENT, name="Rest"), rule(9, SEGMENT)]
    found = read_rules(read_rule_file(path), NAMES, TERRITORIES, changed)
    assert [draft.id for draft in found.drafts] == [8, 7]


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Name,City\nA,B\n", encoding="utf-8")
    with pytest.raises(ImportProblem, match=r"customers\.csv is no sheet of rules"):
        read_rule_file(path)


def test_too_many_rules_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("If,Territory\n" + "every account,North\n" * 2001, encoding="utf-8")
    with pytest.raises(ImportProblem, match="2,001 rules"):
        read_rule_file(path)
