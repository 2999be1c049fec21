"""How the fields of a query are given: by options of the command line, or by keywords.

A query is a named tuple that says what may be asked. Each of its fields has its type,
its default and its `Option`, and no other place repeats them.
"""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, NamedTuple, get_origin, get_type_hints


class Option(NamedTuple):
    """How a field is given on the command line, as plain data.

    `completes` names what Tab offers: "city", "theme" and the like.
    """

    help: str
    flag: str = ""  # where it is not `--` and the field's name
    metavar: str = ""
    completes: str = ""
    is_argument: bool = False
    minimum: int | None = None  # of a number
    values: int = 1  # that follow it together


class Without(NamedTuple):
    """The filters that have no meaning for a question, and what to do instead."""

    names: tuple[str, ...]
    instead: str = ""


class Field(NamedTuple):
    """A field of a query; one without an option is not given on the command line.

    `without` says which filters those of a query must leave unset.
    """

    name: str
    type: Any
    default: Any  # `...` where it must be given
    option: Option | None
    without: Without = Without(())

    @property
    def flag(self) -> str:
        """The name of the option on the command line: `--as-of`."""
        if self.option and self.option.flag:
            return self.option.flag
        return f"--{option_name(self.name)}"


@cache
def query_fields(query: type) -> tuple[Field, ...]:
    """Return the fields of a class of queries, in order.

    This evaluates their annotations, so that the module of the query must have at hand
    what these name.
    """
    types = get_type_hints(query, include_extras=True)
    defaults: dict[str, Any] = getattr(query, "_field_defaults", {})
    return tuple(
        _field(name, types[name], defaults.get(name, ...))
        for name in getattr(query, "_fields", ())
    )


def _field(name: str, annotation: Any, default: Any) -> Field:
    if get_origin(annotation) is not Annotated:
        return Field(name, annotation, default, None)
    [marker] = annotation.__metadata__
    type_ = annotation.__origin__
    if isinstance(marker, Without):
        return Field(name, type_, default, None, marker)
    return Field(name, type_, default, marker)


def option_name(field: str) -> str:
    """Return the name that the command line has for a field: `as-of` for `as_of`.

    An underscore at the end keeps a name apart from a word of Python.
    """
    return field.rstrip("_").replace("_", "-")


def set_values(names: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
    """Return the values that are set, by their names on the command line."""
    given = {}
    for name, value in zip(names, values, strict=True):
        if value is None or value is False or value in ((), []):
            continue
        given[option_name(name)] = value
        if isinstance(value, tuple):
            given[option_name(name)] = list(value)
    return given
