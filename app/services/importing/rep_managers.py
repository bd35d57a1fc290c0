# SPDX-License-Identifier: MIT
"""Finding the managers that a list of reps names, among all reps of the plan and the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.models.ids import RepId
from app.models.rep import Rep
from app.services.importing.draft import ProblemKind
from app.services.importing.owners import RepFinder
from app.services.importing.problems import ProblemList, counted
from app.services.rep_hierarchy import closes_loop


@dataclass(frozen=True, slots=True)
class NamedManager:
    """A row that names a manager."""

    row: int
    rep: RepId
    manager: str


def with_managers(
    reps: Mapping[RepId, Rep],
    named: Sequence[NamedManager],
    aliases: Mapping[str, RepId],
    problems: ProblemList,
) -> dict[RepId, Rep]:
    """The reps with the managers that the rows name.

    Args:
        reps: All reps as they will be, those of the plan and of the list.
        named: Rows that name a manager, in the order of the file.
        aliases: What the user says an owner value means.
        problems: Told of managers who are not found, and of loops.
    """
    # The list says anew who reports to whom: what it replaces closes no loop with it.
    anew = {line.rep for line in named}
    after = {
        id_: replace(rep, manager_id=None) if id_ in anew else rep for id_, rep in reps.items()
    }
    finder = RepFinder(tuple(reps.values()), aliases)
    managers: dict[RepId, RepId | None] = {rep.id: rep.manager_id for rep in after.values()}
    unknown: list[int] = []
    loops: list[int] = []
    for line in named:
        manager = finder.find_id(line.manager)
        if manager is None:
            unknown.append(line.row)
            manager = reps[line.rep].manager_id
        if closes_loop(line.rep, manager, managers):
            loops.append(line.row)
            continue
        managers[line.rep] = manager
        after[line.rep] = replace(after[line.rep], manager_id=manager)
    _report(problems, unknown, loops)
    return after


def _report(problems: ProblemList, unknown: list[int], loops: list[int]) -> None:
    problems.add(
        ProblemKind.UNKNOWN_REP,
        unknown,
        sentence=f"{counted(len(unknown), 'rep names', 'reps name')} a manager who is no rep of "
        "the plan or the file",
        effect="The manager stays as the plan has it.",
        remedy="Add the manager to the file, or correct the name or id.",
    )
    problems.add(
        ProblemKind.UNKNOWN_REP,
        loops,
        sentence=f"{counted(len(loops), 'rep would report', 'reps would report')} to "
        "somebody who reports to them",
        effect="They have no manager then.",
        remedy="Correct the managers in the file.",
    )
