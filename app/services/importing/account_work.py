# SPDX-License-Identifier: MIT
"""What the steps of one draft of accounts share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.importing.account_columns import AccountColumns
from app.services.importing.corrected import Corrected
from app.services.importing.given import Given
from app.services.importing.mapping import Mapping
from app.services.importing.problems import ProblemList
from app.services.importing.table import ImportedTable


@dataclass(slots=True)
class AccountWork:
    """What the steps of one draft share."""

    table: ImportedTable
    mapping: Mapping
    given: Given
    problems: ProblemList
    columns: AccountColumns
    changed_fields: dict[str, int]
    corrected: Corrected

    def count_change(self, label: str, differs: npt.NDArray[np.bool_]) -> None:
        """Remember in how many rows a field changes."""
        count = int(differs.sum())
        if count:
            self.changed_fields[label] = count
