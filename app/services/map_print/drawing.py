# SPDX-License-Identifier: MIT
"""What a page holds, in drawing order and in points (1/72 inch) from its upper left corner."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.services.map_layers import Rgba

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paths:
    """Several lines or closed rings.

    Attributes:
        starts: First point of each, and the number of points at the end.
        xy: n x 2, in points.
    """

    starts: npt.NDArray[np.int64]
    xy: FloatArray

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def inside(self, margin: float) -> "Box":
        """The box without a margin at each side."""
        return Box(
            self.left + margin,
            self.top + margin,
            max(self.width - 2 * margin, 0.0),
            max(self.height - 2 * margin, 0.0),
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two have room in common."""
        return (
            self.left < other.right
            and self.right > other.left
            and self.top < other.bottom
            and self.bottom > other.top
        )


@dataclass(frozen=True, slots=True)
class Fill:
    """Rings filled by the winding rule: outer rings turn one way, holes the other."""

    paths: Paths
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class Stroke:
    """Lines with round ends."""

    paths: Paths
    rgba: Rgba
    width: float


@dataclass(frozen=True, slots=True)
class Dots:
    """Round dots of one colour and size."""

    xy: FloatArray
    rgba: Rgba
    radius: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle with a fill or an edge, or both."""

    box: Box
    fill: Rgba | None = None
    edge: Rgba | None = None
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class HomeSign:
    """The home of a rep: a ring in the territory's colour around a house."""

    x: float
    y: float
    radius: float
    rgba: Rgba


@dataclass(frozen=True, slots=True)
class Pie:
    """A disc of slices, from the top clockwise; one slice is a plain disc.

    Attributes:
        slices: Colour and share of each slice; the shares sum to 1.
    """

    x: float
    y: float
    radius: float
    slices: tuple[tuple[Rgba, float], ...]
    edge: Rgba


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text.

    Attributes:
        x, y: Its base line begins, is centred or ends here, by `align`.
        size: Height of the type in points.
        align: -1 begins, 0 is centred, 1 ends at x.
        halo: Colour around the letters, or None.
    """

    x: float
    y: float
    text: str
    size: float
    rgba: Rgba
    is_bold: bool = False
    align: int = -1
    halo: Rgba | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """What follows shows only inside the box, until the next one; None ends it."""

    box: Box | None


Item = Fill | Stroke | Dots | Frame | HomeSign | Pie | Words | Clip


@dataclass(frozen=True, slots=True)
class Page:
    """One page or picture."""

    width: float
    height: float
    items: tuple[Item, ...]


def printable(text: str) -> str:
    """Text without the characters that no document may hold; line breaks become blanks."""
    return "".join(
        letter if letter.isprintable() else " " if letter.isspace() else "" for letter in text
    ).strip()
