from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citylinks.exporters import FORMATS, format_names, load_exporter
from citylinks.questions.connections import Link
from citylinks.questions.list_rows import EventRow
from citylinks.questions.lists import Agreements, Cities, Events
from citylinks.questions.path import Chain, Chains
from citylinks.questions.results import (
    CityRef,
    ClaimRef,
    RecordRef,
    Ref,
    SourceRef,
    TimelineEntry,
)
from citylinks.questions.timeline import Timeline

if TYPE_CHECKING:
    from citylinks.questions.results import Answer

BARE = TimelineEntry(
    date=None,
    earliest=None,
    latest=None,
    certainty=None,
    kind="agreement",
    detail="protocol",
    title="Protocol of Lyon and Yokohama",
    summary=None,
    cities=(),
    themes=(),
    organizations=(),
    sources=(),
    claims=(),
    record=RecordRef("partnership", "lyon-yokohama", "Lyon – Yokohama"),
)
FULL = BARE._replace(
    date="1860~",
    earliest="1859-01-01",
    latest="1861-12-31",
    certainty="possible",
    summary="Silk.",
    cities=(
        CityRef("lyon", "Lyon", country="FR", role="origin", people=50),
        CityRef("yokohama", "横浜市"),
    ),
    themes=(Ref("energy", "Energy"), Ref("light", "Light")),
    organizations=(Ref("nedo", "NEDO", "supporter"),),
    sources=(SourceRef("page", "A page"),),
    claims=(ClaimRef("date", "1861", SourceRef("other", "Another page")),),
)


def written(name: str, answer: Answer) -> str:
    return "".join(load_exporter(name).lines(answer))


def timeline(*entries: TimelineEntry, **query: Any) -> Timeline:
    return Timeline(query={"subjects": ["lyon"], **query}, results=entries)


def test_a_cell_of_several_lists_parts_them() -> None:
    tie = Link("partnership", "a-b", "A – B", "contact", *(None,) * 6, ())
    ties = ((tie, tie._replace(id="a-b-2")), (tie._replace(id="b-c"),))
    chain = Chain(
        1, 1, 2, (CityRef("a", "A"), CityRef("b", "B"), CityRef("c", "C")), ties
    )
    [_, row] = csv.reader(io.StringIO(written("csv", Chains({}, (chain,)))))
    assert row == ["1", "1", "2", "a; b; c", "a-b, a-b-2; b-c"]


def event(title: str) -> Events:
    row = EventRow(
        "an-event", "2009", "2009-01-01", "2009-12-31", None, "visit", title, (), (), ()
    )
    return Events(query={"list": "events"}, results=(row,))


# -- JSON ---------------------------------------------------------------------

DOCUMENTED = (
    "date", "earliest", "latest", "certainty", "kind", "title", "summary", "cities", "themes",
    "organizations", "sources", "claims", "record",
)  # fmt: skip


def test_the_envelope() -> None:
    text = written("json", timeline(FULL, BARE, theme=["energy"]))
    envelope = json.loads(text)
    assert list(envelope) == ["schema", "query", "count", "more", "left_out", "results"]
    assert envelope["schema"] == "citylinks/timeline/1"
    assert envelope["query"] == {"subjects": ["lyon"], "theme": ["energy"]}
    assert envelope["count"] == len(envelope["results"]) == 2
    assert text.endswith("}\n")


def test_an_answer_without_results_is_an_envelope_too() -> None:
    assert json.loads(written("json", timeline())) == {
        "schema": "citylinks/timeline/1",
        "query": {"subjects": ["lyon"]},
        "count": 0,
        "more": 0,
        "left_out": [],
        "results": [],
    }


def test_the_keys_of_an_entry_and_their_order() -> None:
    for entry in (FULL, BARE):
        (row,) = json.loads(written("json", timeline(entry)))["results"]
        assert tuple(key for key in row if key in DOCUMENTED) == DOCUMENTED
        others = {"detail", "pillars", "attendance", "group", "undated_members"}
        assert set(row) - set(DOCUMENTED) == others


def test_where_nothing_is_known_there_is_null() -> None:
    (row,) = json.loads(written("json", timeline(BARE)))["results"]
    assert {key for key, value in row.items() if value is None} == {
        "date", "earliest", "latest", "certainty", "summary", "attendance", "group",
    }  # fmt: skip
    assert row["cities"] == row["claims"] == []


def test_an_entry_says_everything() -> None:
    (row,) = json.loads(written("json", timeline(FULL)))["results"]
    assert (row["date"], row["earliest"], row["latest"]) == (
        "1860~",
        "1859-01-01",
        "1861-12-31",
    )
    lyon, yokohama = row["cities"]
    expected = {
        "id": "lyon",
        "name": "Lyon",
        "country": "FR",
        "role": "origin",
        "people": 50,
    }
    assert expected.items() <= lyon.items()
    assert yokohama.pop("id") == "yokohama"
    assert yokohama.pop("name") == "横浜市"
    assert set(yokohama.values()) == {None}
    (claim,) = row["claims"]
    assert (claim["field"], claim["value"], claim["note"]) == ("date", "1861", None)
    assert claim["source"]["id"] == "other"
    assert row["record"] == {
        "type": "partnership",
        "id": "lyon-yokohama",
        "name": "Lyon – Yokohama",
    }


def test_json_is_utf8_and_harmless() -> None:
    text = written("json", event("横浜 \x1b[31m \u202e"))
    assert "横浜" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert json.loads(text)["results"][0]["title"] == "横浜 \x1b[31m \u202e"


def test_json_lines_are_the_bare_results() -> None:
    answer = timeline(FULL, BARE)
    text = written("jsonl", answer)
    assert [json.loads(line) for line in text.splitlines()] == json.loads(
        written("json", answer)
    )["results"]
    assert written("jsonl", timeline()) == ""


# -- Tables -------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Timeline, Cities, Agreements, Events])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_the_columns_stand_there_also_when_nothing_matched(
    name: str, kind: Any
) -> None:
    text = written(name, kind(query={}, results=()))
    separator = "\t" if name == "tsv" else ","
    row = get_args(get_type_hints(kind)["results"])[0]
    assert text.rstrip("\r\n").split(separator) == list(row._fields)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_the_columns_do_not_depend_on_the_results(name: str) -> None:
    empty, full = (written(name, timeline(*entries)) for entries in ((), (FULL, BARE)))
    assert full.startswith(empty)
    assert len(full.splitlines()) == 3


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_cell_names_other_records_by_id() -> None:
    full, bare = rows(written("csv", timeline(FULL, BARE)))
    assert full["cities"] == "lyon; yokohama"
    assert full["themes"] == "energy; light"
    assert full["organizations"] == "nedo"
    assert full["record"] == "partnership/lyon-yokohama"
    assert full["claims"] == "date: 1861 (other)"
    assert full["date"] == "1860~"
    assert bare["date"] == bare["summary"] == bare["cities"] == ""


def test_csv_is_as_rfc_4180_has_it() -> None:
    text = written("csv", event('A "visit", in\ntwo parts'))
    assert text.count("\r\n") == 2
    assert '"A ""visit"", in\ntwo parts"' in text
    assert rows(text)[0]["title"] == 'A "visit", in\ntwo parts'


@given(st.text())
def test_no_cell_of_tsv_has_a_tab_or_ends_its_line(title: str) -> None:
    lines = written("tsv", event(title)).split("\n")
    assert len(lines) == 3
    assert lines[2] == ""
    assert lines[0].count("\t") == lines[1].count("\t")
    assert len(lines[1].splitlines()) == 1


@pytest.mark.parametrize("name", format_names("list")[1:])
@pytest.mark.parametrize(
    "text", ["\x1b[31mred", "\x9b31m", "\u202eabc", "a\x07b", "\x7f"]
)
def test_no_format_gives_a_terminal_what_steers_it(name: str, text: str) -> None:
    made = written(name, event(text))
    assert all(c.isprintable() or c in "\r\n\t" for c in made)


# -- Markdown -----------------------------------------------------------------


@pytest.mark.parametrize(
    "summary",
    [
        "*not emphasis*",
        "*<script>alert(1)</script>",
        "<b>bold</b>",
        "[a](http://example.org)",
        "`code`",
        "# not a heading",
        "a | b",
        "_x_ ~y~",
        "1 \\ 2",
    ],
)
def test_markdown_in_a_record_is_text(summary: str) -> None:
    text = written("markdown", timeline(FULL._replace(summary=summary)))
    lines = text.splitlines()
    entry_line = next(
        number for number, line in enumerate(lines) if line.startswith("- **c. 1860**")
    )
    shown = lines[entry_line + 1].removeprefix("  <br>")
    assert unescaped(shown) == ""
    assert shown.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == summary


def unescaped(text: str) -> str:
    """The signs of Markdown in a text that have no backslash before them."""
    rest = text
    for sign in "\\`*_{}[]<>|#~":
        rest = rest.replace(f"\\{sign}", "")
    return "".join(character for character in rest if character in "\\`*_{}[]<>|#~")


def test_a_title_is_text() -> None:
    text = written("markdown", timeline(FULL._replace(title="[x](y) <i> *z*")))
    assert "\\[x\\](y) \\<i\\> \\*z\\*" in text


def test_a_name_with_an_entity_is_not_decoded() -> None:
    text = written("markdown", timeline(FULL._replace(title="AT&amp;T &copy; 2009")))
    assert "\\&amp;" in text or "&amp;amp;" in text


def test_a_table_of_markdown() -> None:
    lines = written("markdown", event("a|b")).splitlines()
    assert lines[0].startswith("| date | title |")
    assert set(lines[1]) <= set("| -")
    assert "a\\|b" in lines[2]
    assert len({line.replace("\\|", "").count("|") for line in lines[:3]}) == 1


def test_every_format_has_a_module() -> None:
    assert all(
        hasattr(load_exporter(name), "lines") for name in FORMATS if name != "text"
    )
