"""The options that commands have beside those of their questions, each stated once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, TypeVar, cast

from citylinks.exporters import AnswerKind, format_help, format_names
from citylinks.query.options import Field, Option

Query = TypeVar("Query", bound=tuple[Any, ...])

COLORS = ("auto", "always", "never")

# The options that have a second, short name.
SHORT_FLAGS = {"--output": "-o"}


def _format_option(answers: AnswerKind) -> Field:
    completes = f"{answers} format"
    option = Option(format_help(answers), metavar="FORMAT", completes=completes)
    return Field("format", str | None, None, option)


def known_formats(options: Sequence[Field]) -> list[str]:
    """Return the formats of a command with these options."""
    for field in options:
        if field.name == "format" and field.option:
            answers = field.option.completes.removesuffix(" format")
            return format_names(cast("AnswerKind", answers))
    return []


_DATA = Field(
    "data",
    Sequence[str],
    (),
    Option(
        "Read this data directory ('shipped' for the installed one); repeatable.",
        metavar="DIR",
        completes="data directory",
    ),
)
# How the results of an answer are wanted; `questions/selection.py` does it.
_FIELDS = Field(
    "fields",
    Sequence[str],
    (),
    Option(
        "Show only these columns, in this order: name,id.",
        metavar="A,B",
        completes="column",
    ),
)
_RESULTS = (
    _FIELDS,
    Field(
        "sort",
        str | None,
        None,
        Option("Sort by this column.", metavar="COLUMN", completes="column"),
    ),
    Field("reverse", bool, False, Option("Reverse the order.")),
    Field(
        "limit",
        int | None,
        None,
        Option("Show at most N results.", metavar="N", minimum=1),
    ),
    Field("count", bool, False, Option("Print only the number of results.")),
)
_LAYOUT = (
    Field("json", bool, False, Option("Short for --format json.")),
    Field(
        "output",
        str | None,
        None,
        Option(
            "Write to this file (- for standard output); its suffix sets the format"
            " unless --format does.",
            metavar="FILE",
            completes="file",
        ),
    ),
    Field(
        "no_header",
        bool,
        False,
        Option("Leave out the header line (text, csv, tsv)."),
    ),
    Field(
        "color",
        str,
        "auto",
        Option(
            "Use colours: auto, always or never.", metavar="WHEN", completes="color"
        ),
    ),
    Field(
        "no_pager",
        bool,
        False,
        Option("Do not use a pager."),
    ),
)


def flags_of(field: Field) -> list[str]:
    """Return the names of an option, the long one first."""
    short = SHORT_FLAGS.get(field.flag)
    return [field.flag, short] if short else [field.flag]


# Each command takes one of these: where the data is, and how the answer is written.
OF_ANSWER = (_DATA, _format_option("list"), *_LAYOUT)
OF_RESULTS = (*_RESULTS, *OF_ANSWER)
OF_RECORD = (_DATA, _format_option("record"), *_LAYOUT)
OF_CHAINS = (_FIELDS, *OF_ANSWER)
OF_REPORT = (*_RESULTS, _DATA, _format_option("report"), *_LAYOUT)
OF_CALENDAR = (*_RESULTS, _DATA, _format_option("calendar"), *_LAYOUT)
OF_RULES = (*_RESULTS, _format_option("list"), *_LAYOUT)
OF_CACHE = (_DATA,)
OF_TEXT = (
    Field(
        "output",
        str | None,
        None,
        Option(
            "Write to this file (- for standard output).",
            metavar="FILE",
            completes="file",
        ),
    ),
)


# -- Arguments that several commands have ------------------------------------------


class NamedCities(NamedTuple):
    """The cities that are named without an option."""

    named_cities: Annotated[
        Sequence[str],
        Option(
            "Only with these cities, as with --with.",
            metavar="[CITY...]",
            completes="city",
            is_argument=True,
        ),
    ] = ()


def with_cities(query: Query, cities: Sequence[str]) -> Query:
    """Return a query that these cities narrow too."""
    if not cities:
        return query
    filters = query.filters  # type: ignore[attr-defined]
    filters = filters._replace(with_=(*filters.with_, *cities))
    return query._replace(filters=filters)  # type: ignore[attr-defined,no-any-return]
