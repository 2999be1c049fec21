"""Names of cities as people write them: with their country, or several together.

Only what no record is called comes here, so that no other question waits for it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from citylinks.errors import AmbiguousError, ElsewhereError, NotFoundError
from citylinks.geo import countries, subdivisions
from citylinks.geo.names import country_codes
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import (
    Key,
    by_id,
    is_name,
    matching_records,
    name_of,
    name_with_country,
    split_type,
)
from citylinks.query.names.messages import ambiguous_name, unknown_name
from citylinks.query.names.words import BETWEEN, cities_in_words, runs_of_words
from citylinks.query.sql import IN
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

_DASH = r"\s*[–—⇄↔→]\s*|\s+-\s+"
# What parts several cities in one text; the first that leaves only cities is meant.
_SEPARATORS = (
    r"\s*[,;、，；]\s*",
    _DASH,
    rf"\s+(?:{'|'.join(map(re.escape, sorted(BETWEEN)))})\s+",
    r"\s*[&+/|]\s*",
    "[と和与與跟及와과및]",
    "-",
)
_IN_BRACKETS = r"(.+?)\s*[(（\[]([^()（）\[\]]+)[)）\]]"

# The countries in which a city is written with its state: London, Ontario.
STATED = "US CA AU"

MOST_WORDS = 4  # of a name
LONGEST = 300  # characters of a text that is read so

Candidates = list[Key]
Read = list[tuple[str, Candidates]]  # texts with the cities that each may mean


def resolve_typed(
    connection: sqlite3.Connection, texts: Sequence[str], types: Sequence[str]
) -> list[Key]:
    """Return the records that texts name, each a city or several as people write them.

    `Lyon (France)`, `Lyon, France`, `lyon,yokohama`, `lyon and yokohama`; and one text
    such as `Lyon – Yokohama` is the partnership of the two, where one can be meant.
    """
    if "city" not in types:
        raise NotFoundError(unknown_name(connection, texts[0], types))
    for text in texts:
        if _is_id_of_another_type(connection, text, types):
            raise NotFoundError(unknown_name(connection, text, types))
    reader = _Reader(connection, types)
    read = reader.read_words(texts)
    if not read:
        read = reader.read_words(_without_endings(connection, texts))
    if not read and texts:
        if reader.disagreement:
            raise ElsewhereError(reader.disagreement)
        raise NotFoundError(_unknown(connection, texts, types))
    keys = []
    for text, candidates in read:
        if len(candidates) > 1:
            raise AmbiguousError(ambiguous_name(connection, text, candidates))
        keys += candidates
    if len(texts) == 1 and len(keys) > 1 and "partnership" in types:
        return _partnership_meant(connection, texts[0], keys, types)
    return keys


def _without_endings(connection: sqlite3.Connection, texts: Sequence[str]) -> list[str]:
    """Return the words of texts, of `lyon's` and `리옹과 요코하마` the names alone."""
    words: list[str] = []
    for run in runs_of_words(connection, texts):
        words += [" ".join(run.words)] if run.is_city else run.words
    return words


def _is_id_of_another_type(
    connection: sqlite3.Connection, text: str, types: Sequence[str]
) -> bool:
    wanted, id_ = split_type(text, types)
    if by_id(connection, id_, wanted):
        return False
    return bool(by_id(connection, id_, RECORD_TYPES))


def _partnership_meant(
    connection: sqlite3.Connection, text: str, keys: list[Key], types: Sequence[str]
) -> list[Key]:
    """Return the partnership of cities that one text names, or else the cities."""
    together = _partnerships_of(connection, [id_ for _, id_ in keys])
    is_asked = re.search(_DASH, text) is not None or len(types) > 2
    if is_asked and len(together) == 1:
        return together
    if len(types) == 2:
        return keys
    if together:
        raise AmbiguousError(ambiguous_name(connection, text, together))
    called = " and ".join(name_of(connection, key) for key in keys)
    ids = " ".join(id_ for _, id_ in keys)
    raise NotFoundError(
        f"no partnership of {called} on record; citylinks timeline {ids} looks for more"
    )


def _partnerships_of(connection: sqlite3.Connection, cities: list[str]) -> list[Key]:
    """Return the partnerships that have just these members."""
    members = (
        "SELECT record, id FROM ref"
        " WHERE type = 'city' AND relation = 'members' AND record IN ("
        "SELECT record FROM ref"
        f" WHERE type = 'city' AND relation = 'members' AND id {IN})"
    )
    sql = (
        f"SELECT r.type, r.id FROM record r JOIN ({members}) m ON m.record = r.no"
        " WHERE r.type = 'partnership' GROUP BY r.no"
        f" HAVING count(DISTINCT m.id) = ? AND min(m.id {IN}) = 1 ORDER BY r.id"
    )
    ids = json.dumps(cities)
    rows = connection.execute(sql, (ids, len(set(cities)), ids))
    return [(row["type"], row["id"]) for row in rows]


class _Reader:
    """Reads words as cities, over one index."""

    def __init__(self, connection: sqlite3.Connection, types: Sequence[str]) -> None:
        self.connection = connection
        self.types = types
        self.disagreement = ""
        self._read_before: dict[str, Read] = {}  # texts that are not words joined here

    def read_words(self, words: Sequence[str]) -> Read:
        """Return the cities that words name, none where one names none."""
        cities: Read = []
        n = 0
        while n < len(words):
            count, read = self._longest(words[n : n + MOST_WORDS])
            if not read:
                is_between = 0 < n < len(words) - 1 and _is_between_cities(words[n])
                if not is_between:
                    return []
            cities += read
            n += count
        return cities

    def _longest(self, words: Sequence[str]) -> tuple[int, Read]:
        """Return the number of words that name cities together, and these cities."""
        for count in range(len(words), 1, -1):
            joined = " ".join(words[:count])
            candidates = self._plain(joined, ["city"]) or self._placed(joined)
            if candidates:
                return count, [(joined, candidates)]
        return 1, self._read(words[0])

    def _read(self, text: str) -> Read:
        """Return the cities that one text names; none where it is not only cities."""
        if text not in self._read_before:
            self._read_before[text] = []
            self._read_before[text] = self._read_anew(text)
        return self._read_before[text]

    def _read_anew(self, text: str) -> Read:
        candidates = self._plain(text, self.types)
        if not candidates and len(text) <= LONGEST:
            candidates = self._placed(text)
        if candidates:
            return [(text, candidates)]
        if len(text) > LONGEST:
            return []
        for separator in _SEPARATORS:
            parts = re.split(separator, text.strip())
            if len(parts) > 1 and all(parts):
                cities = self._read_parts(parts)
                if cities:
                    return cities
        if " " in text.strip():
            return self.read_words(text.split())
        return []

    def _read_parts(self, parts: Sequence[str]) -> Read:
        """Return the cities of a list, in which a place may stand after its city."""
        cities: Read = []
        for part in parts:
            own = self._plain(part, ["city"])
            if cities:
                text, candidates = cities[-1]
                narrowed = self._within(candidates, part)
                if narrowed and set(own) <= set(narrowed):
                    cities[-1] = (text, narrowed)
                    continue
            if own:
                cities.append((part, own))
                continue
            read = self._read(part)
            if not read:
                if len(cities) == 1:
                    self._note_disagreement(*cities[0], part, is_certain=False)
                return []
            cities += read
        return cities

    # -- One city with the place that it lies in ----------------------------------

    def _placed(self, text: str) -> Candidates:
        """Return the cities of a text such as `Lyon (France)` or `Lyon France`."""
        bracketed = re.fullmatch(_IN_BRACKETS, text.strip())
        if bracketed:
            name, places = bracketed[1], re.split(r"\s*[,，]\s*", bracketed[2])
            candidates = narrowed = self._plain(name, self.types)
            for place in places:
                if set(self._plain(place, ["city"])) & set(candidates):
                    continue
                narrowed = self._within(narrowed, place)
            if candidates and not narrowed:
                self._note_disagreement(name, candidates, places[-1], is_certain=True)
            return narrowed
        words = text.split()
        for count in range(1, min(MOST_WORDS, len(words))):
            name, place = " ".join(words[:-count]), " ".join(words[-count:])
            if name.endswith((",", "，")) and self._plain(place, ["city"]):
                continue
            candidates = self._plain(name, self.types)
            narrowed = self._within(candidates, place)
            if narrowed:
                return narrowed
            if candidates and text in self._read_before:
                self._note_disagreement(name, candidates, place, is_certain=False)
        return []

    def _plain(self, text: str, types: Iterable[str]) -> Candidates:
        return matching_records(self.connection, text, list(types))

    def _within(self, candidates: Candidates, place: str) -> Candidates:
        """Return the candidates that lie in a place, as far as their records say."""
        return [key for key in candidates if self._lies_in(key, place)]

    def _lies_in(self, key: Key, place: str) -> bool:
        country, subdivision = self._where(key)
        if country and country in country_codes(place):
            return True
        return bool(subdivision) and subdivisions.is_subdivision(subdivision, place)

    def _where(self, key: Key) -> tuple[str, str]:
        sql = (
            "SELECT country, json_extract(body, '$.subdivision') AS subdivision"
            " FROM record WHERE type = ? AND id = ? AND type = 'city'"
        )
        row = self.connection.execute(sql, key).fetchone()
        if row is None:
            return "", ""
        return row["country"] or "", row["subdivision"] or ""

    def _note_disagreement(
        self, name: str, candidates: Candidates, place: str, *, is_certain: bool
    ) -> None:
        """Keep the message for a city that does not lie where it is said to.

        Unless it `is_certain` that a place is meant and not a second city, only
        countries count, and the states of countries where they are written so.
        """
        codes = country_codes(place)
        inside = "" if is_certain else STATED
        if self.disagreement or not (
            codes or subdivisions.is_any_subdivision(place, inside)
        ):
            return
        where = place
        if codes:
            country = countries.get_country(min(codes))
            where = country.name if country else place
        cities = [
            name_with_country(self.connection, key)
            for key in candidates
            if key[0] == "city"
        ]
        if cities:
            self.disagreement = (
                f"no record of {name.strip(' ,')} in {where};"
                f" the data has {' and '.join(cities)}"
            )


def _unknown(
    connection: sqlite3.Connection, texts: Sequence[str], types: Sequence[str]
) -> str:
    """Return the message for texts of which one at least names nothing."""
    read = cities_in_words(connection, texts)
    typed = [text for text in texts if text.partition("/")[0] in types]
    for text in [*typed, *read, *texts]:
        if not is_name(connection, text, types):
            return unknown_name(connection, text, types)
    return unknown_name(connection, " ".join(texts), types)


def _is_between_cities(text: str) -> bool:
    """Whether a word stands between two cities and names neither: `and`, `–`."""
    return text in BETWEEN or fold(text) in BETWEEN or not any(map(str.isalnum, text))
