# SPDX-License-Identifier: MIT
"""Tries rules whenever they or the plan change, away from the main thread where it takes long."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.rule import Rule
from app.services.rule_trials import field_maker, rule_trial
from app.services.rules.dry_run import DryRun, dry_run
from app.services.rules.fields import RuleField
from app.services.rules.names import RuleNames
from app.ui.panes.frozen_work import FrozenWork
from app.ui.session import EditSession

_WAIT_MS = 120


class RuleWatch(QObject):
    """What the rules of the page do, and what they are called.

    Args:
        session: The open plan.
        parent: The page or dialog.

    Attributes:
        names: Names of the plan's fields; None until they are read.
        run: The last outcome; None until there is one.

    Signals:
        named(): Names were read.
        tried(): There is a new outcome.
    """

    named = Signal()
    tried = Signal()

    def __init__(self, session: EditSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.names: RuleNames | None = None
        self.run: DryRun | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(lambda: self.try_rules(self._waiting))
        self._waiting: Sequence[Rule] = ()
        self._trials: FrozenWork[DryRun] = FrozenWork(session, self)
        self._fields: FrozenWork[tuple[RuleField, ...]] = FrozenWork(session, self)

    def read_names(self) -> None:
        """Find the fields of the plan anew."""
        workspace = self._session.workspace

        def take(fields: tuple[RuleField, ...]) -> None:
            self.names = RuleNames(fields, workspace.geography, workspace.reps)
            self.named.emit()

        self._fields.start((), lambda: field_maker(workspace), take)

    def try_soon(self, rules: Sequence[Rule]) -> None:
        """The same as `try_rules`, once nothing else was to be tried for a moment."""
        self._waiting = rules
        self._wait.start()

    def try_rules(self, rules: Sequence[Rule]) -> None:
        """Work out what rules do; an outcome that is overtaken is never told."""
        workspace = self._session.workspace

        def freeze() -> Callable[[], DryRun]:
            trial = rule_trial(workspace, rules)
            return lambda: dry_run(trial)

        def take(run: DryRun) -> None:
            if self._wait.isActive():
                return  # of rules that are others by now
            self.run = run
            self.tried.emit()

        self._trials.start((), freeze, take)

    @property
    def is_settled(self) -> bool:
        """Whether names are known and nothing is being worked out, or is about to be."""
        is_waiting = self._wait.isActive() or self._trials.is_busy
        return self.names is not None and not is_waiting

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self._wait.stop()
        self._trials.stop()
        self._fields.stop()
