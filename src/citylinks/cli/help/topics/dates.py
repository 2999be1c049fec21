"""Write dates as precisely as you know them. They are read as EDTF (ISO 8601-2).

An answer includes everything that may fall within the time you ask for. If a date is
too imprecise to be sure, the result is marked as possible; --certain leaves it out.

--from starts with the first day of its date, --to ends with the last day of its date,
and --year takes what lies within. --since and --until are other words for --from and
--to; --after 2010 starts in 2011, and --before 1990 ends with 1989. --as-of shows the
state on a date. --within takes a period from today: 90d, 18m or 2y.

Examples:
  citylinks timeline lyon --from 2009-04 --to 2012
  citylinks list events --year 2009..2012 --certain
  citylinks list partnerships lyon --as-of 1985
  citylinks expiring --within 18m

docs/dates.md in the repository of citylinks lists all forms.
"""


def rows() -> list[tuple[str, str]]:
    """Return forms of dates, each with its meaning."""
    return [
        ("1959", "the year 1959"),
        ("1959-04", "April 1959"),
        ("1959-04-07", "7 April 1959"),
        ("1950s", "from 1950 to 1959"),
        ("2009..2012", "from 2009 to 2012"),
        ("2020.., ..1960", "from 2020 on; until 1960"),
        ("1860~, 1984?", "about 1860; 1984, but uncertain"),
        ("1959-21", "spring 1959; summer, autumn and winter are 22 to 24"),
    ]
