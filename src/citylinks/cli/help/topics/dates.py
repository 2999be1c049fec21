"""Dates may be as precise as you know them. They are read as EDTF (ISO 8601-2).

An answer has all that may fall into the time you ask for. What is not sure, since its
date is too imprecise, is marked as possible; --certain leaves it out.

--from takes all from the first day of its date, --to all up to the last day of it, and
--year what lies within. --since and --until are other words for --from and --to;
--after 2010 begins in 2011, and --before 1990 ends with 1989. --as-of asks for what
held then. --within takes a period from today on: 90d, 18m or 2y.

Examples:
  citylinks timeline lyon --from 2009-04 --to 2012
  citylinks list events --year 2009..2012 --certain
  citylinks list partnerships lyon --as-of 1985
  citylinks expiring --within 18m

docs/dates.md in the repository of citylinks has all forms.
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
        ("1860~, 1984?", "about 1860; 1984, which is in doubt"),
        ("1959-21", "spring 1959; summer, autumn and winter are 22 to 24"),
    ]
