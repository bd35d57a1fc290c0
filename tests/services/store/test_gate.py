# SPDX-License-Identifier: MIT
"""Whatever a file holds: it opens, or a sentence says why not; nothing in it is carried out."""

import random
import re
import sqlite3
import struct
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.models.errors import StoreError
from app.services.store import gate
from app.services.store.document import PlanDocument
from app.services.store.schema import APPLICATION_ID, SCHEMA_VERSION
from tests.helpers.plans import PROJECT, folders_in

PLAN = (PROJECT / "tests/data/plans/v1.sqlite").read_bytes()
PLAN_2 = (PROJECT / "tests/data/plans/v2.sqlite").read_bytes()
PLAN_3 = (PROJECT / "tests/data/plans/v3.sqlite").read_bytes()

SENTENCES = (
    "is empty",
    "larger than a plan",
    "is not a plan of Evenfield",
    "database of another program",
    "is not complete",
    "is damaged",
    "newer Evenfield",
    "tables of",
    "contradict each other",
    "takes longer to check",
    "was altered after",
)
MUTANTS = 300


def refusal(path: Path) -> str:
    """The sentence with which the gate refuses a file."""
    with pytest.raises(StoreError) as caught:
        gate.check(path, "name.evenfield")
    assert "name.evenfield" in caught.value.message
    assert caught.value.meaning
    assert caught.value.remedy
    return caught.value.message


def assert_known(error: StoreError) -> None:
    assert any(sentence in error.message for sentence in SENTENCES), error.message


def altered(tmp_path: Path, *statements: str, with_sum: bool = False, plan: bytes = PLAN) -> Path:
    """A plan file that somebody changed with another program."""
    path = tmp_path / "altered.evenfield"
    path.write_bytes(plan)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            connection.execute(statement)
        if not with_sum:
            connection.execute("UPDATE meta SET value = '' WHERE key = 'content_hash'")
        connection.execute("VACUUM")
    return path


def test_a_plan_passes_and_tells_who_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.evenfield"
    path.write_bytes(PLAN)
    report = gate.check(path, path.name)
    assert report.version == 1
    assert re.fullmatch("[0-9a-f-]{36}", report.plan_id)
    assert report.revision > 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"id,name\n1,Acme\n", "is not a plan of Evenfield"),
        (b"PK\x03\x04" + bytes(5000), "is not a plan of Evenfield"),
        (PLAN[:10], "is not a plan of Evenfield"),
        (PLAN[:50], "is not complete"),
        (PLAN[: len(PLAN) // 2], "is not complete"),
        (PLAN[:-1], "is not complete"),
        (PLAN[:16] + b"\x00\x00" + PLAN[18:], "is not complete"),
        (PLAN[:5000] + bytes(5000) + PLAN[10000:], "is damaged"),
    ],
)
def test_other_files_and_broken_ones_have_their_sentence(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert sentence in refusal(path)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.write(PLAN)
        file.truncate(gate.MAX_FILE_BYTES + 1)  # takes no room on the disk
    assert "larger than a plan" in refusal(path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE account (id)")
    assert "another program" in refusal(path)


def test_an_empty_database_with_our_id_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "claims.evenfield"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("VACUUM")
    assert "is damaged" in refusal(path)


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 99, 2**31 - 1])
def test_a_newer_plan_says_what_to_do(version: int, tmp_path: Path) -> None:
    path = altered(tmp_path, f"PRAGMA user_version={version}")
    before = path.read_bytes()
    sentence = refusal(path)
    assert "newer Evenfield" in sentence
    assert str(version) in sentence
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM account; END",
        "CREATE VIEW v AS SELECT * FROM account",
        "CREATE INDEX i ON account (name)",
        "CREATE TABLE extra_table (id)",
        "DROP TABLE roster",
        "CREATE VIRTUAL TABLE f USING fts5(name)",
        "ALTER TABLE account ADD COLUMN evil TEXT",
        "ALTER TABLE account ADD COLUMN evil TEXT AS (upper(name)) VIRTUAL",
        "ALTER TABLE account RENAME COLUMN name TO title",
        "ANALYZE",
    ],
)
def test_tables_that_we_did_not_ship_are_refused(statement: str, tmp_path: Path) -> None:
    assert "tables of" in refusal(altered(tmp_path, statement))


def test_a_view_in_place_of_a_table_that_never_ends_is_refused_at_once(tmp_path: Path) -> None:
    path = altered(
        tmp_path,
        "DROP TABLE roster",
        """CREATE VIEW roster AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
           SELECT x AS scenario_id, x AS territory_id, x AS rep_id, 'primary' AS role FROM n""",
    )
    start = time.monotonic()
    assert "tables of" in refusal(path)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE roster SET rep_id = 999",
        "INSERT INTO account_measure VALUES (1, 999, 1.0)",
        "UPDATE account SET extra = 'no JSON' WHERE id = 1",
        "UPDATE account SET extra = '[]' WHERE id = 1",
        "UPDATE rep SET skills = '{}' WHERE id = 1",
        "UPDATE history_step SET changes = ''",
        "UPDATE meta SET value = '../../evil' WHERE key = 'plan_id'",
        "UPDATE meta SET value = 'many' WHERE key = 'revision'",
        "DELETE FROM meta WHERE key = 'plan_id'",
        "UPDATE geounit_hole SET scenario_id = 5",
    ],
)
def test_values_that_contradict_each_other_are_refused(statement: str, tmp_path: Path) -> None:
    assert "contradict" in refusal(altered(tmp_path, statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account_transaction SET account_id = 999",
        "UPDATE account_transaction SET product_id = 999",
        "DELETE FROM product",
        "UPDATE visit SET account_id = 999",
    ],
)
def test_records_of_what_is_not_there_are_refused(statement: str, tmp_path: Path) -> None:
    with_product = "UPDATE account_transaction SET product_id = (SELECT min(id) FROM product)"
    path = altered(tmp_path, with_product, statement, plan=PLAN_2)
    assert "contradict" in refusal(path)


def test_transactions_need_no_products(tmp_path: Path) -> None:
    path = altered(
        tmp_path,
        "UPDATE account_transaction SET product_id = NULL",
        "DELETE FROM product",
        plan=PLAN_2,
    )
    assert gate.check(path, path.name).version == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET lat = 400.0 WHERE id = 1",
        "UPDATE account SET lon = NULL WHERE id = 1",
        "UPDATE account_measure SET value = 9e999 WHERE account_id = 1",
        "UPDATE account SET name = printf('%.200000c', 'x') WHERE id = 1",
        "UPDATE account SET name = CAST(x'C328' AS TEXT) WHERE id = 1",
        "UPDATE setting SET value = 'nan' WHERE key = 'tolerance_fraction'",
        "UPDATE geounit_hole SET geounit_id = 'nonsense'",
        "UPDATE account SET placed_by = 'guess' WHERE id = 1",
    ],
)
def test_values_out_of_bounds_are_refused(statement: str, tmp_path: Path) -> None:
    assert "is damaged" in refusal(altered(tmp_path, statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE boundary_layer SET report = '[]'",
        "UPDATE boundary_layer SET report = 'split'",
        "UPDATE drawn_area SET polygon = '{}'",
        "UPDATE drawn_area SET polygon = '[[1, 2'",
        "UPDATE drawn_area SET territory_id = 77",
    ],
)
def test_areas_of_the_user_that_make_no_sense_are_refused(statement: str, tmp_path: Path) -> None:
    assert "contradict" in refusal(altered(tmp_path, statement, plan=PLAN_3))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE boundary_layer SET role = 'anything'",
        "UPDATE boundary_layer SET level = 'country'",
        "UPDATE boundary_layer SET area_count = 0",
        "UPDATE boundary_layer SET content = printf('%.80000001c', 'x')",
        "UPDATE boundary_layer SET vintage = printf('%.50001c', 'x')",
        "UPDATE drawn_area SET polygon = '[' || printf('%.1000000c', ' ') || ']'",
        "UPDATE geounit_link SET geounit_a = geounit_b",
        "UPDATE geounit_link SET geounit_b = 'planet:earth'",
        "UPDATE territory SET lock_digest = printf('%.10001c', 'x')",
    ],
)
def test_areas_of_the_user_keep_to_their_bounds(statement: str, tmp_path: Path) -> None:
    assert "is damaged" in refusal(altered(tmp_path, statement, plan=PLAN_3))


def test_half_characters_of_two_cells_do_not_make_a_whole_one(tmp_path: Path) -> None:
    path = altered(
        tmp_path,
        "UPDATE account SET name = CAST(x'C3' AS TEXT), street = CAST(x'A9' AS TEXT) WHERE id = 1",
    )
    assert "is damaged" in refusal(path)


def test_a_value_changed_by_another_program_breaks_the_check_sum(tmp_path: Path) -> None:
    path = altered(tmp_path, "UPDATE rep SET quota = 1 WHERE id = 1", with_sum=True)
    assert "was altered after" in refusal(path)


def test_a_file_with_a_log_beside_it_is_not_complete(tmp_path: Path) -> None:
    path = tmp_path / "wal.evenfield"
    path.write_bytes(PLAN[:18] + b"\x02\x02" + PLAN[20:])
    assert "is not complete" in refusal(path)


def test_markup_in_names_passes_as_text(tmp_path: Path) -> None:
    path = altered(tmp_path, "UPDATE account SET name = '<img src=x onerror=alert(1)>'")
    gate.check(path, path.name)


def test_a_journal_next_to_the_file_is_never_carried_out(tmp_path: Path) -> None:
    path = tmp_path / "a.evenfield"
    path.write_bytes(PLAN)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=PERSIST")
        connection.execute("BEGIN")
        connection.execute("DELETE FROM geounit_hole")
        connection.execute("PRAGMA cache_flush")
        hot = path.with_name("a.evenfield-journal").read_bytes()
        connection.execute("ROLLBACK")
    path.write_bytes(PLAN)
    journal = path.with_name("a.evenfield-journal")
    journal.write_bytes(hot)
    document = PlanDocument.open(path, folders_in(tmp_path))
    assert document.store.rows("SELECT count(*) FROM geounit_hole") == [(1,)]
    document.close()
    assert path.read_bytes() == PLAN
    assert journal.read_bytes() == hot


def _flip_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _set_bytes(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 50)):
        content[chance.randrange(len(content))] = chance.choice((0, 1, 127, 128, 255))


def _zero_range(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 3000))
    content[start:end] = bytes(end - start)


def _swap_pages(content: bytearray, chance: random.Random) -> None:
    one, two = (4096 * chance.randrange(1, len(content) // 4096) for _ in range(2))
    content[one : one + 4096], content[two : two + 4096] = (
        content[two : two + 4096],
        content[one : one + 4096],
    )


def _attack_page_header(content: bytearray, chance: random.Random) -> None:
    page = 4096 * chance.randrange(1, len(content) // 4096)
    for _ in range(3):
        content[page + chance.randrange(12)] = chance.randrange(256)


def _attack_file_header(content: bytearray, chance: random.Random) -> None:
    place = chance.randrange(16, 100)
    content[place] = chance.randrange(256)


def _truncate(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip_bit,
    _set_bytes,
    _zero_range,
    _swap_pages,
    _attack_page_header,
    _attack_file_header,
    _truncate,
)


def check_mutants(path: Path, seed: int, count: int) -> int:
    """Let mutants of a plan try to pass; returns how many did."""
    chance = random.Random(seed)
    passed = 0
    for _ in range(count):
        content = bytearray(PLAN)
        chance.choice(MUTATIONS)(content, chance)
        path.write_bytes(content)
        start = time.monotonic()
        try:
            gate.check(path, "m")
            passed += 1
        except StoreError as error:
            assert_known(error)
        assert time.monotonic() - start < 5
    return passed


def test_mutants_are_refused_with_a_sentence_or_are_the_plan(tmp_path: Path) -> None:
    passed = check_mutants(tmp_path / "m", 11, MUTANTS)
    # The check sum lets only those pass that hit bytes of the same value.
    assert passed < MUTANTS / 10


def test_mutants_without_a_check_sum_do_no_harm_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that pass can be opened, read to the end and closed."""
    monkeypatch.setattr(gate, "content_digest", lambda _path, stored: (stored, 0))
    chance = random.Random(12)
    folders = folders_in(tmp_path)
    path = tmp_path / "m.evenfield"
    opened = 0
    for _ in range(MUTANTS // 3):
        content = bytearray(PLAN)
        chance.choice(MUTATIONS)(content, chance)
        path.write_bytes(content)
        try:
            document = PlanDocument.open(path, folders)
        except StoreError as error:
            assert_known(error)
            continue
        opened += 1
        for table in ("account", "rep", "history_step", "history_patch", "edit_log"):
            document.store.rows(f"SELECT * FROM {table}")  # noqa: S608  our own names
        document.close()
        assert path.read_bytes() == content
    assert opened
    assert not list(folders.work.glob("opening-*"))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_twenty_thousand_mutants(seed: int, tmp_path: Path) -> None:
    check_mutants(tmp_path / "m", 100 + seed, 2000)


def test_the_header_is_that_of_the_file_format() -> None:
    """The places that the gate reads are those that SQLite documents."""
    page_size, pages = struct.unpack(">H", PLAN[16:18])[0], struct.unpack(">I", PLAN[28:32])[0]
    assert page_size * pages == len(PLAN)
