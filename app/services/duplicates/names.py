# SPDX-License-Identifier: MIT
"""Names of companies reduced to the words that tell them apart."""

from dataclasses import dataclass

from app.services.duplicates.name_words import (
    DIRECTIONS,
    LEGAL_FORMS,
    LONG_FORM,
    LONGEST_LEGAL_FORM,
    ROMAN_NUMBERS,
    SIGNS_OF_LEGAL_FORMS,
    SMALL_WORDS,
)
from app.services.duplicates.texts import without_umlaut, words_of


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name says.

    Attributes:
        words: The telling words in alphabetical order, separated by spaces: two names with the
            same words differ in spelling, order, legal form or number only.
        joined: The telling words in their own order without spaces; "Blue Bird" meets "Bluebird".
        legal: The legal form, empty without one.
        numbers: Numbers in it, such as that of a store.
        directions: "north", "airport" and the like, which tell branches apart.
    """

    words: str
    joined: str
    legal: str = ""
    numbers: str = ""
    directions: str = ""


_BEFORE_A_NUMBER = frozenset(("no", "nr", "num", "number", "nro", "numero"))

EMPTY_NAME = NameParts("", "")


def name_parts(name: str) -> NameParts:
    """Take a name apart."""
    if not name.isascii():
        for sign in SIGNS_OF_LEGAL_FORMS:
            name = name.replace(sign, " ")
    found = words_of(name.replace("&", " and ").replace("+", " and ") if name else "")
    if not found:
        return EMPTY_NAME
    kept, legal = _without_legal_forms(found)
    telling = [word for word in kept if word not in SMALL_WORDS] or kept
    telling = [ROMAN_NUMBERS.get(word, word) for word in telling]
    numbers = {word.lstrip("0") or "0" for word in telling if word.isdigit()}
    worded = [word for word in telling if not word.isdigit()] or telling
    if numbers and len(worded) > 1:
        worded = [word for word in worded if word not in _BEFORE_A_NUMBER] or worded
    base = [without_umlaut(LONG_FORM.get(word, word)) for word in worded]
    return NameParts(
        " ".join(sorted(base)),
        "".join(base),
        legal,
        " ".join(sorted(numbers)) if numbers and worded is not telling else "",
        " ".join(sorted({word for word in base if word in DIRECTIONS})),
    )


def _without_legal_forms(words: list[str]) -> tuple[list[str], str]:
    """The words before the legal forms at the end (or behind one in front), and those forms."""
    kept, legal = words, list[str]()
    while size := _legal_size(kept, at_end=True):
        legal = kept[-size:] + legal
        kept = kept[:-size]
    if not legal and (size := _legal_size(kept, at_end=False)):
        legal, kept = kept[:size], kept[size:]
    return kept, " ".join(legal)


def _legal_size(words: list[str], *, at_end: bool) -> int:
    """Number of words of the legal form at one end; it never takes the whole name."""
    for size in range(min(LONGEST_LEGAL_FORM, len(words) - 1), 0, -1):
        part = words[-size:] if at_end else words[:size]
        if tuple(part) in LEGAL_FORMS:
            return size
    return 0
