"""Show what is installed and which data it reads.

Examples:
  citylinks version
  citylinks version --json
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER
from citylinks.questions.version import VersionQuery, version

OPTIONS = OF_ANSWER


def command(invocation: Invocation, query: VersionQuery) -> Output:
    """Answer with the version, the schemas, the data directories and their counts."""
    return Output(invocation, invocation.ask(version, query))
