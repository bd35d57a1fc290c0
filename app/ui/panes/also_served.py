# SPDX-License-Identifier: MIT
"""Who else serves an account: the territories of the plan's other sales forces."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.ids import SalesForceId, TerritoryId
from app.services.force_coverage import AccountServing, serving_of
from app.ui.parts import column, framed, label
from app.ui.session import EditSession
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.link_list import Link, LinkList


class AlsoServed(QWidget):
    """A card with a link per sales force that is not shown; hidden while there is one only.

    Signals:
        territory_requested: Id of a territory, whose sales force is shown by then.
    """

    territory_requested = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._force_by_territory: dict[TerritoryId, SalesForceId] = {}
        self.links = LinkList()
        self.nobody = label("", "muted", wraps=True)
        self.nobody.setMinimumWidth(80)
        title = label("In other sales forces", "muted")
        card = framed(column(title, self.links, self.nobody, margin=12, gap=4), "card")
        self.setLayout(column(card))
        self.links.chosen.connect(self._on_chosen)
        self.hide()

    def show_row(self, row: int) -> None:
        """Show who serves the account at a row."""
        workspace = self._session.workspace
        shown = workspace.sales_force.id
        others = [each for each in serving_of(workspace, row) if each.force.id != shown]
        tokens = tokens_of(self.palette())
        links: list[Link] = []
        self._force_by_territory = {}
        for each in others:
            if each.territory is None:
                continue
            self._force_by_territory[each.territory.id] = each.force.id
            chip = chip_icon(each.territory.color_index, tokens)
            rep = each.rep.name if each.rep is not None else "Vacant"
            name = f"{each.force.name}: {each.territory.name}"
            links.append(Link(int(each.territory.id), name, chip, rep))
        self.links.set_links(links)
        self.links.setVisible(bool(links))
        self.nobody.setText(_rest_sentence(others))
        self.nobody.setVisible(bool(self.nobody.text()))
        self.setVisible(bool(others))

    def _on_chosen(self, territory: int) -> None:
        wanted = TerritoryId(territory)
        self._session.choose_sales_force(self._force_by_territory[wanted])
        self.territory_requested.emit(territory)


def _rest_sentence(others: list[AccountServing]) -> str:
    """Which sales forces do not serve it, and in which it is in dispute."""
    disputed = [each.force.name for each in others if each.in_dispute]
    without = [each.force.name for each in others if each.territory is None and not each.in_dispute]
    sentences: list[str] = []
    if disputed:
        sentences.append(f"In dispute in {', '.join(disputed)}.")
    if without:
        sentences.append(f"Not served by {', '.join(without)}.")
    return " ".join(sentences)
