"""Manage the cache (rarely needed).

An index of the data makes answers fast; it is updated automatically. WHAT is
path, status, rebuild or clear; without --data, clear removes all indexes.

Examples:
  citylinks index path
  citylinks index status
  citylinks index rebuild
  citylinks index clear
"""

import sys
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.messages import progress, wrap_for_terminal
from citylinks.cli.options import OF_CACHE
from citylinks.errors import UsageError
from citylinks.query.options import Option
from citylinks.text.safe import number_of, visible
from citylinks.text.suggestions import did_you_mean

OPTIONS = OF_CACHE
ACTIONS = ("path", "status", "rebuild", "clear")


class IndexQuery(NamedTuple):
    """What may be done with the index."""

    what: Annotated[
        str,
        Option(
            "path, status, rebuild or clear.",
            metavar="WHAT",
            completes="action",
            is_argument=True,
        ),
    ]


def command(invocation: Invocation, query: IndexQuery) -> Output:
    """Answer with the index's path or status, or make it anew, or remove all."""
    from citylinks.files import paths
    from citylinks.index import maintenance

    what = query.what
    if what not in ACTIONS:
        hint = did_you_mean(what, ACTIONS) or f"; choose from {', '.join(ACTIONS)}"
        raise UsageError(f"unknown action '{what}'{hint}")
    if what == "clear" and not invocation.data:
        return _cleared(invocation, maintenance.clear_caches([]))
    directories = list(map(str, paths.data_directories(invocation.data)))
    if what == "clear":
        return _cleared(invocation, maintenance.clear_caches(directories))
    file = maintenance.cache_path(directories)
    if what == "path":
        return Output(invocation, text=f"{file}\n")
    if what == "rebuild":
        maintenance.rebuild_cache(directories, progress)
    status = maintenance.cache_status(directories)
    line = f"{visible(str(file))}: {status}"
    if sys.stdout.isatty():
        line = wrap_for_terminal(line)
    return Output(invocation, text=f"{line}\n")


def _cleared(invocation: Invocation, number: int) -> Output:
    return Output(invocation, text=f"removed {number_of(number, 'index file')}\n")
