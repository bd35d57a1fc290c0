# SPDX-License-Identifier: MIT
"""Cells as people and programs write them to clean text and numbers."""

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.importing.table import TextColumn, text_column

MAX_TEXT_LENGTH = 10_000
"""Longest text that the plan file takes; longer cells are cut."""

MAX_NUMBER = 1e18
_ROWS_AT_ONCE = 25_000

NOT_AVAILABLE = frozenset(
    (
        *(
            "",
            "-",
            "--",
            "–",
            "—",
            "?",
            ".",
            "n/a",
            "na",
            "n.a.",
            "n/v",
            "nan",
            "none",
            "null",
            "nil",
        ),
        *("unknown", "tbd", "(blank)", "(none)", "#n/a", "#na", "#null!", "#ref!", "#value!"),
        *("#name?", "#div/0!", "#num!", "not available", "\\n"),
    )
)
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")
_PLAIN_COLUMN = re.compile(
    r"(?:-?[0-9]{1,17}(?:\.[0-9]{1,20})?)?(?:\n(?:-?[0-9]{1,17}(?:\.[0-9]{1,20})?)?)*\Z"
)
_COMMON = {
    sign: re.compile(rf"\({amount}\)\Z|-?{amount}\Z")
    for sign, amount in (
        (".", r"[$€£]?(?!0,)(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,20})?"),
        (",", r"[$€£]?(?!0\.)(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,20})?(?: ?€)?"),
    )
}
"""Amounts as most files write them, which are read three times as fast as the others."""
_COMMON_DIGITS = {
    ".": str.maketrans("", "", "$€£,()"),
    ",": str.maketrans(",", ".", "$€£.() "),
}
_AROUND = re.compile(
    r"(?<!\d)\s|\s(?!\d)|us\$|\$|€|£|¥|₹|chf|usd|eur|gbp|cad|aud|jpy|mxn|sek|nok|dkk|kr\.?\Z",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[-+]?\d+([.,]\d+)?e[-+]?\d{1,3}\Z", re.IGNORECASE)
_GROUP_GAP = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_WHOLE = re.compile(r"[-+]?(\d+|\d{1,3}([.,]\d{2,3})*[.,]\d{3})?\Z")
_UNSEEN = dict.fromkeys(
    (0x200B, 0x200C, 0x200E, 0x200F, 0xFEFF, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_FORMULA_GUARD = re.compile(r"\A'(?=[=+\-@])")
_ZERO_FRACTION = re.compile(r"\A(\d{3,9})\.0+\Z")


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The numbers of a text column.

    Attributes:
        values: nan where the cell is empty or could not be read.
        is_unreadable: Per row, the cell has text that is no number.
        is_rounded: Per row, a spreadsheet wrote it like 1.23457E+11 and lost digits.
    """

    values: npt.NDArray[np.float64]
    is_unreadable: npt.NDArray[np.bool_]
    is_rounded: npt.NDArray[np.bool_]


def numbers(column: TextColumn, decimal_sign: str = ".") -> NumberColumn:
    """The numbers that a column of text holds.

    Currency signs and codes, thousands separators, percent signs (12 % is 0.12), brackets for
    negatives and words for "not available" are understood.

    Args:
        decimal_sign: "." or ","; decides only cells that could be read both ways.
    """
    read = NumberColumn(
        np.empty(len(column)),
        np.zeros(len(column), dtype=bool),
        np.zeros(len(column), dtype=bool),
    )
    known: dict[str, float | None] = {}
    for part in parts_of(len(column)):
        plain = _plain_numbers(column[part]) if decimal_sign == "." else None
        if plain is None:
            _read_numbers(column, part, decimal_sign, known, read)
        else:
            read.values[part] = plain
    return read


def parts_of(count: int) -> Iterator[slice]:
    """So many rows in parts; work on a million at once would keep other threads waiting."""
    for start in range(0, count, _ROWS_AT_ONCE):
        yield slice(start, min(start + _ROWS_AT_ONCE, count))


def _read_numbers(
    column: TextColumn,
    part: slice,
    decimal_sign: str,
    known: dict[str, float | None],
    read: NumberColumn,
) -> None:
    """Read cells one by one; each different one once."""
    for row in range(part.start, part.stop):
        cell = column[row]
        if cell not in known:
            known[cell] = number(cell, decimal_sign)
        value = known[cell]
        if value is None:
            read.values[row], read.is_unreadable[row] = np.nan, True
        else:
            read.values[row] = value
            if "E+" in cell:
                read.is_rounded[row] = bool(_SCIENTIFIC.match(cell.strip()))


def _plain_numbers(column: TextColumn) -> npt.NDArray[np.float64] | None:
    """The numbers of a column of digits with points and empty cells alone, else None."""
    joined = "\n".join(column)
    if len(column) and not _PLAIN_COLUMN.match(joined):
        return None
    return np.array([cell or "nan" for cell in column], dtype=np.float64)


def number(text: str, decimal_sign: str = ".") -> float | None:
    """One number; nan for an empty cell or a word for "not available", None for anything else."""
    if decimal_sign == "." and _PLAIN_NUMBER.match(text) and len(text) < _SAFE_LENGTH:
        return _limited(float(text))
    if len(text) < _SAFE_LENGTH and _COMMON[decimal_sign].match(text):
        value = float(text.translate(_COMMON_DIGITS[decimal_sign]))
        return _limited(-value if text[0] == "(" else value)
    return _unusual_number(text.strip(), decimal_sign)


def _unusual_number(plain: str, decimal_sign: str) -> float | None:
    if plain.casefold() in NOT_AVAILABLE:
        return float("nan")
    if len(plain) > _SAFE_LENGTH:
        return None
    if _SCIENTIFIC.match(plain):
        return _limited(float(plain.replace(",", ".")))
    sign, factor = 1.0, 1.0
    plain = _FORMULA_GUARD.sub("", plain)
    if plain.startswith("(") and plain.endswith(")"):
        sign, plain = -1.0, plain[1:-1]
    plain = _AROUND.sub("", _GROUP_GAP.sub("", plain)).replace("−", "-")
    if plain.endswith("%"):
        factor, plain = 0.01, plain[:-1]
    if plain.endswith("-"):
        sign, plain = -sign, plain[:-1]
    digits = _with_point(plain, decimal_sign)
    return None if digits is None else _limited(sign * factor * float(digits))


_SAFE_LENGTH = 40


def _with_point(text: str, decimal_sign: str) -> str | None:
    """Digits with a decimal point, or None where the text is no number."""
    commas, points = text.count(","), text.count(".")
    mark: str | None = None
    if commas and points:
        mark = "," if text.rfind(",") > text.rfind(".") else "."
    elif commas + points == 1:
        only = "," if commas else "."
        head, _, tail = text.partition(only)
        is_group = len(tail) == 3 and 0 < len(head.lstrip("+-")) <= 3 and head.lstrip("+-") != "0"
        mark = only if only == decimal_sign or not is_group else None
    whole, _, fraction = text.rpartition(mark) if mark else (text, "", "")
    if not _WHOLE.match(whole) or not any(c.isdigit() for c in whole + fraction):
        return None
    if not text.isascii() or (fraction and not fraction.isdigit()):
        return None
    digits = re.sub("[.,]", "", whole)
    return f"{digits}{'' if digits[-1:].isdigit() else '0'}.{fraction or '0'}"


def _limited(value: float) -> float | None:
    return value if abs(value) <= MAX_NUMBER else None


def texts(column: TextColumn, line_break: str = " ") -> TextColumn:
    """A column without control characters, outer spaces and the ``'`` that guards formulas.

    Args:
        line_break: Put where a cell has a line break; ", " suits a street.
    """
    cleaned = column
    for part in parts_of(len(column)):
        if _is_clean(column[part]):
            continue
        if cleaned is column:
            cleaned = column.copy()
        cleaned[part] = [
            cell
            if cell.isascii()
            and cell.isprintable()
            and cell[:1] not in _NEEDS_LOOK
            and cell[-1:] != " "
            and len(cell) <= MAX_TEXT_LENGTH
            else text(cell, line_break)
            for cell in column[part]
        ]
    return cleaned


_NEEDS_LOOK = frozenset((" ", "'"))


def _is_clean(column: TextColumn) -> bool:
    """Whether no cell needs cleaning, found on all cells at once; most columns pass."""
    joined = "\n".join(column)
    return (
        joined.isascii()
        and joined.replace("\n", "").isprintable()
        and joined.count("\n") == max(len(column) - 1, 0)
        and not _NEEDS_LOOK_ANYWHERE.search(joined)
        and max(map(len, column), default=0) <= MAX_TEXT_LENGTH
    )


_NEEDS_LOOK_ANYWHERE = re.compile(r"^[ ']| $", re.MULTILINE)


def text(cell: str, line_break: str = " ") -> str:
    """One cell as `texts` cleans it."""
    joined = line_break.join(line.strip() for line in cell.splitlines() if line.strip())
    joined = unicodedata.normalize("NFC", joined).translate(_UNSEEN)
    if not joined.isprintable():
        joined = "".join(c if c.isprintable() else " " for c in joined)
        joined = " ".join(joined.split())
    return _FORMULA_GUARD.sub("", joined.strip())[:MAX_TEXT_LENGTH]


def postal_codes(column: TextColumn) -> TextColumn:
    """Postal codes as text; "1602.0", which a spreadsheet makes of 01602, loses its fraction."""
    cleaned = texts(column)
    if any(cell.endswith("0") and "." in cell for cell in cleaned):
        return text_column(
            [_ZERO_FRACTION.sub(r"\1", cell) if "." in cell else cell for cell in cleaned]
        )
    return cleaned


_SHORT_SALESFORCE_ID = re.compile(r"(00[1356QTUk]|01t|0MI|04T)[0-9A-Za-z]{12}\Z")
_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_IS_CAPITAL = {
    ord(sign): "1" if sign in string.ascii_uppercase else "0"
    for sign in string.ascii_letters + string.digits
}


def full_ids(column: TextColumn) -> TextColumn:
    """Ids with the three check letters that Salesforce's reports leave out.

    Reports write 15 signs and all other exports 18; only with them do the two meet. Each check
    letter says which of five signs are capitals.
    """
    if not any(_SHORT_SALESFORCE_ID.match(cell) for cell in column):
        return column
    return text_column([_full_id(cell) for cell in column])


def _full_id(cell: str) -> str:
    if not _SHORT_SALESFORCE_ID.match(cell):
        return cell
    # Backwards, because the first of five signs is the lowest digit.
    capitals = cell[::-1].translate(_IS_CAPITAL)
    return cell + "".join(_CHECK_LETTERS[int(capitals[at : at + 5], 2)] for at in (10, 5, 0))
