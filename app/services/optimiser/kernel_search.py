# SPDX-License-Identifier: MIT
"""The kernel's search as a Python object; see `kernel/search.h`."""

import ctypes
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from app.services.optimiser.kernel_library import Ints, kernel, pointer

_ARRAYS = (
    ("first", np.int32),
    ("neighbor", np.int32),
    ("border_km", np.float64),
    ("x_km", np.float64),
    ("y_km", np.float64),
    ("mass", np.float64),
    ("load", np.float64),
    ("low", np.float64),
    ("high", np.float64),
    ("scale", np.float64),
    ("home_x", np.float64),
    ("home_y", np.float64),
    ("home_share", np.float64),
    ("today", np.int32),
    ("leave_cost", np.float64),
    ("is_locked", np.uint8),
    ("region", np.int32),
    ("region_of", np.int32),
    ("is_loose", np.uint8),
    ("apart_first", np.int32),
    ("apart", np.int32),
)
_COUNTS = ("units", "territories", "measures", "has_apart")


class _Input(ctypes.Structure):
    """`SearchInput` of `kernel/search.h`, field by field."""

    _fields_ = (
        *((name, ctypes.c_int32) for name in _COUNTS),
        *((name, ctypes.c_void_p) for name, _ in _ARRAYS),
        ("border_price", ctypes.c_double),
        ("penalty", ctypes.c_double),
    )


class KernelSearch:
    """A plan on its way; use it as a context, which frees the kernel's memory at the end.

    Args:
        arrays: Every array that `kernel/search.h` names, by name, with the lengths it gives.
        border_price: Cost of a km of border between territories, km² of mass.
        penalty: Cost of a load that is one scale outside its corridor, likewise.
        plan: n territories, all connected, none empty.
        seed: Of the random numbers.
    """

    def __init__(
        self,
        arrays: Mapping[str, npt.NDArray[Any]],
        border_price: float,
        penalty: float,
        plan: Ints,
        seed: int,
    ) -> None:
        self._kept = {
            name: np.ascontiguousarray(arrays[name], dtype=kind) for name, kind in _ARRAYS
        }
        self.units = len(self._kept["x_km"])
        territories = len(self._kept["region_of"])
        given = _Input()
        given.units, given.territories = self.units, territories
        given.measures = self._kept["load"].size // self.units
        given.has_apart = int(self._kept["apart"].size > 0)
        for name, _ in _ARRAYS:
            setattr(given, name, pointer(self._kept[name]).value)
        given.border_price, given.penalty = border_price, penalty
        library = kernel()
        library.ev_search_new.restype = ctypes.c_void_p
        library.ev_search_best.restype = ctypes.c_double
        library.ev_search_plan.restype = ctypes.c_double
        self._library = library
        start = np.ascontiguousarray(plan, dtype=np.int32)
        handle = library.ev_search_new(ctypes.byref(given), pointer(start), ctypes.c_uint64(seed))
        if not handle:
            raise MemoryError
        self._handle: ctypes.c_void_p | None = ctypes.c_void_p(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.ev_search_free(self._handle)
        self._handle = None

    def run(self, done: int, count: int, total: int, *, hot: float, cold: float) -> None:
        """Proposes `count` steps, of which `done` of `total` came before, while it cools."""
        self._library.ev_search_run(
            self._handle,
            ctypes.c_int64(done),
            ctypes.c_int64(count),
            ctypes.c_int64(total),
            ctypes.c_double(hot),
            ctypes.c_double(cold),
        )

    def best(self) -> tuple[Ints, float, float]:
        """The best plan so far, its cost without penalties, and how far it is out of corridor."""
        plan = np.empty(self.units, dtype=np.int32)
        excess = ctypes.c_double()
        cost = self._library.ev_search_best(self._handle, pointer(plan), ctypes.byref(excess))
        return plan, cost, excess.value

    def current(self) -> tuple[Ints, float, float]:
        """The plan it stands at, with the same two figures."""
        plan = np.empty(self.units, dtype=np.int32)
        excess, accepted = ctypes.c_double(), ctypes.c_int64()
        cost = self._library.ev_search_plan(
            self._handle, pointer(plan), ctypes.byref(excess), ctypes.byref(accepted)
        )
        return plan, cost, excess.value

    def set_plan(self, plan: Ints) -> None:
        """Goes on from another plan, connected too; the best so far stays."""
        self._library.ev_search_set_plan(
            self._handle, pointer(np.ascontiguousarray(plan, dtype=np.int32))
        )

    def set_active(self, territories: Ints) -> None:
        """Only these territories change from now on."""
        chosen = np.ascontiguousarray(territories, dtype=np.int32)
        self._library.ev_search_set_active(self._handle, pointer(chosen), len(chosen))

    def set_prices(self, border_price: float, penalty: float) -> None:
        """Other prices from now on; the best so far is forgotten, as it was best by the old."""
        self._library.ev_search_set_prices(
            self._handle, ctypes.c_double(border_price), ctypes.c_double(penalty)
        )
