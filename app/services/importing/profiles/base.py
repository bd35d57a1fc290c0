# SPDX-License-Identifier: MIT
"""What a profile is: the columns by which one kind of record of one system is recognised."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.services.importing.fields import IGNORE, TableKind
from app.services.importing.table import ImportedTable

_SURE_BY_ID = 0.97
_SURE_BY_NAMES = 0.92
_LOOKED_AT = 200
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Recognition:
    """A table that a profile knows.

    Attributes:
        system: "Salesforce".
        object_label: "accounts, Data Loader".
        target_by_header: Field of each column that the profile has an opinion on, by its header
            as written. Where several columns could be a field that takes one, one has it.
        confidence: 0 to 1.
        implied: Values of fields that the table as a whole says; see `Mapping.implied`.
        note: What the table is and is not good for, as a sentence, or "".
        is_of_no_use: The rows mean nothing here; `note` says why.
    """

    system: str
    object_label: str
    kind: TableKind
    target_by_header: Mapping[str, str]
    confidence: float
    implied: Mapping[str, str] = field(default_factory=dict[str, str])
    note: str = ""
    is_of_no_use: bool = False

    @property
    def label(self) -> str:
        """How a recognised file is called: "Salesforce: accounts, Data Loader"."""
        return f"{self.system}: {self.object_label}"


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of record of one system.

    Attributes:
        needs: Column names that are always there, in lower case.
        any_of: Column names of which `at_least` are there too.
        targets: By column name in lower case, the field that it is. Of several columns for a
            field that takes one, the first that is filled has it; the others are `kept`.
        kept: What becomes of those others, and of the columns that `aside` names.
        id_header: Column of the record's own id, where its first signs tell.
        id_prefix: Those signs.
        ignored: Columns that start with one of these are left out.
        implied, note, is_of_no_use: See `Recognition`.
        note_if: Column and text; the note is given only where a cell of the column has the text.
    """

    system: str
    object_label: str
    kind: TableKind
    needs: tuple[str, ...]
    targets: Mapping[str, str]
    any_of: frozenset[str] = frozenset()
    at_least: int = 0
    aside: frozenset[str] = frozenset()
    kept: str = IGNORE
    id_header: str = ""
    id_prefix: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    implied: Mapping[str, str] = field(default_factory=dict[str, str])
    note: str = ""
    note_if: tuple[str, str] | None = None
    is_of_no_use: bool = False

    def note_for(self, table: ImportedTable, by_name: Mapping[str, str]) -> str:
        """The note, where it applies to this table."""
        if self.note_if is None:
            return self.note
        name, text = self.note_if
        cells = table.columns[by_name[name]] if name in by_name else ()
        return self.note if any(text in str(cell).casefold() for cell in cells) else ""


def words(text: str) -> frozenset[str]:
    """Column names, one per line or separated by a comma, as a set."""
    return frozenset(lines(text))


def lines(text: str) -> tuple[str, ...]:
    """Column names, one per line or separated by a comma, in their order."""
    return tuple(name for part in re.split(r"[,\n]", text) if (name := part.strip()))


def fields(text: str) -> dict[str, str]:
    """Fields by column name, from lines like "postal_code = billing zip; billing code"."""
    targets: dict[str, str] = {}
    for line in text.splitlines():
        target, found, names_ = line.strip().partition(" = ")
        if found:
            for name in names_.split("; "):
                targets[name.strip()] = target
    return targets


def headers_by_name(headers: Sequence[str]) -> dict[str, str]:
    """Headers as written by their names in lower case.

    Reports put the record before a field ("Account Name: Billing City") or after it ("City
    (Account Owner)"); such columns are found under the bare name too, where it is free.
    """
    plain = {" ".join(header.casefold().split()): header for header in reversed(headers)}
    found = dict(plain)
    for name, header in plain.items():
        bare = _RECORD_AFTER.sub("", _RECORD_BEFORE.sub("", name))
        found.setdefault(bare, header)
    return found


_RECORD_BEFORE = re.compile(r"\A(?!address )[^:]+: ")
_RECORD_AFTER = re.compile(r" \([^()0-9]+\)\Z")


def ids_begin_with(table: ImportedTable, header: str, prefixes: Sequence[str]) -> bool | None:
    """Whether most values begin with one of these; None where the column is empty."""
    cells = [str(cell).strip() for cell in table.columns[header][:_LOOKED_AT]]
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    met = sum(cell.startswith(tuple(prefixes)) for cell in filled)
    return met / len(filled) > _MOSTLY


def confidence_of(profile: Profile, table: ImportedTable, by_name: Mapping[str, str]) -> float:
    """How sure it is that a table with these columns is of this profile; 0 where it is not.

    Args:
        by_name: Headers as written by their plain name.
    """
    if not all(name in by_name for name in profile.needs):
        return 0.0
    if len(profile.any_of & by_name.keys()) < profile.at_least:
        return 0.0
    if profile.id_prefix and profile.id_header in by_name:
        begin = ids_begin_with(table, by_name[profile.id_header], profile.id_prefix)
        if begin is not None:
            return _SURE_BY_ID if begin else 0.0
    return _SURE_BY_NAMES
