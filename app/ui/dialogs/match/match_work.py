# SPDX-License-Identifier: MIT
"""What the match window computes: facts once, fits with every change of the weights."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.models.ids import TerritoryId
from app.models.rep_match import MatchWeights
from app.services.rep_match.best_for_all import Staffing, StaffingProblem, best_for_all
from app.services.rep_match.comparing import StaffingComparison, compared
from app.services.rep_match.facts import NOBODY, FloatArray, MatchFacts
from app.services.rep_match.plan_facts import MATCH_TEXTS, match_facts
from app.services.rep_match.scores import Scores, distances_km, fit, part_scores
from app.ui.dialogs.match.match_words import MatchWords
from app.ui.panes.frozen_work import FrozenWork
from app.ui.session import EditSession
from app.ui.tasks import Task, TaskRunner


@dataclass(frozen=True, slots=True)
class Ground:
    """What does not change while the user moves weights.

    Attributes:
        now: Scores beside what everybody holds today.
        anew: Scores where all territories are staffed at once.
        distances: R x T in km.
        spare_hours: R x T, what is left beside what everybody holds today.
        all_hours: R x T, all that a rep has.
    """

    facts: MatchFacts
    now: Scores
    anew: Scores
    distances: FloatArray
    spare_hours: FloatArray
    all_hours: FloatArray


@dataclass(frozen=True, slots=True)
class BestAnswer:
    """The best staffing beside today's, with the words for it."""

    staffing: Staffing
    comparison: StaffingComparison
    fit: FloatArray


class MatchWork(QObject):
    """Computes in the background where the plan is large.

    Signals:
        ready: The facts are there.
        found(BestAnswer): The best staffing of all territories.
        failed(AppError): It could not be found.
    """

    ready = Signal()
    found = Signal(object)
    failed = Signal(object)

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: FrozenWork[Ground] = FrozenWork(session, self)
        self._tasks = TaskRunner(self)
        self._number = 0
        self.ground: Ground | None = None

    def start(self) -> None:
        """Read what is known."""
        self._facts.start(MATCH_TEXTS, self._freeze, self._take)

    def stop(self) -> None:
        """Forget what runs, and wait until nothing does."""
        self._number += 1
        self._facts.stop()
        self._tasks.stop()

    def words(self, *, anew: bool = False) -> MatchWords:
        """The words for pairs, once the facts are there."""
        ground = self._known()
        scores = ground.anew if anew else ground.now
        free = ground.all_hours if anew else ground.spare_hours
        return MatchWords(ground.facts, scores, ground.distances, free)

    def fits(self, weights: MatchWeights) -> FloatArray:
        """R x T beside what everybody holds today, once the facts are there."""
        return fit(self._known().now, weights)

    def find_best(self, weights: MatchWeights, kept: frozenset[TerritoryId]) -> None:
        """Find the best staffing of all; what was asked before is forgotten.

        Args:
            weights: How much each part counts.
            kept: Territories whose rep of today stays.
        """
        ground = self._known()
        self._number += 1
        number = self._number
        self._tasks.cancel()

        def tell(answer: BestAnswer) -> None:
            if number == self._number:
                self.found.emit(answer)

        def told_failed(problem: object) -> None:
            if number == self._number:
                self.failed.emit(problem)

        self._tasks.run(
            Task(
                "Looking for the best staffing",
                lambda context: _best(ground, weights, kept, context.cancelled),
                tell,
                told_failed,
            )
        )

    @property
    def is_busy(self) -> bool:
        """Whether something is still computed."""
        return self._tasks.is_busy or self._facts.is_busy

    def _known(self) -> Ground:
        if self.ground is None:
            message = "the facts are not there yet"
            raise RuntimeError(message)
        return self.ground

    def _freeze(self) -> Callable[[], Ground]:
        compute = match_facts(self._session.workspace)

        def ground() -> Ground:
            facts = compute()
            return Ground(
                facts,
                part_scores(facts),
                part_scores(facts, with_present_work=False),
                distances_km(facts),
                facts.spare_hours(),
                np.broadcast_to(facts.available_hours[:, None], facts.shape),
            )

        return ground

    def _take(self, ground: Ground) -> None:
        self.ground = ground
        self.ready.emit()


def _best(
    ground: Ground,
    weights: MatchWeights,
    kept: frozenset[TerritoryId],
    cancelled: Callable[[], bool],
) -> BestAnswer:
    facts = ground.facts
    stay = {
        at: int(facts.holder[at])
        for at, territory in enumerate(facts.territories)
        if facts.holder[at] != NOBODY and (territory.id in kept or territory.is_locked)
    }
    fits = fit(ground.anew, weights)
    problem = StaffingProblem(
        *(fits, facts.needed_hours, facts.available_hours, facts.holder, facts.could_start_new),
        kept=stay,
        apart=facts.apart,
    )
    staffing = best_for_all(problem, cancelled)
    return BestAnswer(staffing, compared(facts, staffing, fits, ground.anew, weights), fits)
