# SPDX-License-Identifier: MIT
"""The mapped columns of a table as clean columns of rep fields."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.importing.account_columns import joined_column
from app.services.importing.cleaning import MAX_TEXT_LENGTH, numbers, texts
from app.services.importing.fields import EXTRA
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList, report_numbers
from app.services.importing.table import ImportedTable, TextColumn

PLAIN_TEXTS = ("external_id", "email", "phone", "title")
ADDRESS = ("street", "city", "region", "postal_code", "country_name")
_MAX_CAPACITY_HOURS = 1e9
_Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class RepColumns:
    """Clean columns of a table of reps; None where no column is given to a field."""

    text: dict[str, TextColumn]
    number: dict[str, _Floats]
    extra: dict[str, TextColumn]

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
    for field in (*fields, "home_text", "skills", "notes"):
        column = joined_column(table, mapping, field)
        if column is not None:
            text[field] = column
    number: dict[str, _Floats] = {}
    for field in ("lon", "lat", "quota", "capacity_hours"):
        header = mapping.header_for(field)
        if header is None:
            continue
        read = numbers(table.columns[header], table.decimal_sign)
        report_numbers(problems, header, read)
        number[field] = read.values
    if "capacity_hours" in number:
        hours = number["capacity_hours"]
        number["capacity_hours"] = np.where(
            (hours >= 0) & (hours <= _MAX_CAPACITY_HOURS), hours, np.nan
        )
    extra = {header: texts(table.columns[header]) for header in mapping.headers_for(EXTRA)}
    return RepColumns(text, number, extra)
