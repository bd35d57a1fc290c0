# SPDX-License-Identifier: MIT
"""US ZIP codes as people write them."""

import re
from collections.abc import Iterable

import numpy as np

from app.services.geography.addresses import PlacementNote
from app.services.geography.arrays import IntArray, TextArray

_ZIP = re.compile(r"(\d{3,5})(?:\s*[-–\s]\s*(\d{4})?)?(?:\.0+)?|(\d{4,5})(\d{4})", re.ASCII)
_MILITARY = re.compile(r"09\d{3}|340\d\d|96[2-6]\d\d", re.ASCII)


def read_zip(text: str) -> tuple[str, bool]:
    """Five digits of a US ZIP code, and whether leading zeros had to be put back.

    Takes five digits, ZIP+4, and the three or four digits that a spreadsheet leaves of a code
    that begins with zeros. Empty where the text is none of these.
    """
    digits, _ = _parts(text)
    return (digits.zfill(5), len(digits) < 5) if digits else ("", False)


def repaired_zip(text: str) -> str:
    """The ZIP or ZIP+4 with its leading zeros, as the post office writes it."""
    digits, more = _parts(text)
    return "-".join(filter(None, (digits.zfill(5), more))) if digits else text


def _parts(text: str) -> tuple[str, str]:
    match = _ZIP.fullmatch(text.strip(" \t'\u00a0"))
    if match is None:
        return "", ""
    first, second, whole, rest = match.groups()
    return first or whole, second or rest or ""


class ZipTable:
    """Finds ZIP codes in the ZIP layer.

    Args:
        codes: The codes of the layer.
        states: Per ZIP its state's position.
        military: Codes of military and diplomatic post offices.
        boxes: Positions of the ZIPs of post-office boxes or of one organisation.

    Attributes:
        is_box: Per ZIP whether it is one of those.
    """

    def __init__(
        self, codes: TextArray, states: IntArray, military: Iterable[str], boxes: IntArray
    ) -> None:
        numbers = codes.astype(np.int32)
        self._index = np.full(100_000, -1, np.int32)
        self._index[numbers] = np.arange(len(codes))
        self._military = frozenset(military)
        self.is_box = np.zeros(len(codes), np.bool_)
        self.is_box[boxes] = True
        self._state_of_prefix = np.full(1000, -1, np.int32)
        # The last ZIP of a prefix decides; the few prefixes across a state line are small.
        self._state_of_prefix[numbers // 100] = states

    def index_of(self, code: str) -> int:
        """Position in the layer, -1 where the code is not known."""
        return int(self._index[int(code)])

    def state_of_prefix(self, code: str) -> int:
        """Position of the state that a code begins like, -1 for none."""
        return int(self._state_of_prefix[int(code[:3])])

    def note_of_unknown(self, code: str) -> PlacementNote:
        """What to say about a code that is in no area."""
        is_military = code in self._military or _MILITARY.fullmatch(code) is not None
        return PlacementNote.ZIP_MILITARY if is_military else PlacementNote.ZIP_UNKNOWN
