# SPDX-License-Identifier: MIT
"""The plan's map as one HTML file for people who do not have the program."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.services.alignment import IN_DISPUTE, MIXED, NOBODY
from app.services.exported_areas import chosen_areas
from app.services.exported_backdrop import travelling
from app.services.exporting.safe_file import replaced_file
from app.services.geography.area_view import AreaView
from app.services.geography.packed import PackedPolygons
from app.services.label_places import (
    Bounds,
    finest_assigned_level,
    served_box,
    territory_places,
)
from app.services.map_layers import (
    AreaColors,
    LegendLine,
    Rgba,
    mercator,
    over_land,
    territory_colors,
    territory_fill,
)
from app.services.map_shapes import cities_within, compact_lines, compact_polygons, packed_text
from app.services.workspace import Workspace

_DIVIDED_NOTE = "Several territories: finer areas inside belong to different ones."
_CODE_WORDS = ("In dispute", "Several territories", "Unassigned")
_POINT = np.dtype([("x", "<f4"), ("y", "<f4"), ("rgba", "u1", 4), ("radius", "<f4")])
_DOT: Rgba = (46, 54, 60, 210)


@dataclass(frozen=True, slots=True)
class ExportedLabel:
    """A territory's name and rep at a place."""

    lon: float
    lat: float
    text: str
    sub: str


@dataclass(frozen=True, slots=True)
class ExportedHome:
    """The home of a rep."""

    lon: float
    lat: float
    name: str
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class MapExport:
    """Everything that an exported map shows, taken from the plan; independent of it from then on.

    Attributes:
        resources: Folder with the page and the areas.
        polygons: Packed areas of the view.
        own_count: So many of the view's first areas belong to the level; the rest are the other
            countries, which lose detail unless somebody serves them.
        names: Per area.
        area_bounds: West, south, east, north per area.
        holders: Sentences about who serves an area ("North" and, below it, "Jane Doe").
        holder_of_area: Per area a position in `holders`, or -1.
        detailed: Per area whether it is shown in full; all held areas by default.
        focus: West, south, east, north of what the page shows first; the detailed areas by default.
        points: Normalised Mercator of the accounts to show; none by default.
    """

    resources: Path
    title: str
    subtitle: str
    note: str
    polygons: PackedPolygons
    own_count: int
    names: tuple[str, ...]
    area_bounds: npt.NDArray[np.float32]
    colors: AreaColors
    holders: tuple[str, ...]
    holder_of_area: npt.NDArray[np.int32]
    labels: tuple[ExportedLabel, ...] = ()
    homes: tuple[ExportedHome, ...] = ()
    lines: tuple[tuple[str, Path], ...] = ()
    cities_path: Path | None = None
    detailed: npt.NDArray[np.bool_] | None = None
    focus: Bounds | None = None
    points: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    point_names: tuple[str, ...] = ()
    is_metric: bool = False


def map_for_export(workspace: Workspace, *, with_accounts: bool = False) -> MapExport:
    """The map of territories at the finest level that is assigned, whatever the window shows.

    Args:
        workspace: The open plan.
        with_accounts: Whether to add every placed account with its name; off by default, since
            the file goes to other people.
    """
    geography = workspace.geography
    level = finest_assigned_level(workspace)
    view = geography.view(level)
    held = _of_features(workspace.unit_territory(level), view.unit_of_feature)
    territories = workspace.territories
    leaves = set(workspace.leaf_territories)
    names = [territory.name if territory in leaves else "" for territory in territories]
    colors = territory_colors(held, [t.color_index for t in territories], names, dark=False)
    reps = [workspace.rep_of(territory.id) for territory in territories]
    rep_names = [rep.name if rep is not None else "Vacant" for rep in reps]
    layers = {each: geography.layer(each) for each in view.units.levels}
    accounts = workspace.accounts
    is_placed = np.isfinite(accounts.lon) if with_accounts else np.zeros(len(accounts), np.bool_)
    return MapExport(
        resources=geography.folder.parent,
        title=workspace.info.name,
        subtitle=plan_subtitle(workspace),
        note=" · ".join(dict.fromkeys(layers[each].attribution for each in reversed(layers))),
        polygons=view.packed(),
        own_count=view.own_count,
        names=_names_of_features(view),
        area_bounds=view.features.pick(
            lambda each: layers[each].bounds, np.zeros((1, 4), np.float32)
        ),
        colors=colors,
        holders=(*(f"{n}\n{r}" for n, r in zip(names, rep_names, strict=True)), *_CODE_WORDS),
        holder_of_area=_holder_positions(held, len(territories)),
        labels=_labels(workspace, level, rep_names),
        homes=_homes(workspace),
        lines=_lines(geography.folder, level),
        cities_path=geography.folder / "labels.json",
        focus=served_box(workspace),
        points=mercator(accounts.lon[is_placed], accounts.lat[is_placed]),
        point_names=tuple(str(name) for name in accounts.text("name")[is_placed]),
    )


def _of_features(
    values: npt.NDArray[np.int32], unit_of_feature: npt.NDArray[np.int32] | None
) -> npt.NDArray[np.int32]:
    """Who holds the unit that each polygon is a part of."""
    if unit_of_feature is None:
        return values
    return np.where(unit_of_feature >= 0, values[unit_of_feature], NOBODY).astype(np.int32)


def _names_of_features(view: AreaView) -> tuple[str, ...]:
    """Per polygon the name of the unit that it is a part of."""
    if view.unit_of_feature is None:
        return tuple(view.names)
    names: tuple[str, ...] = (*view.names, "")
    units: list[int] = view.unit_of_feature.tolist()
    return tuple(names[unit] for unit in units)


def _holder_positions(held: npt.NDArray[np.int32], territory_count: int) -> npt.NDArray[np.int32]:
    positions = np.array(held, np.int32)
    for place, code in enumerate((IN_DISPUTE, MIXED, NOBODY)):
        positions[held == code] = territory_count + place
    return positions


def plan_subtitle(workspace: Workspace) -> str:
    """How much is in the plan, in one line."""
    territories = len(workspace.territories)
    reps = sum(1 for t in workspace.territories if workspace.rep_of(t.id) is not None)
    word = "territory" if territories == 1 else "territories"
    return f"{territories} {word}, {reps} staffed, {len(workspace.accounts):,} accounts"


def _labels(
    workspace: Workspace, level: GeoLevel, rep_names: list[str]
) -> tuple[ExportedLabel, ...]:
    places = territory_places(workspace, level)
    each = zip(workspace.territories, places, rep_names, strict=True)
    return tuple(
        ExportedLabel(*place, territory.name, rep) for territory, place, rep in each if place
    )


def _homes(workspace: Workspace) -> tuple[ExportedHome, ...]:
    homes: list[ExportedHome] = []
    for rep in workspace.reps:
        held = workspace.territories_of(rep.id)
        if rep.lon is None or rep.lat is None or not held:
            continue
        rgba = over_land(territory_fill(held[0].color_index, dark=False), dark=False)
        homes.append(ExportedHome(rep.lon, rep.lat, rep.name, rgba))
    return tuple(homes)


def _lines(folder: Path, level: GeoLevel) -> tuple[tuple[str, Path], ...]:
    kinds = [("lake", "lakes.ply"), ("country", "country_lines.lin")]
    if level is not GeoLevel.COUNTRY:
        kinds.insert(1, ("state", "state_lines.lin"))
    return tuple((kind, folder / name) for kind, name in kinds if (folder / name).is_file())


def write_html_map(path: Path, export: MapExport) -> None:
    """Writes the map as one self-contained HTML file.

    Raises:
        ExportProblem: The file could not be written; an older one is kept.
    """
    # folium takes about 1.5 s to import; only an export needs it here.
    from app.services.map_file import self_contained_document  # noqa: PLC0415

    facts, blocks = document_parts(export)
    html = self_contained_document(export.resources, facts, blocks)
    with replaced_file(path) as file:
        file.write(html.encode("utf-8"))


def document_parts(export: MapExport) -> tuple[dict[str, object], dict[str, str]]:
    """The JSON facts and the packed data blocks of the document."""
    detailed = export.detailed
    if detailed is None:
        detailed = export.colors.groups != NOBODY
    chosen = chosen_areas(export.area_bounds, export.own_count, detailed)
    focus = export.focus or chosen.bounds
    colors = export.colors
    areas = travelling(export.polygons, colors.groups, chosen)
    shapes = compact_polygons(areas.polygons, areas.shown, areas.lost_bits)
    like = areas.like
    wanted: list[int] = chosen.wanted.tolist()
    names = [export.names[i] for i in wanted]
    packed = colors.rgba[like].tobytes() + colors.groups[like].astype("<i4").tobytes()
    blocks = {"shapes": packed_text(shapes.steps.tobytes()), "colors": packed_text(packed)}
    lines: list[dict[str, object]] = []
    for number, (kind, path) in enumerate(export.lines):
        compact = compact_lines(path)
        blocks[f"line{number}"] = packed_text(compact.steps.tobytes())
        lines.append({"kind": kind, "block": f"line{number}", "shapes": compact.facts()})
    if len(export.points):
        blocks["points"] = packed_text(_packed_points(export.points))
    facts: dict[str, object] = {
        "title": export.title,
        "subtitle": export.subtitle,
        "note": export.note,
        "metric": export.is_metric,
        "bounds": [[focus[1], focus[0]], [focus[3], focus[2]]],
        "shapes": shapes.facts(),
        "lines": lines,
        "names": [*[""] * areas.land_count, *names],
        "owned": export.holders,
        "owners": export.holder_of_area[like].tolist(),
        "pointNames": export.point_names,
        "cities": cities_within(export.cities_path, chosen.around),
        **_marks(export),
    }
    return facts, blocks


def _marks(export: MapExport) -> dict[str, object]:
    """Labels, homes and legend as the page reads them; places are latitude first there."""
    labels = [
        {
            "at": [label.lat, label.lon],
            "text": label.text,
            "sub": label.sub,
            "kind": "territory",
            "rank": rank,
        }
        for rank, label in enumerate(export.labels)
    ]
    homes = [
        {"at": [home.lat, home.lon], "name": home.name, "rgba": home.rgba} for home in export.homes
    ]
    shown: tuple[LegendLine, ...] = export.colors.legend
    note = _DIVIDED_NOTE if (export.colors.groups == MIXED).any() else ""
    entries = [{"text": s.text, "rgba": s.rgba, "hatched": s.is_hatched} for s in shown]
    legend = {"title": "Territories", "entries": entries, "note": note}
    return {"labels": labels, "homes": homes, "legend": legend}


def _packed_points(points: npt.NDArray[np.float32]) -> bytes:
    packed = np.zeros(len(points), _POINT)
    packed["x"], packed["y"] = points[:, 0], points[:, 1]
    packed["rgba"] = _DOT
    packed["radius"] = 4.0
    return packed.tobytes()
