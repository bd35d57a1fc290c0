# SPDX-License-Identifier: MIT
"""Names for the array types of this package, and reading the packed tables."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.models.errors import StoreError

BoolArray: TypeAlias = npt.NDArray[np.bool_]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Float32Array: TypeAlias = npt.NDArray[np.float32]
IntArray: TypeAlias = npt.NDArray[np.int32]
LongArray: TypeAlias = npt.NDArray[np.int64]
TextArray: TypeAlias = npt.NDArray[np.str_]
ObjectArray: TypeAlias = npt.NDArray[np.object_]


def read_tables(path: Path) -> Mapping[str, npt.NDArray[np.generic]]:
    """All arrays of one packed table file by name.

    Raises:
        StoreError: The file is missing or damaged, so the installation is.
    """
    try:
        with np.load(path) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, KeyError) as error:
        raise damaged_installation(path) from error


def read_lines(packed: npt.NDArray[np.generic]) -> list[str]:
    """The texts of an array of UTF-8 bytes separated by line feeds."""
    return packed.tobytes().decode("utf-8").split("\n")


def damaged_installation(path: Path) -> StoreError:
    """The error for a shipped file that cannot be used."""
    return StoreError(
        f"A file of the map that came with Evenfield cannot be read: {path.name}.",
        meaning="Your plans are not affected.",
        remedy="Please install Evenfield again.",
    )
