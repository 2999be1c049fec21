"""What a rule of validate wants, and why, with a bad and a good example.

A rule is called by its code or its name; the beginning of a code calls all that
share it. Without any, the list of all rules.

Examples:
  citylinks explain
  citylinks explain CL401
  citylinks explain no-source long-title
  citylinks explain CL4 --format markdown
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RULES
from citylinks.questions.explain import ExplainQuery, explain_rules

OPTIONS = OF_RULES


def command(invocation: Invocation, query: ExplainQuery) -> Output:
    """Answer with the rules."""
    return Output(invocation, explain_rules(query))
