# SPDX-License-Identifier: MIT
"""Reading looks for a stop often enough to react in half a second, and leaves nothing running."""

import multiprocessing
import time
from itertools import pairwise
from pathlib import Path

import pytest

from app.models.errors import TaskCancelled
from app.services.importing.readers import read_table, read_tables, sheets_of
from app.services.importing.table import Watch
from app.services.importing.workbooks import list_sheets
from tests.services.importing.files import workbook, write

ROWS = 200_000
HEADER = "Account ID,Account Name,City,State,Zip,Revenue,Created\n"
LINE = "001A{0:011},Company {0} Inc,Boston,MA,02139,{0},1/13/2025\n"


def text(*, is_ragged: bool) -> str:
    lines = [LINE.format(number) for number in range(ROWS)]
    if is_ragged:
        lines[ROWS // 2] = lines[ROWS // 2].replace("\n", ",extra\n")
    return HEADER + "".join(lines)


@pytest.mark.parametrize("is_ragged", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_large_text_looks_for_a_stop_all_the_time(
    tmp_path: Path, encoding: str, is_ragged: bool
) -> None:
    path = write(tmp_path, "a.csv", text(is_ragged=is_ragged) + "2,Müller,,,,,\n", encoding)
    looked: list[float] = []

    def looks() -> bool:
        looked.append(time.perf_counter())
        return False

    table = read_table(path, cancelled=looks)
    looked.append(time.perf_counter())
    assert len(table) == ROWS + 1
    assert max(after - before for before, after in pairwise(looked)) < 0.5


@pytest.mark.parametrize("look", [0, 1, 2, 5])
def test_a_workbook_stops_at_any_look_and_its_child_ends(tmp_path: Path, look: int) -> None:
    rows = [[f"A{number}", f"Company {number}", number] for number in range(20_000)]
    path = workbook(tmp_path, {"S": [["id", "name", "sales"], *rows]})
    looks = 0
    last = time.perf_counter()

    def stops() -> bool:
        nonlocal looks, last
        looks, last = looks + 1, time.perf_counter()
        return looks > look

    with pytest.raises(TaskCancelled):
        read_tables(path, cancelled=stops)
    assert time.perf_counter() - last < 0.5
    assert multiprocessing.active_children() == []


def test_names_of_sheets_are_read_in_a_child_that_can_be_stopped(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"A": [["id"], [1]], "B": []})
    assert sheets_of(path) == ("A", "B")
    with pytest.raises(TaskCancelled):
        list_sheets(path, Watch(None, lambda: True))
    assert multiprocessing.active_children() == []
