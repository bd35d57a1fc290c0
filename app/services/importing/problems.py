# SPDX-License-Identifier: MIT
"""Collecting what is wrong with the rows of a table, grouped by repair."""

from collections.abc import Iterable, Sequence

from app.services.geography.addresses import PlacementNote
from app.services.importing.draft import Problem, ProblemKind
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
    """

    def __init__(self, table: ImportedTable) -> None:
        self.table = table
        self._problems: list[Problem] = []
        self.skipped: dict[int, str] = {}

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
    ) -> None:
        """Rows that are left out."""
        for row in rows:
            self.skipped.setdefault(row, reason)
        self.add(kind, rows, sentence=sentence, effect=effect, remedy=remedy, details=details,
                 is_skipped=True)  # fmt: skip

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
            Problem(kind, sentence, effect, remedy, len(rows), is_skipped, examples, tuple(rows))
        )

    def add_without_rows(self, kind: ProblemKind, sentence: str, effect: str, remedy: str) -> None:
        """A problem of the table as a whole."""
        self._problems.append(Problem(kind, sentence, effect, remedy))

    def details(self, rows: Sequence[int], header: str | None, says: str) -> list[str]:
        """Texts for the examples: ``, column Zip: "abc" is no number``."""
        where = f", column {header}" if header else ""
        return [f'{where}: "{self.cell(row, header)}" {says}' for row in rows[:_MAX_EXAMPLES]]


def report_numbers(
    problems: ProblemList, header: str, unreadable: Sequence[int], rounded: Sequence[int]
) -> None:
    """Cells of a number column that could not be read, or had lost digits before they came."""
    problems.add(
        ProblemKind.UNREADABLE_NUMBER,
        unreadable,
        sentence=f"{counted(len(unreadable), 'number', 'numbers')} could not be read in {header}",
        effect="These rows get no value there; values that the plan has are kept.",
        remedy="Write them like 1234.50, or choose the other decimal sign for the file.",
        details=problems.details(unreadable, header, "is no number."),
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
    PlacementNote.ZIP_UNKNOWN: ("ZIP codes are not known", "The city or state was used."),
    PlacementNote.ZIP_MILITARY: (
        "ZIP codes are military or diplomatic post offices",
        "They are in no area of the map.",
    ),
    PlacementNote.ZIP_NOT_IN_STATE: (
        "ZIP codes lie in another state than the one given",
        "The city or state was used.",
    ),
    PlacementNote.COUNTRY_UNKNOWN: ("countries are not known", "Correct the name of the country."),
}


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
            sentence = note.value.rstrip(".")
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
        )
