# SPDX-License-Identifier: MIT
"""What every draft starts from beside its table."""

from dataclasses import dataclass, field

from app.services.geography.geography import Geography
from app.services.importing.choices import Choices
from app.services.importing.current import CurrentPlan
from app.services.importing.placing import Placer
from app.services.importing.table import Watch


@dataclass(frozen=True, slots=True)
class Given:
    """The plan, the map, and what the user decided.

    Attributes:
        place: Finds places of addresses; without it only coordinates count.
        geography: Knows areas by code and name; without it no area is known.
    """

    current: CurrentPlan
    place: Placer | None = None
    geography: Geography | None = None
    choices: Choices = field(default_factory=Choices)
    watch: Watch = field(default_factory=Watch)
