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
from citylinks.engine import validate
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
    named = [Path(place) for place in places or ()]
    directories = [place for place in named if paths.is_data_directory(place)]
    others = [place for place in named if place not in directories]
    given = [*(asked.values["data"] or ()), *map(str, directories)]
    validation = validate(*given, only=_existing(others))
    failed = any(problem.severity == "error" for problem in validation.results)
    return Reply(asked, validation, exit_code=int(failed))


def _existing(only: list[Path]) -> list[str]:
    for path in only:
        if not path.exists():
            raise UsageError(f"there is no file or folder '{path}'")
    return [str(path.absolute()) for path in only]
