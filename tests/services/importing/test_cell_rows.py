# SPDX-License-Identifier: MIT
"""Rows read a few thousand at a time: none is lost where two parts meet."""

import csv
import io
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.errors import ImportProblem, TaskCancelled
from app.services.importing import cell_rows
from app.services.importing.cell_rows import MAX_COLUMNS
from app.services.importing.decoding import decode
from app.services.importing.delimited import parse
from app.services.importing.readers import read_table
from app.services.importing.table import Watch
from tests.services.importing.files import csv_table, write

PART = 5000
"""Rows that are read at once."""


@pytest.mark.parametrize("blank", [PART - 2, PART - 1, PART, PART + 1])
def test_an_empty_row_counts_where_two_parts_meet(tmp_path: Path, blank: int) -> None:
    rows = ["id,name,x", *(f"{n},a,b" for n in range(2 * PART))]
    rows.insert(blank, "")
    table = csv_table(tmp_path, "\n".join(rows) + "\n")
    assert len(table) == 2 * PART
    assert blank + 1 not in table.row_numbers
    assert table.row_numbers[-1] == 2 * PART + 2
    assert table.columns["id"].tolist() == [str(n) for n in range(2 * PART)]


def test_a_row_that_is_longer_far_below_widens_the_table(tmp_path: Path) -> None:
    rows = ["id,name", *(f"{n},a" for n in range(PART)), "x,a,more", "y", "z,b"]
    table = csv_table(tmp_path, "\n".join(rows))
    assert table.headers == ("id", "name", "Column 3")
    assert table.rows(PART + 3)[-4:] == [
        (str(PART - 1), "a", ""),
        ("x", "a", "more"),
        ("y", "", ""),
        ("z", "b", ""),
    ]


def test_equal_cells_are_one_object(tmp_path: Path) -> None:
    text = "id,state\n" + "".join(f"{n},Massachusetts\n" for n in range(3 * PART))
    states = csv_table(tmp_path, text).columns["state"]
    assert len({id(cell) for cell in states}) == 1


def test_columns_are_limited_in_number_and_a_table_in_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportProblem, match="more than 1,000 columns"):
        csv_table(tmp_path, "id,name\n1,a\n" + "," * MAX_COLUMNS + "\n")
    monkeypatch.setattr(cell_rows, "_MAX_CELLS", 100)
    with pytest.raises(ImportProblem, match="more than 100 cells"):
        csv_table(tmp_path, "id,name\n" + "1,a\n" * 50)


@pytest.mark.parametrize("extra", ["", "a,row,with,more,cells\n", 'one,"open quotation\n'])
def test_reading_stops_soon_in_the_middle(tmp_path: Path, extra: str) -> None:
    text = "id,name,city\n" + "".join(f"{n},Acme {n},Boston\n" for n in range(60_000)) + extra
    path = write(tmp_path, "a.csv", text)
    asked: list[float] = []

    def cancelled() -> bool:
        asked.append(time.perf_counter())
        return len(asked) > 5

    with pytest.raises(TaskCancelled):
        read_table(path, cancelled=cancelled)
    assert max(b - a for a, b in pairwise(asked)) < 0.5


def test_a_mark_of_wrapped_text_far_below_is_seen(tmp_path: Path) -> None:
    text = "id,zip\n" + "1,01001\n" * 200_000 + '2,"=""02139"""\n'
    assert csv_table(tmp_path, text).columns["zip"][-1] == "02139"


_CELL = st.text(st.sampled_from([*"ab, \"\n';é"]), max_size=5)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=15))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    width = max(map(len, rows))
    grid = parse("a.csv", written.getvalue(), ",", Watch())
    assert [grid.row(n) for n in range(len(grid))] == [
        row + [""] * (width - len(row)) for row in rows
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("shift", range(4))
def test_letters_survive_where_two_parts_of_the_bytes_meet(encoding: str, shift: int) -> None:
    text = "id,name\n" + "x" * shift + "é,Müller\n" * 150_000
    decoded = decode("a.csv", text.encode(encoding))
    assert decoded.text == text
    assert decoded.notes == ()
