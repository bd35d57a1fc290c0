# SPDX-License-Identifier: MIT
"""Where the program keeps its own files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AppFolders:
    """Where the program keeps its own files.

    Attributes:
        work: Working copies of open plans.
        backups: Older states of plans, a folder for each.
        logs: The program's log.
    """

    work: Path
    backups: Path
    logs: Path
