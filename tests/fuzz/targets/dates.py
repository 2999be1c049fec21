"""Dates, as EDTF and as people write them."""

from __future__ import annotations

from citylinks import dates
from citylinks.dates import DateError
from fuzz.held import check

SEEDS = (
    b"1959-04-07", b"1860~", b"1860%", b"195X", b"2009/2012", b"[2019-04..2020-03]", b"../1960",
    b"2020-23", b"2009..2012", b"1950s", b"7.4.1959", b"April 1959", b"c. 1860", b"the 1990s",
    b"7 avril 1959", b"1959-02-30", b"0000", b"9999-12-31/..", "１９５９".encode(),
)  # fmt: skip
WORDS = (
    b"1959", b"-04", b"-07", b"~", b"?", b"%", b"X", b"/", b"..", b"[", b"]", b"s", b".", b" ",
    b"April", b"c.", b"before", b"early", b"the", b"0000", b"9999", b"Y17E8", b"T12:00", b"{", b"}",
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
