# SPDX-License-Identifier: MIT
"""The reps: a table, the fields of the one that is selected, and what that one holds."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.ids import RepId, TerritoryId
from app.models.rep import Rep
from app.services.commands import AddRep, RemoveReps, UpdateRep
from app.services.home_place import place_home
from app.services.rep_hierarchy import reports_of
from app.services.vacancies import Vacancy, VacancyKind, vacancies
from app.ui.dialogs.roster_flow import open_match
from app.ui.formats import count
from app.ui.panes.manager_tree import ManagerTree
from app.ui.panes.pane import Pane
from app.ui.panes.rep_columns import rep_columns
from app.ui.panes.rep_form import RepForm
from app.ui.panes.roster_words import vacancy_words
from app.ui.panes.staffing import Staffing
from app.ui.panes.vacancy_list import VacancyLine, VacancyList
from app.ui.parts import button, column, row
from app.ui.session import EditSession
from app.ui.tables.bulk_edit import EditButton
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools
from app.ui.theme import set_kind
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented import Segmented

_FORM_WIDTH = 340
_VIEWS = (("table", "Reps"), ("team", "Managers"), ("vacancies", "Vacancies"))


class RepPane(Pane):
    """Lists the reps and edits one of them.

    Signals:
        territory_requested: Id of a territory whose link was clicked.
        rep_selected: Id of the rep that is selected now.
        import_requested: The user wants to bring reps in.
    """

    territory_requested = Signal(int)
    rep_selected = Signal(int)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rep: RepId | None = None
        self.search = SearchField("Search reps")
        self.table = CopyableTable("Reps")
        self.tools = TableTools(self.table, "Reps", self)
        self.edit = EditButton(self.table, ("rep", "reps"))
        self.form = RepForm()
        self.staffing = Staffing(session)
        self.add_button = button("Add rep", self.add_rep, icon_name="user_plus")
        self.remove_button = button("Remove", self.remove_selected, icon_name="user_minus")
        self.views = Segmented("View", _VIEWS)
        self.tree = ManagerTree()
        self.vacancies = VacancyList()
        self.match = button("Match reps and territories…", self._on_match, icon_name="target")
        self._lists = QStackedWidget()
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(self.table.array_model.set_filter)
        self.table.rows_selected.connect(self._on_rows_selected)
        self.form.edited.connect(self._on_edited)
        self.staffing.territory_requested.connect(self.territory_requested)
        self.views.chosen.connect(self.show_view)
        self.tree.rep_selected.connect(lambda rep: self._look_at(RepId(rep)))
        self.vacancies.territory_requested.connect(self.territory_requested)
        self.vacancies.match_requested.connect(lambda t: self._open_match(TerritoryId(t)))

    def show_view(self, key: str) -> None:
        """Show the table, the managers' teams or the vacancies."""
        self.views.set_chosen(key)
        self._lists.setCurrentIndex([each for each, _ in _VIEWS].index(key))
        self._show_list()
        for part in self._of_table:
            part.setVisible(key == "table")

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.reps or changes.territories)

    def refresh(self) -> None:
        workspace = self.session.workspace
        can_edit = not self.session.is_read_only
        self._show_list()
        self._stack.setCurrentIndex(0 if workspace.reps else 1)
        self.table.array_model.set_columns(rep_columns(self.session))
        if self._rep not in [rep.id for rep in workspace.reps]:
            self._rep = workspace.reps[0].id if workspace.reps else None
        if self._rep is not None:
            self._select_row(self._rep)
            self._show(self._rep)
        self.form.setEnabled(can_edit)
        self.add_button.setEnabled(can_edit)
        self.remove_button.setEnabled(can_edit and self._rep is not None)
        self.edit.setEnabled(can_edit and self._rep is not None)

    def select_rep(self, rep: RepId) -> None:
        """Select a rep, as a click on its row would."""
        self._rep = rep
        self.invalidate()

    def add_rep(self) -> None:
        """Add a rep with a name to be typed over."""
        before = {rep.id for rep in self.session.workspace.reps}
        if not self.session.run(AddRep(Rep(RepId(0), self._free_name())), self):
            return
        made = next((r.id for r in self.session.workspace.reps if r.id not in before), None)
        if made is not None:
            self.show_view("table")
            self.search.clear()
            self.select_rep(made)
            name = self.form.lines["name"]
            name.setFocus()
            name.selectAll()

    def remove_selected(self) -> None:
        """Remove the selected reps; undo brings them back."""
        reps = self.session.workspace.reps
        chosen = [reps[at] for at in self.table.selected_source_rows().tolist()]
        if chosen:
            command = RemoveReps(tuple(rep.id for rep in chosen), chosen[0].name)
            self.session.run(command, self)

    def _compose(self) -> None:
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        self._of_table: tuple[QWidget, ...] = (
            *(self.search, self.add_button, self.remove_button, self.edit),
            *self.tools.buttons,
        )
        tools = row(self.search, None, *self._of_table[1:])
        head = column(
            row(self.views, None, self.match),
            tools,
            self.tools.chips,
            margin=(12, 8, 12, 8),
            gap=8,
        )
        for part in (self.table, self.tree, self.vacancies):
            self._lists.addWidget(part)
        scroll = self._form_area()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._lists)
        splitter.addWidget(scroll)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([700, _FORM_WIDTH])
        full = QWidget()
        outer = column(head, gap=0)
        outer.addWidget(splitter, 1)
        full.setLayout(outer)
        empty = EmptyState("users", "No reps yet", "Add the people who will hold the territories.")
        empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        empty.add_button("add", "Add a rep", icon_name="user_plus")
        empty.chosen.connect(self._on_begin)
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _form_area(self) -> QScrollArea:
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(self.form, 8, self.staffing, None, margin=(16, 8, 16, 16)))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(_FORM_WIDTH)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _on_begin(self, key: str) -> None:
        if key == "import":
            self.import_requested.emit()
        else:
            self.add_rep()

    def _on_rows_selected(self, rows: np.ndarray) -> None:
        if len(rows) == 0:
            return
        self._look_at(self.session.workspace.reps[int(rows[0])].id)

    def _look_at(self, rep: RepId) -> None:
        if rep != self._rep:
            self.form.commit()
            self._rep = rep
            self._select_row(rep)
            self._show(rep)
            self.rep_selected.emit(int(rep))

    def _show_list(self) -> None:
        """Fill the view that is seen, and count the vacancies."""
        workspace, key = self.session.workspace, self.views.chosen_key()
        leaves = [leaf.id for leaf in workspace.leaf_territories]
        found = vacancies(leaves, workspace.roster, workspace.reps)
        words = f"Vacancies  {count(len(found))}" if found else "Vacancies"
        self.views.buttons()[2].setText(words)
        if key == "team":
            reps = workspace.reps
            held = {r.id: [t.name for t in workspace.territories_of(r.id)] for r in reps}
            self.tree.set_reps(reps, {rep: ", ".join(names) for rep, names in held.items()})
            if self._rep is not None:
                self.tree.select_rep(self._rep)
        elif key == "vacancies":
            self.vacancies.set_lines([self._vacancy_line(each) for each in found])

    def _vacancy_line(self, vacancy: Vacancy) -> VacancyLine:
        territory = self.session.workspace.territory(vacancy.territory)
        return VacancyLine(
            territory.id,
            territory.name,
            chip_icon(territory.color_index, tokens_of(self.palette())),
            vacancy_words(vacancy, self.session.workspace),
            is_urgent=vacancy.kind is not VacancyKind.ENDS,
        )

    def _on_match(self) -> None:
        self._open_match(None)

    def _open_match(self, territory: TerritoryId | None) -> None:
        open_match(self.session, territory, self.window())

    def _on_edited(self, rep: Rep) -> None:
        before = self.session.workspace.rep(rep.id)
        geography = self.session.workspace.geography
        if rep.home_text != before.home_text:
            lon, lat = place_home(rep.home_text, geography) or (None, None)
            rep = replace(rep, lon=lon, lat=lat)
        if rep.office_text != before.office_text:
            lon, lat = place_home(rep.office_text, geography) or (None, None)
            rep = replace(rep, office_lon=lon, office_lat=lat)
        if not self.session.run(UpdateRep(rep), self):
            self.form.set_rep(before)

    def _select_row(self, rep: RepId) -> None:
        at = [known.id for known in self.session.workspace.reps].index(rep)
        if at not in self.table.selected_source_rows():
            self.table.select_source_rows(np.array([at]))

    def _show(self, rep: RepId) -> None:
        self.tree.select_rep(rep)
        reps = self.session.workspace.reps
        below = reports_of(rep, reps) | {rep}
        others = sorted((r for r in reps if r.id not in below), key=lambda r: r.name.casefold())
        self.form.set_managers([(other.id, other.name) for other in others])
        self.form.set_rep(self.session.workspace.rep(rep))
        self.staffing.show_rep(rep)

    def _free_name(self) -> str:
        taken = {rep.name.casefold() for rep in self.session.workspace.reps}
        number = 1
        while f"New rep {number}".casefold() in taken:
            number += 1
        return f"New rep {number}"
