# SPDX-License-Identifier: MIT
"""Damaged and random files end in rows or in a sentence, never in another error."""

import functools
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.errors import ImportProblem
from app.services.importing import readers
from app.services.importing.current import CurrentPlan
from app.services.importing.drafting import prepare
from app.services.importing.fields import TableKind
from app.services.importing.given import Given
from app.services.importing.guessing import guess_mapping
from app.services.importing.readers import read_tables
from app.services.importing.reading_plan import read_current_plan
from app.services.importing.workbooks import read_all_sheets, read_workbook
from app.services.store.store import Store
from tests.services.importing.files import (
    csv_table,
    fake_place,
    open_document,
    open_document_row,
    run,
    workbook,
    write,
    zip_file,
)

CSV = (
    "Account ID;Account Name;Billing Street;ZIP;Annual Revenue;Owner\r\n"
    '001;Müller;"1 Main St\nSuite 5";02139;$1,234.00;Ann\r\n'
    '002;"=HYPERLINK(""x"")";@here;01001;($99.50);Bob\r\n'
    "003;Zürich;;8001;1.234,50 €;\r\n" * 3
)
ROWS = [["id", "name", "zip", "sales"], *[[n, f"n{n}", "02139", n * 1.5] for n in range(30)]]
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")
MAX_SECONDS = 10.0
_FAST = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def mutated(content: bytes, seed: int) -> bytes:
    """The content with a few bytes flipped, cut out, doubled or zeroed."""
    chance = random.Random(seed)
    data = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data) or 1)
        size = chance.choice((1, 1, 2, 8, 64))
        change = chance.randrange(5)
        if change == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
        elif change == 1:
            del data[at : at + size]
        elif change == 2:
            data[at:at] = data[at : at + size] * chance.randrange(1, 4)
        elif change == 3:
            data[at : at + size] = bytes(size)
        else:
            data[at:at] = chance.choice((b'"', b"\r", b"\n", b";", b",", b"\xff", b"\x00", b"\t"))
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) or 1) :]
    return bytes(data)


def mutated_workbook(folder: Path, book: Path, seed: int) -> Path:
    """The workbook with bytes changed: those of the file, or of one part before it is packed."""
    if seed % 3 == 0:
        return write(folder, "mutant", mutated(book.read_bytes(), seed))
    with zipfile.ZipFile(book) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    parts = [name for name in sorted(entries) if name.startswith("xl/") or name == "content.xml"]
    part = random.Random(seed).choice(parts)
    return zip_file(folder / "mutant", entries | {part: mutated(entries[part], seed)})


def books(folder: Path) -> tuple[Path, Path]:
    """A workbook of each of two formats."""
    rows = "".join(open_document_row(*map(str, row)) for row in ROWS)
    return (
        workbook(folder, {"S": ROWS, "T": ROWS[:3]}),
        open_document(folder / "book.ods", rows),
    )


def import_as_guessed(path: Path) -> None:
    """Read, guess and draft; the counts must add up, and only a problem may be raised."""
    start = time.perf_counter()
    with suppress(ImportProblem):
        for table in read_tables(path):
            current = CurrentPlan.empty()
            mapping = guess_mapping(table, current)
            with suppress(ImportProblem):
                tally = prepare(table, mapping, Given(current, fake_place)).tally
                assert tally.added + tally.updated + tally.unchanged + tally.skipped == len(table)
    assert time.perf_counter() - start < MAX_SECONDS


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process: thousands of children would take long to start."""
    for name, read in (("read_workbook", read_workbook), ("read_all_sheets", read_all_sheets)):
        monkeypatch.setattr(readers, name, functools.partial(read, in_child=False))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_damaged_text_files(tmp_path: Path, encoding: str) -> None:
    content = CSV.encode(encoding)
    for seed in range(60):
        import_as_guessed(write(tmp_path, "a.csv", mutated(content, seed)))


@pytest.mark.usefixtures("here")
def test_damaged_workbooks(tmp_path: Path) -> None:
    for book in books(tmp_path):
        for seed in range(100):
            import_as_guessed(mutated_workbook(tmp_path, book, seed))


@pytest.mark.soak
def test_many_damaged_text_files(tmp_path: Path) -> None:
    for seed in range(5000):
        content = CSV.encode(ENCODINGS[seed % len(ENCODINGS)])
        import_as_guessed(write(tmp_path, "a.csv", mutated(content, seed)))


@pytest.mark.soak
@pytest.mark.usefixtures("here")
def test_many_damaged_workbooks(tmp_path: Path) -> None:
    for book in books(tmp_path):
        for seed in range(2000):
            import_as_guessed(mutated_workbook(tmp_path, book, seed))


@pytest.mark.soak
def test_damaged_workbooks_in_the_child(tmp_path: Path) -> None:
    for book in books(tmp_path):
        for seed in range(50):
            import_as_guessed(mutated_workbook(tmp_path, book, seed))


@_FAST
@given(st.binary(max_size=400))
def test_random_bytes(tmp_path: Path, content: bytes) -> None:
    import_as_guessed(write(tmp_path, "a.csv", content))


_CELL = st.text(
    alphabet=st.sampled_from([*"aB1.,-= '\"\n\r\t;|$%()@é\u202e\x00"]), max_size=6
) | st.sampled_from(["007", "1e5", "n/a", "02139", "Total", "x" * 50])


@_FAST
@given(st.lists(st.lists(_CELL, max_size=5), max_size=12), st.sampled_from([",", ";", "\t", "|"]))
def test_random_tables(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [["id", "name", "sales"], *rows])
    import_as_guessed(write(tmp_path, "a.csv", text))


_ID = st.sampled_from(["", "1", "2", "3", "A1", "a1", " 1 ", "'=1"])
_ROW = st.tuples(
    _ID,
    st.sampled_from(["", "Acme", "Beta", "n\nm"]),
    st.sampled_from(["", "02139", "2139", "99999"]),
    st.sampled_from(["", "1", "2.5", "x", "n/a", "1,234.5"]),
    st.sampled_from(["Main Office", "Shipping", ""]),
)


@_FAST
@given(st.lists(_ROW, min_size=1, max_size=12), st.lists(_ROW, min_size=1, max_size=12))
def test_counts_add_up_and_the_same_rows_again_change_nothing(
    tmp_path: Path, before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    header = "id,name,zip,Annual Sales,AddressType\n"
    first, second = (
        header + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
        for rows in (before, after)
    )
    store = Store.in_memory()
    for text in (first, second, second):
        table = csv_table(tmp_path, text)
        current = read_current_plan(store)
        mapping = guess_mapping(table, current, TableKind.ACCOUNTS)
        for header_name, target in zip(
            ("id", "name", "zip", "Annual Sales", "AddressType"),
            ("external_id", "name", "postal_code", "measure", "address_kind"),
            strict=True,
        ):
            mapping = mapping.with_target(header_name, target)
        draft = prepare(table, mapping, Given(current, fake_place))
        tally = draft.tally
        assert tally.added + tally.updated + tally.unchanged + tally.skipped == len(table)
        assert tally.skipped == len(draft.skipped_rows)
        count = len(current)
        run(store, draft)
        assert store.rows("SELECT count(*) FROM account") == [(count + tally.added,)]
    assert (tally.added, tally.updated) == (0, 0)
