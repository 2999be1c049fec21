"""Delimited tables: pairs, and tables of which a map is guessed and then used."""

from __future__ import annotations

from citylinks.importers import ImportOptions, pairs
from citylinks.importers.tables import adapter as table
from citylinks.importers.tables.guessing import propose_map
from citylinks.importers.tables.source_table import Form
from citylinks.text.safe import visible_lines
from fuzz.held import FOLDER, file, import_file, refusals

SEEDS = (
    b"City,Partner\nLyon,Yokohama\n",
    b"Gemeinde;PLZ;Land;seit\nAachen;52062;Frankreich;28.01.1967\n",
    b"Q456\tQ38283\t1959-04\nQ90\tQ220\t1956\n",
    b'"a","b"\n"x\ny","z ""q"""\n',
    b"a|b\n\n1|2\n",
    "自治体名,姉妹都市名,提携年月日\n横浜市,リヨン,1959/4/7\n".encode(),
    "City,Partner\nKöln,Nîmes\n".encode("cp1252"),
    "City,Partner\nLyon,Nice\n".encode("utf-16"),
    b"city,partner,latitude,longitude,kind,themes,url\nLyon,Bern,45.7,4.8,twinning,a;b,http://x\n",
    b"\xef\xbb\xbfa,b\r\nc,d\r\n",
)
WORDS = (
    b",", b";", b"\t", b"|", b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf",
    b"\xff\xfe", b"City", b"Partner", b"country", b"seit", b"1959", b"Q456", b"\x1b[2J",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"PK\x03\x04", b"\x1f\x8b", b"<", b"{", b"[", b" ",
)  # fmt: skip
_ENCODINGS = (
    None,
    "utf-16",
    "cp1252",
    "utf-7",
    "shift_jis",
    "hz",
    "iso2022_jp",
    "gb18030",
)


def target(data: bytes) -> None:
    path = file(data)
    import_file(pairs, path, ImportOptions(labels=[path]))
    encoding = _ENCODINGS[data[-1] % len(_ENCODINGS)] if data else None
    with refusals():
        text = propose_map(path, Form(encoding))
        assert text == visible_lines(text)
        proposed = FOLDER / "map.yaml"
        proposed.write_text(text, encoding="utf-8")
        import_file(table, path, ImportOptions(map=proposed, encoding=encoding))
