# SPDX-License-Identifier: MIT
"""Reading a file in a child process with limits on time and memory.

A hostile file can ask its reader for more memory than there is, keep it busy for ever, or end it
with a fault. In a child process that ends the child alone, and it can be stopped at any moment.

In the frozen program `multiprocessing.freeze_support()` must be the first statement of the main
function; the child is the program itself, started again. The program's main module must not
import the window at its top, or each child pays for it.
"""

import logging
import multiprocessing
import pickle
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

Send = Callable[[object], None]
"""Hands a message to the parent; called in the child."""

_POLL_SECONDS = 0.1


class ChildStopped(Exception):
    """The child could not finish.

    Args:
        reason: "slow" where its time was over, "memory" where it wanted more than it may have or
            was ended by the system, "failed" where an exception came up that nobody expected; it
            is in the log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take.

    Attributes:
        seconds: From its start to its last message.
        memory_bytes: Not limited on Windows, where an allocation beyond the page file fails by
            itself.
    """

    seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class _End:
    """The last message; `reason` as in `ChildStopped`, "" where all went well.

    Attributes:
        trace: Where an exception that nobody expected came from.
    """

    reason: str = ""
    trace: str = ""


def limits_for(path: Path, limits: Limits, start_seconds: float, per_megabyte: float) -> Limits:
    """The limits for a file of this size: damaged small ones must not keep the user waiting."""
    seconds = start_seconds + per_megabyte * path.stat().st_size / 1e6
    return Limits(min(limits.seconds, seconds), limits.memory_bytes)


def messages_of(
    work: Callable[..., None],
    arguments: tuple[Any, ...],
    limits: Limits,
    at: Callable[[float], None],
) -> Generator[object]:
    """What a child process says until it is done; it is ended in any case.

    Close the generator when no more is wanted.

    Args:
        work: A function of a module, called in the child with `Send` and the arguments.
        at: Called ten times a second with the seconds since the start; may raise to stop.

    Raises:
        ChildStopped: It took too long or too much, or ended without a word.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(
        target=_serve, args=(sender, limits.memory_bytes, work, arguments), daemon=True
    )
    child.start()
    sender.close()
    try:
        yield from _received(receiver, limits.seconds, at)
    finally:
        receiver.close()
        if child.is_alive():
            child.terminate()
        child.join()
        child.close()


def _received(
    receiver: Connection, limit_seconds: float, at: Callable[[float], None]
) -> Generator[object]:
    started = time.monotonic()
    while True:
        seconds = time.monotonic() - started
        at(seconds)
        if seconds > limit_seconds:
            raise ChildStopped("slow")
        try:
            if not receiver.poll(_POLL_SECONDS):
                continue
            message = pickle.loads(receiver.recv_bytes())  # noqa: S301 sent by our own child process
        except (EOFError, OSError) as error:
            raise ChildStopped("memory") from error
        if isinstance(message, _End):
            if message.trace:
                _log.error("The child process failed:\n%s", message.trace)
            if message.reason:
                raise ChildStopped(message.reason)
            return
        yield message


def _serve(
    sender: Connection, memory_bytes: int, work: Callable[..., None], arguments: tuple[Any, ...]
) -> None:
    """The child process: work, answer, end."""
    _limit_memory(memory_bytes)

    def send(message: object) -> None:
        sender.send_bytes(pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))

    end = _End()
    try:
        work(send, *arguments)
    except MemoryError:
        end = _End("memory")
    except Exception:  # noqa: BLE001 the parent writes it to the log
        end = _End("failed", traceback.format_exc())
    send(end)
    sender.close()


def _limit_memory(memory_bytes: int) -> None:
    try:
        # Not on Windows; see `Limits`.
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
