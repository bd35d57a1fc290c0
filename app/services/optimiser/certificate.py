# SPDX-License-Identifier: MIT
"""A stamp that says what was asked, how it was answered and how good it is; and its check."""

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from app.services.optimiser.answers import Answer
from app.services.optimiser.bounds import bound_at_centers
from app.services.optimiser.prepared import prepare
from app.services.optimiser.problem import Problem

VERSION = "1"
"""Goes up with every change that may change an answer."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an answer can be checked by; all figures are exact to the last digit.

    Attributes:
        version: Of the optimiser.
        input_hash: SHA-256 of the question.
        answer_hash: SHA-256 of the territories.
        seed: Of the question.
        inertia: Of the answer, load times km².
        bound: No sharing out among the answer's centres has less.
        is_stopped: Whether the search ended early, in which case it cannot be run again.
    """

    version: str
    input_hash: str
    answer_hash: str
    seed: int
    inertia: float
    bound: float
    is_stopped: bool

    def as_text(self) -> str:
        """JSON with sorted keys; numbers come back the same."""
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a certificate holds.

    Attributes:
        is_confirmed: Whether everything came out the same, to the byte.
        reason: Why not; empty where it is confirmed.
    """

    is_confirmed: bool
    reason: str = ""


def certificate_of(problem: Problem, answer: Answer) -> Certificate:
    """The stamp of an answer."""
    bound = bound_at_centers(prepare(problem), answer.territory)
    return Certificate(
        version=VERSION,
        input_hash=input_hash(problem),
        answer_hash=hashlib.sha256(answer.territory.astype("<i4").tobytes()).hexdigest(),
        seed=problem.aims.seed,
        inertia=answer.inertia,
        bound=bound.value,
        is_stopped=answer.is_stopped,
    )


def verify(
    certificate: Certificate, problem: Problem, answered: Callable[[Problem], Answer]
) -> Verdict:
    """Answers the question again and compares every figure to the byte.

    Args:
        certificate: What was said.
        problem: The question, as it is now.
        answered: How it was answered: `build`, or another of this package.
    """
    if certificate.version != VERSION:
        return Verdict(
            is_confirmed=False, reason="It was made by another version of the optimiser."
        )
    if certificate.input_hash != input_hash(problem):
        return Verdict(is_confirmed=False, reason="The plan or its settings have changed since.")
    if certificate.is_stopped:
        return Verdict(
            is_confirmed=False, reason="The search was stopped, so it cannot be run again."
        )
    if certificate_of(problem, answered(problem)) != certificate:
        return Verdict(is_confirmed=False, reason="The answer came out differently.")
    return Verdict(is_confirmed=True)


def input_hash(problem: Problem) -> str:
    """SHA-256 over names, shapes and little-endian bytes of everything that is asked."""
    total = hashlib.sha256()
    for part in _canonical("problem", problem):
        total.update(struct.pack("<q", len(part)) + part)
    return total.hexdigest()


def _canonical(name: str, value: Any) -> Iterator[bytes]:  # noqa: ANN401 -- any field
    yield name.encode()
    if is_dataclass(value):
        for each in fields(value):
            yield from _canonical(f"{name}.{each.name}", getattr(value, each.name))
    elif isinstance(value, np.ndarray):
        array = cast("npt.NDArray[Any]", value)
        kind = "<i8" if array.dtype.kind in "biu" else "<f8"
        yield repr((array.shape, kind)).encode()
        # Adding zero gives both zeros one form.
        yield (array.astype(kind) + 0).astype(kind).tobytes()
    elif isinstance(value, float):
        yield struct.pack("<d", value + 0.0)
    else:
        yield repr(value).encode()
