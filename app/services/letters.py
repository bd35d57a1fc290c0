# SPDX-License-Identifier: MIT
"""Letters without case and marks, so that names compare as people read them."""

import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
    | {"\N{LATIN SMALL LETTER DOTLESS I}": "i"}
)
"""Letters of their own, which Unicode does not take apart."""


def bare_letters(text: str) -> str:
    """The text in lower case without accents: "Łódź" -> "lodz", "Østlund" -> "ostlund".

    The build of `resources/geo` uses it too, so what it makes of a letter may not change without
    building the keys there anew.
    """
    lower = text.casefold()
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
