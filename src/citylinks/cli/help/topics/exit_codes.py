"""The exit code says how a command ended.

Answers are on standard output; messages are on standard error, each on a line that
begins with "citylinks:". With --json, standard output is JSON or empty.

validate ends with 1 if the data has errors; with --strict, also if it has warnings;
with --exit-zero, it always ends with 0. Files with errors are left out of an answer,
and a message says how many.

Examples:
  citylinks show lyon
  citylinks validate --strict
"""

EXIT_CODES = (
    ("0", "done, also when nothing matched"),
    ("1", "a named record does not exist, or validate found errors"),
    ("2", "wrong usage, or it could not run"),
    ("130", "interrupted"),
)


def rows() -> list[tuple[str, str]]:
    """Return the exit codes, and that of a reader that has left."""
    return [*EXIT_CODES, ("141", "the program reading the pipe, such as head, stopped")]
