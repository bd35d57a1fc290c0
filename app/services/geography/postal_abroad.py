# SPDX-License-Identifier: MIT
"""Postal codes of other countries, whose areas the user has added."""

import re
from collections.abc import Sequence

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from app.services.geography.layered import LayeredGeography
from app.services.geography.plan_layer import PlanLayer

_INWARD = 3
"""Letters that end a British postcode and tell the street, not the district."""
_NO_SIGNS = re.compile(r"[^0-9A-Z]")


class CodeReader:
    """Finds the area of a layer that a postal code belongs to: "M5V 3L9" to "M5V".

    Args:
        layer: Its codes.
    """

    def __init__(self, layer: PlanLayer) -> None:
        bare = [code.removeprefix(layer.prefix) for code in layer.codes]
        pairs = zip(bare, layer.codes, strict=True)
        self._code_by_key = {_key(code): whole for code, whole in pairs}
        lengths = {len(key) for key in self._code_by_key}
        self._digits = lengths.pop() if len(lengths) == 1 and bare[0].isdigit() else 0

    def read(self, texts: Sequence[str]) -> Sequence[str]:
        """The code of the area per postal code, empty for none."""
        code_by_text = {text: self.code_of(text) for text in set(texts)}
        return [code_by_text[text] for text in texts]

    def code_of(self, text: str) -> str:
        """The code of the area that one postal code belongs to, empty for none."""
        whole = _key(text)
        if not whole:
            return ""
        if self._digits and whole.isdigit():
            # A spreadsheet drops the zeros that a code begins with.
            return self._code_by_key.get(whole.zfill(self._digits), "")
        first = _key(text.split(maxsplit=1)[0])
        tries = [whole, first, whole[:-_INWARD]]
        tries += [whole[:length] for length in range(len(whole) - 1, 1, -1)]
        return next((self._code_by_key[key] for key in tries if key in self._code_by_key), "")


class CodesAbroad:
    """Finds areas by codes that tell by themselves that they are no US ZIP codes.

    Args:
        geography: With the joined layers of a plan, if it has any.
    """

    def __init__(self, geography: Geography) -> None:
        layers = geography.joined if isinstance(geography, LayeredGeography) else ()
        chosen = [layer for layer in layers if layer.info.level is GeoLevel.ZIP]
        self._readers = [CodeReader(layer) for layer in chosen]
        self._whole = {code.upper(): code for layer in chosen for code in layer.codes}

    def code_of(self, text: str) -> str:
        """The code of the area: of "M5V 3L9" and, with its country, of "DE-10115"; else empty."""
        known = self._whole.get(text.strip().upper(), "")
        if known or not any(sign.isalpha() for sign in text):
            return known
        return next(filter(None, (reader.code_of(text) for reader in self._readers)), "")


def _key(text: str) -> str:
    return _NO_SIGNS.sub("", text.upper())
