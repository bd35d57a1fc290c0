# SPDX-License-Identifier: MIT
"""Families that accounts suggest: chains of parents, and names that tell the same."""

import numpy as np

from app.services.family_proposals import FamilyProposal, family_proposals
from app.services.importing.table import Watch


def proposals(*accounts: tuple[str, str, str]) -> list[FamilyProposal]:
    """The proposals for accounts of external id, name and family."""
    columns: list[np.ndarray] = []
    for texts in zip(*accounts, strict=True):
        column = np.empty(len(texts), dtype=np.object_)
        column[:] = texts
        columns.append(column)
    external_id, name, family = columns
    return family_proposals(external_id, name, family, Watch())


def test_accounts_belong_with_the_parent_at_the_top_of_their_chain() -> None:
    found = proposals(
        ("P", "Parent", ""),
        ("C", "Child", "P"),
        ("G", "Grandchild", "C"),
        ("X", "Another", "nobody"),
    )
    assert found == [FamilyProposal("P", "Parent", (0, 1, 2), is_by_parent=True)]


def test_a_family_that_is_whole_is_not_proposed_again() -> None:
    assert proposals(("P", "Parent", "P"), ("C", "Child", "P")) == []


def test_parents_in_a_circle_are_led_by_the_first_account() -> None:
    found = proposals(("A", "a", "B"), ("B", "b", "A"), ("C", "c", "B"))
    assert found == [FamilyProposal("A", "a", (0, 1, 2), is_by_parent=True)]


def test_names_that_differ_in_form_number_and_direction_only_are_a_family() -> None:
    found = proposals(
        ("1", "Northwind Foods Inc", ""),
        ("2", "Northwind Foods #12 South", ""),
        ("3", "NORTHWIND FOODS", ""),
        ("4", "Southridge Video", ""),
        ("5", "Northwind Foods LLC", "Own family"),
    )
    assert found == [FamilyProposal("NORTHWIND FOODS", "NORTHWIND FOODS", (0, 1, 2), False)]


def test_the_largest_family_comes_first() -> None:
    found = proposals(
        ("1", "Blue Bird", ""),
        ("2", "Blue Bird Ltd", ""),
        ("P", "Parent", ""),
        ("C", "Child", "P"),
        ("D", "Second child", "P"),
    )
    assert [(each.title, len(each.rows)) for each in found] == [("Parent", 3), ("Blue Bird", 2)]
