# SPDX-License-Identifier: MIT
"""Names for files, made of names that the user gave to other things."""

import re

_LONGEST = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Windows keeps these for devices, whatever follows the dot."""


def file_name(words: str) -> str:
    """Words without what file names may not hold on any system; never empty."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', " ", words)
    name = re.sub(r"\s+", " ", name).strip(" .")[:_LONGEST].strip(" .")
    return f"{name} file" if _RESERVED.match(name) else name or "Untitled"


def free_name(name: str, taken: set[str]) -> str:
    """The name, with a number where another file has it; remembered as taken.

    Capital letters make no difference, as on Windows and macOS.
    """
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    taken.add(free.casefold())
    return free
