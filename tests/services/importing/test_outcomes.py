# SPDX-License-Identifier: MIT
"""What became of every row, packed and unpacked; repairs of cells and whole rows."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.importing.outcomes import Outcome, OutcomeList, RowOutcomes
from app.services.importing.repairs import (
    PROBLEM_HEADER,
    ROW_HEADER,
    Repairs,
    is_repair_sheet,
    repair_sheet,
    repaired,
    rows_of_sheet,
    touched_rows,
)
from app.services.store.store import Store
from tests.services.importing.plans import bring_in
from tests.services.importing.tables import made

TABLE = made("Name, State", ("a", "Texs"), ("b", "TX"), ("c", "Texs"))


def outcomes(count: int) -> OutcomeList:
    return OutcomeList(np.arange(2, count + 2, dtype=np.int64))


@given(
    st.lists(
        st.tuples(
            st.integers(1, 2**40), st.integers(0, 3), st.integers(0, 2**40), st.integers(-1, 1)
        )
    )
)
def test_outcomes_come_back_as_they_were(rows: list[tuple[int, int, int, int]]) -> None:
    numbers, codes, targets, notes = (
        (list(column) for column in zip(*rows, strict=True)) if (rows) else ([], [], [], [])
    )
    made_ = RowOutcomes(
        np.array(numbers, dtype=np.int64),
        np.array(codes, dtype=np.uint8),
        np.array(targets, dtype=np.int64),
        np.array(notes, dtype=np.int32),
        ("one", "zwei ✓"),
    )
    back = RowOutcomes.unpack(made_.pack())
    assert back is not None
    for name in ("row_numbers", "codes", "targets", "notes"):
        assert getattr(back, name).tolist() == getattr(made_, name).tolist()
    assert back.sentences == made_.sentences
    assert sum(back.counts()) == len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        base64.b64encode(b"no zlib").decode(),
        base64.b64encode(zlib.compress(b"\x02\x00\x00\x00{}")).decode(),
        base64.b64encode(
            zlib.compress(b"\x17\x00\x00\x00" + b'{"rows": 9, "sentences": []}')
        ).decode(),
    ],
)
def test_a_damaged_text_holds_no_outcomes(text: str) -> None:
    assert RowOutcomes.unpack(text) is None


def test_outcomes_of_a_row_that_no_sentence_fits_are_refused() -> None:
    made_ = outcomes(1)
    made_.skip([0], "because")
    good = made_.finished()
    bad = RowOutcomes(good.row_numbers, good.codes, good.targets, good.notes, ())
    assert RowOutcomes.unpack(bad.pack()) is None


def test_the_first_reason_of_a_row_stays() -> None:
    made_ = outcomes(4)
    made_.set([0, 1], Outcome.ADDED, [7, 8])
    made_.note([1], "repaired")
    made_.skip([1, 2], "no id")
    made_.skip([2, 3], "no name")
    done = made_.finished()
    assert done.counts() == (1, 0, 0, 3)
    assert done.skipped() == {1: "no id", 2: "no id", 3: "no name"}
    assert done.targets.tolist() == [7, 0, 0, 0]


def test_a_repair_by_value_holds_for_all_rows_and_can_be_taken_back() -> None:
    chosen = Repairs().with_values("State", {"Texs": "TX"})
    assert repaired(TABLE, chosen).columns["State"].tolist() == ["TX", "TX", "TX"]
    assert touched_rows(TABLE, chosen).tolist() == [0, 2]
    assert TABLE.columns["State"][0] == "Texs"
    undone = chosen.with_values("State", {"Texs": "Texs"})
    assert repaired(TABLE, undone).columns["State"].tolist() == ["Texs", "TX", "Texs"]
    assert Repairs.from_json(chosen.to_json()) == chosen
    for text in ("", "[]", "3", '{"a": 1}', "null"):
        assert not Repairs.from_json(text)


def test_a_repair_sheet_comes_back_with_the_rows_that_were_mended() -> None:
    headers, lines = repair_sheet(TABLE, {0: "State is not known", 2: "State is not known"})
    assert headers == [ROW_HEADER, PROBLEM_HEADER, "Name", "State"]
    assert lines[1] == ["4", "State is not known", "c", "Texs"]
    lines[1][3] = "TX"
    lines.append(["999", "", "?", "?"])
    sheet = made(", ".join(headers), *lines)
    assert is_repair_sheet(sheet.headers)
    rows = rows_of_sheet(sheet, TABLE)
    assert rows == {4: {"State": "TX"}}
    mended = repaired(TABLE, Repairs().with_rows(rows))
    assert mended.columns["State"].tolist() == ["Texs", "TX", "TX"]
    assert touched_rows(TABLE, Repairs().with_rows(rows)).tolist() == [2]


def test_the_ledger_of_every_kind_sums_to_its_file() -> None:
    store = Store.in_memory()
    bring_in(
        store,
        made("Account ID, Account Name, ZIP", ("1", "a", "02139"), ("", "b", ""), ("1", "c", "1")),
        made("Order ID, Account ID, Order Date, Amount", ("O", "1", "x", "1"), ("P", "9", "", "")),
        made("Employee ID, Full Name, Quota", ("7", "Ann Example", "x"), ("", "", "")),
    )
    ledgers = store.rows(
        "SELECT row_count, added, updated, unchanged, skipped, outcomes FROM import_ledger"
    )
    assert len(ledgers) == 3
    for row_count, *counts, packed in ledgers:
        found = RowOutcomes.unpack(str(packed))
        assert found is not None
        assert list(found.counts()) == counts
        assert sum(int(count or 0) for count in counts) == row_count == len(found)
