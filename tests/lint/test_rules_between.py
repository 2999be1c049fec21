"""Rules between records: each with data that breaks it and data that does not."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.files.diagnostics import RULES
from citylinks.lint.rules import MOST_COMPARED, rule_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from citylinks.files.diagnostics import Rule

SOURCE = "\nsources: [page]\n"
PAIR = "members: [a, b]"
SISTERS = f"kind: sister-city\n{PAIR}"

Problems = list[tuple[str, str]]


@pytest.fixture
def check_records(
    data: Callable[[Mapping[str, str]], Path],
) -> Callable[[Mapping[str, str]], Problems]:
    """Return a function that checks records beside three cities: the file and rule of
    each.
    """

    def call(files: Mapping[str, str]) -> Problems:
        cities = {f"cities/{id_}.yaml": f"name: {id_.upper()}\n" for id_ in "abc"}
        texts = {
            path: text if path == "themes.yaml" else text + SOURCE
            for path, text in {**cities, **files}.items()
        }
        with KnowledgeBase.open(
            data({**texts, "sources.yaml": "page: {title: A}\n"})
        ) as kb:
            return [
                (
                    "/".join(problem.path.split("/")[-2:]).removesuffix(".yaml"),
                    problem.rule,
                )
                for problem in kb.validate(ignore=["CL4"]).results
            ]

    return call


def both(rule: str, *files: str) -> Problems:
    return [(file, rule) for file in sorted(files)]


# -- The same twice -----------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("start: 1959", "start: 1990"),
        ("", "start: 1990"),
        ("", ""),
        ("start: 1959\nend: 1995", "start: 1990"),
        ("start: 1959\nend: 1990", "start: 1960\nend: 1989"),
    ],
)
def test_two_records_of_one_tie(
    first: str, second: str, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    files = {
        "partnerships/a-b.yaml": f"{SISTERS}\n{first}",
        "partnerships/b-a.yaml": f"kind: sister-city\nmembers: [b, a]\n{second}",
    }
    assert check_records(files) == both(
        "same-partnership", "partnerships/a-b", "partnerships/b-a"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("start: 1959\nend: 1980", "start: 1990"),
        ("start: 1959\nend: 1980", "start: 1980"),
        ("start: 1959\nend: 1980", ""),
        ("start: 1959\nend: 1980~", "start: 1970"),
        ("start: 1959\nend: /1980", "start: 1970"),
        ("start: 1959\nstatus: ended", "start: 1970"),
    ],
)
def test_two_ties_may_have_followed_each_other(
    first: str, second: str, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    files = {
        "partnerships/a-b.yaml": f"{SISTERS}\n{first}",
        "partnerships/b-a.yaml": f"{SISTERS}\n{second}",
    }
    assert check_records(files) == []


@pytest.mark.parametrize(
    "other",
    [f"kind: friendship-city\n{PAIR}", "kind: sister-city\nmembers: [a, c]"],
)
def test_another_kind_or_another_pair_is_another_tie(
    other: str, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    files = {"partnerships/x.yaml": SISTERS, "partnerships/y.yaml": other}
    assert check_records(files) == []


@pytest.mark.parametrize("kind", ["network", "cooperation", "programme"])
def test_what_has_a_name_is_told_apart_by_it(
    kind: str, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    text = f"kind: {kind}\n{PAIR}"
    assert (
        check_records({"partnerships/x.yaml": text, "partnerships/y.yaml": text}) == []
    )


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("country: JP", "country: JP", "same-city"),
        ("country: JP", "country: JP\nsubdivision: JP-13\nlevel: city", "same-city"),
        ("country: JP\nwikidata: Q1", "wikidata: Q1", "same-city"),
        ("country: JP\nwikidata: Q1", "country: JP\nwikidata: Q1", "same-city"),
        ("country: JP\nwikidata: Q1", "country: JP\nwikidata: Q2", "ambiguous-name"),
        (
            "country: JP\nsubdivision: JP-13",
            "country: JP\nsubdivision: JP-34",
            "ambiguous-name",
        ),
        ("country: JP\nlevel: city", "country: JP\nlevel: prefecture", None),
        ("country: JP", "country: US", None),
        ("country: JP", "", None),
        ("country: JP\nlevel: port\npart_of: y", "country: JP", None),
    ],
)
def test_two_cities_of_one_name(
    first: str,
    second: str,
    rule: str | None,
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "cities/x.yaml": f"name: Fuchū\n{first}",
        "cities/y.yaml": f"name: Fuchu\n{second}",
    }
    assert check_records(files) == (both(rule, "cities/x", "cities/y") if rule else [])


def test_a_name_of_more_cities_than_are_compared(
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    count = MOST_COMPARED + 2
    cities = [f"---\nid: x{no}\nname: X\ncountry: JP{SOURCE}" for no in range(count)]
    text = "".join(cities).removesuffix(SOURCE)
    assert check_records({"cities/x.yaml": text}) == [("cities/x", "same-city")] * count


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("name: Y\naliases: [x]\ncountry: JP\nlevel: city", ["cities/x", "cities/y"]),
        ("name: Y\nnames: {de: X}\ncountry: JP\nlevel: city", ["cities/x", "cities/y"]),
        ("name: Y\naliases: [x]\ncountry: US\nlevel: city", []),
        ("name: Y\naliases: [x]\ncountry: JP\nlevel: port", []),
        ("name: Y\naliases: [x]\ncountry: JP\nlevel: city\npart_of: x", []),
        ("name: Y\naliases: [y]\ncountry: JP\nlevel: city", []),
    ],
)
def test_a_name_of_two_cities(
    city: str,
    expected: list[str],
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "cities/x.yaml": "name: X\ncountry: JP\nlevel: city",
        "cities/y.yaml": city,
    }
    assert check_records(files) == both("ambiguous-name", *expected)


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("{id: s, edition: 6}", "{id: s, edition: 6}", True),
        ("{id: s, edition: 6}", "{id: s, edition: 7}", False),
        ("{id: s, edition: 6}", "{id: t, edition: 6}", False),
        ("{id: s}", "{id: s}", False),
    ],
)
def test_two_events_of_one_edition(
    first: str,
    second: str,
    is_same: bool,
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    event = "date: 2016\nkind: forum\nseries: "
    files = {
        "partnerships/s.yaml": "kind: series\nmembers: [a]",
        "partnerships/t.yaml": "kind: series\nmembers: [a]",
        "events/x.yaml": f"title: X\n{event}{first}",
        "events/y.yaml": f"title: Y\n{event}{second}",
    }
    expected = both("same-edition", "events/x", "events/y") if is_same else []
    assert check_records(files) == expected


VISIT = "title: A visit\ndate: 2009\nkind: visit\n"


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (VISIT, VISIT, True),
        (VISIT, VISIT.replace("A visit", "A Visit"), True),
        (VISIT, VISIT.replace("kind: visit", "kind: conference"), True),
        (VISIT, f"{VISIT}cities: [a]\n", True),
        (VISIT, VISIT.replace("2009", "2010"), False),
        (VISIT, VISIT.replace("2009", "2009-05"), False),
        (VISIT, VISIT.replace("A visit", "Another"), False),
        (f"{VISIT}cities: [a]\n", f"{VISIT}cities: [b]\n", False),
        (f"{VISIT}place: a\n", f"{VISIT}place: b\n", False),
        (f"{VISIT}series: {{id: s}}\n", f"{VISIT}series: {{id: t}}\n", False),
        (f"{VISIT}series: {{id: s}}\n", f"{VISIT}series: {{id: s}}\n", True),
    ],
)
def test_two_records_of_one_event(
    first: str,
    second: str,
    is_same: bool,
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "cities/b.yaml": "name: B",
        "partnerships/s.yaml": "kind: series\nmembers: [a]",
        "partnerships/t.yaml": "kind: series\nmembers: [a]",
        "events/x.yaml": first,
        "events/y.yaml": second,
    }
    expected = both("same-record", "events/x", "events/y") if is_same else []
    assert check_records(files) == expected


# -- What lies outside --------------------------------------------------------


@pytest.mark.parametrize("names", ["partnerships: [t]", "series: {id: t}"])
@pytest.mark.parametrize(
    ("tie", "date", "is_outside"),
    [
        ("start: 1959-04", "1959-03", True),
        ("start: 1959-04", "1950/1958", True),
        ("start: 1959-04", "1959", False),
        ("start: 1959-04", "1958/1960", False),
        ("start: 1959-04", "1950~", False),
        ("start: 1959-04", "1950?", False),
        ("start: 1959~", "1950", False),
        ("start: 195X", "1950", False),
        ("start: ../1959", "1950", False),
        ("end: 1990", "1991", True),
        ("end: 1990", "1990-12-31", False),
        ("end: 1990", "../1991", False),
        ("end: 1990/", "1991", False),
        ("", "1800", False),
    ],
)
def test_an_event_surely_outside_its_tie(
    names: str,
    tie: str,
    date: str,
    is_outside: bool,
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "partnerships/t.yaml": f"kind: cooperation\n{PAIR}\n{tie}",
        "events/e.yaml": f"title: X\ndate: {date}\nkind: visit\ncities: [a]\n{names}",
    }
    expected = (
        both("event-outside-partnership", "events/e", "partnerships/t")
        if is_outside
        else []
    )
    assert check_records(files) == expected


@pytest.mark.parametrize(
    ("kind", "event", "is_strange"),
    [
        ("sister-city", "cities: [c]\npartnerships: [t]", True),
        ("sister-city", "place: c\npartnerships: [t]", True),
        ("sister-city", "cities: [c]\nplace: a\npartnerships: [t]", False),
        ("sister-city", "cities: [c, a]\npartnerships: [t]", False),
        ("sister-city", "cities: [c]\npartnerships: [t, n]", False),
        ("sister-city", "cities: [within]\npartnerships: [t]", False),
        ("sister-city", "cities: [around]\npartnerships: [t]", False),
        ("sister-city", "partnerships: [t]", False),
        ("network", "cities: [c]\npartnerships: [t]", False),
    ],
)
def test_an_event_without_any_member_of_its_tie(
    kind: str,
    event: str,
    is_strange: bool,
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "cities/b.yaml": "name: B\npart_of: around",
        "cities/around.yaml": "name: Around B",
        "cities/within.yaml": "name: Within B\npart_of: b",
        "partnerships/n.yaml": "kind: network\nmembers: [a]",
        "partnerships/t.yaml": f"kind: {kind}\n{PAIR}",
        "events/e.yaml": f"title: X\ndate: 2009\nkind: visit\n{event}",
    }
    expected = (
        both("event-city-not-in-partnership", "events/e", "partnerships/t")
        if is_strange
        else []
    )
    assert check_records(files) == expected


# -- Circles and counts -------------------------------------------------------


def test_what_leads_into_a_circle_is_not_in_it(
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    themes = "x: {label: X, broader: y}\ny: {label: Y, broader: y}\nz: {label: Z, broader: x}\n"
    assert check_records({"themes.yaml": themes}) == [("data/themes", "cycle")]


def test_a_long_circle_is_named_in_part(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    themes = "".join(
        f"t{no}: {{label: T{no}, broader: t{(no + 1) % 1000}}}\n" for no in range(1000)
    )
    with KnowledgeBase.open(data({"themes.yaml": themes})) as kb:
        problems = kb.validate(ignore=["CL4"]).results
    assert [problem.rule for problem in problems] == ["cycle"] * 1000
    assert problems[0].message.endswith(
        "t0 → t1 → t2 → t3 → t4 → t5 → t6 → t7 → … → t0"
    )


@pytest.mark.parametrize(
    ("count", "is_wrong"),
    [
        ("of: sister cities, value: 2", False),
        ("of: sister cities, value: 1", False),  # before the second began
        ("of: sister cities, value: 4", True),
        ("of: sister cities, value: 3", False),  # one may be either
        ("of: SISTER CITIES, value: 4", True),
        ("of: sister cities, value: 4, date: 2000", True),
        ("of: sister cities, value: 0, date: 1980", True),
        ("of: sister cities, value: 0, date: 1980~", False),
        ("of: sister cities, value: 1, date: 1980", False),
        ("of: sister cities, value: 3, date: 1980", True),
        ("of: sister cities and others, value: 40", False),
        ("of: friendship cities, value: 2", True),
        ("of: friendship cities, value: 1", False),
    ],
)
def test_a_count_of_the_ties_of_a_city(
    count: str, is_wrong: bool, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    files = {
        "cities/a.yaml": f"name: A\ncounts:\n  - {{{count}}}",
        "cities/d.yaml": "name: D",
        "partnerships/a-b.yaml": f"{SISTERS}\nstart: 1959",
        "partnerships/a-c.yaml": "kind: sister-city\nmembers: [a, c]\nstart: 1990",
        "partnerships/a-d.yaml": "kind: sister-or-friendship\nmembers: [d, a]\nend: 2001",
    }
    assert check_records(files) == (
        [("cities/a", "count-contradicted")] if is_wrong else []
    )


@pytest.mark.parametrize(("value", "is_wrong"), [(2, False), (1, False), (0, True)])
def test_a_tie_that_cannot_be_taken_may_be_what_a_count_counts(
    value: int, is_wrong: bool, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    count = f"{{of: sister cities, value: {value}, date: 2020}}"
    files = {
        "cities/a.yaml": f"name: A\ncounts:\n  - {count}",
        "partnerships/a-b.yaml": f"{SISTERS}\nstart: 1959",
        "partnerships/a-c.yaml": "kind: sister-city\nmembrs: [a, c]",
    }
    problems = [problem for problem in check_records(files) if problem[0] == "cities/a"]
    assert problems == ([("cities/a", "count-contradicted")] if is_wrong else [])


def test_a_city_that_cannot_be_taken_is_not_what_a_count_counts(
    check_records: Callable[[Mapping[str, str]], Problems],
) -> None:
    files = {
        "cities/a.yaml": "name: A\ncounts:\n  - {of: sister cities, value: 2}",
        "cities/c.yaml": "nam: C",
        "partnerships/a-b.yaml": f"{SISTERS}\nstart: 1959",
    }
    assert ("cities/a", "count-contradicted") in check_records(files)


@pytest.mark.parametrize(
    ("count", "is_wrong"),
    [
        ("of: members, value: 3", True),
        ("of: members, value: 2, date: 2010", False),
        ("of: members, value: 2, date: 2001", True),
        ("of: member cities, value: 1, date: 2010", True),
        ("of: endorsing cities, value: 38", False),
    ],
)
def test_a_count_of_members(
    count: str, is_wrong: bool, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    text = "kind: network\nmembers: [a, {city: b, from: 2005}]\nstart: 1999\ncounts:\n"
    expected = [("partnerships/n", "count-contradicted")] if is_wrong else []
    assert check_records({"partnerships/n.yaml": f"{text}  - {{{count}}}"}) == expected


# -- Of one record ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "start: 1959\nagreements: [{kind: twinning, signed: 1958}]",
            "agreement-outside-partnership",
        ),
        ("start: 1959\nagreements: [{kind: letter-of-intent, signed: 1958}]", None),
        (
            "end: 1959\nagreements: [{kind: letter-of-intent, signed: 1960}]",
            "agreement-outside-partnership",
        ),
        ("start: 1959-04\nagreements: [{kind: twinning, signed: 1959}]", None),
        ("start: 1959\nagreements: [{kind: twinning}]", None),
        ("end: 1990\nstatus: dormant", "status-contradicts-end"),
        ("end: 1990\nstatus: ended", None),
        ("end: 1990?\nstatus: active", None),
        (
            "end: 1990\nstatus: [{is: active, since: 1991}, {is: ended}]",
            "status-contradicts-end",
        ),
        ("end: 1990\nstatus: [{is: ended, since: 1989}]", "status-contradicts-end"),
        (
            "end: 1990\nstatus: [{is: active, since: 1959}, {is: ended, since: 1990}]",
            None,
        ),
        (
            "status: [{is: dormant, since: 2011}, {is: active, since: 2010}]",
            "status-out-of-order",
        ),
        ("status: [{is: dormant, since: 2011}, {is: active, since: 2011}]", None),
    ],
)
def test_a_tie_alone(
    text: str, rule: str | None, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    problems = check_records(
        {"partnerships/t.yaml": f"kind: cooperation\n{PAIR}\n{text}"}
    )
    assert problems == ([("partnerships/t", rule)] if rule else [])


@pytest.mark.parametrize(
    ("member", "is_wrong"),
    [
        ("from: 2001, until: 2000", True),
        ("from: 2001, until: 2001", False),
        ("from: 2001, until: 2000~", False),
        ("until: 2000", False),
    ],
)
def test_a_member_leaves_after_it_joined(
    member: str, is_wrong: bool, check_records: Callable[[Mapping[str, str]], Problems]
) -> None:
    problems = check_records(
        {"partnerships/t.yaml": f"kind: network\nmembers: [{{city: a, {member}}}]"}
    )
    assert problems == (
        [("partnerships/t", "leaves-before-joining")] if is_wrong else []
    )


# -- Some files only, and what is said of the rules ---------------------------

BROKEN = {
    "cities/x.yaml": "name: X\ncountry: JP\nwikidata: Q1\npart_of: y\n"
    "counts: [{of: sister cities, value: 3}]",
    "cities/y.yaml": "name: Y\nwikidata: Q1\npart_of: x",
    "cities/v.yaml": "name: V\ncountry: JP\nlevel: city\naliases: [U]",
    "cities/w.yaml": "name: W\ncountry: JP\nlevel: city\naliases: [U]",
    "cities/s.yaml": "name: S\ncountry: JP",
    "cities/t.yaml": "name: S\ncountry: JP",
    "partnerships/a-b.yaml": f"{SISTERS}\nstart: 1959",
    "partnerships/b-a.yaml": f"{SISTERS}\nstart: 1960",
    "partnerships/x-y.yaml": "kind: sister-city\nmembers: [x, y]",
    "events/e.yaml": "title: E\ndate: 1950\nkind: visit\ncities: [c]\npartnerships: [a-b]",
    "events/f.yaml": "title: F\ndate: 1970\nkind: visit\nseries: {id: b-a, edition: 1}",
    "events/g.yaml": "title: G\ndate: 1971\nkind: visit\nseries: {id: b-a, edition: 1}",
}


def test_a_file_alone_has_the_same_problems_as_among_all(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    cities = {f"cities/{id_}.yaml": f"name: {id_.upper()}" for id_ in "abc"}
    files = {path: text + SOURCE for path, text in {**cities, **BROKEN}.items()}
    root = data({**files, "sources.yaml": "page: {title: A}\n"})
    with KnowledgeBase.open(root) as kb:
        alone = {
            path: kb.validate([str(root / path)], ignore=["CL4"]).results
            for path in files
        }
        all_problems = kb.validate(ignore=["CL4"]).results
    assert {problem.rule for problem in all_problems} == {
        "same-partnership", "same-city", "event-outside-partnership", "event-city-not-in-partnership", "cycle",
        "same-edition", "ambiguous-name", "count-contradicted",
    }  # fmt: skip
    for path, problems in alone.items():
        assert problems == tuple(
            problem for problem in all_problems if problem.path.endswith(path)
        ), path


BETWEEN = [rule for rule in RULES if rule.code.startswith("CL3")]


def example_files(rule_text: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files of the bad and of the good example of a rule."""
    _, bad, good = (
        part for part in rule_text.replace("Good:", "Bad:").split("\nBad:\n")
    )
    return _files(bad), _files(good)


def _files(text: str) -> dict[str, str]:
    parts = dedent(text.strip("\n")).split("# ")[1:]
    return {path: body for path, _, body in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("rule", BETWEEN, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule(
    rule: Rule, data: Callable[[Mapping[str, str]], Path]
) -> None:
    bad, good = example_files(rule_module(rule).__doc__ or "")
    assert rule.name in _rules_broken(data(bad))
    for path in bad.keys() - good.keys():
        (data({}) / path).unlink()
    assert rule.name not in _rules_broken(data(good))


def _rules_broken(root: Path) -> set[str]:
    with KnowledgeBase.open(root) as kb:
        return {problem.rule for problem in kb.validate(ignore=["CL4"]).results}
