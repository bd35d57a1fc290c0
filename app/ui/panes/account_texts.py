# SPDX-License-Identifier: MIT
"""Text columns of accounts that a large plan shows before they are read."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from app.services.account_table import AccountTable
from app.services.tables.column_facts import UnreadTexts, coded_texts
from app.ui.tables.arranger import LARGE

ObjectArray = npt.NDArray[np.object_]

_BLOCK = 64
"""Accounts that are read together for a cell: those below it are shown next."""
_MOST_BLOCKS = 200


class AccountTexts:
    """One text column: read as a whole when it is sorted, searched or copied, else in blocks.

    Args:
        accounts: The accounts.
        column: A text column of the account table.
    """

    def __init__(self, accounts: AccountTable, column: str) -> None:
        self._accounts = accounts
        self._column = column
        self._blocks: dict[int, ObjectArray] = {}
        self._texts: ObjectArray | None = None

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self._accounts)

    def __getitem__(self, row: int) -> str:
        """The text of an account; of a large plan a block is read for it."""
        texts = self._texts
        if texts is None and (self.is_read or len(self) < LARGE):
            texts = self.read()
        return str(self._at(row)) if texts is None else str(texts[row])

    @property
    def is_read(self) -> bool:
        """Whether the whole column was read."""
        return self._texts is not None or any(
            name == self._column for name, _ in self._accounts.known_texts()
        )

    def read(self) -> ObjectArray:
        """The whole column."""
        if self._texts is None:
            self._texts = self._accounts.text(self._column)
            self._blocks = {}
        return self._texts

    def read_together(self, columns: Sequence[UnreadTexts]) -> None:
        """Read this and other text columns of the same accounts in one pass."""
        _read_together(columns)

    @property
    def source(self) -> tuple[AccountTable, str]:
        """The accounts, and the column of theirs that it shows."""
        return self._accounts, self._column

    def _at(self, row: int) -> str:
        number = row // _BLOCK
        block = self._blocks.get(number)
        if block is None:
            if len(self._blocks) >= _MOST_BLOCKS:
                self._blocks = {}
            first = number * _BLOCK
            ids = self._accounts.ids[first : first + _BLOCK].tolist()
            block = self._accounts.repository.text_column(self._column, ids)
            self._blocks[number] = block
        return str(block[row - number * _BLOCK])


class WordedTexts:
    """A text column whose codes are shown in words.

    Args:
        texts: The codes.
        word: The words for a code.
    """

    def __init__(self, texts: AccountTexts, word: Callable[[str], str]) -> None:
        self._texts = texts
        self._word = word
        self._words: ObjectArray | None = None

    def __len__(self) -> int:
        """Number of accounts."""
        return len(self._texts)

    def __getitem__(self, row: int) -> str:
        """The words of an account."""
        return self._word(self._texts[row])

    @property
    def is_read(self) -> bool:
        """Whether the whole column was read."""
        return self._texts.is_read

    def read(self) -> ObjectArray:
        """The whole column."""
        if self._words is None:
            texts = self._texts.read()
            coded = coded_texts(texts, len(texts))
            if coded is None:  # there are no more codes than texts
                return texts
            words = np.array([self._word(code) for code in coded.words], dtype=np.object_)
            self._words = words[coded.codes] if len(words) else texts
        return self._words

    def read_together(self, columns: Sequence[UnreadTexts]) -> None:
        """Read this and other text columns of the same accounts in one pass."""
        _read_together(columns)

    @property
    def source(self) -> tuple[AccountTable, str]:
        """The accounts, and the column of theirs that it shows in words."""
        return self._texts.source


def _read_together(columns: Sequence[UnreadTexts]) -> None:
    sources = [each.source for each in columns if isinstance(each, AccountTexts | WordedTexts)]
    if sources:
        accounts = sources[0][0]
        accounts.read_texts([key for table, key in sources if table is accounts])
