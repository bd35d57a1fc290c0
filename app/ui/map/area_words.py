# SPDX-License-Identifier: MIT
"""What the pointer shows over an area."""

from collections.abc import Sequence

import numpy as np

from app.models.measure import ACCOUNT_COUNT
from app.services.alignment import IN_DISPUTE, MIXED
from app.services.geography.area_view import AreaView
from app.services.map_figures import (
    area_figure,
    chosen_figures,
    territory_figures,
)
from app.services.workspace import Workspace
from app.ui.formats import measure_value, plural
from app.ui.map.look_titles import figure_text


class AreaWords:
    """Words about the units of a view.

    Args:
        workspace: The open plan.
        view: The areas that are shown.
        figures: Keys of the figures that the user chose; none for accounts and main measure.
    """

    def __init__(self, workspace: Workspace, view: AreaView, figures: Sequence[str]) -> None:
        self._workspace = workspace
        self._view = view
        self._figures = figures

    def lines(self, number: int) -> list[str]:
        """What the pointer shows over a unit: name, holder, accounts, main measure."""
        workspace, view = self._workspace, self._view
        if not 0 <= number < len(view.geounits):
            return []
        members = view.members(number)
        code = int(workspace.unit_territory(view.key)[number])
        if code >= 0:
            territory = workspace.territories[code]
            rep = workspace.rep_of(territory.id)
            holder = f"{territory.name} · {rep.name if rep else 'vacant'}"
        elif code == IN_DISPUTE:
            claims = workspace.holdings.territories_claiming(members[0])
            names = (workspace.territory(t).name for t in claims)
            holder = "In dispute: " + ", ".join(names)
        else:
            holder = "Several territories" if code == MIXED else "Unassigned"
        words = self._figure_words(number, code) or [
            self._account_words(number),
            self._market_words(number),
        ]
        return [view.names[number], holder, *filter(None, words)]

    def _figure_words(self, position: int, code: int) -> list[str]:
        """The figures that the user chose, of an area and of the territory that holds it."""
        workspace = self._workspace
        figures = chosen_figures(workspace.measures, self._figures)
        if not figures or position < 0:
            return []
        words = [
            figure_text(figure, area_figure(workspace, self._view.key, position, figure))
            for figure in figures
            if not figure.kind.is_of_territories
        ]
        if code >= 0:
            territory = workspace.territories[code]
            values = territory_figures(workspace, figures)
            pairs = zip(figures, values, strict=True)
            texts = [figure_text(figure, found.get(territory.id)) for figure, found in pairs]
            words.append(f"{territory.name}: {', '.join(filter(None, texts))}")
        return words

    def _account_words(self, number: int) -> str:
        """How many accounts lie in a unit, and their sum of the main measure."""
        workspace, key = self._workspace, self._view.key
        accounts = int(np.nan_to_num(workspace.unit_values(key, ACCOUNT_COUNT)[number]))
        if not accounts:
            return ""
        main = workspace.main_account_measure
        total = float(workspace.unit_values(key, main.id)[number])
        more = f" · {main.name} {measure_value(total, main.kind)}" if main.id else ""
        return plural(accounts, "account", "accounts") + more

    def _market_words(self, number: int) -> str:
        """The main measure of a unit where that is market data."""
        workspace = self._workspace
        main = workspace.main_measure
        if main.level is None:
            return ""
        value = float(workspace.unit_values(self._view.key, main.id)[number])
        text = "no data" if np.isnan(value) else measure_value(value, main.kind)
        return f"{main.name}: {text}"
