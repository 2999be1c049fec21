"""Show what cities share: partners, networks, themes, events.

Shows what all the cities you name have in common. A partner has a partnership
with each of them, not counting networks; a theme belongs to partnerships or
events of each, not counting wider themes. The options filter the partnerships
and events; --country, --region and --level apply to cities that you do not
name.

Examples:
  citylinks common cebu bangkok
  citylinks common cebu bangkok --as-of 2015
  citylinks common cebu bangkok da-nang --theme recycling --json
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_RESULTS
from citylinks.questions.common import CommonQuery, common

OPTIONS = OF_RESULTS


def command(invocation: Invocation, query: CommonQuery) -> Output:
    """Answer with what is shared."""
    return Output(invocation, invocation.ask(common, query))
