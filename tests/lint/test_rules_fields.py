"""Paths that name a field, lists that name things, texts that a comment cuts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from citylinks import KnowledgeBase
from citylinks.files.diagnostics import Location
from citylinks.files.loader import is_in_words
from citylinks.files.yaml_reader import cuts
from citylinks.lint.rules import CheckedRecord
from citylinks.lint.rules.listed_twice import check as listed_twice
from citylinks.lint.rules.unknown_field import check as unknown_field
from citylinks.lint.rules.unstated_field import check as unstated_field
from citylinks.model.field_uses import plain_values
from citylinks.model.fields import record_fields
from citylinks.model.vocabulary import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from citylinks.model.field_uses import Fields, FieldUse

    Write = Callable[[Mapping[str, str]], Path]

TIE: dict[str, Any] = {
    "kind": "network",
    "members": [{"city": "lyon"}, {"city": "yokohama", "from": "1987"}],
    "status": [{"is": "active"}],
    "agreements": [{"kind": "twinning", "signed": "1959", "themes": ["water"]}],
    "outcomes": [{"summary": "A garden", "date": "1965"}],
}
CITY: dict[str, Any] = {
    "name": "Lyon",
    "names": {"zh-Hant": "里昂"},
    "location": {"latitude": 45.7, "longitude": 4.8},
}
EVENT: dict[str, Any] = {
    "title": "A visit",
    "date": "2009",
    "kind": "visit",
    "cities": [{"city": "lyon", "people": 3}],
}
BODIES = {"partnership": TIE, "city": CITY, "event": EVENT}


def record(type_: str, body: dict[str, Any]) -> CheckedRecord:
    written, fields = json.dumps(body), record_fields()[type_]
    return CheckedRecord(type_, "made-up", body, "2026-11-22", written, fields)


def cited(type_: str, path: str) -> CheckedRecord:
    sources = [{"source": "page"}, {"source": "list", "fields": ["kind", path]}]
    return record(type_, {"kind": "visit", **BODIES[type_], "sources": sources})


def claimed(type_: str, path: str) -> CheckedRecord:
    claims = [{"field": path, "value": "1960", "source": "page"}]
    return record(type_, {**BODIES[type_], "claims": claims})


# -- Paths --------------------------------------------------------------------

STATED = [
    ("partnership", "members"),
    ("partnership", "members[0]"),
    ("partnership", "members[1].from"),
    ("partnership", "status[0].is"),
    ("partnership", "agreements[0].signed"),
    ("partnership", "agreements[0].themes[0]"),
    ("partnership", "outcomes[0].date"),
    ("city", "names.zh-Hant"),
    ("city", "location.latitude"),
    ("event", "cities[0].people"),
]
ABSENT = [
    ("partnership", "end"),
    ("partnership", "members[0].from"),
    ("partnership", "agreements[0].expires"),
    ("city", "names.fr"),
    ("city", "counts"),
    ("event", "attendance.cities"),
    ("event", "series.edition"),
]
NONE = [
    ("partnership", "populaton", "a partnership has no field 'populaton'"),
    (
        "partnership",
        "strat",
        "a partnership has no field 'strat'; did you mean 'start'?",
    ),
    ("partnership", "xyz", "a partnership has no field 'xyz'"),
    ("city", "genomes", "a city has no field 'genomes'; did you mean 'geonames'?"),
    ("city", "start", "a city has no field 'start'"),
    ("city", "location.lat", "'location' has no field 'lat'; did you mean 'latitude'?"),
    ("city", "name.fr", "'name' has no fields of its own"),
    ("event", "titel", "an event has no field 'titel'; did you mean 'title'?"),
    ("event", "date[0]", "'date' is not a list"),
    ("partnership", "agreements.signed", "'agreements' is a list"),
    ("partnership", "agreements[1]", "there is no 'agreements[1]'"),
    ("partnership", "agreements[1].signed", "there is no 'agreements[1]'"),
    ("partnership", "agreements[0].themes[1]", "there is no 'agreements[0].themes[1]'"),
    ("partnership", "counts[0]", "there is no 'counts[0]': the record has no 'counts'"),
    (
        "partnership",
        "members[0].form",
        "'members[0]' has no field 'form'; did you mean 'from'?",
    ),
    (
        "partnership",
        "status[0].is_",
        "'status[0]' has no field 'is_'; did you mean 'is'?",
    ),
    ("partnership", "sources", "'sources' is itself evidence and has no sources"),
    ("event", "claims", "'claims' is itself evidence and has no sources"),
]


@pytest.mark.parametrize(("type_", "path"), STATED)
def test_a_path_to_what_a_record_states_is_sound(type_: str, path: str) -> None:
    for stored in (cited(type_, path), claimed(type_, path)):
        assert not [
            problem for problem in unknown_field(stored) if problem.path[-1] != 0
        ]
        assert not [
            problem for problem in unstated_field(stored) if problem.path[-1] != 0
        ]


@pytest.mark.parametrize(("type_", "path"), ABSENT)
def test_a_source_cannot_carry_what_a_record_leaves_out(type_: str, path: str) -> None:
    [problem] = [
        problem
        for problem in unstated_field(cited(type_, path))
        if problem.path[-1] == 1
    ]
    assert problem.path == ("sources", 1, "fields", 1)
    assert (
        problem.message
        == f"the source is cited for '{path}', which the record does not state"
    )


@pytest.mark.parametrize(("type_", "path"), ABSENT)
def test_another_source_may_give_what_a_record_leaves_out(
    type_: str, path: str
) -> None:
    assert not list(unknown_field(claimed(type_, path)))
    assert not list(unstated_field(claimed(type_, path)))


@pytest.mark.parametrize(("type_", "path", "message"), NONE)
def test_a_path_to_no_field_is_told(type_: str, path: str, message: str) -> None:
    [problem] = [
        problem
        for problem in unknown_field(cited(type_, path))
        if problem.path[-1] == 1
    ]
    assert (problem.path, problem.message) == (("sources", 1, "fields", 1), message)
    [problem] = unknown_field(claimed(type_, path))
    assert (problem.path, problem.message) == (("claims", 0, "field"), message)
    assert not [
        problem
        for problem in unstated_field(cited(type_, path))
        if problem.path[-1] == 1
    ]


@pytest.mark.parametrize(
    ("path", "help_"),
    [
        ("agreements.signed", "write agreements[0].signed for the first item"),
        ("agreements.city", "write agreements[0] for the first item"),
        ("members[7]", "the first is members[0], the last members[1]"),
        ("start.year", "write start"),
        ("members[0].cty", "one of: city, role, from, until"),
    ],
)
def test_the_help_says_how_to_write_it(path: str, help_: str) -> None:
    [problem] = unknown_field(claimed("partnership", path))
    assert problem.help == help_


# -- Lists --------------------------------------------------------------------


def lists(fields: Fields) -> Iterator[tuple[str, FieldUse]]:
    """Yield each list among fields and in their parts, by its key."""
    for key, use in fields.items():
        if use.shape == "list":
            yield key, use
        yield from lists(use.fields)


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_every_list_of_the_model_says_when_two_of_it_are_the_same(type_: str) -> None:
    for key, use in lists(record_fields()[type_]):
        if use.fields:
            assert use.distinct is not None, key
            assert {*use.distinct.alike, *use.distinct.apart} <= use.fields.keys()
        else:
            assert use.distinct or use.refers, key


def twice(type_: str, field: str, items: list[Any]) -> list[tuple[str | int, ...]]:
    problems = listed_twice(record(type_, {**BODIES.get(type_, {}), field: items}))
    return [problem.path for problem in problems]


def test_a_city_in_two_roles_is_no_city_twice() -> None:
    host = {"city": "lyon", "role": "host"}
    assert not twice("event", "cities", [host, {"city": "lyon", "role": "organizer"}])
    assert twice("event", "cities", [host, {"city": "lyon", "role": "host"}]) == [
        ("cities", 1)
    ]
    assert twice("event", "cities", [host, {"city": "lyon"}]) == [("cities", 1)]


def test_a_member_may_come_back_and_cannot_be_there_twice() -> None:
    first = {"city": "lyon", "from": "1987", "until": "2001"}
    assert not twice(
        "partnership", "members", [first, {"city": "lyon", "from": "2010"}]
    )
    assert not twice(
        "partnership", "members", [{"city": "lyon", "from": "2010"}, first]
    )
    assert twice("partnership", "members", [first, {"city": "lyon", "from": "1990"}])
    assert twice("partnership", "members", [first, {"city": "lyon"}])
    assert not twice(
        "partnership", "members", [first, {"city": "lyon", "role": "chair"}]
    )


def test_papers_of_one_day_differ_in_what_they_are_about() -> None:
    paper = {"kind": "protocol", "signed": "1959-04-07"}
    assert twice("partnership", "agreements", [paper, dict(paper)]) == [
        ("agreements", 1)
    ]
    assert twice("partnership", "agreements", [paper, {**paper, "sources": ["page"]}])
    assert not twice(
        "partnership", "agreements", [paper, {**paper, "title": "On water"}]
    )
    water, energy = {**paper, "themes": ["water"]}, {**paper, "themes": ["energy"]}
    assert not twice("partnership", "agreements", [water, energy])


def test_a_source_may_have_a_note_for_each_field() -> None:
    citation = {"source": "page", "fields": ["name"], "note": "p. 5"}
    assert not twice(
        "city", "sources", [citation, {"source": "page", "fields": ["names"]}]
    )
    assert twice("city", "sources", [citation, {**citation, "fields": ["names"]}]) == [
        ("sources", 1)
    ]


def test_each_time_but_the_first_is_told() -> None:
    assert twice("event", "themes", ["a", "b", "a", "a"]) == [
        ("themes", 2),
        ("themes", 3),
    ]


def test_a_tie_of_a_city_to_itself_is_told_once(data: Write) -> None:
    tie = {"partnerships/lyon-lyon.yaml": "kind: sister-city\nmembers: [lyon, lyon]\n"}
    with KnowledgeBase.open(data({"cities/lyon.yaml": "name: Lyon\n", **tie})) as kb:
        assert [problem.code for problem in kb.validate(ignore=["CL4"]).results] == [
            "CL210"
        ]


# -- Texts that are cut ---------------------------------------------------------


def cut(text: str) -> list[tuple[int, int, str]]:
    return [
        (cut_text.line, cut_text.column, cut_text.comment)
        for cut_text in cuts(text)
        if is_in_words(cut_text.keys)
    ]


CUT = [
    ("title: Meeting #50: years\n", [(1, 16, "#50: years")]),
    ("title: Meeting   #friends", [(1, 18, "#friends")]),
    ("title: Meeting\t#1", [(1, 16, "#1")]),
    ("title: Meeting # 50 years", [(1, 16, "# 50 years")]),
    ("title: Meeting #1\r\ndate: 2009", [(1, 16, "#1")]),
    ("title: A\n  second line #5\ndate: 2009", [(2, 15, "#5")]),
    ("summary: #50 years", [(1, 10, "#50 years")]),
    ("aliases:\n  - Lugdunum #1\n  - #2\n", [(2, 14, "#1"), (3, 5, "#2")]),
    ("aliases: [Lugdunum #1\n  , Lyons]", [(1, 20, "#1")]),
    ("names: {fr: Lyon #1\n  }", [(1, 18, "#1")]),
    ("outcomes:\n  - date: 2009\n    summary: A #1", [(3, 16, "#1")]),
    ("page:\n  title: List\n  publisher: City #7\n", [(3, 19, "#7")]),
    ("claims:\n  - {field: a, value: Pier #4\n    }", [(2, 28, "#4")]),
    ("contacts:\n  - role: Mayor #2", [(2, 17, "#2")]),
    ("title: A #1\nsummary: B\n  c #2\n  d", [(1, 10, "#1"), (3, 5, "#2")]),
]
WHOLE = [
    "title: Meeting # the first\n",
    "title: Meeting  # 50 years ago\n",
    "title: Meeting  # first\nkind: visit #50\n",
    "country: FR  # France",
    "country: FR #France",
    "title: 'Meeting #50: years'\n",
    'title: "Meeting" #50\n',
    "title: Meeting#50",
    "title: >\n  Meeting #50\n",
    "summary: |\n  a #1\n  b #2\n",
    "title: Meeting # citylinks: ignore CL407\n",
    "title: Meeting #citylinks: ignore CL407\n",
    "title: Meeting ## see below\n",
    "aliases: #other names\n  - Lugdunum\n",
    "#50\ntitle: Meeting\n#51\n",
    "members:\n  - lyon #1\n",
    "- a #1",
    "a #1",
    "",
]


@pytest.mark.parametrize(("text", "expected"), CUT)
def test_a_comment_that_looks_like_the_text_before_it(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize("text", WHOLE)
def test_other_comments_and_texts_in_quotes(text: str) -> None:
    assert not cut(text)


@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_what_is_in_words_is_what_the_model_calls_text(type_: str) -> None:
    for within, key, use in plain_values(record_fields()[type_]):
        keys = (key, "fr") if use.shape == "map" else (within, key)
        assert is_in_words(keys) == use.is_text, keys


EVENT_FILE = "title: Meeting #50 # citylinks: ignore CL117\ndate: 2010\nkind: visit\n"


def test_a_cut_text_is_a_warning_that_a_comment_ignores(data: Write) -> None:
    loud, quiet = (
        EVENT_FILE.partition(" # ")[0] + "\ndate: 2009\nkind: visit\n",
        EVENT_FILE,
    )
    files = {"events/2009-a.yaml": loud, "events/2009-b.yaml": quiet}
    with KnowledgeBase.open(data(files)) as kb:
        [problem] = kb.validate(ignore=["CL4"]).results
        assert (problem.code, problem.severity) == ("CL117", "warning")
        assert Location(problem.path, problem.line, problem.column)[1:] == (1, 16)
        assert problem.path.endswith("2009-a.yaml")
        assert not kb.files_left_out, "the record is there, as it was read"
        assert len(kb.validate().results) == len(kb.validate(strict=True).results)


def test_a_long_run_of_blanks_costs_no_more_than_its_length() -> None:
    assert not cut("title: a" + " " * 200_000 + "\n# 50 #1\n")
