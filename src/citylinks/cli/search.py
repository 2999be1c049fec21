"""Which records speak of a text, the best first.

Every word is looked for, in quotes a phrase; case and accents do not matter.

Examples:
  citylinks search silk
  citylinks search "smart grid" --theme energy
  citylinks search 横浜 --format jsonl
"""

from typing import Annotated

from typer import Argument, Option

from citylinks.cli.options import FACE, PLACE, SUBJECT, TIME, Asked, Reply, takes


@takes(*SUBJECT, *TIME, *PLACE, *FACE)
def command(
    asked: Asked,
    text: Annotated[list[str], Argument(metavar="TEXT...", help="What to look for.")],
    limit: Annotated[int, Option("--limit", metavar="N", min=1, help="At most so many.")] = 20,
) -> Reply:
    """Answer with the records that speak of it."""
    return Reply(asked, asked.open().search(" ".join(text), asked.filters, limit=limit))
