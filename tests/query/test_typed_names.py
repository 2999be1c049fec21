"""Cities as people write them: with their country, and several together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import ROOT, TODAY

from citylinks.errors import AmbiguousError, NotFoundError
from citylinks.files.loader import load
from citylinks.index.database import open_in_memory
from citylinks.index.writing import fill_index
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import matching_records
from citylinks.query.names.resolve import resolve_name, resolve_names

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = open_in_memory(TODAY)
    fill_index(connection, load([ROOT / "data"]))
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("lyon-guangzh…", "lyon-guangzhou"),
        ("lyon-guangzh...", "lyon-guangzhou"),
        (" Port of Yokohama – Port of Oakl… ", "port-of-yokohama-port-of-oakland"),
        ("1860-lyon-tr…", "1860-lyon-traders-in-yokohama"),
        ("event/1860-l…", "1860-lyon-traders-in-yokohama"),
        ("Second ANMC21 plenary meeting,…", "2002-anmc21-delhi"),
    ],
)
def test_what_a_table_has_cut_is_understood(
    index: sqlite3.Connection, text: str, id_: str
) -> None:
    [(_, resolved)] = resolve_names(index, [text], RECORD_TYPES)
    assert resolved == id_


@pytest.mark.parametrize("width", [4, 11, 19, 25])
def test_a_record_is_among_those_that_a_cut_name_may_mean(
    index: sqlite3.Connection, width: int
) -> None:
    for type_, id_, name in index.execute("SELECT type, id, name FROM record"):
        for text in (id_, name or id_):
            cut = f"{text[:width].rstrip()}…"
            assert (type_, id_) in matching_records(index, cut, [type_]), cut


@pytest.mark.parametrize("text", ["…", "...", "–…", "Nirgendwo…"])
def test_a_cut_name_that_nothing_begins_with(
    index: sqlite3.Connection, text: str
) -> None:
    with pytest.raises(NotFoundError):
        resolve_name(index, text, RECORD_TYPES)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Lyon (France)", "lyon"),
        ("lyon (fr)", "lyon"),
        ("Lyon [France]", "lyon"),
        ("横浜（日本）", "yokohama"),
        ("Lyon, France", "lyon"),
        ("Lyon , FR", "lyon"),
        ("Lyon France", "lyon"),
        ("Lyon (Frankreich)", "lyon"),
        ("Milano, Italia", "milan"),
        ("Seoul, South Korea", "seoul"),
        ("Ho Chi Minh City (Viet Nam)", "ho-chi-minh-city"),
        ("San Diego, California", "san-diego"),
        ("San Diego, CA", "san-diego"),
        ("San Diego, CA, USA", "san-diego"),
        ("San Diego (California, United States)", "san-diego"),
        ("New York, New York", "new-york"),
        ("New York NY", "new-york"),
        ("Brisbane, Queensland", "brisbane"),
        ("Yokohama, Kanagawa Prefecture", "yokohama"),
        ("Singapore, Singapore", "singapore"),
        ("city/lyon (France)", "lyon"),
        ("São Paulo (state) (Brazil)", "sao-paulo-state"),
    ],
)
def test_a_city_with_the_place_that_it_lies_in(
    index: sqlite3.Connection, text: str, id_: str
) -> None:
    assert resolve_name(index, text, ("city",)) == ("city", id_)


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["lyon,yokohama"], "lyon yokohama"),
        (["lyon, yokohama"], "lyon yokohama"),
        (["lyon,", "yokohama"], "lyon yokohama"),
        (["lyon,yokohama,milan"], "lyon yokohama milan"),
        (["リヨン、横浜"], "lyon yokohama"),
        (["tokyo", "and", "berlin"], "tokyo berlin"),
        (["tokyo", "AND", "berlin"], "tokyo berlin"),
        (["tokyo and berlin"], "tokyo berlin"),
        (["lyon", "et", "milan"], "lyon milan"),
        (["lyon", "und", "leipzig"], "lyon leipzig"),
        (["barcelona", "y", "milan"], "barcelona milan"),
        (["barcelona e milano"], "barcelona milan"),
        (["リヨン", "と", "横浜"], "lyon yokohama"),
        (["リヨンと横浜"], "lyon yokohama"),
        (["里昂和上海"], "lyon shanghai"),
        (["tokyo", "&", "seoul"], "tokyo seoul"),
        (["tokyo & seoul"], "tokyo seoul"),
        (["tokyo&seoul"], "tokyo seoul"),
        (["tokyo", "-", "seoul"], "tokyo seoul"),
        (["tokyo", "–", "seoul"], "tokyo seoul"),
        (["tokyo – seoul"], "tokyo seoul"),
        (["tokyo–seoul"], "tokyo seoul"),
        (["milan-rome"], "milan rome"),
        (["lyon, singapore"], "lyon singapore"),
        (["Lyon, France", "Yokohama, Japan"], "lyon yokohama"),
        (["Lyon, France, Yokohama, Japan"], "lyon yokohama"),
        (["Lyon (France), Yokohama (Japan)"], "lyon yokohama"),
        (["lyon,", "france", "yokohama,", "japan"], "lyon yokohama"),
        (["new", "york", "tokyo"], "new-york tokyo"),
        (["tokyo", "ho", "chi", "minh", "city"], "tokyo ho-chi-minh-city"),
        (["tokyo, paris and berlin"], "tokyo paris berlin"),
        (["Lyon (France) and Milan (Italy)"], "lyon milan"),
    ],
)
def test_several_cities_in_the_words_of_a_person(
    index: sqlite3.Connection, texts: list[str], ids: str
) -> None:
    keys = resolve_names(index, texts, ("city",))
    assert " ".join(id_ for _, id_ in keys) == ids


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("London, Canada", "no record of London in Canada; the data has London (United Kingdom)"),
        ("London (Canada)", "no record of London in Canada; the data has London (United Kingdom)"),
        ("London, Ontario", "no record of London in Ontario; the data has London (United Kingdom)"),
        ("Birmingham, Alabama",
         "no record of Birmingham in Alabama; the data has Birmingham (United Kingdom)"),
        ("Tripoli, Libya", "no record of Tripoli in Libya; the data has Tripoli (Lebanon)"),
        ("London Canada", "no record of London in Canada; the data has London (United Kingdom)"),
    ],
)  # fmt: skip
def test_a_city_of_that_name_elsewhere_is_not_meant(
    index: sqlite3.Connection, text: str, message: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_names(index, [text], ("city",))
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("texts", "beginning"),
    [
        (["kyoto"], "no record of Kyoto; the data covers "),
        (["lyon", "kyoto"], "no record of Kyoto; the data covers "),
        (["Rio de Janeiro"], "no record of Rio de Janeiro; the data covers "),
        (["rio de janeiro"], "no record of rio de janeiro; the data covers "),
        (["lyon, kyoto"], "no record of Kyoto; the data covers "),
        (["lyon and kyoto"], "no record of Kyoto; the data covers "),
        (["lyon", "and"], "no record of and; the data covers "),
        (["and", "lyon"], "no record of and; the data covers "),
        (["札幌"], "no record of 札幌; the data covers "),
        (["lyon", "canada"], "no record of canada; the data covers "),
        (["Kyoto (Japan)"], "no record of Kyoto (Japan); the data covers "),
        (["lyon", "yokohma"], "no record of yokohma; did you mean 'Yokohama'?"),
    ],
)
def test_what_the_data_has_no_record_of(
    index: sqlite3.Connection, texts: list[str], beginning: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_names(index, texts, ("city",))
    assert str(raised.value).startswith(beginning)
    if "covers" in beginning:
        assert str(raised.value).endswith(" cities (citylinks list cities)")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Lyon – Yokohama", "lyon-yokohama"),
        ("Yokohama – Lyon", "lyon-yokohama"),
        ("横浜 - リヨン", "lyon-yokohama"),
        ("Seoul–Tokyo", "tokyo-seoul"),
        ("Lyon (France) – Yokohama (Japan)", "lyon-yokohama"),
    ],
)
def test_two_cities_with_a_dash_are_their_partnership(
    index: sqlite3.Connection, text: str, id_: str
) -> None:
    for types in (("city", "partnership"), ("city", "partnership", "event")):
        assert resolve_names(index, [text], types) == [("partnership", id_)]


def test_a_partnership_that_is_not_on_record(index: sqlite3.Connection) -> None:
    types = ("city", "partnership", "event")
    with pytest.raises(NotFoundError, match="no partnership of Tokyo and Lyon on"):
        resolve_name(index, "Tokyo – Lyon", types)
    keys = resolve_names(index, ["Tokyo – Lyon"], ("city", "partnership"))
    assert keys == [("city", "tokyo"), ("city", "lyon")]


WORLD = {
    "cities/a.yaml": "{name: And, country: FR}",
    "cities/b.yaml": "{name: Lyon, country: FR}",
    "cities/springfield-1.yaml": "{name: Springfield, country: US, subdivision: US-IL}",
    "cities/springfield-2.yaml": "{name: Springfield, country: US, subdivision: US-MA}",
    "cities/springfield-3.yaml": "{name: Springfield, country: CA}",
    "cities/c.yaml": "{name: Milan, country: IT}",
}


@pytest.fixture
def small(
    data: Callable[[Mapping[str, str]], Path],
) -> Iterator[sqlite3.Connection]:
    connection = open_in_memory(TODAY)
    fill_index(connection, load([data(WORLD)]))
    yield connection
    connection.close()


def test_a_word_between_two_cities_may_be_a_city(small: sqlite3.Connection) -> None:
    keys = resolve_names(small, ["lyon", "and", "milan"], ("city",))
    assert [id_ for _, id_ in keys] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Springfield, Illinois", "springfield-1"),
        ("Springfield (MA)", "springfield-2"),
        ("Springfield, Canada", "springfield-3"),
        ("springfield-3 (Springfield, Canada)", "springfield-3"),
    ],
)
def test_the_place_tells_cities_of_one_name_apart(
    small: sqlite3.Connection, text: str, id_: str
) -> None:
    assert resolve_name(small, text, ("city",)) == ("city", id_)


def test_a_place_in_which_two_lie(small: sqlite3.Connection) -> None:
    with pytest.raises(AmbiguousError, match=r"springfield-1.* or springfield-2"):
        resolve_names(small, ["Springfield, USA", "lyon"], ("city",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sydney", "no record of Sydney; it lies in New South Wales (Australia), which"
         " has one: try new-south-wales"),
        ("シドニー", "no record of シドニー; it lies in New South Wales"),
        ("São Paulo", "no record of São Paulo; it lies in São Paulo (state) (Brazil)"),
        ("sao paulo", "no record of São Paulo; it lies in São Paulo (state) (Brazil)"),
    ],
)  # fmt: skip
def test_a_place_within_a_party_points_to_it(
    index: sqlite3.Connection, text: str, message: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        resolve_names(index, ["tokyo", text], ("city",))
    assert str(raised.value).startswith(message)
