"""Names as people type them -> the records that bear them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import AmbiguousError, NotFoundError, UsageError
from citylinks.geo import countries
from citylinks.model.vocabulary import NAMED_TYPES, RECORD_TYPES, TITLED_TYPES
from citylinks.query.sql import IN
from citylinks.text.normalize import fold, trigrams
from citylinks.text.safe import number_of
from citylinks.text.suggestions import similarity, swapped_letters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

Key = tuple[str, str]

SHOWN = 10  # of the records that bear one name
LONGEST_SHOWN = 100  # characters of a name that no record bears


def resolve_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str] = RECORD_TYPES
) -> Key:
    """Return the type and id of the record that `text` names.

    By id first, as it is written; else by any name or alias, case and accents set
    aside; else, of a city, by its id at Wikidata (`Q456`) or GeoNames (`2996944`).
    `city/lyon` names the type too, and `Lyon (France)` the country. `AmbiguousError`
    lists the candidates and `NotFoundError` the likeliest.
    """
    keys = resolve_names(connection, [text], types)
    if len(keys) > 1:
        raise UsageError(f"one {noun_of(types)} is asked for, not '{_shown(text)}'")
    return keys[0]


def resolve_names(
    connection: sqlite3.Connection, texts: Sequence[str], types: Sequence[str]
) -> list[Key]:
    """Return the records that several texts name, each text one record or several.

    What is called by no text alone is read as people write it: `lyon,yokohama`.
    """
    keys = []
    for text in texts:
        matches = matching_records(connection, text, types)
        if len(matches) == 1:
            keys += matches
        elif "city" in types:
            from citylinks.query.typed_names import resolve_typed

            return resolve_typed(connection, texts, types)
        elif matches:
            raise AmbiguousError(ambiguous_name(connection, text, matches))
        else:
            raise NotFoundError(unknown_name(connection, text, types))
    return keys


def matching_records(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the records that bear a name: several where it is ambiguous."""
    wanted, name = _typed(text, types)
    return (
        _by_id(connection, name, wanted)
        or _by_label(connection, name, wanted)
        or _by_identifier(connection, name, wanted)
    )


def has_comma(text: str) -> bool:
    """Whether a text may be several names with commas between them."""
    return any(comma in text for comma in ",;、，")


def is_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str] = RECORD_TYPES
) -> bool:
    """Whether a text names a record of these types, or several of them."""
    _, name = _typed(text, types)
    return bool(name.strip() and matching_records(connection, text, types))


def _typed(text: str, types: Sequence[str]) -> tuple[Sequence[str], str]:
    """Return the types that a text may mean, and its name; `city/lyon` has one type."""
    text = text.encode(errors="replace").decode()
    type_, slash, rest = text.partition("/")
    if slash and type_ in types:
        return (type_,), rest
    return types, text


def _by_id(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    sql = f"SELECT type, id FROM record WHERE id = ? AND type {IN}"
    return _keys(connection.execute(sql, (text, json.dumps(types))))


def _by_label(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    sql = (
        "SELECT DISTINCT r.type, r.id FROM label l JOIN record r ON r.no = l.record"
        f" WHERE l.folded = ? AND r.type {IN} ORDER BY r.type, r.id"
    )
    return _keys(connection.execute(sql, (fold(text), json.dumps(types))))


def _by_identifier(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[Key]:
    """Return the cities with an id of Wikidata or GeoNames, which have an index."""
    written = text.strip().upper()
    key = "wikidata" if written.startswith("Q") else "geonames"
    if "city" not in types or not written.removeprefix("Q").isdecimal():
        return []
    sql = (
        "SELECT type, id FROM record"
        f" WHERE type = 'city' AND json_extract(body, '$.{key}') = ? ORDER BY id"
    )
    return _keys(connection.execute(sql, (written,)))


def _keys(rows: Iterable[sqlite3.Row]) -> list[Key]:
    return [(row["type"], row["id"]) for row in rows]


def noun_of(types: Sequence[str]) -> str:
    """Return the noun for records of these types."""
    if len(types) < 3:
        return " or ".join(types)
    return "record"


# -- What no record is called -------------------------------------------------


def unknown_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> str:
    """Return the message for a name that no record bears."""
    types, text = _typed(text, types)
    noun = noun_of(types)
    other = _by_id(connection, text, RECORD_TYPES) or _by_label(
        connection, text, RECORD_TYPES
    )
    if other:
        type_, _ = other[0]
        hint = _hint_at_option(other[0])
        return f"'{text}' is {with_article(type_)}, not {with_article(noun)}{hint}"
    if "city" in types:
        around = _places_around(connection, text)
        if around:
            return _lies_within(connection, around)
    alike = similar_names(connection, text, types, count=GUESSES) or _neighbours(
        connection, text, types
    )
    if alike:
        meant = dict.fromkeys(f"'{name.text}'" for name in alike[:GUESSES])
        unknown = _no_record(_shown(text), noun, types)
        return f"{unknown}; did you mean {' or '.join(meant)}?"
    if "city" not in types or not text[:1].isalpha():
        return f"there is no {noun} '{_shown(text)}'"
    (number,) = connection.execute(
        "SELECT count(*) FROM record WHERE type = 'city'"
    ).fetchone()
    cities = number_of(number, "city", "cities")
    text = _shown(text)
    unknown = _no_record(_capitalized(text), noun, types)
    return f"{unknown}; the data covers {cities} (citylinks list cities)"


def _no_record(text: str, noun: str, types: Sequence[str]) -> str:
    """Return the beginning of a message: a city is named as in a sentence."""
    if "city" in types and text[:1].isalpha():
        return f"no record of {text}"
    return f"there is no {noun} '{text}'"


def _shown(text: str) -> str:
    """Return a text that a message can hold."""
    if len(text) > LONGEST_SHOWN:
        return f"{text[:LONGEST_SHOWN]}…"
    return text


def _capitalized(text: str) -> str:
    """Return a text with a capital where it is one word that is known as a name."""
    if not (text.isalpha() and text.islower()):
        return text
    from citylinks.geo.subdivisions import is_any_subdivision

    return text.capitalize() if is_any_subdivision(text) else text


def _places_around(connection: sqlite3.Connection, text: str) -> list[tuple[str, Key]]:
    """Return the place of that name in each record that names it among its places."""
    folded = fold(text)
    rows = connection.execute(
        "SELECT r.type, r.id, json_extract(p.value, '$.name') AS place"
        " FROM record r, json_each(r.body, '$.places') p"
        " WHERE r.type = 'city' AND r.body LIKE '%\"places\"%' ORDER BY r.id"
    )
    return [
        (row["place"], (row["type"], row["id"]))
        for row in rows
        if fold(row["place"]) == folded
    ]


def _lies_within(
    connection: sqlite3.Connection, around: Sequence[tuple[str, Key]]
) -> str:
    """Return the message for a place that only lies within those with a record."""
    place, _ = around[0]
    within = [key for _, key in around]
    called = " and ".join(name_with_country(connection, key) for key in within)
    ids = " or ".join(id_ for _, id_ in within)
    return f"no record of {place}; it lies in {called}, which has one: try {ids}"


# -- What was mistyped --------------------------------------------------------


class SimilarName(NamedTuple):
    """A name that is like what was typed, with its record and its likeness."""

    no: int
    text: str
    likeness: float


ALIKE = 0.6  # the least likeness that is worth a guess
BEGUN = 0.8  # the likeness of a name that begins with what was typed
LONG = 6  # letters that what was typed must have to be held against beginnings of names
GUESSES = 3
CANDIDATES = 150

# The names that share most with what was typed for their length, by runs of three
# characters, and those in which two neighbours changed places, which leaves a short
# name little to share.
_CANDIDATES = """
SELECT l.record, l.text, l.folded, l.reason FROM (
    SELECT t.rowid AS no, count(*) AS shared FROM json_each(:runs) AS run
    CROSS JOIN trigrams AS t WHERE t.trigrams MATCH run.value
    GROUP BY t.rowid HAVING shared >= :least
) AS f CROSS JOIN label AS l ON l.no = f.no JOIN record AS r ON r.no = l.record
WHERE r.type IN (SELECT value FROM json_each(:types))
ORDER BY 1.0 * f.shared / (length(l.folded) + :count - f.shared) DESC,
    r.type, r.id, l.no
LIMIT :most
"""
_SWAPPED = """
SELECT l.record, l.text, l.folded, l.reason FROM json_each(:swapped) AS name
CROSS JOIN label AS l ON l.folded = name.value JOIN record AS r ON r.no = l.record
WHERE r.type IN (SELECT value FROM json_each(:types))
"""


def similar_names(
    connection: sqlite3.Connection, text: str, types: Sequence[str], count: int
) -> list[SimilarName]:
    """Return the names most like a mistyped one, each record once, the likeliest first.

    Titles are not guessed: they are too many, and nobody types one whole.
    """
    typed = fold(text)[:60].replace('"', "").replace("\0", "")
    runs, swaps = trigrams(typed), swapped_letters(typed)
    least = max(1, len(runs) // 3)
    if len(runs) > 4:
        least = max(2, least)
    guessed = json.dumps([type_ for type_ in types if type_ in NAMED_TYPES])
    rows = connection.execute(
        _CANDIDATES,
        {
            "runs": json.dumps([f'"{run}"' for run in runs]),
            "least": least,
            "types": guessed,
            "count": len(runs),
            "most": CANDIDATES,
        },
    ).fetchall()
    rows += connection.execute(
        _SWAPPED, {"swapped": json.dumps(swaps), "types": guessed}
    )
    names = _likest(rows, typed, len(text), _likeness)
    if not names:
        names = _likest(rows, typed, len(text), _likeness_of_beginning)
    return names[:count]


def _likest(
    rows: Iterable[sqlite3.Row],
    typed: str,
    length: int,
    likeness: Callable[[str, str], float],
) -> list[SimilarName]:
    """Return the names that are alike enough to what was typed, the likeliest first.

    Of equals, an id last, and first what is as long as what was typed, before it was
    folded.
    """
    ranked = []
    for row in rows:
        unlike = -likeness(typed, row["folded"])
        difference = abs(len(row["text"]) - length)
        by_id = row["reason"] == "id"
        ranked.append((unlike, by_id, difference, row["text"], row["record"]))
    best: dict[int, SimilarName] = {}
    for unlike, _, _, name, no in sorted(ranked):
        if -unlike >= ALIKE:
            best.setdefault(no, SimilarName(no, name, -unlike))
    return list(best.values())


def _likeness(typed: str, name: str) -> float:
    """Return the likeness of two names, at least `BEGUN` where one begins the other."""
    if typed and name.startswith(typed):
        return max(BEGUN, similarity(typed, name))
    is_hopeless = min(len(typed), len(name)) < ALIKE * max(len(typed), len(name))
    if is_hopeless:
        return 0.0
    return similarity(typed, name)


def _likeness_of_beginning(typed: str, name: str) -> float:
    """Return the likeness of the beginning of a name, without spaces: `hochiminh`."""
    typed, name = typed.replace(" ", ""), name.replace(" ", "")
    if len(typed) < LONG:
        return 0.0
    return BEGUN * similarity(typed, name[: len(typed)])


def _neighbours(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> list[SimilarName]:
    """Return the ids of events and sources that are like what was typed.

    Only those next to it in order are looked at.
    """
    text = text[:100]
    alike = []
    for type_ in TITLED_TYPES:
        if type_ not in types:
            continue
        for side in ("< ? ORDER BY id DESC", "> ? ORDER BY id"):
            sql = f"SELECT no, id FROM record WHERE type = ? AND id {side} LIMIT ?"
            for no, id_ in connection.execute(sql, (type_, text, GUESSES)):
                name = SimilarName(no, id_, similarity(text, id_))
                if name.likeness >= ALIKE:
                    alike.append(name)
    return sorted(alike, key=lambda name: -name.likeness)


def with_article(noun: str) -> str:
    """Return a noun with its article: `an event`."""
    if noun[0] in "aeio":
        return f"an {noun}"
    return f"a {noun}"


def _hint_at_option(key: Key) -> str:
    """Return the hint at an option for a record that is no subject."""
    type_, id_ = key
    if type_ not in {"organization", "theme"}:
        return ""
    return f"; ask with --{type_} {id_}"


def ambiguous_name(
    connection: sqlite3.Connection, text: str, matches: Sequence[Key]
) -> str:
    """Return the message for a name that several records bear, with the first ten."""
    several_types = len({type_ for type_, _ in matches}) > 1
    first = matches[:SHOWN]
    shown = [_candidate(connection, key, several_types) for key in first]
    if len(matches) > SHOWN:
        listed, more = ", ".join(shown), len(matches) - SHOWN
        return f"'{text}' may be {listed} or {more} more; say which by its id"
    return f"'{text}' may be {', or '.join(shown)}; say which by its id"


def _candidate(connection: sqlite3.Connection, key: Key, with_type: bool) -> str:
    name, country = _name_and_country(connection, key)
    if country:
        name = f"{name}, {country}"
    shown = "/".join(key) if with_type else key[1]
    return f"{shown} ({name})"


def name_of(connection: sqlite3.Connection, key: Key) -> str:
    """Return the name of a record; of one without, its id."""
    return _name_and_country(connection, key)[0]


def name_with_country(connection: sqlite3.Connection, key: Key) -> str:
    """Return the name of a city with its country: `Lyon (France)`."""
    name, country = _name_and_country(connection, key)
    return f"{name} ({country})" if country else name


def _name_and_country(connection: sqlite3.Connection, key: Key) -> tuple[str, str]:
    sql = "SELECT name, country FROM record WHERE type = ? AND id = ?"
    row = connection.execute(sql, key).fetchone()
    country = countries.get_country(row["country"] or "")
    return row["name"] or key[1], country.name if country else ""
