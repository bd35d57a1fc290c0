# SPDX-License-Identifier: MIT
"""Why two accounts look like one customer, in words."""

import numpy as np

from app.services.duplicates.blocking import MOST_SHARED
from app.services.duplicates.columns import AccountColumns, LongArray
from app.services.duplicates.contacts import is_one_salesforce_id
from app.services.duplicates.keys import CodeArray, Keys
from app.services.duplicates.places import is_similar_street
from app.services.duplicates.scoring import NEAR_METRES, is_same_place, metres_between
from app.services.duplicates.texts import words_of

_ALIKE = 0.75
"""Names are called similar from here on: they speak for it, if not much."""


def reasons_of(
    columns: AccountColumns, keys: Keys, a: int, b: int, likeness: float
) -> tuple[str, ...]:
    """What speaks for it, the most telling first.

    Args:
        columns: The accounts.
        keys: Their codes.
        a: Row of the first account.
        b: Row of the second account.
        likeness: How alike the telling words of their names are, 0 to 1.
    """
    found = (
        _id_reason(columns, keys, a, b),
        _name_reason(columns, keys, a, b, likeness),
        _address_reason(keys, a, b),
        _shared(keys.phone, keys.phone_size, a, b, "Same phone"),
        _shared(keys.domain, keys.domain_size, a, b, "Same domain"),
        _distance_reason(keys, a, b),
    )
    return tuple(reason for reason in found if reason)


def _id_reason(columns: AccountColumns, keys: Keys, a: int, b: int) -> str:
    if not keys.id_folded[a] or keys.id_folded[a] != keys.id_folded[b]:
        return ""
    first, second = (str(columns.text["external_id"][row]) for row in (a, b))
    if is_one_salesforce_id(first, second):
        return "15 and 18 characters of one Salesforce ID"
    return "Same ID" if first == second else "IDs differ only in case"


def _name_reason(columns: AccountColumns, keys: Keys, a: int, b: int, likeness: float) -> str:
    if not keys.name[a] or not keys.name[b]:
        return ""
    first, second = (str(columns.text["name"][row]) for row in (a, b))
    if keys.name[a] != keys.name[b]:
        return "Similar names" if likeness >= _ALIKE else ""
    words, others = words_of(first), words_of(second)
    differences = (
        (first == second, "Same name"),
        (words == others, "Names differ only in case and punctuation"),
        (sorted(words) == sorted(others), "Same words in another order"),
        (keys.numbers[a] != keys.numbers[b], "Names differ only in a number"),
        (keys.legal[a] != keys.legal[b], "Names differ only in legal form"),
        (True, "Names differ only in spelling"),
    )
    return next(sentence for is_so, sentence in differences if is_so)


def _address_reason(keys: Keys, a: int, b: int) -> str:
    here = is_same_place(keys, *_pair(a, b))[0]
    is_same_city = bool(keys.city[a]) and keys.city[a] == keys.city[b]
    if not here and not is_same_city:
        return ""
    place = "ZIP" if keys.postal[a] and keys.postal[a] == keys.postal[b] else "city"
    words, others = str(keys.street_text[a]), str(keys.street_text[b])
    is_same_number = keys.street_number[a] == keys.street_number[b]
    if words and words == others and is_same_number:
        return f"Same street and {place}"
    if words and here and is_same_number and is_similar_street(words, others):
        return f"Similar street, same {place}"
    return f"Same {place}" if here else ""


def _shared(codes: CodeArray, sizes: CodeArray, a: int, b: int, words: str) -> str:
    is_shared = codes[a] > 0 and codes[a] == codes[b]
    return words if is_shared and sizes[a] <= MOST_SHARED else ""


def _distance_reason(keys: Keys, a: int, b: int) -> str:
    if not (keys.is_exact[a] and keys.is_exact[b]):
        return ""
    metres = float(metres_between(keys, *_pair(a, b))[0])
    if metres > 2 * NEAR_METRES:
        return ""
    return "Same place on the map" if metres < 10 else f"{round(metres, -1):.0f} m apart"


def _pair(a: int, b: int) -> tuple[LongArray, LongArray]:
    return np.array([a]), np.array([b])
