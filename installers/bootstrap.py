# SPDX-License-Identifier: MIT
"""Sets Evenfield up and does one task: `python installers/bootstrap.py run`.

Works with the standard library of Python 3.11 or later on Linux, Windows and macOS. What is set up
already is left alone, so a second call starts at once. `make help` lists the same tasks.
"""

import sys

import chores
import environment
import kernel
import map_page
from environment import say

_OLDEST_PYTHON = (3, 11)
_TASKS = {
    "setup": (environment.LOCK_RUN, chores.nothing),
    "run": (environment.LOCK_RUN, chores.start),
    "setup-dev": (environment.LOCK_DEV, chores.nothing),
    "test": (environment.LOCK_DEV, chores.test),
    "check": (environment.LOCK_DEV, chores.check),
    "package": (environment.LOCK_DEV, chores.package),
    "shots": (environment.LOCK_DEV, chores.shots),
    "sample": (environment.LOCK_DEV, chores.sample),
    "bench": (environment.LOCK_DEV, chores.bench),
    "soak": (environment.LOCK_DEV, chores.soak),
    "lock": (environment.LOCK_DEV, chores.lock),
}


def main(words: list[str]) -> None:
    """Sets up and does the task that the first word names, with the other words as arguments."""
    if sys.version_info < _OLDEST_PYTHON or sys.maxsize < 2**32:
        sys.exit("Evenfield needs a 64-bit Python 3.11 or later.")
    if not words or words[0] not in _TASKS:
        sys.exit("Say what to do: " + ", ".join(_TASKS))
    lock, task = _TASKS[words[0]]
    environment.install(lock)
    map_page.build()
    kernel.build()
    task(words[1:])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        say("")
        sys.exit(130)
