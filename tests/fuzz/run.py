"""Tries one reader of foreign bytes with made-up input for some time, or with one
input.

python -m fuzz.run dates --seconds 60
python -m fuzz.run dates --input tests/fuzz/corpus/dates/x

With atheris where that is installed, which follows the branches that an input takes,
and else with hypothesis. What is found is kept in a file, which belongs into
`tests/fuzz/corpus/` once mended.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fuzz.targets import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 4096  # bytes of an input
SLOWEST = 30  # seconds for one input
MOST_MEMORY = 2000  # MiB


def module(name: str) -> Any:
    """Return the module of a target."""
    return import_module(f"fuzz.targets.{name}")


def kept(name: str) -> list[Path]:
    """Return the inputs that were found before."""
    return sorted((CORPUS / name).glob("*"))


def inputs(of: Any) -> st.SearchStrategy[bytes]:
    """Return what hypothesis makes: any bytes, words of the target, its seeds after
    accidents.
    """
    words = st.lists(
        st.sampled_from(of.WORDS) | st.binary(max_size=3), max_size=30
    ).map(b"".join)
    return st.one_of(st.binary(max_size=200), words, _mutated(of))


@st.composite
def _mutated(draw: st.DrawFn, of: Any) -> bytes:
    raw: bytes = draw(st.sampled_from(of.SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(raw)))
        to = min(len(raw), at + draw(st.integers(0, 8)))
        new = draw(
            st.sampled_from(of.WORDS) | st.binary(max_size=3) | st.just(raw[at:to] * 2)
        )
        raw = raw[:at] + new + raw[to:]
    return raw[:LONGEST]


def by_hypothesis(name: str, seconds: float) -> None:
    """Try inputs for some time; raises what an input raises, after it is kept."""
    of = module(name)
    ends = time.monotonic() + seconds
    last = b""

    @settings(
        max_examples=500, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(inputs(of))
    def tried(data: bytes) -> None:
        nonlocal last
        last = data
        of.target(data)

    while time.monotonic() < ends:
        try:
            tried()
        except BaseException:
            print(f"found: {_keep(name, last)}", flush=True)
            raise


def _tried(of: Any, name: str, data: bytes) -> None:
    try:
        of.target(data)
    except BaseException:
        print(f"found: {_keep(name, data)}", flush=True)
        raise


def _keep(name: str, data: bytes) -> Path:
    path = _findings(name) / f"found-{sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


def _findings(name: str) -> Path:
    folder = Path(tempfile.gettempdir(), "citylinks-fuzz", name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def by_atheris(name: str, seconds: float) -> None:
    """Try inputs for some time with atheris, which ends the process."""
    import atheris

    with atheris.instrument_imports(include=["citylinks"]):
        of = module(name)
        seeds = (*of.SEEDS, *(path.read_bytes() for path in kept(name)))
        for seed in seeds:  # much is imported only when it is called
            _tried(of, name, seed)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            Path(folder, str(number)).write_bytes(seed)
        words = Path(folder).with_suffix(".words")
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in of.WORDS))
        options = [
            f"-max_total_time={int(seconds)}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}",
            f"-rss_limit_mb={MOST_MEMORY}", f"-artifact_prefix={_findings(name)}/",
            f"-dict={words}", "-print_final_stats=1", folder,
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *options], partial(_tried, of, name))
        atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def main(given_arguments: Sequence[str]) -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--input", type=Path)
    options = parser.parse_args(given_arguments)
    if options.input:
        module(options.target).target(options.input.read_bytes())
    elif _has_atheris():
        by_atheris(options.target, options.seconds)
    else:
        by_hypothesis(options.target, options.seconds)


def _has_atheris() -> bool:
    if os.environ.get("CITYLINKS_FUZZ_BY") == "hypothesis":
        return False
    try:
        import atheris  # noqa: F401
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
