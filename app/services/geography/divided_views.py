# SPDX-License-Identifier: MIT
"""A view in which some units are drawn by the finer areas inside them."""

from dataclasses import replace

import numpy as np

from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.services.geography.area_view import AreaView
from app.services.geography.arrays import BoolArray, IntArray
from app.services.geography.geography import Geography
from app.services.geography.packed import PackedPolygons


def divided_view(geography: Geography, base: AreaView, is_divided: BoolArray) -> AreaView:
    """The same units, some of them drawn by the finest areas that lie in them.

    Args:
        geography: Supplies the finest areas.
        base: A plain view.
        is_divided: Per unit whether it is to be drawn by what lies in it; where nothing does, it
            is drawn as it is.
    """
    finest = filled_view(geography, geography.view(LEVELS_COARSE_TO_FINE[-1]))
    around = _around(geography, base, is_divided, finest)
    whole = np.ones(len(base.units), np.bool_)
    whole[around[around >= 0]] = False
    if whole.all():
        return base
    # What is divided lies beneath where its parts leave gaps, and so do the counties inside it.
    beneath = np.flatnonzero(~whole) if geography.has_gaps else np.empty(0, np.int64)
    kept = np.flatnonzero(whole)
    inside = np.flatnonzero(around >= 0)
    land, parts = inside[inside < finest.under_count], inside[inside >= finest.under_count]

    def source() -> PackedPolygons:
        drawn, finer = base.packed(), finest.packed()
        listed = [drawn.take(beneath), finer.take(land), drawn.take(kept), finer.take(parts)]
        return PackedPolygons.joined([each for each in listed if each.feature_count])

    features = base.features.at(beneath).followed_by(finest.features.at(land))
    features = features.followed_by(base.features.at(kept))

    return AreaView(
        key=base.key,
        title=base.title,
        level=base.level,
        geounits=base.geounits,
        names=base.names,
        units=base.units,
        features=features.followed_by(finest.features.at(parts)),
        unit_of_feature=np.concatenate([beneath, around[land], kept, around[parts]]).astype(
            np.int32
        ),
        source=source,
        under_count=len(beneath) + len(land),
    )


def filled_view(geography: Geography, base: AreaView) -> AreaView:
    """The same units over the counties whose exact finer areas leave gaps.

    The counties are no units of the view: they only show where nothing lies on them.

    Args:
        geography: The areas of a plan.
        base: A view of the finest areas, or of groups of them.
    """
    under = geography.land_below(base.level)
    if not len(under):
        return base
    level = under.levels[0]

    def source() -> PackedPolygons:
        land = geography.view(level).packed().take(under.index.astype(np.int64))
        return PackedPolygons.joined([land, base.packed()])

    own = base.unit_of_feature
    if own is None:
        own = np.arange(len(base.units), dtype=np.int32)
    return replace(
        base,
        features=under.followed_by(base.features),
        unit_of_feature=np.concatenate([np.full(len(under), -1, np.int32), own]),
        source=source,
        under_count=len(under),
    )


def _around(
    geography: Geography, base: AreaView, is_divided: BoolArray, finest: AreaView
) -> IntArray:
    """Per polygon of the finest view the divided unit of the base that it lies in, -1 for none."""
    around = np.full(len(finest.features), -1, np.int32)
    for outer in base.units.at(is_divided).levels:
        of_level = np.flatnonzero(is_divided & (base.units.depth == outer.depth))
        number = np.full(len(geography.layer(outer)) + 1, -1, np.int32)
        number[base.units.index[of_level]] = of_level
        for level in finest.features.levels:
            if level.depth > outer.depth:
                here = np.flatnonzero(finest.features.depth == level.depth)
                above = geography.ancestors(level, outer)[finest.features.index[here]]
                around[here] = np.maximum(around[here], number[above])
    return around
