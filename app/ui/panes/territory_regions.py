# SPDX-License-Identifier: MIT
"""Regions in the territory list: putting territories into them, and making new ones."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu

from app.models.ids import TerritoryId
from app.services.commands import AddRegion, SetParent
from app.services.level_words import TerritoryLevels, region_word
from app.services.workspace import Workspace
from app.ui.area_edits import free_name
from app.ui.icons import icon
from app.ui.parts import literal
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon


def levels_of(workspace: Workspace) -> TerritoryLevels:
    """The levels of the territories that are shown, with their words."""
    return TerritoryLevels(workspace.territories, workspace.sales_force.level_words)


def move_into(
    session: EditSession, territories: Sequence[TerritoryId], parent: TerritoryId | None
) -> bool:
    """Put territories into a region, or take them out of every region."""
    workspace = session.workspace
    moved = tuple(each for each in territories if workspace.territory(each).parent_id != parent)
    if not moved:
        return False
    name = workspace.territory(moved[0]).name
    parent_name = workspace.territory(parent).name if parent is not None else ""
    return session.run(SetParent(moved, parent, name, parent_name))


def add_region(session: EditSession, territories: Sequence[TerritoryId]) -> TerritoryId | None:
    """Make a region above territories; its id, or None where that was refused."""
    workspace = session.workspace
    before = {each.id for each in workspace.territories}
    name = free_name(workspace, word_above(workspace, territories), first=1)
    if not session.run(AddRegion(name, tuple(territories))):
        return None
    return next((each.id for each in workspace.territories if each.id not in before), None)


def word_above(workspace: Workspace, territories: Sequence[TerritoryId]) -> str:
    """What a region above some territories would be called: the word of its level."""
    depth = min((levels_of(workspace).depth[each] for each in territories), default=0)
    return region_word(workspace.sales_force.level_words, depth)


def fill_region_menu(
    menu: QMenu,
    session: EditSession,
    selected: Sequence[TerritoryId],
    make: Callable[[], object],
) -> None:
    """Offer the regions that the selected territories can be put into.

    Args:
        menu: To be filled.
        session: The open plan.
        selected: At least one territory.
        make: Makes a new region above them.
    """
    workspace = session.workspace
    levels = levels_of(workspace)
    word = word_above(workspace, selected)
    new = menu.addAction(icon("plus"), literal(f"New {word.lower()} above"))
    new.triggered.connect(lambda _checked=False: make())
    out = menu.addAction("Out of every region")
    parents = [workspace.territory(each).parent_id for each in selected]
    out.setEnabled(any(parent is not None for parent in parents))
    out.triggered.connect(lambda _checked=False: move_into(session, selected, None))
    menu.addSeparator()
    tokens = tokens_of(menu.palette())
    inside = {below for each in selected for below in _below(workspace, each)}
    for region in workspace.territories:
        if not levels.is_above_others(region.id) or region.id in inside:
            continue
        action = menu.addAction(
            chip_icon(region.color_index, tokens),
            literal(f"{region.name} ({levels.word(region.id).lower()})"),
        )
        action.setEnabled(any(parent != region.id for parent in parents))
        action.triggered.connect(
            lambda _checked=False, into=region.id: move_into(session, selected, into)
        )


def _below(workspace: Workspace, territory: TerritoryId) -> set[TerritoryId]:
    """The territory and all that lie in it."""
    found = {territory}
    more = True
    while more:
        below = {each.id for each in workspace.territories if each.parent_id in found}
        more = not below <= found
        found |= below
    return found
