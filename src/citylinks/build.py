"""From a Dataset to the rows of the index: the only way in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from citylinks import dates
from citylinks.entries import Entry, Involved, entries
from citylinks.folding import fold, terms
from citylinks.index import NO_EARLIEST, NO_LATEST
from citylinks.model import City, Organization, Partnership, Theme
from citylinks.prose import prose
from citylinks.references import references

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from citylinks.loader import Dataset, Loaded
    from citylinks.model import Part

_RECORD = (
    "INSERT INTO record (type, id, name, kind, country, level, status, date, earliest, latest,"
    " begun_by, lasts_until, over, path, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_ENTRY = (
    "INSERT INTO entry (record, path, kind, detail, date, earliest, latest, begun_by, lasts_until,"
    " is_general, listed_source, listed_position, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


def fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Write all records of `dataset` in one transaction."""
    connection.execute("BEGIN")
    for record in dataset:
        _write(connection, record)
    connection.execute("COMMIT")


def _write(connection: sqlite3.Connection, record: Loaded) -> None:
    body = record.model.model_dump(mode="json", by_alias=True, exclude_none=True)
    no = connection.execute(_RECORD, (*_record_row(record), _json(body))).lastrowid
    connection.executemany(
        "INSERT INTO label VALUES (?,?,?,?)",
        [(no, text, fold(text), reason) for text, reason in labels(record)],
    )
    connection.executemany(
        "INSERT INTO ref VALUES (?,?,?,?,?)",
        [(no, r.path[0], r.type, r.id, r.role) for r in references(record.type, record.model)],
    )
    connection.execute(
        "INSERT INTO words (rowid, name, alias, text) VALUES (?,?,?,?)", (no, *_words(record, body))
    )
    for entry in entries(record.id, record.model):
        entry_no = connection.execute(_ENTRY, (no, *_entry_row(entry))).lastrowid
        connection.executemany(
            "INSERT INTO entry_ref VALUES (?,?,?)",
            [(entry_no, type_, id_) for type_, id_ in _concerned(entry)],
        )


def labels(record: Loaded) -> Iterator[tuple[str, str]]:
    """Yield each name that a record can be called by, with the reason: id, name or alias."""
    yield record.id, "id"
    model = record.model
    name = _name(model)
    if name:
        yield name, "name"
    for other in (getattr(model, "names", None) or getattr(model, "labels", None) or {}).values():
        if other != name:
            yield other, "name"
    for alias in getattr(model, "aliases", None) or ():
        yield (alias if isinstance(alias, str) else alias.name), "alias"


def _words(record: Loaded, body: dict[str, Any]) -> tuple[str, str, str]:
    """Return the terms of a record's names, of its aliases and of its prose."""
    named = {"id": "name", "name": "name", "alias": "alias"}
    texts: dict[str, list[str]] = {"name": [], "alias": [], "text": prose(body)}
    for text, reason in labels(record):
        texts[named[reason]].append(text)
    name, alias, text = (" ".join(terms(" ".join(found))) for found in texts.values())
    return name, alias, text


def _name(model: Part) -> str | None:
    for field in ("name", "title", "label"):
        text: str | None = getattr(model, field, None)
        if text:
            return text
    return None


def _record_row(record: Loaded) -> tuple[Any, ...]:
    model = record.model
    date = _own_date(model)
    status = model.status[-1].is_ if isinstance(model, Partnership) and model.status else None
    return (
        record.type,
        record.id,
        _name(model),
        getattr(model, "kind", None),
        model.country if isinstance(model, City | Organization) else None,
        model.level if isinstance(model, City) else None,
        status,
        date,
        *_bounds(date),
        _over(model),
        record.origin.path,
    )


def _own_date(model: Part) -> str | None:
    if isinstance(model, Partnership):
        return model.start
    if isinstance(model, Theme | City | Organization):
        return None
    date: str | None = getattr(model, "date", None)
    return date


def _over(model: Part) -> str | None:
    """Return the latest day of a partnership's stated end."""
    if isinstance(model, Partnership) and model.end:
        return _bounds(model.end)[1]
    return None


def _bounds(text: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """Return earliest, latest, begun-by and lasts-until of a date as text that compares."""
    if text is None:
        return (None, None, None, None)
    date = dates.parse(text)
    return (
        date.earliest.isoformat() if date.earliest else NO_EARLIEST,
        date.latest.isoformat() if date.latest else NO_LATEST,
        date.begun_by.isoformat() if date.begun_by else None,
        date.lasts_until.isoformat() if date.lasts_until else None,
    )


def _entry_row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.path,
        entry.kind,
        entry.detail,
        entry.date,
        *_bounds(entry.date),
        int(entry.is_general),
        *(entry.listed or (None, None)),
        _json(_entry_body(entry)),
    )


def _entry_body(entry: Entry) -> dict[str, Any]:
    """Return what an answer needs of an entry beyond its columns; names are joined when asked."""
    return {
        "title": entry.title,
        "summary": entry.summary,
        "value": entry.value,
        "pillars": [pillar.model_dump(mode="json") for pillar in entry.pillars],
        "attendance": entry.attendance.model_dump(mode="json") if entry.attendance else None,
        "cities": [_involved(city) for city in entry.cities],
        "themes": list(entry.themes),
        "organizations": [_involved(item) for item in entry.organizations],
        "sources": [{"id": s.source, "note": s.note} for s in entry.sources],
        "claims": [claim.model_dump(mode="json") for claim in entry.claims],
    }


def _involved(item: Involved) -> dict[str, Any]:
    return {"id": item.id, "role": item.role, "people": item.people}


def _concerned(entry: Entry) -> set[tuple[str, str]]:
    return {
        *(("city", city.id) for city in entry.cities),
        *(("theme", theme) for theme in entry.themes),
        *(("organization", item.id) for item in entry.organizations),
        *(("partnership", tie) for tie in entry.partnerships),
        *(("source", source.source) for source in entry.sources),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
