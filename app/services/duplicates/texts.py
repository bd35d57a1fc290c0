# SPDX-License-Identifier: MIT
"""Folding of texts before they are compared: case, accents and punctuation put aside."""

import re

from app.services.letters import bare_letters

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?)+[^\W\d_]\b\.?")
_UMLAUT = re.compile(r"([aou])e")


def plain(text: str) -> str:
    """The text in lower case, without accents and apostrophes."""
    return bare_letters(text).replace("'", "").replace("’", "")


def words_of(text: str) -> list[str]:
    """The words of a text after `plain`; "S.p.A." and "S. A." become one word each."""
    folded = plain(text)
    if "." in folded:
        folded = _DOTTED.sub(_joined, folded)
    return _WORD.findall(folded)


def without_umlaut(word: str) -> str:
    """The word with "ae", "oe" and "ue" shortened, so "Mueller" meets "Müller" and "Muller"."""
    return _UMLAUT.sub(r"\1", word) if "e" in word else word


def _joined(match: "re.Match[str]") -> str:
    return "".join(sign for sign in match.group() if sign.isalnum()) + " "
