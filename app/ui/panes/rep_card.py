# SPDX-License-Identifier: MIT
"""The inspector's page about a rep."""

from PySide6.QtWidgets import QWidget

from app.models.ids import RepId
from app.models.rep import Rep
from app.ui.formats import hours, money, number
from app.ui.panes.inspector_card import InspectorCard
from app.ui.panes.roster_words import written_day
from app.ui.panes.staffing import Staffing
from app.ui.parts import button, row
from app.ui.session import EditSession
from app.ui.widgets.field_list import FieldList


class RepCard(InspectorCard):
    """What one rep holds, and how to reach them."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, "Rep", parent)
        self._rep: RepId | None = None
        self.staffing = Staffing(session)
        self.fields = FieldList()
        self.edit = button("Edit…", self._on_edit, icon_name="edit")
        self.body.addWidget(self.staffing)
        self.body.addSpacing(8)
        self.body.addWidget(self.fields)
        self.body.addSpacing(8)
        self.body.addLayout(row(self.edit, None))
        self.body.addStretch(1)
        self.staffing.territory_requested.connect(self.territory_requested)

    def show_rep(self, rep: RepId) -> None:
        """Show a rep of the plan."""
        self._rep = rep
        found = self.session.workspace.rep(rep)
        self.title.setText(found.name)
        self.staffing.show_rep(rep)
        self.fields.set_fields(
            [
                ("Title", found.title),
                ("E-mail", found.email),
                ("Phone", found.phone),
                ("Reports to", _manager(self.session, found)),
                ("Home", found.home_text),
                ("Office", found.office_text),
                ("Available", f"{hours(found.available_hours)} per year"),
                ("First day", written_day(found.start_on)),
                ("Last day", written_day(found.end_on)),
                ("Skills", ", ".join(found.skills)),
                ("Languages", ", ".join(found.languages)),
                ("Product lines", ", ".join(found.product_lines)),
                ("Segments", ", ".join(found.segments)),
                ("Experience", _years(found)),
                ("Quota", "" if found.quota is None else money(found.quota)),
                ("Cost", "" if found.cost is None else money(found.cost)),
                ("Notes", found.notes),
            ]
        )

    def _on_edit(self) -> None:
        if self._rep is not None:
            self.rep_requested.emit(int(self._rep))


def _manager(session: EditSession, rep: Rep) -> str:
    names = {each.id: each.name for each in session.workspace.reps}
    return "" if rep.manager_id is None else names.get(rep.manager_id, "")


def _years(rep: Rep) -> str:
    years = rep.experience_years
    return "" if years is None else f"{number(years, 0 if years % 1 == 0 else 1)} years in sales"
