"""The index that makes answers quick; nobody needs to know of it.

WHAT is one of path, status, rebuild, clear; without --data, clear removes all.

Examples:
  citylinks index path
  citylinks index status
  citylinks index rebuild
  citylinks index clear
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.console import progress
from citylinks.cli.options import Asked, Reply, takes
from citylinks.errors import UsageError
from citylinks.text.safe import number_of, visible
from citylinks.text.suggestions import did_you_mean

ACTIONS = ("path", "status", "rebuild", "clear")


@takes("data")
def command(
    asked: Asked,
    what: Annotated[str, Argument(metavar="WHAT", help="path, status, rebuild or clear.")],
) -> Reply:
    """Answer with where the index is and how it stands, or make it anew, or remove all."""
    from citylinks.files import paths
    from citylinks.index import store

    if what not in ACTIONS:
        hint = did_you_mean(what, ACTIONS) or f"; known are {', '.join(ACTIONS)}"
        raise UsageError(f"unknown action '{what}'{hint}")
    named = asked.values["data"] or ()
    is_of_all = what == "clear" and not named
    directories = [] if is_of_all else [str(path) for path in paths.data_directories(named)]
    if what == "clear":
        number = store.clear(directories)
        return Reply(asked, text=f"removed {number_of(number, 'index file')}\n")
    file = store.path(directories)
    if what == "path":
        return Reply(asked, text=f"{file}\n")
    if what == "rebuild":
        store.rebuild(directories, progress)
    return Reply(asked, text=f"{visible(str(file))}: {store.status(directories)}\n")
