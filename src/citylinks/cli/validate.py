"""Whether the data is sound: every problem of every file, at its place.

Examples:
  citylinks validate
  citylinks validate data --format concise
  citylinks validate --format json
"""

from pathlib import Path
from typing import Annotated

from typer import Argument

from citylinks import paths
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
            help="Data directories, or files and folders in one to report on.",
            show_default=False,
        ),
    ] = None,
) -> Reply:
    """Answer with every problem; exit 1 where one is an error."""
    from citylinks.engine import KnowledgeBase

    named = [_existing(place) for place in places or ()]
    directories = [path for path in named if paths.is_data_directory(path)]
    others = [path for path in named if path not in directories]
    given = [*(asked.values["data"] or ()), *map(str, directories)]
    if others and not given:
        given = list(dict.fromkeys(str(_directory_of(path)) for path in others))
    directories = list(paths.data_directories(given))
    for path in others:
        if not any(path.resolve().is_relative_to(data.resolve()) for data in directories):
            shown = paths.shown(str(path))
            raise UsageError(f"'{shown}' lies in none of the data directories that are read")
    with KnowledgeBase.open(*given, progress=progress) as kb:
        validation = kb.validate([str(path) for path in others])
    failed = any(problem.severity == "error" for problem in validation.results)
    return Reply(asked, validation, exit_code=int(failed))


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
