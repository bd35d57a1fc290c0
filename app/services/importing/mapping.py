# SPDX-License-Identifier: MIT
"""What each column of a table is, as guessed and as the user changed it."""

import hashlib
import json
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field

from app.models.measure import MeasureKind
from app.services.importing.fields import IGNORE, MEASURE, Field, TableKind, field_of
from app.services.importing.identity import is_enough, missing_sentence
from app.services.importing.synonyms import split_words


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What one column is.

    Attributes:
        header: Column name in the file.
        target: Key of a `Field`.
        confidence: 0 to 1; 1 where the user chose it. Below 0.6 it deserves a look.
        reason: Why it was guessed, as a sentence.
        samples: Different non-empty cells.
        measure_name, measure_kind: Used where the target is "measure".
    """

    header: str
    target: str
    confidence: float = 1.0
    reason: str = ""
    samples: tuple[str, ...] = ()
    measure_name: str = ""
    measure_kind: MeasureKind = MeasureKind.NUMBER


@dataclass(frozen=True, slots=True)
class Mapping:
    """What all columns of a table are.

    Attributes:
        columns: One entry per column, in the order of the file.
        kind_confidence: How sure the guess of `kind` is, 0 to 1.
        match_count: Rows whose id (or e-mail address or name) is already in the plan.
        profile: The system and the kind of record that the file was recognised as
            ("Salesforce: accounts, Data Loader"), or "".
        implied: Values of fields that no column is given to but that the table as a whole says,
            by field; every row of a list of leads has the status "prospect".
        note: A sentence on what the recognised table is and is not good for, or "".
        is_of_no_use: The rows of the recognised table mean nothing here; `note` says why.
    """

    kind: TableKind
    columns: tuple[ColumnMapping, ...]
    kind_confidence: float = 1.0
    match_count: int = 0
    profile: str = ""
    implied: MappingOf[str, str] = dataclass_field(default_factory=dict[str, str])
    note: str = ""
    is_of_no_use: bool = False

    def headers_for(self, target: str) -> tuple[str, ...]:
        """The columns given to a field, in the order of the file."""
        return tuple(column.header for column in self.columns if column.target == target)

    def header_for(self, target: str) -> str | None:
        """The first column given to a field, or None."""
        return next(iter(self.headers_for(target)), None)

    def column(self, header: str) -> ColumnMapping:
        """What one column is.

        Raises:
            KeyError: The table has no such column.
        """
        for column in self.columns:
            if column.header == header:
                return column
        raise KeyError(header)

    def with_target(
        self,
        header: str,
        target: str,
        measure_name: str = "",
        measure_kind: MeasureKind | None = None,
    ) -> "Mapping":
        """The mapping after the user chose what a column is.

        A field that takes one column is taken away from the column that had it before.
        """
        takes_many = field_of(self.kind, target).takes_many or target == IGNORE
        columns: list[ColumnMapping] = []
        for column in self.columns:
            if column.header == header:
                changed = replace(column, target=target, confidence=1.0, reason="You chose it.")
                if target == MEASURE:
                    changed = replace(
                        changed,
                        measure_name=measure_name or column.measure_name or measure_label(header),
                        measure_kind=measure_kind or column.measure_kind,
                    )
                columns.append(changed)
            elif column.target == target and not takes_many:
                columns.append(
                    replace(column, target=IGNORE, reason="Another column took its place.")
                )
            else:
                columns.append(column)
        implied = {key: text for key, text in self.implied.items() if key != target}
        return replace(self, columns=tuple(columns), implied=implied)

    @property
    def has_identity(self) -> bool:
        """Whether the columns say enough for the rows to mean something."""
        return is_enough(self.kind, {column.target for column in self.columns})

    @property
    def missing(self) -> str:
        """The sentence that says what to choose before the import can go on; "" for nothing."""
        if self.has_identity:
            return ""
        return self.note if self.is_of_no_use else missing_sentence(self.kind)

    def field(self, header: str) -> Field:
        """The field that a column is given to."""
        return field_of(self.kind, self.column(header).target)

    def to_json(self) -> str:
        """The user's choices, to be remembered for the next file with the same headers."""
        columns = {c.header: [c.target, c.measure_name, c.measure_kind.value] for c in self.columns}
        return json.dumps({"kind": self.kind.value, "columns": columns}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class RememberedMapping:
    """Choices made for an earlier file with the same headers."""

    kind: TableKind
    columns: MappingOf[str, tuple[str, str, str]]

    @classmethod
    def from_json(cls, text: str) -> "RememberedMapping | None":
        """What `Mapping.to_json` wrote, or None where it is something else."""
        try:
            content = json.loads(text)
            columns = {
                str(h): (str(t), str(n), str(k)) for h, (t, n, k) in content["columns"].items()
            }
            return cls(TableKind(content["kind"]), columns)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def header_signature(headers: Sequence[str]) -> str:
    """A short text that is equal for files with the same headers in any order and case."""
    joined = "\x1f".join(sorted(" ".join(header.casefold().split()) for header in headers))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def measure_label(header: str) -> str:
    """A header as a measure's name: "AnnualSales" -> "Annual sales", "Sales YTD" stays."""
    words = split_words(header)
    if not words:
        return header
    rest = [word if word.isupper() and len(word) > 1 else word.lower() for word in words[1:]]
    first = words[0] if words[0].isupper() else words[0][:1].upper() + words[0][1:].lower()
    return " ".join((first, *rest))
