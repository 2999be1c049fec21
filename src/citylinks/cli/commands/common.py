"""Show what cities share: partners, networks, themes, events.

Shows what all the cities you name have in common. Partners are cities with
which each of them has a partnership, not counting networks; themes are those of
partnerships or events of each, not counting wider themes. The options choose
partnerships and events; --country, --region and --level apply to the cities
that you have not named.

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
