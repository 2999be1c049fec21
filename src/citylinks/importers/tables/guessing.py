"""A map proposed for a table, by its columns' names and by what stands in them.

A guess is for reading: it is printed with what it rests on, and imports nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from citylinks.files.yaml_writer import scalar_text
from citylinks.importers.reading.headers import kind_called
from citylinks.importers.rows import (
    ImportedCity,
    ImportedPartnership,
    SetAside,
    UnreadableError,
)
from citylinks.importers.tables.cells import PartnershipReader
from citylinks.importers.tables.column_roles import (
    WAYS,
    Column,
    find_roles,
    is_written,
)
from citylinks.importers.tables.mapping import parse_map
from citylinks.importers.tables.source_table import Form, Table, read_table
from citylinks.model.vocabulary import PARTNERSHIP_KINDS, STATUSES
from citylinks.text.normalize import fold
from citylinks.text.safe import number_of, readable, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from citylinks.importers.reading.opening import SourceFile
    from citylinks.importers.tables.mapping import TableMap

SHOWN = 10  # rows that are shown as they would become
FEW = 12  # different texts at most in a column of kinds
_QUESTION = "# which? "
_KEYS_OF_CITIES = (
    "name",
    "wikidata",
    "geonames",
    "country",
    "level",
    "subdivision",
    "latitude",
    "longitude",
)


def propose_map(file: SourceFile, form: Form) -> str:
    """Return a map as YAML, and in comments what ten rows would become by it."""
    table = read_table(file, form, {})
    columns = _sample_columns(table)
    if not columns:
        raise UnreadableError(file, table.line, "none of its columns has a name")
    text = "\n".join(_map(file, table, form, columns)) + "\n"
    comments = (f"# {visible(line)}\n" for line in _first_rows(file, form, text))
    return f"{text}#\n{''.join(comments)}"


def _sample_columns(table: Table) -> list[Column]:
    """Return the columns that a map can name, with the texts of the first rows."""
    rows = list(islice(table.rows, table.sample))
    often = Counter(table.columns)
    columns = []
    for position, name in enumerate(table.columns):
        is_unique = name.strip() and often[name] == 1
        key = name if is_unique else table.number(position)
        if key:
            columns.append(Column(key, _texts(table, key, rows), position))
    return columns


def _texts(table: Table, key: str, rows: list[tuple[int, Any]]) -> list[str]:
    cell = table.cell_reader(key)
    texts = []
    for _, row in rows:
        value = cell(row)
        text = ", ".join(value) if isinstance(value, list) else value
        if text.strip():
            texts.append(text.strip())
    return texts


# -- The map ------------------------------------------------------------------


def _map(
    file: SourceFile, table: Table, form: Form, columns: list[Column]
) -> Iterable[str]:
    """Yield the lines of a map."""
    roles = find_roles(columns)
    name = readable(file.name)
    yield f"# A map for {visible(name)}, guessed: read it before you use it."
    yield f"source:\n  title: {scalar_text(name)}"
    yield from _file(table, form)
    for side in ("a", "b"):
        yield from _city_map(side, roles, columns)
    yield from _kind(roles.get("kind"))
    yield from _date("start", roles.get("start"))
    yield from _date("end", roles.get("end"))
    yield from _status(roles.get("status"))
    for key in ("themes", "note"):
        yield from _line(key, roles.get(key))
    if "url" in roles or "title" in roles:
        yield "cites:"
        yield from _line("  title", roles.get("title"))
        yield from _line("  url", roles.get("url"))
    used = {column.name for column in roles.values()}
    unused = [name for name in dict.fromkeys(table.columns) if name not in used]
    if unused:
        yield f"# Columns not used: {', '.join(map(scalar_text, unused))}"


def _file(table: Table, form: Form) -> Iterable[str]:
    if form.encoding:
        yield f"file:\n  encoding: {form.encoding}"
        if table.line is None and _is_numbered(table):
            yield "  header: none"
    elif _is_numbered(table):
        yield "file:\n  header: none"


def _is_numbered(table: Table) -> bool:
    return list(table.columns) == [str(n + 1) for n in range(len(table.columns))]


def _city_map(
    side: str, roles: Mapping[str, Column], columns: list[Column]
) -> Iterable[str]:
    yield f"{side}:"
    for key in _KEYS_OF_CITIES:
        yield from _line(f"  {key}", roles.get(f"{side}.{key}"))
    yield from _apart(roles.get(f"{side}.apart"))
    if f"{side}.name" not in roles and f"{side}.wikidata" not in roles:
        first = scalar_text(columns[0].name)
        yield f"  name: {first} {_QUESTION}no column looks like names"
    if f"{side}.latitude" in roles:
        hint = "leave them out where a program looked them up"
        yield f"  # coordinates are asserted: {hint}"
    if f"{side}.country" not in roles:
        yield "  # country: {value: DE}"


def _line(key: str, column: Column | None) -> Iterable[str]:
    if column is not None:
        yield f"{key}: {scalar_text(column.name)}"


def _apart(column: Column | None) -> Iterable[str]:
    """Yield the key for what tells namesakes apart.

    Where some numbers are a digit shorter, a program took their zeros.
    """
    if column is None:
        return
    lengths = sorted({len(text) for text in column.texts if text.isdecimal()})
    is_shortened = len(lengths) == 2 and lengths[0] == lengths[1] - 1
    if is_shortened and column.is_mostly(str.isdecimal):
        yield f"  apart: {{column: {scalar_text(column.name)}, digits: {lengths[1]}}}"
    else:
        yield from _line("  apart", column)


def _kind(column: Column | None) -> Iterable[str]:
    if column is None:
        return
    yield from ("kind:", f"  column: {scalar_text(column.name)}")
    counted = Counter(column.texts)
    if len(counted) > FEW:
        hint = "many different texts: give what they mean under values"
        yield f"  others: leave-out # {hint}"
        return
    yield "  values:"
    for text, number in counted.most_common():
        kind = kind_called(text) or _kind_named(text)
        if kind:
            yield f"    {scalar_text(text)}: {kind}"
        else:
            rows = f"{number_of(number, 'row')} of the first {len(column.texts)}"
            yield f"    {scalar_text(text)}: unspecified {_QUESTION}{rows}"


def _kind_named(text: str) -> str | None:
    kind = fold(text).replace(" ", "-")
    if kind in PARTNERSHIP_KINDS:
        return kind
    return None


def _date(key: str, column: Column | None) -> Iterable[str]:
    if column is None:
        return
    ways = [way for way in WAYS if column.is_mostly(partial(is_written, way))]
    way = ways[0] if ways else "any"
    question = ""
    if len(ways) > 1 and way.startswith(("day", "month")):
        question = f" {_QUESTION}or {ways[1]}"
    yield f"{key}:"
    yield f"  column: {scalar_text(column.name)}"
    yield f"  written: {way}{question}"
    if not all(is_written(way, text) for text in column.texts):
        yield "  others: leave-out"


def _status(column: Column | None) -> Iterable[str]:
    if column is not None and column.is_mostly(_is_status):
        yield f"status: {scalar_text(column.name)}"


def _is_status(text: str) -> bool:
    return text.lower() in STATUSES


# -- Ten rows -----------------------------------------------------------------


def _first_rows(file: SourceFile, form: Form, text: str) -> Iterable[str]:
    """Yield what the first rows would become by a map."""
    table_map = _parsed(file, text)
    if table_map.file:
        form = form._replace(header=table_map.file.header)
    table = read_table(file, form, table_map.columns())
    reader = PartnershipReader(table, table_map)
    yield f"The first rows of {readable(file.name)} would become:"
    for line, row in islice(table.rows, SHOWN):
        yield f"{line}: {_row_text(reader.partnership(f'{file}:{line}', row))}"


def _parsed(file: SourceFile, text: str) -> TableMap:
    try:
        return parse_map(text, file)
    except UnreadableError as error:
        # Its line is one of the map, which nobody has seen.
        reason = str(error).rpartition(": ")[2]
        raise UnreadableError(file, None, f"no map can be guessed: {reason}") from None


def _row_text(row: ImportedPartnership | SetAside) -> str:
    if isinstance(row, SetAside):
        return f"set aside: {row.why}"
    parts = [row.kind or "unspecified"]
    if row.start:
        parts.append(f"since {row.start}")
    if row.end:
        parts.append(f"until {row.end}")
    if row.status:
        parts.append(row.status)
    about = ", ".join((*parts, *row.themes))
    remarks = "".join(f"; {remark}" for remark in row.remarks)
    return f"{_city_text(row.a)} – {_city_text(row.b)}: {about}{remarks}"


def _city_text(city: ImportedCity) -> str:
    parts = [city.level, city.apart, city.subdivision, city.country]
    if city.name:
        parts.insert(0, city.wikidata)
    if city.location:
        parts.append("{} {}".format(*city.location))
    about = ", ".join(filter(None, parts))
    name = city.name or city.wikidata or ""
    if about:
        return f"{name} ({about})"
    return name
