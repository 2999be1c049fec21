"""Which results are printed: --fields, --sort, --reverse, --limit, --count, --no-header."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from support import Printed, run_line

from citylinks.questions import ANSWERS
from citylinks.questions.lists import LISTS

DATA = "--data tests/data"

# Commands whose answer is a list.
COMMANDS = (
    *(f"list {name}" for name in LISTS),
    "timeline kazehama",
    "timeline maravel kazehama",
    "search lantern",
    "stats --by theme",
    "stats --by decade",
    "evidence",
    "evidence conflicts",
    "evidence gaps",
    "evidence sources",
    "anniversaries",
    "expiring",
    "common kazehama maravel",
    "explain",
    "validate --data tests/lint/problems/CL402-claim-without-source/data",
)


def run(command: str) -> Printed:
    """Run a command on the data of the tests, where it takes data."""
    return run_line(f"citylinks {command}{'' if 'explain' in command else f' {DATA}'}")


def rows(command: str) -> list[dict[str, str]]:
    printed = run(f"{command} --format csv")
    assert printed.code == 0, printed.err
    return list(csv.DictReader(io.StringIO(printed.out)))


def envelope(command: str) -> dict[str, Any]:
    printed = run(f"{command} --json")
    assert printed.code == 0, printed.err
    made: dict[str, Any] = json.loads(printed.out)
    return made


def text(command: str) -> list[str]:
    printed = run(command)
    assert printed.code == 0, printed.err
    return printed.out.splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_fields_are_the_columns_in_every_format(command: str) -> None:
    every = rows(command)
    first, *_, last = every[0]
    chosen = rows(f"{command} --fields {last},{first}")
    assert [list(row) for row in chosen] == [[last, first]] * len(every)
    assert chosen == [{last: row[last], first: row[first]} for row in every]
    made = envelope(f"{command} --fields {last} --fields {first}")
    assert all(list(row) == [last, first] for row in made["results"])
    assert made["query"]["fields"] == [last, first]
    header, *lines = text(f"{command} --fields {last},{first}")
    assert header == f"{last}\t{first}"
    assert len(lines) == len(every)
    assert text(f"{command} --fields {last},{first} --no-header") == lines


@pytest.mark.parametrize("command", COMMANDS)
def test_a_limit_keeps_the_first_and_says_how_many_are_left_out(command: str) -> None:
    every = rows(command)
    assert rows(f"{command} --limit 2") == every[:2]
    assert rows(f"{command} --limit 999") == every
    made = envelope(f"{command} --limit 1")
    assert made["count"] == 1
    if not command.startswith("search"):  # which counts no others
        assert made["more"] == len(every) - 1
    err = run(f"{command} --limit 1").err
    assert "--limit" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_count_is_one_number(command: str) -> None:
    number = len(rows(command))
    assert text(f"{command} --count") == [str(number)]
    assert text(f"{command} --count --limit 1") == [str(number)]
    made = envelope(f"{command} --count")
    assert (made["count"], made["results"]) == (number, [])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_column_sorts(command: str) -> None:
    every = rows(command)
    for name in every[0]:
        ordered = rows(f"{command} --sort {name}")
        assert sorted(map(str, ordered)) == sorted(map(str, every)), name
        backwards = rows(f"{command} --sort {name} --reverse")
        known = [row[name] for row in ordered if row[name]]
        count = len(known)
        assert all(row[name] for row in ordered[:count]), "what has none stands last"
        assert all(row[name] for row in backwards[:count])
        if not command.startswith("search"):  # of which the best two are sorted
            assert rows(f"{command} --sort {name} --limit 2") == ordered[:2]


def test_numbers_dates_and_names_have_their_order() -> None:
    ties = [int(row["ties"]) for row in rows("list cities --sort ties")]
    assert ties == sorted(ties)
    backwards = rows("list cities --sort ties --reverse --limit 1")
    assert backwards[0]["id"] == "maravel"
    starts = [row["start"] for row in rows("list partnerships --sort start")]
    assert starts == [row["start"] for row in rows("list partnerships")]
    names = [row["name"] for row in rows("list cities --sort name")]
    assert names[0] == "Araçuna"
    assert names == sorted(names)


def test_in_reverse_what_has_no_date_still_stands_last() -> None:
    starts = [row["start"] for row in rows("list partnerships --reverse")]
    assert starts[0] == "2019-09-24"
    assert starts[-2:] == ["", ""]
    ids = [row["id"] for row in rows("list cities --reverse")]
    assert ids == [row["id"] for row in rows("list cities")][::-1]
    assert rows("timeline kazehama --sort date") == rows("timeline kazehama")
    assert rows("timeline kazehama --sort date --reverse --limit 3") == rows(
        "timeline kazehama --reverse --limit 3"
    )


@pytest.mark.parametrize("option", ["--fields", "--sort"])
def test_an_unknown_column_is_refused_with_the_known_ones(option: str) -> None:
    for typed, meant in (("nmae", "name"), ("contry", "country"), ("tie", "ties")):
        printed = run_line(f"citylinks list cities {option} {typed} {DATA}")
        assert (printed.code, printed.out) == (2, "")
        assert f"did you mean '{meant}'?" in printed.err
        assert "id, name, level, country" in printed.err
        assert printed.err.count("\n") == 1


def test_a_column_by_another_word_is_read_and_said() -> None:
    printed = run_line(f"citylinks list cities --fields Name,lat,lon {DATA}")
    assert printed.out.startswith("name\tlatitude\tlongitude\n")
    assert "citylinks: reading column lat as latitude\n" in printed.err
    printed = run_line(f"citylinks list events --sort when {DATA}")
    assert "reading column when as date" in printed.err


def test_a_column_without_any_value_says_so() -> None:
    printed = run_line(f"citylinks list partnerships --sort since {DATA}")
    assert "no result has a since" in printed.err


def test_cities_have_coordinates_and_other_ids() -> None:
    [lyon] = [
        row
        for row in json.loads(run_line("citylinks list cities --json").out)["results"]
        if row["id"] == "lyon"
    ]
    assert (lyon["wikidata"], lyon["geonames"]) == ("Q456", "2996944")
    assert (round(lyon["latitude"]), round(lyon["longitude"])) == (46, 5)


def test_a_record_is_named_by_its_id_and_name() -> None:
    header, first, *_ = text("timeline maravel kazehama --fields date,id,name")
    assert header == "date\tid\tname"
    assert first.split("\t")[1:] == [
        "1860-lantern-makers",
        "Lantern makers of Maravel settle in Kazehama",
    ]


def test_a_timeline_that_is_sorted_otherwise_is_a_table() -> None:
    header, *lines = text("timeline maravel kazehama --sort title")
    assert header == "date\tkind\ttitle\trecord"
    assert len(lines) == len(rows("timeline maravel kazehama"))


@pytest.mark.parametrize(
    "line",
    [
        "timeline kazehama --by decade --sort title",
        "list cities --fields ,",
        "list cities --limit 0",
        "anniversaries --format ics --fields date",
        "validate --format sarif --fields code",
        "validate --format concise --fields code",
        "validate --fields lines",
    ],
)
def test_what_has_no_meaning_is_refused(line: str) -> None:
    printed = run_line(f"citylinks {line} {DATA}")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("format_", ["csv", "tsv", "text"])
def test_no_header_leaves_out_the_line_of_names(format_: str) -> None:
    for command in ("list themes", "stats", "evidence gaps"):
        line = f"{command} --format {format_}"
        assert text(f"{line} --no-header") == text(line)[1:]


def test_every_name_in_a_header_is_a_column() -> None:
    """What is read in a header can be typed."""
    for command in COMMANDS:
        header = text(command)[0]
        if "\t" not in header or command.startswith("stats"):
            continue
        names = header.replace("\t", ",")
        chosen = text(f"{command} --fields {names}")
        assert chosen[0].count("\t") == header.count("\t"), command
        assert len(chosen) == len(text(command))


def test_every_list_is_tried() -> None:
    assert set(LISTS) < {*ANSWERS}


def test_a_chain_has_columns() -> None:
    assert text("path obrava nahr-al-nur --fields length,cities")[0] == "length\tcities"


def test_common_and_explain_keep_their_pages() -> None:
    page = text("common kazehama maravel --limit 3")
    assert page[0] == "Kazehama (Japan) – Maravel (France)"
    [last] = run_line(
        "citylinks explain --reverse --limit 1 --no-header"
    ).out.splitlines()
    assert last.startswith("CL4")


def test_a_count_by_rule_is_limited_too() -> None:
    data = "--data tests/lint/problems/CL301-unknown-reference/data"
    made = json.loads(
        run_line(f"citylinks validate {data} --statistics --limit 1 --json").out
    )
    assert (made["count"], made["more"]) == (1, 2)


def test_the_exit_code_of_a_check_is_the_same_however_it_is_printed() -> None:
    broken = (
        "citylinks validate --data tests/lint/problems/CL301-unknown-reference/data"
    )
    options = ("", "--count", "--limit 1", "--sort code --reverse", "--fields code")
    for option in options:
        assert run_line(f"{broken} {option}").code == 1, option
    assert run_line(f"{broken} --count").out == "13\n"
    counted = run_line(
        f"{broken} --statistics --sort problems --reverse --fields problems"
    )
    assert counted.out.splitlines()[1] == "11"


def test_the_last_problems_are_those_at_the_end() -> None:
    data = "--data tests/lint/problems/CL402-claim-without-source/data"
    every = run_line(f"citylinks validate {data} --fields line --no-header").out
    last = run_line(
        f"citylinks validate {data} --fields line --no-header --reverse --limit 2"
    )
    assert last.out.splitlines() == every.splitlines()[:-3:-1]
    assert "--limit left out 4 more" in last.err


def test_the_former_name_of_a_limit_is_read() -> None:
    printed = run_line("citylinks validate --max-problems 1")
    assert printed.err.startswith("citylinks: reading --max-problems 1 as --limit 1\n")
    assert printed.code == 0
