"""Which parties of a source are one place, what that place is called, and its id."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo.territories import find_territory
from citylinks.importers.matching import ids
from citylinks.importers.rows import ImportedCity
from citylinks.importers.staging import note, tidy
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# A party without an id is the one with an id that is named as it is, where there is but
# one; one without a name is what has a name and the same mark.
_ONLY_ONE = (
    "SELECT CASE WHEN count(DISTINCT o.key) = 1 THEN min(o.key) END FROM party o WHERE"
)
_JOINED = (
    "CREATE INDEX party_named ON party (named)",
    "CREATE INDEX party_geonames ON party (geonames)",
    "CREATE INDEX party_apart ON party (apart, country)",
    f"UPDATE party SET key = coalesce(({_ONLY_ONE} o.geonames = party.geonames"
    " AND o.wikidata IS NOT NULL), key) WHERE wikidata IS NULL AND geonames IS NOT NULL",
    f"UPDATE party SET key = coalesce(({_ONLY_ONE} o.named = party.named"
    " AND coalesce(o.wikidata, o.geonames) IS NOT NULL), key)"
    " WHERE wikidata IS NULL AND geonames IS NULL AND named IS NOT NULL",
    f"UPDATE party SET key = coalesce(({_ONLY_ONE} o.apart = party.apart"
    " AND o.country IS party.country AND o.name IS NOT NULL), key)"
    " WHERE wikidata IS NULL AND geonames IS NULL AND named IS NULL AND apart <> ''",
    "CREATE INDEX party_key ON party (key)",
)


class _Place(NamedTuple):
    """A place put together from its forms: the fields of its record, and what there is
    to say.
    """

    name: str
    country: str | None
    apart: str
    wikidata: str | None
    geonames: str | None
    body: dict[str, Any]
    notes: list[str]


def join(connection: sqlite3.Connection) -> None:
    """Make the places of all parties, but for those that are tied to no other."""
    for statement in _JOINED:
        connection.execute(statement)
    rows = connection.execute("SELECT key, body, apart FROM party ORDER BY key, no")
    for no, (key, forms) in enumerate(groupby(rows, key=itemgetter("key")), start=1):
        place = _together(key, [_party(row["body"]) for row in forms])
        connection.execute(
            "INSERT INTO place (no, key, name, folded, country, apart, wikidata, geonames, body)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (
                no,
                key,
                place.name,
                fold(place.name),
                *place[1:5],
                json.dumps(place.body),
            ),
        )
        note(connection, "place", [(no, text) for text in place.notes])
    connection.execute(
        "UPDATE party SET place = (SELECT no FROM place WHERE place.key = party.key)"
    )
    connection.execute("CREATE INDEX place_folded ON place (folded, country)")
    connection.execute(
        "DELETE FROM place WHERE no NOT IN (SELECT a.place FROM row JOIN party a ON a.no = row.a"
        " JOIN party b ON b.no = row.b WHERE a.place <> b.place UNION SELECT b.place FROM row"
        " JOIN party a ON a.no = row.a JOIN party b ON b.no = row.b WHERE a.place <> b.place)"
    )


def _party(body: str) -> ImportedCity:
    return ImportedCity(*json.loads(body))


def _together(key: str, forms: Sequence[ImportedCity]) -> _Place:
    """Put the forms of one place together: of each field the first value that any of
    them has.
    """
    called = [tidy(form.name) for form in forms if form.name and tidy(form.name)]
    apart = next((tidy(form.apart) for form in forms if form.apart), "")
    notes: list[str] = []
    if called:
        name = called[0]
    else:
        name = key.rpartition("\t")[2] if key.startswith("geonames") else apart or key
        notes.append(f"'{name}' has no name here and is called by its id")
    country = _country(forms, notes)
    wikidata, geonames = _first(forms, "wikidata"), _first(forms, "geonames")
    body = {
        "names": _names(forms),
        "aliases": _aliases(name, called[1:], forms),
        "level": _first(forms, "level"),
        "subdivision": _first(forms, "subdivision"),
        "location": _first(forms, "location"),
    }
    return _Place(name, country, apart, wikidata, geonames, body, notes)


def _first(forms: Sequence[ImportedCity], field: str) -> Any:
    return next((value for form in forms if (value := getattr(form, field))), None)


def _country(forms: Sequence[ImportedCity], notes: list[str]) -> str | None:
    """Return the one country that forms state, as a code; what is unclear of it is
    noted.
    """
    found = [
        find_territory(written)
        for written in dict.fromkeys(form.country for form in forms)
    ]
    notes += [one.why for one in found if one.why]
    codes = list(dict.fromkeys(one.code for one in found if one.code))
    if len(codes) > 1:
        notes.append(
            f"it lies in {' and in '.join(codes)}; {codes[0]}, the first, was kept"
        )
    return codes[0] if codes else None


def _names(forms: Sequence[ImportedCity]) -> dict[str, str]:
    names: dict[str, str] = {}
    for form in forms:
        for tag, name in form.names:
            if tidy(name):
                names.setdefault(tag, tidy(name))
    return names


def _aliases(
    name: str, others: Sequence[str], forms: Sequence[ImportedCity]
) -> list[dict[str, str]]:
    """Return what a place is called beside its name, each once as it is compared."""
    stated = [(tidy(other), tag) for form in forms for other, tag in form.aliases]
    known = {fold(name)}
    aliases = []
    for other, tag in [*((one, None) for one in others), *stated]:
        if other and fold(other) not in known:
            known.add(fold(other))
            aliases.append({"name": other, "lang": tag} if tag else {"name": other})
    return aliases


# -- Names and ids --------------------------------------------------------------


def tell_apart(connection: sqlite3.Connection) -> None:
    """Name namesakes of one country by what tells them apart, where no id does.

    `Neustadt (07806)`: else nothing in their records would, and they would be one city.
    """
    rows = connection.execute(
        "SELECT no, name, apart FROM place WHERE country IS NOT NULL AND apart <> ''"
        " AND coalesce(wikidata, geonames) IS NULL AND (folded, country) IN (SELECT folded, country"
        " FROM place WHERE country IS NOT NULL GROUP BY folded, country HAVING count(*) > 1)"
    ).fetchall()
    for row in rows:
        name = f"{row['name']} ({row['apart']})"
        connection.execute(
            "UPDATE place SET name = ?, folded = ? WHERE no = ?",
            (name, fold(name), row["no"]),
        )


def find_there(connection: sqlite3.Connection) -> None:
    """Find the places that stand in the directory: by an id, else by name and country."""
    if not connection.execute("SELECT 1 FROM known_city LIMIT 1").fetchone():
        return
    for column in ("wikidata", "geonames"):
        connection.execute(f"CREATE INDEX known_{column} ON known_city ({column})")
        connection.execute(
            f"UPDATE place SET there = (SELECT min(id) FROM known_city k"
            f" WHERE k.{column} = place.{column}) WHERE there IS NULL AND {column} IS NOT NULL"
        )
    connection.execute(
        "UPDATE place SET there = (SELECT CASE WHEN count(*) = 1 THEN min(k.id) END"
        " FROM known_name n JOIN known_city k ON k.id = n.id"
        " WHERE n.text = casefold(place.name) AND k.country IS place.country"
        " AND (k.wikidata IS NULL OR place.wikidata IS NULL)) WHERE there IS NULL"
    )
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.execute(
        "UPDATE place SET (name, country) = (SELECT coalesce(k.name, k.id), k.country"
        " FROM known_city k WHERE k.id = place.there) WHERE there IS NOT NULL"
    )
    connection.execute("UPDATE place SET folded = fold(name) WHERE there IS NOT NULL")
    connection.execute(
        "DELETE FROM noted WHERE subject = 'place'"
        " AND no IN (SELECT no FROM place WHERE there IS NOT NULL)"
    )
    doubles = connection.execute(
        "SELECT no, (SELECT min(o.no) FROM place o WHERE o.there = place.there) AS kept FROM place"
        " WHERE there IN (SELECT there FROM place GROUP BY there HAVING count(*) > 1)"
    ).fetchall()
    for row in doubles:
        if row["no"] != row["kept"]:
            unite(connection, row["kept"], row["no"])


def unite(connection: sqlite3.Connection, kept: int, double: int) -> None:
    """Make one place of two; what the other is called becomes an alias."""
    one, other = (
        connection.execute("SELECT * FROM place WHERE no = ?", (no,)).fetchone()
        for no in (kept, double)
    )
    connection.execute("UPDATE party SET place = ? WHERE place = ?", (kept, double))
    connection.execute("DELETE FROM place WHERE no = ?", (double,))
    if one["there"]:
        return  # nothing is changed there
    body, more = json.loads(one["body"]), json.loads(other["body"])
    for field, value in more.items():
        body[field] = body[field] or value
    aliases = [alias["name"] for alias in body["aliases"]]
    if other["name"] not in {one["name"], *aliases}:
        body["aliases"].append({"name": other["name"]})
    connection.execute(
        "UPDATE place SET body = ?, wikidata = ?, geonames = ?, country = ? WHERE no = ?",
        (json.dumps(body), *(one[key] or other[key] for key in ("wikidata", "geonames", "country")),
         kept),
    )  # fmt: skip


def give_ids(connection: sqlite3.Connection) -> None:
    """Give each place its id: by its name, by name and country, then with what else it
    has.
    """
    connection.create_function("candidates", 6, _candidates, deterministic=True)
    connection.execute(
        "UPDATE place SET candidates = candidates(key, name, country, apart, wikidata, geonames)"
    )
    ids.give(connection, "place", "known_city")


def _candidates(
    key: str,
    name: str,
    country: str | None,
    apart: str,
    wikidata: str | None,
    geonames: str | None,
) -> str:
    item, code = (wikidata or "").lower(), (country or "").lower()
    first = ids.make_slug(name) or item or f"place-{ids.mark(key)}"
    other = item or geonames or ids.make_slug(apart)
    return ids.candidates(
        (first,),
        (first, code),
        (first, code, other),
        (first, code, other, ids.mark(key)),
    )
