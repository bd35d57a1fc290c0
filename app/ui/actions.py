# SPDX-License-Identifier: MIT
"""What the window can do, as a table: menus, toolbar and command palette read the same rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.ui.icons import icon
from app.ui.map.tool_table import TOOLS


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes:
        key: Name in code; the window has a method of the same name.
        title: As shown, with the mnemonic.
        menu: The menu that holds it.
        shortcut: Key sequence in Qt's portable text, may be empty.
        icon: Name of an icon, may be empty.
        tip: What it does, for tooltip and status bar.
        needs_plan: It is greyed without an open plan.
        needs_editing: It is greyed in a read-only plan.
        group: A separator stands between groups.
        checkable: It shows a state.
    """

    key: str
    title: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    needs_plan: bool = True
    needs_editing: bool = False
    group: int = 0
    checkable: bool = False


MENUS = ("&File", "&Edit", "&View", "&Territories", "&Reps", "&Help")

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new_plan", "&New plan…", "&File", "Ctrl+N", "file_plus", needs_plan=False),
    ActionSpec("open_plan", "&Open plan…", "&File", "Ctrl+O", "folder", needs_plan=False),
    ActionSpec("open_sample", "Open the &sample plan", "&File", icon="map", needs_plan=False),
    ActionSpec(
        "import_table",
        "&Import accounts or reps…",
        "&File",
        "Ctrl+I",
        "import",
        "Bring in a spreadsheet of customers or salespeople",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "import_clipboard",
        "Import from the clip&board",
        "&File",
        "Ctrl+Shift+V",
        "copy",
        "Bring in the rows that were copied in a spreadsheet",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "import_folder",
        "Import a &folder…",
        "&File",
        icon="folder",
        tip="Bring in all tables of a folder together",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "add_boundaries",
        "Add &boundaries…",
        "&File",
        icon="polygon",
        tip="Bring in exact ZIP areas, areas of another country, or your own regions",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "export_accounts",
        "Export &accounts…",
        "&File",
        "Ctrl+E",
        "export",
        "Write accounts with their territory and rep as .xlsx or .csv",
        group=1,
    ),
    ActionSpec(
        "export_map",
        "Export the &map…",
        "&File",
        icon="globe",
        tip="As a picture, a page to print, a map book or a web page that needs no network",
        group=1,
    ),
    ActionSpec("save", "&Save", "&File", "Ctrl+S", tip="Write the plan file now", group=2),
    ActionSpec("save_copy", "Save a &copy…", "&File", "Ctrl+Shift+S", group=2),
    ActionSpec("close_plan", "C&lose plan", "&File", "Ctrl+W", group=3),
    ActionSpec("quit", "&Quit", "&File", "Ctrl+Q", needs_plan=False, group=3),
    ActionSpec("undo", "&Undo", "&Edit", "Ctrl+Z", "undo", needs_editing=True),
    ActionSpec("redo", "&Redo", "&Edit", "Ctrl+Shift+Z", "redo", needs_editing=True),
    ActionSpec(
        "copy_map",
        "&Copy the map",
        "&Edit",
        "Ctrl+Shift+C",
        "copy",
        "Put the map as it is on the screen on the clipboard",
        group=1,
    ),
    ActionSpec("show_history", "&History", "&Edit", "Ctrl+H", "history", group=1),
    ActionSpec(
        "command_palette",
        "&Find a command…",
        "&Edit",
        "Ctrl+K",
        "search",
        needs_plan=False,
        group=2,
    ),
    ActionSpec("find_place", "Find a &place, account or territory…", "&Edit", "Ctrl+F", group=2),
    *(
        ActionSpec(
            f"tool_{spec.key}",
            spec.title,
            "&View",
            spec.shortcut,
            spec.icon,
            spec.tip,
            needs_editing=spec.edits,
        )
        for spec in TOOLS
    ),
    ActionSpec(
        "mark_changes",
        "&Mark changes",
        "&View",
        "M",
        "changes",
        "Show what changes hands from now on with its old colour as outline",
        group=3,
        checkable=True,
    ),
    ActionSpec("level_country", "&Countries", "&View", "Ctrl+1", group=1, checkable=True),
    ActionSpec("level_state", "&States", "&View", "Ctrl+2", group=1, checkable=True),
    ActionSpec("level_metro", "&Metro areas", "&View", group=1, checkable=True),
    ActionSpec("level_county", "C&ounties", "&View", "Ctrl+3", group=1, checkable=True),
    ActionSpec("level_zip3", "ZIP&3 areas", "&View", group=1, checkable=True),
    ActionSpec("level_zip", "&ZIP areas", "&View", "Ctrl+4", group=1, checkable=True),
    ActionSpec("color_territory", "Colour by &territory", "&View", group=2, checkable=True),
    ActionSpec("color_deviation", "Colour by &deviation", "&View", group=2, checkable=True),
    ActionSpec("color_measure", "Colour by &measure", "&View", group=2, checkable=True),
    ActionSpec("show_accounts_on_map", "Show &accounts", "&View", "A", group=3, checkable=True),
    ActionSpec(
        "show_layers",
        "La&yers of the map…",
        "&View",
        "Ctrl+L",
        "layers",
        "Hide, fade and order what the map shows; classes, heat, symbols, rings and figures",
        group=3,
    ),
    ActionSpec("zoom_to_all", "&Everything", "&View", "Home", "fit", group=3),
    ActionSpec("show_balance", "&Balance", "&View", "Ctrl+Shift+B", group=4),
    ActionSpec(
        "show_workload",
        "&Workload",
        "&View",
        "Ctrl+Shift+W",
        "clock",
        "Hours of visits, travel and administration per territory, and an index of measures",
        group=4,
    ),
    ActionSpec("show_overlaps", "O&verlaps and gaps", "&View", "Ctrl+Shift+O", group=4),
    ActionSpec("show_coverage", "Coverage and whitespace", "&View", group=4),
    ActionSpec(
        "show_areas",
        "Area &list",
        "&View",
        "Ctrl+Shift+E",
        "list",
        "The areas of the map as a table: select, sort, assign without the mouse",
        group=4,
    ),
    ActionSpec("show_accounts", "A&ccounts", "&View", "Ctrl+Shift+A", group=4),
    ActionSpec("show_reps", "&Reps", "&View", "Ctrl+Shift+R", group=4),
    ActionSpec(
        "show_territories",
        "&Territories",
        "&View",
        icon="table",
        tip="All territories in one table, with every figure and all that can be set",
        group=4,
    ),
    ActionSpec(
        "show_exceptions",
        "E&xceptions",
        "&View",
        "Ctrl+Shift+X",
        "lock",
        "What holds whatever rules and areas say: named accounts, families, pairs, locks",
        group=4,
    ),
    ActionSpec(
        "show_rules",
        "R&ules",
        "&View",
        "Ctrl+Shift+L",
        "list",
        "Which accounts belong to which territory by what they are",
        group=4,
    ),
    ActionSpec(
        "show_health",
        "Data &health",
        "&View",
        "Ctrl+Shift+D",
        "shield",
        "What is missing, misplaced or odd in the accounts",
        group=5,
    ),
    ActionSpec(
        "show_duplicates",
        "D&uplicates",
        "&View",
        icon="merge",
        tip="Accounts that are probably one customer",
        group=5,
    ),
    ActionSpec(
        "show_owners",
        "O&wners",
        "&View",
        icon="users",
        tip="Which rep each owner of the accounts means",
        group=5,
    ),
    ActionSpec(
        "show_imports",
        "&Imports",
        "&View",
        icon="import",
        tip="What came in when, and what became of every row",
        group=5,
    ),
    ActionSpec(
        "show_boundaries",
        "Bou&ndaries",
        "&View",
        icon="polygon",
        tip="The layers of areas that were added to the plan",
        group=5,
    ),
    ActionSpec(
        "show_analysis",
        "A&nalysis",
        "&View",
        "Ctrl+Shift+Y",
        "chart",
        "Customers in groups, sales over time, the most valuable accounts",
        group=5,
    ),
    ActionSpec("toggle_theme", "&Dark colours", "&View", needs_plan=False, group=6, checkable=True),
    ActionSpec(
        "build_territories",
        "&Build territories…",
        "&Territories",
        "Ctrl+B",
        "wand",
        "From today's owners, or by the nearest rep home",
        needs_editing=True,
    ),
    ActionSpec(
        "divide_market",
        "Di&vide the market…",
        "&Territories",
        icon="help",
        tip="A few questions, a recommendation, and territories by area, customers or products",
        needs_editing=True,
    ),
    ActionSpec(
        "sales_forces",
        "Sales &forces…",
        "&Territories",
        icon="users",
        tip="Several teams in one plan: add, name, change and remove them",
    ),
    ActionSpec(
        "show_forces",
        "C&overage across sales forces",
        "&Territories",
        icon="users",
        tip="Which customers are served by several sales forces, and who works with whom",
    ),
    ActionSpec(
        "new_territory", "&New territory", "&Territories", "Ctrl+T", "plus", needs_editing=True
    ),
    ActionSpec(
        "new_rule",
        "New r&ule…",
        "&Territories",
        icon="list",
        tip="Give accounts to a territory by segment, size, product, place or any other column",
        needs_editing=True,
    ),
    ActionSpec(
        "new_region",
        "New &region above the selected",
        "&Territories",
        icon="layers",
        tip="Unite the territories that are selected in the list in a region or district",
        needs_editing=True,
    ),
    ActionSpec(
        "assign_selection",
        "&Assign the selection",
        "&Territories",
        "Ctrl+Return",
        tip="Give the selected areas to the active territory",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "unassign_selection",
        "&Take the selection out",
        "&Territories",
        "Ctrl+Delete",
        tip="Take the selected areas out of every territory",
        needs_editing=True,
        group=1,
    ),
    ActionSpec(
        "split_off", "&Split off the selection…", "&Territories", needs_editing=True, group=1
    ),
    ActionSpec(
        "fill_holes",
        "&Fill holes",
        "&Territories",
        tip="Give unassigned areas that a territory encloses to that territory",
        needs_editing=True,
        group=2,
    ),
    ActionSpec(
        "adopt_borders",
        "A&dopt borders of…",
        "&Territories",
        icon="layers",
        tip="Let territories follow states, counties, metro areas or your own regions",
        needs_editing=True,
        group=2,
    ),
    ActionSpec(
        "link_areas",
        "Lin&k two areas…",
        "&Territories",
        icon="link",
        tip="Let two areas count as neighbours: a bridge or ferry joins them",
        needs_editing=True,
        group=2,
    ),
    ActionSpec(
        "why_here",
        "&Why is this account here?",
        "&Territories",
        "Ctrl+Shift+J",
        icon="help",
        tip="Every step that decides who serves the selected account, and what would move it",
        group=2,
    ),
    ActionSpec(
        "find_families",
        "Find fam&ilies…",
        "&Territories",
        icon="users",
        tip="Accounts that name each other as parents or bear the same name, kept together",
        needs_editing=True,
        group=2,
    ),
    ActionSpec(
        "lock_all",
        "Lock &all",
        "&Territories",
        icon="lock",
        tip="Keep every territory as it is: neither hand edits nor builders change it",
        needs_editing=True,
        group=3,
    ),
    ActionSpec(
        "unlock_all", "&Unlock all", "&Territories", icon="unlock", needs_editing=True, group=3
    ),
    ActionSpec(
        "check_plan",
        "&Check plan",
        "&Territories",
        "Ctrl+Shift+K",
        "check_circle",
        "List what is not connected, left over, claimed twice or out of balance",
        group=4,
    ),
    ActionSpec(
        "next_fault",
        "Ne&xt fault",
        "&Territories",
        "F8",
        tip="Go to the next finding of the check and select its areas",
        group=4,
    ),
    ActionSpec(
        "previous_fault",
        "P&revious fault",
        "&Territories",
        "Shift+F8",
        tip="Go to the previous finding of the check and select its areas",
        group=4,
    ),
    ActionSpec("add_rep", "&Add a rep", "&Reps", "", "user_plus", needs_editing=True),
    ActionSpec(
        "match_reps",
        "&Match reps and territories…",
        "&Reps",
        icon="target",
        tip="Who fits which territory best, one by one or all at once",
    ),
    ActionSpec(
        "show_vacancies",
        "&Vacancies",
        "&Reps",
        icon="user_minus",
        tip="Territories that nobody holds, or soon nobody will",
    ),
    ActionSpec("show_welcome", "&Welcome", "&Help", needs_plan=False),
    ActionSpec("show_log_folder", "Open the &log folder", "&Help", needs_plan=False),
    ActionSpec("about", "&About Evenfield", "&Help", needs_plan=False, group=1),
)


def make_actions(window: QWidget, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """One `QAction` for each row, connected to the handler of the same key."""
    result: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(spec.title, window)
        action.setObjectName(spec.key)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.tip:
            action.setToolTip(spec.tip)
            action.setStatusTip(spec.tip)
        action.setCheckable(spec.checkable)
        action.triggered.connect(handlers[spec.key])
        window.addAction(action)
        result[spec.key] = action
    return result


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """The menus, in the order of the table."""
    menus = {title: bar.addMenu(title) for title in MENUS}
    last_group: dict[str, int] = {}
    for spec in ACTIONS:
        menu = menus[spec.menu]
        if spec.group != last_group.get(spec.menu, spec.group):
            menu.addSeparator()
        last_group[spec.menu] = spec.group
        menu.addAction(actions[spec.key])
    return menus


def set_enabled(actions: Mapping[str, QAction], *, has_plan: bool, is_read_only: bool) -> None:
    """Grey what cannot be done now."""
    for spec in ACTIONS:
        usable = has_plan or not spec.needs_plan
        if spec.needs_editing and is_read_only:
            usable = False
        actions[spec.key].setEnabled(usable)
