"""Explain a rule of validate, with examples.

Name a rule by its code or name, or several by the beginning of their codes.
Without RULE, it lists all rules.

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
