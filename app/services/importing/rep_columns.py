# SPDX-License-Identifier: MIT
"""The mapped columns of a table as clean columns of rep fields."""

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.models.days import date_of
from app.services.importing.account_columns import joined_column
from app.services.importing.cleaning import MAX_TEXT_LENGTH, numbers, texts
from app.services.importing.fields import EXTRA
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList, report_numbers
from app.services.importing.record_columns import optional_days
from app.services.importing.table import ImportedTable, TextColumn

PLAIN_TEXTS = ("external_id", "email", "phone", "title", "office_text")
WORD_LISTS = ("skills", "languages", "product_lines", "segments")
DATES = ("start_on", "end_on")
ADDRESS = ("street", "city", "region", "postal_code", "country_name")
_NUMBERS = ("lon", "lat", "quota", "cost")
_MOST = {
    "capacity_hours": 1e9,
    "part_time_fraction": 100.0,
    "days_off": 366.0,
    "experience_years": 100.0,
}
"""Largest value of fields that cannot be negative; others are taken for a mistake."""
_BETWEEN_WORDS = re.compile(r"[,;|/]")
_Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class RepColumns:
    """Clean columns of a table of reps; None where no column is given to a field."""

    text: dict[str, TextColumn]
    number: dict[str, _Floats]
    extra: dict[str, TextColumn]
    day: dict[str, list[int | None]] = field(default_factory=dict[str, "list[int | None]"])

    def at(self, field: str, row: int) -> str:
        """A text, empty where no column is given to the field."""
        column = self.text.get(field)
        return "" if column is None else str(column[row])

    def number_at(self, field: str, row: int) -> float | None:
        """A number, None where the cell is empty or no column is given to the field."""
        column = self.number.get(field)
        if column is None or np.isnan(column[row]):
            return None
        return float(column[row])

    def words_at(self, field: str, row: int) -> tuple[str, ...]:
        """The words of a cell that lists several."""
        return tuple(filter(None, (w.strip() for w in _BETWEEN_WORDS.split(self.at(field, row)))))

    def day_at(self, field: str, row: int) -> str:
        """A day as an ISO date, empty where the cell has none."""
        day = self.day[field][row] if field in self.day else None
        return "" if day is None else date_of(day).isoformat()

    def part_time_at(self, row: int) -> float | None:
        """The part of full time, 0 to 1; a number above 1 is a percentage without its sign."""
        part = self.number_at("part_time_fraction", row)
        return part / 100.0 if part is not None and part > 1 else part

    def full_name(self, row: int) -> str:
        """The name, or its parts joined."""
        parts = (self.at(key, row) for key in ("first_name", "middle_name", "last_name"))
        return self.at("name", row) or " ".join(filter(None, parts))

    def home_text(self, row: int) -> str:
        """The home address in one line, as given or joined."""
        given = self.at("home_text", row)
        if given:
            return given
        state_zip = " ".join(filter(None, (self.at("region", row), self.at("postal_code", row))))
        parts = (self.at("street", row), self.at("city", row), state_zip)
        return ", ".join(filter(None, (*parts, self.at("country_name", row))))[:MAX_TEXT_LENGTH]


def read_rep_columns(table: ImportedTable, mapping: Mapping, problems: ProblemList) -> RepColumns:
    """The clean columns of a table of reps."""
    text: dict[str, TextColumn] = {}
    fields = (*PLAIN_TEXTS, *ADDRESS, "name", "first_name", "middle_name", "last_name")
    for name in (*fields, *WORD_LISTS, "home_text", "manager", "notes"):
        column = joined_column(table, mapping, name)
        if column is not None:
            text[name] = column
    number: dict[str, _Floats] = {}
    for name in (*_NUMBERS, *_MOST):
        header = mapping.header_for(name)
        if header is None:
            continue
        read = numbers(table.columns[header], table.decimal_sign)
        report_numbers(problems, header, read)
        number[name] = read.values
    for name in number.keys() & _MOST.keys():
        values = number[name]
        number[name] = np.where((values >= 0) & (values <= _MOST[name]), values, np.nan)
    day = {
        name: optional_days(table, mapping, name, problems)
        for name in DATES
        if mapping.header_for(name) is not None
    }
    extra = {header: texts(table.columns[header]) for header in mapping.headers_for(EXTRA)}
    return RepColumns(text, number, extra, day)
