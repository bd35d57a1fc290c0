# SPDX-License-Identifier: MIT
"""Who holds given units of any levels, as position codes."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import GeoUnitId
from app.services.alignment import NOBODY, held_within
from app.services.workspace import Workspace


def held_codes(workspace: Workspace, units: Sequence[GeoUnitId]) -> npt.NDArray[np.int32]:
    """Per unit what all of it shows: a territory position, `NOBODY`, `IN_DISPUTE` or `MIXED`.

    Args:
        workspace: The open plan.
        units: Of any levels; unknown ones are nobody's.
    """
    codes = np.full(len(units), NOBODY, dtype=np.int32)
    places: dict[GeoLevel, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        places[split_geounit_id(unit)[0]].append(place)
    for level, at in places.items():
        held = held_within(workspace.state.claims, workspace.geography, level)
        index = workspace.geography.layer(level).indices_of(
            [split_geounit_id(units[place])[1] for place in at]
        )
        known = index >= 0
        codes[np.array(at)[known]] = held[index[known]]
    return codes
