"""What is installed and what it reads.

Examples:
  citylinks version
  citylinks version --json
"""

from citylinks.cli.options import FACE, Asked, Reply, takes


@takes(*FACE)
def command(asked: Asked) -> Reply:
    """Answer with the version, the schemas, the data directories and their counts."""
    return Reply(asked, asked.open().version())
