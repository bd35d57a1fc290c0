# SPDX-License-Identifier: MIT
"""Reading who holds what: territories, assignments and roster of one sales force of a scenario."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from app.models.exceptions import ApartPair
from app.models.ids import AccountId, GeoUnitId, RepId, SalesForceId, ScenarioId, TerritoryId
from app.models.json_texts import words_of
from app.models.plan import Scenario
from app.models.rep import RosterEntry, RosterRole
from app.models.rows import Cell
from app.models.sales_force import ForceModel, SalesForce
from app.models.territory import Territory, TravelMode
from app.services.store.cells import day_text, number_or_none, whole
from app.services.store.store import Store

_Key = TypeVar("_Key", bound=Hashable)

_KEYS_PER_QUERY = 500
"""Below SQLite's limit on parameters in every build."""

_ITS_TERRITORIES = (
    "territory_id IN (SELECT id FROM territory WHERE scenario_id = ?1 AND sales_force_id = ?2)"
)


class ScenarioRepository:
    """Territories, assignments and roster of a scenario."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios by id."""
        rows = self._store.rows("SELECT id, name, status FROM scenario ORDER BY id")
        return tuple(Scenario(ScenarioId(whole(i)), str(n), str(s)) for i, n, s in rows)

    def territories(self, scenario: ScenarioId, force: SalesForceId) -> tuple[Territory, ...]:
        """The territories of a sales force in the order of their ids."""
        rows = self._store.rows(
            "SELECT id, name, color_index, is_color_fixed, is_locked, parent_id, notes,"
            " external_id, lock_digest, sales_force_id, travel_mode, admin_hours, skills,"
            " languages, must_connect, travel_hours FROM territory"
            " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY id",
            (scenario, force),
        )
        return tuple(_territory(row, scenario) for row in rows)

    def sales_forces(self) -> tuple[SalesForce, ...]:
        """All sales forces in the order of lists."""
        rows = self._store.rows(
            "SELECT id, name, model, position, keeps_families, level_words, notes"
            " FROM sales_force ORDER BY position, id"
        )
        return tuple(
            SalesForce(
                SalesForceId(whole(id_)),
                str(name),
                ForceModel(model),
                whole(position),
                bool(keeps),
                words_of(str(words)),
                str(notes),
            )
            for id_, name, model, position, keeps, words, notes in rows
        )

    def drawn_areas(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> list[tuple[int, TerritoryId, str, str]]:
        """Id, territory, name and the text of the outline of all drawn areas, by id."""
        rows = self._store.rows(
            "SELECT id, territory_id, name, polygon FROM drawn_area"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {_ITS_TERRITORIES} ORDER BY id",
            (scenario, force),
        )
        return [
            (whole(number), TerritoryId(whole(territory)), str(name), str(text))
            for number, territory, name, text in rows
        ]

    def geounit_claims(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> tuple[dict[GeoUnitId, frozenset[TerritoryId]], frozenset[GeoUnitId]]:
        """Territories by geounit, and the geounits that are explicitly nobody's."""
        rows = self._store.rows(
            "SELECT geounit_id, territory_id FROM geounit_assignment"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {_ITS_TERRITORIES}",
            (scenario, force),
        )
        holes = self._store.rows(
            "SELECT geounit_id FROM geounit_hole WHERE scenario_id = ? AND sales_force_id = ?",
            (scenario, force),
        )
        return _claims(rows, _geounit), frozenset(GeoUnitId(str(unit)) for (unit,) in holes)

    def geounit_claims_of(
        self, scenario: ScenarioId, force: SalesForceId, geounits: Sequence[GeoUnitId]
    ) -> tuple[dict[GeoUnitId, frozenset[TerritoryId]], frozenset[GeoUnitId]]:
        """The same for some geounits only."""
        claims: dict[GeoUnitId, frozenset[TerritoryId]] = {}
        holes: set[GeoUnitId] = set()
        for start in range(0, len(geounits), _KEYS_PER_QUERY):
            part = geounits[start : start + _KEYS_PER_QUERY]
            among = f"geounit_id IN ({','.join('?' * len(part))})"
            parameters = (scenario, force, *part)
            claims |= _claims(
                self._store.rows(
                    "SELECT geounit_id, territory_id FROM geounit_assignment"  # noqa: S608 question marks only
                    f" WHERE scenario_id = ?1 AND {_ITS_TERRITORIES} AND {among}",
                    parameters,
                ),
                _geounit,
            )
            rows = self._store.rows(
                "SELECT geounit_id FROM geounit_hole"  # noqa: S608 question marks only
                f" WHERE scenario_id = ? AND sales_force_id = ? AND {among}",
                parameters,
            )
            holes |= {GeoUnitId(str(unit)) for (unit,) in rows}
        return claims, frozenset(holes)

    def account_claims(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> dict[AccountId, frozenset[TerritoryId]]:
        """Territories by account for named assignments."""
        rows = self._store.rows(
            "SELECT account_id, territory_id FROM account_assignment"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {_ITS_TERRITORIES}",
            (scenario, force),
        )
        return _claims(rows, lambda account: AccountId(whole(account)))

    def family_claims(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> dict[str, frozenset[TerritoryId]]:
        """Territories by family for families that were assigned as a whole."""
        rows = self._store.rows(
            "SELECT family, territory_id FROM family_assignment"  # noqa: S608 fixed words
            f" WHERE scenario_id = ?1 AND {_ITS_TERRITORIES}",
            (scenario, force),
        )
        return _claims(rows, str)

    def account_locks(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> dict[AccountId, TerritoryId]:
        """Whose each locked account stays."""
        rows = self._store.rows(
            "SELECT account_id, territory_id FROM account_lock"
            " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY account_id",
            (scenario, force),
        )
        return {AccountId(whole(each)): TerritoryId(whole(holder)) for each, holder in rows}

    def geounit_locks(
        self, scenario: ScenarioId, force: SalesForceId
    ) -> dict[GeoUnitId, TerritoryId]:
        """Whose each locked geounit stays."""
        rows = self._store.rows(
            "SELECT geounit_id, territory_id FROM geounit_lock"
            " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY geounit_id",
            (scenario, force),
        )
        return {GeoUnitId(str(unit)): TerritoryId(whole(holder)) for unit, holder in rows}

    def apart_accounts(self) -> tuple[ApartPair, ...]:
        """The pairs of accounts that no territory may serve together."""
        rows = self._store.rows(
            "SELECT account_id, other_id, note FROM apart_accounts ORDER BY account_id, other_id"
        )
        return tuple(
            ApartPair(AccountId(whole(one)), AccountId(whole(other)), str(note))
            for one, other, note in rows
        )

    def roster(self, scenario: ScenarioId) -> tuple[RosterEntry, ...]:
        """Who holds which territory of any sales force, in any role, today or not."""
        rows = self._store.rows(
            "SELECT territory_id, rep_id, role, share_fraction, start_on, end_on FROM roster"
            " WHERE scenario_id = ?",
            (scenario,),
        )
        return tuple(
            RosterEntry(
                TerritoryId(whole(territory)),
                RepId(whole(rep)),
                RosterRole(role),
                number_or_none(share) or 0.0,
                day_text(start),
                day_text(end),
            )
            for territory, rep, role, share, start, end in rows
        )


def _territory(row: tuple[Cell, ...], scenario: ScenarioId) -> Territory:
    id_, name, color, fixed, locked, parent, notes, external_id, digest = row[:9]
    force, mode, admin, skills, languages, connect, travel = row[9:]
    return Territory(
        id=TerritoryId(whole(id_)),
        name=str(name),
        color_index=whole(color),
        is_color_fixed=bool(fixed),
        is_locked=bool(locked),
        parent_id=None if parent is None else TerritoryId(whole(parent)),
        notes=str(notes),
        scenario_id=scenario,
        sales_force_id=SalesForceId(whole(force)),
        external_id=str(external_id),
        lock_digest=str(digest),
        travel_mode=TravelMode(mode),
        admin_hours=number_or_none(admin),
        skills=words_of(str(skills)),
        languages=words_of(str(languages)),
        must_connect=bool(connect),
        travel_hours=number_or_none(travel),
    )


def _geounit(cell: Cell) -> GeoUnitId:
    return GeoUnitId(str(cell))


def _claims(
    rows: Sequence[tuple[Cell, ...]], key_of: Callable[[Cell], _Key]
) -> dict[_Key, frozenset[TerritoryId]]:
    claims: dict[_Key, frozenset[TerritoryId]] = {}
    for cell, territory in rows:
        key, claimant = key_of(cell), frozenset((TerritoryId(whole(territory)),))
        claims[key] = claims[key] | claimant if key in claims else claimant
    return claims
