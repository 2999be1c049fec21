"""The rows of a source in a temporary database, so that memory does not grow.

The database is one that SQLite makes for itself and nobody else can see; nothing of it
is left, however a command ends.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo.territories import find_territory
from citylinks.importers.rows import (
    CitedSource,
    DescribedCity,
    ImportedCity,
    ImportedPartnership,
    SetAside,
)
from citylinks.lint.rules.unsafe_text import cleaned
from citylinks.text.normalize import fold
from citylinks.text.safe import number_of, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

# `city_form` is each form in which a source has a city, `city` the city of several
# forms, `partnership` a partnership of two cities; `row` has the outcome of each row of
# the source. A city or partnership that the directory has already has its id there as
# `existing_id`. The `known_` tables are copied from the directory, `noted` has the
# notes on a row, city or partnership, `double` the cities that may be one.
_TABLES = """
CREATE TABLE city_form (no INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE,
    body TEXT NOT NULL, name TEXT, country TEXT, apart TEXT NOT NULL, wikidata TEXT,
    geonames TEXT, name_key TEXT, key TEXT NOT NULL, city INTEGER);
CREATE TABLE city (no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, folded TEXT NOT NULL, country TEXT, apart TEXT, wikidata TEXT,
    geonames TEXT, body TEXT NOT NULL, existing_id TEXT, id TEXT, candidates TEXT,
    step INTEGER NOT NULL DEFAULT 0);
CREATE TABLE row (no INTEGER PRIMARY KEY, location TEXT NOT NULL, a INTEGER, b INTEGER,
    kind TEXT, is_one_way INTEGER, body TEXT, outcome TEXT, partnership INTEGER,
    why TEXT);
CREATE TABLE partnership (no INTEGER PRIMARY KEY, a INTEGER NOT NULL,
    b INTEGER NOT NULL, kind TEXT, body TEXT NOT NULL, is_one_sided INTEGER NOT NULL,
    first INTEGER NOT NULL, existing_id TEXT, id TEXT, candidates TEXT,
    step INTEGER NOT NULL DEFAULT 0);
CREATE TABLE source (no INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE,
    existing_id TEXT, id TEXT, candidates TEXT, step INTEGER NOT NULL DEFAULT 0,
    is_cited INTEGER NOT NULL DEFAULT 0);
CREATE TABLE double (kept INTEGER NOT NULL, other INTEGER NOT NULL,
    shared INTEGER NOT NULL, PRIMARY KEY (kept, other)) WITHOUT ROWID;
CREATE TABLE noted (subject TEXT NOT NULL, no INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (subject, no, text)) WITHOUT ROWID;
CREATE TABLE known_city (id TEXT PRIMARY KEY, name TEXT, wikidata TEXT, geonames TEXT,
    country TEXT) WITHOUT ROWID;
CREATE TABLE known_name (text TEXT NOT NULL, folded TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (text, id)) WITHOUT ROWID;
CREATE TABLE known_partnership (id TEXT PRIMARY KEY, a TEXT, b TEXT, kind TEXT,
    start TEXT, end TEXT) WITHOUT ROWID;
CREATE TABLE known_source (id TEXT PRIMARY KEY, title TEXT, url TEXT) WITHOUT ROWID;
CREATE TABLE known_theme (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

PAGES = -16 * 1024  # KiB of the database that are held in memory
_json = json.JSONEncoder(ensure_ascii=False).encode
_REMEMBERED = 20_000  # forms whose number is kept in memory
BATCH = 5_000  # rows that are written at once, and then reported


class StagedCounts(NamedTuple):
    """The numbers of staged rows, and of different forms of cities in them."""

    rows: int
    cities: int


def open_staging() -> sqlite3.Connection:
    """Return an empty database of the tables above."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {PAGES}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(_TABLES)
    connection.execute("BEGIN")  # never committed: nothing of it is to stay
    return connection


def stage_rows(
    connection: sqlite3.Connection,
    items: Iterable[ImportedPartnership | DescribedCity | SetAside],
    kind: str | None,
    progress: Callable[[str], None],
) -> StagedCounts:
    """Write the rows of an adapter into the database.

    `kind` is for partnerships that state none.
    """
    number = lru_cache(maxsize=_REMEMBERED)(lambda city: _form_number(connection, city))
    cite = lru_cache(maxsize=_REMEMBERED)(
        lambda source: source_number(connection, source)
    )
    rows = 0
    for batch in _batches(_rows(_noted(connection, items), number, cite, kind)):
        connection.executemany(
            "INSERT INTO row (location, a, b, kind, is_one_way, body, outcome, why)"
            " VALUES (?,?,?,?,?,?,?,?)",
            batch,
        )
        rows += len(batch)
        progress(f"{number_of(rows, 'row')} read")
    cities = connection.execute("SELECT count(*) FROM city_form").fetchone()[0]
    return StagedCounts(rows, cities)


def _noted(
    connection: sqlite3.Connection,
    items: Iterable[ImportedPartnership | DescribedCity | SetAside],
) -> Iterator[ImportedPartnership | DescribedCity | SetAside]:
    """Yield the items; the remarks on a row are noted under its coming number."""
    number = 0
    for item in items:
        number += not isinstance(item, DescribedCity)
        if isinstance(item, ImportedPartnership) and item.remarks:
            note(connection, "row", [(number, text) for text in item.remarks])
        yield item


def _rows(
    items: Iterable[ImportedPartnership | DescribedCity | SetAside],
    number: Callable[[ImportedCity], int],
    cite: Callable[[CitedSource], int],
    kind: str | None,
) -> Iterator[tuple[Any, ...]]:
    for item in items:
        if isinstance(item, DescribedCity):
            number(item.city)
        elif isinstance(item, SetAside):
            nothing = (None,) * 5
            yield (readable(item.where), *nothing, "set aside", item.why)
        else:
            body = _body(item, cite)
            cities = (number(item.a), number(item.b))
            how = (item.kind or kind, item.is_one_way)
            yield (readable(item.where), *cities, *how, body, None, None)


def _body(partnership: ImportedPartnership, cite: Callable[[CitedSource], int]) -> str:
    """Return the other fields of a partnership as JSON, without the empty ones."""
    fields = {
        "start": partnership.start,
        "end": partnership.end,
        "status": partnership.status,
        "themes": partnership.themes,
        "sources": list(map(cite, partnership.sources)),
        "note": tidy(partnership.note or "") or None,
    }
    return json.dumps({key: value for key, value in fields.items() if value})


def source_number(connection: sqlite3.Connection, source: CitedSource) -> int:
    """Return the number of a source, which is staged where it is new."""
    body = _json(source)
    connection.execute("INSERT OR IGNORE INTO source (body) VALUES (?)", (body,))
    row = connection.execute("SELECT no FROM source WHERE body = ?", (body,)).fetchone()
    return int(row["no"])


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _form_number(connection: sqlite3.Connection, city: ImportedCity) -> int:
    """Return the number of a form of a city, which is staged where it is new."""
    body = _json(city)
    digest = blake2b(body.encode(errors="replace"), digest_size=16).digest()
    sql = "SELECT no FROM city_form WHERE digest = ?"
    existing = connection.execute(sql, (digest,)).fetchone()
    if existing:
        return int(existing["no"])
    name, apart = tidy(city.name or "") or None, tidy(city.apart)
    country = find_territory(city.country).code or fold(city.country or "") or None
    name_key = _name_key(name, country, apart)
    row = (digest, body, name, country, apart, city.wikidata, city.geonames, name_key)
    key = _city_key(city, name_key, country, apart)
    sql = (
        "INSERT INTO city_form (digest, body, name, country, apart, wikidata, geonames,"
        " name_key, key) VALUES (?,?,?,?,?,?,?,?,?)"
    )
    return int(connection.execute(sql, (*row, key)).lastrowid or 0)


def _name_key(name: str | None, country: str | None, apart: str) -> str | None:
    """Return the key by which two forms without ids are one, as far as is certain.

    Munster and Münster are two cities of one country. Only where something else tells
    them apart from others, as a postcode, is the one taken for the other.
    """
    if name is None:
        return None
    compared = fold(name) if apart else name.casefold()
    return "\t".join((compared, country or "", fold(apart)))


def _city_key(
    city: ImportedCity, name_key: str | None, country: str | None, apart: str
) -> str:
    """Return the key that the forms of a city share: an id, else a name."""
    if city.wikidata:
        return city.wikidata
    if city.geonames:
        return f"geonames\t{city.geonames}"
    if name_key:
        return f"named\t{name_key}"
    return f"apart\t{apart}\t{country or ''}"


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces; a lost letter is `?`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    visible = cleaned(" ".join(text.replace("\ufffd", "?").split()))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def note(
    connection: sqlite3.Connection, subject: str, rows: Sequence[tuple[int, str]]
) -> None:
    """Note texts on cities, partnerships or rows of these numbers."""
    connection.executemany(
        "INSERT OR IGNORE INTO noted VALUES (?,?,?)",
        [(subject, no, text) for no, text in rows],
    )
