# SPDX-License-Identifier: MIT
"""How do you want to divide the market? Questions, options, and a preview that follows them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from app.models.errors import AppError, TaskCancelled
from app.models.ids import SalesForceId
from app.services.builders.first_version import Market
from app.services.builders.guide import Recommendation
from app.services.builders.market_hints import MarketHints, market_hints
from app.services.builders.proposing import Proposal, market_of, proposing
from app.services.workspace import Workspace
from app.ui.dialogs.divide_market.options import OptionForm
from app.ui.dialogs.divide_market.proposal_view import ProposalView
from app.ui.dialogs.divide_market.questions import QuestionForm
from app.ui.fonts import TITLE
from app.ui.formats import measure_value, plural
from app.ui.parts import button, column, hairline, label, row
from app.ui.tasks import Task, TaskContext, TaskRunner
from app.ui.widgets.progress_overlay import ProgressOverlay

_LEFT_WIDTH, _MIDDLE_WIDTH = 284, 290


class DivideDialog(QDialog):
    """The guide; whoever opened it builds what was chosen.

    Args:
        workspace: The open plan; it does not change while the dialog is open.
        force: The sales force that is offered first.
        parent: The window.

    Signals:
        chosen: The `Proposal` that the user wants built.
    """

    chosen = Signal(object)

    def __init__(
        self, workspace: Workspace, force: SalesForceId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Divide the market")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1340, 680)
        self._workspace = workspace
        self._proposal: Proposal | None = None
        self._revision = 0
        self.tasks = TaskRunner(self)
        self.questions = QuestionForm()
        self.options = OptionForm(workspace, force)
        self.view = ProposalView(workspace)
        self.build = button("Build", self._on_build, kind="primary")
        self.build.setDefault(True)
        self._compose()
        self.progress = ProgressOverlay(self)
        self._connect()
        self._ask_data()
        self._on_recommended(self.questions.recommendation())

    def proposal(self) -> Proposal | None:
        """What would be built; None while that is not known."""
        return self._proposal

    def done(self, result: int) -> None:
        self.tasks.stop()
        super().done(result)

    def _compose(self) -> None:
        head = label("How do you want to divide the market?", size=TITLE, semibold=True)
        panes = row(
            _scrolled(self.questions, _LEFT_WIDTH),
            _scrolled(self.options, _MIDDLE_WIDTH),
            gap=18,
        )
        panes.addWidget(self.view, 1)
        outer = column(head, hairline(), margin=18, gap=12)
        outer.addLayout(panes, 1)
        outer.addLayout(row(None, button("Cancel", self.reject), self.build))
        self.setLayout(outer)

    def _connect(self) -> None:
        self.tasks.started.connect(self.progress.start)
        self.tasks.progressed.connect(
            lambda share, text: self.progress.set_progress(share if share >= 0 else None, text)
        )
        self.tasks.finished.connect(self.progress.finish)
        self.progress.cancelled.connect(self.tasks.cancel)
        self.questions.recommended.connect(self._on_recommended)
        self.options.changed.connect(self._work)

    def _ask_data(self) -> None:
        """Say below the questions what the data tell."""
        market = self._market()
        measure = self._workspace.measure(self.options.measure_id)

        def done(hints: MarketHints) -> None:
            self.questions.show_hints(hints, measure)

        def work(_context: TaskContext) -> MarketHints:
            return market_hints(market)

        self.tasks.run(Task("Looking at the data", work, done, self.view.show_problem))

    def _on_recommended(self, found: Recommendation) -> None:
        self.options.set_version(found.version, has_specialists=found.has_specialists)
        self._work()

    def _work(self) -> None:
        """Work out what the choices of now lead to."""
        self._revision += 1
        revision, choice = self._revision, self.options.choice()
        work = proposing(self._workspace, choice, self.options.measure_id, self._market())
        self._proposal = None
        self.build.setEnabled(False)

        def compute(context: TaskContext) -> Proposal:
            context.progress(-1, "Working out territories")
            return work()

        def done(proposal: Proposal) -> None:
            if revision == self._revision:
                self._show(proposal)

        def failed(error: AppError) -> None:
            if revision == self._revision and not isinstance(error, TaskCancelled):
                self.view.show_problem(error)
                self.build.setText("Build")

        self.tasks.run(Task("Working out territories", compute, done, failed))

    def _market(self) -> Market:
        choice = self.options.choice()
        kind = self._workspace.measure(choice.kinds.size).kind
        return market_of(
            self._workspace, self.options.measure_id, lambda value: measure_value(value, kind)
        )

    def _show(self, proposal: Proposal) -> None:
        self._proposal = proposal
        measure = self._workspace.measure(self.options.measure_id)
        self.options.show_kinds(proposal.kinds, proposal.left_out)
        self.view.show_proposal(proposal, measure, names_left_out=self.options.follows_owners)
        amount = sum(len(build.draft.territories) for build in proposal.builds)
        self.build.setText(f"Build {plural(amount, 'territory', 'territories')}")
        self.build.setEnabled(not self._workspace.document.is_read_only)

    def _on_build(self) -> None:
        if self._proposal is not None:
            self.chosen.emit(self._proposal)
            self.accept()


def _scrolled(inside: QWidget, width: int) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFixedWidth(width)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
