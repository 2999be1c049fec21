"""A map proposed for a table, by what its columns are called and by what stands in
them.

A guess is for reading: it is printed with what it rests on, and imports nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo.territories import find_territory
from citylinks.importers.rows import Party, SetAside, Tie, UnreadableError
from citylinks.importers.tables.cells import TieReader, UnusableError, dated
from citylinks.importers.tables.mapping import parse_map
from citylinks.importers.tables.source_table import Form, Table, read_table
from citylinks.model.vocabulary import PARTNERSHIP_KINDS, STATUSES
from citylinks.text.normalize import fold
from citylinks.text.safe import escaped_yaml, number_of, readable, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from citylinks.importers.tables.mapping import TableMap

SHOWN = 10  # rows that are shown as they would become
FEW = 12  # different texts at most in a column of kinds
MOSTLY = 0.9  # of the texts of a column

# What columns are called, for each key of a map, in the languages that such tables are
# in. Of a compound, as `partnergemeinde`, the end counts.
_CALLED = {
    "latitude": "latitude lat breite breitengrad latitud latitudine",
    "longitude": "longitude lon lng long lange langengrad longitud longitudine",
    "wikidata": "wikidata qid item",
    "geonames": "geonames geonameid",
    "apart": "plz postleitzahl postcode zip zipcode postal postale cap insee ags nuts",
    "subdivision": "state province region bundesland departement department county provincia"
    " regione prefecture canton kanton wojewodztwo voivodeship 都道府県 省 州",
    "country": "country nation land staat pays pais paese kraj zeme orszag 国 国名 国家 страна",
    "level": "level ebene niveau nivel livello poziom",
    "status": "status statut estado stato zustand 状態",
    "themes": "theme themes topic topics field fields sector sectors thema themen bereich domaine"
    " tema temas ambito 分野",
    "url": "url link website web",
    "title": "source quelle fonte fuente zrodlo bron",
    "note": "note notes comment comments remark remarks bemerkung anmerkung remarque nota 備考",
    "end": "end until to bis ende fin jusqu hasta fine ended expiry do",
    "start": "start since begin from year date seit jahr datum beginn von depuis annee desde ano"
    " dal dall data anno rok signed established founded 締結日 提携年月日 提携年 年月日 年",
    "kind": "kind type form art typ forme tipo category kategorie nature relationship relation"
    " rodzaj 種別",
    "name": "name city town municipality municipalities commune communes place stadt gemeinde"
    " kommune ort ville ciudad municipio citta comune miasto gmina cidade plaats gemeente"
    " 都市 都市名 自治体 自治体名 城市 город twin twintown sister partner partnerstadt",
}  # fmt: skip

# What says that a column is of the other party, or of the one whose list it is.
_OF_B = (
    "partner", "partenair", "twin", "sister", "other", "foreign", "target", "jumele", "hermana",
    "gemell", "姉妹", "友好", "相手",
)  # fmt: skip
_OF_A = ("own", "home", "source")
_SIDES = {"a": "a", "1": "a", "b": "b", "2": "b", "from": "a", "to": "b"}

# What kinds are called, as far as the words leave no doubt.
_KINDS = {
    "partnerschaft": "partner-city", "stadtepartnerschaft": "partner-city",
    "partnerstadt": "partner-city", "partenariat": "partner-city", "partnership": "partner-city",
    "partner": "partner-city", "partner city": "partner-city",
    "sister city": "sister-city", "sister cities": "sister-city", "twin town": "sister-city",
    "twin towns": "sister-city", "twinning": "sister-city", "jumelage": "sister-city",
    "hermanamiento": "sister-city", "gemellaggio": "sister-city", "姉妹都市": "sister-city",
    "freundschaft": "friendship-city", "friendship": "friendship-city",
    "friendship city": "friendship-city", "amitie": "friendship-city",
    "友好都市": "friendship-city", "kooperation": "cooperation", "cooperation": "cooperation",
    "kontakt": "contact", "contact": "contact",
}  # fmt: skip


class _Column(NamedTuple):
    name: str
    texts: list[str]  # of the sample, without the empty ones
    position: int

    @property
    def words(self) -> list[str]:
        apart = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", self.name)
        return fold(apart).split()


def propose(file: Path, form: Form) -> str:
    """Return a map as YAML, and in comments what ten rows would become by it."""
    table = read_table(file, form, {})
    rows = list(islice(table.rows, table.sample))
    columns = [
        _column(table, key, n, rows) for n, key in enumerate(_keys(table)) if key
    ]
    if not columns:
        raise UnreadableError(file, table.line, "none of its columns has a name")
    lines = list(_map(file, table, form, columns))
    text = "\n".join(lines) + "\n"
    return (
        text
        + "#\n"
        + "".join(f"# {visible(line)}\n" for line in _shown(file, form, text))
    )


def _keys(table: Table) -> list[str]:
    """Return what a map may call each column: its name, or its number; an empty text
    for none.
    """
    often = Counter(table.columns)
    return [
        name if name.strip() and often[name] == 1 else table.number(position)
        for position, name in enumerate(table.columns)
    ]


def _column(
    table: Table, key: str, position: int, rows: list[tuple[int, Any]]
) -> _Column:
    cell = table.cell(key)
    values = (cell(row) for _, row in rows)
    texts = [", ".join(value) if isinstance(value, list) else value for value in values]
    return _Column(key, [text.strip() for text in texts if text.strip()], position)


# -- Which column is which ----------------------------------------------------


def _roles(columns: list[_Column]) -> dict[str, _Column]:
    """Return the column of each key of a map, as far as one can be found."""
    called = [(column, _called(column)) for column in columns]
    names = [
        column for column, role in called if role == "name" and not _is_of_codes(column)
    ]
    items = [column for column, role in called if role == "wikidata"]
    if len(names) < 2 and len(items) < 2:
        taken = {
            column.position for column, role in called if role not in {None, "name"}
        }
        names = _texts_with_most(columns, taken, names)
    border = _border(names if len(names) > 1 else items)
    found: dict[str, _Column] = {}
    for column, role in called:
        if role is None or (role == "name" and column not in names):
            continue
        key = role if role in _OF_TIES else f"{_side(column, border)}.{role}"
        _settle(found, key, column, role)
    for column in names:
        _settle(found, f"{_side(column, border)}.name", column, "name")
    if "b.name" not in found and len(names) > 1:
        found["a.name"], found["b.name"] = names[0], names[1]
    return found


_OF_TIES = frozenset(
    ("kind", "start", "end", "status", "themes", "url", "title", "note")
)


def _called(column: _Column) -> str | None:
    """Return what a column is, by its content where that leaves no doubt, else by its
    name.
    """
    if _mostly(column, _is_item):
        return "wikidata"
    role = _by_name(column)
    if role not in _FITS:
        if role is None and _mostly(column, _is_date):
            return "start"
        return "country" if role is None and _mostly(column, _is_country) else role
    return role if _mostly(column, _FITS[role]) else None


def _by_name(column: _Column) -> str | None:
    words = [
        word for word in column.words if word not in _SIDES or len(column.words) == 1
    ]
    for role, called in _CALLED.items():
        if any(word in called.split() for word in words):
            if role in {"start", "end"} and not _mostly(column, _is_date):
                continue
            return role
    for role, called in _CALLED.items():
        if any(
            word.endswith(end)
            for word in words
            for end in called.split()
            if len(end) > 3
        ):
            return role
    return None


def _is_item(text: str) -> bool:
    return (
        re.fullmatch(r"(https?://www\.wikidata\.org/\w+/|wd:)?Q[1-9][0-9]*", text)
        is not None
    )


def _is_date(text: str) -> bool:
    return any(_reads(way, text) for way in _WAYS)


def _reads(way: str, text: str) -> bool:
    """Whether a date of our millennium or the last can be written in that way."""
    try:
        return "1000" <= dated(way)(text)[:4] <= "2100"
    except UnusableError:
        return False


def _is_country(text: str) -> bool:
    return find_territory(text).code is not None


def _is_degrees(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]{1,3}([.,][0-9]+)?", text) is not None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


# What must stand in a column that is so called.
_FITS: dict[str | None, Callable[[str], bool]] = {
    "latitude": _is_degrees, "longitude": _is_degrees, "wikidata": _is_item,
    "start": _is_date, "end": _is_date, "url": _is_address, "geonames": str.isdecimal,
}  # fmt: skip


def _mostly(column: _Column, fits: Callable[[str], bool]) -> bool:
    texts = column.texts
    return bool(texts) and sum(map(fits, texts)) >= MOSTLY * len(texts)


def _is_of_codes(column: _Column) -> bool:
    """Whether a column called a name has numbers, or a few texts only."""
    return _mostly(column, str.isdecimal)


def _texts_with_most(
    columns: list[_Column], taken: set[int], names: list[_Column]
) -> list[_Column]:
    """Return two columns that may be names: those with the most different texts."""
    others = [
        column
        for column in columns
        if column not in names
        and column.position not in taken
        and not _is_of_codes(column)
    ]
    others.sort(key=lambda column: -len(set(column.texts)))
    return sorted(
        [*names, *others[: 2 - len(names)]], key=lambda column: column.position
    )


def _border(names: list[_Column]) -> int:
    """Return the position from which on columns belong to the other party."""
    marked = [column.position for column in names if _marked(column) == "b"]
    return min(marked, default=names[1].position if len(names) > 1 else 10_000)


def _side(column: _Column, border: int) -> str:
    return _marked(column) or ("b" if column.position >= border else "a")


def _marked(column: _Column) -> str | None:
    """Return whose column it is by its name: `city2`, `partner_country`, `Partnerland`."""
    words = column.words
    if any(word.startswith(mark) for word in words for mark in _OF_B):
        return "b"
    if any(word in _OF_A for word in words) and len(words) > 1:
        return "a"
    ends = (
        [_SIDES[word] for word in (words[-1], words[0]) if word in _SIDES]
        if words
        else []
    )
    return ends[0] if ends and len(words) > 1 else None


def _settle(found: dict[str, _Column], key: str, column: _Column, role: str) -> None:
    """Take a column for a key; of two countries the one of which more are understood."""
    before = found.get(key)
    if before is None or (
        role == "country" and _countries(column) > _countries(before)
    ):
        found[key] = column


def _countries(column: _Column) -> int:
    return sum(map(_is_country, column.texts))


# -- The map ------------------------------------------------------------------

# How dates may be written; the first way is taken that reads all or most of a column.
_WAYS = (
    "year", "any", "day.month.year", "day/month/year", "month/day/year", "day-month-year",
    "month-day-year", "timestamp",
)  # fmt: skip
_ASKED = "# which? "


def _map(file: Path, table: Table, form: Form, columns: list[_Column]) -> Iterable[str]:
    """Yield the lines of a map."""
    found = _roles(columns)
    name = readable(file.name)
    yield f"# A map for {visible(name)}, guessed: read it before you use it."
    yield f"source:\n  title: {_scalar(name)}"
    yield from _file(table, form)
    for side in ("a", "b"):
        yield f"{side}:"
        for key in _OF_PARTIES:
            yield from _line(f"  {key}", found.get(f"{side}.{key}"))
        yield from _apart(found.get(f"{side}.apart"))
        if f"{side}.name" not in found and f"{side}.wikidata" not in found:
            yield f"  name: {_scalar(columns[0].name)} {_ASKED}no column looks like names"
        if f"{side}.latitude" in found:
            yield "  # coordinates are asserted: leave them out where a program looked them up"
        if f"{side}.country" not in found:
            yield "  # country: {value: DE}"
    yield from _kind(found.get("kind"))
    yield from _date("start", found.get("start"))
    yield from _date("end", found.get("end"))
    yield from _status(found.get("status"))
    for key in ("themes", "note"):
        yield from _line(key, found.get(key))
    if "url" in found or "title" in found:
        yield "cites:"
        yield from _line("  title", found.get("title"))
        yield from _line("  url", found.get("url"))
    used = {column.name for column in found.values()}
    unused = [name for name in dict.fromkeys(table.columns) if name not in used]
    if unused:
        yield f"# Columns without use: {', '.join(map(_scalar, unused))}"


_OF_PARTIES = (
    "name", "wikidata", "geonames", "country", "level", "subdivision", "latitude", "longitude",
)  # fmt: skip


def _file(table: Table, form: Form) -> Iterable[str]:
    if form.encoding:
        yield f"file:\n  encoding: {form.encoding}"
        yield from ["  header: none"] * (table.line is None and _is_numbered(table))
    elif _is_numbered(table):
        yield "file:\n  header: none"


def _is_numbered(table: Table) -> bool:
    return list(table.columns) == [str(n + 1) for n in range(len(table.columns))]


def _line(key: str, column: _Column | None) -> Iterable[str]:
    if column is not None:
        yield f"{key}: {_scalar(column.name)}"


def _apart(column: _Column | None) -> Iterable[str]:
    """Yield what tells namesakes apart, with the zeros that a program took from some
    numbers.
    """
    if column is None:
        return
    lengths = sorted({len(text) for text in column.texts if text.isdecimal()})
    if (
        len(lengths) == 2
        and lengths[0] == lengths[1] - 1
        and _mostly(column, str.isdecimal)
    ):
        yield f"  apart: {{column: {_scalar(column.name)}, digits: {lengths[1]}}}"
    else:
        yield from _line("  apart", column)


def _kind(column: _Column | None) -> Iterable[str]:
    if column is None:
        return
    yield from ("kind:", f"  column: {_scalar(column.name)}")
    counted = Counter(column.texts)
    if len(counted) > FEW:
        yield "  others: leave-out # many different texts: give what they mean under values"
        return
    yield "  values:"
    for text, number in counted.most_common():
        meant = _KINDS.get(fold(text)) or next(
            (
                kind
                for kind in PARTNERSHIP_KINDS
                if kind.replace("-", " ") == fold(text)
            ),
            None,
        )
        rows = number_of(number, "row")
        asked = "" if meant else f" {_ASKED}{rows} of the first {len(column.texts)}"
        yield f"    {_scalar(text)}: {meant or 'unspecified'}{asked}"


def _date(key: str, column: _Column | None) -> Iterable[str]:
    if column is None:
        return
    ways = [way for way in _WAYS if _mostly(column, partial(_reads, way))] or ["any"]
    others = [way for way in ways[1:] if ways[0].startswith(("day", "month"))]
    asked = f" {_ASKED}or {others[0]}" if others else ""
    yield from (
        f"{key}:",
        f"  column: {_scalar(column.name)}",
        f"  written: {ways[0]}{asked}",
    )
    is_whole = all(_reads(ways[0], text) for text in column.texts)
    yield from [] if is_whole else ["  others: leave-out"]


def _status(column: _Column | None) -> Iterable[str]:
    if column is not None and _mostly(column, lambda text: text.lower() in STATUSES):
        yield f"status: {_scalar(column.name)}"


def _scalar(text: str) -> str:
    """Return a text as a scalar of YAML, in quotes where it must be."""
    plain = re.fullmatch(r"[^\W\d_][\w .()/-]*", text) is not None
    is_safe = plain and text == text.strip() and " #" not in text
    if visible(text) != text or not text.isprintable():
        return escaped_yaml(text)
    return text if is_safe else "'" + text.replace("'", "''") + "'"


# -- Ten rows -----------------------------------------------------------------


def _shown(file: Path, form: Form, text: str) -> Iterable[str]:
    """Yield what the first rows would become by a map."""
    by = _parsed(file, text)
    table = read_table(
        file, form._replace(header=by.file.header if by.file else None), by.columns()
    )
    reader = TieReader(table, by)
    yield f"The first rows of {readable(file.name)} would become:"
    for line, row in islice(table.rows, SHOWN):
        yield f"{line}: {_words(reader.tie(f'{file}:{line}', row))}"


def _parsed(file: Path, text: str) -> TableMap:
    try:
        return parse_map(text, file)
    except (
        UnreadableError
    ) as error:  # its line is one of the map, which nobody has seen
        said = f"no map can be guessed: {str(error).rpartition(': ')[2]}"
        raise UnreadableError(file, None, said) from None


def _words(row: Tie | SetAside) -> str:
    if isinstance(row, SetAside):
        return f"set aside: {row.why}"
    said = [row.kind or "unspecified"]
    said += [f"since {row.start}"] * bool(row.start) + [f"until {row.end}"] * bool(
        row.end
    )
    said += [row.status] if row.status else []
    told = "".join(f"; {remark}" for remark in row.remarks)
    return f"{_party(row.a)} – {_party(row.b)}: {', '.join((*said, *row.themes))}{told}"


def _party(party: Party) -> str:
    place = f"{party.location[0]} {party.location[1]}" if party.location else None
    known: Sequence[str | None] = (
        party.wikidata if party.name else None, party.level, party.apart, party.subdivision,
        party.country, place,
    )  # fmt: skip
    about = ", ".join(filter(None, known))
    name = party.name or party.wikidata or ""
    return f"{name} ({about})" if about else name
