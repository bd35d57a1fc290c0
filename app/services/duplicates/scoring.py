# SPDX-License-Identifier: MIT
"""How likely it is that two accounts are one customer.

Every piece of evidence gives or takes points; one point doubles or halves the odds::

    odds = 2 ** points,   score = odds / (1 + odds),   points = START + name + place + contact + id

    START      -4      two accounts out of one block are seldom one customer
    name       +5      same telling words; less where several accounts have that name, down to +2,
                       unless street and number are the same
               15 * (similarity - 0.7), at most +4.5, at least -5; less for common names likewise
               -6      different numbers ("#12", "#34"); -1 where only one has a number
               -4      different directions ("North", "South"); -1 where only one has
               -0.5    different legal forms
    place      +4      same street and number, same postal code (or same city, one code missing)
               +3      likewise, the street spelled differently; or other postal code, same city
               +2      same street without number; or exact positions less than 250 m apart
               +1      same postal code or city, the street missing
                0      same postal code, another street; or nothing known
               -0.5    another part of the same city
               -3      another place;  -4 another country;  -5 more than 50 km away
    phone      +4      shared by two to four; less for more, nothing above 20;  -0.5 different
    domain     +3      shared by two; less for more, nothing above 20;          -0.5 different
    id         +10     the 15 and 18 characters of one Salesforce id
               +3      equal but for case; +1 in ids in which case matters

So the same name at the same street has 0.97, the same rare name without anything else 0.67, and
the same phone number with another name 0.03. Source: Fellegi and Sunter (1969), the weights ours,
set so that the invented list of the tests is told apart.
"""

from dataclasses import dataclass

import numpy as np

from app.services.duplicates.blocking import MOST_SHARED, BoolArray, Pairs
from app.services.duplicates.columns import FloatArray, LongArray
from app.services.duplicates.keys import CodeArray, Keys

START = -4.0
SAME_NAME, MOST_SIMILAR, LEAST_SIMILAR = 5.0, 4.5, -5.0
LIKELY, POSSIBLE = 0.75, 0.6

NEAR_METRES, FAR_METRES = 250.0, 50_000.0
_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the two accounts of each pair have in common, one entry per pair.

    Attributes:
        points: All points but those of the telling words and of a misspelled street.
        discount: Points that the frequency of the name takes from those of the telling words.
        is_same_name: All telling words are the same.
        is_nameless: One of them has no name, which says nothing.
        may_be_alike: The names are worth comparing: a letter or something else is in common.
        street_gain: Points if the streets, which differ in words only, turn out to be alike.
    """

    points: FloatArray
    discount: FloatArray
    is_same_name: BoolArray
    is_nameless: BoolArray
    may_be_alike: BoolArray
    street_gain: FloatArray

    @property
    def most_points(self) -> FloatArray:
        """What the pair has if the words turn out as alike as they can."""
        words = np.where(
            self.may_be_alike, np.maximum(MOST_SIMILAR - self.discount, 0), LEAST_SIMILAR
        )
        same = SAME_NAME - self.discount
        name = np.select([self.is_nameless, self.is_same_name], [0.0, same], words)
        return self.points + self.street_gain + name


def evidence(keys: Keys, pairs: Pairs) -> Evidence:
    """Weigh all that can be told from equal and unequal codes."""
    a, b = pairs
    place, street_gain, is_same_street = _place_points(keys, a, b)
    phone, is_same_phone = _contact_points(keys.phone, keys.phone_size, a, b, (4.0, 4.0, 1.0))
    domain, is_same_domain = _contact_points(keys.domain, keys.domain_size, a, b, (3.0, 2.0, 0.75))
    identity, is_same_id = _id_points(keys, a, b)
    is_nameless = (keys.name[a] == 0) | (keys.name[b] == 0)
    is_same_name = (keys.name[a] == keys.name[b]) & ~is_nameless
    # However many namesakes there are elsewhere: two of them behind one door would be a wonder.
    size = np.where(is_same_street, 1, np.maximum(keys.name_size[a], keys.name_size[b]))
    branch = _branch_points(keys, a, b)
    has_contact = is_same_street | is_same_phone | is_same_domain | is_same_id
    return Evidence(
        points=START + place + phone + domain + branch + identity,
        discount=np.clip(np.log2(np.maximum(size, 1) / 3), 0.0, 3.0),
        is_same_name=is_same_name,
        is_nameless=is_nameless,
        may_be_alike=((keys.initials[a] & keys.initials[b]) != 0) | has_contact,
        street_gain=street_gain,
    )


def similar_name_points(similarity: float, discount: float) -> float:
    """Points for telling words that are not all the same."""
    points = min(15.0 * (similarity - 0.7), MOST_SIMILAR)
    return max(points - discount, 0.0) if points > 0 else max(points, LEAST_SIMILAR)


def score_of(points: FloatArray) -> FloatArray:
    """The points as a likelihood between 0 and 1."""
    odds: FloatArray = np.exp2(points)
    return odds / (1.0 + odds)


def points_for(score: float) -> float:
    """The points that give a score."""
    return float(np.log2(score / (1.0 - score)))


def metres_between(keys: Keys, a: LongArray, b: LongArray) -> FloatArray:
    """Distances, nan where an account is not placed; good enough below some 100 km."""
    across = np.abs(keys.lon[a] - keys.lon[b])
    across = np.minimum(across, 360.0 - across)
    across *= np.cos(np.radians((keys.lat[a] + keys.lat[b]) / 2))
    degrees: FloatArray = np.hypot(across, keys.lat[a] - keys.lat[b])
    return degrees * _METRES_PER_DEGREE


def is_same_place(keys: Keys, a: LongArray, b: LongArray) -> BoolArray:
    """Whether postal codes are the same, or the cities where a postal code is missing."""
    has_postal = (keys.postal[a] > 0) & (keys.postal[b] > 0)
    is_same_city = (keys.city[a] == keys.city[b]) & (keys.city[a] > 0)
    is_same_postal = keys.postal[a] == keys.postal[b]
    return (has_postal & is_same_postal) | (~has_postal & is_same_city)


def _place_points(
    keys: Keys, a: LongArray, b: LongArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Points of the place, points that a look at the words of the street may add, same street."""
    has_postal = (keys.postal[a] > 0) & (keys.postal[b] > 0)
    is_same_city = (keys.city[a] == keys.city[b]) & (keys.city[a] > 0)
    is_here = is_same_place(keys, a, b)
    is_same_postal = is_here & has_postal
    has_street = (keys.street_words[a] > 0) & (keys.street_words[b] > 0)
    is_same_words = has_street & (keys.street_words[a] == keys.street_words[b])
    is_same_words &= _agree(keys.street_kind, a, b)
    number, other = keys.street_number[a], keys.street_number[b]
    is_same_number = (number == other) & (number > 0)
    is_same_street = is_same_words & is_same_number
    metres = metres_between(keys, a, b)
    near = ~has_postal & keys.is_exact[a] & keys.is_exact[b] & (metres < NEAR_METRES)
    lacks_number = is_same_words & ((number == 0) | (other == 0))
    both_cities = (keys.city[a] > 0) & (keys.city[b] > 0)
    is_elsewhere = ~is_same_city & ~is_same_postal & (has_postal | both_cities)
    points = np.select(
        [
            ~_agree(keys.country, a, b),
            (metres > FAR_METRES) & ~is_same_postal,
            is_here & is_same_street,
            is_same_city & is_same_street,
            (is_here & lacks_number) | near,
            is_here & ~has_street,
            is_here,
            is_elsewhere,
            is_same_city,
        ],
        [-4.0, -5.0, 4.0, 3.0, 2.0, 1.0, 0.0, -3.0, -0.5],
        0.0,
    )
    may_be_street = is_here & has_street & is_same_number & ~is_same_street & (points >= 0)
    may_be_street &= keys.street_words[a] != keys.street_words[b]
    is_anywhere_same = is_same_street & (is_same_city | is_same_postal)
    return points, np.where(may_be_street, 3.0 - points, 0.0), is_anywhere_same


def _contact_points(
    codes: CodeArray,
    sizes: CodeArray,
    a: LongArray,
    b: LongArray,
    worth: tuple[float, float, float],
) -> tuple[FloatArray, BoolArray]:
    """Points of a phone number or domain, and whether it is the same and shared by few.

    Args:
        codes: Its code per account.
        sizes: Number of accounts with the same code.
        a: First rows.
        b: Second rows.
        worth: Points, how many accounts may share it for all of them, loss at twice as many.
    """
    most, shared_by, loss = worth
    size = sizes[a]
    is_same = (codes[a] == codes[b]) & (codes[a] > 0)
    counts = is_same & (size <= MOST_SHARED)
    points = most - loss * np.maximum(np.log2(np.maximum(size, 1) / shared_by), 0.0)
    return np.select([counts, is_same, ~_agree(codes, a, b)], [points, 0.0, -0.5], 0.0), counts


def _id_points(keys: Keys, a: LongArray, b: LongArray) -> tuple[FloatArray, BoolArray]:
    """Points of the ids, and whether they are the same but for case."""
    is_same = (keys.id_folded[a] == keys.id_folded[b]) & (keys.id_folded[a] > 0)
    is_exact = is_same & (keys.id_[a] == keys.id_[b])
    is_telling = is_same & (keys.is_case_telling[a] | keys.is_case_telling[b])
    return np.select([is_exact, is_telling, is_same], [10.0, 1.0, 3.0], 0.0), is_same


def _branch_points(keys: Keys, a: LongArray, b: LongArray) -> FloatArray:
    """What numbers, directions and legal forms in the names say against it."""
    points: FloatArray = np.where(_agree(keys.legal, a, b), 0.0, -0.5)
    for codes, differ in ((keys.numbers, -6.0), (keys.directions, -4.0)):
        one_lacks = (codes[a] == 0) != (codes[b] == 0)
        points += np.select([one_lacks, codes[a] != codes[b]], [-1.0, differ], 0.0)
    return points


def _agree(codes: CodeArray, a: LongArray, b: LongArray) -> BoolArray:
    """Whether the codes are the same, or one is unknown."""
    return (codes[a] == codes[b]) | (codes[a] == 0) | (codes[b] == 0)
