# SPDX-License-Identifier: MIT
"""A place in a text of words, quoted values and numbers, from which they are taken one by one."""

import re

from app.services.rules.columns import plain

_SPACES = re.compile(r"\s*")
_WORD = re.compile(r"\s*([^\s()\[\]\",“”„]+)")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?(?![\w.])")
_FLOAT = r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)"
_POINT = re.compile(rf"\(\s*{_FLOAT}\s*,\s*{_FLOAT}\s*\)")
_NUMBERED = re.compile(r"#(\d{1,15})\b")
_TITLE = re.compile(r"\[((?:[^\]]|\]\])*)\]?")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"?')
_CURLY = re.compile(r"[“„]([^“”]*)[“”]?")
_BARE = re.compile(r"(?:(?!,|[()]|\s(?:and|or)\s|\s(?:and|or)\Z).)*", re.IGNORECASE | re.DOTALL)
_SHOWN = 40


class Cursor:
    """Reads from left to right; spaces between tokens never matter.

    Attributes:
        position: Where it stands; may be set back.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.position = 0

    @property
    def is_at_end(self) -> bool:
        """Whether nothing but spaces is left."""
        self._skip_spaces()
        return self.position >= len(self._text)

    def first_words(self) -> str:
        """The next few words, to name them in a sentence."""
        self._skip_spaces()
        rest = self._text[self.position : self.position + _SHOWN + 1]
        return rest if len(rest) <= _SHOWN else f"{rest[:_SHOWN].rstrip()}…"

    def is_next(self, signs: str) -> bool:
        """Whether one of some signs comes next."""
        self._skip_spaces()
        return self._text[self.position : self.position + 1] in tuple(signs)

    def take(self, sign: str) -> bool:
        """Take signs, if they come next."""
        self._skip_spaces()
        if not self._text.startswith(sign, self.position):
            return False
        self.position += len(sign)
        return True

    def take_word(self, words: str) -> bool:
        """Take words, if they come next as whole words; case, accents and spaces do not matter."""
        end = self.position
        for word in words.split():
            found = _WORD.match(self._text, end)
            if found is None or plain(found.group(1)) != plain(word):
                return False
            end = found.end()
        self.position = end
        return True

    def bracketed(self) -> str:
        """A title in square brackets, in which doubled closing ones stand for themselves."""
        return self._matched(_TITLE).replace("]]", "]")

    def value(self) -> str:
        """A value in quotation marks, or words up to a comma, a bracket, "and" or "or"."""
        if self.is_next('"'):
            return self._matched(_QUOTED).replace('""', '"')
        if self.is_next("“„"):
            return self._matched(_CURLY)
        return self._matched(_BARE, 0).strip()

    def number(self) -> float | None:
        """A number, if one comes next."""
        self._skip_spaces()
        found = _NUMBER.match(self._text, self.position)
        digits = found.group().replace(",", "") if found else ""
        if not any(sign.isdigit() for sign in digits) or len(digits) > _SHOWN:
            return None
        self.position += len(found.group()) if found else 0
        return float(digits)

    def point(self) -> tuple[float, float] | None:
        """Two numbers in brackets, if they come next."""
        self._skip_spaces()
        found = _POINT.match(self._text, self.position)
        if found is None:
            return None
        self.position = found.end()
        return float(found.group(1)), float(found.group(2))

    def number_sign(self) -> int | None:
        """A number behind "#", if one comes next."""
        self._skip_spaces()
        found = _NUMBERED.match(self._text, self.position)
        if found is None:
            return None
        self.position = found.end()
        return int(found.group(1))

    def _skip_spaces(self) -> None:
        found = _SPACES.match(self._text, self.position)
        self.position = found.end() if found else self.position

    def _matched(self, pattern: re.Pattern[str], group: int = 1) -> str:
        self._skip_spaces()
        found = pattern.match(self._text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found.group(group)
