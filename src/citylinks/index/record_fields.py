"""The uses of the fields of records, as the index keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.model.field_uses import fields_from_json

if TYPE_CHECKING:
    import sqlite3

    from citylinks.model.field_uses import Fields


def read_fields(connection: sqlite3.Connection, type_: str) -> Fields:
    """Return the uses of the fields of a type of record."""
    sql = "SELECT uses FROM field WHERE type = ?"
    return fields_from_json(connection.execute(sql, (type_,)).fetchone()["uses"])
