# SPDX-License-Identifier: MIT
"""Finding what a cell of another table means: an account, rep, territory or product of the plan.

By id first, then by name; a name is understood without case, accents, signs and legal forms. A
cell that is merely like a name means nothing until the user says so: it comes with a suggestion.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from app.services.importing.cleaning import full_ids, parts_of
from app.services.importing.current import CurrentPlan
from app.services.importing.draft import ProblemKind
from app.services.importing.problems import ProblemList, counted
from app.services.importing.repairs import repair_of
from app.services.importing.table import TextColumn
from app.services.letters import bare_letters

_NEAR = 82
"""Likeness in percent from which a name is worth suggesting."""

_MOST_OPTIONS = 5_000
_SUGGESTED = 300
_LEGAL = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|llp|lp|plc|gmbh|ag|kg|sa|"
    r"sarl|sas|srl|spa|bv|nv|oy|ab|as|aps|pty|kk)\b\.?",
)
_SIGNS = re.compile(r"[^0-9a-z]+")
T = TypeVar("T")


def plain_name(text: str) -> str:
    """A name without case, accents, signs and legal forms."""
    letters = bare_letters(text)
    bare = _SIGNS.sub(" ", _LEGAL.sub(" ", letters.replace("&", " and ")))
    return " ".join(bare.split()) or " ".join(letters.split())


class Finder(Generic[T]):
    """Finds one kind of thing by its ids and names.

    Args:
        entries: Id in the user's system, name, and the thing itself.
    """

    def __init__(self, entries: Iterable[tuple[str, str, T]]) -> None:
        self._by_id: dict[str, T] = {}
        self._by_name: dict[str, T | None] = {}
        self._names: dict[str, str] = {}
        for external_id, name, item in entries:
            self.add(external_id, name, item)

    def add(self, external_id: str, name: str, item: T) -> None:
        """One thing more."""
        if external_id:
            self._by_id[external_id.casefold()] = item
        plain = plain_name(name)
        if plain:
            # A name that several have means none of them.
            self._by_name[plain] = None if plain in self._by_name else item
            self._names.setdefault(plain, name)

    def __len__(self) -> int:
        """Number of names."""
        return len(self._names)

    def find(self, text: str) -> T | None:
        """What a cell means, or None."""
        found = self._by_id.get(text.casefold())
        return found if found is not None else self._by_name.get(plain_name(text))

    def options(self) -> list[str]:
        """The names in alphabetical order; none where there are too many to choose from."""
        if len(self._names) > _MOST_OPTIONS:
            return []
        return sorted(self._names.values(), key=str.casefold)

    def nearest(self, text: str) -> tuple[str, float]:
        """The name that is nearest, and how near, 0 to 1."""
        plain = plain_name(text)
        found = process.extractOne(
            plain, self._names.keys(), scorer=fuzz.WRatio, score_cutoff=_NEAR
        )
        return (self._names[found[0]], found[1] / 100) if found else ("", 0.0)

    def suggester(self) -> Callable[[str], tuple[str, float]]:
        """`nearest` for the first few hundred cells that are asked for."""
        asked = 0

        def suggest(text: str) -> tuple[str, float]:
            nonlocal asked
            asked += 1
            return self.nearest(text) if asked <= _SUGGESTED else ("", 0.0)

        return suggest


def account_rows(current: CurrentPlan, column: TextColumn) -> npt.NDArray[np.int64]:
    """Per cell the position of the account that it means, -1 where it means none."""
    ids = full_ids(column)
    by_id = current.row_by_external_id
    found = np.empty(len(ids), dtype=np.int64)
    unknown: set[str] = set()
    for part in parts_of(len(ids)):
        cells = ids[part].tolist()
        found[part] = [by_id.get(text, -1) if text else -1 for text in cells]
        missing = np.flatnonzero(found[part] < 0).tolist()
        unknown.update(cells[place] for place in missing)
    unknown.discard("")
    if unknown:
        finder = account_finder(current)
        row_by_name = {text: finder.find(text) for text in unknown}
        for row in np.flatnonzero(found < 0).tolist():
            meant = row_by_name.get(ids[row])
            found[row] = -1 if meant is None else meant
    return found


def account_finder(current: CurrentPlan) -> Finder[int]:
    """Finds the position of an account by id or name."""
    triples = zip(current.text["external_id"].tolist(), current.text["name"].tolist(), strict=True)
    return Finder((own, name, row) for row, (own, name) in enumerate(triples))


def found_cells(finder: Finder[T], column: TextColumn) -> list[T | None]:
    """What each cell means, each different cell looked up once."""
    known: dict[str, T | None] = {}
    result: list[T | None] = []
    for text in column.tolist():
        if text not in known:
            known[text] = finder.find(text) if text else None
        result.append(known[text])
    return result


def report_unknown(  # noqa: PLR0913 the parts of one problem, all named
    problems: ProblemList,
    rows: Sequence[int],
    *,
    kind: ProblemKind,
    header: str,
    what: tuple[str, str],
    finder: Finder[T],
    is_skipped: bool = True,
) -> None:
    """Cells that mean nothing in the plan, with what is probably meant.

    Args:
        what: What the cells should name, one and many: ("account", "accounts").
        is_skipped: The rows are left out; otherwise they are imported without it.
    """
    if not rows:
        return
    column = problems.table.columns[header]
    values = Counter(str(column[row]) for row in rows)
    one, many = what
    sentence = (
        f"{counted(len(rows), 'row names', 'rows name')} "
        f"{counted(len(values), one, many)} that the plan does not have"
    )
    repair = repair_of(
        problems.table, header, one.capitalize(), rows, finder.options(), finder.suggester()
    )
    if is_skipped:
        problems.outcomes.skip(rows, f"The plan has no such {one}.")
    problems.add(
        kind,
        rows,
        sentence=sentence,
        effect="They are left out." if is_skipped else f"They are imported without {one}.",
        remedy=f"Choose which {one} is meant, or import the list of {many} first.",
        details=problems.details(rows, header, f"is no {one} of the plan."),
        is_skipped=is_skipped,
        repair=repair,
    )


def report_nameless(problems: ProblemList, rows: Sequence[int]) -> None:
    """Rows that are left out because nothing in them says what they are about."""
    problems.skip(
        ProblemKind.NO_ID,
        rows,
        sentence=f"{counted(len(rows), 'row has', 'rows have')} neither id nor name",
        effect="They are left out.",
        remedy="Fill in one of them in the file and import it again.",
        reason="The row has neither id nor name.",
    )


def report_empty(problems: ProblemList, rows: Sequence[int], header: str, what: str) -> None:
    """Rows that are left out because a cell that they need is empty."""
    problems.skip(
        ProblemKind.MISSING_VALUE,
        rows,
        sentence=f"{counted(len(rows), 'row has', 'rows have')} no {what}",
        effect="They are left out.",
        remedy=f"Fill in {header} in the file, or choose another column.",
        reason=f"The {what} is empty.",
    )
