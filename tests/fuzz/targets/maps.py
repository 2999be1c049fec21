"""Maps of tables: what people write, used on a small table."""

from __future__ import annotations

from support import ROOT

from citylinks.importers import ImportOptions
from citylinks.importers.tables import adapter as table
from fuzz.held import FOLDER, file, refusals

SEEDS = (
    *(path.read_bytes() for path in sorted((ROOT / "docs" / "maps").glob("*.yaml"))),
    b"a: {name: City}\nb: {name: Partner}\n",
    b"a: {name: [City, Partner], level: {value: city}, latitude: x, longitude: x}\n"
    b"b: {wikidata: Partner, names: {ja: City}, aliases: {column: City, separator: ' '}}\n"
    b"start: {column: since, written: day.month.year, others: leave-out}\n"
    b"kind: {column: City, values: {Lyon: sister-city}}\nboth_sides: yes\n"
    b"file: {encoding: utf-8, delimiter: comma, header: 1, quotes: double}\n"
    b"cites: {title: City, url: Partner}\nsource: {title: T, date: 2024-03, language: de}\n",
)
WORDS = (
    b"a: ", b"b: ", b"{", b"}", b"[", b"]", b"name: ", b"column: ", b"City", b"Partner", b"since",
    b"value: ", b"values: ", b"others: ", b"leave-out", b"set-aside", b"written: ", b"year",
    b"day/month/year", b"edtf", b"digits: ", b"5", b"99999", b"separator: ", b"file: ",
    b"encoding: ", b"undefined", b"unicode_escape", b"utf-16", b"delimiter: ", b"header: ", b"none",
    b"quotes: ", b"\n", b", ", b"source: ", b"title: ", b"both_sides: ", b"yes", b"themes: ", b"''",
)  # fmt: skip
_TABLE = "City,Partner,since,x\nLyon,Bern,07.04.1959,45.7\nKöln,Kyōto,1963,\n,,,\n"


def target(data: bytes) -> None:
    written = FOLDER / "map.yaml"
    written.write_bytes(data)
    path = file(_TABLE.encode())
    with refusals():
        options = ImportOptions(map=written)
        table.stated_source(options)
        for _ in table.read([path], options):
            pass
