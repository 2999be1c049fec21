"""A query with options and filters that are given as keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.errors import UsageError
from citylinks.query.arguments import Query, check_part
from citylinks.query.filters import NO_FILTERS, Filters

if TYPE_CHECKING:
    from collections.abc import Mapping


def extend_query(query: Query, filters: object, options: Mapping[str, object]) -> Query:
    """Return a query with other filters and options, which stand there unchecked.

    An option is a field of the query, or else one of its filters.
    """
    extended: Any = query
    if filters is not NO_FILTERS:
        extended = extended._replace(filters=filters)
    for name, value in options.items():
        if name in extended._fields:
            extended = extended._replace(**{name: value})
        elif name in Filters._fields:
            narrowed: Any = check_part("filters", extended.filters, Filters)
            narrowed = narrowed._replace(**{name: value})
            extended = extended._replace(filters=narrowed)
        else:
            raise UsageError(f"there is no option '{name}' here")
    return extended  # type: ignore[no-any-return]
