"""The schemas: valid themselves, true of the shipped records, true of what commands
print.
"""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError
from support import EXAMPLES, ROOT, Example, run_line

from citylinks.exporters.schemas import schema, schema_names
from citylinks.files.paths import shipped_data
from citylinks.questions.groups import GROUPINGS

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FOLDERS = {"cities": "city", "partnerships": "partnership", "events": "event"}
VOCABULARIES = ("themes", "organizations", "sources")


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: numbers are numbers, `NO` and days
    are text.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), None
)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?$"),
    None,
)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("(true|false)$"), None
)
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile("(null|~|)$"), None
)


def read(text: str) -> list[Any]:
    return [
        document for document in yaml.load_all(text, CoreLoader) if document is not None
    ]


def check(name: str, value: object) -> None:
    Draft202012Validator(schema(name)).validate(value)


# -- The schemas themselves ---------------------------------------------------


@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_one_of_2020_12(name: str) -> None:
    document = schema(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(document)


@pytest.mark.parametrize("name", schema_names())
def test_every_reference_of_a_schema_leads_somewhere(name: str) -> None:
    document = schema(name)
    for target in re.findall(r'"\$ref": "#/\$defs/([^"]+)"', json.dumps(document)):
        assert target in document["$defs"]


@pytest.mark.parametrize("name", ["record/city", "output/timeline"])
def test_the_command_prints_the_schema(
    run: Callable[..., subprocess.CompletedProcess[str]], name: str
) -> None:
    assert json.loads(run("schema", name).stdout) == schema(name)


@pytest.mark.parametrize("name", ["rgre-2014.yaml"])
def test_a_map_is_valid(name: str) -> None:
    (mapping,) = read((ROOT / "docs" / "maps" / name).read_text(encoding="utf-8"))
    check("map/table", mapping)
    check("map/table", {**mapping, "file": {"header": 2}, "end": 7, "note": ["x", "y"]})
    with pytest.raises(ValidationError):
        check("map/table", {**mapping, "kinds": "x"})


def test_the_command_names_all_schemas(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert tuple(run("schema").stdout.split()) == schema_names()


# -- Records ------------------------------------------------------------------


def shipped() -> list[tuple[str, Path]]:
    data = shipped_data()
    records = [
        (f"record/{type_}", path)
        for folder, type_ in FOLDERS.items()
        for path in sorted((data / folder).glob("*.yaml"))
    ]
    return records + [
        (f"record/{name}", data / f"{name}.yaml") for name in VOCABULARIES
    ]


def test_the_shipped_records_are_as_their_schemas_say() -> None:
    files = shipped()
    assert files
    for name, path in files:
        for document in read(path.read_text(encoding="utf-8")):
            check(name, document)


WRITTEN = {
    "record/city": """
        name: Yokohama
        names: {ja: 横浜市}
        aliases: [横浜, {name: ヨコハマ, lang: ja-Kana, from: 1889}]
        country: NO
        location: {latitude: 35, longitude: 139.6}
        geonames: 1848354
        counts: [{of: sister cities, value: 12, date: 2024}]
        """,
    "record/partnership": """
        kind: network
        members: [lyon, {city: yokohama, role: chair, from: 2019, until: 2021}]
        start: 1959
        end: 2011/..
        status: dormant
        agreements: [{kind: protocol, signed: 1959-04-07, listed: {source: a, position: 1}}]
        sources: [a, {source: b, fields: ['agreements[0].signed']}]
        claims: [{field: start, value: 1967-09-22, source: a}]
        """,
    "record/event": """
        title: A visit
        date: 1860~
        kind: visit
        cities: [lyon, {city: yokohama, people: 50}]
        series: {id: forum, edition: 3}
        attendance: {cities: 21}
        """,
    "record/theme": "{label: Energy, sdgs: [7]}",
    "record/organization": "{name: NEDO, kind: government-agency, country: JP}",
    "record/source": "{title: A page, url: 'https://example.org', accessed: 2026-11-22}",
    "record/themes": "{energy: {label: Energy}}",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_people_write_is_as_the_schema_says(name: str) -> None:
    (document,) = read(WRITTEN[name])
    check(name, document)


@pytest.mark.parametrize("value", ["1967", "38", "1967-09-22"])
def test_a_claim_may_be_a_year_or_a_number(value: str) -> None:
    text = f"""
        kind: sister-city
        members: [lyon, milan]
        start: 1966
        claims: [{{field: start, value: {value}, source: comune-milano}}]
        """
    check("record/partnership", read(text)[0])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("record/city", "{name: Lyon, contry: FR}"),
        ("record/city", "{level: city}"),
        ("record/city", "{name: Lyon, level: town}"),
        ("record/city", "{name: Lyon, location: {latitude: 91, longitude: 0}}"),
        ("record/city", "{name: Lyon, summary: null}"),
        ("record/partnership", "{kind: friends, members: [a, b]}"),
        ("record/partnership", "{kind: sister-city, members: []}"),
        ("record/partnership", "{kind: sister-city, members: [a, b], status: asleep}"),
        ("record/event", "{title: A, kind: visit}"),
        ("record/theme", "{label: Energy, sdgs: [18]}"),
        ("record/themes", "{Energy: {label: Energy}}"),
    ],
)
def test_what_the_models_refuse_the_schema_refuses(name: str, text: str) -> None:
    with pytest.raises(ValidationError):
        check(name, read(text)[0])


BROKEN = ("CL201-missing-key", "CL202-unknown-key", "CL203-wrong-type", "CL204-unknown-value",
          "CL208-invalid-number", "CL209-malformed-identifier")  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_what_breaks_a_rule_of_the_models_breaks_the_schema(rule: str) -> None:
    folder = ROOT / "tests/lint/problems" / rule
    report = (folder / "report.txt").read_text(encoding="utf-8")
    broken = {line.partition(":")[0] for line in report.splitlines()}
    assert broken
    for name in broken:
        path = folder / name
        family = FOLDERS.get(path.parent.name, path.stem)
        documents = read(path.read_text(encoding="utf-8"))
        validator = Draft202012Validator(schema(f"record/{family}"))
        assert not all(validator.is_valid(document) for document in documents), name


def parts(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the models that a schema holds, by name."""
    whole = document.get("additionalProperties") or document
    own = whole if isinstance(whole, dict) else document
    return {"": own, **document.get("$defs", {})}


@pytest.mark.parametrize(
    "name", [name for name in schema_names() if name.startswith("record/")]
)
def test_every_key_is_explained(name: str) -> None:
    for part, model in parts(schema(name)).items():
        assert model["description"], part
        for key, value in model["properties"].items():
            assert value["description"].endswith("."), f"{part}.{key}"


def test_an_explanation_says_how_a_value_is_written() -> None:
    date = schema("record/event")["properties"]["date"]
    assert (
        date["description"]
        == "When it happened. EDTF (ISO 8601-2), level 0 or 1, or [a..b]."
    )


# -- Output -------------------------------------------------------------------

FILES = {
    "cities/lyon.yaml": "{name: Lyon, country: FR, level: city, sources: [page]}",
    "cities/yokohama.yaml": """
        name: Yokohama
        aliases: [横浜, {name: ヨコハマ, from: 1889}]
        location: {latitude: 35.4, longitude: 139.6}
        counts: [{of: sister cities, value: 12, date: 2024}]
        """,
    "partnerships/lyon-yokohama.yaml": """
        kind: sister-city
        members: [lyon, {city: yokohama, role: lead}]
        start: 1959-04
        end: 2001~
        themes: [energy]
        agreements:
          - {kind: twinning, signed: 1959-04-07, expires: 1990, themes: [energy]}
          - {kind: renewal, listed: {source: page, position: 2}}
          - {kind: protocol, signed: 1980, expires: 1991, parties: [yokohama]}
        organizations: [{organization: nedo, role: funder}]
        status: [{is: dormant, since: 1999, reason: Quiet}]
        outcomes: [{summary: A school, date: 1980, city: lyon}]
        sources: [{source: page, fields: [start], note: gives April}]
        claims: [{field: start, value: 1959, source: page}]
        """,
    "partnerships/u20.yaml": "{kind: network, name: U20, members: [lyon, yokohama]}",
    "events/1860-traders.yaml": "{title: Traders, date: 1860~, kind: milestone, cities: [lyon]}",
    "events/2009-visit.yaml": """
        title: A visit
        date: 2009
        kind: visit
        cities: [{city: lyon, people: 50}]
        place: yokohama
        partnerships: [lyon-yokohama]
        pillars: [{name: One, summary: More}]
        attendance: {people: 300}
        """,
    "events/bad.yaml": "{title: Bad, date: soon, kind: visit}",
    "themes.yaml": "energy: {label: Energy, sdgs: [7]}",
    "organizations.yaml": "nedo: {name: NEDO}",
    "sources.yaml": "page: {title: A page, publisher: Lyon, date: 2012}",
}
# More than the examples of `support`, on data that has each field.
COMMANDS = [
    ("timeline", ["timeline"]),
    ("timeline", ["timeline", "lyon"]),
    ("timeline", ["timeline", "lyon", "yokohama", "--year", "1950s", "--theme", "energy"]),
    ("timeline", ["timeline", "u20", "--kind", "visit"]),
    *(("timeline", ["timeline", "--by", name, "--reverse", "--limit", "9"]) for name in GROUPINGS),
    *((name, ["list", name]) for name in (
        "cities", "partnerships", "agreements", "events", "themes", "organizations", "sources")),
    ("partnerships", ["list", "partnerships", "--year", "1959", "--with", "lyon"]),
    *(("show", ["show", name]) for name in (
        "city/lyon", "yokohama", "lyon-yokohama", "2009-visit", "energy", "nedo", "page")),
    ("search", ["search", "lyon"]),
    ("stats", ["stats"]),
    ("growth", ["stats", "growth"]),
    ("path", ["path", "lyon", "yokohama", "--networks", "--all", "--as-of", "1980"]),
    ("common", ["common", "lyon", "yokohama"]),
    ("anniversaries", ["anniversaries", "--year", "1960..2030"]),
    ("expiring", ["expiring", "--year", "1991", "--status", "dormant"]),
    ("evidence", ["evidence"]),
    ("evidence-conflicts", ["evidence", "conflicts"]),
    ("evidence-sources", ["evidence", "sources"]),
    ("evidence-gaps", ["evidence", "gaps"]),
    ("evidence-record", ["evidence", "lyon-yokohama"]),
    ("validate", ["validate"]),
    ("validate-statistics", ["validate", "--statistics"]),
    ("explain", ["explain"]),
    ("explain", ["explain", "CL101", "no-source"]),
    ("version", ["version"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=str)
def test_what_a_command_prints_is_as_its_schema_says(
    run: Callable[..., subprocess.CompletedProcess[str]],
    data: Callable[[Mapping[str, str]], Path],
    name: str,
    command: list[str],
) -> None:
    result = run(*command, "--json", env={"CITYLINKS_DATA": str(data(FILES))})
    assert result.returncode == (1 if "validate" in command else 0), result.stderr
    envelope = json.loads(result.stdout)
    assert envelope["schema"] == f"citylinks/{name}/1"
    assert envelope["count"] == len(envelope["results"])
    assert envelope["results"] or "--kind" in command
    check(f"output/{name}", envelope)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_what_an_example_prints_is_as_its_schema_says(example: Example) -> None:
    printed = run_line(shlex.join(["citylinks", *example.words(), "--json"]))
    envelope = json.loads(printed.out)
    assert envelope["schema"] == f"citylinks/{example.schema}/1"
    check(f"output/{example.schema}", envelope)


def test_every_schema_of_output_is_tried() -> None:
    outputs = {name for name in schema_names() if name.startswith("output/")}
    tried = {f"output/{example.schema}" for example in EXAMPLES}
    assert outputs - tried == set(), "these want an example in EXAMPLES of support.py"


def descriptions(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part["description"]
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from descriptions(item)


@pytest.mark.parametrize("name", schema_names())
def test_a_text_has_one_line_for_each_paragraph(name: str) -> None:
    for text in descriptions(schema(name)):
        for line in text.split("\n\n"):
            assert line == " ".join(line.split()), text
