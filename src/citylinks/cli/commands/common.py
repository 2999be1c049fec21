"""What cities share: partners, networks, themes, events.

Of two cities or more, what all of them have. A partner is a city to which each
is tied, by something that is no network; a theme is one that ties or events of
each treat, whatever wider theme it is part of. Filters are of these ties and
events; --country, --region and --level look at those who are not named here.

Examples:
  citylinks common cebu bangkok
  citylinks common cebu bangkok --as-of 2015
  citylinks common cebu bangkok da-nang --theme recycling --json
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.questions.common import CommonQuery, common

OPTIONS = OF_ANSWER


def command(invocation: Invocation, query: CommonQuery) -> Output:
    """Answer with what is shared."""
    return Output(invocation, invocation.ask(common, query))
