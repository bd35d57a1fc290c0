# SPDX-License-Identifier: MIT
"""Which rep an owner value means."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.draft import OwnerSummary


class RepFinder:
    """Finds the rep that an owner value means: by id, then e-mail address, then name.

    Case and double spaces do not count. A name that several reps have means none of them.
    """

    def __init__(self, reps: Sequence[Rep]) -> None:
        self._rep_by_key: dict[str, Rep | None] = {}
        for keys in (
            [(rep.name, rep) for rep in reps],
            [(_last_first(rep.name), rep) for rep in reps],
            [(rep.email, rep) for rep in reps],
            [(rep.external_id, rep) for rep in reps],
        ):
            seen = Counter(_plain(key) for key, _ in keys)
            for key, rep in keys:
                plain = _plain(key)
                if plain:
                    self._rep_by_key[plain] = rep if seen[plain] == 1 else None

    def find(self, owner: str) -> Rep | None:
        """The rep that an owner value means, or None."""
        return self._rep_by_key.get(_plain(owner))

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


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _last_first(name: str) -> str:
    """The form that some systems export: Ann Marie Rep as "Rep, Ann Marie"."""
    first, _, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else ""
