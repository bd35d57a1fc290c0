# SPDX-License-Identifier: MIT
"""What became of every row of a file, and the compact text in which the plan keeps it."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

_MAX_PACKED_BYTES = 200_000_000
"""A damaged or hostile text may not unpack to more; a million rows take 21 MB."""


class Outcome(IntEnum):
    """What became of one row."""

    ADDED = 0
    UPDATED = 1
    UNCHANGED = 2
    SKIPPED = 3


@dataclass(frozen=True, slots=True)
class RowOutcomes:
    """One entry per row of the table.

    Attributes:
        row_numbers: As a spreadsheet counts the rows, from 1.
        codes: Values of `Outcome`.
        targets: Id of the account (or rep, transaction ...) that the row became, 0 for none.
        notes: Per row, position in `sentences` of why it was left out or how it was repaired, -1
            for nothing.
        sentences: Each once.
    """

    row_numbers: npt.NDArray[np.int64]
    codes: npt.NDArray[np.uint8]
    targets: npt.NDArray[np.int64]
    notes: npt.NDArray[np.int32]
    sentences: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.codes)

    def counts(self) -> tuple[int, int, int, int]:
        """Rows added, updated, unchanged and left out; they sum to the number of rows."""
        found = np.bincount(self.codes, minlength=len(Outcome)).tolist()
        return found[0], found[1], found[2], found[3]

    def skipped(self) -> dict[int, str]:
        """Position in the table to the reason, for the rows that are left out."""
        rows = np.flatnonzero(self.codes == Outcome.SKIPPED).tolist()
        return {row: self.sentence(row) for row in rows}

    def sentence(self, row: int) -> str:
        """Why a row was left out or how it was repaired, empty for nothing."""
        note = int(self.notes[row])
        return self.sentences[note] if note >= 0 else ""

    def pack(self) -> str:
        """The outcomes as a short text; `unpack` gives them back exactly."""
        columns = (
            self.row_numbers.astype("<i8"),
            self.codes.astype("<u1"),
            self.targets.astype("<i8"),
            self.notes.astype("<i4"),
        )
        head = json.dumps(
            {"rows": len(self), "sentences": self.sentences}, ensure_ascii=False
        ).encode()
        # Differences of row numbers and ids are mostly 1, so they shrink to almost nothing.
        body = b"".join(
            (np.diff(column, prepend=column.dtype.type(0)) if column.dtype != "<u1" else column)
            .astype(column.dtype)
            .tobytes()
            for column in columns
        )
        packed = zlib.compress(len(head).to_bytes(4, "little") + head + body, 1)
        return base64.b64encode(packed).decode("ascii")

    @classmethod
    def unpack(cls, text: str) -> "RowOutcomes | None":
        """What `pack` made, or None where the text is empty or damaged."""
        try:
            unpacker = zlib.decompressobj()
            raw = unpacker.decompress(base64.b64decode(text, validate=True), _MAX_PACKED_BYTES)
            size = int.from_bytes(raw[:4], "little")
            head = json.loads(raw[4 : 4 + size])
            count = int(head["rows"])
            body = raw[4 + size :]
            at = 0
            columns: list[npt.NDArray[np.int64]] = []
            for kind in ("<i8", "<u1", "<i8", "<i4"):
                width = np.dtype(kind).itemsize * count
                column = np.frombuffer(body[at : at + width], dtype=kind).astype(np.int64)
                columns.append(column if kind == "<u1" else np.cumsum(column))
                at += width
            sentences = tuple(str(sentence) for sentence in head["sentences"])
        except (ValueError, KeyError, TypeError, zlib.error, binascii.Error, RecursionError):
            return None
        rows, codes, targets, notes = columns
        is_whole = all(len(column) == count for column in columns)
        if not is_whole or (count and (codes.max() > Outcome.SKIPPED or notes.min() < -1)):
            return None
        if count and notes.max() >= len(sentences):
            return None
        return cls(rows, codes.astype(np.uint8), targets, notes.astype(np.int32), sentences)


class OutcomeList:
    """Collects what becomes of the rows of one table; every row starts as unchanged.

    Args:
        row_numbers: As a spreadsheet counts the rows.
    """

    def __init__(self, row_numbers: npt.NDArray[np.int64]) -> None:
        count = len(row_numbers)
        self._row_numbers = row_numbers
        self.codes = np.full(count, int(Outcome.UNCHANGED), dtype=np.uint8)
        self.targets = np.zeros(count, dtype=np.int64)
        self._notes = np.full(count, -1, dtype=np.int32)
        self._sentences: dict[str, int] = {}

    def skip(self, rows: Iterable[int], reason: str) -> None:
        """Leave rows out; the first reason of a row stays."""
        found = np.fromiter(rows, dtype=np.int64)
        fresh = found[self.codes[found] != Outcome.SKIPPED]
        self.codes[fresh] = Outcome.SKIPPED
        self.targets[fresh] = 0
        self._notes[fresh] = self._number(reason)

    def note(self, rows: Iterable[int], sentence: str) -> None:
        """Say how rows were repaired; the first note of a row stays."""
        found = np.fromiter(rows, dtype=np.int64)
        fresh = found[self._notes[found] < 0]
        self._notes[fresh] = self._number(sentence)

    def set(
        self,
        rows: npt.NDArray[np.int64] | Sequence[int],
        outcome: Outcome,
        targets: npt.NDArray[np.int64] | Sequence[int] = (),
    ) -> None:
        """Say what becomes of rows, and of which account (or rep ...)."""
        self.codes[rows] = outcome
        if len(targets):
            self.targets[rows] = targets

    @property
    def is_skipped(self) -> npt.NDArray[np.bool_]:
        """Per row, whether it is left out."""
        return self.codes == Outcome.SKIPPED

    def finished(self) -> RowOutcomes:
        """All outcomes."""
        return RowOutcomes(
            self._row_numbers, self.codes, self.targets, self._notes, tuple(self._sentences)
        )

    def _number(self, sentence: str) -> int:
        return self._sentences.setdefault(sentence, len(self._sentences))
