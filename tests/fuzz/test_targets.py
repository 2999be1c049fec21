"""A short run of each target, the same every time, and all that was ever found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from fuzz.run import inputs, kept, module
from fuzz.targets import NAMES

FEW = settings(
    max_examples=40, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_seeds_and_what_was_found(name: str) -> None:
    of = module(name)
    for data in (b"", *of.SEEDS, *(path.read_bytes() for path in kept(name))):
        of.target(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_few_inputs(name: str) -> None:
    of = module(name)

    @FEW
    @given(inputs(of))
    def tried(data: bytes) -> None:
        of.target(data)

    tried()
