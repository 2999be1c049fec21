"""Completions of a value that someone has begun to type, by the index as it stands.

A completion is not worth a wait. The index is taken as it is, even where the data has
changed since, and it is made only where there is none and the data is small.
"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from citylinks.files import paths
from citylinks.index import cache_file, code_state
from citylinks.model.vocabulary import PLURALS, in_words
from citylinks.text.normalize import AFTER_ALL, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Completions = list["Completion"]
    Offer = Callable[["PartialValue"], Completions]

LIMIT = 256  # completions at most
NAMES = 2000  # names looked at, at most
SMALL = 2**20  # bytes of data that are read within a second
PATIENCE = 0.1  # seconds to wait for another process that writes


class PartialValue(NamedTuple):
    """A value that someone has begun to type.

    `data` are the data directories to read, `before` are the arguments before it.
    """

    text: str
    data: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class Completion(NamedTuple):
    """What it may become: an id or a word, which no shell has to quote.

    `about` says in words what that is, `name` is the name that begins with what was
    typed.
    """

    value: str
    about: str = ""
    name: str = ""


def slug(text: str) -> str:
    """Return a text as the beginning of an id: `São P` as `sao-p`, `new ` as `new-`."""
    folded = "-".join(fold(text).split())
    return f"{folded}-" if folded and text.endswith((" ", "-")) else folded


def matching(text: str, known: Iterable[Completion]) -> Completions:
    """Return the completions that begin with `text`, else those whose names do."""
    completions, begin = list(known), slug(text)
    by_value = [each for each in completions if slug(each.value).startswith(begin)]
    if by_value:
        return by_value
    return [each for each in completions if slug(each.name).startswith(begin)]


def from_list(known: Callable[[], Iterable[str]]) -> Offer:
    """Return an offer of the words of a list, which is made when it is needed."""
    return partial(_from_list, known)


def _from_list(known: Callable[[], Iterable[str]], typed: PartialValue) -> Completions:
    return matching(typed.text, map(Completion, known()))


# -- Closed lists -------------------------------------------------------------


def offered_schemas() -> list[str]:
    """Return the names of the JSON Schemas, as `schemas` does, but without pydantic."""
    from citylinks.questions import ANSWERS

    files = [name for name in PLURALS.values() if name not in paths.FOLDERS]
    names = [f"record/{name}" for name in (*PLURALS, *files)]
    names.append("map/table")
    return names + [f"output/{name}" for name in ANSWERS]


def rules(typed: PartialValue) -> Completions:
    """Offer the rules of `validate` by code, or by name where that was typed."""
    from citylinks.files.diagnostics import RULES

    by_code = [Completion(rule.code, rule.name) for rule in RULES]
    by_name = [Completion(rule.name, rule.code) for rule in RULES]
    return matching(typed.text, by_code + by_name)


def countries(typed: PartialValue) -> Completions:
    """Offer countries by name, and by code where the whole of one was typed."""
    from citylinks.geo import countries

    named = [
        Completion(_as_word(country.name), country.code, country.name)
        for country in countries.all_countries()
    ]
    completions = matching(typed.text, sorted(named))
    coded = countries.get_country(typed.text.upper())
    if coded:
        completions.insert(0, Completion(typed.text, coded.name))
    return completions


def regions(typed: PartialValue) -> Completions:
    """Offer the regions of UN M49 and the others, as one word each."""
    from citylinks.geo.names import all_region_names

    known = [Completion(_as_word(name), name, name) for name in all_region_names()]
    return matching(typed.text, known)


def places(typed: PartialValue) -> Completions:
    """Offer countries, then regions."""
    return [*countries(typed), *regions(typed)]


def _as_word(name: str) -> str:
    """Return the name of a country or region in a form that `countries` takes too."""
    return slug(name.replace("'", "").replace(".", ""))


# -- Records ------------------------------------------------------------------

_COLUMNS = "r.type, r.id, r.name, r.kind, r.country, r.date"
_BY_ID = (
    f"SELECT {_COLUMNS}, r.name AS text FROM record r"
    " WHERE r.type = ? AND r.id >= ? AND r.id < ? ORDER BY r.id"
)
_BY_NAME = (
    f"SELECT {_COLUMNS}, l.text FROM"
    " (SELECT record, text FROM label WHERE folded >= ? AND folded < ?"
    " ORDER BY folded LIMIT ?) l"
    " JOIN record r ON r.no = l.record ORDER BY r.id, l.text"
)


def records(*types: str) -> Offer:
    """Return an offer of records: by the beginning of the id, else of a name.

    `city/ly` asks for one type; an id that records of two types have is offered with
    its type.
    """
    return partial(_records, types)


def _records(types: Sequence[str], typed: PartialValue) -> Completions:
    type_, slash, text = typed.text.partition("/")
    if slash and type_ in types:
        completions = _records((type_,), typed._replace(text=text))
        return [each._replace(value=f"{type_}/{each.value}") for each in completions]
    with closing(_index(typed.data)) as index:
        rows = list(_by_id(index, types, typed.text))
        if not rows:
            rows = _by_name(index, types, typed.text)
    distinct = {(row["type"], row["id"]): row for row in reversed(rows)}
    bearers = Counter(id_ for _, id_ in distinct)
    completions = [_completion(row, types, bearers) for row in distinct.values()]
    return _bounded(sorted(completions))


def named_type(text: str, data: Sequence[str]) -> str:
    """Return the type of the city or partnership that a word names, or nothing."""
    from citylinks.query.names.lookup import matching_records

    with closing(_index(data)) as index:
        matches = matching_records(index, text, ("city", "partnership"))
    return matches[0][0] if matches else ""


def _by_id(
    index: sqlite3.Connection, types: Sequence[str], text: str
) -> Iterator[sqlite3.Row]:
    """Yield the first records of each type whose ids begin so, and the last."""
    begin = slug(text)
    for type_ in types:
        bounds = (type_, begin, begin + AFTER_ALL)
        yield from index.execute(f"{_BY_ID} LIMIT {LIMIT}", bounds)
        yield from index.execute(f"{_BY_ID} DESC LIMIT 1", bounds)


def _by_name(
    index: sqlite3.Connection, types: Sequence[str], text: str
) -> list[sqlite3.Row]:
    begin = fold(text)
    rows = index.execute(_BY_NAME, (begin, begin + AFTER_ALL, NAMES))
    return [row for row in rows if row["type"] in types]


def _completion(
    row: sqlite3.Row, types: Sequence[str], bearers: Counter[str]
) -> Completion:
    value: str = row["id"]
    if bearers[value] > 1:
        value = f"{row['type']}/{value}"
    parts = (row["name"] or "", _country_or_kind(row, types))
    about = ", ".join(filter(None, parts))
    if row["text"] != row["name"]:
        about = f"{row['text']}: {about}"
    return Completion(value, about, row["text"] or "")


def _country_or_kind(row: sqlite3.Row, types: Sequence[str]) -> str:
    """Return the country of a city, the kind of a partnership, the date of an event.

    Of another record it is the type, where records of several types are offered.
    """
    if row["type"] == "city":
        from citylinks.geo.countries import get_country

        country = get_country(row["country"] or "")
        return country.name if country else ""
    if row["type"] == "partnership":
        return in_words(row["kind"])
    if row["date"]:
        return str(row["date"])
    return row["type"] if len(types) > 1 else ""


def _bounded(completions: Completions) -> Completions:
    """Return the first completions and the last, if they are too many.

    With the last one, they begin alike only where all of them do.
    """
    if len(completions) <= LIMIT:
        return completions
    return [*completions[: LIMIT - 1], completions[-1]]


# -- The index as it stands ---------------------------------------------------


def _index(data: Sequence[str]) -> sqlite3.Connection:
    """Open the index for reading alone; `sqlite3.Error` where there is none."""
    import sqlite3

    directories = list(map(str, paths.data_directories(data)))
    file = cache_file.index_file(directories, code_state.rows_state())
    if not file.exists() and _is_small(directories):
        from citylinks.index.open_cache import open_cache

        open_cache(directories).connection.close()
    index = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
    index.row_factory = sqlite3.Row
    return index


def _is_small(directories: Sequence[str]) -> bool:
    """Whether the files of data are few bytes; it stops where they are more."""
    return all(size <= SMALL for size in accumulate(_sizes(directories)))


def _sizes(directories: Iterable[str]) -> Iterator[int]:
    for directory in directories:
        for name in ("", *paths.FOLDERS):
            with os.scandir(os.path.join(directory, name)) as entries:  # noqa: PTH118
                for entry in entries:
                    yield entry.stat(follow_symlinks=False).st_size
