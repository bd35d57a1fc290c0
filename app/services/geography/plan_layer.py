# SPDX-License-Identifier: MIT
"""A boundary layer of a plan with its areas, and the text in which the plan file keeps them."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.errors import StoreError
from app.services.boundaries.packing import pack_layer, unpack_layer
from app.services.boundaries.prepared import PreparedLayer


@dataclass(frozen=True, eq=False)
class PlanLayer:
    """A boundary layer of a plan.

    Attributes:
        info: What the plan knows of it.
        areas: Its areas.
        digest: The same for the same areas, however they were read.
    """

    info: BoundaryLayerInfo
    areas: PreparedLayer
    digest: str

    @property
    def prefix(self) -> str:
        """What its codes begin with in the plan: "CA-" for the areas of another country.

        Five digits are a postal code in many countries, so that codes need their country.
        """
        is_foreign = self.info.role is BoundaryRole.JOIN and self.info.country
        return f"{self.info.country}-" if is_foreign else ""

    @cached_property
    def codes(self) -> Sequence[str]:
        """The codes of its areas as the plan uses them."""
        prefix = self.prefix
        return [prefix + code for code in self.areas.codes] if prefix else self.areas.codes


def layer_text(areas: PreparedLayer) -> str:
    """The areas as the plan file keeps them; `layer_of_text` gives them back exactly."""
    return base64.b64encode(pack_layer(areas)).decode("ascii")


def digest_of(text: str) -> str:
    """What tells layers apart."""
    return hashlib.sha256(text.encode()).hexdigest()


def areas_of_text(text: str) -> PreparedLayer:
    """The areas of a text from a plan file.

    Raises:
        StoreError: It is damaged, or was made to do harm.
    """
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise StoreError(
            "A boundary layer of this plan is damaged.",
            meaning="The areas of the layer cannot be shown; the rest of the plan is not affected.",
            remedy="Remove the layer and add its file again.",
        ) from error
    return unpack_layer(content)
