"""Whether the data is sound: every problem of every file, at its place.

Which rules there are says citylinks explain; --select and --ignore take codes,
names and beginnings of codes, with commas between them. What citylinks.toml
beside the data says of them (select, ignore and strict under [validate]) they
overrule. A comment # citylinks: ignore CL401 ignores that rule on its line. A
file that cannot be read is always reported.

With - what is piped in is checked as the content of --stdin-filename.

Examples:
  citylinks validate
  citylinks validate data --format concise
  citylinks validate --select CL3 --strict
  citylinks validate --ignore no-country,CL404 --statistics
"""

import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from citylinks.cli.console import progress
from citylinks.cli.options import (
    LAYOUT,
    Invocation,
    Output,
    suffix_of,
    with_options,
)
from citylinks.errors import UsageError
from citylinks.exporters import FORMAT_BY_SUFFIX, format_names
from citylinks.files import paths
from citylinks.questions.validation import Statistics, Totals, Validation
from citylinks.text.safe import number_of
from citylinks.text.suggestions import did_you_mean


@with_options("data", "select", "ignore", "strict", "exit_zero", "report", *LAYOUT)
def command(
    asked: Invocation,
    places: Annotated[
        list[str] | None,
        Argument(
            metavar="[PATH...]",
            help="Data directories, or files and folders in one to report on; - reads stdin.",
            show_default=False,
        ),
    ] = None,
    stdin_filename: Annotated[
        str | None,
        Option(
            "--stdin-filename",
            metavar="FILE",
            help="The file whose content - is to be.",
        ),
    ] = None,
    statistics: Annotated[
        bool, Option("--statistics", help="Count the problems of each rule instead.")
    ] = False,
    max_problems: Annotated[
        int | None,
        Option(
            "--max-problems", metavar="N", min=0, help="Report no more than N problems."
        ),
    ] = None,
) -> Output:
    """Answer with the problems; exit 1 where one is an error."""
    from citylinks.knowledge_base import opened_once

    begun = time.perf_counter()
    if statistics:
        _refuse_formats_of_problems(asked)
    content = None
    if "-" in (places or ()) or stdin_filename is not None:
        given, others, content = _of_stdin(asked, places or [], stdin_filename)
    else:
        given, others = _placed(asked.values["data"] or [], places or [])
    which = [] if given else _of_shipped()
    with opened_once(*given, progress=progress) as kb:
        ask = (
            kb.count_problems
            if statistics
            else partial(kb.validate, limit=max_problems)
        )
        answer: Validation | Statistics = ask(
            others,
            content=content,
            select=_words(asked.values["select"]),
            ignore=_words(asked.values["ignore"]),
            strict=asked.values["strict"],
        )
        asked.left_out_before = kb.files_left_out
    elsewhere = _left_out_elsewhere(asked.left_out_before, others)
    summary = _summary(answer.totals, time.perf_counter() - begun)
    notes = (*which, *_left_over(answer), *elsewhere, summary)
    is_failed = answer.totals.is_failed and not asked.values["exit_zero"]
    return Output(asked, answer, exit_code=int(is_failed), notes=notes, nothing="")


def _words(given: list[str] | None) -> list[str]:
    """Return what stands between the commas of an option that may be repeated."""
    return [word.strip() for text in given or () for word in text.split(",")]


def _refuse_formats_of_problems(asked: Invocation) -> None:
    """Leave to a count of problems the formats that it has; another one is refused."""
    asked.formats = format_names("list")
    of_file = FORMAT_BY_SUFFIX.get(suffix_of(asked.output or ""))
    name = asked.values["report"] or (None if asked.values["json"] else of_file)
    if name and name not in asked.formats:
        listed = f"; known are {', '.join(asked.formats)}"
        raise UsageError(
            f"--statistics has no format '{name}'{did_you_mean(name, asked.formats) or listed}"
        )
    _ = asked.format  # refuses what a variable asks for


# -- Where ----------------------------------------------------------------------


def _of_stdin(
    asked: Invocation, places: list[str], name: str | None
) -> tuple[list[str], list[str], bytes]:
    """Return the data directories, the file of that name, and what standard input has
    for it.
    """
    from citylinks.files.listing import MAX_BYTES

    if places != ["-"]:
        raise UsageError("--stdin-filename goes with '-' and no other path")
    if not name:
        raise UsageError(
            "'-' needs --stdin-filename, the file whose content it is to be"
        )
    path = Path(name).absolute()
    given = asked.values["data"] or [str(_directory_of(path))]
    return (
        given,
        [str(path)],
        sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b"",
    )


def _placed(data: list[str], places: list[str]) -> tuple[list[str], list[str]]:
    """Return the data directories that are named, and the files and folders in them."""
    named = [_existing(place) for place in places]
    directories = [path for path in named if paths.is_data_directory(path)]
    others = [path for path in named if path not in directories]
    given = [*data, *map(str, directories)]
    if others and not given:
        given = list(dict.fromkeys(str(_directory_of(path)) for path in others))
    directories = list(paths.data_directories(given))
    real = [data.resolve() for data in directories] if others else []
    for path in others:
        place = path.parent.resolve() / path.name
        if not any(place.is_relative_to(data) for data in real):
            shown = paths.shown(str(path))
            raise UsageError(
                f"'{shown}' lies in none of the data directories that are read"
            )
    return given, [str(path) for path in others]


def _existing(place: str) -> Path:
    path = Path(place).absolute()
    if not place or not path.exists():
        raise UsageError(f"there is no file or folder '{place}'")
    return path


def _directory_of(path: Path) -> Path:
    """Return the data directory that a file or folder belongs to."""
    for parent in path.parents:
        if paths.is_data_directory(parent):
            return parent
    for folder in (path, *path.parents):
        lacks = paths.lacking(folder)
        if len(lacks) < len(paths.FOLDERS):
            raise UsageError(paths.what_is_lacking(paths.shown(str(folder)), lacks))
    raise UsageError(f"'{paths.shown(str(path))}' lies in no data directory")


# -- What there is to say beside it ---------------------------------------------


def _of_shipped() -> list[str]:
    """Return that the data that comes with citylinks is checked, where nobody named it."""
    if not paths.has_none_at_hand():
        return []
    where = paths.shown(str(paths.shipped_data()))
    return [
        f"there is no data directory here: checked the data that is installed, {where}"
    ]


def _left_over(answer: Validation | Statistics) -> list[str]:
    """Return that not all problems were printed."""
    if isinstance(answer, Statistics) or not answer.more:
        return []
    are, problems = (
        ("is" if answer.more == 1 else "are"),
        number_of(answer.more, "more problem"),
    )
    return [f"there {are} {problems}; --max-problems says how many are printed"]


def _left_out_elsewhere(
    left_out: Sequence[str], asked_about: Sequence[str]
) -> list[str]:
    """Return that the files asked about were held against data that is not whole, if
    so.
    """
    asked_paths = [Path(path) for path in asked_about]
    number = sum(
        not any(Path(path).is_relative_to(asked_path) for asked_path in asked_paths)
        for path in left_out
    )
    if not asked_paths or not number:
        return []
    other = number_of(number, "other file or folder", "other files or folders")
    return [f"{other} left out: 'citylinks validate' without paths says why"]


def _summary(totals: Totals, seconds: float) -> str:
    """Return what was read, what is wrong with it, and how long that took.

    Where the day is set from outside, what is printed is to be the same every time.
    """
    problems = (
        f"{number_of(totals.errors, 'error')}, {number_of(totals.warnings, 'warning')}"
    )
    if not totals.errors + totals.warnings:
        problems = "no problems"
    took = "" if os.environ.get("CITYLINKS_TODAY") else f" in {seconds:.1f} s"
    read = f"{number_of(totals.files, 'file')}, {number_of(totals.records, 'record')}"
    return f"{read}: {problems}{took}"
