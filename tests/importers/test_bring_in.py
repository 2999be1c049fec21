"""The core of `import` without a file: rows that an adapter might yield."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from support import list_problems

from citylinks import KnowledgeBase
from citylinks.importers import Importer, ImportOptions
from citylinks.importers.rows import (
    CitedSource,
    DescribedCity,
    ImportedCity,
    ImportedPartnership,
    SetAside,
)
from citylinks.importers.run import ImportRequest, run_import

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from citylinks.importers.writing.account import Account

    Bring = Callable[..., Account]

LYON = ImportedCity("Lyon", country="Frankreich")
COLOGNE = ImportedCity("Köln", country="DE", apart="50667")


@pytest.fixture
def bring(tmp_path: Path, cache: Path) -> Bring:
    def call(
        *items: ImportedPartnership | DescribedCity | SetAside, **wanted: Any
    ) -> Account:
        module = SimpleNamespace(
            SOURCE=CitedSource("Ledger"), read=lambda files, options: iter(items)
        )
        into = ImportRequest(tmp_path / "out", **wanted)
        return run_import(
            cast("Importer", module), [], ImportOptions(), into, lambda message: None
        )

    return call


@pytest.fixture
def shown(tmp_path: Path) -> Callable[[str], Any]:
    """Return a function that gives a record of what was imported."""

    def show(name: str) -> Any:
        with KnowledgeBase.open(tmp_path / "out") as kb:
            return kb.show(name).results[0]

    return show


def text(tmp_path: Path) -> str:
    files = sorted((tmp_path / "out").rglob("*.yaml"))
    return "".join(path.read_text(encoding="utf-8") for path in files)


def tie(a: ImportedCity, b: ImportedCity, **more: Any) -> ImportedPartnership:
    return ImportedPartnership(more.pop("where", "row"), a, b, **more)


def test_a_file_for_each_country(bring: Bring, tmp_path: Path) -> None:
    bring(tie(LYON, COLOGNE, kind="sister-city", start="1962"))
    names = {
        str(path.relative_to(tmp_path / "out")) for path in tmp_path.glob("out/*/*")
    }
    assert names == {"cities/fr.yaml", "cities/de.yaml", "partnerships/de.yaml"}
    assert (tmp_path / "out/partnerships/de.yaml").read_text(encoding="utf-8") == (
        "---\nid: koln-lyon\nkind: sister-city\nmembers: [koln, lyon]\nstart: 1962\n"
        "sources: [ledger]\n"
    )
    assert list_problems(tmp_path / "out") == []


def test_all_that_a_party_says(bring: Bring, tmp_path: Path) -> None:
    party = ImportedCity(
        "Yokohama", "Q38283", "日本", "city", "JP-14", (("ja", "横浜市"), ("xx-!", "?")),
        (("Yokohama-shi", "ja-Latn"), ("YOKOHAMA", None)), (35.444, 139.638), "1848354",
    )  # fmt: skip
    bring(tie(party, LYON))
    assert (tmp_path / "out/cities/jp.yaml").read_text(encoding="utf-8") == (
        "---\nid: yokohama\nname: Yokohama\nnames: {ja: 横浜市}\n"
        "aliases: [{name: Yokohama-shi, lang: ja-Latn}]\nlevel: city\ncountry: JP\n"
        "subdivision: JP-14\nlocation: {latitude: 35.444, longitude: 139.638}\nwikidata: Q38283\n"
        "geonames: 1848354\nsources: [ledger]\n"
    )
    assert list_problems(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", "30.2.1959"), ("start", "2999"), ("end", "1900"), ("level", "village"),
        ("kind", "love"), ("status", "over"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_left_out_and_told(
    bring: Bring, tmp_path: Path, field: str, value: str
) -> None:
    party = LYON._replace(level=value) if field == "level" else LYON
    more = {} if field == "level" else {field: value}
    account = bring(tie(party, COLOGNE, **({"start": "1950"} | more)))
    assert list_problems(tmp_path / "out") == []
    assert value not in text(tmp_path)
    (note,) = account.notes
    assert note.startswith("left out or not clear: 1: ")


def test_na_is_namibia_with_a_note(bring: Bring, tmp_path: Path) -> None:
    account = bring(tie(LYON, COLOGNE._replace(country="NA")))
    assert "country: NA" in text(tmp_path)
    (note,) = account.notes
    assert "the country 'NA' was read as Namibia" in note


def test_a_country_by_the_short_name_of_an_atlas(bring: Bring, tmp_path: Path) -> None:
    account = bring(tie(LYON, COLOGNE._replace(country="Bosnia and Herz.")))
    assert "country: BA" in text(tmp_path)
    assert not account.notes


@pytest.mark.parametrize("subdivision", ["Bayern", "DE-XX", "FR-69"])
def test_a_subdivision_that_is_none_of_the_country(
    bring: Bring, tmp_path: Path, subdivision: str
) -> None:
    bring(tie(LYON, COLOGNE._replace(subdivision=subdivision)))
    assert "subdivision" not in text(tmp_path)
    assert list_problems(tmp_path / "out") == []


def test_a_country_that_is_none_is_told_and_the_row_stays(
    bring: Bring, tmp_path: Path
) -> None:
    account = bring(tie(LYON, ImportedCity("Gorki", country="SU")))
    assert account.outcomes == {"taken": 1, "merged": 0, "set aside": 0}
    assert "'SU' is not a single country of ISO 3166-1 today" in account.notes[0]


def test_two_dates_of_one_tie(bring: Bring, tmp_path: Path) -> None:
    """The more exact of two is kept; what contradicts it stays as a claim."""
    account = bring(
        tie(LYON, COLOGNE, start="1959", where="a:1"),
        tie(COLOGNE, LYON, start="1959-04", where="a:2"),
        tie(LYON, COLOGNE, start="1967", where="a:3"),
    )
    assert account.outcomes == {"taken": 1, "merged": 2, "set aside": 0}
    written = (tmp_path / "out/partnerships/de.yaml").read_text(encoding="utf-8")
    assert "\nstart: 1959-04\n" in written
    assert (
        'claims: [{field: start, value: 1967, source: ledger, note: "a:3"}]' in written
    )
    assert list_problems(tmp_path / "out") == []


def test_two_ties_of_one_pair_that_followed_each_other(
    bring: Bring, tmp_path: Path
) -> None:
    account = bring(
        tie(LYON, COLOGNE, kind="sister-city", start="1959", end="1970"),
        tie(LYON, COLOGNE, kind="sister-city", start="1990"),
        tie(LYON, COLOGNE, kind="contact"),
    )
    assert account.partnerships == 3
    written = (tmp_path / "out/partnerships/de.yaml").read_text(encoding="utf-8")
    for id_ in (
        "koln-lyon-contact",
        "koln-lyon-sister-city-1959",
        "koln-lyon-sister-city-1990",
    ):
        assert f"\nid: {id_}\n" in written
    assert list_problems(tmp_path / "out") == []


def test_what_a_row_cites(bring: Bring, tmp_path: Path) -> None:
    page = CitedSource(
        "Page", url="https://a.org/page", publisher="A", date="2012", language="fr"
    )
    bring(
        tie(LYON, COLOGNE, sources=(page, CitedSource("Ledger")), note="as it stands")
    )
    assert "sources: [{source: ledger, note: as it stands}, page]" in text(tmp_path)
    assert (
        'page:\n  title: Page\n  url: "https://a.org/page"\n  publisher: A\n  date: 2012\n'
        "  language: fr\n" in text(tmp_path)
    )
    assert list_problems(tmp_path / "out") == []


def test_namesakes_of_one_country_are_named_by_what_tells_them_apart(
    bring: Bring, tmp_path: Path
) -> None:
    first, second = (
        ImportedCity("Neustadt", country="DE", apart=code)
        for code in ("07806", "91413")
    )
    bring(tie(first, LYON), tie(second, LYON))
    for code in ("07806", "91413"):
        assert f"\nid: neustadt-{code}\nname: Neustadt ({code})\n" in text(tmp_path)
    assert list_problems(tmp_path / "out") == []


def test_namesakes_of_two_countries(bring: Bring, tmp_path: Path, shown: Any) -> None:
    bring(
        tie(
            ImportedCity("Birmingham", country="UK"),
            ImportedCity("Birmingham", country="USA"),
        )
    )
    assert shown("birmingham-gb").name == shown("birmingham-us").name == "Birmingham"


def test_one_city_by_its_id_or_by_its_name(bring: Bring, shown: Any) -> None:
    item = ImportedCity("Lyon", wikidata="Q456", country="FR")
    account = bring(
        tie(item, COLOGNE),
        tie(ImportedCity("Lyons", wikidata="Q456"), COLOGNE),
        tie(LYON, COLOGNE),
        DescribedCity(ImportedCity("Lugdunum", wikidata="Q456", location=(45.7, 4.8))),
    )
    assert account.outcomes == {"taken": 1, "merged": 2, "set aside": 0}
    assert shown("Lugdunum").id == shown("lyons").id == "lyon"


def test_munster_and_muenster_are_two_unless_a_postcode_is_the_same(
    bring: Bring,
) -> None:
    names = ("Munster", "Münster")
    bare = [tie(ImportedCity(name, country="DE"), LYON) for name in names]
    assert bring(*bare).cities == 3


def test_a_postcode_tells_that_two_spellings_are_one(bring: Bring) -> None:
    parties = (
        ImportedCity(name, country="DE", apart="48143")
        for name in ("Munster", "Münster")
    )
    assert bring(*(tie(party, LYON) for party in parties)).cities == 2


def test_what_is_tied_to_nothing_is_no_city_here(bring: Bring) -> None:
    account = bring(
        tie(LYON, LYON),
        DescribedCity(ImportedCity("Atlantis", wikidata="Q1")),
        SetAside("x", "y"),
    )
    assert (account.cities, account.partnerships, account.rows) == (0, 0, 2)


def test_themes_are_made_where_there_are_none(bring: Bring, tmp_path: Path) -> None:
    bring(tie(LYON, COLOGNE, themes=("waste-management",)))
    assert "waste-management:\n  label: Waste management\n" in text(tmp_path)
    assert list_problems(tmp_path / "out") == []


def test_names_are_tidied(bring: Bring, tmp_path: Path) -> None:
    bring(tie(ImportedCity(" Sa\u0303o\u00a0 Paulo\u200b\x07 ", country="BR"), LYON))
    assert "\nid: sao-paulo\nname: São Paulo\n" in text(tmp_path)
    assert list_problems(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("first", "second", "is_proposed"),
    [
        ("Strasbourg", "Strassbourg", True),
        ("Strasbourg", "Starsbourg", True),
        ("Strasbourg", "Strasburg", True),
        ("Strasbourg", "Trasbourg", False),
        ("Strasbourg", "Strasbrug", False),
        ("Bonn", "Born", False),
        ("Bezirk 11", "Bezirk 12", False),
        ("Saint-Denis", "Saint Denis", True),
        ("Xi'an", "Xian", True),
    ],
)
def test_what_is_proposed_as_a_double(
    bring: Bring, first: str, second: str, *, is_proposed: bool
) -> None:
    """One letter is left out, added, changed or swapped with the next."""
    parties = (ImportedCity(name, country="FR") for name in (first, second))
    account = bring(*(tie(party, COLOGNE) for party in parties))
    assert account.cities == 3
    assert any("--accept" in note for note in account.notes) == is_proposed


def test_two_items_are_two_however_alike(bring: Bring) -> None:
    parties = (
        ImportedCity("Trujillo", wikidata=item, country="ES") for item in ("Q1", "Q2")
    )
    account = bring(*(tie(party, LYON) for party in parties))
    assert (account.cities, account.notes) == (3, [])
