# SPDX-License-Identifier: MIT
"""Collecting what is wrong with the rows of a table, grouped by repair."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from app.services.geography.addresses import PlacementNote
from app.services.geography.suggesting import (
    country_names,
    state_names,
    suggest_countries,
    suggest_states,
)
from app.services.importing.cleaning import NumberColumn
from app.services.importing.draft import Problem, ProblemKind
from app.services.importing.outcomes import OutcomeList
from app.services.importing.repairs import Repair, repair_of
from app.services.importing.table import ImportedTable

_MAX_EXAMPLES = 5
_MAX_SHOWN = 40


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 row", "1,204 rows"."""
    return f"{count:,} {one if count == 1 else many}"


class ProblemList:
    """Problems of one table in the order in which they are found.

    Args:
        table: Gives row numbers and cells for the examples.

    Attributes:
        outcomes: What becomes of every row.
    """

    def __init__(self, table: ImportedTable) -> None:
        self.table = table
        self.outcomes = OutcomeList(table.row_numbers)
        self._problems: list[Problem] = []

    def finished(self) -> tuple[Problem, ...]:
        """All problems, those that leave rows out first, then by size."""
        return tuple(sorted(self._problems, key=lambda p: (not p.is_skipped, -p.count)))

    def row_name(self, row: int) -> str:
        """A row as a spreadsheet counts it: "Row 42"."""
        return f"Row {int(self.table.row_numbers[row])}"

    def cell(self, row: int, header: str | None) -> str:
        """What a cell holds, shortened."""
        text = " ".join(str(self.table.columns[header][row]).split()) if header else ""
        return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"

    def skip(  # noqa: PLR0913 the parts of one problem, all named
        self,
        kind: ProblemKind,
        rows: Sequence[int],
        *,
        sentence: str,
        effect: str,
        remedy: str,
        details: Iterable[str] = (),
        reason: str,
        repair: Repair | None = None,
    ) -> None:
        """Rows that are left out, each with the reason in one sentence."""
        self.outcomes.skip(rows, reason)
        self.add(
            kind,
            rows,
            sentence=sentence,
            effect=effect,
            remedy=remedy,
            details=details,
            is_skipped=True,
            repair=repair,
        )

    def add(  # noqa: PLR0913 the parts of one problem, all named
        self,
        kind: ProblemKind,
        rows: Sequence[int],
        *,
        sentence: str,
        effect: str = "",
        remedy: str = "",
        details: Iterable[str] = (),
        is_skipped: bool = False,
        repair: Repair | None = None,
    ) -> None:
        """Rows that need a look; nothing where there are none."""
        if not rows:
            return
        examples = tuple(
            f"{self.row_name(row)}{detail}"
            for row, detail in zip(
                rows[:_MAX_EXAMPLES], [*details] or [""] * _MAX_EXAMPLES, strict=False
            )
        )
        self._problems.append(
            Problem(
                kind,
                sentence,
                effect,
                remedy,
                len(rows),
                is_skipped,
                examples,
                tuple(rows),
                repair,
            )
        )

    def add_without_rows(self, kind: ProblemKind, sentence: str, effect: str, remedy: str) -> None:
        """A problem of the table as a whole."""
        self._problems.append(Problem(kind, sentence, effect, remedy))

    def details(self, rows: Sequence[int], header: str | None, says: str) -> list[str]:
        """Texts for the examples: ``, column Zip: "abc" is no number``."""
        where = f", column {header}" if header else ""
        return [f'{where}: "{self.cell(row, header)}" {says}' for row in rows[:_MAX_EXAMPLES]]


def report_dates(
    problems: ProblemList, header: str, rows: Sequence[int], *, is_needed: bool = False
) -> None:
    """Cells of a date column that could not be read.

    Args:
        is_needed: A row means nothing without its date, so these rows are left out.
    """
    if is_needed:
        problems.outcomes.skip(rows, f"The date in {header} could not be read.")
    problems.add(
        ProblemKind.UNREADABLE_DATE,
        rows,
        sentence=f"{counted(len(rows), 'date', 'dates')} could not be read in {header}",
        effect="They are left out." if is_needed else "These rows get no date.",
        remedy="Write them like 2026-01-31, or choose the order of day and month for the file.",
        details=problems.details(rows, header, "is no date."),
        is_skipped=is_needed,
        repair=repair_of(problems.table, header, "Date", rows) if rows else None,
    )


def report_numbers(problems: ProblemList, header: str, read: NumberColumn) -> None:
    """Cells of a number column that could not be read, or had lost digits before they came."""
    unreadable: list[int] = np.flatnonzero(read.is_unreadable).tolist()
    rounded: list[int] = np.flatnonzero(read.is_rounded).tolist()
    problems.add(
        ProblemKind.UNREADABLE_NUMBER,
        unreadable,
        sentence=f"{counted(len(unreadable), 'number', 'numbers')} could not be read in {header}",
        effect="These rows get no value there; values that the plan has are kept.",
        remedy="Write them like 1234.50, or choose the other decimal sign for the file.",
        details=problems.details(unreadable, header, "is no number."),
        repair=repair_of(problems.table, header, "Number", unreadable) if unreadable else None,
    )
    problems.add(
        ProblemKind.ROUNDED_NUMBER,
        rounded,
        sentence=f"{counted(len(rounded), 'number', 'numbers')} in {header} had been rounded "
        "by a spreadsheet",
        effect="They are imported as they are.",
        remedy="Widen the column in the spreadsheet before saving it as text.",
        details=problems.details(rounded, header, "has lost digits."),
    )


_NOTE_SENTENCES: dict[PlacementNote, tuple[str, str]] = {
    PlacementNote.COORDINATES_INVALID: (
        "coordinates are not on Earth or are 0, 0",
        "They were not used; the address was.",
    ),
    PlacementNote.COORDINATES_SWAPPED: (
        "coordinates have latitude and longitude swapped",
        "They were swapped back.",
    ),
    PlacementNote.COORDINATES_NOWHERE: (
        "coordinates lie far out at sea",
        "They were not used; the address was.",
    ),
    PlacementNote.ZIP_ZEROS_ADDED: (
        "ZIP codes had lost their leading zeros",
        "The zeros were put back.",
    ),
    PlacementNote.ZIP_UNKNOWN: (
        "rows have a ZIP code that is not known",
        "The city or state was used.",
    ),
    PlacementNote.ZIP_MILITARY: (
        "ZIP codes are military or diplomatic post offices",
        "They are in no area of the map.",
    ),
    PlacementNote.ZIP_NOT_IN_STATE: (
        "ZIP codes lie in another state than the one given",
        "The city or state was used.",
    ),
    PlacementNote.COORDINATES_OTHER_COUNTRY: (
        "coordinates lie in another country than the one given",
        "The address was used, where it tells more than the country.",
    ),
    PlacementNote.STATE_UNKNOWN: (
        "rows name a state or province that is not known",
        "The ZIP code or the city is used, where it is known.",
    ),
    PlacementNote.COUNTRY_UNKNOWN: (
        "rows name a country that is not known",
        "They are placed where the rest of the address leaves no doubt.",
    ),
}
_REPAIRABLE: dict[PlacementNote, tuple[str, Callable[[str], list[str]] | None]] = {
    PlacementNote.STATE_UNKNOWN: ("State or province", suggest_states),
    PlacementNote.COUNTRY_UNKNOWN: ("Country", suggest_countries),
    PlacementNote.ZIP_UNKNOWN: ("ZIP or postal code", None),
    PlacementNote.ZIP_NOT_IN_STATE: ("ZIP or postal code", None),
}


def _placement_repair(
    problems: "ProblemList", note: PlacementNote, header: str | None, rows: list[int]
) -> Repair | None:
    """What can be chosen instead of the cells at fault, where a choice helps."""
    if note not in _REPAIRABLE or header is None:
        return None
    label, names_like = _REPAIRABLE[note]

    def suggest(raw: str) -> tuple[str, float]:
        names = names_like(raw) if names_like else []
        return (names[0], _LIKELY) if names else ("", 0.0)

    options = _OPTIONS[note]() if note in _OPTIONS else ()
    return repair_of(problems.table, header, label, rows, options, suggest)


_OPTIONS: dict[PlacementNote, Callable[[], list[str]]] = {
    PlacementNote.STATE_UNKNOWN: state_names,
    PlacementNote.COUNTRY_UNKNOWN: country_names,
}
_LIKELY = 0.8
"""How near a suggested state or country is said to be: near enough to be offered."""


def report_placement(
    problems: ProblemList,
    rows_by_note: dict[PlacementNote, list[int]],
    header_by_note: dict[PlacementNote, str | None],
    what: str,
) -> None:
    """What the placement of addresses had to say, by kind.

    Args:
        what: "accounts" or "homes".
    """
    for note, rows in rows_by_note.items():
        sentence, effect = _NOTE_SENTENCES[note]
        if len(rows) == 1:
            sentence = f"1 row: {note.value[0].lower()}{note.value[1:].rstrip('.')}"
        problems.add(
            ProblemKind.PLACEMENT,
            rows,
            sentence=sentence if len(rows) == 1 else f"{len(rows):,} {sentence}",
            effect=effect,
            remedy=f"Look at these {what} on the map after the import.",
            details=[
                f': "{problems.cell(row, header_by_note.get(note))}"'
                if header_by_note.get(note)
                else ""
                for row in rows[:_MAX_EXAMPLES]
            ],
            repair=_placement_repair(problems, note, header_by_note.get(note), rows),
        )
        problems.outcomes.note(rows, note.value)
