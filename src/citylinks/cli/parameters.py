"""The arguments and options of a command: those of its queries, and those of the cli.

A command's file holds its help (the docstring), `OPTIONS` (the options beside those of
its question), and `command`, a function of an `Invocation` and of the queries that it
takes. The fields of these queries are the arguments and options.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_origin

from citylinks.query.filters import Filters
from citylinks.query.options import Field, query_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

# The order in the help of options that commands share; others come first.
HELP_ORDER = (
    "cities", "theme", "kind", "organization", "status", "within", "year", "from_",
    "to", "certain", "as_of", "with_", "any_", "country", "region", "between", "level",
    "fields", "sort", "reverse", "limit", "count", "data", "select", "ignore", "strict",
    "exit_zero", "format", "json", "output", "no_header", "color", "no_pager",
)  # fmt: skip

# What Tab offers for the values that name files, whose bytes need not be text.
PATHS = frozenset(("data directory", "directory", "file"))


def command_module(name: str) -> ModuleType:
    """Return the module of a command."""
    return import_module(f"citylinks.cli.commands.{name}")


def queries(module: ModuleType) -> list[type]:
    """Return the classes of the queries that a command takes, in order."""
    annotations = dict(module.command.__annotations__)
    del annotations["invocation"], annotations["return"]
    return list(annotations.values())


def command_fields(module: ModuleType) -> list[Field]:
    """Return the arguments and options of a command, in the order of its help."""
    fields: list[Field] = []
    for query in queries(module):
        fields += _fields_of_query(query)
    own = {field.name for field in fields}
    fields += [field for field in module.OPTIONS if field.name not in own]
    return sorted(fields, key=_place_in_help)


def _fields_of_query(query: type) -> Iterator[Field]:
    """Yield the fields of a query that have options, and those of its filters."""
    hidden = set()
    for field in query_fields(query):
        hidden |= {field.name, *field.without.names}
        if field.option:
            yield field
    if has_filters(query):
        for field in query_fields(Filters):
            if field.name not in hidden:
                yield field


def has_filters(query: type) -> bool:
    """Whether a query can be narrowed by filters."""
    return "filters" in getattr(query, "_fields", ())


def _place_in_help(field: Field) -> int:
    filters = query_fields(Filters)
    is_like_a_filter = field.name in Filters._fields and field not in filters
    if field.name not in HELP_ORDER or is_like_a_filter or is_argument(field):
        return -1
    return HELP_ORDER.index(field.name)


def is_argument(field: Field) -> bool:
    """Whether a field is an argument, and not an option."""
    return field.option is not None and field.option.is_argument


def is_list(field: Field) -> bool:
    """Whether a field may be given several times."""
    if field.option and "..." in field.option.metavar:
        return True
    return get_origin(field.type) in {Sequence, tuple, list}


def is_required(field: Field) -> bool:
    """Whether a command cannot do without an argument."""
    return field.default is ...


def make_query(query: type, values: Mapping[str, Any]) -> Any:
    """Return a query of these values; what is not given has its default."""
    fields = query_fields(query)
    chosen = _given_values(fields, values)
    if has_filters(query):
        own = {field.name for field in fields}
        others = [each for each in query_fields(Filters) if each.name not in own]
        chosen["filters"] = Filters(**_given_values(others, values))
    return query(**chosen)


def _given_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.name)
        if value is None:
            continue
        if field.type is str and isinstance(value, list):  # the words of a text
            value = " ".join(value)
        given[field.name] = value
    return given
