# SPDX-License-Identifier: MIT
"""Identifiers, kept apart by type so that a rep id is never passed for a territory id."""

from typing import NewType

GeoUnitId = NewType("GeoUnitId", str)
"""``level:code``, for example ``county:06037``; see `app.models.geounit`."""

AccountId = NewType("AccountId", int)
MeasureId = NewType("MeasureId", int)
RepId = NewType("RepId", int)
SalesForceId = NewType("SalesForceId", int)
ScenarioId = NewType("ScenarioId", int)
TerritoryId = NewType("TerritoryId", int)
RuleId = NewType("RuleId", int)
VisitClassId = NewType("VisitClassId", int)
StrokeId = NewType("StrokeId", str)
"""Edits that carry the same stroke form one undo step."""
