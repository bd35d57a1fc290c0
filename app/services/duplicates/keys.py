# SPDX-License-Identifier: MIT
"""The columns as numbers: equal numbers mean equal names, streets, phones; 0 means unknown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.duplicates.columns import AccountColumns, FloatArray, TextArray
from app.services.duplicates.contacts import domain_key, id_text, is_salesforce_id, phone_key
from app.services.duplicates.names import name_parts
from app.services.duplicates.places import city_key, postal_key, street_parts
from app.services.importing.table import Watch

CodeArray = npt.NDArray[np.int32]

_SENTENCE = "Reading names, addresses and phone numbers"
_STEP = 5_000
"""Accounts between two looks at whether the user stopped the search."""

_LETTER_CLASS = {
    letter: place
    for place, letters in enumerate(
        (
            "a",
            "b",
            "ckqx",
            "d",
            "iyje",
            "fvw",
            "g",
            "h",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "sz",
            "t",
            "u",
        )
    )
    for letter in letters
}
"""Letters that are heard alike at the start of a word are one."""

_OTHERS = ("postal", "city", "country", "phone", "domain", "id", "id_folded")

_FIRST_OTHER = max(_LETTER_CLASS.values()) + 1
_OTHER_CLASSES = 12
"""Digits and other scripts share this many further bits."""

INITIAL_BITS = _FIRST_OTHER + _OTHER_CLASSES


@dataclass(frozen=True)
class Keys:
    """One entry per account.

    Attributes:
        name: Code of the telling words; `name_size` is how many accounts share it.
        words, joined: The telling words as text, sorted with spaces and in order without.
        name_start: The beginning of `words` as a number, to sort by.
        initials: Bits of the first letters of the telling words.
        legal, numbers, directions: Codes of these parts of the name.
        street_number, street_words, street_kind: Codes of these parts of the street.
        street_text: The words of the street.
        postal, city, country, phone, domain, id_: Codes.
        id_folded: Code of the id without regard to case, which matters where `is_case_telling`.
        name_size, phone_size, domain_size: Number of accounts that share the value.
    """

    name: CodeArray
    words: TextArray
    joined: TextArray
    name_start: npt.NDArray[np.uint64]
    initials: CodeArray
    legal: CodeArray
    numbers: CodeArray
    directions: CodeArray
    street_number: CodeArray
    street_words: CodeArray
    street_kind: CodeArray
    street_text: TextArray
    postal: CodeArray
    city: CodeArray
    country: CodeArray
    phone: CodeArray
    domain: CodeArray
    id_: CodeArray
    id_folded: CodeArray
    is_case_telling: npt.NDArray[np.bool_]
    name_size: CodeArray
    phone_size: CodeArray
    domain_size: CodeArray
    lon: FloatArray
    lat: FloatArray
    is_exact: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self.name)


def make_keys(columns: AccountColumns, watch: Watch, share: float) -> Keys:
    """Normalise all accounts.

    Args:
        columns: The accounts.
        watch: Progress and cancel.
        share: Share of the whole search that this is; progress runs from 0 to it.
    """
    count = len(columns)
    names = _Names(count)
    streets = _Streets(count)
    others = {name: _Coded(count) for name in _OTHERS}
    is_case_telling = np.zeros(count, dtype=np.bool_)
    for rows in _steps(count):
        watch.at(share * rows.start / count, _SENTENCE)
        cells = {name: column[rows].tolist() for name, column in columns.text.items()}
        names.fill(rows, cells["name"])
        streets.fill(rows, cells["street"])
        others["postal"].fill(rows, map(postal_key, cells["postal_code"], cells["country"]))
        others["city"].fill(rows, map(city_key, cells["city"]))
        others["country"].fill(rows, cells["country"])
        others["phone"].fill(rows, map(phone_key, cells["phone"]))
        others["domain"].fill(rows, map(domain_key, cells["website"]))
        ids = [id_text(external_id) for external_id in cells["external_id"]]
        others["id"].fill(rows, ids)
        others["id_folded"].fill(rows, (text.casefold() for text in ids))
        is_case_telling[rows] = [is_salesforce_id(text) for text in ids]
    phone, domain = others["phone"].codes, others["domain"].codes
    return Keys(
        name=names.name.codes,
        words=names.words,
        joined=names.joined,
        name_start=names.start,
        initials=names.initials,
        legal=names.legal.codes,
        numbers=names.numbers.codes,
        directions=names.directions.codes,
        street_number=streets.number.codes,
        street_words=streets.words.codes,
        street_kind=streets.kind.codes,
        street_text=streets.text,
        postal=others["postal"].codes,
        city=others["city"].codes,
        country=others["country"].codes,
        phone=phone,
        domain=domain,
        id_=others["id"].codes,
        id_folded=others["id_folded"].codes,
        is_case_telling=is_case_telling,
        name_size=_sizes(names.name.codes),
        phone_size=_sizes(phone),
        domain_size=_sizes(domain),
        lon=columns.lon,
        lat=columns.lat,
        is_exact=columns.is_exact,
    )


class _Coded:
    """Numbers for the texts of a column, from 1; the empty text is 0."""

    def __init__(self, count: int) -> None:
        self.codes: CodeArray = np.zeros(count, dtype=np.int32)
        self._code_by_text: dict[str, int] = {"": 0}

    def fill(self, rows: slice, texts: Iterable[str]) -> None:
        known = self._code_by_text
        self.codes[rows] = [known.setdefault(text, len(known)) for text in texts]


class _Names:
    """What the names say, as codes and texts."""

    def __init__(self, count: int) -> None:
        self.name, self.legal = _Coded(count), _Coded(count)
        self.numbers, self.directions = _Coded(count), _Coded(count)
        self.words: TextArray = np.full(count, "", dtype=np.object_)
        self.joined: TextArray = np.full(count, "", dtype=np.object_)
        self.start: npt.NDArray[np.uint64] = np.zeros(count, dtype=np.uint64)
        self.initials: CodeArray = np.zeros(count, dtype=np.int32)

    def fill(self, rows: slice, names: list[str]) -> None:
        parts = [name_parts(name) for name in names]
        words = [part.words for part in parts]
        self.name.fill(rows, words)
        self.legal.fill(rows, (part.legal for part in parts))
        self.numbers.fill(rows, (part.numbers for part in parts))
        self.directions.fill(rows, (part.directions for part in parts))
        self.words[rows] = words
        self.joined[rows] = [part.joined for part in parts]
        self.start[rows] = [_start_of(text) for text in words]
        self.initials[rows] = [initials_of(text) for text in words]


class _Streets:
    """What the streets say, as codes and texts."""

    def __init__(self, count: int) -> None:
        self.number, self.words, self.kind = _Coded(count), _Coded(count), _Coded(count)
        self.text: TextArray = np.full(count, "", dtype=np.object_)

    def fill(self, rows: slice, streets: list[str]) -> None:
        parts = [street_parts(street) for street in streets]
        words = [part.words for part in parts]
        self.number.fill(rows, (part.number for part in parts))
        self.words.fill(rows, words)
        self.kind.fill(rows, (part.kind for part in parts))
        self.text[rows] = words


def initials_of(words: str) -> int:
    """Bits of the first letters of words that are separated by spaces."""
    bits = 0
    for word in words.split():
        place = _LETTER_CLASS.get(word[0])
        bits |= 1 << (_FIRST_OTHER + ord(word[0]) % _OTHER_CLASSES if place is None else place)
    return bits


def _start_of(text: str) -> int:
    """The first eight bytes: sorting numbers does not hold up the window as sorting texts does."""
    return int.from_bytes(text.encode()[:8].ljust(8, b"\0"), "big")


def _sizes(codes: CodeArray) -> CodeArray:
    """Per account the number of accounts with its code; 0 where the code is unknown."""
    counts = np.bincount(codes)
    if len(counts):
        counts[0] = 0
    return counts[codes].astype(np.int32)


def _steps(count: int) -> Iterator[slice]:
    for start in range(0, count, _STEP):
        yield slice(start, min(start + _STEP, count))
