# SPDX-License-Identifier: MIT
"""The tables among chosen files and folders."""

from pathlib import Path

import pytest

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing import found_files as found_files_module
from app.services.importing.found_files import files_in, found_files
from tests.services.importing.files import workbook, write, zip_file

TABLE = "id,name\n1,a\n"
PROSE = "Read me, please.\nThis folder, as you see, holds tables, and more.\nThat is all\n"


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_files_of_a_folder_are_found_below_it_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", "z.csv", TABLE)
    write(tmp_path, "x.csv", TABLE)
    write(tmp_path, "a.txt", "id\tname\n1\ta\n2\tb\n")
    workbook(tmp_path, {"S": [["id"], [1]]})
    assert names(files_in([tmp_path])) == ["a.txt", "book.xlsx", "x.csv", "z.csv"]


def test_the_content_decides_what_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "list.csv", TABLE)
    write(tmp_path, "export", "id|name|city\n1|a|b\n2|c|d\n")
    write(tmp_path, "notes.txt", PROSE)
    write(tmp_path, "photo.csv", b"\xff\xd8\xff\xe0abc")
    write(tmp_path, "empty.csv", b"")
    write(tmp_path, "page.html", "<html></html>")
    found = found_files([tmp_path])
    assert names(found.paths) == ["export", "list.csv"]
    assert found.passed_over == ["empty.csv", "notes.txt", "page.html", "photo.csv"]
    assert "notes.txt" in found.note


def test_hidden_files_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    write(tmp_path / ".cache", "a.csv", TABLE)
    write(tmp_path, ".b.csv", TABLE)
    write(tmp_path, "~$c.csv", TABLE)
    write(tmp_path, "d.csv", TABLE)
    found = found_files([tmp_path])
    assert names(found.paths) == ["d.csv"]
    assert found.note == ""


def test_a_file_that_was_chosen_counts_whatever_it_is_and_once(tmp_path: Path) -> None:
    path = write(tmp_path, "notes.txt", PROSE)
    table = write(tmp_path, "a.csv", TABLE)
    assert files_in([path, table, tmp_path]) == [path, table]


def test_a_package_of_salesforce_is_one_source(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    model = folder / "territory2Models" / "FY26" / "territories"
    model.mkdir(parents=True)
    write(model, "North.territory2-meta.xml", "<Territory2><name>North</name></Territory2>")
    write(folder, "reps.csv", TABLE)
    entries = {"FY26/North.territory2": b"<Territory2><name>North</name></Territory2>"}
    packed = zip_file(tmp_path / "package.zip", entries)
    assert names(files_in([folder, packed])) == ["package", "reps.csv", "package.zip"]
    assert names(files_in([tmp_path])) == [tmp_path.name, "package.zip", "reps.csv"]


def test_nothing_found_is_a_problem_that_names_what_is_there(tmp_path: Path) -> None:
    write(tmp_path, "notes.txt", PROSE)
    with pytest.raises(ImportProblem, match="No table was found") as caught:
        files_in([tmp_path])
    assert "notes.txt" in caught.value.meaning
    with pytest.raises(ImportProblem, match="No table was found"):
        files_in([])


def test_more_than_the_limit_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_files_module, "MAX_FILES", 7)
    for number in range(20):
        write(tmp_path, f"{number:02}.csv", TABLE)
    found = found_files([tmp_path])
    assert (len(found.paths), len(found.passed_over)) == (7, 13)
    assert found.note.endswith("07.csv, 08.csv, 09.csv, 10.csv, 11.csv and 8 more.")


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    with pytest.raises(TaskCancelled):
        files_in([tmp_path], cancelled=lambda: True)
