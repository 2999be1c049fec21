"""Dates, as EDTF and as people write them."""

from __future__ import annotations

import datetime as dt

from citylinks import dates
from citylinks.dates import DateError
from citylinks.dates.periods import move_day, read_period
from fuzz.held import check

TODAY = dt.date(2026, 11, 22)
SEEDS = (
    b"1959-04-07", b"1860~", b"1860%", b"195X", b"2009/2012", b"[2019-04..2020-03]", b"../1960",
    b"2020-23", b"2009..2012", b"1950s", b"7.4.1959", b"April 1959", b"c. 1860", b"the 1990s",
    b"7 avril 1959", b"1959-02-30", b"last 10 years", b"before March 2011", b"18 months",
    "2009年4月7日〜9日".encode(), "昭和34年".encode(), b"XXe si\xc3\xa8cle", b"Q1 2011", b"01/03/2011",
    b"0000", b"9999-12-31/..", "１９５９".encode(),
)  # fmt: skip
WORDS = (
    b"1959", b"-04", b"-07", b"~", b"?", b"%", b"X", b"/", b"..", b"[", b"]", b"s", b".", b" ",
    b"April", b"since", b"to", b"years ago", b"Q1", "年".encode(), "月".encode(), b"c.", b"before", b"early", b"the", b"0000", b"9999", b"Y17E8", b"T12:00", b"{", b"}",
)  # fmt: skip


def target(data: bytes) -> None:
    text = data.decode(errors="surrogateescape")
    for read in (dates.parse, dates.parse_span):
        try:
            parsed = read(text)
        except DateError as error:
            check(str(error))
            continue
        for other in (parsed, dates.parse("1959"), dates.parse("../1960")):
            assert dates.before(parsed, other) in {"certain", "possible", None}
        if isinstance(parsed, dates.Date):
            assert str(parsed) == text
            assert parsed.human
    meant = dates.meant(text)
    if meant is not None:
        dates.parse(meant)
    check_plain(text)


def check_plain(text: str) -> None:
    """Read a date and a period as people type them on a day: each is said to be wrong."""
    try:
        dates.parse_span(dates.read_as_edtf(text, TODAY))
    except DateError as error:
        check(str(error))
    try:
        move_day(TODAY, read_period(text))
    except DateError as error:
        check(str(error))
