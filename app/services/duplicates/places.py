# SPDX-License-Identifier: MIT
"""Streets, postal codes and cities in the one form in which they can be compared."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from app.services.duplicates.texts import plain, without_umlaut, words_of

_STREET_TYPES = {
    **dict.fromkeys(("st", "str", "street", "strasse", "straat", "stre"), "street"),
    **dict.fromkeys(("ave", "av", "aven", "avenue", "avenida", "avda"), "avenue"),
    **dict.fromkeys(("rd", "road"), "road"),
    **dict.fromkeys(("blvd", "boul", "boulevard", "bd", "bvd"), "boulevard"),
    **dict.fromkeys(("dr", "drive", "drv"), "drive"),
    **dict.fromkeys(("ln", "lane"), "lane"),
    **dict.fromkeys(("ct", "court", "crt"), "court"),
    **dict.fromkeys(("pl", "place", "platz", "plaza", "plz", "plein", "piazza"), "place"),
    **dict.fromkeys(("sq", "square"), "square"),
    **dict.fromkeys(("hwy", "highway"), "highway"),
    **dict.fromkeys(("pkwy", "parkway", "pky"), "parkway"),
    **dict.fromkeys(("ter", "terrace", "terr"), "terrace"),
    **dict.fromkeys(("cir", "circle"), "circle"),
    **dict.fromkeys(("trl", "trail"), "trail"),
    **dict.fromkeys(("expy", "expressway"), "expressway"),
    **dict.fromkeys(("fwy", "freeway"), "freeway"),
    **dict.fromkeys(("tpke", "turnpike"), "turnpike"),
    **dict.fromkeys(("weg", "way", "wy"), "way"),
    **dict.fromkeys(("rue", "r"), "rue"),
    **dict.fromkeys(("via", "viale"), "via"),
    **dict.fromkeys(("calle", "c"), "calle"),
}
_DIRECTIONS = {"n": "north", "s": "south", "e": "east", "w": "west"} | {
    "ne": "northeast",
    "nw": "northwest",
    "se": "southeast",
    "sw": "southwest",
}
_UNIT = re.compile(
    r"(?:\b(?:suite|ste|unit|apt|apartment|room|rm|floor|fl|bldg|building|dept|office|ofc|"
    r"stock|etage|mezz|box)\b\.?\s*#?\s*[\w-]{1,6}\b)|(?:#\s*[\w-]{1,6})|"
    r"(?:\b\d{1,3}(?:st|nd|rd|th)\s+(?:floor|fl)\b)"
)
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*#?\s*(\w+)|\b(?:postfach|boite postale|bp)\s*(\w+)")
_SIMILAR_STREET = 0.75
_NUMBER = re.compile(r"\d+[a-z]?\Z")
_GERMAN_ENDING = re.compile(r"(?<=[a-z]{3})(strasse|str|weg|platz|gasse|straat|gatan|vej)\Z")


@dataclass(frozen=True, slots=True)
class StreetParts:
    """A street address.

    Attributes:
        number: House number, the first of a range; of a post-office box, its number.
        words: Name of the street without its type and without suite or floor.
        kind: "street", "avenue", ...; empty where the address leaves it out.
    """

    number: str = ""
    words: str = ""
    kind: str = ""


EMPTY_STREET = StreetParts()


def street_parts(street: str) -> StreetParts:
    """Take an address apart."""
    if not street:
        return EMPTY_STREET
    folded = plain(street)
    box = _PO_BOX.search(folded)
    if box:
        return StreetParts(box.group(1) or box.group(2), "po box")
    words = words_of(_UNIT.sub(" ", folded))
    number, kind, named = "", "", list[str]()
    for place, word in enumerate(words):
        if not number and _NUMBER.match(word) and (place in (0, len(words) - 1) or named):
            number = word.lstrip("0")
        elif number and word.isdigit() and not named:
            continue  # the end of a range: "12-14 Main St"
        else:
            named.append(word)
    if named and (match := _GERMAN_ENDING.search(named[-1])):
        kind = _STREET_TYPES.get(match.group(), match.group())
        named[-1] = named[-1][: match.start()]
    elif len(named) > 1:
        named, kind = _without_type(named)
    spelled = (without_umlaut(_DIRECTIONS.get(word, word)) for word in named)
    return StreetParts(number, " ".join(spelled), kind)


def _without_type(words: list[str]) -> tuple[list[str], str]:
    """The words without the type of street: the last one that is a type, else the first word."""
    for place in range(len(words) - 1, 0, -1):
        if words[place] in _STREET_TYPES:
            return words[:place] + words[place + 1 :], _STREET_TYPES[words[place]]
    if words[0] in _STREET_TYPES:
        return words[1:], _STREET_TYPES[words[0]]
    return words, ""


def postal_key(postal_code: str, country: str = "") -> str:
    """The postal code to compare: of a US one the five digits, lost zeros put back.

    Args:
        postal_code: As imported.
        country: Code of the country, where known.
    """
    code = "".join(sign for sign in postal_code.upper() if sign.isalnum() or sign == "-")
    head = code.partition("-")[0]
    if head.isdigit() and country in ("", "US"):
        if len(head) == 9:
            head = head[:5]
        if country == "US" and 3 <= len(head) < 5:
            head = head.zfill(5)
        code = head if len(head) == 5 else code
    code = code.replace("-", "")
    return "" if len(code) < 3 or len(set(code)) == 1 else code


def city_key(city: str) -> str:
    """The name of a city to compare: "St. Louis" is "Saint Louis"."""
    words = ["saint" if word == "st" else without_umlaut(word) for word in words_of(city)]
    if len(words) > 2 and words[-1] == "city":
        words.pop()
    return " ".join(words)


def is_similar_street(first: str, second: str) -> bool:
    """Whether the words of two streets differ by a typing error or two, or one says less."""
    short, long = sorted((first, second), key=len)
    if long.startswith(f"{short} ") or OSA.distance(first, second, score_cutoff=1) <= 1:
        return True
    return OSA.normalized_similarity(first, second) >= _SIMILAR_STREET
