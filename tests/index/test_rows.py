"""The rows that a record makes: itself, its names, its references, its entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from indexed import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]


def test_a_record_is_one_row_with_its_whole_body(root: Path) -> None:
    [(kind, date, earliest, latest, body)] = rows_of(
        root,
        "SELECT kind, date, earliest, latest, body FROM record WHERE type = 'partnership'",
    )
    assert (kind, date) == ("sister-city", "1959")
    assert (earliest, latest) == ("1959-01-01", "1959-12-31")
    assert json.loads(body)["members"] == [{"city": "a"}, {"city": "b"}]


def test_a_record_stands_under_each_name_that_it_has(data: Write) -> None:
    root = data(
        {"cities/lyon.yaml": "name: Lyon\nnames: {ja: リヨン}\naliases: [Lugdunum]\n"}
    )
    labels = rows_of(root, "SELECT text, folded, reason FROM label ORDER BY no")
    assert labels == [
        ("lyon", "lyon", "id"),
        ("Lyon", "lyon", "name"),
        ("リヨン", "リヨン", "name"),
        ("Lugdunum", "lugdunum", "alias"),
    ]


def test_each_record_that_it_names_is_a_reference(root: Path) -> None:
    references = rows_of(
        root,
        "SELECT ref.relation, ref.type, ref.id FROM ref"
        " JOIN record ON record.no = ref.record WHERE record.id = 'a-b' ORDER BY position",
    )
    assert references == [
        ("sources", "source", "page"),
        ("members", "city", "a"),
        ("members", "city", "b"),
        ("themes", "theme", "water"),
        ("organizations", "organization", "jica"),
    ]


@pytest.mark.parametrize(
    ("date", "bounds"),
    [
        ("1959-04-07", ("1959-04-07", "1959-04-07", "1959-04-07", "1959-04-07")),
        ("1959", ("1959-01-01", "1959-12-31", "1959-12-31", "1959-01-01")),
        ("2011/2012", ("2011-01-01", "2012-12-31", "2011-12-31", "2012-01-01")),
        ("1860~", ("1859-01-01", "1861-12-31", "1861-12-31", "1859-01-01")),
    ],
)
def test_an_entry_says_when_it_may_have_been_and_surely_was(
    data: Write, date: str, bounds: tuple[str, ...]
) -> None:
    event = f"title: Fair\ndate: {date}\nkind: project\ncities: [a]\n"
    root = data({"cities/a.yaml": "name: Alpha\n", "events/fair.yaml": event})
    columns = "earliest, latest, begun_by, lasts_until"
    assert rows_of(root, f"SELECT {columns} FROM entry") == [bounds]


def test_the_entry_of_an_event_has_the_number_of_its_record(data: Write) -> None:
    event = "title: Fair\ndate: 1990\nkind: visit\ncities: [a]\n"
    root = data({"cities/a.yaml": "name: Alpha\n", "events/fair.yaml": event})
    sql = "SELECT record.id FROM entry JOIN record ON record.no = entry.no"
    assert rows_of(root, sql) == [("fair",)]


def test_what_an_entry_concerns_is_found_by_its_id(root: Path) -> None:
    concerned = rows_of(
        root, "SELECT type, id FROM concerned WHERE entry IN (SELECT no FROM entry)"
    )
    assert set(concerned) == {
        ("city", "a"),
        ("city", "b"),
        ("organization", "jica"),
        ("partnership", "a-b"),
        ("source", "page"),
    }


def test_fields_are_counted_for_the_source_that_carries_them(root: Path) -> None:
    counts = rows_of(
        root,
        "SELECT source, sources, fields, alone FROM evidence WHERE type = 'partnership'"
        " ORDER BY source",
    )
    assert counts == [("", 1, 6, 0), ("page", 1, 6, 6)]


def test_a_file_that_is_left_out_makes_no_record_and_loses_its_id(data: Write) -> None:
    root = data({"cities/a.yaml": "nam: Alpha\n", "cities/b.yaml": "name: Beta\n"})
    assert rows_of(root, "SELECT id FROM record") == [("b",)]
    assert rows_of(root, "SELECT type, id FROM lost") == [("city", "a")]
    [(path,)] = rows_of(root, "SELECT path FROM left_out")
    assert path.endswith(b"a.yaml")
