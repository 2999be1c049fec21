from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from citylinks import KnowledgeBase
from citylinks.cli.completion import suggestions
from citylinks.cli.completion.suggestions import (
    Completion,
    PartialValue,
    matching,
    records,
    slug,
)
from citylinks.exporters.schemas import schema_names
from citylinks.geo import names
from citylinks.geo.countries import all_countries
from citylinks.index import maintenance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str]], Path]

FILES = {
    "cities/lyon.yaml": "{name: Lyon, country: FR}",
    "cities/yokohama.yaml": "{name: Yokohama, country: JP, names: {ja: 横浜市}, aliases: [横浜]}",
    "cities/sao-paulo.yaml": "{name: São Paulo, country: BR}",
    "cities/new-york.yaml": "{name: New York City}",
    "cities/mumbai.yaml": "{name: Mumbai, country: IN, aliases: [Bombay]}",
    "cities/singapore.yaml": "{name: Singapore, country: SG}",
    "partnerships/singapore.yaml": "{kind: network, name: Singapore Forum, members: [singapore]}",
    "partnerships/lyon-yokohama.yaml": "{kind: sister-city, members: [lyon, yokohama]}",
    "events/2009-visit.yaml": "{title: A visit, date: 2009-05~, kind: visit}",
    "themes.yaml": "energy: {label: Energy, labels: {fr: Énergie}, aliases: [power]}",
    "organizations.yaml": "nedo: {name: NEDO, names: {en: New Energy Organization}}",
    "sources.yaml": "a-page: {title: A page}",
}
ALL = ("city", "partnership", "event", "theme", "organization", "source")


@pytest.fixture
def root(data: Write) -> str:
    return str(data(FILES))


def offered(root: str, text: str, *types: str) -> list[str]:
    return [hint.value for hint in records(*types)(PartialValue(text, (root,)))]


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("", ""),
        ("lyon", "lyon"),
        ("São P", "sao-p"),
        ("new ", "new-"),
        ("new-", "new-"),
        ("横", "横"),
        ("ŁÓDŹ", "lodz"),
    ],
)
def test_slug(text: str, begin: str) -> None:
    assert slug(text) == begin


def test_among() -> None:
    known = [
        Completion("sister-city"),
        Completion("FR", "", "France"),
        Completion("sister-port"),
    ]
    assert matching("Sister", known) == [known[0], known[2]]
    assert matching("sister p", known) == [known[2]]
    assert matching("fra", known) == [known[1]], (
        "by name, where nothing begins so itself"
    )
    assert matching("", known) == known
    assert matching("x", known) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ly", ["lyon"]),
        ("LYON", ["lyon"]),
        ("são", ["sao-paulo"]),
        ("Sao p", ["sao-paulo"]),
        ("横", ["yokohama"]),
        ("bomb", ["mumbai"]),
        ("new y", ["new-york"]),
        ("new york c", ["new-york"]),
        ("city/y", ["city/yokohama"]),
        ("city/横", ["city/yokohama"]),
        ("event/2", []),
        ("x", []),
        ("", ["lyon", "mumbai", "new-york", "sao-paulo", "singapore", "yokohama"]),
        ("%", []),
        ("-", []),
    ],
)
def test_a_city_by_what_it_is_called(root: str, text: str, ids: list[str]) -> None:
    assert offered(root, text, "city") == ids


def test_types(root: str) -> None:
    assert offered(root, "", "theme") == ["energy"]
    assert offered(root, "éner", "theme") == ["energy"]
    assert offered(root, "pow", "theme") == ["energy"]
    assert offered(root, "new e", "organization") == ["nedo"]
    assert offered(root, "ly", "city", "partnership") == ["lyon", "lyon-yokohama"]
    assert offered(root, "20", *ALL) == ["2009-visit"]
    assert offered(root, "event/", *ALL) == ["event/2009-visit"]


def test_an_id_of_two_types_says_which(root: str) -> None:
    assert offered(root, "sing", *ALL) == ["city/singapore", "partnership/singapore"]
    assert offered(root, "sing", "city") == ["singapore"]


def test_what_is_said(root: str) -> None:
    explanations = {
        hint.value: hint.about for hint in records(*ALL)(PartialValue("", (root,)))
    }
    assert explanations["lyon"] == "Lyon, France"
    assert explanations["new-york"] == "New York City"
    assert explanations["lyon-yokohama"] == "sister city"
    assert explanations["2009-visit"] == "A visit, 2009-05~"
    assert explanations["nedo"] == "NEDO, organization"
    [mumbai] = records("city")(PartialValue("bom", (root,)))
    assert mumbai == Completion("mumbai", "Bombay: Mumbai, India", "Bombay")


def test_so_many_and_the_last(data: Write) -> None:
    cities = "---\n".join(
        f"{{id: c{n:03}, name: N{n}, aliases: [大{n}]}}\n" for n in range(600)
    )
    root = str(data({"cities/all.yaml": f"---\n{cities}"}))
    matches = offered(root, "c", "city")
    assert len(matches) == suggestions.LIMIT
    assert matches[:2] == ["c000", "c001"]
    assert matches[-1] == "c599", "or `c` would seem to go on with 0 or 1 or 2"
    named = offered(root, "大", "city")
    assert (len(named), named[0], named[-1]) == (suggestions.LIMIT, "c000", "c599")


# -- The index as it stands -----------------------------------------------------


def test_a_stale_index_is_taken_as_it_is(root: str, tmp_path: Path) -> None:
    KnowledgeBase.open(root).close()
    (tmp_path / "data" / "cities" / "turin.yaml").write_text(
        "name: Turin\n", encoding="utf-8"
    )
    before = maintenance.cache_path([str(root)]).read_bytes()
    assert offered(root, "tur", "city") == []
    assert maintenance.cache_path([str(root)]).read_bytes() == before
    KnowledgeBase.open(root).close()
    assert offered(root, "tur", "city") == ["turin"]


def test_an_index_is_made_of_what_is_small_alone(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "SMALL", 100)
    with pytest.raises(sqlite3.OperationalError):
        offered(root, "ly", "city")
    assert not maintenance.cache_path([str(root)]).exists()
    monkeypatch.undo()
    monkeypatch.setenv(
        "XDG_CACHE_HOME", str(maintenance.cache_path([str(root)]).parents[1])
    )
    assert offered(root, "ly", "city") == ["lyon"]
    assert maintenance.cache_path([str(root)]).exists()


def test_what_is_in_the_environment_and_upwards(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CITYLINKS_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert [hint.value for hint in records("city")(PartialValue("ly"))] == ["lyon"]
    monkeypatch.chdir(os.sep)
    monkeypatch.setenv("CITYLINKS_DATA", root)
    assert [hint.value for hint in records("city")(PartialValue("mum"))] == ["mumbai"]


# -- Closed lists ---------------------------------------------------------------


def test_every_country_is_offered_in_a_form_that_is_taken() -> None:
    matches = suggestions.countries(PartialValue(""))
    assert len(matches) == len(all_countries())
    for hint in matches:
        assert hint.about in names.country_codes(hint.value), hint
        assert slug(hint.value) == hint.value


def test_countries() -> None:
    assert [hint.value for hint in suggestions.countries(PartialValue("jap"))] == [
        "japan"
    ]
    assert [hint.value for hint in suggestions.countries(PartialValue("ge"))] == [
        "ge",
        "georgia",
        "germany",
    ]
    assert [hint.value for hint in suggestions.countries(PartialValue("JP"))] == ["JP"]
    assert [hint.value for hint in suggestions.countries(PartialValue("Côte d'I"))] == [
        "cote-divoire"
    ]


def test_every_region_is_offered_in_a_form_that_is_taken() -> None:
    matches = suggestions.regions(PartialValue(""))
    assert [hint.name for hint in matches] == list(names.all_region_names())
    for hint in matches:
        assert names.region_codes(hint.value) == names.region_codes(hint.name), hint
        assert slug(hint.value) == hint.value
    assert [hint.value for hint in suggestions.regions(PartialValue("Western E"))] == [
        "western-europe"
    ]


def test_schemas() -> None:
    assert suggestions.offered_schemas() == list(schema_names())
