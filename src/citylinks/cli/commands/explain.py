"""What a rule of validate wants, and why, with a bad and a good example.

A rule is called by its code or its name; the beginning of a code calls all that
share it. Without any, the list of all rules.

Examples:
  citylinks explain
  citylinks explain CL401
  citylinks explain no-source long-title
  citylinks explain CL4 --format markdown
"""

from typing import Annotated

from typer import Argument

from citylinks.cli.options import LAYOUT, Invocation, Output, with_options


@with_options("format", *LAYOUT)
def command(
    asked: Invocation,
    rules: Annotated[
        list[str] | None,
        Argument(
            metavar="[RULE...]",
            help="Codes, names or beginnings of codes: CL401, no-source, CL4.",
            show_default=False,
        ),
    ] = None,
) -> Output:
    """Answer with the rules."""
    from citylinks.knowledge_base import explain

    return Output(asked, explain(*(rules or ())))
