# SPDX-License-Identifier: MIT
"""Work in a child process: its messages arrive, and nothing that it does reaches the parent."""

import os
import time
from collections.abc import Callable

import pytest

from app.services.child_process import ChildStopped, Limits, Send, messages_of
from tests.helpers.log_watch import LogWatch

LIMITS = Limits(60.0, 1024**3)


def count_up(send: Send, last: int) -> None:
    """Send the numbers up to the last one."""
    for number in range(last):
        send(number)


def take_much(send: Send) -> None:
    """Ask for more memory than there may be."""
    send(len(bytearray(4 * 1024**3)))


def end_at_once(_send: Send) -> None:
    """End as after a fault of a library."""
    os._exit(11)


def sleep(_send: Send) -> None:
    """Never answer."""
    time.sleep(600)


def be_wrong(_send: Send) -> None:
    """Raise what nobody expects."""
    message = "a mistake of ours"
    raise LookupError(message)


def nothing(_seconds: float) -> None:
    """Nobody watches."""


def reason(work: Callable[[Send], None], limits: Limits = LIMITS) -> str:
    with pytest.raises(ChildStopped) as stopped:
        list(messages_of(work, (), limits, nothing))
    return stopped.value.reason


def test_messages_arrive_in_order() -> None:
    assert list(messages_of(count_up, (5,), LIMITS, nothing)) == [0, 1, 2, 3, 4]


def test_a_child_that_ends_or_takes_too_much_or_too_long_is_told_apart() -> None:
    assert reason(end_at_once) == "memory"
    assert reason(sleep, Limits(0.5, 1024**3)) == "slow"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit; see `Limits`")
def test_memory_is_limited() -> None:
    assert reason(take_much) == "memory"


def test_what_nobody_expected_is_in_the_log(log_watch: LogWatch) -> None:
    with log_watch.expect("a mistake of ours"):
        assert reason(be_wrong) == "failed"


def test_watching_can_stop_it() -> None:
    def stop(seconds: float) -> None:
        if seconds > 0.2:
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(messages_of(sleep, (), LIMITS, stop))
    assert time.monotonic() - started < 30.0
