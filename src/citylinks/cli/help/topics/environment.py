"""These environment variables change what citylinks does; options go before them.

The data is that of --data, else of CITYLINKS_DATA, else the folder data that is nearest
upwards from where you are, else the data that is installed ("shipped"). Several folders
are separated as in PATH. citylinks version says which are read.

An empty variable counts as not set, but for the pagers: there it means no pager, as
--no-pager does.

Examples:
  citylinks version
  citylinks list cities --data shipped
"""


def rows() -> list[tuple[str, str]]:
    """Return the variables, each with what it does."""
    return [
        ("CITYLINKS_DATA", "the data directories to read"),
        ("CITYLINKS_OUTPUT_FORMAT", "the format where no option names one: json"),
        ("CITYLINKS_PAGER, PAGER", "the pager for long answers on a terminal"),
        ("CITYLINKS_TODAY", "the date to use as today: 2026-11-22"),
        ("CITYLINKS_DEBUG", "1 shows the traceback of an unexpected fault"),
        ("NO_COLOR", "no colours"),
        ("FORCE_COLOR", "colours and the layout of a terminal in a pipe too"),
        ("CLICOLOR, CLICOLOR_FORCE", "0 means no colours; 1 as FORCE_COLOR"),
        ("GITHUB_ACTIONS", "true: validate prints in the format github"),
        ("SOURCE_DATE_EPOCH", "the time that calendars of --format ics carry"),
        ("TERM", "dumb means no colours and no progress"),
        ("COLUMNS", "the width of the terminal"),
        ("XDG_CACHE_HOME", "where the cache is kept on Linux"),
    ]
