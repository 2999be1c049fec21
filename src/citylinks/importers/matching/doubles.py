"""Places that may be one: found by how alike their names are, told, and made one where
asked.
"""

from __future__ import annotations

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

# Two names that are one but for a letter share the name without it. Those of one
# country, or of none; what has two ids of one register is two, and so is what something
# else tells apart.
_ALIKE = """
SELECT DISTINCT a.no AS a, b.no AS b, a.folded AS one, b.folded AS other
FROM near x JOIN near y ON y.key = x.key AND y.place > x.place
JOIN place a ON a.no = x.place JOIN place b ON b.no = y.place
WHERE (a.there IS NULL OR b.there IS NULL)
AND (a.wikidata IS NULL OR b.wikidata IS NULL) AND (a.geonames IS NULL OR b.geonames IS NULL)
AND (a.country IS b.country OR (a.folded = b.folded AND (a.country IS NULL OR b.country IS NULL)))
AND (a.apart = b.apart OR a.apart = '' OR b.apart = '')
"""
_SHARED = """
SELECT count(*) FROM (SELECT b AS no FROM link WHERE a = :one
UNION SELECT a FROM link WHERE b = :one INTERSECT SELECT * FROM
(SELECT b FROM link WHERE a = :other UNION SELECT a FROM link WHERE b = :other))
"""


def find(connection: sqlite3.Connection) -> None:
    """Find the places that may be one, with how many others both are tied to."""
    if not connection.execute(
        "SELECT 1 FROM place WHERE wikidata IS NULL LIMIT 1"
    ).fetchone():
        return
    _bring_known(connection)
    connection.execute("CREATE TABLE near (key TEXT NOT NULL, place INTEGER NOT NULL)")
    places = connection.execute("SELECT no, folded FROM place")
    connection.executemany("INSERT INTO near VALUES (?,?)", _near(places))
    connection.execute("CREATE INDEX near_key ON near (key)")
    for side in ("a", "b"):
        connection.execute(f"CREATE INDEX link_{side} ON link ({side})")
    for row in connection.execute(_ALIKE):
        if is_alike(row["one"], row["other"]):
            shared = connection.execute(
                _SHARED, {"one": row["a"], "other": row["b"]}
            ).fetchone()
            kept, other = _kept(connection, row["a"], row["b"])
            connection.execute(
                "INSERT INTO double VALUES (?,?,?)", (kept, other, shared[0])
            )
    connection.execute("DROP TABLE near")
    for one in told(connection):
        said = f"'{one['name']}' may be '{one['kept_name']}': --accept {one['kept_id']}={one['id']}"
        note(connection, "double", [(one["kept"], said), (one["other"], said)])


_KNOWN = (
    "INSERT INTO place (no, key, name, folded, country, apart, wikidata, geonames, body, there,"
    " id) SELECT (SELECT max(no) FROM place) + row_number() OVER (ORDER BY k.id), 'there' || k.id,"
    " coalesce(k.name, k.id), min(n.folded), k.country, '', k.wikidata, k.geonames, '{{}}', k.id,"
    " k.id"
    " FROM known_city k JOIN known_name n ON n.id = k.id"
    " WHERE k.id NOT IN (SELECT there FROM place WHERE there IS NOT NULL) AND {} GROUP BY k.id"
)


def _bring_known(connection: sqlite3.Connection) -> None:
    """Have the cities of the directory among the places that are named as a new one is."""
    connection.execute(
        _KNOWN.format("n.folded IN (SELECT folded FROM place WHERE there IS NULL)")
    )


def _near(places: Iterable[sqlite3.Row]) -> Iterator[tuple[str, int]]:
    for row in places:
        name = row["folded"]
        yield name, row["no"]
        if len(name) >= SHORTEST and not any(map(str.isdecimal, name)):
            for key in {name[:n] + name[n + 1 :] for n in range(1, len(name))}:
                yield key, row["no"]


def is_alike(one: str, other: str) -> bool:
    """Whether two folded names are one but for a letter, and not the first one."""
    distance = round((1 - similarity(one, other)) * max(len(one), len(other)))
    return distance == 0 or (distance == 1 and one[:1] == other[:1])


def _kept(connection: sqlite3.Connection, one: int, other: int) -> tuple[int, int]:
    """Return which of two is to be kept: what stands there, what has an id, what came
    first.
    """
    sql = (
        "SELECT no FROM place WHERE no IN (?, ?)"
        " ORDER BY there IS NULL, wikidata IS NULL, geonames IS NULL, country IS NULL, no"
    )
    kept, double = (row["no"] for row in connection.execute(sql, (one, other)))
    return kept, double


def told(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Yield the places that may be one, first those that are tied to the same ones."""
    yield from connection.execute(
        "SELECT kept, other, shared, a.name AS kept_name, a.id AS kept_id, b.name, b.id"
        " FROM double JOIN place a ON a.no = kept JOIN place b ON b.no = other"
        " ORDER BY shared DESC, a.id, b.id"
    )


def undecided(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the ids of places that `validate` holds for one, and nobody has said of it
    so far.
    """
    pairs = connection.execute(
        "SELECT a.id AS one, b.id AS other FROM double JOIN place a ON a.no = kept"
        " JOIN place b ON b.no = other WHERE a.folded = b.folded AND a.country = b.country"
        f" AND {' AND '.join(map(_NOT_APART.format, ('level', 'subdivision')))}"
    )
    return frozenset(id_ for pair in pairs for id_ in pair)


_NOT_APART = (
    "coalesce(json_extract(a.body, '$.{0}') = json_extract(b.body, '$.{0}'), 1)"
)


def accept(connection: sqlite3.Connection, accepted: Sequence[str]) -> list[str]:
    """Make one of the places that are named as `ID=ID`, the first being kept.

    Return what there is to say of those that are one already, as on a second import.
    """
    said = []
    numbers: dict[str, int] = {}
    for text in accepted:
        first, equals, second = text.partition("=")
        if not (first and equals and second):
            raise UsageError(f"--accept takes two ids, as in lyon=lyons, not '{text}'")
        kept = numbers.get(first) or _place(connection, first)
        if kept is None:
            raise _unknown(connection, first)
        double = numbers.get(second) or _place(connection, second)
        if double is None:
            if not _is_there(connection, kept):
                raise _unknown(connection, second)
            said.append(
                f"there is no '{second}' here that could be taken for '{first}'"
            )
        elif kept != double and _is_there(connection, double):
            raise UsageError(
                f"'{second}' stands in the directory, where nothing is changed"
            )
        elif kept != double:
            unite(connection, kept, double)
            numbers = {id_: kept if no == double else no for id_, no in numbers.items()}
            numbers[second] = kept
    return said


def _place(connection: sqlite3.Connection, id_: str) -> int | None:
    sql = "SELECT no FROM place WHERE id = ?"
    if not connection.execute(sql, (id_,)).fetchone():
        connection.execute(_KNOWN.format("k.id = ?"), (id_,))
    found = connection.execute(sql, (id_,)).fetchone()
    return found["no"] if found else None


def _is_there(connection: sqlite3.Connection, no: int) -> bool:
    sql = "SELECT 1 FROM place WHERE no = ? AND there IS NOT NULL"
    return connection.execute(sql, (no,)).fetchone() is not None


def _unknown(connection: sqlite3.Connection, id_: str) -> NotFoundError:
    ids = (row["id"] for row in connection.execute("SELECT id FROM place"))
    return NotFoundError(f"no city here has the id '{id_}'{did_you_mean(id_, ids)}")
