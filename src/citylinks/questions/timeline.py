"""What happened, in order: to one subject, between two cities, or at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from citylinks import rows
from citylinks.answers import Timeline
from citylinks.conditions import IN, Condition, many
from citylinks.errors import UsageError
from citylinks.in_force import belongs, concerns
from citylinks.query import (
    Filters,
    Resolved,
    as_of,
    entry_conditions,
    entry_of_cities,
    entry_of_partnership,
    not_a_gathering,
    record_conditions,
)
from citylinks.questions.lists import partnership_rows
from citylinks.questions.session import Session, asked, where
from citylinks.vocabulary import GATHERING_KINDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from citylinks.answers import PartnershipRow


def timeline(session: Session, subjects: Sequence[str], filters: Filters) -> Timeline:
    """Return the entries in which all subjects take part; networks they share do not flood it."""
    types = ("city", "partnership") if len(subjects) == 1 else ("city",)
    keys = [session.key(text, *types) for text in subjects]
    cities = [id_ for type_, id_ in keys if type_ == "city"]
    resolved = session.resolved(filters, cities)
    if len(set(cities)) < len(cities) or set(cities) & set(resolved.with_):
        raise UsageError(f"the same city twice: {_repeated(session, subjects, filters)}")
    together = list(dict.fromkeys((*cities, *resolved.with_)))
    conditions = [entry_of_cities(cities)] if cities else []
    conditions += [entry_of_partnership(id_) for type_, id_ in keys if type_ == "partnership"]
    conditions += entry_conditions(filters, resolved)
    days = as_of(filters)
    if days and cities:
        conditions.append(concerns(days, _of(cities), len(cities)))
    if len(together) > 1:
        conditions.append(not_a_gathering())
    names = session.names(filters)
    shown = [*keys, *(("city", id_) for id_ in resolved.with_)] if len(together) == 2 else keys
    names.gather(shown)
    return Timeline(
        query=asked(filters, subjects=[id_ for _, id_ in keys]),
        results=rows.entries(entry_rows(session, conditions, filters), names),
        subjects=tuple(names.subject(*key) for key in shown),
        ties=_ties(session, keys, together, Filters(as_of=filters.as_of)),
        networks=between(session, together, Filters(as_of=filters.as_of), gathering=True),
    )


def _of(cities: Sequence[str]) -> Condition:
    return Condition(f"x.id {IN}", (many(cities),))


def _repeated(session: Session, subjects: Sequence[str], filters: Filters) -> str:
    """Return the names that were given to one city, as they were given."""
    given: dict[tuple[str, str], list[str]] = {}
    for text in (*subjects, *filters.with_):
        given.setdefault(session.key(text, "city", "partnership"), []).append(f"'{text}'")
    return " and ".join(next(texts for texts in given.values() if len(texts) > 1))


def _ties(
    session: Session,
    keys: Sequence[tuple[str, str]],
    together: Sequence[str],
    filters: Filters,
) -> tuple[PartnershipRow, ...]:
    """Return the ties that a header names: between the cities, or the one that is the subject."""
    subjects = [id_ for type_, id_ in keys if type_ == "partnership"]
    if subjects:
        return partnership_rows(session, [Condition("r.id = ?", (subjects[0],))], filters)
    return between(session, together, filters, gathering=False)


def entry_rows(
    session: Session, conditions: Sequence[Condition], filters: Filters
) -> list[sqlite3.Row]:
    """Return the rows of entries that meet the conditions, those without a date last."""
    clause, certainty = where(conditions, filters, "e")
    return session.fetch(
        f"SELECT e.*, r.type, r.id, coalesce(e.body, r.body) AS said, {certainty.sql} AS certainty,"
        f" {'r.body' if filters.as_of else 'NULL'} AS record_body"
        f" FROM entry e JOIN record r ON r.no = e.record{clause.sql}"
        " ORDER BY e.date IS NULL, e.earliest, e.latest, e.date,"
        " e.listed_source, e.listed_position, r.type DESC, r.id, e.no",
        (*certainty.parameters, *clause.parameters),
    )


def between(
    session: Session, cities: Sequence[str], filters: Filters, *, gathering: bool
) -> tuple[PartnershipRow, ...]:
    """Return the partnerships of which two or more cities are members together."""
    if len(cities) < 2:
        return ()
    member = (
        "r.no IN (SELECT record FROM ref WHERE type = 'city' AND id = ? AND relation = 'members')"
    )
    kind = f"r.kind {'IN' if gathering else 'NOT IN'} (SELECT value FROM json_each(?))"
    conditions = [Condition(member, (city,)) for city in cities]
    conditions.append(Condition(kind, (json.dumps(sorted(GATHERING_KINDS)),)))
    conditions += record_conditions("partnership", filters, Resolved())
    days = as_of(filters)
    if days:
        conditions.append(belongs(days, _of(cities), len(cities)))
    return partnership_rows(session, conditions, filters, members=cities if gathering else ())
