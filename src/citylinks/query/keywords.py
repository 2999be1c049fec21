"""A query with options and filters that are given as keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.errors import UsageError
from citylinks.query.arguments import Query, checked_query
from citylinks.query.filters import NO_FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping


def extend_query(query: Query, filters: object, options: Mapping[str, object]) -> Query:
    """Return a query with other filters and options, each held to its type.

    An option is a field of the query, or else one of its filters.
    """
    own: dict[str, object] = {}
    narrowing: dict[str, object] = {}
    if filters is not NO_FILTERS:
        own["filters"] = filters
    for name, value in options.items():
        is_own = name in query._fields  # type: ignore[attr-defined]
        (own if is_own else narrowing)[name] = value
    extended: Any = checked_query(query._replace(**own))  # type: ignore[attr-defined]
    if not narrowing:
        return extended  # type: ignore[no-any-return]
    for name in narrowing:
        if name not in NO_FILTERS._fields:
            raise UsageError(f"there is no option '{name}' here")
    narrowed = extended.filters._replace(**narrowing)
    return checked_query(extended._replace(filters=narrowed))  # type: ignore[no-any-return]
