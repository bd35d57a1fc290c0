# SPDX-License-Identifier: MIT
"""Kinds of files that the window opens, by their names."""

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIX = ".evenfield"
PLAN_FILTER = f"Evenfield plans (*{SUFFIX})"
SHEET_FILTER = "Tables (*.csv *.txt *.tsv *.xlsx *.xls *.ods *.gz *.zip *.hyper);;All files (*)"

BOUNDARY_FILTER = (
    "Boundaries (*.zip *.shp *.geojson *.json *.topojson *.gpkg *.kml *.kmz *.fgb *.gz);;"
    "All files (*)"
)


def with_suffix(path: Path) -> Path:
    """The path with the suffix of plans, if it has another."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders that are dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
