# SPDX-License-Identifier: MIT
"""The areas as one map shows them: divided units are drawn by what lies inside."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.services.alignment import MIXED, NOBODY, UnitClaims, held_by_level
from app.services.geography.area_view import AreaView
from app.services.geography.divided_views import divided_view, filled_view
from app.services.geography.geography import Geography
from app.services.map_layers import AreaColors
from app.services.workspace import Workspace

IntArray = npt.NDArray[np.int32]

_COUNTY = "county"


class ShownAreas:
    """Decides which polygons draw a view of the plan.

    What was drawn by finer areas once stays so until another view is asked for, as sending other
    polygons takes longer than a brush may wait.

    Args:
        workspace: The open plan.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._base: AreaView | None = None
        self._is_divided: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._shown: AreaView | None = None
        self._claims: UnitClaims | None = None

    def view(self, key: str) -> AreaView:
        """What draws a view; counties where the plan has no such view any more."""
        geography = self._workspace.geography
        base = geography.view(key if geography.has_view(key) else _COUNTY)
        if base is not self._base or self._shown is None:
            self._base, self._shown = base, base
            self._is_divided = np.zeros(len(base.units), np.bool_)
            self._claims = None
        claims = self._workspace.state.claims
        if base.is_grouped or base.level is LEVELS_COARSE_TO_FINE[-1]:
            if self._claims is None and base.level is LEVELS_COARSE_TO_FINE[-1]:
                self._shown = filled_view(geography, base)
            self._claims = claims
            return self._shown
        if claims is self._claims:
            return self._shown
        self._claims = claims
        divided = self._workspace.unit_territory(base.key) == MIXED
        if (divided & ~self._is_divided).any():
            self._is_divided |= divided
            self._shown = divided_view(geography, base, self._is_divided)
        return self._shown

    def forget(self) -> None:
        """Draw units as a whole again where they are."""
        self._base = None

    def held(self, view: AreaView) -> IntArray:
        """Per polygon of a view who holds what it draws, as a position code."""
        return held_of_features(view, self._workspace.state.claims, self._workspace.geography)


def held_of_features(view: AreaView, claims: UnitClaims, geography: Geography) -> IntArray:
    """Per polygon of a view who holds what it draws under some claims, as a position code.

    Land beneath finer areas shows who holds the land itself, not what lies on it.
    """
    by_level = held_by_level(claims, geography)
    nobody = np.array([NOBODY], np.int32)
    held = view.features.pick(by_level.__getitem__, nobody)
    under = slice(0, view.under_count)
    held[under] = view.features.at(np.arange(view.under_count)).pick(
        claims.resolved.__getitem__, nobody
    )
    return held


def colors_of_features(colors: AreaColors, view: AreaView, held: IntArray) -> AreaColors:
    """Colours of units as colours of the polygons that draw them.

    Args:
        colors: One per unit of the view.
        view: Which polygon draws which unit.
        held: Per polygon who holds it; the strong borders follow it.
    """
    if view.unit_of_feature is None:
        return colors
    rgba = colors.rgba[view.unit_of_feature]
    rgba[view.unit_of_feature < 0] = 0
    return replace(colors, rgba=rgba, groups=held)
