# SPDX-License-Identifier: MIT
"""Which rep an owner value means."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.draft import OwnerSummary


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
        for keys in (
            [(rep.name, rep) for rep in reps],
            [(_last_first(rep.name), rep) for rep in reps],
            [(rep.email, rep) for rep in reps],
            [(rep.external_id, rep) for rep in reps],
        ):
            seen = Counter(plain_owner(key) for key, _ in keys)
            for key, rep in keys:
                plain = plain_owner(key)
                if plain:
                    self._rep_by_key[plain] = rep if seen[plain] == 1 else None
        by_id = {rep.id: rep for rep in reps}
        for owner, rep_id in (aliases or {}).items():
            self._rep_by_key[owner] = by_id.get(rep_id)

    def find(self, owner: str) -> Rep | None:
        """The rep that an owner value means, or None."""
        return self._rep_by_key.get(plain_owner(owner))

    def nearest(self, owner: str) -> tuple[str, float]:
        """The name of the rep whose name or address is nearest, and how near, 0 to 1."""
        names = [key for key, rep in self._rep_by_key.items() if rep is not None]
        found = process.extractOne(plain_owner(owner), names, scorer=fuzz.WRatio, score_cutoff=75)
        rep = self._rep_by_key[found[0]] if found else None
        return (rep.name or rep.email, found[1] / 100) if rep and found else ("", 0.0)

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


_FORMER_USER = re.compile(r"\s*\((deactivated|inactive|removed)( user)?\)\s*\Z", re.IGNORECASE)


def plain_owner(text: str) -> str:
    """An owner value without case, double spaces and marks of former users."""
    return " ".join(_FORMER_USER.sub("", text).casefold().split())


def _last_first(name: str) -> str:
    """The form that some systems export: Ann Marie Rep as "Rep, Ann Marie"."""
    first, _, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else ""
