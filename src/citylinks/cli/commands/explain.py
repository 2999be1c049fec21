"""What a rule of validate wants, and why, with a bad and a good example.

A rule is called by its code or its name; the beginning of a code calls all that
share it. Without any, the list of all rules.

Examples:
  citylinks explain
  citylinks explain CL401
  citylinks explain no-source long-title
  citylinks explain CL4 --format markdown
"""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RULES
from citylinks.query.options import Option

OPTIONS = OF_RULES


class ExplainQuery(NamedTuple):
    """Which rules may be explained."""

    rules: Annotated[
        Sequence[str],
        Option(
            "Codes, names or beginnings of codes: CL401, no-source, CL4.",
            metavar="[RULE...]",
            completes="rule",
            is_argument=True,
        ),
    ] = ()


def command(invocation: Invocation, query: ExplainQuery) -> Output:
    """Answer with the rules."""
    from citylinks.knowledge_base import explain

    return Output(invocation, explain(*query.rules))
