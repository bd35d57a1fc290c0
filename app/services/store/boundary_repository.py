# SPDX-License-Identifier: MIT
"""Reading the boundary layers of a plan, from an open store or inside an edit."""

from collections.abc import Callable, Sequence

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.models.rows import Cell

Query = Callable[..., Sequence[tuple[Cell, ...]]]
"""`Store.rows` or `Transaction.rows`."""

INFO_COLUMNS = (
    *("id", "name", "role", "level", "country", "file_name", "vintage", "attribution"),
    *("code_field", "name_field", "area_count", "position", "report"),
)


def layer_infos(rows: Query) -> tuple[BoundaryLayerInfo, ...]:
    """What the plan knows of its boundary layers, in their order."""
    found = rows(f"SELECT {', '.join(INFO_COLUMNS)} FROM boundary_layer ORDER BY position, id")  # noqa: S608  our own names
    return tuple(_info(row) for row in found)


def content_of(rows: Query, layer: int) -> str:
    """The packed areas of a layer."""
    return str(rows("SELECT content FROM boundary_layer WHERE id = ?", (layer,))[0][0])


def _info(row: tuple[Cell, ...]) -> BoundaryLayerInfo:
    id_, name, role, level, *texts, count, position, report = row
    country, file_name, vintage, attribution, code_field, name_field = map(str, texts)
    return BoundaryLayerInfo(
        id=int(id_ or 0),
        name=str(name),
        role=BoundaryRole(role),
        level=GeoLevel(level),
        country=country,
        file_name=file_name,
        vintage=vintage,
        attribution=attribution,
        code_field=code_field,
        name_field=name_field,
        area_count=int(count or 0),
        position=int(position or 0),
        report=str(report),
    )
