# SPDX-License-Identifier: MIT
"""What can be done with the selected territories, as a menu."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QMenu, QWidget

from app.models.ids import TerritoryId
from app.services.commands import MergeTerritories, SetRep
from app.services.level_words import region_word
from app.ui.icons import icon
from app.ui.panes.territory_regions import fill_region_menu
from app.ui.parts import literal
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon

Handlers = Mapping[str, Callable[[], object]]
"""What to do for the entries that need the pane: rename, color, lock, zoom, split, delete,
new_region."""


def territory_menu(
    session: EditSession,
    selected: tuple[TerritoryId, ...],
    geounit_count: int,
    handlers: Handlers,
    on_merged: Callable[[TerritoryId], object],
    parent: QWidget,
) -> QMenu:
    """The context menu of the territory list.

    Args:
        session: The open plan.
        selected: The territories that it is about, at least one.
        geounit_count: Areas selected on the map that the first territory holds alone, for splitting
            off.
        handlers: See `Handlers`.
        on_merged: Told which territory has taken the others in.
        parent: The widget that owns the menu.
    """
    workspace = session.workspace
    first = workspace.territory(selected[0])
    is_single = len(selected) == 1
    menu = QMenu(parent)

    def add(key: str, text: str, icon_name: str, *, enabled: bool = True) -> None:
        action = menu.addAction(icon(icon_name), text)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: handlers[key]())

    can_edit = not session.is_read_only
    add("zoom", "Zoom to", "fit")
    menu.addSeparator()
    add("rename", "Rename", "edit", enabled=is_single and can_edit)
    add("color", "Colour…", "palette", enabled=is_single and can_edit)
    lock = "Unlock" if first.is_locked else "Lock"
    add("lock", lock, "unlock" if first.is_locked else "lock", enabled=can_edit)
    _add_rep_menu(menu, session, selected).setEnabled(is_single and can_edit)
    word = region_word(workspace.sales_force.level_words)
    regions = menu.addMenu(icon("layers"), literal(word))
    fill_region_menu(regions, session, selected, handlers["new_region"])
    regions.setEnabled(can_edit)
    menu.addSeparator()
    merge = _add_merge_menu(menu, session, selected, on_merged)
    merge.setEnabled(can_edit and len(workspace.territories) > 1)
    split = f"Split off the selected areas ({geounit_count})" if geounit_count else "Split off…"
    add("split", split, "split", enabled=is_single and can_edit and geounit_count > 0)
    menu.addSeparator()
    delete = "Delete" if is_single else f"Delete {len(selected)} territories"
    add("delete", delete, "trash", enabled=can_edit)
    return menu


def _add_merge_menu(
    menu: QMenu,
    session: EditSession,
    selected: tuple[TerritoryId, ...],
    on_merged: Callable[[TerritoryId], object],
) -> QMenu:
    def run(wanted: MergeTerritories) -> None:
        if session.run(wanted):
            on_merged(wanted.into)

    merge = menu.addMenu(icon("merge"), "Merge into")
    tokens = tokens_of(menu.palette())
    for territory in session.workspace.territories:
        others = tuple(other for other in selected if other != territory.id)
        if not others or (len(selected) == 1 and territory.id == selected[0]):
            continue
        command = MergeTerritories(territory.id, others, territory.name)
        action = merge.addAction(chip_icon(territory.color_index, tokens), literal(territory.name))
        action.triggered.connect(lambda _checked=False, wanted=command: run(wanted))
    return merge


def _add_rep_menu(menu: QMenu, session: EditSession, selected: tuple[TerritoryId, ...]) -> QMenu:
    staff = menu.addMenu(icon("user"), "Rep")
    workspace = session.workspace
    territory = workspace.territory(selected[0])
    present = workspace.rep_of(territory.id)
    vacate = staff.addAction("Vacant")
    vacate.setCheckable(True)
    vacate.setChecked(present is None)
    vacate.triggered.connect(
        lambda _checked=False: session.run(
            SetRep(territory.id, None, territory.name, day=workspace.roster.today)
        )
    )
    staff.addSeparator()
    for rep in sorted(workspace.reps, key=lambda rep: rep.name.casefold()):
        day = workspace.roster.today
        command = SetRep(territory.id, rep.id, territory.name, rep.name, day=day)
        action = staff.addAction(literal(rep.name))
        action.setCheckable(True)
        action.setChecked(present is not None and rep.id == present.id)
        action.triggered.connect(lambda _checked=False, wanted=command: session.run(wanted))
    return staff
