"""These environment variables change what citylinks does; options go before them.

The data is read from --data, or else from CITYLINKS_DATA, or else from the nearest
folder "data" in the current directory or above it, or else from the installation
("shipped"). Separate several folders as in PATH. "citylinks version" lists the folders
that are read.

An empty variable counts as not set, except for the pagers, where it means no pager,
like --no-pager.

Examples:
  citylinks version
  citylinks list cities --data shipped
"""


def rows() -> list[tuple[str, str]]:
    """Return the variables, each with what it does."""
    return [
        ("CITYLINKS_DATA", "the data directories to read"),
        ("CITYLINKS_OUTPUT_FORMAT", "the format if no option names one: json"),
        ("CITYLINKS_PAGER, PAGER", "the pager for long answers on a terminal"),
        ("CITYLINKS_TODAY", "the date to use as today: 2026-11-22"),
        ("CITYLINKS_DEBUG", "1 shows the traceback of an unexpected error"),
        ("NO_COLOR", "no colours"),
        ("FORCE_COLOR", "colours and terminal layout, even in a pipe"),
        (
            "CLICOLOR, CLICOLOR_FORCE",
            "0 means no colours; 1 means the same as FORCE_COLOR",
        ),
        ("GITHUB_ACTIONS", "true makes validate print in the format github"),
        ("SOURCE_DATE_EPOCH", "the creation time in calendars (--format ics)"),
        ("TERM", "dumb means no colours and no progress"),
        ("COLUMNS", "the width of the terminal"),
        ("XDG_CACHE_HOME", "where the cache is kept on Linux"),
    ]
