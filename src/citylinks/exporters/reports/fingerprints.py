"""Fingerprints, by which others follow a problem from one report to the next.

The line of a problem changes when others come or go; its fingerprint does not.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.questions.validation import Problem


def with_fingerprints(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with its fingerprint.

    It is the same as long as the problem has the same file, rule and message. Problems
    that have all of these in common are numbered.
    """
    counts: Counter[str] = Counter()
    for problem in problems:
        identity = "\0".join((problem.code, path_uri(problem.path), problem.message))
        counts[identity] += 1
        raw = f"{identity}\0{counts[identity]}".encode(errors="surrogatepass")
        yield problem, hashlib.blake2b(raw, digest_size=16).hexdigest()


def path_uri(path: str) -> str:
    """Return a path as a URI, relative where the path is."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(os.fsencode(Path(path).as_posix()))
