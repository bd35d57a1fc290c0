# SPDX-License-Identifier: MIT
"""What the user decides about an import beyond what its columns are."""

from dataclasses import dataclass, field

from app.services.importing.draft import GoneChoice
from app.services.importing.repairs import Repairs


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions about one table.

    Attributes:
        repairs: What is put instead of cells at fault.
        gone: What happens to accounts that a complete list no longer has.
        takes_file: Where the user had corrected a field and the file now says something else
            again, the file is taken; otherwise the correction stays.
        today: ISO date that accounts are flagged with.
    """

    repairs: Repairs = field(default_factory=Repairs)
    gone: GoneChoice = GoneChoice.FLAG
    takes_file: bool = False
    today: str = ""
