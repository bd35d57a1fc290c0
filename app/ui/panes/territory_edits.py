# SPDX-License-Identifier: MIT
"""How the table of territories changes them: one, or many in one undo step."""

from collections.abc import Callable, Sequence

from app.models.ids import RepId, TerritoryId
from app.models.palette import TERRITORY_COLORS, territory_color
from app.models.territory import Territory, TravelMode
from app.services.commands import (
    Command,
    DescribeTerritories,
    RecolorTerritory,
    RenameTerritory,
    SetParent,
    SetRep,
    SetTerritoryLock,
    SetTerritoryWork,
    Together,
)
from app.services.hierarchy import children_by_parent
from app.services.natural_order import natural_key
from app.ui.panes.account_edits import LOCK_WORDS, READ_ONLY
from app.ui.session import EditSession
from app.ui.tables.columns import CellEdit, Choice, Value
from app.ui.tokens import Tokens
from app.ui.widgets.chip import chip_icon

TRAVEL_WORDS = {
    TravelMode.CAR: "By car",
    TravelMode.TRANSIT: "Public transport",
    TravelMode.BICYCLE: "Bicycle",
    TravelMode.FOOT: "On foot",
    TravelMode.REMOTE: "Remote",
}
CONNECT_WORDS = {True: "Required", False: "Not required"}
NO_REGION, VACANT = "", ""

_Make = Callable[[Territory, Value], Command]


class TerritoryEdits:
    """Makes the edits of the columns.

    Args:
        session: The open plan.
    """

    def __init__(self, session: EditSession) -> None:
        self._session = session

    def name(self) -> CellEdit:
        """Renames one territory."""

        def make(territory: Territory, value: Value) -> Command:
            return RenameTerritory(territory.id, str(value or ""))

        return CellEdit(self._writer("Rename", make), refusal=self.refusal, in_bulk=False)

    def color(self, tokens: Tokens) -> CellEdit:
        """Chooses one of the nine colours."""

        def make(territory: Territory, value: Value) -> Command:
            return RecolorTerritory(territory.id, int(str(value)), territory.name)

        choices = [
            Choice(str(at), territory_color(at).name, chip_icon(at, tokens))
            for at in range(len(TERRITORY_COLORS))
        ]
        return CellEdit(
            self._writer("Recolour", make),
            choices=lambda: choices,
            value_of=lambda row: str(self._territory(row).color_index),
            refusal=self.refusal,
        )

    def rep(self) -> CellEdit:
        """Staffs a territory, or makes it vacant."""

        def make(territory: Territory, value: Value) -> Command:
            rep = RepId(int(value)) if value else None
            name = "" if rep is None else self._session.workspace.rep(rep).name
            return SetRep(territory.id, rep, territory.name, name)

        return CellEdit(
            self._writer("Staff", make),
            choices=self._rep_choices,
            value_of=self._rep_of,
            refusal=self.refusal,
            in_bulk=False,
        )

    def region(self) -> CellEdit:
        """Puts territories into a region; those that have some below them are offered."""

        def write(rows: tuple[int, ...], value: Value) -> bool:
            workspace = self._session.workspace
            territories = [self._territory(row) for row in rows]
            parent = TerritoryId(int(value)) if value else None
            above = "" if parent is None else workspace.territory(parent).name
            name = territories[0].name if len(territories) == 1 else ""
            ids = tuple(territory.id for territory in territories)
            return self._session.run(SetParent(ids, parent, name, above))

        def choices() -> Sequence[Choice]:
            territories = self._session.workspace.territories
            regions = {above for above in children_by_parent(territories) if above is not None}
            ordered = sorted(territories, key=lambda t: (t.id not in regions, natural_key(t.name)))
            return [Choice(NO_REGION, "No region"), *(Choice(str(t.id), t.name) for t in ordered)]

        return CellEdit(
            write,
            choices=choices,
            value_of=lambda row: str(self._territory(row).parent_id or NO_REGION),
            refusal=self.refusal,
        )

    def lock(self) -> CellEdit:
        """Locks and unlocks."""

        def make(territory: Territory, value: Value) -> Command:
            return SetTerritoryLock(territory.id, value == "1", territory.name)

        return CellEdit(
            self._writer("Lock or unlock", make),
            choices=lambda: [Choice("1", LOCK_WORDS[True]), Choice("0", LOCK_WORDS[False])],
            value_of=lambda row: str(int(self._territory(row).is_locked)),
            refusal=self.refusal,
        )

    def travel(self) -> CellEdit:
        """Chooses how the rep gets around."""

        def make(territory: Territory, value: Value) -> Command:
            return _work(territory, TravelMode(str(value)), territory.admin_hours)

        return CellEdit(
            self._writer("Change the travel of", make),
            choices=lambda: [Choice(mode.value, words) for mode, words in TRAVEL_WORDS.items()],
            value_of=lambda row: self._territory(row).travel_mode.value,
            refusal=self.refusal,
        )

    def admin_hours(self) -> CellEdit:
        """Sets hours beside visits and travel; nothing means as set for all."""

        def make(territory: Territory, value: Value) -> Command:
            hours = value if isinstance(value, float) else None
            return _work(territory, territory.travel_mode, hours)

        return CellEdit(
            self._writer("Change the administration of", make),
            value_of=lambda row: self._territory(row).admin_hours,
            refusal=self.refusal,
        )

    def connection(self) -> CellEdit:
        """Says whether the areas have to hang together."""
        return CellEdit(
            lambda rows, value: self._describe("must_connect", rows, value),
            choices=lambda: [Choice("1", CONNECT_WORDS[True]), Choice("0", CONNECT_WORDS[False])],
            value_of=lambda row: str(int(self._territory(row).must_connect)),
            refusal=self.refusal,
        )

    def field(self, key: str, *, in_bulk: bool = True) -> CellEdit:
        """Changes a text, or words between commas."""
        return CellEdit(
            lambda rows, value: self._describe(key, rows, value),
            refusal=self.refusal,
            in_bulk=in_bulk,
        )

    def refusal(self, _row: int) -> str:
        """Why nothing can be changed; empty where the plan can be edited."""
        return READ_ONLY if self._session.is_read_only else ""

    def _writer(self, verb: str, make: _Make) -> Callable[[tuple[int, ...], Value], bool]:
        """What carries out one command per row, all of them in one step."""

        def write(rows: tuple[int, ...], value: Value) -> bool:
            commands = tuple(make(self._territory(row), value) for row in rows)
            if len(commands) == 1:
                return self._session.run(commands[0])
            return self._session.run(Together(commands, f"{verb} {len(rows)} territories"))

        return write

    def _describe(self, key: str, rows: tuple[int, ...], value: Value) -> bool:
        territories = [self._territory(row) for row in rows]
        name = territories[0].name if len(territories) == 1 else ""
        ids = tuple(territory.id for territory in territories)
        return self._session.run(DescribeTerritories(ids, key, str(value or ""), name))

    def _territory(self, row: int) -> Territory:
        return self._session.workspace.territories[row]

    def _rep_choices(self) -> Sequence[Choice]:
        reps = sorted(self._session.workspace.reps, key=lambda rep: natural_key(rep.name))
        return [Choice(VACANT, "Vacant"), *(Choice(str(rep.id), rep.name) for rep in reps)]

    def _rep_of(self, row: int) -> Value:
        rep = self._session.workspace.rep_of(self._territory(row).id)
        return VACANT if rep is None else str(rep.id)


def _work(territory: Territory, mode: TravelMode, admin_hours: float | None) -> Command:
    """The command that leaves what the user said about hours on the road as it is."""
    return SetTerritoryWork(territory.id, mode, admin_hours, territory.travel_hours, territory.name)
