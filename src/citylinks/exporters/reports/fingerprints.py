"""Marks by which others follow a problem from one report to the next, as its line
changes.
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


def marked(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Yield each problem with its mark; what is said twice of a file is told apart by
    its number.

    A mark is the same for as long as its file says the same of it.
    """
    times: Counter[str] = Counter()
    for problem in problems:
        same = "\0".join((problem.code, uri_of(problem.path), problem.message))
        times[same] += 1
        mark = f"{same}\0{times[same]}".encode(errors="surrogatepass")
        yield problem, hashlib.blake2b(mark, digest_size=16).hexdigest()


def uri_of(path: str) -> str:
    """Return a path as a URI, relative where the path is."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(os.fsencode(Path(path).as_posix()))
