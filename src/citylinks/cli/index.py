"""The index that makes answers quick; nobody needs to know of it.

WHAT is one of path, status, rebuild, clear.

Examples:
  citylinks index path
  citylinks index status
  citylinks index rebuild
  citylinks index clear
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import Asked, Reply, takes
from citylinks.cli.output import progress
from citylinks.errors import UsageError
from citylinks.folding import did_you_mean

ACTIONS = ("path", "status", "rebuild", "clear")


@takes("data")
def command(
    asked: Asked,
    what: Annotated[str, Argument(metavar="WHAT", help="path, status, rebuild or clear.")],
) -> Reply:
    """Answer with where the index is and how it stands, or make it anew, or remove all."""
    from citylinks import engine

    if what not in ACTIONS:
        hint = did_you_mean(what, ACTIONS) or f"; known are {', '.join(ACTIONS)}"
        raise UsageError(f"unknown action '{what}'{hint}")
    if what == "clear":
        return Reply(asked, text=f"removed {engine.clear_index()} index files\n")
    directories = asked.values["data"] or ()
    if what == "path":
        return Reply(asked, text=f"{engine.index_path(*directories)}\n")
    if what == "rebuild":
        engine.rebuild_index(*directories, progress=progress)
    return Reply(asked, text=engine.index_status(*directories))
