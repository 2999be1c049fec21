"""Dates of a query as people type them, and what the answer says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import ROOT, TODAY, run_line

from citylinks.cli.commands import COMMANDS
from citylinks.cli.parameters import command_fields, command_module
from citylinks.dates import DateError
from citylinks.errors import UsageError
from citylinks.knowledge_base import KnowledgeBase
from citylinks.query.filters import Filters
from citylinks.questions.plain_dates import DATE_FIELDS, with_edtf
from citylinks.questions.show import ShowQuery
from citylinks.questions.timeline import TimelineQuery

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def kb() -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(ROOT / "tests" / "data") as opened:
        yield opened


def day() -> str:
    return TODAY


def refuse_to_look() -> str:
    raise AssertionError("EDTF does not depend on the day")


def test_every_option_that_takes_a_date_is_read() -> None:
    names = set()
    for command in COMMANDS:
        for field in command_fields(command_module(command)):
            if field.option and field.option.metavar == "DATE":
                names.add(field.name)
    assert names == set(DATE_FIELDS)


def test_filters_and_queries_have_their_dates_as_edtf() -> None:
    filters = Filters(
        year=["the 1960s", "1950s", " 1959 "],
        from_="mars 2009",
        to="décembre 2012",
        as_of="2009年4月",
    )
    read = with_edtf(TimelineQuery(("maravel",), filters=filters), day).filters
    assert read.year == ("196X", "1950s", "1959")
    assert (read.from_, read.to, read.as_of) == ("2009-03", "2012-12", "2009-04")
    query = with_edtf(ShowQuery("maravel", as_of="7 avril 1959"), day)
    assert query.as_of == "1959-04-07"


def test_edtf_and_short_forms_are_left_alone_and_ask_for_no_day() -> None:
    filters = Filters(year=["1950s", "2009..2012"], from_="1860~", as_of="2020/..")
    assert (
        with_edtf(TimelineQuery((), filters=filters), refuse_to_look).filters == filters
    )


@pytest.mark.parametrize(
    ("field", "typed", "edtf"),
    [
        ("from_", "since 2010", "2010"),
        ("from_", "after 2010", "2011"),
        ("from_", "last 10 years", "2016-11-22"),
        ("from_", "1960 to 1970", "1960"),
        ("to", "until 1995", "1995"),
        ("to", "before 1990", "1989"),
        ("to", "1960 to 1970", "1970"),
        ("from_", "2009..2012", "2009..2012"),
    ],
)
def test_of_a_time_the_first_or_the_last_day_counts(
    field: str, typed: str, edtf: str
) -> None:
    query = TimelineQuery((), filters=Filters(**{field: typed}))  # type: ignore[arg-type]
    assert getattr(with_edtf(query, day).filters, field) == edtf


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"from_": "before 1990"}, "--from 'until 1989' sets no start"),
        ({"from_": "../1989"}, "did you mean --to, or --year"),
        ({"to": "since 2010"}, "--to 'since 2010' sets no end"),
        ({"to": "2020.."}, "did you mean --from, or --year"),
    ],
)
def test_a_bound_on_the_other_side_is_refused(
    kb: KnowledgeBase, options: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        kb.timeline("maravel", **options)  # type: ignore[arg-type]


def test_a_program_sees_what_was_read(kb: KnowledgeBase) -> None:
    answer = kb.list("partnerships", year="avril 1959")
    assert answer.query["year"] == ["1959-04"]
    assert answer.results == kb.list("partnerships", year="1959-04").results


def test_what_can_mean_two_dates_is_a_date_error(kb: KnowledgeBase) -> None:
    with pytest.raises(DateError, match="2011-03-01 or 2011-01-03"):
        kb.stats(year="01/03/2011")


def test_each_reading_is_said_once_and_only_where_it_differs() -> None:
    line = "citylinks list partnerships --data tests/data"
    printed = run_line(f'{line} --year "April 1959" --year 1967 --year "the 1980s"')
    assert printed.code == 0
    assert printed.err == (
        "citylinks: reading 'April 1959' as 1959-04\n"
        "citylinks: reading 'the 1980s' as 198X\n"
    )
    assert printed.out == run_line(f"{line} --year 1959-04 --year 1967 --year 198X").out
    assert not run_line(f"{line} --year 1950s --from 1959-04-07").err
