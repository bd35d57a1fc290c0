# SPDX-License-Identifier: MIT
"""Matching reps and territories: who fits one best, and the best way to staff all of them."""

import uuid

import numpy as np
from PySide6.QtWidgets import QComboBox, QDialog, QStackedWidget, QWidget

from app.models.errors import AppError, TaskCancelled
from app.models.ids import RepId, StrokeId, TerritoryId
from app.services.commands import PutSetting, SetRep
from app.services.natural_order import natural_key
from app.services.store.plan_settings import MATCH_WEIGHTS
from app.ui.dialogs.match.candidate_list import MOST_SHOWN, Candidate, CandidateList
from app.ui.dialogs.match.match_work import MatchWork
from app.ui.dialogs.match.staffing_page import StaffingPage
from app.ui.dialogs.match.weight_panel import WeightPanel
from app.ui.fonts import CAPTION
from app.ui.formats import hours
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.widgets.segmented import Segmented

_WEIGHTS_WIDTH = 250
_ONE, _ALL = "one", "all"


class MatchDialog(QDialog):
    """Ranked reps for a territory, and the best staffing of all with today's beside it.

    Args:
        session: The open plan.
        territory: The one that is looked at first; None begins with all of them.
        parent: The window.
    """

    def __init__(
        self,
        session: EditSession,
        territory: TerritoryId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Match reps and territories")
        self.setModal(True)
        self._session = session
        self._stroke = StrokeId(uuid.uuid4().hex)
        self.work = MatchWork(session, self)
        self.weights = WeightPanel(session.workspace.settings.match_weights)
        self.pages = Segmented("What to match", [(_ONE, "One territory"), (_ALL, "All at once")])
        self.territory = QComboBox()
        self.candidates = CandidateList()
        self.about = label("Looking at reps and territories…", "muted", wraps=True)
        self.staffing = StaffingPage(session, self.work)
        self._stack = QStackedWidget()
        self._compose()
        self._fill_territories(territory)
        self.pages.set_chosen(_ALL if territory is None else _ONE)
        self._stack.setCurrentIndex(1 if territory is None else 0)
        self._connect()
        self.work.start()

    def done(self, result: int) -> None:
        self.work.stop()
        super().done(result)

    def refresh(self) -> None:
        """Show the fits with the present weights."""
        if self.work.ground is None:
            return
        if self.pages.chosen_key() == _ALL:
            self.staffing.look_for(self.weights.weights())
        else:
            self._show_candidates()

    def _compose(self) -> None:
        self.territory.setAccessibleName("Territory")
        self.territory.setMinimumWidth(240)
        note = (
            "What is not known of a rep or a territory counts neither for nor against. Skills and"
            " languages that a territory needs are set in the table of territories."
        )
        left = QWidget()
        left.setFixedWidth(_WEIGHTS_WIDTH)
        left.setLayout(
            column(self.weights, label(note, "muted", size=CAPTION, wraps=True), None, gap=12)
        )
        one = QWidget()
        page = column(row(label("Territory", "muted"), self.territory, None), self.about)
        page.addWidget(self.candidates, 1)
        one.setLayout(page)
        self._stack.addWidget(one)
        self._stack.addWidget(self.staffing)
        right = column(row(self.pages, None), gap=10)
        right.addWidget(self._stack, 1)
        both = row(left, gap=18)
        both.addLayout(right, 1)
        outer = column(margin=18, gap=12)
        outer.addLayout(both, 1)
        outer.addLayout(row(None, button("Close", self.reject)))
        self.setLayout(outer)
        self.resize(1280, 680)

    def _connect(self) -> None:
        self.pages.chosen.connect(self._on_page)
        self.territory.activated.connect(lambda _at: self.refresh())
        self.candidates.chosen.connect(self._on_assign)
        self.weights.moved.connect(self._on_weights_moved)
        self.weights.settled.connect(self._on_weights_settled)
        self.work.ready.connect(self.refresh)
        self.work.found.connect(self.staffing.show_answer)
        self.work.failed.connect(self._on_failed)
        self.staffing.wanted.connect(self.refresh)

    def _fill_territories(self, first: TerritoryId | None) -> None:
        workspace = self._session.workspace
        leaves = sorted(workspace.leaf_territories, key=lambda t: natural_key(t.name))
        leaves.sort(key=lambda t: workspace.rep_of(t.id) is not None)
        for leaf in leaves:
            rep = workspace.rep_of(leaf.id)
            self.territory.addItem(f"{leaf.name} ({rep.name if rep else 'vacant'})", int(leaf.id))
        if first is not None:
            self.territory.setCurrentIndex(max(0, self.territory.findData(int(first))))

    def _show_candidates(self) -> None:
        ground, words = self.work.ground, self.work.words()
        chosen = self.territory.currentData()
        ids = [int(t.id) for t in words.facts.territories]
        if ground is None or chosen not in ids:
            self.about.setText(
                "There is no territory to staff yet. Build or add territories first."
            )
            self.candidates.set_candidates((), can_edit=False)
            return
        at, facts = ids.index(chosen), words.facts
        fits = self.work.fits(self.weights.weights())[:, at]
        # Of two who fit alike, the one with more hours left comes first.
        order = np.lexsort((np.arange(len(fits)), -ground.spare_hours[:, at], -fits)).tolist()
        self.about.setText(
            f"{facts.territories[at].name} is about {hours(float(facts.needed_hours[at]))} of work"
            f" a year{'' if facts.is_workload else ', by its share of the main measure'}."
        )
        self.candidates.set_candidates(
            [
                Candidate(
                    facts.reps[rep].id,
                    facts.reps[rep].name,
                    float(fits[rep]),
                    words.sentence(rep, at),
                    words.reasons(rep, at),
                    holds=int(facts.holder[at]) == rep,
                )
                for rep in order[:MOST_SHOWN]
            ],
            more=max(0, len(order) - MOST_SHOWN),
            can_edit=not self._session.is_read_only,
        )

    def _on_page(self, key: str) -> None:
        self._stack.setCurrentIndex(1 if key == _ALL else 0)
        self.refresh()

    def _on_weights_moved(self) -> None:
        if self.work.ground is not None and self.pages.chosen_key() == _ONE:
            self._show_candidates()

    def _on_weights_settled(self) -> None:
        weights = self.weights.weights()
        if weights != self._session.workspace.settings.match_weights:
            wanted = PutSetting(
                MATCH_WEIGHTS, weights.as_setting(), "Weigh the fit of reps", self._stroke
            )
            if not self._session.is_read_only:
                self._session.run(wanted)
        self.refresh()

    def _on_assign(self, rep: int) -> None:
        workspace = self._session.workspace
        territory = workspace.territory(TerritoryId(self.territory.currentData()))
        found = workspace.rep(RepId(rep))
        command = SetRep(
            *(territory.id, found.id, territory.name, found.name),
            day=workspace.roster.today,
        )
        if self._session.run(command):
            self.accept()

    def _on_failed(self, problem: AppError) -> None:
        if not isinstance(problem, TaskCancelled):
            self.staffing.show_problem(problem)
