# SPDX-License-Identifier: MIT
"""Cells of the plan file as values of the types that the models use."""

from datetime import date

from app.models.rows import Cell


def number_or_none(cell: Cell) -> float | None:
    """A number, None where there is none."""
    return None if cell is None else float(cell)


def day_text(cell: Cell) -> str:
    """An ISO date, empty where there is none or, in a plan made elsewhere, something else."""
    text = str(cell or "")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        return ""


def whole(cell: Cell) -> int:
    """A whole number.

    Raises:
        TypeError: The cell holds something else.
    """
    if not isinstance(cell, int):
        message = f"expected a whole number in the plan file, found {type(cell).__name__}"
        raise TypeError(message)
    return cell
