# SPDX-License-Identifier: MIT
"""Sizes of paper and pictures."""

from dataclasses import dataclass

from app.models.errors import ExportProblem

POINTS_PER_INCH = 72.0
MM_PER_INCH = 25.4
MOST_PIXELS = 10_000
"""Along the longer side of a picture; larger ones do not fit into memory everywhere."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, upright.

    Attributes:
        key: Name in code and settings.
        title: As shown.
        is_landscape_only: A slide, which is never turned.
    """

    key: str
    title: str
    width_mm: float
    height_mm: float
    is_landscape_only: bool = False

    def size(self, *, landscape: bool) -> tuple[float, float]:
        """Width and height in points."""
        sides = sorted((self.width_mm, self.height_mm), reverse=landscape or self.is_landscape_only)
        return (
            sides[0] / MM_PER_INCH * POINTS_PER_INCH,
            sides[1] / MM_PER_INCH * POINTS_PER_INCH,
        )


PAPERS: tuple[Paper, ...] = (
    Paper("a4", "A4", 210.0, 297.0),
    Paper("letter", "Letter", 215.9, 279.4),
    Paper("a3", "A3", 297.0, 420.0),
    Paper("tabloid", "Tabloid", 279.4, 431.8),
    Paper("slide", "Slide 16:9", 190.5, 338.67, is_landscape_only=True),
)


def paper(key: str) -> Paper:
    """The paper with this key; A4 for an unknown one."""
    return next((each for each in PAPERS if each.key == key), PAPERS[0])


def pixel_size(points: tuple[float, float], dpi: int) -> tuple[int, int]:
    """Width and height of a picture in pixels.

    Raises:
        ExportProblem: The longer side would be above `MOST_PIXELS`.
    """
    width, height = (round(side / POINTS_PER_INCH * dpi) for side in points)
    longest = max(width, height)
    if longest > MOST_PIXELS:
        raise ExportProblem(
            f"The picture would be {longest:,} pixels long; {MOST_PIXELS:,} are the most.",
            meaning="Nothing was written.",
            remedy="Choose smaller paper or fewer dots per inch, or PDF or SVG, which are always"
            " sharp.",
        )
    return width, height
