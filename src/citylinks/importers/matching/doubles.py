"""Cities that may be one: found by their names, reported, and made one on request."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from citylinks.errors import NotFoundError, UsageError
from citylinks.importers.matching.cities import unite
from citylinks.importers.staging import note
from citylinks.text.suggestions import did_you_mean, similarity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

SHORTEST = 5  # letters of a name in which one may be mistyped: Bonn and Born are two
# Nor is a name with a number mistyped: districts differ in just that.

# Two names that differ by one letter share the name without it. Taken are cities of one
# country, or of none. Two ids of one register are two cities, and so are two cities
# that something else tells apart.
_ALIKE = """
SELECT DISTINCT a.no AS a, b.no AS b, a.folded AS name, b.folded AS other
FROM near x JOIN near y ON y.key = x.key AND y.city > x.city
JOIN city a ON a.no = x.city JOIN city b ON b.no = y.city
WHERE (a.existing_id IS NULL OR b.existing_id IS NULL)
AND (a.wikidata IS NULL OR b.wikidata IS NULL)
AND (a.geonames IS NULL OR b.geonames IS NULL)
AND (a.country IS b.country OR (a.folded = b.folded
    AND (a.country IS NULL OR b.country IS NULL)))
AND (a.apart = b.apart OR a.apart = '' OR b.apart = '')
"""
_SHARED_PARTNERS = """
SELECT count(*) FROM (
SELECT b AS no FROM partnership WHERE a = :first
UNION SELECT a FROM partnership WHERE b = :first
INTERSECT SELECT * FROM (
    SELECT b FROM partnership WHERE a = :second
    UNION SELECT a FROM partnership WHERE b = :second))
"""


def find_doubles(connection: sqlite3.Connection) -> None:
    """Find the cities that may be one, with the number of partners that both have."""
    if not connection.execute(
        "SELECT 1 FROM city WHERE wikidata IS NULL LIMIT 1"
    ).fetchone():
        return
    _add_known_cities(connection)
    connection.execute("CREATE TABLE near (key TEXT NOT NULL, city INTEGER NOT NULL)")
    cities = connection.execute("SELECT no, folded FROM city")
    connection.executemany("INSERT INTO near VALUES (?,?)", _near(cities))
    connection.execute("CREATE INDEX near_key ON near (key)")
    for side in ("a", "b"):
        connection.execute(f"CREATE INDEX partnership_{side} ON partnership ({side})")
    for row in connection.execute(_ALIKE):
        if is_alike(row["name"], row["other"]):
            numbers = {"first": row["a"], "second": row["b"]}
            shared = connection.execute(_SHARED_PARTNERS, numbers).fetchone()
            kept, other = _kept_and_double(connection, row["a"], row["b"])
            connection.execute(
                "INSERT INTO double VALUES (?,?,?)", (kept, other, shared[0])
            )
    connection.execute("DROP TABLE near")
    for row in _doubles(connection):
        accept = f"--accept {row['kept_id']}={row['id']}"
        text = f"'{row['name']}' may be '{row['kept_name']}': {accept}"
        note(connection, "double", [(row["kept"], text), (row["other"], text)])


_ADD_KNOWN = """
INSERT INTO city
    (no, key, name, folded, country, apart, wikidata, geonames, body, existing_id, id)
SELECT (SELECT max(no) FROM city) + row_number() OVER (ORDER BY k.id),
    'known' || k.id, coalesce(k.name, k.id), min(n.folded), k.country, '',
    k.wikidata, k.geonames, '{{}}', k.id, k.id
FROM known_city k JOIN known_name n ON n.id = k.id
WHERE k.id NOT IN (SELECT existing_id FROM city WHERE existing_id IS NOT NULL)
AND {}
GROUP BY k.id
"""


def _add_known_cities(connection: sqlite3.Connection) -> None:
    """Add the cities of the directory that are named as a new one is."""
    connection.execute(
        _ADD_KNOWN.format(
            "n.folded IN (SELECT folded FROM city WHERE existing_id IS NULL)"
        )
    )


def _near(cities: Iterable[sqlite3.Row]) -> Iterator[tuple[str, int]]:
    for row in cities:
        name = row["folded"]
        yield name, row["no"]
        if len(name) >= SHORTEST and not any(map(str.isdecimal, name)):
            for key in {name[:n] + name[n + 1 :] for n in range(1, len(name))}:
                yield key, row["no"]


def is_alike(name: str, other: str) -> bool:
    """Whether two folded names are one but for a letter, and not the first one."""
    longest = max(len(name), len(other))
    distance = round((1 - similarity(name, other)) * longest)
    return distance == 0 or (distance == 1 and name[:1] == other[:1])


def _kept_and_double(connection: sqlite3.Connection, *numbers: int) -> tuple[int, int]:
    """Return the one of two to keep and the other: an existing one, one with an id."""
    sql = (
        "SELECT no FROM city WHERE no IN (?, ?)"
        " ORDER BY existing_id IS NULL, wikidata IS NULL, geonames IS NULL,"
        " country IS NULL, no"
    )
    kept, double = (row["no"] for row in connection.execute(sql, numbers))
    return kept, double


def _doubles(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Yield the cities that may be one, first those with the same partners."""
    yield from connection.execute(
        "SELECT kept, other, shared, a.name AS kept_name, a.id AS kept_id, b.name, b.id"
        " FROM double JOIN city a ON a.no = kept JOIN city b ON b.no = other"
        " ORDER BY shared DESC, a.id, b.id"
    )


def undecided_cities(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of cities that `validate` takes for one, and nobody accepted."""
    pairs = connection.execute(
        "SELECT a.id, b.id FROM double JOIN city a ON a.no = kept"
        " JOIN city b ON b.no = other WHERE a.folded = b.folded"
        " AND a.country = b.country"
        f" AND {' AND '.join(map(_NOT_APART.format, ('level', 'subdivision')))}"
    )
    return frozenset(chain.from_iterable(pairs))


_NOT_APART = (
    "coalesce(json_extract(a.body, '$.{0}') = json_extract(b.body, '$.{0}'), 1)"
)


def accept_doubles(
    connection: sqlite3.Connection, accepted: Sequence[str]
) -> list[str]:
    """Make one of the cities that are named as `ID=ID`, the first being kept.

    Return a note on each that is one already, as on a second import.
    """
    notes = []
    numbers: dict[str, int] = {}
    for text in accepted:
        first, equals, second = text.partition("=")
        if not (first and equals and second):
            raise UsageError(f"--accept takes two ids, as in lyon=lyons, not '{text}'")
        kept = numbers.get(first) or _city_number(connection, first)
        if kept is None:
            raise _unknown(connection, first)
        double = numbers.get(second) or _city_number(connection, second)
        if double is None:
            if not _is_existing(connection, kept):
                raise _unknown(connection, second)
            notes.append(
                f"there is no '{second}' here that could be the same as '{first}'"
            )
        elif kept != double and _is_existing(connection, double):
            raise UsageError(
                f"'{second}' is in the directory already, where nothing is changed"
            )
        elif kept != double:
            unite(connection, kept, double)
            for id_, no in numbers.items():
                if no == double:
                    numbers[id_] = kept
            numbers[second] = kept
    return notes


def _city_number(connection: sqlite3.Connection, id_: str) -> int | None:
    sql = "SELECT no FROM city WHERE id = ?"
    if not connection.execute(sql, (id_,)).fetchone():
        connection.execute(_ADD_KNOWN.format("k.id = ?"), (id_,))
    row = connection.execute(sql, (id_,)).fetchone()
    return row["no"] if row else None


def _is_existing(connection: sqlite3.Connection, no: int) -> bool:
    sql = "SELECT 1 FROM city WHERE no = ? AND existing_id IS NOT NULL"
    return connection.execute(sql, (no,)).fetchone() is not None


def _unknown(connection: sqlite3.Connection, id_: str) -> NotFoundError:
    ids = (row["id"] for row in connection.execute("SELECT id FROM city"))
    return NotFoundError(f"no city here has the id '{id_}'{did_you_mean(id_, ids)}")
