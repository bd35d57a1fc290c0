# SPDX-License-Identifier: MIT
"""First plans: balanced power diagrams from several random cuts, on few grouped units first."""

import ctypes
from dataclasses import dataclass

import numpy as np

from app.services.optimiser.kernel_library import Floats, Ints, kernel, pointer
from app.services.optimiser.listening import Listener
from app.services.optimiser.prepared import Prepared
from app.services.optimiser.sums import summed

# Twelve rounds from 0.5 down to 0.05 in equal ratios; constants, as pow differs by system.
# fmt: off
_SMOOTHINGS = (
    0.5, 0.4056, 0.329, 0.2668, 0.2164, 0.1755, 0.1424, 0.1155, 0.0937, 0.076, 0.0616, 0.05,
)
# fmt: on
_MOST_GROUPS = 3000
_LEAST_GROUPS = 1200


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """Points with loads that a diagram shares out among its territories.

    Attributes:
        x: km.
        y: km.
        load: What is balanced.
        mass: What weighs the distances.
    """

    x: Floats
    y: Floats
    load: Floats
    mass: Floats

    def grouped(self, groups: int) -> "Sites":
        """Fewer sites, each of neighbouring ones."""
        count = len(self.x)
        if groups >= count:
            return self
        group = np.zeros(count, dtype=np.int32)
        weight = self.load + self.load.mean()
        failed = kernel().ev_coarsen(
            count, groups, pointer(self.x), pointer(self.y), pointer(weight), pointer(group)
        )
        if failed:
            raise MemoryError
        mass = summed(group, self.mass, groups)
        x = summed(group, self.mass * self.x, groups) / mass
        y = summed(group, self.mass * self.y, groups) / mass
        return Sites(x, y, summed(group, self.load, groups), mass)


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """A balanced power diagram; the arrays have one number per territory.

    Attributes:
        cost: Inertia of the shared units, about; for comparison.
        center_x: km.
        center_y: km.
        price: km².
        radius: Mean squared distance, km².
        territories: Their numbers in the plan.
    """

    cost: float
    center_x: Floats
    center_y: Floats
    price: Floats
    radius: Floats
    territories: Ints


class Starter:
    """Makes diagrams for the territories of one region.

    Args:
        prepared: The question.
        region: Its units and territories are used.
    """

    def __init__(self, prepared: Prepared, region: int) -> None:
        arrays = prepared.arrays
        self.units = np.nonzero(arrays["region"] == region)[0].astype(np.int32)
        self._territories = np.nonzero(arrays["region_of"] == region)[0].astype(np.int32)
        loads = arrays["load"][self.units]
        totals = arrays["load"].sum(axis=0)
        # One measure for all: their shares, averaged.
        load = np.ascontiguousarray((loads / totals).sum(axis=1) / loads.shape[1])
        self._sites = Sites(
            np.ascontiguousarray(arrays["x_km"][self.units]),
            np.ascontiguousarray(arrays["y_km"][self.units]),
            load,
            np.ascontiguousarray(arrays["mass"][self.units]),
        )
        ideal = prepared.ideal[self._territories] / totals
        share = ideal.sum(axis=1) / ideal.shape[1]
        self._target = np.ascontiguousarray(share / share.sum() * load.sum())
        tolerance = min(prepared.problem.wanted.tolerances)
        self._low, self._high = self._target * (1 - tolerance), self._target * (1 + tolerance)
        self._home = [
            np.ascontiguousarray(arrays[name][self._territories])
            for name in ("home_x", "home_y", "home_share")
        ]
        most = _MOST_GROUPS if len(self.units) > 20_000 else _LEAST_GROUPS
        self._groups = self._sites.grouped(max(most, 15 * len(self._territories)))

    @property
    def has_homes(self) -> bool:
        """Whether the centres are given, so that all starts are the same."""
        return bool((self._home[2] > 0.0).any())

    @property
    def attempts(self) -> int:
        """How many starts are worth their time; each costs more with more territories."""
        return max(3, min(16, 600 // len(self._territories)))

    def diagram(self, seed: int, listener: Listener) -> Diagram:
        """A diagram of the grouped units from cuts at random angles."""
        sites, count = self._groups, len(self._territories)
        plan = np.zeros(len(sites.x), dtype=np.int32)
        failed = kernel().ev_bisect(
            len(sites.x),
            count,
            *(pointer(each) for each in (sites.x, sites.y, sites.load, self._target)),
            ctypes.c_uint64(seed),
            pointer(plan),
        )
        if failed:
            raise MemoryError
        mass = np.maximum(summed(plan, sites.mass, count), 1e-300)
        x = summed(plan, sites.mass * sites.x, count) / mass
        y = summed(plan, sites.mass * sites.y, count) / mass
        square = summed(plan, sites.mass * (sites.x**2 + sites.y**2), count) / mass
        radius = np.maximum(square - x * x - y * y, 1e-3)
        home_x, home_y, share = self._home
        x, y = np.where(share > 0.0, home_x, x), np.where(share > 0.0, home_y, y)
        first = Diagram(0.0, x, y, np.zeros(count), radius, self._territories)
        return self._moved(sites, first, _SMOOTHINGS, 20, listener)[0]

    def on_all_units(self, diagram: Diagram, listener: Listener) -> tuple[Diagram, Ints]:
        """A diagram moved on the region's own units, and the territory of each of them."""
        whole = len(self._groups.x) == len(self._sites.x)
        smoothings = _SMOOTHINGS[-1:] if whole else (0.07, 0.05)
        moved, plan = self._moved(self._sites, diagram, smoothings, 8, listener)
        return moved, self._territories[plan]

    def _moved(
        self,
        sites: Sites,
        diagram: Diagram,
        smoothings: tuple[float, ...],
        steps: int,
        listener: Listener,
    ) -> tuple[Diagram, Ints]:
        library = kernel()
        library.ev_diagram.restype = ctypes.c_double
        x, y = diagram.center_x.copy(), diagram.center_y.copy()
        price, radius = diagram.price.copy(), diagram.radius.copy()
        plan, damping = np.zeros(len(sites.x), dtype=np.int32), np.array([1e-3])
        given = [sites.x, sites.y, sites.load, sites.mass, self._low, self._high, *self._home]
        cost = 0.0
        for smoothing in smoothings:
            cost = library.ev_diagram(
                len(sites.x),
                len(x),
                *(pointer(each) for each in (*given, x, y, price, radius, damping)),
                steps,
                ctypes.c_double(smoothing),
                pointer(plan),
            )
            if cost < 0.0:
                raise MemoryError
            if listener.is_stopped:
                break
        return Diagram(cost, x, y, price, radius, diagram.territories), plan
