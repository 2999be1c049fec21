"""The one record that a person means by a name, or the error that says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.errors import AmbiguousError, NotFoundError, UsageError
from citylinks.model.vocabulary import RECORD_TYPES
from citylinks.query.names.lookup import LONGEST_SHOWN, Key, matching_records, noun_of
from citylinks.text.safe import shortened

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def resolve_name(
    connection: sqlite3.Connection, text: str, types: Sequence[str] = RECORD_TYPES
) -> Key:
    """Return the type and id of the record that `text` names.

    By id first, as it is written; else by any name or alias, case and accents set
    aside; else, of a city, by its id at Wikidata (`Q456`) or GeoNames (`2996944`).
    `city/lyon` names the type too, and `Lyon (France)` the country. `AmbiguousError`
    lists the candidates and `NotFoundError` the likeliest.
    """
    keys = resolve_names(connection, [text], types)
    if len(keys) > 1:
        typed = shortened(text, LONGEST_SHOWN)
        raise UsageError(f"expected one {noun_of(types)}, not '{typed}'")
    return keys[0]


def resolve_names(
    connection: sqlite3.Connection, texts: Sequence[str], types: Sequence[str]
) -> list[Key]:
    """Return the records that several texts name, each text one record or several.

    What is called by no text alone is read as people write it: `lyon,yokohama`.
    """
    keys = []
    for text in texts:
        matches = matching_records(connection, text, types)
        if len(matches) == 1:
            keys += matches
        elif "city" in types:
            from citylinks.query.names.typed import resolve_typed

            return resolve_typed(connection, texts, types)
        else:
            raise _not_resolved(connection, text, types, matches)
    return keys


def _not_resolved(
    connection: sqlite3.Connection,
    text: str,
    types: Sequence[str],
    matches: Sequence[Key],
) -> AmbiguousError | NotFoundError:
    from citylinks.query.names.messages import ambiguous_name, unknown_name

    if matches:
        return AmbiguousError(ambiguous_name(connection, text, matches))
    return NotFoundError(unknown_name(connection, text, types))
