"""JSON Schema of the records, of the map of a table, and of the output.

Without a name, the names that there are.

Examples:
  citylinks schema
  citylinks schema record/city
  citylinks schema map/table
  citylinks schema output/timeline
"""

import json
from typing import Annotated

from typer import Argument

from citylinks.cli.options import Invocation, Output, with_options


@with_options("script")
def command(
    asked: Invocation,
    name: Annotated[
        str | None,
        Argument(
            metavar="[NAME]", help="A schema, such as record/city.", show_default=False
        ),
    ] = None,
) -> Output:
    """Answer with one schema, or the names of all."""
    from citylinks.exporters.schemas import schema, schema_names

    asked.refuse_suffix([] if name is None else [".json"])
    if name is None:
        return Output(asked, text="".join(f"{known}\n" for known in schema_names()))
    return Output(
        asked, text=json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
    )
