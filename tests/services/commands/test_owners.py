# SPDX-License-Identifier: MIT
"""Saying whom an owner value means: written, known to the next import, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.changes import Changes
from app.models.errors import EditRejected
from app.models.ids import RepId
from app.services.commands import ClearOwnerAlias, MakeRepsOfOwners, RemoveReps, SetOwnerAlias
from app.services.importing.owners import RepFinder
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    yield workspace
    workspace.close()


def test_an_owner_means_the_chosen_rep_until_it_is_taken_back(plan: Workspace) -> None:
    changes = plan.run(SetOwnerAlias(("Cy", "cy ", "C. Y."), RepId(2), "Bob"))
    assert changes == Changes(records=True)
    assert plan.records.owner_aliases == {"cy": 2, "c. y.": 2}
    assert plan.history_status().undo_label == "Let 3 owners mean Bob"
    assert RepFinder(plan.reps, plan.records.owner_aliases).find_id("CY") == 2
    plan.run(ClearOwnerAlias(("CY",)))
    assert plan.records.owner_aliases == {"c. y.": 2}
    plan.undo()
    plan.undo()
    assert plan.records.owner_aliases == {}


def test_a_rep_is_made_of_an_owner_in_one_step(plan: Workspace) -> None:
    changes = plan.run(MakeRepsOfOwners(("Cy", "eve.moon@example.com", "CY")))
    assert changes == Changes(records=True, reps=frozenset((RepId(4), RepId(5))))
    assert [(rep.name, rep.email) for rep in plan.reps[3:]] == [
        ("Cy", ""),
        ("Eve Moon", "eve.moon@example.com"),
    ]
    assert plan.records.owner_aliases == {"cy": 4, "eve.moon@example.com": 5}
    plan.undo()
    assert len(plan.reps) == 3
    assert plan.records.owner_aliases == {}


def test_the_choice_goes_with_its_rep_and_comes_back_with_it(plan: Workspace) -> None:
    plan.run(SetOwnerAlias(("Cy",), RepId(3), "Dee"))
    plan.run(RemoveReps((RepId(3),), "Dee"))
    assert plan.records.owner_aliases == {}
    plan.undo()
    assert plan.records.owner_aliases == {"cy": 3}


def test_a_rep_that_is_gone_is_refused(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="no longer in the plan"):
        plan.run(SetOwnerAlias(("Cy",), RepId(9), "Nobody"))


@pytest.mark.parametrize("owner", ["", "  ", "(inactive)"])
def test_an_empty_owner_is_refused(plan: Workspace, owner: str) -> None:
    for command in (SetOwnerAlias((owner,), RepId(1)), MakeRepsOfOwners((owner,))):
        with pytest.raises(EditRejected, match="without an owner"):
            plan.run(command)


def test_labels_say_what_was_done() -> None:
    assert SetOwnerAlias(("Cy",), RepId(1), "Ann").label == "Let “Cy” mean Ann"
    assert ClearOwnerAlias(("Cy",)).label == "Forget whom “Cy” means"
    assert MakeRepsOfOwners(("Cy",)).label == "Make a rep of “Cy”"
    assert MakeRepsOfOwners(("Cy", "Di")).label == "Make reps of 2 owners"
