"""Print the JSON Schema of records and of output.

Prints the schema of a record, of the map of a table, or of an output. Without
NAME, it lists the names.

Examples:
  citylinks schema
  citylinks schema record/city
  citylinks schema map/table
  citylinks schema output/timeline
"""

import json
from typing import Annotated, NamedTuple

from citylinks.cli.formats import refuse_suffix
from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_TEXT
from citylinks.query.options import Option

OPTIONS = OF_TEXT


class SchemaQuery(NamedTuple):
    """Which schema may be printed."""

    name: Annotated[
        str | None,
        Option(
            "A schema, such as record/city.",
            metavar="[NAME]",
            completes="schema",
            is_argument=True,
        ),
    ] = None


def command(invocation: Invocation, query: SchemaQuery) -> Output:
    """Answer with one schema, or the names of all."""
    from citylinks.exporters.schemas import schema, schema_names

    if query.name is None:
        refuse_suffix(invocation.output, [])
        names = "".join(f"{name}\n" for name in schema_names())
        return Output(invocation, text=names)
    refuse_suffix(invocation.output, [".json"])
    text = json.dumps(schema(query.name), indent=2, ensure_ascii=False)
    return Output(invocation, text=f"{text}\n")
