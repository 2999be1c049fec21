"""Round birthdays: at the precision of the date, in the span asked for, and no others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import examples, open_dataset

from citylinks import Filters, KnowledgeBase
from citylinks.dates import Span, anniversaries, certainty, parse, parse_span
from citylinks.errors import UsageError
from citylinks.files.loader import Dataset, Loaded, Origin
from citylinks.model.records import Event
from citylinks.query.filters import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 11, 22)


def span(text: str) -> Span:
    parsed = parse_span(text)
    return Span(parsed.first, parsed.last)


def falling(text: str, *spans: str, step: int = 5) -> list[tuple[str, int, str]]:
    recurrences = anniversaries.recurrences_within(
        parse(text), [span(period) for period in spans], step
    )
    return [
        (recurrence.date.text, recurrence.years, sure)
        for recurrence, sure in recurrences
    ]


# Date, span, step -> the birthdays in it.
CASES: list[tuple[str, str, int, list[tuple[str, int, str]]]] = [
    # As precise as the date, and no more.
    ("1959-04-07", "2029", 5, [("2029-04-07", 70, "certain")]),
    ("1959-04", "2029", 5, [("2029-04", 70, "certain")]),
    ("1959", "2029", 5, [("2029", 70, "certain")]),
    ("1959-XX", "2029", 5, [("2029-XX", 70, "certain")]),
    ("1959-XX-XX", "2029", 5, [("2029-XX-XX", 70, "certain")]),
    ("1959-04-XX", "2029", 5, [("2029-04-XX", 70, "certain")]),
    ("1959-21", "2029", 5, [("2029-21", 70, "certain")]),
    ("1959-24", "2029-06", 5, [("2029-24", 70, "possible")]),
    ("1959-04", "2029-04-07", 5, [("2029-04", 70, "possible")]),
    ("1959-04", "2029-05", 5, []),
    # Steps count from the date itself; the date itself is no birthday.
    ("1959", "2028", 5, []),
    ("1959", "1959", 1, []),
    ("1959", "1960", 1, [("1960", 1, "certain")]),
    ("1959", "1940..1963", 5, []),
    ("1959", "2020..2040", 25, [("2034", 75, "certain")]),
    (
        "1959",
        "2020..2040",
        5,
        [(str(1959 + n), n, "certain") for n in (65, 70, 75, 80)],
    ),
    ("1959", "..1970", 5, [("1964", 5, "certain"), ("1969", 10, "certain")]),
    ("2030", "2026..2036", 5, [("2035", 5, "certain")]),
    # Approximate and uncertain.
    ("1860~", "2030", 5, [("2030~", 170, "possible")]),
    ("1860~", "2029", 5, []),
    ("1860~", "2031", 5, []),
    ("1860~", "2028", 5, []),
    ("1959-04-07~", "2029-04-06", 5, []),
    ("1984?", "2034", 5, [("2034?", 50, "possible")]),
    ("1984?", "2033", 5, []),
    ("1984%", "2033", 5, []),
    ("1984%", "2034", 5, [("2034%", 50, "possible")]),
    # What lasted counts from its beginning.
    ("2011/2017", "2021", 5, [("2021", 10, "certain")]),
    ("2011/2017", "2022", 5, []),
    ("2011/..", "2021", 5, [("2021", 10, "certain")]),
    ("2011/", "2021", 5, [("2021", 10, "certain")]),
    ("2011/2017?", "2021", 5, [("2021", 10, "certain")]),
    ("2011~/2017", "2021", 5, [("2021~", 10, "possible")]),
    ("2009-05-01/2009-05-04", "2029", 5, [("2029-05-01", 20, "certain")]),
    ("2011/202X", "2021", 5, [("2021", 10, "certain")]),
    ("../1965", "1900..2030", 5, []),
    ("/1965", "1900..2030", 5, []),
    ("195X/1965", "1900..2030", 5, []),
    # Once within a year at most.
    ("[2019-04..2020-03]", "2029", 5, [("[2029-04..2030-03]", 10, "possible")]),
    (
        "[2019-04..2020-03]",
        "2029-04..2030-03",
        5,
        [("[2029-04..2030-03]", 10, "certain")],
    ),
    ("[2019-04-01..2020-04-01]", "1900..2040", 5, []),
    ("[2019..2020]", "1900..2040", 5, []),
    ("[2019-03..2019-05]", "2024", 5, [("[2024-03..2024-05]", 5, "certain")]),
    # Too vague.
    ("195X", "1900..2040", 5, []),
    ("19XX", "1900..2040", 5, []),
    ("195X~", "1900..2040", 5, []),
    # 29 February.
    ("1960-02-29", "2030", 5, [("2030-02-28", 70, "certain")]),
    ("1960-02-29", "2040", 5, [("2040-02-29", 80, "certain")]),
    ("1960-02-29", "2030-03", 5, []),
    ("1960-02-29~", "2030-03-01", 5, []),
    ("1960-02-29?", "2030", 5, [("2030-02-28?", 70, "possible")]),
    ("2000-02-29", "2100", 100, [("2100-02-28", 100, "certain")]),
    (
        "[2020-02-29..2020-03-02]",
        "2025",
        5,
        [("[2025-02-28..2025-03-02]", 5, "certain")],
    ),
    # The last year.
    ("9994", "9999", 5, [("9999", 5, "certain")]),
    ("9996", "9000..9999", 5, []),
    ("9994~", "9999", 5, [("9999~", 5, "possible")]),
    ("0001", "0006", 5, [("0006", 5, "certain")]),
    ("[9994-07..9995-06]", "9990..9999", 5, []),
]


@pytest.mark.parametrize(("date", "within", "step", "expected"), CASES, ids=str)
def test_which_birthdays_fall_in_a_span(
    date: str, within: str, step: int, expected: list[tuple[str, int, str]]
) -> None:
    assert falling(date, within, step=step) == expected


def test_a_birthday_in_two_spans_is_one() -> None:
    assert falling("1959-04", "2029-04-07", "2029") == [("2029-04", 70, "certain")]
    assert falling("1959", "2029", "2034") == [
        ("2029", 70, "certain"),
        ("2034", 75, "certain"),
    ]


@pytest.mark.parametrize(
    ("date", "years", "is_moved"),
    [("1960-02-29", 70, True), ("1960-02-29", 80, False), ("1960-02-28", 70, False),
     ("[2020-02-28..2020-02-29]", 5, True), ("1960-02", 70, False)],
)  # fmt: skip
def test_what_was_moved_says_so(date: str, years: int, is_moved: bool) -> None:
    recurrence = anniversaries.recurrence_after(parse(date), years)
    assert recurrence is not None
    assert recurrence.is_moved is is_moved


@pytest.mark.parametrize(
    ("date", "day", "expected"),
    [
        ("1959-04-07", "2029-04-06", ("2024-04-07", "2029-04-07")),
        ("1959-04-07", "2029-04-07", ("2024-04-07", "2029-04-07")),
        ("1959-04-07", "2029-04-08", ("2029-04-07", "2034-04-07")),
        ("1959", "2029-12-31", ("2024", "2029")),
        ("1959", "2030-01-01", ("2029", "2034")),
        ("1860~", "2031-06-01", ("2025~", "2030~")),
        ("2024", "2026-11-22", (None, "2029")),
        ("2040", "2026-11-22", (None, "2045")),
        ("9993", "9999-01-01", ("9998", None)),
        ("195X", "2026-11-22", (None, None)),
        ("2011/2017", "2026-11-22", ("2021", "2026")),
    ],
)
def test_the_last_and_the_next(
    date: str, day: str, expected: tuple[str | None, str | None]
) -> None:
    last, following = anniversaries.recurrences_around(
        parse(date), dt.date.fromisoformat(day), 5
    )
    assert (last and last.date.text, following and following.date.text) == expected


# -- Properties ---------------------------------------------------------------

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(dt.date.isoformat)
MOMENTS = st.builds(
    lambda day, length, mark: day[:length] + mark,
    DAYS,
    st.sampled_from((4, 7, 10)),
    st.sampled_from(("", "~", "?", "%")),
)
SPANS = st.tuples(st.dates(), st.dates()).map(lambda pair: Span(*sorted(pair)))


@given(MOMENTS, SPANS, st.integers(1, 60))
def test_a_birthday_is_the_date_some_years_on(
    text: str, within: Span, step: int
) -> None:
    for recurrence, sure in anniversaries.recurrences_within(
        parse(text), [within], step
    ):
        later = recurrence.date.text
        assert int(later[:4]) == int(text[:4]) + recurrence.years
        assert later[4:] == text[4:] or (text[4:10], later[4:10]) == (
            "-02-29",
            "-02-28",
        )
        assert recurrence.years > 0
        assert recurrence.years % step == 0
        assert certainty(recurrence.date, within) == sure


@given(MOMENTS, SPANS, st.integers(1, 60))
def test_no_birthday_is_missed(text: str, within: Span, step: int) -> None:
    born = int(text[:4])
    listed_years = {
        recurrence.years
        for recurrence, _ in anniversaries.recurrences_within(
            parse(text), [within], step
        )
    }
    for years in range(step, min(9999 - born, 400) + 1, step):
        recurrence = anniversaries.recurrence_after(parse(text), years)
        assert recurrence is not None
        # An anniversary of about 2025 is none of 2026.
        stated = parse(recurrence.date.text.rstrip("?~%"))
        is_expected = certainty(stated, within) is not None
        assert (years in listed_years) == is_expected


@given(MOMENTS, st.dates(), st.integers(1, 60))
def test_the_last_is_over_and_the_next_is_not(
    text: str, day: dt.date, step: int
) -> None:
    last, following = anniversaries.recurrences_around(parse(text), day, step)
    if last:
        assert last.date.latest is not None
        assert last.date.latest < day
    if following:
        assert following.date.latest is not None
        assert following.date.latest >= day
        assert following.years - (last.years if last else 0) == step


# -- The question against all that can be -------------------------------------

NEAR = st.builds(
    lambda first, days: Span(first, first + dt.timedelta(days)),
    st.dates(dt.date(1850, 1, 1), dt.date(2150, 12, 31)),
    st.integers(0, 20_000),
)
VARIOUS = st.one_of(
    MOMENTS.filter(lambda text: text[:4] > "0010"),
    st.sampled_from(
        ("1959-21", "1959-XX", "195X", "19XX", "2011/2017", "2011/..", "../1965", "/1965",
         "2011~/2017", "[2019-04..2020-03]", "[2019..2020]", "195X/1965", "1960-02-29",
         "1960-01-01~", "1959-12-31~", "1860~", "1959-24~", "1962/")
    ),
)  # fmt: skip


def kb_of(dates: Sequence[str]) -> KnowledgeBase:
    dataset = Dataset(())
    for number, date in enumerate(dates):
        event = Event(title="A", date=date, kind="founding")
        id_ = f"event-{number}"
        dataset.records["event"][id_] = Loaded("event", id_, event, Origin("", ""))
    return open_dataset(dataset)


@examples(60)
@given(st.lists(VARIOUS, min_size=1, max_size=12), NEAR, st.integers(1, 30))
def test_the_question_finds_what_the_arithmetic_finds(
    dates: list[str], within: Span, step: int
) -> None:
    assert within.first
    assert within.last
    filters = Filters(from_=within.first.isoformat(), to=within.last.isoformat())
    answer = kb_of(dates).anniversaries(filters, step=step)
    expected = [
        (recurrence.date.sort_key, f"event-{number}", recurrence.years, sure)
        for number, date in enumerate(dates)
        for recurrence, sure in anniversaries.recurrences_within(
            parse(date), [within], step
        )
    ]
    actual = [
        (parse(row.date).sort_key, row.record.id, row.years, row.certainty)
        for row in answer.results
    ]
    assert sorted(actual) == sorted(expected)
    assert [key for key, *_ in actual] == sorted(key for key, *_ in actual)
    assert answer.vague == sum(
        anniversaries.counting_date(parse(date)) is None for date in dates
    )


# -- Periods ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "text", "last"),
    [
        ("2026-11-22", "90d", "2027-02-20"),
        ("2026-11-22", "12m", "2027-11-22"),
        ("2026-11-22", "2Y", "2028-11-22"),
        ("2026-11-30", "3m", "2027-02-28"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2026-12-31", "1m", "2027-01-31"),
        ("2026-11-22", "999999y", "9999-12-31"),
        ("9999-12-01", "999999d", "9999-12-31"),
        ("9999-12-01", "1m", "9999-12-31"),
    ],
)
def test_a_period_is_from_today_on(today: str, text: str, last: str) -> None:
    day = dt.date.fromisoformat(today)
    assert parse_period(text, day) == Span(day, dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m",
        "-3m",
        "0d",
        "12q",
        "1.5y",
        "1000000d",
        "soon",
        "1 moon",
        "a",
        "next year",
    ],
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(UsageError, match="is not a period; write 2y, 18m or 90d"):
        parse_period(text, TODAY)


def test_a_number_alone_is_no_period() -> None:
    with pytest.raises(UsageError, match="'12' is not a period; write 12m or 12d"):
        parse_period("12", TODAY)


def test_a_step_of_no_year_leads_nowhere() -> None:
    with pytest.raises(UsageError, match="whole number from 1 up"):
        kb_of(["1959"]).anniversaries(step=0)


def test_a_step_may_be_beyond_all_years() -> None:
    assert kb_of(["1959"]).anniversaries(step=10**30).results == ()
