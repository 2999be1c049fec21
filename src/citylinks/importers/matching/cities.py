"""The forms of one city in a source, put together; its name and its id."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo.territories import find_territory
from citylinks.importers.matching import ids
from citylinks.importers.rows import ImportedCity
from citylinks.importers.staging import note, tidy
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# A form without an id belongs to the city with an id that has its name, where there is
# but one; a form without a name, to the one that has a name and the same mark.
_ONLY_KEY = """
SELECT CASE WHEN count(DISTINCT o.key) = 1 THEN min(o.key) END
FROM city_form o WHERE
"""
_JOIN_FORMS = (
    "CREATE INDEX city_form_name_key ON city_form (name_key)",
    "CREATE INDEX city_form_geonames ON city_form (geonames)",
    "CREATE INDEX city_form_apart ON city_form (apart, country)",
    f"""
    UPDATE city_form SET key = coalesce(({_ONLY_KEY}
        o.geonames = city_form.geonames AND o.wikidata IS NOT NULL), key)
    WHERE wikidata IS NULL AND geonames IS NOT NULL
    """,
    f"""
    UPDATE city_form SET key = coalesce(({_ONLY_KEY}
        o.name_key = city_form.name_key
        AND coalesce(o.wikidata, o.geonames) IS NOT NULL), key)
    WHERE wikidata IS NULL AND geonames IS NULL AND name_key IS NOT NULL
    """,
    f"""
    UPDATE city_form SET key = coalesce(({_ONLY_KEY}
        o.apart = city_form.apart AND o.country IS city_form.country
        AND o.name IS NOT NULL), key)
    WHERE wikidata IS NULL AND geonames IS NULL AND name_key IS NULL AND apart <> ''
    """,
    "CREATE INDEX city_form_key ON city_form (key)",
)
_CITIES_WITH_PARTNERS = """
SELECT a.city FROM row
JOIN city_form a ON a.no = row.a JOIN city_form b ON b.no = row.b
WHERE a.city <> b.city
UNION SELECT b.city FROM row
JOIN city_form a ON a.no = row.a JOIN city_form b ON b.no = row.b
WHERE a.city <> b.city
"""


class _JoinedCity(NamedTuple):
    """A city put together from its forms: the fields of its record, and notes on it."""

    name: str
    country: str | None
    apart: str
    wikidata: str | None
    geonames: str | None
    body: dict[str, Any]
    notes: list[str]


def join_cities(connection: sqlite3.Connection) -> None:
    """Make the cities of all forms, but for those without a partner."""
    for statement in _JOIN_FORMS:
        connection.execute(statement)
    rows = connection.execute("SELECT key, body FROM city_form ORDER BY key, no")
    for no, (key, forms) in enumerate(groupby(rows, key=itemgetter("key")), start=1):
        city = _join_forms(key, [_form(row["body"]) for row in forms])
        connection.execute(
            "INSERT INTO city"
            " (no, key, name, folded, country, apart, wikidata, geonames, body)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            (no, key, city.name, fold(city.name), *city[1:5], json.dumps(city.body)),
        )
        note(connection, "city", [(no, text) for text in city.notes])
    connection.execute(
        "UPDATE city_form SET"
        " city = (SELECT no FROM city WHERE city.key = city_form.key)"
    )
    connection.execute("CREATE INDEX city_folded ON city (folded, country)")
    connection.execute(f"DELETE FROM city WHERE no NOT IN ({_CITIES_WITH_PARTNERS})")


def _form(body: str) -> ImportedCity:
    return ImportedCity(*json.loads(body))


def _join_forms(key: str, forms: Sequence[ImportedCity]) -> _JoinedCity:
    """Put the forms of a city together: of each field the first value that one has."""
    names = list(filter(None, (tidy(form.name or "") for form in forms)))
    apart = tidy(_first(forms, "apart") or "")
    notes: list[str] = []
    if names:
        name = names[0]
    else:
        is_geonames = key.startswith("geonames")
        name = key.rpartition("\t")[2] if is_geonames else apart or key
        notes.append(f"'{name}' has no name here; its id is used as its name")
    country = _country(forms, notes)
    wikidata, geonames = _first(forms, "wikidata"), _first(forms, "geonames")
    body = {
        "names": _names(forms),
        "aliases": _aliases(names or [name], forms),
        "level": _first(forms, "level"),
        "subdivision": _first(forms, "subdivision"),
        "location": _first(forms, "location"),
    }
    return _JoinedCity(name, country, apart, wikidata, geonames, body, notes)


def _first(forms: Sequence[ImportedCity], field: str) -> Any:
    return next(filter(None, map(attrgetter(field), forms)), None)


def _country(forms: Sequence[ImportedCity], notes: list[str]) -> str | None:
    """Return the code of the one country that forms state; what is unclear is noted."""
    codes: list[str] = []
    for written in dict.fromkeys(form.country for form in forms):
        territory = find_territory(written)
        if territory.why:
            notes.append(territory.why)
        if territory.code and territory.code not in codes:
            codes.append(territory.code)
    if len(codes) > 1:
        countries = " and in ".join(codes)
        notes.append(f"it is in {countries}; {codes[0]}, the first, was kept")
    return codes[0] if codes else None


def _names(forms: Sequence[ImportedCity]) -> dict[str, str]:
    names: dict[str, str] = {}
    for form in forms:
        for tag, name in form.names:
            if tidy(name):
                names.setdefault(tag, tidy(name))
    return names


def _aliases(
    names: Sequence[str], forms: Sequence[ImportedCity]
) -> list[dict[str, str]]:
    """Return the names of a city beside the first, each once as it is compared."""
    others: list[tuple[str, str | None]] = [(name, None) for name in names[1:]]
    for form in forms:
        others += form.aliases
    known = {fold(names[0])}
    aliases = []
    for name, tag in others:
        alias = tidy(name)
        if alias and fold(alias) not in known:
            known.add(fold(alias))
            aliases.append({"name": alias, "lang": tag} if tag else {"name": alias})
    return aliases


# -- Names and ids --------------------------------------------------------------


def tell_namesakes_apart(connection: sqlite3.Connection) -> None:
    """Name namesakes of one country by what tells them apart, where no id does.

    `Neustadt (07806)`: else nothing in their records would, and they would be one city.
    """
    rows = connection.execute(
        """
        SELECT no, name, apart FROM city
        WHERE country IS NOT NULL AND apart <> ''
        AND coalesce(wikidata, geonames) IS NULL
        AND (folded, country) IN (SELECT folded, country FROM city
            WHERE country IS NOT NULL GROUP BY folded, country HAVING count(*) > 1)
        """
    ).fetchall()
    for row in rows:
        name = f"{row['name']} ({row['apart']})"
        connection.execute(
            "UPDATE city SET name = ?, folded = ? WHERE no = ?",
            (name, fold(name), row["no"]),
        )


def find_existing_cities(connection: sqlite3.Connection) -> None:
    """Find the cities that the directory has: by an id, or by name and country."""
    if not connection.execute("SELECT 1 FROM known_city LIMIT 1").fetchone():
        return
    for column in ("wikidata", "geonames"):
        connection.execute(f"CREATE INDEX known_{column} ON known_city ({column})")
        connection.execute(
            f"""
            UPDATE city SET existing_id =
                (SELECT min(id) FROM known_city k WHERE k.{column} = city.{column})
            WHERE existing_id IS NULL AND {column} IS NOT NULL
            """
        )
    connection.execute(
        """
        UPDATE city SET existing_id =
            (SELECT CASE WHEN count(*) = 1 THEN min(k.id) END
            FROM known_name n JOIN known_city k ON k.id = n.id
            WHERE n.text = casefold(city.name) AND k.country IS city.country
            AND (k.wikidata IS NULL OR city.wikidata IS NULL))
        WHERE existing_id IS NULL
        """
    )
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.execute(
        """
        UPDATE city SET (name, country) =
            (SELECT coalesce(k.name, k.id), k.country
            FROM known_city k WHERE k.id = city.existing_id)
        WHERE existing_id IS NOT NULL
        """
    )
    connection.execute(
        "UPDATE city SET folded = fold(name) WHERE existing_id IS NOT NULL"
    )
    connection.execute(
        "DELETE FROM noted WHERE subject = 'city'"
        " AND no IN (SELECT no FROM city WHERE existing_id IS NOT NULL)"
    )
    doubles = connection.execute(
        """
        SELECT no, (SELECT min(o.no) FROM city o
            WHERE o.existing_id = city.existing_id) AS kept
        FROM city WHERE existing_id IN
            (SELECT existing_id FROM city GROUP BY existing_id HAVING count(*) > 1)
        """
    ).fetchall()
    for row in doubles:
        if row["no"] != row["kept"]:
            unite(connection, row["kept"], row["no"])


def unite(connection: sqlite3.Connection, kept: int, double: int) -> None:
    """Make one city of two; the name of the double becomes an alias."""
    city, other = (
        connection.execute("SELECT * FROM city WHERE no = ?", (no,)).fetchone()
        for no in (kept, double)
    )
    connection.execute("UPDATE city_form SET city = ? WHERE city = ?", (kept, double))
    connection.execute("DELETE FROM city WHERE no = ?", (double,))
    if city["existing_id"]:
        return  # nothing in the directory is changed
    body, more = json.loads(city["body"]), json.loads(other["body"])
    for field, value in more.items():
        body[field] = body[field] or value
    aliases = [alias["name"] for alias in body["aliases"]]
    if other["name"] not in {city["name"], *aliases}:
        body["aliases"].append({"name": other["name"]})
    columns = ("wikidata", "geonames", "country")
    values = (city[column] or other[column] for column in columns)
    connection.execute(
        "UPDATE city SET body = ?, wikidata = ?, geonames = ?, country = ?"
        " WHERE no = ?",
        (json.dumps(body), *values, kept),
    )


def give_city_ids(connection: sqlite3.Connection) -> None:
    """Give each city its id: its name, name and country, then with what else it has."""
    connection.create_function("candidates", 6, _candidates, deterministic=True)
    connection.execute(
        "UPDATE city SET candidates = candidates(key, name, country, apart,"
        " wikidata, geonames)"
    )
    ids.give_ids(connection, "city", "known_city")


def _candidates(
    key: str,
    name: str,
    country: str | None,
    apart: str,
    wikidata: str | None,
    geonames: str | None,
) -> str:
    item, code = (wikidata or "").lower(), (country or "").lower()
    first = ids.make_slug(name) or item or f"place-{ids.short_sum(key)}"
    other = item or geonames or ids.make_slug(apart)
    return ids.id_candidates(
        (first,),
        (first, code),
        (first, code, other),
        (first, code, other, ids.short_sum(key)),
    )
