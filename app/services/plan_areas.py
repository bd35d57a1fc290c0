# SPDX-License-Identifier: MIT
"""Which areas a plan has: those that are shipped, with its boundary layers over them."""

import logging

from app.models.boundary_layer import BoundaryLayerInfo
from app.models.errors import StoreError
from app.services.geography.geography import Geography
from app.services.geography.layered import layers_of, with_layers
from app.services.geography.plan_layer import PlanLayer, areas_of_text, digest_of
from app.services.store.boundary_repository import content_of, layer_infos
from app.services.store.store import Store

_log = logging.getLogger(__name__)


class PlanAreas:
    """Reads the boundary layers of a plan and lays them over the shipped areas.

    Args:
        store: The plan.
        shipped: The shipped areas.

    Attributes:
        geography: The areas of the plan.
        layers: What the plan knows of its layers, in their order.
        damaged: Those whose areas cannot be read; the plan goes on without them.
    """

    def __init__(self, store: Store, shipped: Geography) -> None:
        self._store = store
        self._shipped = shipped
        self._read: dict[str, PlanLayer] = {}
        self.geography = shipped
        self.layers: tuple[BoundaryLayerInfo, ...] = ()
        self.damaged: tuple[BoundaryLayerInfo, ...] = ()
        self.refresh()

    @property
    def notices(self) -> tuple[str, ...]:
        """A sentence for the user about each layer that cannot be read."""
        return tuple(
            f"The boundaries {info.name} are damaged and left out; the rest of the plan is whole. "
            "Remove them and add their file again."
            for info in self.damaged
        )

    def refresh(self) -> None:
        """Read the layers again after they changed."""
        self.layers = layer_infos(self._store.rows)
        found = [self._layer(info) for info in self.layers]
        self._read = {layer.digest: layer for layer in found if layer is not None}
        self.damaged = tuple(
            info for info, layer in zip(self.layers, found, strict=True) if layer is None
        )
        self.geography = with_layers(self._shipped, [layer for layer in found if layer is not None])

    def _in_composed(self, digest: str) -> PlanLayer | None:
        """The layer in areas that were just composed: those of the command that added it."""
        for geography in self._shipped.composed.values():
            for layer in layers_of(geography):
                if layer.digest == digest:
                    return layer
        return None

    def _layer(self, info: BoundaryLayerInfo) -> PlanLayer | None:
        text = content_of(self._store.rows, info.id)
        digest = digest_of(text)
        known = self._read.get(digest) or self._in_composed(digest)
        if known is not None:
            return PlanLayer(info, known.areas, digest)
        try:
            return PlanLayer(info, areas_of_text(text), digest)
        except StoreError:
            _log.warning("boundary layer %d of the plan is damaged", info.id, exc_info=True)
            return None
