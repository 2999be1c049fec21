"""Ids that stay: the shortest of several candidates that nothing else has."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


def make_slug(text: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens.

    Other scripts are transliterated.
    """
    folded = fold(text)
    if not folded.isascii():
        from anyascii import anyascii

        folded = fold(anyascii(folded))
    words = filter(str.isalnum, folded.split())
    return "-".join(filter(str.isascii, words))


def short_sum(text: str) -> str:
    """Return a short sum of a text, for what nothing else tells apart."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def id_candidates(*steps: Sequence[str | None]) -> str:
    """Return ids as JSON, the shortest first, each of the parts that a step has."""
    candidates = ["-".join(filter(None, step)) for step in steps]
    return json.dumps(list(dict.fromkeys(filter(None, candidates))))


def give_ids(connection: sqlite3.Connection, table: str, known: str) -> None:
    """Give each row of a table the first of its candidates that no other row has.

    Where several have the same all of them go on to their next, so that no id depends
    on the order of rows. The ids in the table `known` are taken; a row that the
    directory has already keeps its id.
    """
    connection.execute(
        f"UPDATE {table} SET step = 0,"
        " id = coalesce(existing_id, json_extract(candidates, '$[0]'))"
    )
    connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_id ON {table} (id)")
    again = (
        f"UPDATE {table} SET step = step + 1,"
        " id = json_extract(candidates, '$[' || (step + 1) || ']')"
        " WHERE existing_id IS NULL AND step + 1 < json_array_length(candidates)"
        f" AND (id IN (SELECT id FROM {table} GROUP BY id HAVING count(*) > 1)"
        f" OR id IN (SELECT id FROM {known}))"
    )
    while connection.execute(again).rowcount:
        pass
