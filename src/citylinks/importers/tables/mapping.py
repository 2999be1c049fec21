"""The map of a table: which column says what, and how its values translate.

People write it as YAML; `docs/import.md` explains it by example. The text below a field
is what editors show of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, ValidationError
from pydantic_core import core_schema  # noqa: TC002 - pydantic reads it

from citylinks.errors import UsageError
from citylinks.files.loader import from_pydantic, is_echo
from citylinks.files.reading import decode, read_bytes
from citylinks.files.yaml_reader import parse_yaml
from citylinks.importers.reading.delimited import DELIMITERS
from citylinks.importers.reading.encodings import encoding_named
from citylinks.importers.rows import UnreadableError
from citylinks.model.records import (
    CheckedModel,
    ClaimedValue,
    EdtfDate,
    LanguageTag,
    Part,
    Text,
    Url,
    violation,
)
from citylinks.model.vocabulary import LEVELS, PARTNERSHIP_KINDS, STATUSES
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from citylinks.files.diagnostics import Diagnostic
    from citylinks.importers.reading.opening import SourceFile

# How dates may be written, beside the forms in which day, month and year stand in some
# order.
WRITTEN = ("any", "edtf", "year", "timestamp")
_ORDER = r"(day([./-])month\2year|month([./-])day\3year|year([./-])month\4day)"


# -- Values -------------------------------------------------------------------


def _refused(text: str, noun: str, known: Iterable[str]) -> Exception:
    listed = ", ".join(known)
    hint = did_you_mean(text, known) or f"; choose from {listed}"
    return violation("unknown-value", f"{quoted(text)} is not {noun}{hint}")


def _one_of(noun: str, known: tuple[str, ...]) -> CheckedModel:
    def check(text: str) -> str:
        if text and text not in known:
            raise _refused(text, noun, known)
        return text

    return CheckedModel(check, enum=["", *known])


def _encoding(text: str) -> str:
    try:
        return encoding_named(text)
    except UsageError as error:
        raise violation("unknown-value", str(error)) from None


def _delimiter(text: str) -> str:
    if text not in DELIMITERS and len(text) != 1:
        raise _refused(text, "a delimiter, one character or a word for it", DELIMITERS)
    return DELIMITERS.get(text, text)


def _header(value: object) -> object:
    if value == "none":
        return 0
    if not (isinstance(value, str) and re.fullmatch(r"[1-9][0-9]?", value)):
        raise violation(
            "invalid-number", "the header is the number of its row, from 1, or 'none'"
        )
    return int(value)


def _written(text: str) -> str:
    if text not in WRITTEN and not re.fullmatch(_ORDER, text):
        ways = ", ".join(
            (*WRITTEN, "day.month.year", "day/month/year", "month/day/year")
        )
        message = f"{quoted(text)} is not a way to write dates"
        message += f"; write for example {ways}"
        raise violation("unknown-value", message)
    return text


Kind = Annotated[str, _one_of("a kind of partnership", PARTNERSHIP_KINDS)]
LevelWord = Annotated[str, _one_of("a level", LEVELS)]
StatusWord = Annotated[str, _one_of("a status", STATUSES)]

# An editor takes the number of a column for an integer.
_NAME = {"type": ["string", "integer"]}
_NAMES = {"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1}]}


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


class _OneOrMany(CheckedModel):
    """Lets a list of one be written as that one."""

    def __init__(self) -> None:
        super().__init__(_as_tuple, first=True)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return _NAMES


Columns = Annotated[tuple[Text, ...], Field(min_length=1), _OneOrMany()]


# -- Cells --------------------------------------------------------------------


class Cell(Part):
    """Where a value stands in a row, and what it means.

    Short for `{column: name}` is its name.
    """

    column: Columns | None = None
    """The column, by name or number from 1; the text of several is joined by spaces."""
    value: ClaimedValue | None = None
    """The value for every row; if there is a column too, for rows where it is empty."""
    digits: Annotated[int, Field(ge=1, le=20)] | None = None
    """The number of digits, such as 5, if a program removed leading zeros."""
    values: dict[str, str] | None = None
    """What texts in the column mean: {Bayern: DE-BY}; an empty text may be one."""
    others: Literal["keep", "leave-out", "set-aside"] | None = None
    """What to do with a text that is not in values and is not a valid value itself."""


class KindCell(Cell):
    """Where the kind of a partnership stands."""

    value: Kind | None = None
    values: dict[str, Kind] | None = None


class LevelCell(Cell):
    """Where the level of a city stands."""

    value: LevelWord | None = None
    values: dict[str, LevelWord] | None = None


class StatusCell(Cell):
    """Where the status of a partnership stands."""

    value: StatusWord | None = None
    values: dict[str, StatusWord] | None = None


class DateCell(Cell):
    """Where a date stands, and how it is written."""

    written: Annotated[str, CheckedModel(_written)] = "any"
    """How dates are written: year, day.month.year, ...; by default, any clear form."""


class ListCell(Cell):
    """Where several values stand in one cell."""

    separator: Text | None = None
    """What separates values, such as a semicolon; by default, a cell is one value."""


def _as_cell(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


class _Named(CheckedModel):
    """Lets a cell be written as the name of its column, or the names of several."""

    def __init__(self) -> None:
        super().__init__(_as_cell, first=True)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [*_NAMES["anyOf"], handler(schema)]}


_Cell = Annotated[Cell, _Named()]
_List = Annotated[ListCell, _Named()]
_Date = Annotated[DateCell, _Named()]


# -- The map ------------------------------------------------------------------


class CityMap(Part):
    """Where one city of a partnership stands."""

    name: _Cell | None = None
    """The name, as in the source."""
    country: _Cell | None = None
    """The country, by code or by name in any of its languages."""
    level: Annotated[LevelCell, _Named()] | None = None
    """The level: a city, a state, a port."""
    subdivision: _Cell | None = None
    """The state, prefecture or region, as an ISO 3166-2 code; see `values`."""
    wikidata: _Cell | None = None
    """The Wikidata item, such as Q456, or its address."""
    geonames: _Cell | None = None
    """The GeoNames id."""
    latitude: _Cell | None = None
    """Degrees north of the equator."""
    longitude: _Cell | None = None
    """Degrees east of Greenwich."""
    names: Annotated[dict[LanguageTag, _Cell], Field(min_length=1)] | None = None
    """Names by BCP 47 language tag."""
    aliases: _List | None = None
    """Other names."""
    apart: _Cell | None = None
    """What distinguishes it from others of the same name: a postcode, a district."""


class SourceMap(Part):
    """What the file is, to be cited for all that comes of it."""

    title: Text
    """The title of the data set."""
    publisher: Text | None = None
    """Who published it."""
    url: Url | None = None
    """The address where it can be read."""
    date: EdtfDate | None = None
    """When it was published."""
    language: LanguageTag | None = None
    """Its language, as a BCP 47 tag."""


class CitedMap(Part):
    """Where a source that a row cites stands."""

    title: _Cell | None = None
    """Its title."""
    url: _Cell | None = None
    """Its address."""
    publisher: _Cell | None = None
    """Who published it."""
    date: _Date | None = None
    """When it was published."""


class FileMap(Part):
    """How the file is written, if its content does not show it."""

    encoding: Annotated[str, CheckedModel(_encoding)] | None = None
    """The encoding, where it is not UTF-8: cp1252, latin-1, utf-16."""
    delimiter: Annotated[str, CheckedModel(_delimiter)] | None = None
    """What separates columns: comma, semicolon, tab, bar, or any character."""
    quotes: Literal["double", "none"] | None = None
    """Whether double quotes enclose a cell."""
    header: (
        Annotated[int, CheckedModel(_header, first=True, type=_NAME["type"])] | None
    ) = None
    """The number of the row that names the columns, from 1; or none."""


class TableMap(Part):
    """The columns of a table, and what each says of a partnership."""

    source: SourceMap | None = None
    """The description of the file as a source."""
    file: FileMap | None = None
    """How the file is written, if its content does not show it."""
    a: CityMap
    """One city."""
    b: CityMap
    """The other city."""
    kind: Annotated[KindCell, _Named()] | None = None
    """The kind of the partnership; without it, unspecified."""
    start: _Date | None = None
    """When it began."""
    end: _Date | None = None
    """When it ended."""
    status: Annotated[StatusCell, _Named()] | None = None
    """Its present status, according to the source."""
    themes: _List | None = None
    """Its themes, by id; values may map texts to ids."""
    cites: CitedMap | None = None
    """The source that the row cites."""
    note: _Cell | None = None
    """Any other note in the source."""
    both_sides: bool = False
    """Whether the file lists each partnership from both sides; gaps are then noted."""

    def columns(self) -> dict[str, str]:
        """Return each column that it names with the path of the first key that does."""
        columns: dict[str, str] = {}
        for path, cell in _cells(self, ""):
            for column in cell.column or ():
                columns.setdefault(column, path)
        return columns


def _cells(part: Any, path: str) -> Iterator[tuple[str, Cell]]:
    """Yield each cell of a map with its path: `a.name`."""
    if isinstance(part, Cell):
        yield path, part
    if isinstance(part, dict | Part):
        for key, value in dict(part).items():
            yield from _cells(value, f"{path}.{key}" if path else key)


def load_map(path: Path) -> TableMap:
    """Read a map; UnreadableError says all that is wrong with it."""
    raw = read_bytes(str(path))
    text = decode(raw, str(path)) if isinstance(raw, bytes) else raw
    if not isinstance(text, str):
        raise _wrong(path, [text])
    return parse_map(text, path)


def parse_map(text: str, path: SourceFile) -> TableMap:
    """Read the text of a map as `load_map` does."""
    stream = parse_yaml(text, str(path))
    if stream.problems:
        raise _wrong(path, stream.problems)
    if len(stream.documents) != 1 or not isinstance(stream.documents[0].data, dict):
        raise UnreadableError(
            path, 1, "a map is one mapping, with the keys a and b at least"
        )
    document = stream.documents[0]
    try:
        return TableMap.model_validate(document.data)
    except ValidationError as error:
        problems = [
            from_pydantic(details, TableMap, document, ())
            for details in error.errors(include_url=False)
            if not is_echo(details)
        ]
        raise _wrong(path, problems) from None


def _wrong(path: SourceFile, problems: list[Diagnostic]) -> UnreadableError:
    first, *others = sorted(problems, key=lambda problem: problem.span)
    error = UnreadableError(path, first.span.line, first.message)
    error.notes = [f"{path}:{other.span.line}: {other.message}" for other in others]
    return error
