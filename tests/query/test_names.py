from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from citylinks.errors import AmbiguousError, NotFoundError
from citylinks.files.loader import load
from citylinks.index.database import open_in_memory
from citylinks.index.writing import fill_index
from citylinks.query.names.resolve import resolve_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FILES = {
    "cities/lyon.yaml": """
        name: Lyon
        country: FR
        names: {ja: リヨン}
        wikidata: Q456
        geonames: 2996944
        """,
    "cities/yokohama.yaml": """
        name: Yokohama
        country: JP
        names: {ja: 横浜市}
        aliases: [横浜, {name: ヨコハマ, lang: ja-Kana}]
        """,
    "cities/sao-paulo.yaml": "{name: São Paulo, country: BR}",
    "cities/istanbul.yaml": "{name: İstanbul, country: TR, aliases: [Constantinople]}",
    "cities/lodz.yaml": "{name: Łódź, country: PL}",
    "cities/bengaluru.yaml": "{name: Bengaluru, names: {kn: ಬೆಂಗಳೂರು}, aliases: [Bangalore]}",
    "cities/birmingham-gb.yaml": "{name: Birmingham, country: GB}",
    "cities/birmingham-us.yaml": "{name: Birmingham, country: US}",
    "cities/paris.yaml": "{name: Paris, country: FR}",
    "cities/paris-us.yaml": "{name: Paris, country: US}",
    "cities/singapore.yaml": "{name: Singapore, country: SG}",
    "partnerships/singapore.yaml": "{kind: network, name: Singapore Forum, members: [singapore]}",
    "partnerships/lyon-yokohama.yaml": "{kind: sister-city, members: [lyon, yokohama]}",
    "events/2009-visit.yaml": "{title: A visit, date: 2009, kind: visit}",
    "cities/xian.yaml": "{name: Xi'an, country: CN}",
    "cities/cscs.yaml": "{name: Cscs}",
    "events/2009-visit-of-the-mayor.yaml": "{title: The mayor, date: 2009, kind: visit}",
    "themes.yaml": "energy: {label: Energy, labels: {fr: Énergie}, aliases: [power]}",
    "organizations.yaml": "nedo: {name: NEDO, names: {en: New Energy Organization}}",
    "sources.yaml": "a-page: {title: A page}",
}


@pytest.fixture
def index(data: Callable[[Mapping[str, str]], Path]) -> Iterator[sqlite3.Connection]:
    dataset = load([data(FILES)])
    assert not dataset.problems
    connection = open_in_memory("2026-11-22")
    fill_index(connection, dataset)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("lyon", "lyon"),
        ("Q456", "lyon"),
        (" q456", "lyon"),
        ("2996944", "lyon"),
        ("Lyon", "lyon"),
        ("LYON", "lyon"),
        (" lyon ", "lyon"),
        ("リヨン", "lyon"),
        ("ﾘﾖﾝ", "lyon"),
        ("横浜市", "yokohama"),
        ("横浜", "yokohama"),
        ("ヨコハマ", "yokohama"),
        ("Ｙｏｋｏｈａｍａ", "yokohama"),
        ("sao paulo", "sao-paulo"),
        ("SÃO-PAULO", "sao-paulo"),
        ("Sa\u0303o Paulo", "sao-paulo"),
        ("istanbul", "istanbul"),
        ("ISTANBUL", "istanbul"),
        ("İSTANBUL", "istanbul"),
        ("constantinople", "istanbul"),
        ("łódź", "lodz"),
        ("lodz", "lodz"),
        ("Lodz", "lodz"),
        ("XIAN", "xian"),
        ("Xi’an", "xian"),
        ("よこはま", "yokohama"),
        ("ಬೆಂಗಳೂರು", "bengaluru"),
        ("bangalore", "bengaluru"),
        ("city/lyon", "lyon"),
        ("city/横浜", "yokohama"),
        ("birmingham-us", "birmingham-us"),
    ],
)
def test_a_city_by_id_or_any_of_its_names(
    index: sqlite3.Connection, text: str, id_: str
) -> None:
    assert resolve_name(index, text, ("city",)) == ("city", id_)


def test_every_type_has_names(index: sqlite3.Connection) -> None:
    assert resolve_name(index, "lyon-yokohama") == ("partnership", "lyon-yokohama")
    assert resolve_name(index, "singapore forum") == ("partnership", "singapore")
    assert resolve_name(index, "a visit") == ("event", "2009-visit")
    assert resolve_name(index, "énergie") == ("theme", "energy")
    assert resolve_name(index, "POWER") == ("theme", "energy")
    assert resolve_name(index, "new energy organization") == ("organization", "nedo")
    assert resolve_name(index, "A PAGE") == ("source", "a-page")


def test_a_name_that_two_bear_lists_both_with_their_countries(
    index: sqlite3.Connection,
) -> None:
    with pytest.raises(AmbiguousError) as raised:
        resolve_name(index, "Birmingham", ("city",))
    message = str(raised.value)
    assert "birmingham-gb (Birmingham, United Kingdom)" in message
    assert "birmingham-us (Birmingham, United States)" in message
    assert "\n" not in message
    assert raised.value.exit_code == 2


def test_an_id_as_it_is_written_comes_before_a_name(index: sqlite3.Connection) -> None:
    assert resolve_name(index, "paris", ("city",)) == ("city", "paris")
    with pytest.raises(AmbiguousError, match="paris-us"):
        resolve_name(index, "Paris", ("city",))


def test_an_id_of_two_types_is_told_apart_by_its_type(
    index: sqlite3.Connection,
) -> None:
    with pytest.raises(AmbiguousError) as raised:
        resolve_name(index, "singapore")
    assert "city/singapore" in str(raised.value)
    assert "partnership/singapore" in str(raised.value)
    assert resolve_name(index, "city/singapore") == ("city", "singapore")
    assert resolve_name(index, "partnership/singapore") == ("partnership", "singapore")
    assert resolve_name(index, "singapore", ("city",)) == ("city", "singapore")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lyno", "'Lyon'"),
        ("Yokahama", "'Yokohama'"),
        ("Istambul", "'İstanbul'"),
        ("city/lyonn", "'Lyon'"),
        ("横浜府", "'横浜市'"),
        ("横兵市", "'横浜市'"),
        ("csc", "'Cscs'"),
        ("ccss", "'Cscs'"),  # nothing in common but its letters
        ("Bangalroe", "'Bangalore'"),
    ],
)
def test_what_is_unknown_says_what_was_probably_meant(
    index: sqlite3.Connection, text: str, meant: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_name(index, text, ("city",))
    message = str(raised.value)
    assert message.startswith(
        f"no record of {text.removeprefix('city/')}; did you mean "
    )
    assert meant in message
    assert raised.value.exit_code == 1


def test_a_name_that_several_bear_is_guessed_once(index: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_name(index, "birmingam", ("city",))
    assert str(raised.value) == "no record of birmingam; did you mean 'Birmingham'?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2009-visit-of-the-mayr", "2009-visit-of-the-mayor"),
        ("2009-visit-of-the-mayors", "2009-visit-of-the-mayor"),
        ("event/2009-vist", "2009-visit"),
        ("source/a-pag", "a-page"),
    ],
)
def test_ids_of_events_and_sources_are_guessed(
    index: sqlite3.Connection, text: str, meant: str
) -> None:
    with pytest.raises(NotFoundError, match=f"did you mean '{meant}'"):
        resolve_name(index, text)


def test_a_name_that_many_bear_lists_the_first_ten(
    data: Callable[[Mapping[str, str]], Path],
) -> None:
    files = {
        f"cities/springfield-{n:02}.yaml": "{name: Springfield}" for n in range(25)
    }
    connection = open_in_memory("2026-11-22")
    fill_index(connection, load([data(files)]))
    with pytest.raises(AmbiguousError) as raised:
        resolve_name(connection, "Springfield")
    connection.close()
    message = str(raised.value)
    assert message.count("(Springfield)") == 10
    assert (
        "springfield-09 (Springfield) or 15 more; give the id of the one you mean"
        in message
    )
    assert "springfield-10" not in message


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "ly\udcffon", '"', "a" * 100_000, "横" * 5_000]
)
def test_what_cannot_be_a_name_names_nothing(
    index: sqlite3.Connection, text: str
) -> None:
    with pytest.raises(NotFoundError):
        resolve_name(index, text)


def test_what_is_like_nothing_is_not_guessed(index: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_name(index, "xqzzz", ("city", "partnership"))
    assert str(raised.value) == (
        "no record of xqzzz; the data covers 13 cities (citylinks list cities)"
    )


@pytest.mark.parametrize(
    "text", ["", " ", "/", "city/", "'; DROP TABLE record", "%", "*"]
)
def test_odd_text_names_nothing(index: sqlite3.Connection, text: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_name(index, text)


def test_a_city_is_not_a_theme(index: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="'lyon' is a city, not a theme"):
        resolve_name(index, "lyon", ("theme",))


@pytest.mark.parametrize("text", ["Q4567", "299694", "Q", "456", "Q456Q"])
def test_an_identifier_that_no_city_has(index: sqlite3.Connection, text: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_name(index, text)


def test_an_identifier_is_of_a_city(index: sqlite3.Connection) -> None:
    assert resolve_name(index, "city/Q456") == ("city", "lyon")
    with pytest.raises(NotFoundError):
        resolve_name(index, "Q456", ["partnership"])


@pytest.mark.parametrize("key", ["wikidata", "geonames"])
def test_identifiers_have_an_index(index: sqlite3.Connection, key: str) -> None:
    sql = f"SELECT id FROM record WHERE type = 'city' AND json_extract(body, '$.{key}') = '1'"
    (row,) = index.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    assert f"USING INDEX city_{key}" in row["detail"]
