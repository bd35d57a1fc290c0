# SPDX-License-Identifier: MIT
"""One program at a time publishes a plan; the others read it and learn who has it."""

import json
import os
import time
from pathlib import Path

import pytest

from app.models.errors import StoreError
from app.services.history import EditHistory
from app.services.store.document import PlanDocument
from tests.helpers.plans import (
    assign,
    finish,
    first_line,
    folders_in,
    hold,
    killed_after_an_edit,
    make_grid_plan,
    zip_at,
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    document = make_grid_plan(tmp_path / "plan.evenfield", folders_in(tmp_path))
    document.close()
    return document.path


def test_a_second_program_gets_the_plan_for_reading_and_learns_who_has_it(plan: Path) -> None:
    child = hold(plan)
    assert first_line(child) == "write"
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert document.is_read_only
    assert f"process {child.pid}" in document.read_only_reason
    assert "this computer" in document.read_only_reason
    with pytest.raises(StoreError, match="reading only"):
        assign(EditHistory(document.store), [zip_at(0, 0)], 2)
    assert not document.needs_publish()
    document.save_copy(plan.with_name("copy.evenfield"))
    document.close()
    finish(child)
    copy = PlanDocument.open(plan.with_name("copy.evenfield"), folders_in(plan.parent))
    assert not copy.is_read_only
    copy.close()


def test_the_same_program_does_not_open_a_plan_twice_for_writing(plan: Path) -> None:
    first = PlanDocument.open(plan, folders_in(plan.parent))
    second = PlanDocument.open(plan, folders_in(plan.parent))
    assert (first.is_read_only, second.is_read_only) == (False, True)
    first.close()
    second.close()


def test_of_many_programs_that_start_at_once_one_writes(plan: Path) -> None:
    children = [hold(plan) for _ in range(4)]
    assert sorted(first_line(child) for child in children) == ["read", "read", "read", "write"]
    for child in children:
        finish(child)


def test_the_owner_file_of_a_killed_program_is_taken_over(plan: Path) -> None:
    killed_after_an_edit(plan)
    assert plan.with_name(f"~${plan.name}").exists()
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert not document.is_read_only
    document.close()
    assert not plan.with_name(f"~${plan.name}").exists()


def test_an_owner_on_another_computer_is_believed_for_a_day(plan: Path) -> None:
    owner = plan.with_name(f"~${plan.name}")
    owner.write_text(json.dumps({"pid": 1, "host": "elsewhere", "user": "mara"}))
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert document.read_only_reason == "mara has it open on elsewhere (process 1)."
    document.close()
    old = time.time() - 25 * 3600
    os.utime(owner, (old, old))
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert not document.is_read_only
    document.close()


@pytest.mark.parametrize("content", ["", "nonsense", "[]", '{"pid": "x"}', "[" * 9999])
def test_a_strange_owner_file_is_taken_over(content: str, plan: Path) -> None:
    plan.with_name(f"~${plan.name}").write_text(content)
    document = PlanDocument.open(plan, folders_in(plan.parent))
    assert not document.is_read_only
    document.close()
