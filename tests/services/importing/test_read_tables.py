# SPDX-License-Identifier: MIT
"""All tables of a file, and the order of the dates in them."""

from pathlib import Path

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing.readers import read_table, read_tables
from app.services.importing.table import DateOrder, ReadOptions
from tests.services.importing.files import csv_table, workbook, write, zip_file

TERRITORY = b"<Territory2><name>North</name></Territory2>"


def test_a_text_file_has_one_table(tmp_path: Path) -> None:
    (table,) = read_tables(write(tmp_path, "a.csv", "id,name\n1,a\n"))
    assert table.headers == ("id", "name")
    assert table.can_be_read_otherwise


def test_a_package_of_salesforce_is_read_from_a_folder_and_a_zip_file(tmp_path: Path) -> None:
    folder = tmp_path / "FY26"
    folder.mkdir()
    write(folder, "North.territory2", TERRITORY)
    packed = zip_file(tmp_path / "package.zip", {"FY26/North.territory2": TERRITORY})
    for path in (folder, packed):
        (table,) = read_tables(path)
        assert table.columns["Territory name"].tolist() == ["North"]
        assert not table.can_be_read_otherwise


def test_other_folders_and_archives_are_problems(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="is a folder"):
        read_tables(tmp_path)
    with pytest.raises(ImportProblem, match="is a packed archive"):
        read_tables(zip_file(tmp_path / "a.zip", {"a.csv": b"id\n1\n"}))
    with pytest.raises(ImportProblem, match="was not found"):
        read_tables(tmp_path / "nowhere.csv")


def test_reading_all_tables_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(TaskCancelled):
        read_tables(write(tmp_path, "a.csv", "id\n1\n"), cancelled=lambda: True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1/5/2026", "1/13/2026"), (DateOrder.MDY, True)),
        (("1/5/2026", "13/1/2026"), (DateOrder.DMY, True)),
        (("1/5/2026", "2/5/2026"), (DateOrder.MDY, False)),
        (("2026-01-05", "2026-02-05"), (DateOrder.YMD, True)),
    ],
)
def test_the_date_order_is_found(
    tmp_path: Path, cells: tuple[str, str], expected: tuple[DateOrder, bool]
) -> None:
    table = csv_table(tmp_path, f"id,created\n1,{cells[0]}\n2,{cells[1]}\n")
    assert (table.date_order, table.is_date_order_certain) == expected


def test_a_doubtful_date_order_is_said_and_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "id,created\n1,1/5/2026\n2,2/5/2026\n")
    assert read_table(path).notes == (
        "Dates such as 1/5/2026 can be read two ways; they are read as month/day/year.",
    )
    chosen = read_table(path, ReadOptions(date_order=DateOrder.DMY))
    assert (chosen.date_order, chosen.is_date_order_certain) == (DateOrder.DMY, True)
    assert chosen.notes == ()


def test_where_numbers_have_commas_dates_have_the_day_first(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "id;sales;created\n1;3,75;1/5/2026\n2;8,5;2/5/2026\n")
    assert (table.date_order, table.is_date_order_certain) == (DateOrder.DMY, False)


def test_dates_of_a_workbook_are_certain(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path, {"S": [["id", "created"], [1, "2026-01-05"]]}))
    assert (table.date_order, table.is_date_order_certain) == (DateOrder.YMD, True)
