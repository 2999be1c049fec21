"""The command line in one process, with whatever arguments; each line of the input is
one.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
from pathlib import Path
from unittest import mock

from support import ROOT

from citylinks.cli.app import main
from fuzz.held import FOLDER, check

SEEDS = tuple(
    line.replace(" ", "\n").encode()
    for line in (
        "timeline lyon yokohama", "timeline lyon --theme energy --format json",
        "show lyon-yokohama",
        "list partnerships --year 1950s", "list cities --country FR --format csv", "search energie",
        "stats theme", "path lyon yokohama", "common lyon yokohama", "anniversaries --year 2029",
        "expiring --within 2y", "evidence lyon", "validate --strict", "explain CL401", "schema",
        "import pairs pairs.tsv --into out", "import table pairs.tsv --guess --encoding cp1252",
        "version", "completion bash", "index path", "help list", "--help",
        "list events --from 1959",
        "timeline lyon --as-of 1990 --color never -o x.json", "import wikidata - --into out",
    )
)  # fmt: skip
WORDS = (
    b"\n", b"--", b"-", b"=", b"lyon", b"--format\n", b"json", b"csv", b"ics", b"--year\n", b"1959",
    b"1950s", b"--from\n", b"--to\n", b"--limit\n", b"-1", b"99999999999999999999", b"\xff", b"\0",
    b"\x1b[2J", b"\xe2\x80\xae", b"--within\n", b"9999y", b"--sort\n", b"--country\n", b"--data\n",
    b"--theme\n", b"--kind\n", b"--with\n", b"--as-of\n", b"-o\n", b"%s", b"*", b"'", b'"', b"NEAR",
    b"--encoding\n", b"undefined", b"--map\n", b"--report\n", b"x.csv", b"import\n", b"table\n",
)  # fmt: skip
_DATE = re.compile(r"[\dXYT~?%.:+\[\]{},/-]+")
_LONGEST = 2000


def _argument(raw: bytes) -> str:
    """Return an argument as Python would have it, one that names no file outside of the
    folder.
    """
    text = raw.replace(b"\0", b"").decode(errors="surrogateescape")
    return (
        text
        if _DATE.fullmatch(text) and text[:1] not in "/."
        else text.replace("/", "_")
    )


def _prepared() -> None:
    if not (FOLDER / "work" / "data").is_dir():
        shutil.copytree(ROOT / "tests" / "data", FOLDER / "work" / "data")
        (FOLDER / "work" / "pairs.tsv").write_bytes(b"Lyon\tYokohama\nBern\tNice\n")
    os.chdir(FOLDER / "work")


def target(data: bytes) -> None:
    arguments = [_argument(part) for part in data[:_LONGEST].split(b"\n") if part]
    before = Path.cwd()
    _prepared()
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.StringIO()
    typed = io.TextIOWrapper(io.BytesIO(b"Lyon\tKobe\n"), encoding="utf-8")
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch.object(sys, "stdin", typed),
        ):
            code = main(arguments)
    finally:
        os.chdir(before)
    assert code in {0, 1, 2}, (arguments, code)
    message = err.getvalue()
    if message:
        check(message)
    assert "\x1b" not in message
