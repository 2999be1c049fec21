"""Cities and partnerships as sound records: what breaks a rule is left out."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from citylinks.files.diagnostics import Severity
from citylinks.importers.matching import ids
from citylinks.importers.rows import CitedSource
from citylinks.importers.staging import note, source_number, tidy
from citylinks.lint import rules
from citylinks.model.fields import record_fields
from citylinks.model.records import RECORDS, VOCABULARIES, Part
from citylinks.model.vocabulary import PARTNERSHIP_KINDS
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.model.references import Path


_SOURCE_WORDS = 8  # of a title that make the id of a source
_REQUIRED = frozenset(("name", "kind", "members", "sources", "title"))
_SEVERAL = frozenset(("names", "aliases", "claims", "themes"))

Body = dict[str, Any]
_json = json.JSONEncoder(ensure_ascii=False).encode


class Records:
    """Makes the records of a database in which all ids are given."""

    def __init__(
        self, connection: sqlite3.Connection, source: CitedSource, today: str
    ) -> None:
        self._connection = connection
        checks = rules.record_checks().items()
        self._checks = [
            check for rule, check in checks if rule.severity is Severity.ERROR
        ]
        self._today = today
        self._id = lru_cache(maxsize=4096)(self._cited_id)
        self._source = source_number(connection, source)
        _name_sources(connection)

    def cities(self) -> Iterator[tuple[str | None, Body]]:
        """Yield the country and the record of each new city, country by country."""
        rows = self._connection.execute(
            "SELECT * FROM city WHERE existing_id IS NULL ORDER BY country, id"
        )
        for row in rows:
            record = self._sound_record("city", row["no"], "city", self._city(row))
            yield row["country"], record

    def _city(self, row: sqlite3.Row) -> Body:
        fields = json.loads(row["body"])
        if fields["location"]:
            latitude, longitude = (f"{degrees:.15g}" for degrees in fields["location"])
            fields["location"] = {"latitude": latitude, "longitude": longitude}
        return {
            "id": row["id"],
            "name": row["name"],
            "names": fields["names"],
            "aliases": fields["aliases"],
            "level": fields["level"],
            "country": row["country"],
            "subdivision": fields["subdivision"],
            "location": fields["location"],
            "wikidata": row["wikidata"],
            "geonames": row["geonames"],
            "sources": [self._id(self._source)],
        }

    def partnerships(self) -> Iterator[tuple[str | None, Body]]:
        """Yield the country and the record of each new partnership, by country."""
        rows = self._connection.execute(
            """
            SELECT p.*, a.id AS a_id, b.id AS b_id,
                iif(a.id < b.id, a.country, b.country) AS country
            FROM partnership p JOIN city a ON a.no = p.a JOIN city b ON b.no = p.b
            WHERE p.existing_id IS NULL ORDER BY country, p.id
            """
        )
        for row in rows:
            body = self._partnership(row)
            record = self._sound_record("partnership", row["no"], "partnership", body)
            yield row["country"], record

    def _partnership(self, row: sqlite3.Row) -> Body:
        fields = json.loads(row["body"])
        kind = row["kind"] or "unspecified"
        if kind not in PARTNERSHIP_KINDS:
            text = f"'{kind}' is not a kind of partnership"
            note(self._connection, "partnership", [(row["no"], text)])
            kind = "unspecified"
        first = self._id(self._source)
        cited: list[Any] = [first]
        if fields.get("note"):
            cited = [{"source": first, "note": fields["note"]}]
        cited += [id_ for id_ in self._cited(fields.get("sources")) if id_ != first]
        return {
            "id": row["id"],
            "kind": kind,
            "members": sorted((row["a_id"], row["b_id"])),
            "start": fields.get("start"),
            "end": fields.get("end"),
            "status": fields.get("status"),
            "themes": fields.get("themes"),
            "sources": cited,
            "claims": [self._claim(*claim) for claim in fields.get("claims", ())],
        }

    def _claim(
        self, field: str, value: str, where: str, sources: list[int] | None
    ) -> Body:
        cited = [*self._cited(sources), self._id(self._source)]
        return {"field": field, "value": value, "source": cited[0], "note": where}

    def _cited(self, sources: list[int] | None) -> list[str]:
        return list(dict.fromkeys(map(self._id, sources or ())))

    def _cited_id(self, number: int) -> str:
        self._connection.execute(
            "UPDATE source SET is_cited = 1 WHERE no = ?", (number,)
        )
        row = self._connection.execute(
            "SELECT id FROM source WHERE no = ?", (number,)
        ).fetchone()
        return str(row["id"])

    def sources(self) -> Iterator[tuple[str, Body]]:
        """Yield the id and the fields of each new source that is cited so far."""
        rows = self._connection.execute(
            "SELECT * FROM source WHERE existing_id IS NULL AND is_cited ORDER BY id"
        )
        for row in rows:
            fields = CitedSource(*json.loads(row["body"]))._asdict()
            title = {"title": tidy(fields.pop("title"))}
            body = {key: value for key, value in (title | fields).items() if value}
            while refused := _refused(VOCABULARIES["source"], body):
                _drop(body, refused[0])
            yield row["id"], body

    def themes(self) -> Iterator[tuple[str, Body]]:
        """Yield the id and the fields of each theme that is new."""
        rows = self._connection.execute(
            """
            SELECT DISTINCT theme.value AS id
            FROM partnership p, json_each(p.body, '$.themes') theme
            WHERE p.existing_id IS NULL
            AND theme.value NOT IN (SELECT id FROM known_theme)
            ORDER BY theme.value
            """
        )
        for row in rows:
            yield row["id"], {"label": row["id"].replace("-", " ").capitalize()}

    def _sound_record(self, subject: str, no: int, type_: str, body: Body) -> Body:
        """Return a record without what the model or a rule refuses; that is noted."""
        notes: list[str] = []
        kept = {key: value for key, value in body.items() if value and key != "id"}
        while problem := self._problem(type_, body["id"], kept):
            path, why = problem
            notes.append(f"{why}: '{path[0]}' is left out")
            _drop(kept, path)
        note(self._connection, subject, [(no, text) for text in notes])
        return {"id": body["id"], **kept}

    def _problem(self, type_: str, id_: str, body: Body) -> tuple[Path, str] | None:
        """Return the path of the first value that is refused, and the reason."""
        refused = _refused(RECORDS[type_], body)
        return refused or self._against_a_rule(type_, id_, body)

    def _against_a_rule(
        self, type_: str, id_: str, body: Body
    ) -> tuple[Path, str] | None:
        """Return the path of the first value that is an error by a rule, and why."""
        model = RECORDS[type_].model_validate(body)
        written = model.model_dump(mode="json", by_alias=True, exclude_none=True)
        fields = record_fields()[type_]
        record = rules.CheckedRecord(
            type_, id_, written, self._today, _json(written), fields
        )
        for check in self._checks:
            for problem in check(record):
                if problem.path and problem.path[0] not in _REQUIRED:
                    return problem.path, problem.message
        return None


def _refused(model: type[Part], body: Body) -> tuple[Path, str] | None:
    """Return the path of the first value that a model does not take, and why."""
    try:
        model.model_validate(body)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        if details["loc"][0] in _REQUIRED:
            raise
        return details["loc"], details["msg"]
    return None


def _drop(body: Body, path: Path) -> None:
    """Leave out the value at a path: one item where there may be several, else all."""
    field, rest = str(path[0]), path[1:]
    items: Any = body[field]
    if rest and field in _SEVERAL:
        del items[rest[0]]
    if not rest or not items or field not in _SEVERAL:
        del body[field]


# -- Sources ----------------------------------------------------------------------


def _name_sources(connection: sqlite3.Connection) -> None:
    """Find the sources that stand in the directory, and give the others their ids."""
    connection.create_function("source_candidates", 1, _candidates, deterministic=True)
    connection.execute("UPDATE source SET candidates = source_candidates(body)")
    connection.execute(
        "UPDATE source SET existing_id = (SELECT min(id) FROM known_source k"
        " WHERE k.title = json_extract(body, '$[0]')"
        " AND k.url IS json_extract(body, '$[1]'))"
    )
    ids.give_ids(connection, "source", "known_source")


def _candidates(body: str) -> str:
    title = CitedSource(*json.loads(body)).title
    words = ids.make_slug(fold(title)).split("-")[:_SOURCE_WORDS]
    name = "-".join(words) or "source"
    return ids.id_candidates((name,), (name, ids.short_sum(body)))
