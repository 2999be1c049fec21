import re
import warnings
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import examples

from citylinks.dates import (
    Date,
    DateError,
    Span,
    before,
    certainty,
    contains,
    meant,
    overlaps,
    parse,
    parse_span,
    precedes,
)
from citylinks.dates.moment import FINE_TO_COARSE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

modest = examples(100)

ALWAYS_BEGUN, NEVER_OVER = date.min, date.max


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# --- what is a date, and its bounds ---------------------------------------------------------------

BOUNDS = [
    # text, earliest, latest
    ("1959", "1959-01-01", "1959-12-31"),
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999", "9999-01-01", "9999-12-31"),
    ("2012-09", "2012-09-01", "2012-09-30"),
    ("2012-02", "2012-02-01", "2012-02-29"),
    ("2012-12", "2012-12-01", "2012-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
    ("2018-01-24", "2018-01-24", "2018-01-24"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    # a season covers its whole year
    ("1959-21", "1959-01-01", "1959-12-31"),
    ("1959-24", "1959-01-01", "1959-12-31"),
    # unspecified digits
    ("199X", "1990-01-01", "1999-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"),
    ("999X", "9990-01-01", "9999-12-31"),
    ("001X", "0010-01-01", "0019-12-31"),
    ("2004-XX", "2004-01-01", "2004-12-31"),
    ("1985-04-XX", "1985-04-01", "1985-04-30"),
    ("1985-XX-XX", "1985-01-01", "1985-12-31"),
    # `?` widens nothing
    ("1984?", "1984-01-01", "1984-12-31"),
    ("2004-06?", "2004-06-01", "2004-06-30"),
    ("2004-06-11?", "2004-06-11", "2004-06-11"),
    ("199X?", "1990-01-01", "1999-12-31"),
    # `~` and `%` widen by one unit on either side
    ("1860~", "1859-01-01", "1861-12-31"),
    ("1984%", "1983-01-01", "1985-12-31"),
    ("2012-01~", "2011-12-01", "2012-02-29"),
    ("2012-12~", "2012-11-01", "2013-01-31"),
    ("2018-01-01~", "2017-12-31", "2018-01-02"),
    ("2004-06-11%", "2004-06-10", "2004-06-12"),
    ("199X~", "1980-01-01", "2009-12-31"),
    ("19XX~", "1800-01-01", "2099-12-31"),
    ("1959-21~", "1958-01-01", "1960-12-31"),
    ("2004-XX~", "2003-01-01", "2005-12-31"),
    ("1985-XX-XX~", "1984-01-01", "1986-12-31"),
    ("1985-04-XX~", "1985-03-01", "1985-05-31"),
    # held within the calendar
    ("0001~", "0001-01-01", "0002-12-31"),
    ("0001-01~", "0001-01-01", "0001-02-28"),
    ("0001-01-01~", "0001-01-01", "0001-01-02"),
    ("001X~", "0001-01-01", "0029-12-31"),
    ("01XX~", "0001-01-01", "0299-12-31"),
    ("9999~", "9998-01-01", "9999-12-31"),
    ("9999-12~", "9999-11-01", "9999-12-31"),
    ("9999-12-31~", "9999-12-30", "9999-12-31"),
    ("99XX~", "9800-01-01", "9999-12-31"),
    # durations
    ("2011/2017", "2011-01-01", "2017-12-31"),
    ("2011/2011", "2011-01-01", "2011-12-31"),
    ("2017-10-25/2017-10-27", "2017-10-25", "2017-10-27"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    ("2011/2011-03", "2011-01-01", "2011-03-31"),
    ("2011-05/2011", "2011-05-01", "2011-12-31"),
    ("199X/2004", "1990-01-01", "2004-12-31"),
    ("1959-21/1959-23", "1959-01-01", "1959-12-31"),
    ("1984?/2004", "1984-01-01", "2004-12-31"),
    ("1984~/2004", "1983-01-01", "2004-12-31"),
    ("1984/2004~", "1984-01-01", "2005-12-31"),
    ("1984~/2004-06%", "1983-01-01", "2004-07-31"),
    ("2011/..", "2011-01-01", ""),
    ("2011-05~/..", "2011-04-01", ""),
    ("2011/", "2011-01-01", ""),
    ("../2011", "", "2011-12-31"),
    ("/2011", "", "2011-12-31"),
    ("/2011%", "", "2012-12-31"),
    # once within
    ("[2019..2020]", "2019-01-01", "2020-12-31"),
    ("[2019-04..2020-03]", "2019-04-01", "2020-03-31"),
    ("[2019-04-05..2019-04-09]", "2019-04-05", "2019-04-09"),
    ("[2019..2020-03]", "2019-01-01", "2020-03-31"),
    ("[2019..2019]", "2019-01-01", "2019-12-31"),
    ("[199X..2004-XX]", "1990-01-01", "2004-12-31"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), BOUNDS)
def test_bounds(text: str, earliest: str, latest: str) -> None:
    parsed = parse(text)
    assert (parsed.earliest, parsed.latest) == (day(earliest), day(latest))
    assert parsed.text == text


@pytest.mark.parametrize(
    ("text", "begun_by", "lasts_until"),
    [
        # a moment: the last day that it may be, the first day that it may be
        ("2018-01-24", "2018-01-24", "2018-01-24"),
        ("1959", "1959-12-31", "1959-01-01"),
        ("199X", "1999-12-31", "1990-01-01"),
        ("[2019-04..2020-03]", "2020-03-31", "2019-04-01"),
        # a duration: its start at its latest, its end at its earliest
        ("2011/2017", "2011-12-31", "2017-01-01"),
        ("2011-03/2011-05", "2011-03-31", "2011-05-01"),
        ("2011/2011", "2011-12-31", "2011-01-01"),
        # it cannot begin after it ends, nor end before it begins
        ("2011/2011-03", "2011-03-31", "2011-03-01"),
        ("2011-05/2011", "2011-05-31", "2011-05-01"),
        # nothing is known of an unknown end but the order of the two
        ("2011/", "2011-12-31", "2011-01-01"),
        ("/2011", "2011-12-31", "2011-01-01"),
    ],
)
def test_what_is_sure(text: str, begun_by: str, lasts_until: str) -> None:
    parsed = parse(text)
    assert (parsed.begun_by, parsed.lasts_until) == (day(begun_by), day(lasts_until))


def test_what_is_approximate_is_sure_in_its_widest_range() -> None:
    parsed = parse("1860~")
    assert (parsed.begun_by, parsed.lasts_until) == (
        day("1861-12-31"),
        day("1859-01-01"),
    )


def test_an_open_end_never_comes() -> None:
    assert parse("2011/..").begun_by == date(2011, 12, 31)
    assert parse("2011/..").lasts_until == NEVER_OVER
    assert parse("../2011").begun_by == ALWAYS_BEGUN
    assert parse("../2011").lasts_until == date(2011, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1984?",
        "1984%",
        "199X?",
        "2011~/2017?",
        "2011/2017?",
        "2011%/..",
        "../2011%",
        "2011?/",
    ],
)
def test_what_is_doubted_is_never_sure(text: str) -> None:
    assert parse(text).begun_by is None
    assert parse(text).lasts_until is None


# --- what a date is called ------------------------------------------------------------------------

HUMAN = [
    ("1959", "1959"),
    ("0800", "0800"),
    ("2012-09", "Sep 2012"),
    ("2012-05", "May 2012"),
    ("2018-01-24", "24 Jan 2018"),
    ("1959-04-07", "7 Apr 1959"),
    ("1860~", "c. 1860"),
    ("1984?", "1984?"),
    ("1984%", "c. 1984?"),
    ("2012-09~", "c. Sep 2012"),
    ("2018-01-24%", "c. 24 Jan 2018?"),
    ("199X", "1990s"),
    ("199X~", "c. 1990s"),
    ("19XX", "1900–99"),
    ("1959-21", "spring 1959"),
    ("1959-22", "summer 1959"),
    ("1959-23", "autumn 1959"),
    ("1959-24", "winter 1959"),
    ("1959-21?", "spring 1959?"),
    ("2004-XX", "2004, month unknown"),
    ("2004-XX?", "2004?, month unknown"),
    ("1985-04-XX", "Apr 1985, day unknown"),
    ("1985-04-XX%", "c. Apr 1985?, day unknown"),
    ("1985-XX-XX", "1985, day unknown"),
    ("2011/2017", "2011–17"),
    ("2001/2009", "2001–09"),
    ("1998/2004", "1998–2004"),
    ("2011/2011", "2011"),
    ("2017-10-25/2017-10-27", "25–27 Oct 2017"),
    ("2017-10-25/2017-10-25", "25 Oct 2017"),
    ("2019-09-30/2019-10-02", "30 Sep – 2 Oct 2019"),
    ("2019-09-02/2019-10-02", "2 Sep – 2 Oct 2019"),
    ("2019-12-30/2020-01-02", "30 Dec 2019 – 2 Jan 2020"),
    ("2019-10-02/2020-10-02", "2 Oct 2019 – 2 Oct 2020"),
    ("2011-03/2011-05", "Mar–May 2011"),
    ("2010-10/2011-03", "Oct 2010 – Mar 2011"),
    ("1959-21/1959-23", "spring–autumn 1959"),
    ("1959-24/1960-21", "winter 1959 – spring 1960"),
    # ends of two precisions, or qualified, or unspecified: each in full
    ("2011/2017-03", "2011 – Mar 2017"),
    ("2017-10-25/2017-11", "25 Oct 2017 – Nov 2017"),
    ("2011~/2017", "c. 2011 – 2017"),
    ("2011/2017?", "2011 – 2017?"),
    ("199X/200X", "1990s – 2000s"),
    ("18XX/19XX", "1800–99 – 1900–99"),
    ("2004-XX/2006", "2004, month unknown – 2006"),
    ("2011/..", "since 2011"),
    ("2011-03-05~/..", "since c. 5 Mar 2011"),
    ("../2011", "until 2011"),
    ("../2011?", "until 2011?"),
    ("2011/", "2011–?"),
    ("2019-04/", "Apr 2019 – ?"),
    ("2011?/", "2011? – ?"),
    ("/2011", "?–2011"),
    ("/2019-04", "? – Apr 2019"),
    ("[2019..2020]", "between 2019 and 2020"),
    ("[2019..2019]", "2019"),
    ("[2019-04..2020-03]", "between Apr 2019 and Mar 2020"),
    ("[2019..2020-03]", "between 2019 and Mar 2020"),
]


@pytest.mark.parametrize(("text", "human"), HUMAN)
def test_human(text: str, human: str) -> None:
    assert parse(text).human == human


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2018-01-24", "day"),
        ("2012-09", "month"),
        ("1985-04-XX", "month"),
        ("1959-21", "season"),
        ("1959~", "year"),
        ("2004-XX", "year"),
        ("1985-XX-XX", "year"),
        ("199X", "decade"),
        ("19XX?", "century"),
        ("2011-03-05/2012", "year"),
        ("2011/2012-03-05", "year"),
        ("1959-21/1960-03", "season"),
        ("1959-21/1960", "year"),
        ("199X/2004-02", "decade"),
        ("2011-03/..", "month"),
        ("/2011-03-05", "day"),
        ("[2019..2020-03]", "year"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    assert parse(text).precision == precision


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("1959", ""),
        ("199X", ""),
        ("1860~", "approximate"),
        ("1984?", "uncertain"),
        ("1984%", "approximate uncertain"),
        ("2011/2017", "interval"),
        ("2011~/2017?", "interval approximate uncertain"),
        ("2011/..", "interval open"),
        ("../2011", "interval open"),
        ("2011/", "interval unknown"),
        ("/2011", "interval unknown"),
        ("2011~/", "interval approximate unknown"),
        ("[2019..2020]", "once"),
    ],
)
def test_properties(text: str, properties: str) -> None:
    parsed = parse(text)
    flags = {
        "interval": parsed.is_interval,
        "once": parsed.is_once,
        "approximate": parsed.is_approximate,
        "uncertain": parsed.is_uncertain,
        "open": parsed.is_open,
        "unknown": parsed.has_unknown_end,
    }
    assert {name for name, is_so in flags.items() if is_so} == set(properties.split())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1959-04", "1959-04", "1959-04"),
        ("[2019..2020]", "[2019..2020]", "[2019..2020]"),
        ("2011~/2017-03", "2011~", "2017-03"),
        ("2011-05/..", "2011-05", None),
        ("../2011", None, "2011"),
        ("2011/", "2011", None),
        ("/2011?", None, "2011?"),
    ],
)
def test_start_and_end(text: str, start: str | None, end: str | None) -> None:
    parsed = parse(text)
    assert parsed.start == (parse(start) if start else None)
    assert parsed.end == (parse(end) if end else None)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("1959", (1959, None, None)),
        ("0800~", (800, None, None)),
        ("1959-04", (1959, 4, None)),
        ("1959-04-07%", (1959, 4, 7)),
        ("1960-02-29", (1960, 2, 29)),
        ("1959-21?", (1959, None, None)),
        ("2004-XX", (2004, None, None)),
        ("1985-04-XX~", (1985, 4, None)),
        ("1985-XX-XX", (1985, None, None)),
        ("199X", (None, None, None)),
        ("19XX~", (None, None, None)),
        ("2011-05-06/2017", (None, None, None)),
        ("[2019-04..2020-03]", (None, None, None)),
    ],
)
def test_what_is_stated(text: str, stated: tuple[int | None, ...]) -> None:
    parsed = parse(text)
    assert (parsed.year, parsed.month, parsed.day) == stated


def test_order_is_by_what_is_written_the_less_exact_first() -> None:
    in_order = [
        "../1950",  # since ever
        "/1960",
        "1859",
        "1859-06",
        "186X",
        "1860%",  # no mark moves the day, but about is less exact
        "1860~",
        "1860",
        "1860-03",
        "199X",
        "2011",
        "2011-21",
        "2011?",
        "2011/2012",
        "[2011..2012]",
        "2011/",  # no latest day
        "2011/..",
        "2011-01",
        "[2011-01..2011-03]",
        "2011-01-01~",
        "2011-01-01",
        "2011-01-01/2017",
        "2011-01-02",
    ]
    dates = [parse(text) for text in reversed(in_order)]
    assert [parsed.text for parsed in sorted(dates)] == in_order
    assert [
        parsed.text for parsed in sorted(dates, key=lambda parsed: parsed.sort_key)
    ] == in_order
    assert (min(dates).text, max(dates).text) == (in_order[0], in_order[-1])


def test_in_reverse_the_last_days_decide_and_the_more_exact_comes_first() -> None:
    in_order = ["2011/..", "2011-12-31", "2011-12", "2011/2011-12", "2011", "2009/2011", "2011~",
                "2010", "2008/2010", "186X", "1860", "1860~", "1859"]  # fmt: skip
    dates = [parse(text) for text in sorted(in_order)]
    ordered = sorted(dates, key=lambda parsed: parsed.reverse_key, reverse=True)
    assert [parsed.text for parsed in ordered] == in_order


def test_a_date_has_no_order_with_what_is_none() -> None:
    with pytest.raises(TypeError, match="a date does not compare with Span"):
        assert parse("1959") < parse_span("1960")


# --- what is no date ------------------------------------------------------------------------------

# fmt: off
UNKNOWN_FORMS = [
    "", " ", "x", "spring 1959", "today", "ca. 1860", "c1860", "1959 ", " 1959", "1959\n",
    "1959-4", "1959-4-7", "1959-04-7", "195", "19590", "19590407", "1959/04/07", "1959.04", "59",
    "07-04-1959", "1959–60", "1959−04", "١٩٥٩", "１９５９", "199x", "199", "1990s", "1950s",
    "-0044", "-1959", "Y17000000", "Y1959", "y17e8", "1959S2", "+1959",
    "1959-04-07T10:00", "1959-04-07T10:00:00Z", "1959-04-07 10:00", "10:00",
    # level 2: a part qualified, digits unspecified elsewhere, other sets
    "2004-~06", "~2004", "?2004", "2004~-06", "2004?-06-11", "2004-06~-11", "2004-06-~11",
    "1XXX", "XXXX", "1X99", "156X-12-25", "15XX-12", "XXXX-12", "2004-1X", "1985-XX-04", "1984-1X",
    "1985-04-1X", "1985-0X", "1985-XX-X4", "199X-XX", "199X-21",
    "[2019..]", "[..2020]", "[2019]", "[2019,2020]", "[2019, 2020]", "[2019..2020", "2019..2020]",
    "{2019..2020}", "{2019,2020}", "[2019...2020]", "[2019..2020..2021]", "[2019/2020]", "[]", "[",
    "[..]", "[2019~..2020]", "[2019..2020?]", "[2019..2020%]", "[2019..2020]~", "[2019 .. 2020]",
    # short forms are for spans
    "2009..2012", "..1960", "2020..", "..", "....",
    # marks and separators astray
    "1984?~", "1984~?", "1984??", "1984%~", "?", "~", "%", "-", "--", "X", "1984-", "1984-?",
    "2011/2012/2013", "2011//", "2011/...", "2011/now", "open/2011", "2011/unknown", "2011 / 2017",
    "2011--2017", "2011/..~", "..?/2011", "2011/?", "[2019..2020]/2021", "1950s/1960s",
]
# fmt: on


@pytest.mark.parametrize("text", UNKNOWN_FORMS)
def test_unknown_forms_are_refused_and_the_known_ones_named(text: str) -> None:
    with pytest.raises(
        DateError, match=r"is not a date in a known form.*: write 1959, .*2011/\.\."
    ):
        parse(text)


FORMS = (
    "write 1959, 1959-04, 1959-04-07, 1959-21 (spring), 199X, 1860~, 1984?, 2011/2017, 2011/.. "
    "or [2019-04..2020-03]"
)
NO_DAY = "; write {} where the day is not known"
NO_MONTH = (
    "there is no month {}; write 1959-01 to 1959-12, or for a season 1959-21 to 1959-24"
)
BACKWARDS = "ends before it begins; write the earlier date first, as in 2011/2017"
BACKWARDS_TEXTS = "2012/2009 2012-03/2012-02-28 2012/2011~ [2020..2019]"
NOTHING = "says nothing: an interval needs a date at one end at least; write 2011/.. or ../2017"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1959-02-30", f"February 1959 has 28 days{NO_DAY.format('1959-02')}"),
        ("2012-02-30", f"February 2012 has 29 days{NO_DAY.format('2012-02')}"),
        ("1900-02-29", f"February 1900 has 28 days{NO_DAY.format('1900-02')}"),
        ("1959-04-31~", f"April 1959 has 30 days{NO_DAY.format('1959-04')}"),
        ("9999-12-32", f"December 9999 has 31 days{NO_DAY.format('9999-12')}"),
        ("1959-04-00", f"there is no day 00{NO_DAY.format('1959-04')}"),
        (
            "[2019-04..2020-02-30]",
            f"February 2020 has 29 days{NO_DAY.format('2020-02')}",
        ),
        ("1959-13", NO_MONTH.format("13")),
        ("1959-00", NO_MONTH.format("00")),
        ("1959-20", NO_MONTH.format("20")),
        # level 2: seasons of one half of the globe, quarters
        ("1959-25", NO_MONTH.format("25")),
        ("1959-41", NO_MONTH.format("41")),
        ("1959-21-04", NO_MONTH.format("21")),
        ("1959-21-XX", NO_MONTH.format("21")),
        ("1959-13-XX", NO_MONTH.format("13")),
        ("2011/1959-13", NO_MONTH.format("13")),
    ],
)
def test_what_is_wrong_is_said_first_and_then_what_to_write(
    text: str, message: str
) -> None:
    with pytest.raises(DateError) as refusal:
        parse(text)
    assert str(refusal.value) == f"'{text}' is not a date: {message}"


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ("0000 0000-01 000X 00XX -0044 -1959 -0044/2000 2011/0000 Y17000000 Y-17000000 Y17E8",
         "years run from 0001 to 9999"),
        ("1959-04-07T10:00 1959-04-07T10:00:00Z 1959-04-07T10:00/1959-04-08 10:00",
         "times of day are not kept"),
        ("[2019,2020] [2019..] [..2020] {2019..2020} {2019,2020} [2019~..2020] [2019..2020?]",
         "the only set allowed is [a..b], without marks"),
        ("~2004 2004-~06 2004~-06 2004?-06-11 2004-06-%11 1984?~ 2004-~06/2005",
         "only one mark is allowed, at the end of the date"),
        ("1XXX XXXX 156X-12-25 15XX-12 1984-1X 1985-XX-04 1985-04-1X 199X-21 2004/2005-1X",
         "X can replace only the last digits of a year, or a whole month or day"),
    ],
)  # fmt: skip
def test_what_is_well_known_and_not_taken_is_told_why(texts: str, why: str) -> None:
    for text in texts.split():
        with pytest.raises(DateError) as refusal:
            parse(text)
        message = f"'{text}' is not a date in a known form, since {why}: {FORMS}"
        assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spring 1959", f"is not a date in a known form: {FORMS}"),
        *((text, BACKWARDS) for text in BACKWARDS_TEXTS.split()),
        *((text, NOTHING) for text in ("../..", "/", "../", "/..")),
    ],
)
def test_messages(text: str, message: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse(text)
    assert str(refusal.value) == f"'{text}' {message}"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("1959\n", r"'1959\n'"),
        ("it's", '"it\'s"'),
        ("\x1b[31m", r"'\x1b[31m'"),
        ("昭和34年", "'昭和34年'"),
        ("a" * 58, "'" + "a" * 58 + "'"),
        ("a" * 59, "'" + "a" * 57 + "…'"),
        ("a" * 100_000, "'" + "a" * 57 + "…'"),
    ],
)
def test_messages_quote_any_text_in_one_short_printable_piece(
    text: str, quoted: str
) -> None:
    with pytest.raises(DateError) as refusal:
        parse(text)
    assert str(refusal.value).startswith(f"{quoted} is not a date")
    assert len(quoted) <= 60


# --- what a question asks for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *BOUNDS,
        ("1950s", "1950-01-01", "1959-12-31"),
        ("1900s", "1900-01-01", "1909-12-31"),
        ("2000s", "2000-01-01", "2009-12-31"),
        ("2009..2012", "2009-01-01", "2012-12-31"),
        ("2009-03..2012-04-05", "2009-03-01", "2012-04-05"),
        ("2009..2009", "2009-01-01", "2009-12-31"),
        ("..1960", "", "1960-12-31"),
        ("..1960-04-07", "", "1960-04-07"),
        ("2020..", "2020-01-01", ""),
        ("1860~..1900", "1859-01-01", "1900-12-31"),
        ("1950s..1970s", "1950-01-01", "1979-12-31"),
        ("2009-2012", "2009-01-01", "2012-12-31"),
        ("2009–2012", "2009-01-01", "2012-12-31"),
        ("1950s-1970s", "1950-01-01", "1979-12-31"),
        ("1950s..", "1950-01-01", ""),
    ],
)
def test_spans(text: str, first: str, last: str) -> None:
    assert parse_span(text) == Span(day(first), day(last))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "1955s",
            "is not a date in a known form: write .*; for a span also 1950s, 2009..2012, ",
        ),
        (
            "the fifties",
            "is not a date in a known form: write .*; for a span also 1950s",
        ),
        ("2009....", "is not a date in a known form"),
        ("2009...2012", "is not a date in a known form"),
        ("....", "is not a date in a known form"),
        ("1..2..3", "is not a date in a known form"),
        ("", "is not a date in a known form"),
        ("1950s/1960s", "is not a date in a known form"),
        ("[..1960", "is not a date in a known form"),
        ("0000s", "'0000s' is not a date in a known form"),
        ("..", "'..' says nothing"),
        ("2012..2009", "'2012..2009' ends before it begins"),
        ("1959-13..", "'1959-13..' is not a date: there is no month 13"),
    ],
)
def test_what_is_no_span(text: str, message: str) -> None:
    with pytest.raises(DateError, match=message):
        parse_span(text)


# --- certain, possible, neither -------------------------------------------------------------------
# For dates and filters there is a table, certainty.txt.


@pytest.mark.parametrize(
    "text", ["1959", "199X", "2011/2017", "2011/..", "../2011", "/2011", "2011/"]
)
def test_all_time_holds_every_date(text: str) -> None:
    assert certainty(parse(text), Span(None, None)) == "certain"


# --- properties -----------------------------------------------------------------------------------

YEARS = st.integers(1, 9999).map("{:04}".format)
MONTHS = st.dates().map("{:%m}".format)
DAYS = st.dates().map(date.isoformat)
YEAR_MONTHS = st.builds("{}-{}".format, YEARS, MONTHS)
SEASONS = st.builds("{}-{}".format, YEARS, st.sampled_from(["21", "22", "23", "24"]))
UNSPECIFIED = st.one_of(
    st.integers(1, 999).map("{:03}X".format),
    st.integers(1, 99).map("{:02}XX".format),
    YEARS.map("{}-XX".format),
    YEARS.map("{}-XX-XX".format),
    YEAR_MONTHS.map("{}-XX".format),
)
PLAIN = st.one_of(YEARS, YEAR_MONTHS, DAYS)
UNQUALIFIED = st.one_of(PLAIN, SEASONS, UNSPECIFIED)
MOMENTS = st.builds("{}{}".format, UNQUALIFIED, st.sampled_from(["", "?", "~", "%"]))


def in_order(form: str, ends: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(ends, min_size=2, max_size=2).map(
        lambda pair: form.format(*sorted(pair))
    )


def is_date(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


HALF_KNOWN = st.one_of(
    *(MOMENTS.map(form.format) for form in ("{}/..", "../{}", "{}/", "/{}")),
)
WHOLE_INTERVALS = in_order("{}/{}", MOMENTS).filter(is_date)
SETS = in_order("[{}..{}]", UNQUALIFIED).filter(is_date)
TEXTS = st.one_of(MOMENTS, WHOLE_INTERVALS, HALF_KNOWN, SETS)
DATES = TEXTS.map(parse)
BOUND_DAYS = st.one_of(st.none(), st.dates())


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = draw(BOUND_DAYS), draw(BOUND_DAYS)
    return Span(last, first) if first and last and last < first else Span(first, last)


def overlap(edtf_date: Date, span: Span) -> bool:
    return not (
        (edtf_date.earliest and span.last and edtf_date.earliest > span.last)
        or (edtf_date.latest and span.first and edtf_date.latest < span.first)
    )


@modest
@given(TEXTS)
def test_text_is_kept_to_the_byte(text: str) -> None:
    assert parse(text).text == str(parse(text)) == f"{parse(text)}" == text
    assert parse(str(parse(text))) == parse(text)


@modest
@given(DATES)
def test_what_is_sure_lies_within_the_bounds(edtf_date: Date) -> None:
    if edtf_date.earliest and edtf_date.latest:
        assert edtf_date.earliest <= edtf_date.latest
    if edtf_date.begun_by and edtf_date.latest:
        assert edtf_date.begun_by <= edtf_date.latest
    if edtf_date.lasts_until and edtf_date.earliest:
        assert edtf_date.lasts_until >= edtf_date.earliest
    assert (
        edtf_date.is_uncertain
        == (edtf_date.begun_by is None)
        == (edtf_date.lasts_until is None)
    )


@modest
@given(DATES, spans())
def test_certain_implies_overlap_and_none_its_absence(
    edtf_date: Date, span: Span
) -> None:
    assert (certainty(edtf_date, span) is not None) == overlap(edtf_date, span)


@modest
@given(DATES, spans(), st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_wider_span_loses_no_certainty(
    edtf_date: Date, span: Span, before: int, after: int
) -> None:
    try:
        wider = Span(
            span.first and span.first - timedelta(days=before),
            span.last and span.last + timedelta(days=after),
        )
    except OverflowError:
        wider = Span(None, None)
    rank = (None, "possible", "certain").index
    assert rank(certainty(edtf_date, wider)) >= rank(certainty(edtf_date, span))


@modest
@given(DATES, DATES)
def test_order_agrees_with_what_is_written(first: Date, second: Date) -> None:
    def first_day(edtf_date: Date) -> date:
        written = parse(re.sub(r"[~%]", "", edtf_date.text))
        return written.earliest or date.min

    if first.sort_key < second.sort_key:
        assert first_day(first) <= first_day(second)


@modest
@given(DATES, DATES, DATES)
def test_order_is_total(a: Date, b: Date, c: Date) -> None:
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a <= b) == (a < b or a == b) == (b >= a)
    first, second, last = sorted([a, b, c])
    assert first <= second <= last
    assert first <= last


@modest
@given(DATES)
def test_human_is_never_more_precise(edtf_date: Date) -> None:
    """The words of a date show no number that its text does not hold, and no month or
    season.
    """
    without_mark = edtf_date.human.replace("c. ", "")
    numbers = {int(number) for number in re.findall(r"[0-9]+", without_mark)}
    stated = {
        int(number)
        for number in re.findall(r"[0-9]+", edtf_date.text.replace("X", "0"))
    }
    shortened = {number % 100 for number in stated} | {99}
    assert numbers <= stated | shortened
    months = re.findall(r"\b[A-Z][a-z]{2}\b", without_mark)
    assert len(months) <= len(re.findall(r"[0-9]{4}-(?:0[1-9]|1[0-2])", edtf_date.text))


@modest
@given(DATES)
def test_human_is_printable_and_marks_every_doubt(edtf_date: Date) -> None:
    assert edtf_date.human.isprintable()
    assert ("c. " in edtf_date.human) == edtf_date.is_approximate
    if edtf_date.is_uncertain:
        assert "?" in edtf_date.human


def message_of(read: Callable[[str], object], text: str) -> str:
    try:
        read(text)
    except DateError as error:
        return str(error)
    return ""


@modest
@given(st.one_of(st.text(), st.text(alphabet="0123456789X-/.[]?~%s ,{}"), TEXTS))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    for read in (parse, parse_span):
        message = message_of(read, text)
        assert message.isprintable()
        assert len(message) < 400


# Small worlds, where every course of events can be tried.
WORLD = date(2011, 1, 28)
PRECISE = st.integers(0, 8).map(lambda days: (WORLD + timedelta(days=days)).isoformat())
SMALL_ENDS = st.one_of(PRECISE, st.sampled_from(["2011-01", "2011-02", "2011-01-XX"]))
SMALL_SPANS = in_order("{}..{}", PRECISE).map(parse_span)


def days_of(text: str) -> list[date]:
    parsed = parse(text)
    assert parsed.earliest
    assert parsed.latest
    length = (parsed.latest - parsed.earliest).days + 1
    return [parsed.earliest + timedelta(days=days) for days in range(length)]


def judged(touches: list[bool]) -> str | None:
    if not any(touches):
        return None
    return "certain" if all(touches) else "possible"


@modest
@given(SMALL_ENDS, SMALL_ENDS, SMALL_SPANS)
def test_a_duration_is_certain_when_every_course_touches_the_span(
    a: str, b: str, s: Span
) -> None:
    courses = [
        (start, end) for start in days_of(a) for end in days_of(b) if start <= end
    ]
    assume(courses)
    assert s.first
    assert s.last
    touches = [start <= s.last and end >= s.first for start, end in courses]
    assert certainty(parse(f"{a}/{b}"), s) == judged(touches)


@modest
@given(st.one_of(SMALL_ENDS, in_order("[{}..{}]", PRECISE)), SMALL_SPANS)
def test_a_moment_is_certain_when_every_day_lies_in_the_span(
    text: str, s: Span
) -> None:
    assert s.first
    assert s.last
    touches = [s.first <= moment <= s.last for moment in days_of(text)]
    assert certainty(parse(text), s) == judged(touches)


# Another reader of EDTF. Where the two differ, a table in docs/dates.md says how and
# who is right.
PLAIN_INTERVALS = in_order("{}/{}", PLAIN).filter(is_date)
OPEN_INTERVALS = st.one_of(PLAIN.map("{}/..".format), PLAIN.map("../{}".format))
# Sets of two ends of one precision, as it wants them.
EVEN_SETS = st.one_of(
    *(in_order("[{}..{}]", ends) for ends in (YEARS, YEAR_MONTHS, DAYS))
)
ABOUT_YEARS = st.one_of(
    YEARS.map("{}~".format),
    st.integers(2, 998).map("{:03}X~".format),  # it goes beyond the years 1 to 9999
    st.integers(2, 98).map("{:02}XX~".format),
).filter(lambda text: text not in ("0001~", "9999~"))
ABOUT_INTERVALS = in_order("{}/{}", st.integers(2, 9998).map("{:04}~".format)).filter(
    is_date
)


def bounds_by_another_reader(text: str) -> list[tuple[int, ...] | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = parse_edtf(text)
        bounds = [other.lower_fuzzy(), other.upper_fuzzy()]
    return [None if isinstance(day, float) else tuple(day[:3]) for day in bounds]


@modest
@given(
    st.one_of(
        PLAIN,
        UNSPECIFIED,
        PLAIN_INTERVALS,
        OPEN_INTERVALS,
        EVEN_SETS,
        ABOUT_YEARS,
        ABOUT_INTERVALS,
    )
)
def test_bounds_agree_with_another_reader_of_edtf(text: str) -> None:
    parsed = parse(text)
    bounds = [day and day.timetuple()[:3] for day in (parsed.earliest, parsed.latest)]
    assert bounds == bounds_by_another_reader(text)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("14 July 2009", "2009-07-14"),
        ("14 Jul 2009", "2009-07-14"),
        ("March 3, 2010", "2010-03-03"),
        ("14.7.2009", "2009-07-14"),
        ("2009/7/4", "2009-07-04"),
        ("2009-7-4", "2009-07-04"),
        ("July 2009", "2009-07"),
        ("c. 1860", "1860~"),
        ("About 1860", "1860~"),
        ("1990s", "199X"),
        ("2011-2017", "2011/2017"),
        ("2011 – 2017", "2011/2017"),
        ("April 7 1959", "1959-04-07"),
        ("7th April 1959", "1959-04-07"),
        ("07.04.1959", "1959-04-07"),
        ("19590407", "1959-04-07"),
        ("1959-4", "1959-04"),
        ("1959-4-7", "1959-04-07"),
        ("spring 1959", "1959-21"),
        ("Summer of 1959", "1959-22"),
        ("fall 1959", "1959-23"),
        ("Winter 1959", "1959-24"),
        ("ca. 1860", "1860~"),
        ("~1860", "1860~"),
        ("the 1990s", "199X"),
        ("199x", "199X"),
        ("1959-60", "1959/1960"),
        ("1959–60", "1959/1960"),
        ("2011/17", "2011/2017"),
        ("2011 to 2017", "2011/2017"),
        ("since 2011", "2011/.."),
        ("2011-present", "2011/.."),
        ("2011/open", "2011/.."),
        ("2011/unknown", "2011/"),
        ("2017-2011", None),  # it ends before it begins
        ("0000s", None),  # there is no such year
        ("1959-13", None),
        ("1959/04", "1959-04"),  # no span, since 1904 comes before
        ("2011/12", None),  # December, or two years
        ("winter 1959-60", None),
        ("early 1960s", None),
        ("7/4/2009", None),
        ("2010-02-30", None),
        ("31 June 2009", None),
        ("soon", None),
    ],
)
def test_the_edtf_of_what_people_write(written: str, edtf: str | None) -> None:
    assert meant(written) == edtf
    assert edtf is None or parse(edtf).text == edtf


@pytest.mark.parametrize("text", ["spring 1959", "1959-4", "14 July 2009", "1959-60"])
def test_who_types_a_plain_date_is_told_its_edtf(text: str) -> None:
    with pytest.raises(DateError, match=rf"did you mean '{meant(text)}'\?$"):
        parse_span(text)


@modest
@given(st.one_of(st.text(), st.text(alphabet="0123456789 -–/.~Xsx"), TEXTS))
def test_what_is_meant_is_a_date(text: str) -> None:
    suggested = meant(text)
    assert suggested is None or parse(suggested).text == suggested


@examples(400)
@given(TEXTS)
def test_what_is_printed_for_people_reads_back(text: str) -> None:
    date = parse(text)
    read = meant(date.human)
    assert read is not None
    span = parse_span(read)
    assert (span.first, span.last) == (date.earliest, date.latest)
    # `1900–99` is printed of a century, and of the years 1900 to 1999.
    place = FINE_TO_COARSE.index
    assert place(parse(read).precision) >= place(date.precision)


# --- dates beside dates ---------------------------------------------------------------------------

BESIDE = [
    # one, other, before, overlaps, contains
    ("1958", "1959", "certain", None, None),
    ("1959", "1958", None, None, None),
    ("1958-12-31", "1959-01-01", "certain", None, None),
    ("1959", "1959", "possible", "possible", "possible"),  # two days of one year
    ("1959-04-07", "1959-04-07", None, "certain", "certain"),
    ("1959", "1959-04-07", "possible", "possible", "possible"),
    ("1959-04-07", "1959-01", None, None, None),
    ("199X", "1995", "possible", "possible", "possible"),
    ("1860~", "1859-02", "possible", "possible", "possible"),
    ("1858", "1860~", "certain", None, None),  # no mark proves anything
    ("1958", "1960?", "possible", None, None),
    ("1950%", "1959", "possible", None, None),
    ("1984?", "1984-05-06", "possible", "possible", "possible"),
    ("2011/2017", "2014", None, "certain", "certain"),
    ("2011/2017", "2014-05/2015", None, "certain", "certain"),
    ("2014", "2011/2017", None, "certain", None),  # a day holds no years
    ("2011/2017", "2011-06", None, "possible", "possible"),
    ("2011/2017", "2018", "certain", None, None),
    ("2011/2017", "2017-06", "possible", "possible", "possible"),
    ("2011/2017", "2016/2020", None, "certain", None),
    ("2016/2020", "2011/2017", None, "certain", None),
    ("2017-10-25/2017-10-27", "2017-10-26", None, "certain", "certain"),
    ("2017-10/2017-10", "2017-10-26", "possible", "possible", "possible"),
    ("2017-10-26", "2017-10/2017-10", "possible", "possible", "possible"),
    ("2011/..", "2020", None, "certain", "certain"),
    ("2011/..", "2020/..", None, "certain", "certain"),
    ("2020/..", "2011/..", None, "certain", None),
    ("2020/2030", "2011/..", None, "certain", None),
    ("2010", "2011/..", "certain", None, None),
    ("../2011", "2012", "certain", None, None),
    ("../2011", "1066", None, "certain", "certain"),
    ("2011/", "2020", "possible", "possible", "possible"),
    ("2011/", "2012/2013", "possible", "possible", "possible"),
    ("2012/2013", "2011/", None, "possible", None),
    ("/2011", "2010", None, "possible", "possible"),
    ("[2019-04..2020-03]", "2020", "possible", "possible", "possible"),
    ("[2019-04..2020-03]", "2021", "certain", None, None),
    ("1950/1959", "1959", "possible", "possible", "possible"),
]


@pytest.mark.parametrize(
    ("first", "second", "is_before", "has_in_common", "holds"), BESIDE
)
def test_dates_beside_dates(
    first: str,
    second: str,
    is_before: str | None,
    has_in_common: str | None,
    holds: str | None,
) -> None:
    a, b = parse(first), parse(second)
    assert (before(a, b), overlaps(a, b), contains(a, b)) == (
        is_before,
        has_in_common,
        holds,
    )
    assert overlaps(b, a) == has_in_common
    is_about = a.is_approximate or b.is_approximate
    assert precedes(a, b) is (is_before == "certain" and not is_about)


@pytest.mark.parametrize(
    ("span", "text", "holds"),
    [
        ("1959", "1959-04", "certain"),
        ("1959", "1959", "certain"),
        ("1959-04", "1959", "possible"),
        ("2009..2012", "2010/2011", "certain"),
        ("2009..2012", "2010/2012", "certain"),
        ("2009..2012", "2010/2013", None),
        ("2009..2012", "2010/", "possible"),
        ("2009..", "2010/..", "certain"),
        ("1860", "1860~", "possible"),
        ("1859..1861", "1860~", "certain"),
        ("2018-01-24", "2018-01", "possible"),
    ],
)
def test_a_span_holds_what_lies_within_all_its_days(
    span: str, text: str, holds: str | None
) -> None:
    assert contains(parse_span(span), parse(text)) == holds


SIDES = st.one_of(DATES, spans())


@modest
@given(SIDES, SIDES)
def test_relations_agree_with_each_other(
    first: Date | Span, second: Date | Span
) -> None:
    if contains(first, second):
        assert overlaps(first, second)
    if contains(first, second) == "certain":
        assert overlaps(first, second) == "certain"
    assert overlaps(first, second) == overlaps(second, first)
    if "certain" in {before(first, second), before(second, first)}:
        assert overlaps(first, second) is None
    if overlaps(first, second) == "certain":
        assert before(first, second) is before(second, first) is None
    assert before(first, second) or before(second, first) or overlaps(first, second)


# Every course of two dates of a few days, where an end that is not known comes within
# three weeks or not at all.
MARKED = st.builds("{}{}".format, PRECISE, st.sampled_from(["", "", "?", "~", "%"]))
SMALL_DATES = st.one_of(
    MARKED,
    in_order("[{}..{}]", PRECISE),
    in_order("{}/{}", MARKED).filter(is_date),
    *(MARKED.map(form.format) for form in ("{}/..", "../{}", "{}/", "/{}")),
)
FAR = timedelta(days=21)
ALWAYS, NEVER = WORLD - FAR * 2, WORLD + FAR * 2


def courses_of(text: str) -> list[tuple[date, date]]:
    """Return each first and last day of what may have been."""
    start, slash, end = text.partition("/")
    if not slash:
        return [(day, day) for day in days_of(text)]
    starts = days_of(start) if start.strip(".") else [ALWAYS]
    ends = days_of(end) if end.strip(".") else [NEVER]
    if not start:
        starts += [
            day - timedelta(days=back) for day in ends for back in range(FAR.days)
        ]
    if not end:
        ends += [day + timedelta(days=on) for day in starts for on in range(FAR.days)]
    return [
        (first, last) for first in set(starts) for last in set(ends) if first <= last
    ]


@modest
@given(SMALL_DATES, SMALL_DATES)
def test_relations_are_those_of_all_courses(first: str, second: str) -> None:
    pairs = [(a, b) for a in courses_of(first) for b in courses_of(second)]
    is_doubted = any(mark in first + second for mark in "?%")

    def expected(holds: list[bool]) -> str | None:
        answer = judged(holds)
        return "possible" if answer and is_doubted else answer

    a, b = parse(first), parse(second)
    assert before(a, b) == expected([x[1] < y[0] for x, y in pairs])
    assert overlaps(a, b) == expected([x[0] <= y[1] and y[0] <= x[1] for x, y in pairs])
    assert contains(a, b) == expected([x[0] <= y[0] and y[1] <= x[1] for x, y in pairs])
