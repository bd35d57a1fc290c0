# SPDX-License-Identifier: MIT
"""Reading the salespeople of a plan."""

from app.models.ids import RepId
from app.models.json_texts import words_of
from app.models.rep import Rep, StartPlace
from app.models.rows import Cell
from app.services.store.cells import day_text
from app.services.store.store import Store

_COLUMNS = (
    *("id", "name", "external_id", "email", "phone", "title", "home_text", "notes"),
    *("office_text", "start_on", "end_on", "lon", "lat", "capacity_hours", "quota"),
    *("office_lon", "office_lat", "part_time_fraction", "days_off", "experience_years", "cost"),
    *("skills", "languages", "product_lines", "segments", "starts_from", "manager_id"),
)


class RepRepository:
    """The salespeople."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def reps(self) -> tuple[Rep, ...]:
        """All reps in the order of their ids."""
        rows = self._store.rows(f"SELECT {', '.join(_COLUMNS)} FROM rep ORDER BY id")  # noqa: S608  our own names
        return tuple(_rep(dict(zip(_COLUMNS, row, strict=True))) for row in rows)


def _rep(row: dict[str, Cell]) -> Rep:
    texts = {name: str(row[name]) for name in _COLUMNS[1:11]}
    numbers = {name: _number(row[name]) for name in _COLUMNS[11:21]}
    manager = row["manager_id"]
    return Rep(
        id=RepId(int(row["id"] or 0)),
        name=texts["name"],
        external_id=texts["external_id"],
        email=texts["email"],
        phone=texts["phone"],
        title=texts["title"],
        home_text=texts["home_text"],
        notes=texts["notes"],
        office_text=texts["office_text"],
        start_on=day_text(row["start_on"]),
        end_on=day_text(row["end_on"]),
        lon=numbers["lon"],
        lat=numbers["lat"],
        capacity_hours=numbers["capacity_hours"] or 0.0,
        quota=numbers["quota"],
        office_lon=numbers["office_lon"],
        office_lat=numbers["office_lat"],
        part_time_fraction=numbers["part_time_fraction"] or 0.0,
        days_off=numbers["days_off"] or 0.0,
        experience_years=numbers["experience_years"],
        cost=numbers["cost"],
        skills=words_of(str(row["skills"])),
        languages=words_of(str(row["languages"])),
        product_lines=words_of(str(row["product_lines"])),
        segments=words_of(str(row["segments"])),
        starts_from=StartPlace(row["starts_from"]),
        manager_id=None if manager is None else RepId(int(manager)),
    )


def _number(cell: Cell) -> float | None:
    return None if cell is None else float(cell)
