"""What is installed and what it reads.

Examples:
  citylinks version
  citylinks version --json
"""

from citylinks.cli.invocation import Invocation, Output
from citylinks.cli.options import OF_ANSWER

OPTIONS = OF_ANSWER


def command(invocation: Invocation) -> Output:
    """Answer with the version, the schemas, the data directories and their counts."""
    return Output(invocation, invocation.open().version())
