"""These options narrow an answer; the help of a command says which it takes.

An option given twice means either; --with twice means both cities. After list, stats,
anniversaries and expiring, cities need no --with. Other names are understood too:
--since, --until, --topic, --city, --type.

Examples:
  citylinks list partnerships --with lyon --with yokohama
  citylinks list events --theme energy --theme water --from 2010
"""

from citylinks.cli.parameters import HELP_ORDER
from citylinks.query.filters import Filters
from citylinks.query.options import query_fields


def rows() -> list[tuple[str, str]]:
    """Return the filters in the order of the help, each with its text."""
    fields = sorted(query_fields(Filters), key=lambda f: HELP_ORDER.index(f.name))
    named = []
    for field in fields:
        if field.option:
            name = f"{field.flag} {field.option.metavar}".strip()
            named.append((name, field.option.help))
    return named
