"""Tables of all kinds, and what is wrong with others, as ties by a map."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import tracemalloc
from encodings.aliases import aliases
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from citylinks.errors import CitylinksError, UsageError
from citylinks.importers import ImportOptions
from citylinks.importers.reading.encodings import encoding_named
from citylinks.importers.rows import (
    CitedSource,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.importers.tables.adapter import read
from citylinks.importers.tables.mapping import load_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Rows = Callable[..., list[ImportedPartnership | SetAside]]

PLAIN = "a: {name: City}\nb: {name: Partner}\n"
TWO = "City,Partner\nLyon,Yokohama\nKöln,Kyōto\n"


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Return a function that reads a file with a map: text or bytes -> rows."""

    def call(
        content: str | bytes, by: str = PLAIN, encoding: str | None = None
    ) -> list[ImportedPartnership | SetAside]:
        file = tmp_path / "ties.txt"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "map.yaml").write_text(by, encoding="utf-8")
        return list(
            read([file], ImportOptions(map=tmp_path / "map.yaml", encoding=encoding))
        )

    return call


def ties(items: list[ImportedPartnership | SetAside]) -> list[ImportedPartnership]:
    assert all(isinstance(row, ImportedPartnership) for row in items), items
    return [row for row in items if isinstance(row, ImportedPartnership)]


def names(
    items: list[ImportedPartnership | SetAside],
) -> list[tuple[str | None, str | None]]:
    return [(tie.a.name, tie.b.name) for tie in ties(items)]


def why(items: list[ImportedPartnership | SetAside]) -> list[str]:
    return [row.why for row in items if isinstance(row, SetAside)]


def refusal(rows: Rows, content: str | bytes, by: str = PLAIN, **options: str) -> str:
    """Return why nothing can be read, from the file's name on."""
    with pytest.raises(CitylinksError) as caught:
        rows(content, by, **options)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return re.sub(r"^\S*/", "", str(caught.value))


# -- Files of all kinds -------------------------------------------------------

PAIRS = [("Lyon", "Yokohama"), ("Köln", "Kyōto")]
JSON = "".join(
    json.dumps({"City": a, "Partner": b}, ensure_ascii=False) + "\n" for a, b in PAIRS
)
FILES = {
    "comma": TWO,
    "semicolon": TWO.replace(",", ";"),
    "tab": TWO.replace(",", "\t"),
    "bar": TWO.replace(",", "|"),
    "byte-order mark": b"\xef\xbb\xbf" + TWO.encode(),
    "Windows line ends": TWO.replace("\n", "\r\n"),
    "no last line end": TWO.rstrip(),
    "blank lines": TWO.replace("\n", "\n\n"),
    "quotes": '"City","Partner"\n"Lyon","Yokohama"\n"Köln","Kyōto"\n',
    "spaces": "City , Partner\n Lyon,\tYokohama \n  Köln , Kyōto\n",
    "decomposed letters": TWO.replace("ö", "o\u0308").replace("ō", "o\u0304"),
    "a title above": "Ties of 2014\n\n" + TWO,
    "more columns": "City,x,Partner\nLyon,,Yokohama\nKöln,,Kyōto\n",
    "gzip": gzip.compress(TWO.encode()),
    "bzip2": bz2.compress(TWO.encode()),
    "xz": lzma.compress(TWO.encode()),
    "JSON lines": JSON,
    "JSON lines in gzip": gzip.compress(JSON.encode()),
    "JSON lines with a byte-order mark": b"\xef\xbb\xbf" + JSON.encode(),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_is_read_as_its_content_says(rows: Rows, content: str | bytes) -> None:
    assert names(rows(content)) == PAIRS


def test_an_encoding_that_is_named(rows: Rows) -> None:
    latin = "City;Partner\nKöln;Nîmes\n"
    for encoding in ("cp1252", "latin-1", "utf-16", "utf-16-le"):
        assert names(rows(latin.encode(encoding), encoding=encoding)) == [
            ("Köln", "Nîmes")
        ]
    by = PLAIN + "file: {encoding: cp1252}\n"
    assert names(rows(latin.encode("cp1252"), by)) == [("Köln", "Nîmes")]


def test_a_row_is_told_by_the_line_on_which_it_begins(rows: Rows) -> None:
    items = rows('City,Partner\nLyon,"Yoko\nhama"\n\nKöln,Kyōto\n')
    assert [row.where.rpartition(":")[2] for row in items] == ["2", "5"]
    assert names(items)[0] == ("Lyon", "Yoko hama")
    items = rows(JSON.replace("\n", "\n\n"))
    assert [row.where.rpartition(":")[2] for row in items] == ["1", "3"]


def test_columns_may_be_named_by_number(rows: Rows) -> None:
    by = "a: {name: 1}\nb: {name: 2}\n"
    assert names(rows("Lyon,Yokohama,1959\nKöln,Kyōto,1963\n", by)) == PAIRS
    assert names(rows(TWO, by)) == PAIRS
    by += "file: {header: none}\n"
    assert names(rows(TWO, by)) == [("City", "Partner"), *PAIRS]


def test_of_two_columns_of_one_name_each_has_its_number(rows: Rows) -> None:
    content = "name,name\nLyon,Yokohama\n"
    assert names(rows(content, "a: {name: 1}\nb: {name: 2}\n")) == [
        ("Lyon", "Yokohama")
    ]
    message = refusal(rows, content, "a: {name: name}\nb: {name: 2}\n")
    assert (
        message
        == "ties.txt:1: the columns 1 and 2 are both called 'name'; name one by its number"
    )


def test_tabs_with_quotes_in_names(rows: Rows) -> None:
    items = rows('City\tPartner\n"Old" Town\tYokohama "the port"\n')
    assert names(items) == [('"Old" Town', 'Yokohama "the port"')]
    assert names(rows('City\tPartner\n"Lyon"\t"Yoko\thama"\n')) == [
        ("Lyon", "Yoko hama")
    ]


def test_objects_in_objects_and_numbers_as_written(rows: Rows) -> None:
    row = '{"from": {"name": "Lyon"}, "to": {"name": "Yokohama"}, "year": 1959, "plz": 0.10}\n'
    by = "a: {name: from.name, apart: plz}\nb: {name: to.name}\nstart: year\n"
    (tie,) = ties(rows(row, by))
    assert (tie.a.name, tie.b.name, tie.start, tie.a.apart) == (
        "Lyon",
        "Yokohama",
        "1959",
        "0.10",
    )


# -- What a row says ----------------------------------------------------------


def test_all_that_a_map_can_name(rows: Rows) -> None:
    by = """\
    a: {name: n, country: {value: FR}, level: l, subdivision: s, wikidata: q, geonames: g}
    b:
      name: m
      names: {ja: j}
      aliases: {column: other, separator: /}
      latitude: y
      longitude: x
      apart: [p, d]
    kind: {column: k, values: {twin: sister-city}}
    start: {column: since, written: year}
    end: to
    status: st
    themes: {column: t, separator: ";", values: {Umwelt: environment}}
    cites: {title: ct, url: cu}
    note: nt
    both_sides: yes
    """
    content = (
        "n,l,s,q,g,m,j,other,y,x,p,d,k,since,to,st,t,ct,cu,nt\n"
        "Lyon,City,FR-69,http://www.wikidata.org/entity/Q456,2996944,Yokohama,横浜市,"
        'Hama / Yoko,"35,45",139.63,220,Naka,twin,1959.0,1990s,ended,Umwelt; Public health,Page,'
        "https://example.org/,see there\n"
    )
    (tie,) = ties(rows(content, by))
    assert tie.a._asdict() == {
        "name": "Lyon", "wikidata": "Q456", "country": "FR", "level": "city",
        "subdivision": "FR-69", "names": (), "aliases": (), "location": None,
        "geonames": "2996944", "apart": "",
    }  # fmt: skip
    assert tie.b.names == (("ja", "横浜市"),)
    assert tie.b.aliases == (("Hama", None), ("Yoko", None))
    assert tie.b.location == (35.45, 139.63)
    assert tie.b.apart == "220 Naka"
    assert (tie.kind, tie.start, tie.end, tie.status) == (
        "sister-city",
        "1959",
        "199X",
        "ended",
    )
    assert tie.themes == ("environment", "public-health")
    assert tie.sources == (CitedSource("Page", "https://example.org/"),)
    assert (tie.note, tie.is_one_way) == ("see there", True)


def test_what_a_row_does_not_say_stays_unsaid(rows: Rows) -> None:
    by = """\
    a: {name: n, country: c, latitude: y, longitude: y}
    b: {name: m}
    kind: k
    start: s
    themes: {column: k, separator: ";"}
    cites: {title: k, url: k}
    """
    (tie,) = ties(rows("n,m,c,y,k,s\nLyon,Yokohama,,,,\n", by))
    assert (tie.a.country, tie.a.location, tie.kind, tie.start) == (
        None,
        None,
        None,
        None,
    )
    assert (tie.themes, tie.sources, tie.note) == ((), (), None)


def test_a_constant_stands_in_for_an_empty_cell(rows: Rows) -> None:
    by = "a: {name: n, country: {column: c, value: FR}}\nb: {name: m}\n"
    partnerships = ties(rows("n,m,c\nLyon,Yokohama,\nBern,Kyōto,CH\n", by))
    assert [tie.a.country for tie in partnerships] == ["FR", "CH"]


def test_zeros_that_a_program_took_away(rows: Rows) -> None:
    by = "a: {name: n, apart: {column: p, digits: 5}}\nb: {name: m}\n"
    partnerships = ties(rows("n,m,p\nA,x,1234\nB,x,12345\nC,x,\nD,x,1a\n", by))
    assert [tie.a.apart for tie in partnerships] == ["01234", "12345", "", "1a"]


def test_values_translate_and_others_are_told(rows: Rows) -> None:
    by = "a: {name: n}\nb: {name: m}\nkind: {column: k, values: {p: partner-city, '-': ''}}\n"
    content = "n,m,k\nA,x,p\nB,x,-\nC,x,contact\nD,x,Sister city\nE,x,zz\n"
    items = rows(content, by)
    assert [tie.kind for tie in items if isinstance(tie, ImportedPartnership)] == [
        "partner-city", None, "contact", "sister-city",
    ]  # fmt: skip
    assert why(items) == ["kind: 'zz' is not a kind; give it under kind.values"]
    kept = ties(rows(content, by.replace("k,", "k, others: leave-out,")))
    assert (kept[-1].a.name, kept[-1].kind) == ("E", None)
    remark = "kind: 'zz' is not a kind; give it under kind.values; left out"
    assert [tie.remarks for tie in kept] == [(), (), (), (), (remark,)]


def test_others_of_what_has_no_closed_list(rows: Rows) -> None:
    by = "a: {name: n, country: {column: c, values: {X: FR}, others: set-aside}}\nb: {name: m}\n"
    assert why(rows("n,m,c\nA,x,X\nB,x,Y\n", by)) == [
        "a.country: 'Y' is not in the map"
    ]
    by = by.replace("set-aside", "leave-out")
    assert [tie.a.country for tie in ties(rows("n,m,c\nA,x,X\nB,x,Y\n", by))] == [
        "FR",
        None,
    ]


def test_a_row_without_a_party_is_set_aside(rows: Rows) -> None:
    items = rows("City,Partner\nLyon,\n ,Yokohama\nLyon,Yokohama\n")
    assert why(items) == ["party b has no name", "party a has no name"]
    by = "a: {wikidata: City}\nb: {wikidata: Partner}\n"
    items = rows("City,Partner\nQ456,Lyon\nwd:Q456,Q38283\n", by)
    assert why(items) == ["b.wikidata: 'Lyon' is not a Wikidata item such as Q456"]
    assert ties(items[1:])[0].a.wikidata == "Q456"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("91", "'91' is not decimal degrees from -90 to 90"),
        ("48°", "'48°' is not decimal degrees from -90 to 90"),
        ("1.234.567", "'1.234.567' is not decimal degrees from -90 to 90"),
    ],
)
def test_a_coordinate_that_is_none(rows: Rows, text: str, message: str) -> None:
    by = "a: {name: City, latitude: y, longitude: x}\nb: {name: Partner}\n"
    assert why(rows(f"City,Partner,y,x\nLyon,Yokohama,{text},4\n", by)) == [
        f"a.latitude: {message}"
    ]


# -- Dates --------------------------------------------------------------------

DATES = [
    ("any", "1959", "1959"),
    ("any", "1959-04", "1959-04"),
    ("any", "1860~", "1860~"),
    ("any", "7.4.1959", "1959-04-07"),
    ("any", "April 1959", "1959-04"),
    ("any", "1973年11月30日", "1973-11-30"),
    ("any", "7 avril 1959", "1959-04-07"),
    ("any", "7. April 1959", "1959-04-07"),
    ("any", "1er mai 1960", "1960-05-01"),
    ("any", "Sept 1959", "1959-09"),
    ("any", "2019-06-30 00:00:00", "2019-06-30"),
    ("any", "março de 2011", "2011-03"),
    ("any", "the 1990s", "199X"),
    ("any", "c. 1860", "1860~"),
    ("any", "[2019-04..2020-03]", "[2019-04..2020-03]"),
    ("edtf", "1959-21", "1959-21"),
    ("year", "1959", "1959"),
    ("year", "1959.0", "1959"),
    ("year", "1959?", "1959?"),
    ("year", "195X", "195X"),
    ("day.month.year", "07.04.1959", "1959-04-07"),
    ("day.month.year", "7.4.1959", "1959-04-07"),
    ("day.month.year", "04.1959", "1959-04"),
    ("day.month.year", "00.04.1959", "1959-04"),
    ("day.month.year", "00.00.1959", "1959"),
    ("day.month.year", "1959", "1959"),
    ("day/month/year", "7/4/1959", "1959-04-07"),
    ("month/day/year", "7/4/1959", "1959-07-04"),
    ("year/month/day", "1959/4/7", "1959-04-07"),
    ("year-month-day", "1959-04-00", "1959-04"),
    ("timestamp", "1959-04-07T00:00:00Z", "1959-04-07"),
    ("timestamp", "1959-04-07 12:30:00.000+02:00", "1959-04-07"),
    ("timestamp", "1959-04-07", "1959-04-07"),
]
NO_DATES = [
    ("any", "7/4/1959", "or say how dates are written, as day/month/year"),
    ("any", "31/3/1959", "or say how dates are written, as day/month/year"),
    ("any", "last year", "is not a date in a known form"),
    ("any", "since 2010", "is a span"),
    ("any", "昭和70年", "is not a date in a known form"),
    ("any", "soon", "'soon' is not a date"),
    ("any", "1959-1975", "is a span; give start and end columns of their own"),
    ("any", "1959/1975", "is a span"),
    ("any", "1959-02-30", "February 1959 has 28 days"),
    ("edtf", "7.4.1959", "is not"),
    ("year", "1959-04", "is more than a year"),
    ("year", "59", "is not a year"),
    ("year", "0000", "is not a year"),
    ("day.month.year", "7.4.59", "is not a date written as day.month.year"),
    ("day.month.year", "7.13.1959", "1959-13-07"),
    ("day.month.year", "07.00.1959", "is not a date written as day.month.year"),
    ("day.month.year", "1.2.3.1959", "is not a date written as day.month.year"),
    ("day.month.year", "7.4.1959 (?)", "is not a date written as day.month.year"),
    ("timestamp", "yesterday", "is not a day with a time"),
]


def dated(written: str) -> str:
    return f"{PLAIN}start: {{column: s, written: {written}}}\n"


@pytest.mark.parametrize(("written", "text", "edtf"), DATES)
def test_a_date_says_what_was_written_and_no_more(
    rows: Rows, written: str, text: str, edtf: str
) -> None:
    (tie,) = ties(rows(f"City,Partner,s\nLyon,Yokohama,{text}\n", dated(written)))
    assert tie.start == edtf


@pytest.mark.parametrize(("written", "text", "message"), NO_DATES)
def test_a_date_that_is_none_sets_the_row_aside(
    rows: Rows, written: str, text: str, message: str
) -> None:
    (reason,) = why(rows(f"City,Partner,s\nLyon,Yokohama,{text}\n", dated(written)))
    assert reason.startswith("start: ")
    assert message in reason


def test_a_date_may_be_doubted_by_the_map(rows: Rows) -> None:
    by = PLAIN + "start: {column: s, written: year, values: {2000: 2000?, '0': ''}}\n"
    partnerships = ties(rows("City,Partner,s\nA,x,2000\nB,x,0\nC,x,1999\n", by))
    assert [tie.start for tie in partnerships] == ["2000?", None, "1999"]


# -- Bad input ----------------------------------------------------------------

UNREADABLE = {
    "cp1252": (
        "City;Partner\nLyon;Nice\nKöln;Nîmes\n".encode("cp1252"),
        "ties.txt:3: the byte 0xf6 is not UTF-8; save the file as UTF-8, or name its encoding:"
        " cp1252 reads 'Köln' here",
    ),
    "UTF-16": (
        TWO.encode("utf-16"),
        "ties.txt:1: this is UTF-16, not UTF-8; save it as UTF-8, or name its encoding, utf-16",
    ),
    "zeros": (b"City,Partner\nLyon,\0\n", "ties.txt:2: there is a NUL character here"),
    "a workbook": (b"PK\x03\x04rest", "ties.txt:1: this is a spreadsheet or a zip archive"),
    "empty": ("", "ties.txt: this file is empty"),
    "blank": (" \n\n", "ties.txt: this file is empty"),
    "HTML": ("<!DOCTYPE html>\n<p>Not found", "ties.txt:1: this is HTML or XML, not a table"),
    "ragged, less": (TWO + "Bern\n", "ties.txt:4: this row has 1 column, the header 2"),
    "ragged, more": (TWO + "Bern,Kyōto,x\n", "ties.txt:4: this row has 3 columns, the header 2"),
    "wrong delimiter": ("City:Partner\nLyon:Nice\n", "ties.txt:1: 'City:Partner' is one column"),
    "open quotes": (TWO + 'Bern,"Kyōto\nx,y\n', "ties.txt:4: quotes that open in this row are"),
    "open quotes above much": (
        'City,Partner\nBern,"Kyōto\n' + "x,y\n" * 300_000,
        "ties.txt:2: quotes that open in this row are not closed",
    ),
    "quotes in quotes": (TWO + '"Bern"x,y\n', "ties.txt:4: a quote ends on line 4"),
    "gzip cut short": (gzip.compress(TWO.encode())[:-9], "ties.txt:"),
    "no JSON": (JSON + "{oops\n", "ties.txt:3: this is not JSON: "),
    "JSON cut short": (JSON[:-8], "ties.txt:2: this is not JSON: "),
    "no object": (JSON + "[1]\n", "ties.txt:3: this is JSON, but not an object"),
    "a JSON array": ('[{"City": "Lyon"}]\n', "ties.txt:1: this is one JSON array"),
    "deep JSON": ("{\"City\": " + "[" * 200_000, "ties.txt:1: this is not JSON: "),
    "deep objects": ('{"City": ' * 200_000, "ties.txt:1: this is not JSON: lists and objects"),
    "a number of many digits": (
        JSON + '{"City": ' + "7" * 1_000_000 + "}",
        "ties.txt:3: this is not JSON: a number has more than 500 digits",
    ),
    "no number": (
        '{"City": NaN}', "ties.txt:1: this is not JSON: NaN is not a JSON number; write null",
    ),
    "half a character": (
        '{"City": "\\ud83d"}', "ties.txt:1: this is not JSON: \\ud83d is half of a character",
    ),
    "a key twice": (
        '{"City": "Lyon", "City": "Bern"}',
        "ties.txt:1: this is not JSON: the key 'City' is given twice in one object",
    ),
    "an object without keys": ("{}\n", "ties.txt:1: this object has no keys, so there are no"),
    "objects without keys": ("\n{}\n{}\n", "ties.txt:2: these objects have no keys"),
    "a number among objects": (JSON + "7\n", "ties.txt:3: this is JSON, but not an object"),
    "a number": ("7\n", "ties.txt:1: '7' is one column: it has no comma, semicolon, tab or bar"),
    "blank lines above one column": ("\n\nCity\n", "ties.txt:3: 'City' is one column"),
    "blank lines without end": ("\n" * 5000, "ties.txt: its first 1000 lines are blank"),
    "a thousand thousand columns": (
        ",".join(["x"] * 1_000_000), "ties.txt:1: this table has 1000000 columns; at most 2000",
    ),
    "a line without end": (
        TWO + "x" * 5_000_000, "ties.txt:4: the line is longer than 4 MiB; is this a table?",
    ),
    "a row without end": (
        "City,Partner\nLyon" + ',"\n"' * 3_000_000, "ties.txt:2: the row is longer than 4 MiB",
    ),
    "an empty zip": (b"PK\x05\x06" + bytes(18), "ties.txt:1: this is an empty zip archive"),
    "an absent column": (
        "Town,Partner\nLyon,Yokohama\n",
        "ties.txt:1: there is no column 'City', which the map names at a.name; there are Town,",
    ),
    "a misspelt column": (
        "city,Partner\nLyon,Yokohama\n",
        "ties.txt:1: there is no column 'City', which the map names at a.name;"
        " did you mean 'city'?",
    ),
    "an absent key": (
        JSON.replace("Partner", "partner"),
        "ties.txt: there is no column 'Partner', which the map names at b.name;"
        " did you mean 'partner'?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_in_a_line(
    rows: Rows, content: str | bytes, message: str
) -> None:
    assert refusal(rows, content).startswith(message)


def test_a_key_may_be_absent_from_some_lines(rows: Rows) -> None:
    by = PLAIN + "start: since\n"
    partnerships = ties(
        rows(JSON + '{"City": "Bern", "Partner": "Nice", "since": "1959"}\n', by)
    )
    assert [tie.start for tie in partnerships] == [None, None, "1959"]


def test_the_wrong_encoding_is_told(rows: Rows) -> None:
    message = refusal(rows, "City;Partner\nKöln;Nîmes\n".encode(), encoding="ascii")
    assert message.startswith("ties.txt:1: this is not ascii, here or soon after")
    message = refusal(rows, TWO, encoding="utf8x")
    assert message == "there is no encoding 'utf8x'; did you mean 'utf-8'?"


# What Python knows by such a name and no file is written in; and what it never knows.
NO_ENCODINGS = (
    "undefined", "UNDEFINED", "base64", "base_64", "rot13", "rot-13", "hex", "zlib", "bz2", "uu",
    "quopri", "idna", "punycode", "mbcs", "oem", "dbcs", "unicode_escape", "unicode-escape",
    "raw_unicode_escape", "Raw Unicode Escape", "utf\0", "../utf_8", "/etc/passwd", "utf_8.py",
    "aliases", "__init__", "\ud800", "é", "x" * 5000, " ", "a\nb", "latin 2 please",
)  # fmt: skip


@pytest.mark.parametrize("encoding", NO_ENCODINGS)
def test_what_is_no_encoding_of_a_file_is_told(rows: Rows, encoding: str) -> None:
    message = refusal(rows, TWO, encoding=encoding)
    assert message.startswith("there is no encoding "), message
    assert "utf-8" in message or "did you mean" in message


def test_every_encoding_of_a_file_reads_what_it_writes(rows: Rows) -> None:
    plain = "City;Partner\nLyon;Nice\n"
    for encoding in sorted({*aliases.values()} - set(NO_ENCODINGS)):
        try:
            name = encoding_named(encoding)
        except UsageError:
            continue  # between bytes, or of another system
        assert names(rows(plain.encode(name), encoding=encoding)) == [
            ("Lyon", "Nice")
        ], name


def test_a_long_line_is_told_in_any_encoding(rows: Rows) -> None:
    message = refusal(rows, (TWO + "x" * 5_000_000).encode("utf-16"), encoding="utf-16")
    assert message == "ties.txt:4: the line is longer than 4 MiB; is this a table?"


def test_a_list_in_a_list_is_one_list(rows: Rows) -> None:
    by = "a: {name: City}\nb: {name: Partner}\nthemes: Themes\n"
    line = '{"City": "Lyon", "Partner": "Bern", "Themes": ["a", ["b", ["c", 1]]]}\n'
    assert ties(rows(line, by))[0].themes == ("a", "b", "c", "1")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(PLAIN, encoding="utf-8")
    options = ImportOptions(map=tmp_path / "map.yaml")
    with pytest.raises(UnreadableError, match=r"none\.csv: cannot be read"):
        list(read([tmp_path / "none.csv"], options))
    with pytest.raises(UsageError, match="--map"):
        list(read([tmp_path / "none.csv"], ImportOptions()))


# -- The map ------------------------------------------------------------------

MAPS = {
    "an unknown key": (
        PLAIN + "kinds: k\n", "map.yaml:3: unknown key 'kinds'; did you mean 'kind'?",
    ),
    "an unknown key of a party": (
        "a:\n  nmae: City\nb: {name: Partner}\n",
        "map.yaml:2: unknown key 'nmae'; did you mean 'name'?",
    ),
    "no party": ("a: {name: City}\n", "map.yaml:1: the key 'b' is missing"),
    "an unknown kind": (
        PLAIN + "kind:\n  column: k\n  values:\n    p: sister-cty\n",
        "map.yaml:6: 'sister-cty' is not a kind of partnership; did you mean 'sister-city'?",
    ),
    "an unknown status": (
        PLAIN + "status: {value: over}\n", "map.yaml:3: 'over' is not a status; choose from planned",
    ),
    "a way to write dates": (
        PLAIN + "start: {column: s, written: day.mont.year}\n",
        "map.yaml:3: 'day.mont.year' is not a way to write dates; write for example any, edtf, year,",
    ),
    "what to do with others": (
        PLAIN + "kind: {column: k, others: drop}\n", "map.yaml:3: 'drop' is not a others",
    ),
    "an address": (
        PLAIN + "source: {title: T, url: example}\n", "map.yaml:3: 'example' is not a web address",
    ),
    "a header": (
        PLAIN + "file: {header: first}\n",
        "map.yaml:3: the header is the number of its row, from 1, or 'none'",
    ),
    "an encoding": (
        PLAIN + "file: {encoding: cp1225}\n",
        "map.yaml:3: there is no encoding 'cp1225'; did you mean 'cp1252'?",
    ),
    "no mapping": ("- City\n", "map.yaml:1: a map is one mapping, with the keys a and b"),
    "no YAML": ("a: {name: City\n", "map.yaml:2: this is not YAML"),
    "a double key": (PLAIN + "b: {name: x}\n", "map.yaml:3: the key 'b' is given twice"),
}  # fmt: skip


@pytest.mark.parametrize(("by", "message"), MAPS.values(), ids=MAPS)
def test_what_is_wrong_with_a_map_is_told_at_its_line(
    rows: Rows, by: str, message: str
) -> None:
    assert refusal(rows, TWO, by).startswith(message)


def test_all_that_is_wrong_with_a_map_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("a: {nam: City}\nb: {name: Partner}\nkinds: x\n", encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        load_map(path)
    assert str(caught.value).startswith(f"{path}:1: unknown key 'nam'")
    (note,) = caught.value.notes
    assert note.startswith(f"{path}:3: unknown key 'kinds'")


def test_a_map_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"map\.yaml:1: "):
        load_map(tmp_path / "map.yaml")


# -- Size ---------------------------------------------------------------------


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    file, by = tmp_path / "many.csv", tmp_path / "map.yaml"
    by.write_text(PLAIN + "start: {column: s, written: year}\n", encoding="utf-8")
    with file.open("w", encoding="utf-8") as out:
        out.write("City,Partner,s\n")
        out.writelines(f"City {n},Partner {n},{1900 + n % 100}\n" for n in range(9_000))
    items = iter(read([file], ImportOptions(map=by)))
    assert sum(1 for _ in islice(items, 3_000)) == 3_000
    tracemalloc.start()
    assert sum(1 for _ in items) == 6_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20
