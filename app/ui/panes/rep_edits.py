# SPDX-License-Identifier: MIT
"""How the table of reps changes them: one, or many in one undo step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.commands import Together, UpdateRep
from app.services.natural_order import natural_key
from app.ui.panes.account_edits import READ_ONLY
from app.ui.session import EditSession
from app.ui.tables.columns import CellEdit, Choice, Value

NO_MANAGER = ""
_Fields = Mapping[str, object]


class RepEdits:
    """Makes the edits of the columns.

    Args:
        session: The open plan.
    """

    def __init__(self, session: EditSession) -> None:
        self._session = session

    def text(self, key: str, *, in_bulk: bool = True) -> CellEdit:
        """Changes a text."""
        return CellEdit(
            self._writer(lambda value: {key: str(value or "")}),
            value_of=lambda row: str(getattr(self._rep(row), key)),
            refusal=self.refusal,
            in_bulk=in_bulk,
        )

    def words(self, key: str) -> CellEdit:
        """Changes a list of words, typed between commas; those of other reps are offered."""

        def fields(value: Value) -> _Fields:
            listed = (" ".join(word.split()) for word in str(value or "").split(","))
            return {key: tuple(dict.fromkeys(filter(None, listed)))}

        def offered() -> Sequence[str]:
            found = {", ".join(getattr(rep, key)) for rep in self._session.workspace.reps}
            return sorted(found - {""}, key=str.casefold)

        return CellEdit(self._writer(fields), offered=offered, refusal=self.refusal)

    def number(self, key: str, *, can_be_empty: bool = False) -> CellEdit:
        """Changes a number; nothing typed means none where that is possible, else 0."""

        def fields(value: Value) -> _Fields:
            if isinstance(value, float):
                return {key: value}
            return {key: None if can_be_empty else 0.0}

        return CellEdit(
            self._writer(fields),
            value_of=lambda row: getattr(self._rep(row), key),
            refusal=self.refusal,
        )

    def percentage(self, key: str) -> CellEdit:
        """Changes a fraction, which is typed in percent."""

        def fields(value: Value) -> _Fields:
            return {key: value / 100.0 if isinstance(value, float) else 0.0}

        return CellEdit(
            self._writer(fields),
            value_of=lambda row: 100.0 * float(getattr(self._rep(row), key)),
            refusal=self.refusal,
        )

    def manager(self) -> CellEdit:
        """Chooses whom a rep reports to."""

        def choices() -> Sequence[Choice]:
            reps = sorted(self._session.workspace.reps, key=lambda rep: natural_key(rep.name))
            named = [Choice(str(rep.id), rep.name) for rep in reps]
            return [Choice(NO_MANAGER, "Nobody"), *named]

        return CellEdit(
            self._writer(lambda value: {"manager_id": RepId(int(value)) if value else None}),
            choices=choices,
            value_of=lambda row: str(self._rep(row).manager_id or NO_MANAGER),
            refusal=self.refusal,
        )

    def refusal(self, _row: int) -> str:
        """Why nothing can be changed; empty where the plan can be edited."""
        return READ_ONLY if self._session.is_read_only else ""

    def _writer(
        self, fields: Callable[[Value], _Fields]
    ) -> Callable[[tuple[int, ...], Value], bool]:
        """What writes fields of reps, those of many in one step."""

        def write(rows: tuple[int, ...], value: Value) -> bool:
            wanted = fields(value)
            reps = [replace(self._rep(row), **wanted) for row in rows]  # pyright: ignore[reportArgumentType]  fields
            commands = tuple(UpdateRep(rep) for rep in reps)
            if len(commands) == 1:
                return self._session.run(commands[0])
            return self._session.run(Together(commands, f"Edit {len(rows)} reps"))

        return write

    def _rep(self, row: int) -> Rep:
        return self._session.workspace.reps[row]
