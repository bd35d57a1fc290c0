# SPDX-License-Identifier: MIT
"""One spelling for names that people write in many ways, and short keys of them.

The build of `resources/geo` uses the same functions, so keys made there are found here.
"""

import hashlib
import re

from app.services.letters import bare_letters

HASH_BITS = 46
"""So many that the sorted hashes lie less than 2**32 apart, and are stored as steps of 4 bytes."""
_INITIALS = re.compile(r"\b([^\W\d_])\. ?(?=[^\W\d_]\b)")
_NOT_A_WORD = re.compile(r"[\W_]+")
_SHORT_WORDS = {
    "st": "saint",
    "ste": "sainte",
    "ft": "fort",
    "mt": "mount",
    "and": "",
    "the": "",
}


def fold(text: str) -> str:
    """The name in lower case without accents, marks and "the"; "St." is written out."""
    # "D'Anjou" and "Danjou", "U. S. A." and "USA" are the same name.
    plain = bare_letters(text).replace("'", "").replace("’", "")
    if "." in plain:
        plain = _INITIALS.sub(r"\1", plain)
    words = _NOT_A_WORD.sub(" ", plain).split()
    return " ".join(filter(None, (_SHORT_WORDS.get(word, word) for word in words)))


def key_hash(key: str) -> int:
    """A number for a key of the gazetteer.

    No two keys in it share one (the build checks that), and a name that is not in it meets one by
    chance about once in 10^8.
    """
    digest = hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> (64 - HASH_BITS)


def city_key(country: str, region: str, city: str) -> str:
    """The key of a city; `city` is folded, `country` an ISO code, `region` may be empty."""
    return f"{country}|{region}|{city}"
