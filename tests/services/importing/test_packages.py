# SPDX-License-Identifier: MIT
"""Territories of Salesforce packages, of real samples and of packages made here."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.models.errors import ImportProblem
from app.services.importing import package_files, packages
from app.services.importing.fields import TableKind
from app.services.importing.packages import is_package, read_package
from app.services.importing.table import ImportedTable
from tests.helpers.shared import SHARED, needs_shared
from tests.services.importing.tables import understood

SALESFORCE = SHARED / "samples" / "interop" / "salesforce"
OLDER = SALESFORCE / "tm2-retrieve" / "test" / "reference-data"
SOURCE = SALESFORCE / "sdr-sample-project"
BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def territory(name: str, *rules: str, parent: str = "", kind: str = "Area") -> str:
    """A territory with rules, which its children have too where they start with "+"."""
    attached = "".join(
        f"<ruleAssociations><inherited>{'true' if r.startswith('+') else 'false'}</inherited>"
        f"<ruleName>{r.removeprefix('+')}</ruleName></ruleAssociations>"
        for r in rules
    )
    above = f"<parentTerritory>{parent}</parentTerritory>" if parent else ""
    typed = f"<territory2Type>{kind}</territory2Type>" if kind else ""
    return f"{BEGIN}<Territory2 {SPACE}><name>{name}</name>{above}{attached}{typed}</Territory2>"


def rule(name: str, *items: tuple[str, str, str], join: str = "", active: bool = True) -> str:
    """A rule with conditions (field, operation, value)."""
    conditions = "".join(
        f"<ruleItems><field>Account.{f}</field><operation>{o}</operation><value>{v}</value>"
        "</ruleItems>"
        for f, o, v in items
    )
    joined = f"<booleanFilter>{join}</booleanFilter>" if join else ""
    return (
        f"{BEGIN}<Territory2Rule {SPACE}><active>{str(active).lower()}</active>{joined}"
        f"<name>{name}</name><objectType>Account</objectType>{conditions}</Territory2Rule>"
    )


def package(folder: Path, files: dict[str, str]) -> Path:
    """A package of one model in the source layout."""
    model = folder / "pack" / "territory2Models" / "East"
    for name, content in files.items():
        sub = "rules" if "Rule" in name else "territories"
        path = model / sub / f"{name}-meta.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder / "pack"


def one_rule(folder: Path, text: str, *attached: str) -> list[ImportedTable]:
    """The tables of a package with one territory and one rule that it has."""
    files = {"N.territory2": territory("North", *(attached or ("R",))), "R.territory2Rule": text}
    return read_package(package(folder, files))


def rows(table: ImportedTable) -> Sequence[tuple[str, ...]]:
    return table.rows(len(table))


@needs_shared
def test_a_real_model_has_its_hierarchy_and_says_what_it_lacks() -> None:
    assert is_package(OLDER / "tm1-transform")
    (table,) = read_package(OLDER / "tm1-transform")
    assert len(table) == 18
    parents = {row[0]: (row[1], row[2]) for row in rows(table)}
    assert parents["AMER_East"] == ("East", "AMER")
    assert parents["Chicago"] == ("Chicago", "AMER_North")
    assert parents["AMER"] == ("AMER", "")
    assert (
        "San Diego has no territory type, which Salesforce asks for; it is imported all the same."
        in table.notes
    )
    assert (
        'Rule "London Accounts" of London selects by billing city; it was not imported.'
        in table.notes
    )
    mapping = understood(table)
    assert mapping.kind is TableKind.TERRITORIES
    assert {c.header: c.target for c in mapping.columns} == {
        "Territory id": "external_id",
        "Territory name": "name",
        "Parent territory": "parent",
        "Notes": "notes",
    }
    assert all(c.confidence == 1 for c in mapping.columns)


@needs_shared
def test_each_model_of_a_real_package_is_a_table() -> None:
    first, second = read_package(OLDER / "tm2-export")
    assert (len(first), len(second)) == (5, 5)
    assert first.file_name == "tm2-export, Territory Model 1: territories"
    assert ("Khartoum", "Khartoum", "Sudan") in [row[:3] for row in rows(second)]


@needs_shared
def test_source_and_metadata_layout_say_the_same() -> None:
    source, metadata = read_package(SOURCE)
    assert rows(source) == rows(metadata)
    assert rows(source)[0] == (
        *("Austin", "Austin", "Texas", "Model: SCW Territory Model; Type: City"),
    )
    assert source.notes == (
        'Rule "Fishing Stores" of USA selects by account name; it was not imported.',
    )


def test_zip_codes_of_rules_are_areas(tmp_path: Path) -> None:
    items = (
        ("BillingPostalCode", "equals", "02139, 02140"),
        ("BillingPostalCode", "startsWith", "021,0214,02141"),
        ("BillingState", "equals", "NH"),
    )
    tables = one_rule(tmp_path, rule("All", *items, join="1 OR (2 OR 3)"))
    assert [t.file_name for t in tables] == ["pack, East: territories", "pack, East: areas"]
    assert rows(tables[1]) == [
        ("N", "02139", ""),
        ("N", "02140", ""),
        ("N", "021", ""),
        ("N", "02140-02149", ""),
        ("N", "02141", ""),
        ("N", "", "NH"),
    ]
    mapping = understood(tables[1])
    assert mapping.kind is TableKind.TERRITORY_AREAS
    assert [(c.target, c.confidence) for c in mapping.columns] == [
        *(("territory", 1), ("postal_code", 1), ("region", 1)),
    ]


def test_conditions_that_must_all_hold_are_one_area_each(tmp_path: Path) -> None:
    items = (("BillingCountryCode", "equals", "US"), ("BillingState", "equals", "MA,NH"))
    (_, areas) = one_rule(tmp_path, rule("Both", *items))
    assert areas.headers == ("Territory", "State", "Country")
    assert rows(areas) == [("N", "MA", "US"), ("N", "NH", "US")]


@pytest.mark.parametrize(
    ("items", "join", "why"),
    [
        ([("Industry", "equals", "Fishing")], "", "selects by industry"),
        ([("BillingState", "startsWith", "M")], "", "selects by billing state"),
        ([("BillingState", "equals", "")], "", "selects by billing state"),
        ([], "", "selects by nothing"),
        (
            [("BillingState", "equals", "MA"), ("Name", "contains", "x")],
            "1 OR 2",
            "selects by billing state and account name",
        ),
        (
            [(f"Billing{f}", "equals", "x") for f in ("State", "Country", "PostalCode")],
            "(1 AND 2) OR 3",
            "joins its conditions in a way that areas cannot show",
        ),
        (
            [("BillingState", "equals", "MA"), ("BillingState", "equals", "NH")],
            "1 AND 2",
            "joins its conditions in a way that areas cannot show",
        ),
    ],
)
def test_other_rules_are_named_and_left_out(
    tmp_path: Path, items: list[tuple[str, str, str]], join: str, why: str
) -> None:
    (table,) = one_rule(tmp_path, rule("Odd", *items, join=join))
    assert table.notes == (f'Rule "Odd" of North {why}; it was not imported.',)


def test_rules_that_do_not_hold_are_said(tmp_path: Path) -> None:
    state = ("BillingState", "equals", "MA")
    (table,) = one_rule(tmp_path / "a", rule("Off", state, active=False))
    assert table.notes == ('Rule "Off" of North is not active; it was not imported.',)
    (table,) = one_rule(tmp_path / "b", rule("Free", state), "Gone")
    assert table.notes == (
        "The package does not have rule Gone of North.",
        'Rule "Free" belongs to no territory; it was not imported.',
    )
    tables = one_rule(tmp_path / "c", rule("Down", state), "+R")
    assert rows(tables[1]) == [("N", "MA")]
    assert tables[0].notes == (
        'Rule "Down" also holds for the territories below North; here its areas go to North alone.',
    )


def test_a_parent_that_is_not_there_is_said(tmp_path: Path) -> None:
    files = {"N.territory2": territory("North", parent="East_Coast")}
    (table,) = read_package(package(tmp_path, files))
    assert rows(table)[0][2] == ""
    assert table.notes[0].startswith("North stands at the top, as the package does not have East")


def test_a_zip_file_is_read_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "retrieved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        inside = "../../unpackaged/territory2Models/East"
        archive.writestr(f"{inside}/territories/N.territory2", territory("North"))
        archive.writestr("unpackaged/territory2Types/Area.territory2Type", "<x/>")
    assert is_package(path)
    (table,) = read_package(path)
    assert rows(table) == [("N", "North", "", "Model: East; Type: Area")]
    assert [p.name for p in tmp_path.iterdir()] == ["retrieved.zip"]


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "boom">]><Territory2><name>&a;</name></Territory2>'
    files = {"A.territory2": bomb, "B.territory2": "<no", "N.territory2": territory("North")}
    (table,) = read_package(package(tmp_path, files))
    assert [row[0] for row in rows(table)] == ["N"]
    assert table.notes == (
        "A.territory2 is no plain XML file; it was left out.",
        "B.territory2 is no plain XML file; it was left out.",
    )


def test_a_package_with_nothing_readable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="no territory that could be read"):
        read_package(package(tmp_path, {"A.territory2": "<no"}))


def test_a_swollen_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "swollen.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/territories/N.territory2", b" " * 20_000_000)
    with pytest.raises(ImportProblem, match="too large"):
        read_package(path)
    monkeypatch.setattr(package_files, "_MAX_FILES", 1)
    files = {f"N{n}.territory2": territory("North") for n in range(2)}
    with pytest.raises(ImportProblem, match="too large"):
        read_package(package(tmp_path, files))


def test_rules_that_swell_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_MAX_AREA_ROWS", 3)
    text = rule("Many", ("BillingPostalCode", "equals", "1,2,3,4"))
    with pytest.raises(ImportProblem, match="East is too large"):
        one_rule(tmp_path, text)


def test_other_files_and_folders_are_no_package(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 torn")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    for path in (tmp_path, *tmp_path.iterdir(), tmp_path / "none"):
        assert not is_package(path)


def test_a_damaged_zip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("territories/N.territory2", territory("North"))
    content = bytearray(path.read_bytes())
    content[60:70] = b"\xff" * 10
    path.write_bytes(content)
    with pytest.raises(ImportProblem, match="could not be read as a package"):
        read_package(path)
