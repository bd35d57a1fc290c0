# SPDX-License-Identifier: MIT
"""Writing an import: one step, undone as a whole, refused when the plan moved on."""

import json
from pathlib import Path
from typing import cast

import pytest

from app.models.errors import EditRejected
from app.services.commands.base import Edit
from app.services.geography.geography import Geography
from app.services.history import EditHistory
from app.services.importing.commands import import_command
from app.services.importing.guessing import guess_mapping
from app.services.importing.reading_plan import read_current_plan
from app.services.store.store import Store
from tests.helpers.plans import dump_hash
from tests.helpers.tiny_geography import TinyGeography
from tests.services.importing.files import csv_table, draft_of, imported, run

ACCOUNTS = "id,name,zip,owner,Sales,Color\n1,a,02139,7,5,red\n2,b,2139,8,6,\n3,c,,7,,blue\n"
MORE = "id,name,segment,Sales,Visits\n2,b,Big,60,1\n3,,Small,7,2\n4,d,Big,8,3\n"


def test_labels_name_count_and_file(tmp_path: Path) -> None:
    assert import_command(draft_of(csv_table(tmp_path, ACCOUNTS, "stores.csv"))).label == (
        "Import 3 accounts from stores.csv"
    )
    one = draft_of(csv_table(tmp_path, "Employee ID,Full Name,Quota\n7,Ann,1\n", "people.csv"))
    assert import_command(one).label == "Import 1 rep from people.csv"


def test_each_import_is_one_step_and_undo_brings_the_plan_back_exactly(tmp_path: Path) -> None:
    store = Store.in_memory()
    people = "Employee ID,Full Name,Quota\n7,Ann,1\n8,Bob,2\n"
    texts = (ACCOUNTS, MORE, people, people.replace("Bob", "Bert"), ACCOUNTS)
    seen = [dump_hash(store)]
    for text in texts:
        imported(tmp_path, text, store)
        seen.append(dump_hash(store))
    history = EditHistory(store)
    assert len(history.steps()) == len(texts)
    for expected in reversed(seen[:-1]):
        history.undo()
        assert dump_hash(store) == expected
    for expected in seen[1:]:
        history.redo()
        assert dump_hash(store) == expected


def test_the_ledger_says_what_happened_and_remembers_the_mapping(tmp_path: Path) -> None:
    store = imported(tmp_path, ACCOUNTS)
    table = csv_table(tmp_path, MORE)
    current = read_current_plan(store)
    chosen = guess_mapping(table, current).with_target("Visits", "ignore")
    run(store, draft_of(table, store, chosen))
    rows = store.rows("SELECT kind, added, updated, unchanged, skipped, detail FROM import_ledger")
    assert [row[:5] for row in rows] == [("accounts", 3, 0, 0, 0), ("accounts", 1, 2, 0, 0)]
    assert json.loads(str(rows[1][5]))["mapping"]["columns"]["Visits"][0] == "ignore"
    again = guess_mapping(table, read_current_plan(store))
    assert again.column("Visits").target == "ignore"
    assert again.column("Visits").reason == "As in your last import of such a file."


def test_a_draft_for_a_plan_that_moved_on_is_refused(tmp_path: Path) -> None:
    store = Store.in_memory()
    stale = draft_of(csv_table(tmp_path, ACCOUNTS), store)
    imported(tmp_path, MORE, store)
    before = dump_hash(store)
    with pytest.raises(EditRejected, match="changed while"):
        run(store, stale)
    assert dump_hash(store) == before


def test_changes_say_what_to_refresh(tmp_path: Path) -> None:
    store = Store.in_memory()
    history = EditHistory(store)
    command = import_command(draft_of(csv_table(tmp_path, ACCOUNTS), store))
    changes = history.run(
        command.label, lambda tx: command.apply(Edit(tx, cast("Geography", TinyGeography())))
    )
    assert changes.all_accounts
    assert changes.settings
