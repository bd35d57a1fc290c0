# SPDX-License-Identifier: MIT
"""How a search tells what it has found so far, and how it learns that it should stop."""

from dataclasses import dataclass
from typing import Protocol

from app.services.optimiser.kernel_library import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """What is known so far.

    Attributes:
        fraction: Of this part of the work, 0 to 1.
        plan: The best plan so far, connected; n territories.
    """

    fraction: float
    plan: Ints


class Listener(Protocol):
    """Asked and told every few hundredths of a second, on the thread that computes."""

    @property
    def is_stopped(self) -> bool:
        """Whether the best so far is enough."""
        ...

    def heard(self, progress: Progress) -> None:
        """Takes what is known so far."""
        ...


class Silence:
    """Hears nothing and never stops a search."""

    is_stopped = False

    def heard(self, progress: Progress) -> None:
        """Forgets it."""
