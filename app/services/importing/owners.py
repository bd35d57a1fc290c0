# SPDX-License-Identifier: MIT
"""Which rep an owner value means."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from rapidfuzz import fuzz, process

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.draft import OwnerSummary
from app.services.owner_names import plain_owner


class MatchedBy(Enum):
    """Why an owner value means the rep that it means, or none."""

    CHOICE = "choice"
    ID = "id"
    EMAIL = "email"
    NAME = "name"
    SEVERAL = "several"
    NOTHING = "nothing"


class RepFinder:
    """Finds the rep that an owner value means: by id, then e-mail address, then name.

    Case, double spaces and what some systems write behind the name of a former user do not count.
    A name that several reps have means none of them. What the user says in `aliases` comes first.

    Args:
        reps: All reps of the plan.
        aliases: Rep by owner value in its plain form (see `plain_owner`).
    """

    def __init__(self, reps: Sequence[Rep], aliases: Mapping[str, RepId] | None = None) -> None:
        self._rep_by_key: dict[str, Rep | None] = {}
        self._matched_by_key: dict[str, MatchedBy] = {}
        for how, keys in (
            (MatchedBy.NAME, [(rep.name, rep) for rep in reps]),
            (MatchedBy.NAME, [(_last_first(rep.name), rep) for rep in reps]),
            (MatchedBy.EMAIL, [(rep.email, rep) for rep in reps]),
            (MatchedBy.ID, [(rep.external_id, rep) for rep in reps]),
        ):
            seen = Counter(plain_owner(key) for key, _ in keys)
            for key, rep in keys:
                plain = plain_owner(key)
                if plain:
                    is_one = seen[plain] == 1
                    self._rep_by_key[plain] = rep if is_one else None
                    self._matched_by_key[plain] = how if is_one else MatchedBy.SEVERAL
        self._rep_by_words: dict[str, Rep] | None = None
        by_id = {rep.id: rep for rep in reps}
        for owner, rep_id in (aliases or {}).items():
            self._rep_by_key[owner] = by_id.get(rep_id)
            self._matched_by_key[owner] = MatchedBy.CHOICE

    def find(self, owner: str) -> Rep | None:
        """The rep that an owner value means, or None."""
        return self._rep_by_key.get(plain_owner(owner))

    def matched_by(self, owner: str) -> MatchedBy:
        """Why `find` answers what it answers."""
        return self._matched_by_key.get(plain_owner(owner), MatchedBy.NOTHING)

    def nearest(self, owner: str) -> tuple[str, float]:
        """The name of the rep whose name or address is nearest, and how near, 0 to 1."""
        rep, likeness = self.nearest_rep(owner)
        return (rep.name or rep.email, likeness) if rep else ("", 0.0)

    def nearest_rep(self, owner: str) -> tuple[Rep | None, float]:
        """The rep whose name or address is nearest, and how near, 0 to 1."""
        if self._rep_by_words is None:
            self._rep_by_words = {
                _words(key): rep
                for key, rep in self._rep_by_key.items()
                # Ids are alike without meaning the same.
                if rep is not None and self._matched_by_key[key] is not MatchedBy.ID
            }
        words = _words(plain_owner(owner))
        names = list(self._rep_by_words)
        found = process.extractOne(words, names, scorer=fuzz.WRatio, score_cutoff=75)
        return (self._rep_by_words[found[0]], found[1] / 100) if found else (None, 0.0)

    def find_id(self, owner: str) -> RepId | None:
        """The id of that rep, or None."""
        rep = self.find(owner)
        return rep.id if rep else None

    def summary(self, owners: Iterable[str]) -> OwnerSummary:
        """How many accounts have an owner that is a rep; accounts without an owner do not count."""
        met: Counter[str] = Counter()
        unmet: Counter[str] = Counter()
        for owner, count in Counter(owner for owner in owners if owner).items():
            rep = self.find(owner)
            if rep is None:
                unmet[owner] += count
            else:
                met[rep.name or rep.email or rep.external_id] += count
        return OwnerSummary(dict(met.most_common()), dict(unmet.most_common()))


def _words(key: str) -> str:
    """A name, or what an address has before the domain that colleagues share."""
    return " ".join(re.split(r"[._\-+]+", key.partition("@")[0])) if "@" in key else key


def _last_first(name: str) -> str:
    """The form that some systems export: Ann Marie Rep as "Rep, Ann Marie"."""
    first, _, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else ""
