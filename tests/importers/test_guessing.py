"""Maps that are proposed: what is found by names and by content, and that they can be
used.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from citylinks.importers import ImportOptions
from citylinks.importers.rows import ImportedPartnership, UnreadableError
from citylinks.importers.tables.adapter import read
from citylinks.importers.tables.guessing import propose_map
from citylinks.importers.tables.mapping import parse_map
from citylinks.importers.tables.source_table import Form
from citylinks.text.safe import visible_lines

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = """\
Gemeinde;PLZ;Bundesland;Partnergemeinde;Land;seit;Art;Bemerkung
Aachen;52062;Nordrhein-Westfalen;Reims;Frankreich;28.01.1967;Partnerschaft;
Greiz;7973;Thüringen;Rokycany;Tschechien;1990;Freundschaft;siehe Akte
Köln;50667;Nordrhein-Westfalen;Kyoto;Japan;03.1963;zz;
"""
FRENCH = """\
Ville\tPays\tVille jumelée\tPays partenaire\tDate de signature\tNature
Lyon\tFrance\tYokohama\tJapon\t07/04/1959\tjumelage
Lyon\tFrance\tMilan\tItalie\t22/09/1967\tjumelage
"""
JAPANESE = """\
自治体名,都道府県,姉妹都市名,国名,提携年月日
横浜市,神奈川県,リヨン,フランス,1959/4/7
横浜市,神奈川県,サンディエゴ,アメリカ合衆国,1957/10/29
"""
NUMBERED = """\
City 1,Country 1,City 2,Country 2,Year,Latitude 1,Longitude 1
Lyon,FR,Yokohama,JP,1959,45.76,4.84
Birmingham,GB,Lyon,FR,1951,52.48,-1.89
"""
ITEMS = "Q456\tQ38283\t1959-04\nQ90\tQ220\t1956-01-30\n"
AMERICAN = "city,partner_city,established\nTacoma,Kitakyushu,6/29/1959\nOakland,Fukuoka,10/3/1962\n"
AMBIGUOUS = "city,partner_city,established\nTacoma,Kitakyushu,6/9/1959\nOakland,Fukuoka,10/3/1962\n"
NAMELESS = "x,y,z\nLyon,Yokohama,1959\nParis,Roma,1956\nParis,Kyoto,1958\n"
OBJECTS = """\
{"source": {"name": "Lyon", "country": "FR"}, "target": {"name": "Yokohama"}, "since": 1959}
"""


def guessed(tmp_path: Path, content: str) -> tuple[dict[str, str], list[str]]:
    """Return where each column is named, and what the rows would become."""
    file = tmp_path / "ties.csv"
    file.write_text(content, encoding="utf-8")
    text = propose_map(file, Form())
    shown = re.findall(r"^# [0-9]+: (.*)$", text, re.MULTILINE)
    columns = parse_map(text, tmp_path / "map.yaml").columns()
    return columns, shown


CASES = {
    "German": (
        GERMAN,
        {
            "Gemeinde": "a.name", "PLZ": "a.apart", "Bundesland": "a.subdivision",
            "Partnergemeinde": "b.name", "Land": "b.country", "seit": "start", "Art": "kind",
            "Bemerkung": "note",
        },
        "Greiz (07973, Thüringen) – Rokycany (Tschechien): friendship-city, since 1990",
    ),
    "French": (
        FRENCH,
        {
            "Ville": "a.name", "Pays": "a.country", "Ville jumelée": "b.name",
            "Pays partenaire": "b.country", "Date de signature": "start", "Nature": "kind",
        },
        "Lyon (France) – Yokohama (Japon): sister-city, since 1959-04-07",
    ),
    "Japanese": (
        JAPANESE,
        {
            "自治体名": "a.name", "都道府県": "a.subdivision", "姉妹都市名": "b.name",
            "国名": "b.country", "提携年月日": "start",
        },
        "横浜市 (神奈川県) – リヨン (フランス): unspecified, since 1959-04-07",
    ),
    "numbered": (
        NUMBERED,
        {
            "City 1": "a.name", "Country 1": "a.country", "City 2": "b.name",
            "Country 2": "b.country", "Year": "start", "Latitude 1": "a.latitude",
            "Longitude 1": "a.longitude",
        },
        "Lyon (FR, 45.76 4.84) – Yokohama (JP): unspecified, since 1959",
    ),
    "items": (
        ITEMS, {"1": "a.wikidata", "2": "b.wikidata", "3": "start"},
        "Q456 – Q38283: unspecified, since 1959-04",
    ),
    "American dates": (
        AMERICAN, {"city": "a.name", "partner_city": "b.name", "established": "start"},
        "Tacoma – Kitakyushu: unspecified, since 1959-06-29",
    ),
    "no telling names": (
        NAMELESS, {"x": "a.name", "y": "b.name", "z": "start"},
        "Lyon – Yokohama: unspecified, since 1959",
    ),
    "objects": (
        OBJECTS,
        {
            "source.name": "a.name", "source.country": "a.country", "target.name": "b.name",
            "since": "start",
        },
        "Lyon (FR) – Yokohama: unspecified, since 1959",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "columns", "becomes"), CASES.values(), ids=CASES)
def test_a_map_is_proposed(
    tmp_path: Path, content: str, columns: dict[str, str], becomes: str
) -> None:
    proposed, shown = guessed(tmp_path, content)
    assert proposed == columns
    assert becomes in shown


def test_what_is_not_clear_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "ties.csv"
    file.write_text(AMBIGUOUS, encoding="utf-8")
    assert "written: day/month/year # which? or month/day/year" in propose_map(
        file, Form()
    )
    file.write_text(GERMAN, encoding="utf-8")
    text = propose_map(file, Form())
    assert "zz: unspecified # which? 1 row of the first 3" in text
    assert "Partnerschaft: partner-city\n" in text
    assert "# country: {value: DE}" in text


def test_of_two_countries_the_one_that_is_understood(tmp_path: Path) -> None:
    content = "city,partner,Land,country\nAachen,Reims,Frankr.,France\nKöln,Kyoto,Jap.,Japan\n"
    proposed, _ = guessed(tmp_path, content)
    assert proposed["country"] == "b.country"
    assert "Land" not in proposed


def test_a_proposed_map_reads_its_table_whole(tmp_path: Path) -> None:
    file, by = tmp_path / "ties.csv", tmp_path / "map.yaml"
    for content in (
        GERMAN,
        FRENCH,
        JAPANESE,
        NUMBERED,
        ITEMS,
        AMERICAN,
        NAMELESS,
        OBJECTS,
    ):
        file.write_text(content, encoding="utf-8")
        by.write_text(propose_map(file, Form()), encoding="utf-8")
        assert all(
            isinstance(row, ImportedPartnership)
            for row in read([file], ImportOptions(map=by))
        )


def test_names_of_columns_that_yaml_would_take_for_something_else(
    tmp_path: Path,
) -> None:
    content = "city: own,partner's #1,'since'\nLyon,Yokohama,1959\n"
    proposed, shown = guessed(tmp_path, content)
    assert proposed == {
        "city: own": "a.name",
        "partner's #1": "b.name",
        "'since'": "start",
    }
    assert shown == ["Lyon – Yokohama: unspecified, since 1959"]


def test_ten_rows_are_shown(tmp_path: Path) -> None:
    content = "city,partner\n" + "".join(f"A{n},B{n}\n" for n in range(30))
    _, shown = guessed(tmp_path, content)
    assert len(shown) == 10


STEERING = "\x1b[31m \x07 \x7f \x9b \u202e \u2028"


def test_nothing_in_a_guess_steers_a_terminal(tmp_path: Path) -> None:
    columns, shown = guessed(
        tmp_path, f"City,Partner{STEERING}\nLyon{STEERING},Kyōto\nA,B\n"
    )
    assert columns == {
        "City": "a.name",
        f"Partner{STEERING}".replace("\u2028", "").strip(): "b.name",
    }
    assert shown[0].startswith("Lyon\\x1b[31m \\x07 \\x7f \\x9b \\u202e")
    keys = json.dumps(
        {f"City{STEERING}\0\n": f"Lyon{STEERING}\0", 'x"\\\ufffe': "Kyōto"}
    )
    columns, shown = guessed(tmp_path, keys)
    assert columns == {f"City{STEERING}\0\n": "a.name", 'x"\\\ufffe': "b.name"}
    text = propose_map(tmp_path / "ties.csv", Form())
    assert text == visible_lines(text)


def test_a_key_without_a_name_is_no_column(tmp_path: Path) -> None:
    columns, _ = guessed(tmp_path, '{"": "x", "City": "Lyon", "Partner": "Kyōto"}\n')
    assert columns == {"City": "a.name", "Partner": "b.name"}
    with pytest.raises(UnreadableError, match="none of its columns has a name"):
        guessed(tmp_path, '{"": "x"}\n')


def test_a_header_alone_is_a_table(tmp_path: Path) -> None:
    assert guessed(tmp_path, "City,Partner\n") == (
        {"City": "a.name", "Partner": "b.name"},
        [],
    )
