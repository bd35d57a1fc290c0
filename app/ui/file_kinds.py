# SPDX-License-Identifier: MIT
"""Kinds of files that the window opens, by their names."""

from pathlib import Path

SUFFIX = ".evenfield"
PLAN_FILTER = f"Evenfield plans (*{SUFFIX})"
SHEET_FILTER = "Spreadsheets (*.csv *.txt *.tsv *.xlsx *.xls *.ods *.gz);;All files (*)"
_SHEETS = frozenset((".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".gz"))


def is_spreadsheet(path: Path) -> bool:
    """Whether the name is that of a spreadsheet."""
    return path.suffix.lower() in _SHEETS


def can_open(path: Path) -> bool:
    """Whether the window opens or imports such a file."""
    return is_spreadsheet(path) or path.suffix.lower() == SUFFIX


def with_suffix(path: Path) -> Path:
    """The path with the suffix of plans, if it has another."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
