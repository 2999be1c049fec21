"""Conditions as pieces of SQL: what they keep of a table, and how sure that is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from citylinks.query.sql import (
    IN,
    Condition,
    Where,
    certainty_sql,
    either_condition,
    json_list,
    where_all,
    within_spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# A day that is known, a year that is not, a project of two years; each with the days it
# may have begun and ended on, and those on which it surely had begun and surely lasted.
ROWS = (
    ("day", "1959-04-07", "1959-04-07", "1959-04-07", "1959-04-07"),
    ("vague", "1959-01-01", "1960-12-31", "1960-12-31", "1959-01-01"),
    ("later", "1970-01-01", "1971-12-31", "1970-01-01", "1971-12-31"),
)
IN_1959 = within_spans((("1959-01-01", "1959-12-31"),), "entry")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    columns = "id, earliest, latest, begun_by, lasts_until"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE entry ({columns})")
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", ROWS)
        yield connection


def kept(connection: sqlite3.Connection, where: Where) -> list[str]:
    rows = connection.execute(f"SELECT id FROM entry{where.sql}", where.parameters)
    return [id_ for (id_,) in rows]


def test_no_condition_keeps_all(connection: sqlite3.Connection) -> None:
    assert kept(connection, Where()) == ["day", "vague", "later"]


@pytest.mark.parametrize(
    ("certain", "expected"), [(False, ["day", "vague"]), (True, ["day"])]
)
def test_a_span_keeps_what_may_fall_in_it_or_surely_does(
    connection: sqlite3.Connection, certain: bool, expected: list[str]
) -> None:
    assert kept(connection, where_all([IN_1959], certain=certain)) == expected


def test_several_spans_are_alternatives(connection: sqlite3.Connection) -> None:
    days = (("1959-04-07", "1959-04-07"), ("1971-01-01", "1971-01-01"))
    rows = kept(connection, where_all([within_spans(days, "entry")], certain=True))
    assert rows == ["day", "later"]


def test_all_conditions_of_a_question_hold(connection: sqlite3.Connection) -> None:
    known = Condition(f"id {IN}", (json_list(["later", "vague"]),))
    assert kept(connection, where_all([IN_1959, known], certain=False)) == ["vague"]


def test_either_keeps_what_one_of_two_keeps(connection: sqlite3.Connection) -> None:
    either = either_condition(IN_1959, Condition("id = ?", ("later",)))
    assert kept(connection, where_all([either], certain=False)) == [
        "day",
        "vague",
        "later",
    ]
    assert kept(connection, where_all([either], certain=True)) == ["day", "later"]


def test_either_of_two_plain_conditions_is_plain() -> None:
    either = either_condition(Condition("a"), Condition("b"))
    assert either == Condition("(a) OR (b)")
    assert either.sure is None


def test_a_condition_within_other_sql_stays_as_sure() -> None:
    inner = Condition("a = ?", (1,), Condition("b = ?", (2,)))
    outer = inner.within("EXISTS (", ")")
    assert outer == Condition("EXISTS (a = ?)", (1,), Condition("EXISTS (b = ?)", (2,)))


def test_how_sure_a_row_is_meant_is_an_expression(
    connection: sqlite3.Connection,
) -> None:
    how_sure = certainty_sql([IN_1959, Condition("id <> ?", ("later",))])
    rows = connection.execute(
        f"SELECT id, {how_sure.sql} FROM entry", how_sure.parameters
    )
    assert dict(rows) == {"day": "certain", "vague": "possible", "later": "possible"}


def test_without_a_condition_that_doubts_nothing_is_said_of_certainty() -> None:
    assert certainty_sql([Condition("id <> ?", ("later",))]) == Condition("NULL")


def test_a_list_is_one_parameter_in_a_fixed_order() -> None:
    assert json_list({"b", "a", "é"}) == json_list(["é", "a", "b"])
