"""Whether the data is sound: every problem of every file, at its place.

With -, what is piped in is checked as though the file of --stdin-filename held it.

Examples:
  citylinks validate
  citylinks validate data --format concise
  citylinks validate --format json
"""

import sys
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from citylinks import paths
from citylinks.answers import Validation
from citylinks.cli.options import Asked, Reply, takes
from citylinks.cli.output import progress
from citylinks.errors import UsageError


@takes("data", "report", "json", "output", "color")
def command(
    asked: Asked,
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
        Option("--stdin-filename", metavar="FILE", help="The file whose content - is to be."),
    ] = None,
) -> Reply:
    """Answer with every problem; exit 1 where one is an error."""
    if "-" in (places or ()) or stdin_filename is not None:
        validation = _of_stdin(asked, places or [], stdin_filename)
    else:
        validation = _of_files(asked, places or [])
    failed = any(problem.severity == "error" for problem in validation.results)
    return Reply(asked, validation, exit_code=int(failed))


def _of_stdin(asked: Asked, places: list[str], name: str | None) -> Validation:
    """Return the problems of standard input as the content of the file of that name."""
    from citylinks.engine import KnowledgeBase
    from citylinks.files import MAX_BYTES

    if places != ["-"]:
        raise UsageError("--stdin-filename goes with '-' and no other path")
    if not name:
        raise UsageError("'-' needs --stdin-filename, the file whose content it is to be")
    path = Path(name).absolute()
    given = asked.values["data"] or [str(_directory_of(path))]
    raw = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    with KnowledgeBase.open(*given, progress=progress) as kb:
        return kb.validate_as(str(path), raw)


def _of_files(asked: Asked, places: list[str]) -> Validation:
    """Return the problems of data directories, or of the files and folders that are named."""
    from citylinks.engine import KnowledgeBase

    named = [_existing(place) for place in places]
    directories = [path for path in named if paths.is_data_directory(path)]
    others = [path for path in named if path not in directories]
    given = [*(asked.values["data"] or ()), *map(str, directories)]
    if others and not given:
        given = list(dict.fromkeys(str(_directory_of(path)) for path in others))
    directories = list(paths.data_directories(given))
    real = [data.resolve() for data in directories] if others else []
    for path in others:
        place = path.parent.resolve() / path.name
        if not any(place.is_relative_to(data) for data in real):
            shown = paths.shown(str(path))
            raise UsageError(f"'{shown}' lies in none of the data directories that are read")
    with KnowledgeBase.open(*given, progress=progress) as kb:
        return kb.validate([str(path) for path in others])


def _existing(place: str) -> Path:
    path = Path(place).absolute()
    if not path.exists():
        raise UsageError(f"there is no file or folder '{place}'")
    return path


def _directory_of(path: Path) -> Path:
    """Return the data directory that a file or folder belongs to."""
    for parent in path.parents:
        if paths.is_data_directory(parent):
            return parent
    raise UsageError(f"'{paths.shown(str(path))}' lies in no data directory")
