# SPDX-License-Identifier: MIT
"""What the values of a column say to a table: which rows pass, in which order, in which groups."""

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.models.days import day_number
from app.services.natural_order import natural_key
from app.services.tables.filters import Between, Contains, Filter, IsEmpty, OneOf
from app.services.tables.text_index import TextIndex

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
ObjectArray = npt.NDArray[np.object_]

_ROWS_AT_ONCE = 10_000
"""So many look-ups take a millisecond, in which no other thread runs."""
_MOST_WORDS = 20_000
"""With more different texts, numbers for them save nothing over searching the texts."""
MOST_VALUES = 2_000
"""More different texts are not offered to choose from."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts that many rows share: each word once, and per row which.

    Attributes:
        words: The different texts.
        codes: Per row; those below 0 count from the end of `words`.
    """

    words: Sequence[str]
    codes: IntArray | npt.NDArray[np.int8]

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        """The text of a row."""
        return self.words[int(self.codes[row])]

    def texts_of(self, rows: npt.NDArray[np.int64]) -> ObjectArray:
        """The texts of some rows."""
        return np.array(list(self.words), dtype=np.object_)[self.codes[rows]]


class UnreadTexts(Protocol):
    """Texts that are read when they are first needed, and seen one by one before."""

    def __len__(self) -> int:
        """Number of rows."""
        ...

    def __getitem__(self, row: int) -> str:
        """The text of a row, quickly also where the column was not read."""
        ...

    @property
    def is_read(self) -> bool:
        """Whether `read` answers at once."""
        ...

    def read(self) -> ObjectArray:
        """All texts; may be called from a worker."""
        ...

    def read_together(self, columns: Sequence["UnreadTexts"]) -> None:
        """Read several columns of the same rows at once, where that is quicker."""
        ...


class ColumnFacts(ABC):
    """The values of a column, made ready to be searched, sorted and grouped.

    What takes long is done when it is first asked for, and kept.
    """

    @abstractmethod
    def __len__(self) -> int:
        """Number of rows."""

    @abstractmethod
    def holds(self, needle: str) -> BoolArray:
        """Per row, whether the text holds another one; never for numbers."""

    @abstractmethod
    def passes(self, wanted: Filter) -> BoolArray:
        """Per row, whether it passes a filter; a filter that does not fit lets nothing pass."""

    @abstractmethod
    def sort_keys(self, *, is_descending: bool) -> FloatArray:
        """Per row a number; ascending numbers are the order, nothing comes last both ways."""

    @abstractmethod
    def groups(self) -> tuple[IntArray, list[str]]:
        """Per row the number of its group, and the groups' words in their order."""

    def value_counts(self) -> list[tuple[str, int]] | None:
        """The different texts with their numbers of rows in their order; None for too many."""
        return None


class NumberFacts(ColumnFacts):
    """float64 values with nan for "nothing"."""

    def __init__(self, values: FloatArray) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def holds(self, needle: str) -> BoolArray:
        return np.full(len(self._values), not needle)

    def passes(self, wanted: Filter) -> BoolArray:
        is_nothing = np.isnan(self._values)
        if isinstance(wanted, IsEmpty):
            return ~is_nothing if wanted.is_negated else is_nothing
        if not isinstance(wanted, Between):
            return np.zeros(len(self._values), dtype=np.bool_)
        passes = ~is_nothing
        if wanted.low is not None:
            passes &= self._values >= wanted.low
        if wanted.high is not None:
            passes &= self._values <= wanted.high
        return passes

    def sort_keys(self, *, is_descending: bool) -> FloatArray:
        values = -self._values if is_descending else self._values
        return np.where(np.isnan(values), np.inf, values)

    def groups(self) -> tuple[IntArray, list[str]]:
        values, codes = np.unique(self._values, return_inverse=True)
        words = ["" if np.isnan(value) else f"{value:g}" for value in values.tolist()]
        return codes.astype(np.int32), words


class CodedFacts(ColumnFacts):
    """Texts that many rows share; each word is looked at once."""

    def __init__(self, coded: Coded) -> None:
        self._words = [str(word) for word in coded.words]
        codes = coded.codes
        has_negative = bool(len(codes)) and int(codes.min()) < 0
        self._codes = (
            np.where(codes < 0, codes + len(self._words), codes) if has_negative else codes
        )

    def __len__(self) -> int:
        return len(self._codes)

    def holds(self, needle: str) -> BoolArray:
        folded = needle.casefold()
        return self._of_words([folded in word.casefold() for word in self._words])

    def passes(self, wanted: Filter) -> BoolArray:
        if isinstance(wanted, Contains):
            needle = wanted.text.casefold()
            holds = [(needle in w.casefold()) != wanted.is_negated for w in self._words]
            return self._of_words(holds)
        if isinstance(wanted, OneOf):
            return self._of_words([word in wanted.values for word in self._words])
        if isinstance(wanted, IsEmpty):
            return self._of_words([(word == "") != wanted.is_negated for word in self._words])
        return np.zeros(len(self._codes), dtype=np.bool_)

    def sort_keys(self, *, is_descending: bool) -> FloatArray:
        _order, place = self._in_order()
        keys = -place if is_descending else place
        keys[[at for at, word in enumerate(self._words) if not word]] = np.inf
        return keys[self._codes] if len(self._words) else np.zeros(0)

    def groups(self) -> tuple[IntArray, list[str]]:
        order, place = self._in_order()
        words = list(dict.fromkeys(self._words[at] for at in order))
        return place.astype(np.int32)[self._codes], words

    def value_counts(self) -> list[tuple[str, int]] | None:
        codes, words = self.groups()
        amounts = np.bincount(codes, minlength=len(words)).tolist()
        listed = [(w, amount) for w, amount in zip(words, amounts, strict=True) if amount]
        return listed if len(listed) <= MOST_VALUES else None

    def _in_order(self) -> tuple[list[int], FloatArray]:
        """The words in their order, and per word its place; equal words share one."""
        order = sorted(range(len(self._words)), key=lambda at: _word_key(self._words[at]))
        places: dict[str, int] = {}
        for at in order:
            places.setdefault(self._words[at], len(places))
        return order, np.array([float(places[word]) for word in self._words])

    def _of_words(self, answers: Sequence[bool]) -> BoolArray:
        if not answers:
            return np.zeros(len(self._codes), dtype=np.bool_)
        return np.array(answers, dtype=np.bool_)[self._codes]


class TextFacts(ColumnFacts):
    """Texts of which most may differ.

    Args:
        texts: One per row.
        ranks: Per row a number that sorts as the texts should, nan for an empty one; None sorts
            them by their letters.
    """

    def __init__(self, texts: ObjectArray, ranks: FloatArray | None = None) -> None:
        self._texts = texts
        self._given_ranks = ranks
        self._made_index: TextIndex | None = None
        self._made_groups: tuple[IntArray, list[str]] | None = None

    def __len__(self) -> int:
        return len(self._texts)

    def holds(self, needle: str) -> BoolArray:
        return self._index.contains(needle)

    def passes(self, wanted: Filter) -> BoolArray:
        if isinstance(wanted, Contains):
            holds = self._index.contains(wanted.text)
            return ~holds if wanted.is_negated else holds
        if isinstance(wanted, IsEmpty):
            is_empty = self._index.is_empty
            return ~is_empty if wanted.is_negated else is_empty
        passes = np.zeros(len(self._texts), dtype=np.bool_)
        if isinstance(wanted, OneOf):
            for start, part in _parts(self._texts):
                found = map(wanted.values.__contains__, part)
                passes[start : start + len(part)] = np.fromiter(found, np.bool_, len(part))
        return passes

    def sort_keys(self, *, is_descending: bool) -> FloatArray:
        if self._given_ranks is not None:
            return NumberFacts(self._given_ranks).sort_keys(is_descending=is_descending)
        ranks = self._index.ranks().astype(np.float64)
        keys = -ranks if is_descending else ranks
        return np.where(self._index.is_empty, np.inf, keys)

    def groups(self) -> tuple[IntArray, list[str]]:
        if self._made_groups is None:
            coded = coded_texts(self._texts, len(self._texts))
            assert coded is not None  # noqa: S101 there are no more words than texts
            self._made_groups = CodedFacts(coded).groups()
        return self._made_groups

    def value_counts(self) -> list[tuple[str, int]] | None:
        amounts: Counter[str] = Counter()
        for _start, part in _parts(self._texts):
            amounts.update(part)
            if len(amounts) > MOST_VALUES:
                return None
        return sorted(amounts.items(), key=lambda pair: _word_key(pair[0]))

    @property
    def _index(self) -> TextIndex:
        if self._made_index is None:
            self._made_index = TextIndex(self._texts)
        return self._made_index


class DateFacts(ColumnFacts):
    """ISO texts as days; what is no date counts as nothing. Groups are months."""

    def __init__(self, texts: ObjectArray) -> None:
        coded = coded_texts(texts, len(texts))
        assert coded is not None  # noqa: S101 there are no more words than texts
        self._words = CodedFacts(coded)
        self._months = Coded([word[:7] for word in coded.words], coded.codes)
        days = np.array([_day_number(word) for word in coded.words], dtype=np.float64)
        self._days = NumberFacts(days[coded.codes] if len(days) else days)

    def __len__(self) -> int:
        return len(self._days)

    def holds(self, needle: str) -> BoolArray:
        return self._words.holds(needle)

    def passes(self, wanted: Filter) -> BoolArray:
        facts = self._words if isinstance(wanted, Contains | OneOf) else self._days
        return facts.passes(wanted)

    def sort_keys(self, *, is_descending: bool) -> FloatArray:
        return self._days.sort_keys(is_descending=is_descending)

    def groups(self) -> tuple[IntArray, list[str]]:
        return CodedFacts(self._months).groups()


def _day_number(text: str) -> float:
    try:
        return float(day_number(date.fromisoformat(text)))
    except ValueError:
        return float("nan")


def text_facts(texts: ObjectArray, ranks: FloatArray | None = None) -> ColumnFacts:
    """The facts of a column of texts: numbers for words that repeat, else the texts themselves."""
    coded = coded_texts(texts, _MOST_WORDS) if ranks is None else None
    return TextFacts(texts, ranks) if coded is None else CodedFacts(coded)


def coded_texts(texts: ObjectArray, most_words: int) -> Coded | None:
    """Texts as numbers of their words; None where there are more words than that."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.empty(len(texts), dtype=np.int32)
    for start, part in _parts(texts):
        found = map(numbers.__getitem__, part)
        codes[start : start + len(part)] = np.fromiter(found, np.int32, len(part))
        if len(numbers) > most_words:
            return None
    return Coded(list(numbers), codes)


def _word_key(word: str) -> tuple[bool, tuple[tuple[int, int, str], ...], str]:
    """Sorts an empty word last, others as names with numbers, and words that differ in case."""
    return (not word, natural_key(word), word)


def _parts(texts: ObjectArray) -> Iterator[tuple[int, list[str]]]:
    for start in range(0, len(texts), _ROWS_AT_ONCE):
        yield start, texts[start : start + _ROWS_AT_ONCE].tolist()
