"""Dates as people write them, in nine languages: what they are read as, and refusals."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import examples

from citylinks.dates import (
    DateError,
    meant,
    parse,
    parse_span,
    read_as_edtf,
    span_in_words,
)
from citylinks.dates.words import MONTHS, SEASONS, WEEKDAYS, fold_words
from citylinks.errors import CitylinksError
from citylinks.query.filters import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 11, 22)
modest = examples(150)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        # days and months with a name
        ("March 2011", "2011-03"),
        ("Sept 2012", "2012-09"),
        ("Sept. 2012", "2012-09"),
        ("SEPTEMBER 2012", "2012-09"),
        ("March 11, 2011", "2011-03-11"),
        ("March 11th 2011", "2011-03-11"),
        ("the 11th of March, 2011", "2011-03-11"),
        ("2011 March 11", "2011-03-11"),
        ("11-Mar-2011", "2011-03-11"),
        ("11MAR2011", "2011-03-11"),
        ("Friday, 11 March 2011", "2011-03-11"),
        ("7 avril 1959", "1959-04-07"),
        ("le 1er avril 1959", "1959-04-01"),
        ("vendredi 11 mars 2011", "2011-03-11"),
        ("AOUT 2010", "2010-08"),
        ("déc. 2010", "2010-12"),
        ("3. März 2011", "2011-03-03"),
        ("am 3. Maerz 2011", "2011-03-03"),
        ("Jänner 2011", "2011-01"),
        ("enero de 2010", "2010-01"),
        ("1 de mayo de 2010", "2010-05-01"),
        ("1º de maio de 2010", "2010-05-01"),
        ("março de 2011", "2011-03"),
        ("marco de 2011", "2011-03"),
        ("5 giugno 2011", "2011-06-05"),
        ("1° aprile 2011", "2011-04-01"),
        # Japanese, Chinese, Korean, Arabic
        ("٢٠١١", "2011"),
        ("٥ مارس ٢٠١١", "2011-03-05"),
        ("أبريل 1999", "1999-04"),
        ("2009年4月", "2009-04"),
        ("2009 年 4 月 1 日", "2009-04-01"),
        ("２００９年４月１日", "2009-04-01"),
        ("二〇〇九年十二月三十一日", "2009-12-31"),
        ("2011年3月11日(金)", "2011-03-11"),
        ("2011年3月11日 星期五", "2011-03-11"),
        ("2009年", "2009"),
        ("2011년 3월 5일", "2011-03-05"),
        ("2011년 3월", "2011-03"),
        ("昭和34年", "1959"),
        ("平成元年", "1989"),
        ("令和2年3月5日", "2020-03-05"),
        # numbers
        ("2011/03", "2011-03"),
        ("2011/3/5", "2011-03-05"),
        ("2011.03", "2011-03"),
        ("2011. 3. 5.", "2011-03-05"),
        ("31/03/2011", "2011-03-31"),
        ("03/31/2011", "2011-03-31"),
        ("05/05/2011", "2011-05-05"),
        ("31.03.2011", "2011-03-31"),
        ("7. 4. 1959", "1959-04-07"),
        ("03/2011", "2011-03"),
        ("2019-06-30 00:00:00", "2019-06-30"),
        # one end
        ("1990-", "1990/.."),
        ("1990 –", "1990/.."),
        ("1990+", "1990/.."),
        ("1990-05+", "1990-05/.."),
        ("-1990", "../1990"),
        ("–1990", "../1990"),
        (">1990", "1991/.."),
        (">= 1990", "1990/.."),
        ("≥ March 1990", "1990-03/.."),
        ("<1990", "../1989"),
        ("<= 1990-05", "../1990-05"),
        # parts of a year, decades, centuries, about
        ("spring 2011", "2011-21"),
        ("au printemps 2011", "2011-21"),
        ("Frühjahr 2011", "2011-21"),
        ("2011年春", "2011-21"),
        ("Q1 2011", "2011-01/2011-03"),
        ("2011-Q4", "2011-10/2011-12"),
        ("2. Quartal 2011", "2011-04/2011-06"),
        ("H2 2011", "2011-07/2011-12"),
        ("first half of 2011", "2011-01/2011-06"),
        ("the second half of 2011", "2011-07/2011-12"),
        ("2. Halbjahr 2011", "2011-07/2011-12"),
        ("premier semestre 2011", "2011-01/2011-06"),
        ("2e semestre 2011", "2011-07/2011-12"),
        ("primer semestre de 2011", "2011-01/2011-06"),
        ("2011年上半期", "2011-01/2011-06"),
        ("2011年下半年", "2011-07/2011-12"),
        ("2011년 하반기", "2011-07/2011-12"),
        ("the 1960s", "196X"),
        ("les années 1960", "196X"),
        ("1960er Jahre", "196X"),
        ("años 1960", "196X"),
        ("1960年代", "196X"),
        ("21st century", "20XX"),
        ("the nineteenth century", "18XX"),
        ("XXe siècle", "19XX"),
        ("20. Jahrhundert", "19XX"),
        ("siglo XIX", "18XX"),
        ("20世紀", "19XX"),
        ("c. 1960", "1960~"),
        ("around March 2011", "2011-03~"),
        ("vers 1960", "1960~"),
        ("1960年頃", "1960~"),
        # times with one end
        ("since 2010", "2010/.."),
        ("depuis mars 2010", "2010-03/.."),
        ("2010 onwards", "2010/.."),
        ("2010年から", "2010/.."),
        ("before 1990", "../1989"),
        ("avant 1990", "../1989"),
        ("vor 1990", "../1989"),
        ("before March 2011", "../2011-02"),
        ("before 1 March 2012", "../2012-02-29"),
        ("before the 1960s", "../195X"),
        ("after 2010", "2011/.."),
        ("nach dem 31. Dezember 2010", "2011-01-01/.."),
        ("until 1995", "../1995"),
        ("jusqu'en 1995", "../1995"),
        ("2010年まで", "../2010"),
        ("before Q2 2011", "../2011-03"),
        # times with two ends
        ("1960 to 1970", "1960/1970"),
        ("from 1960 until 1970", "1960/1970"),
        ("between 1960 and 1970", "1960/1970"),
        ("entre 1960 et 1970", "1960/1970"),
        ("von 1960 bis 1970", "1960/1970"),
        ("1960 à 1970", "1960/1970"),
        ("1960〜1970", "1960/1970"),
        ("March 2011 - May 2012", "2011-03/2012-05"),
        ("Apr–Jun 2009", "2009-04/2009-06"),
        ("7 to 9 April 2009", "2009-04-07/2009-04-09"),
        ("April 7–9, 2009", "2009-04-07/2009-04-09"),
        ("du 7 au 9 avril 2009", "2009-04-07/2009-04-09"),
        ("2009年4月7日〜9日", "2009-04-07/2009-04-09"),
        ("2011–17", "2011/2017"),
        ("2009–12", "2009/2012"),
        ("1960 – present", "1960/.."),
        # from today on
        ("today", "2026-11-22"),
        ("now", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("hier", "2026-11-21"),
        ("今日", "2026-11-22"),
        ("this year", "2026"),
        ("next year", "2027"),
        ("l'année dernière", "2025"),
        ("last month", "2026-10"),
        ("this decade", "202X"),
        ("last 10 years", "2016-11-22/2026-11-22"),
        ("the past year", "2025-11-22/2026-11-22"),
        ("les 10 dernières années", "2016-11-22/2026-11-22"),
        ("die letzten 18 Monate", "2025-05-22/2026-11-22"),
        ("過去10年", "2016-11-22/2026-11-22"),
        ("next 6 weeks", "2026-11-22/2027-01-03"),
        ("10 years ago", "2016"),
        ("3 months ago", "2026-08"),
        ("il y a 10 ans", "2016"),
        ("since last year", "2025/.."),
        ("1960 to today", "1960/2026-11-22"),
    ],
)
def test_what_people_write_is_read(written: str, edtf: str) -> None:
    assert read_as_edtf(written, TODAY) == edtf
    parse(edtf)


@pytest.mark.parametrize(
    "text", ["2011-03", "1950s", "2009..2012", "1960-1970", "..1960", "2020..", "1860~"]
)
def test_edtf_and_short_forms_stay_as_they_are(text: str) -> None:
    assert read_as_edtf(text, TODAY) == text


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("01/03/2011", "can mean 2011-03-01 or 2011-01-03; write which"),
        ("04-07-1959", "can mean 1959-07-04 or 1959-04-07; write which"),
        ("2011/12", "can mean 2011-12 or 2011/2012; write which"),
        ("3/4/12", "can mean 2012-04-03, 2012-03-04 or 2003-04-12; write which"),
        ("31/03/98", "has a year of two digits; write all four, as 1998-03-31"),
        ("since 01/03/2011", "can mean 2011-03-01 or 2011-01-03"),
        ("last decade", "can mean 201X or the last 10 years"),
        ("the sixties", "does not say which century; write 1960s or 1860s"),
        ("les années 60", "does not say which century; write 1960s or 1860s"),
        ("'60s", "does not say which century"),
        ("early 2000s", "has no exact limits; write 2000s for all of it"),
        ("mid-1960s", "has no exact limits; write 1960s for all of it"),
        ("fin 2011", "has no exact limits; write 2011 for all of it"),
        (
            "2010年以前",
            "has no exact limits; write 2010 for all of it, or its ends, as"
            " 2010-01..2010-03",
        ),
        ("before spring 2011", "has no exact limit"),
        ("31 Feb 2011", "February 2011 has 28 days"),
        ("31/02/2011", "February 2011 has 28 days"),
        ("before 31 Feb 2011", "February 2011 has 28 days"),
        ("31 avril 2011 - 3 mai 2011", "April 2011 has 30 days"),
        ("2011年13月", "there is no month 13"),
        ("Monday 11 March 2011", "contradicts itself: 2011-03-11 is a Friday"),
        ("昭和64年3月", "昭和 dates are read from 1926-12-25 to 1989-01-07"),
        ("明治3年", "明治 dates are read from 1873-01-01"),
        ("11 March", "has no year"),
        ("March '11", "has no year"),
        ("2012 to 2009", "ends before it begins"),
        ("a long time ago", "is not a date in a known form"),
        ("民國100年", "is not a date in a known form"),
        ("2009年度", "is not a date in a known form"),
        ("1960s and 1970s", "is not a date in a known form"),
        ("2011 or 2012", "is not a date in a known form"),
        ("not 2011", "is not a date in a known form"),
        ("2010年前", "is not a date in a known form"),
        ("x" * 1000, "is not a date in a known form"),
    ],
)
def test_what_is_unclear_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(DateError) as raised:
        read_as_edtf(written, TODAY)
    assert reason in str(raised.value)
    assert meant(written, TODAY) is None


def test_without_today_nothing_counts_from_it() -> None:
    for written in ("today", "last year", "last 10 years", "3 days ago", "since today"):
        assert meant(written) is None
    assert meant("2011 to today") == "2011/.."


# -- Every language -------------------------------------------------------------------

# The months in full, the short names in use, and how days and months are written.
LANGUAGES = {
    "en": (
        "January February March April May June July August September October November"
        " December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        ("{d} {m} {y:04}", "{m} {d}, {y:04}", "{d} {m}, {y:04}"),
        ("{m} {y:04}", "{m}, {y:04}"),
    ),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        ("{d} {m} {y:04}", "le {d} {m} {y:04}"),
        ("{m} {y:04}", "en {m} {y:04}"),
    ),
    "de": (
        "Januar Februar März April Mai Juni Juli August September Oktober November"
        " Dezember",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        ("{d}. {m} {y:04}", "am {d}. {m} {y:04}"),
        ("{m} {y:04}", "im {m} {y:04}"),
    ),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
        " diciembre",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        ("{d} de {m} de {y:04}", "el {d} de {m} del {y:04}", "{d} {m} {y:04}"),
        ("{m} de {y:04}", "{m} {y:04}"),
    ),
    "it": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre"
        " novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        ("{d} {m} {y:04}", "il {d} {m} {y:04}"),
        ("{m} {y:04}",),
    ),
    "pt": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
        " dezembro",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        ("{d} de {m} de {y:04}", "{d} {m} {y:04}"),
        ("{m} de {y:04}",),
    ),
    "ja": (
        " ".join(f"{number}月" for number in range(1, 13)),
        "１月 ２月 ３月 ４月 ５月 ６月 ７月 ８月 ９月 １０月 １１月 １２月",
        ("{y:04}年{m}{d}日", "{y:04}年 {m} {d}日"),
        ("{y:04}年{m}",),
    ),
    "zh": (
        "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
        " ".join(f"{number}月" for number in range(1, 13)),
        ("{y:04}年{m}{d}日", "{y:04}年{m}{d}号"),
        ("{y:04}年{m}",),
    ),
    "ko": (
        " ".join(f"{number}월" for number in range(1, 13)),
        " ".join(f"{number:02}월" for number in range(1, 13)),
        ("{y:04}년 {m} {d}일", "{y:04}년{m}{d}일"),
        ("{y:04}년 {m}",),
    ),
}
NUMERIC = ("%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%Y%m%d")
DAYS = st.dates(dt.date(1000, 1, 1))
CASES = st.sampled_from([str, str.upper, str.lower, str.title])


@modest
@given(DAYS, st.sampled_from(sorted(LANGUAGES)), st.booleans(), CASES, st.data())
def test_a_day_and_a_month_read_back_as_exactly_as_they_are_written(
    day: dt.date, language: str, is_short: bool, case: object, data: st.DataObject
) -> None:
    full, short, days, months = LANGUAGES[language]
    name = (short if is_short else full).split()[day.month - 1]
    values = {"d": day.day, "m": name, "y": day.year}
    written = data.draw(st.sampled_from(days)).format(**values)
    assert meant(case(written)) == day.isoformat()  # type: ignore[operator]
    written = data.draw(st.sampled_from(months)).format(**values)
    assert meant(case(written)) == day.isoformat()[:7]  # type: ignore[operator]


@modest
@given(DAYS, st.sampled_from(NUMERIC))
def test_a_day_in_numbers_reads_back(day: dt.date, form: str) -> None:
    written = dt.datetime.combine(day, dt.time()).strftime(form)
    assert meant(written) == day.isoformat()


@modest
@given(DAYS, st.sampled_from("/-"))
def test_a_day_and_a_month_that_may_be_each_other_are_never_chosen(
    day: dt.date, separator: str
) -> None:
    written = separator.join((f"{day:%d}", f"{day:%m}", f"{day.year:04}"))
    swapped = separator.join((f"{day:%m}", f"{day:%d}", f"{day.year:04}"))
    is_clear = day.day > 12 or day.day == day.month
    for text in (written, swapped):
        assert meant(text) == (day.isoformat() if is_clear else None)


WORDS = st.lists(
    st.sampled_from(
        [
            "2011",
            "1960",
            "31",
            "3",
            "03",
            "1er",
            "März",
            "avril",
            "2009年",
            "4月",
            "7日",
            "昭和34年",
            "since",
            "before",
            "the",
            "last",
            "next",
            "10",
            "years",
            "ago",
            "–",
            "-",
            "/",
            "..",
            "to",
            "and",
            "between",
            "c.",
            "?",
            "spring",
            "Q1",
            "1960s",
            "century",
            "XX",
            "sixties",
            "early",
            "until",
            "after",
            "a",
            "year",
            "de",
            "von",
            "bis",
            "〜",
            "から",
            "まで",
            "元",
            "(once)",
            "Monday",
            ",",
            ".",
            "'",
            "0",
            "99",
            "9999",
            "0001",
            "weeks",
            "demain",
            "Jahrhundert",
            "年代",
            "12:00",
        ]
    ),
    max_size=7,
)


def message_of(read: Callable[..., object], text: str) -> str:
    """Return the error of a reader, or nothing where what it returns is a time."""
    try:
        edtf = read(text, TODAY)
    except CitylinksError as error:
        return str(error)
    if isinstance(edtf, str):
        parse_span(edtf)
    return ""


@examples(400)
@given(st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join)))
def test_any_text_is_read_or_refused_in_a_line(text: str) -> None:
    for read in (read_as_edtf, parse_period):
        message = message_of(read, text)
        assert message.isprintable()
        assert len(message) < 400


# -- The table --------------------------------------------------------------------------


def test_no_name_means_two_things() -> None:
    names = [
        name
        for group in (*MONTHS, *SEASONS.values(), *WEEKDAYS)
        for name in group.split()
    ]
    assert sorted(names) == sorted(set(names))


def test_every_name_is_folded() -> None:
    for group in (*MONTHS, *SEASONS.values(), *WEEKDAYS):
        assert fold_words(group) == group


def test_edtf_alone_loads_no_table() -> None:
    code = (
        "import sys; from citylinks.dates import read_as_edtf;"
        "read_as_edtf('2011-03'); read_as_edtf('1950s');"
        "assert 'citylinks.dates.words' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_time_is_named_in_the_same_words_however_it_is_written() -> None:
    assert span_in_words("2010..") == span_in_words("2010/..") == "since 2010"
    assert span_in_words("1960-1970") == span_in_words("1960/1970") == "1960–70"
    assert span_in_words("none") == "none"


# -- Periods ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2 years", "2y"),
        ("2 Years", "2y"),
        ("1year", "1y"),
        ("a year", "1y"),
        ("one year", "1y"),
        ("18 months", "18m"),
        ("18-month", "18m"),
        ("the next 12 months", "12m"),
        ("within 3 mo.", "3m"),
        ("6 weeks", "42d"),
        ("two weeks", "14d"),
        ("90 days", "90d"),
        ("１2m", "12m"),
        ("1 year and 6 months", "18m"),
        ("1y6m", "18m"),
        ("2 ans", "2y"),
        ("18 mois", "18m"),
        ("2 Jahre", "2y"),
        ("dos años", "2y"),
        ("6 mesi", "6m"),
        ("2年", "2y"),
        ("6か月", "6m"),
        ("90일", "90d"),
        ("a decade", "10y"),
    ],
)
def test_a_period_in_words_is_that_of_the_short_form(text: str, same: str) -> None:
    assert parse_period(text, TODAY) == parse_period(same, TODAY)
