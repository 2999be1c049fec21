"""What is installed and what it reads.

Examples:
  citylinks version
  citylinks version --json
"""

from citylinks.cli.options import FACE, Invocation, Output, with_options


@with_options(*FACE)
def command(asked: Invocation) -> Output:
    """Answer with the version, the schemas, the data directories and their counts."""
    return Output(asked, asked.open().version())
