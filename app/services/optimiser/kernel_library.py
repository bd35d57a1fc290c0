# SPDX-License-Identifier: MIT
"""The compiled kernel (`kernel/*.c`), which the set-up puts into `resources/vendor/kernel`.

Calls through ctypes let other threads run meanwhile; whoever calls keeps them short.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected

_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "vendor" / "kernel"
_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@cache
def kernel() -> ctypes.CDLL:
    """The library, opened once; numbers only, so one copy serves everybody.

    Raises:
        EditRejected: The file is absent or damaged.
    """
    path = _FOLDER / f"evenfield_kernel{_SUFFIXES.get(sys.platform, '.so')}"
    try:
        library = ctypes.CDLL(str(path))
    except OSError as error:
        raise EditRejected(
            "The optimiser is not installed.",
            meaning="Everything else works.",
            remedy="Set Evenfield up again.",
        ) from error
    return library


def pointer(array: npt.NDArray[Any] | None) -> ctypes.c_void_p:
    """Where an array's numbers lie, which the caller keeps alive; None is a null pointer.

    Raises:
        ValueError: They do not lie one after the other.
    """
    if array is None:
        return ctypes.c_void_p(None)
    if not array.flags.c_contiguous:
        raise ValueError("the kernel reads contiguous arrays only")
    return ctypes.c_void_p(array.ctypes.data)
