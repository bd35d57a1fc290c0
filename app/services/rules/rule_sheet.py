# SPDX-License-Identifier: MIT
"""Rules as a sheet: one row per rule, written so that reading it gives the same rules."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.models.errors import AppError, ImportProblem
from app.models.ids import TerritoryId
from app.models.rule import AllOf, Condition, Rule
from app.services.commands.rules import MAX_NAME_LENGTH, MAX_NOTES_LENGTH, MAX_RULES, RuleDraft
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle
from app.services.importing.cleaning import number
from app.services.importing.readers import read_table
from app.services.importing.table import ImportedTable, ReadOptions
from app.services.rules.columns import plain
from app.services.rules.exact_words import exact_words, quoted
from app.services.rules.fields import FieldKind, RuleField
from app.services.rules.names import RuleNames
from app.services.rules.operator_words import LIST_WORDS, WORDS_BY_KIND, tidy
from app.services.rules.reading_words import NotUnderstood, read_words

ORDER, NAME, IF, TERRITORY, ON, NOTES = "Order", "Name", "If", "Territory", "On", "Notes"
_OTHER_HEADERS = {"condition": IF, "rule": NAME, "enabled": ON, "active": ON, "note": NOTES}
_CONTINUED = re.compile(r"if \((\d{1,3})\)")
_CELL_CHARACTERS = 32_000
"""A cell of Excel takes 767 more."""
_YES = frozenset(("", "yes", "y", "true", "1", "on", "x", "ja", "oui", "si"))
_NO = frozenset(("no", "n", "false", "0", "off", "nein", "non"))
_GUARDED = re.compile(r"'+[=+\-@]|''")
_BEGINS_WITH_OPERATOR = re.compile(r"[<>=!]|(?:is|contains|does|begins|ends|includes)\b", re.I)  # noqa: FURB167  the short name keeps the pattern on one line


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is no rule.

    Attributes:
        row: As a spreadsheet numbers it.
        column: Header of the cell at fault.
        sentence: What is wrong and what could stand there.
    """

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What a sheet of rules says.

    Attributes:
        drafts: The rules of the rows that could be read, in their order.
        problems: The others.
        left_out: Headers of columns that mean nothing here.
    """

    drafts: tuple[RuleDraft, ...]
    problems: tuple[RowProblem, ...] = ()
    left_out: tuple[str, ...] = ()


def rules_table(
    rules: Sequence[Rule], names: RuleNames, territory_names: Mapping[TerritoryId, str]
) -> ExportTable:
    """The sheet of some rules."""
    conditions = [_parts(exact_words(rule.condition, names)) for rule in rules]
    width = max((len(parts) for parts in conditions), default=1)
    continued = [
        ExportColumn(
            IF if at == 0 else f"{IF} ({at + 1})",
            [parts[at] if at < len(parts) else "" for parts in conditions],
        )
        for at in range(width)
    ]
    order = np.arange(1, len(rules) + 1, dtype=np.float64)
    return ExportTable(
        "Rules",
        (
            ExportColumn(ORDER, order, NumberStyle.WHOLE),
            ExportColumn(NAME, [_marked(rule.name) for rule in rules]),
            *continued,
            ExportColumn(
                TERRITORY, [_marked(territory_names.get(r.territory_id, "")) for r in rules]
            ),
            ExportColumn(ON, ["yes" if rule.is_enabled else "no" for rule in rules]),
            ExportColumn(NOTES, [_marked(rule.notes) for rule in rules]),
        ),
    )


def read_rule_file(path: Path) -> ImportedTable:
    """The table of a file of rules; nothing in it counts as a total.

    Raises:
        ImportProblem: It cannot be read, or it has no rules.
    """
    options = ReadOptions(leaves_out_totals=False, header_row=1)
    table = read_table(path, options)
    if not _is_sheet_of_rules(table):
        table = read_table(path, replace(options, header_row=None))
    if not _is_sheet_of_rules(table):
        raise ImportProblem(
            f"{path.name} is no sheet of rules.",
            meaning="Nothing was changed.",
            remedy="It needs a column “If” and a column “Territory”. Export the rules to see how.",
        )
    if len(table) > MAX_RULES:
        raise ImportProblem(
            f"{path.name} has {len(table):,} rules; a sales force can have {MAX_RULES:,}.",
            meaning="Nothing was changed.",
            remedy="Unite rules that lead to the same territory: a rule can list many values.",
        )
    return table


def read_rules(
    table: ImportedTable,
    names: RuleNames,
    territory_names: Mapping[TerritoryId, str],
    present: Sequence[Rule] = (),
) -> SheetRules:
    """The rules of a sheet.

    Args:
        table: Of `read_rule_file`.
        names: Names of the plan.
        territory_names: The territories to which rules may lead.
        present: The rules of now; a row that is one of them keeps it, author and time included.
    """
    reader = _SheetReader(table, names, territory_names)
    found: list[tuple[float, RuleDraft]] = []
    problems: list[RowProblem] = []
    for row in range(len(table)):
        try:
            found.append((reader.order(row), reader.draft(row)))
        except _CellTrouble as error:
            number_ = int(table.row_numbers[row])
            problems.append(RowProblem(number_, error.column, error.text))
    found.sort(key=lambda each: each[0])
    drafts = _with_ids([draft for _, draft in found], present)
    return SheetRules(drafts, tuple(problems), reader.left_out)


class _CellTrouble(AppError):
    """A cell that cannot be what its column says."""

    def __init__(self, column: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.column = column


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, table: ImportedTable, names: RuleNames, territory_names: Mapping[TerritoryId, str]
    ) -> None:
        self._table = table
        self._names = names
        self._territories = {plain(name): id_ for id_, name in territory_names.items()}
        self._exact = {name: id_ for id_, name in territory_names.items()}
        self._header: dict[str, str] = {}
        self._continued: list[tuple[int, str]] = []
        self._fields: list[tuple[str, RuleField]] = []
        left_out: list[str] = []
        for header in table.headers:
            meant = _meaning(header)
            field = names.titled(header)
            if meant and meant not in self._header:
                self._header[meant] = header
            elif continued := _CONTINUED.fullmatch(plain(header)):
                self._continued.append((int(continued.group(1)), header))
            elif field is not None:
                self._fields.append((header, field))
            else:
                left_out.append(header)
        self.left_out = tuple(left_out)
        self._continued.sort()

    def order(self, row: int) -> float:
        """Where the rule stands; rows without a number keep their place in the sheet."""
        text = self._cell(ORDER, row)
        if not text:
            return float(row + 1)
        place = number(text)
        if place is None or place != place:  # noqa: PLR0124  nan
            raise _CellTrouble(ORDER, f"“{text[:40]}” is no number.", "Write 1, 2, 3 and so on.")
        return place

    def draft(self, row: int) -> RuleDraft:
        """The rule of a row.

        Raises:
            _CellTrouble: One of its cells cannot be read.
        """
        name, notes = " ".join(self._cell(NAME, row).split()), self._cell(NOTES, row)
        for column, text, most in ((NAME, name, MAX_NAME_LENGTH), (NOTES, notes, MAX_NOTES_LENGTH)):
            if len(text) > most:
                raise _CellTrouble(
                    column, f"It has {len(text):,} characters.", f"{most:,} is the most."
                )
        territory = self._territory(row)
        return RuleDraft(self._condition(row), territory, name, self._is_on(row), notes)

    def _condition(self, row: int) -> Condition:
        parts: list[Condition] = []
        words = self._cell(IF, row) + "".join(
            str(self._table.columns[header][row]) for _, header in self._continued
        )
        if words.strip():
            parts.append(self._read(IF, words))
        for header, field in self._fields:
            cell = str(self._table.columns[header][row]).strip()
            if cell:
                parts.append(self._read(header, _field_words(field, cell)))
        if not parts:
            raise _CellTrouble(IF, "There is no condition.", "Write “every account” for all.")
        return parts[0] if len(parts) == 1 else tidy(AllOf(tuple(parts)))

    def _read(self, column: str, words: str) -> Condition:
        try:
            return read_words(words, self._names)
        except NotUnderstood as error:
            raise _CellTrouble(column, error.message, error.remedy) from error

    def _territory(self, row: int) -> TerritoryId:
        text = self._cell(TERRITORY, row)
        found = self._exact.get(text) or self._territories.get(plain(text))
        if not text:
            raise _CellTrouble(TERRITORY, "There is no territory.", "Write its name.")
        if found is None:
            raise _CellTrouble(
                TERRITORY,
                f"This sales force has no territory “{text[:60]}”.",
                "Create it first, or write the name of another one.",
            )
        return found

    def _is_on(self, row: int) -> bool:
        text = plain(self._cell(ON, row))
        if text not in _YES | _NO:
            raise _CellTrouble(ON, f"“{text[:40]}” is neither yes nor no.", "Write yes or no.")
        return text in _YES

    def _cell(self, column: str, row: int) -> str:
        header = self._header.get(column)
        return "" if header is None else _unmarked(str(self._table.columns[header][row]).strip())


def _meaning(header: str) -> str:
    wanted = plain(header)
    own = {plain(each): each for each in (ORDER, NAME, IF, TERRITORY, ON, NOTES)}
    return own.get(wanted) or _OTHER_HEADERS.get(wanted, "")


def _is_sheet_of_rules(table: ImportedTable) -> bool:
    meant = {_meaning(header) for header in table.headers}
    return {IF, TERRITORY} <= meant or (TERRITORY in meant and len(table.headers) > 1)


def _field_words(field: RuleField, cell: str) -> str:
    """The condition that a cell in a column of a field's own means."""
    title = f"[{field.title.replace(']', ']]')}]"
    if _BEGINS_WITH_OPERATOR.match(cell):
        return f"{title} {cell}"
    if field.kind in (FieldKind.NUMBER, FieldKind.DATE):
        return f"{title} is {cell}"
    values = [quoted(value.strip()) for value in cell.split(";") if value.strip()]
    words = LIST_WORDS if field.kind is FieldKind.LIST else WORDS_BY_KIND[field.kind]
    return f"{title} {next(iter(words.values()))} {', '.join(values)}"


def _with_ids(drafts: Sequence[RuleDraft], present: Sequence[Rule]) -> tuple[RuleDraft, ...]:
    """Drafts that are rules of now: first those that are equal, then those of the same name."""
    free = {rule.id: rule for rule in present}
    result = list(drafts)
    for is_same in (_is_equal, _has_same_name):
        for at, draft in enumerate(result):
            if draft.id is None:
                found = next((rule for rule in free.values() if is_same(draft, rule)), None)
                if found is not None:
                    del free[found.id]
                    result[at] = replace(draft, id=found.id)
    return tuple(result)


def _is_equal(draft: RuleDraft, rule: Rule) -> bool:
    same = replace(RuleDraft.of(rule), id=None, condition=tidy(rule.condition))
    return same == replace(draft, condition=tidy(draft.condition))


def _has_same_name(draft: RuleDraft, rule: Rule) -> bool:
    return bool(draft.name) and draft.name == rule.name


def _parts(words: str) -> list[str]:
    """Words in pieces that fit into a cell."""
    starts = range(0, max(1, len(words)), _CELL_CHARACTERS)
    return [words[start : start + _CELL_CHARACTERS] for start in starts]


def _marked(text: str) -> str:
    """A text whose own apostrophe in front is not taken for the guard of a .csv file."""
    return f"'{text}" if _GUARDED.match(text) else text


def _unmarked(text: str) -> str:
    """A text without the apostrophe that guards formulas in .csv files."""
    return text[1:] if _GUARDED.match(text) else text
