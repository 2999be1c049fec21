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
from citylinks.cli.options import Invocation, Output, with_options
from citylinks.errors import UsageError
from citylinks.text.safe import number_of, visible
from citylinks.text.suggestions import did_you_mean

ACTIONS = ("path", "status", "rebuild", "clear")


@with_options("data")
def command(
    asked: Invocation,
    what: Annotated[
        str, Argument(metavar="WHAT", help="path, status, rebuild or clear.")
    ],
) -> Output:
    """Answer with where the index is and how it stands, or make it anew, or remove all."""
    from citylinks.files import paths
    from citylinks.index import store

    if what not in ACTIONS:
        hint = did_you_mean(what, ACTIONS) or f"; known are {', '.join(ACTIONS)}"
        raise UsageError(f"unknown action '{what}'{hint}")
    named = asked.values["data"] or ()
    is_of_all = what == "clear" and not named
    directories = (
        [] if is_of_all else [str(path) for path in paths.data_directories(named)]
    )
    if what == "clear":
        number = store.clear_caches(directories)
        return Output(asked, text=f"removed {number_of(number, 'index file')}\n")
    file = store.cache_path(directories)
    if what == "path":
        return Output(asked, text=f"{file}\n")
    if what == "rebuild":
        store.rebuild_cache(directories, progress)
    return Output(
        asked, text=f"{visible(str(file))}: {store.cache_status(directories)}\n"
    )
