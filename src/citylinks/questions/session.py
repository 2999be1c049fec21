"""What every question needs: the index, and names turned into ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.errors import UsageError
from citylinks.query.conditions import Resolved
from citylinks.query.filters import (
    NO_FILTERS,
    Filters,
    as_of_period,
    parse_sides,
    requested_spans,
)
from citylinks.query.names.lookup import is_name, noun_of
from citylinks.query.names.resolve import resolve_name, resolve_names
from citylinks.query.options import set_values
from citylinks.query.sql import (
    IN,
    Condition,
    Where,
    certainty_sql,
    json_list,
    where_all,
    within_spans,
)
from citylinks.questions.rows import NameIndex

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from citylinks.model.field_uses import Fields
    from citylinks.query.names.words import Run
    from citylinks.questions.results import NamedFilter

# The filters of which some value has a name.
_WITH_NAMES = (
    "theme", "organization", "with_", "kind", "country", "region", "between", "status",
    "level",
)  # fmt: skip
MOST = 1_000_000_000  # the largest number that an option takes


class Session:
    """The index for one question, and the data directories of its records.

    If `is_writing`, results of the question may be kept in the index.
    """

    def __init__(
        self,
        index: sqlite3.Connection,
        directories: Sequence[str] = (),
        is_writing: bool = False,
    ) -> None:
        self.index = index
        self.directories = tuple(directories)
        self.is_writing = is_writing
        self._fields: dict[str, Fields] = {}

    def fetch(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self.index.execute(sql, parameters).fetchall()

    def fetch_column(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Return the first column of all rows of a query."""
        return [value for value, *_ in self.index.execute(sql, parameters)]

    def today(self) -> str:
        """Return the ISO day of the question."""
        day: str = self.fetch("SELECT today()")[0][0]
        return day

    def fields(self, type_: str) -> Fields:
        """Return the purposes of the fields of a type of record."""
        from citylinks.index.database import read_fields

        if type_ not in self._fields:
            self._fields[type_] = read_fields(self.index, type_)
        return self._fields[type_]

    def names(self, filters: Filters | None = None) -> NameIndex:
        """Return an empty collection of names for one answer, at its time."""
        days = as_of_period(filters or NO_FILTERS)
        if days is None:
            return NameIndex(self.index)
        from citylinks.model.validity import Period

        return NameIndex(self.index, Period(*days, self.today()))

    def key(self, text: str, *types: str) -> tuple[str, str]:
        """Return the type and id of the record that `text` names."""
        _check_names([text], types)
        return resolve_name(self.index, text, types)

    def keys(self, texts: Sequence[str], *types: str) -> list[tuple[str, str]]:
        """Return the types and ids of the records that several texts name.

        A text may name several: `lyon,yokohama`.
        """
        _check_names(texts, types)
        return resolve_names(self.index, texts, types)

    def resolved(self, filters: Filters, subjects: Sequence[str] = ()) -> Resolved:
        """Return the ids that the names in the filters stand for."""
        with_ = self.city_ids(filters.with_)
        if filters.any_ and len(with_) < 2:
            raise UsageError("--any needs at least two cities in --with")
        return Resolved(
            themes=self.ids("theme", filters.theme),
            organizations=self.ids("organization", filters.organization),
            with_=with_,
            subjects=(*subjects, *with_),
            sides=self._sides(filters),
        )

    def _sides(self, filters: Filters) -> tuple[tuple[str, ...], ...]:
        """Return the ids of the cities on each side of `between`, or nothing."""
        try:
            sides = parse_sides(filters)
        except UsageError:
            for text in filters.between:
                if is_name(self.index, text, ("city",)):
                    raise UsageError(_city_for_place(text, filters)) from None
            raise
        return tuple(map(self._cities_in, sides))

    def _cities_in(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the cities in these countries."""
        sql = f"SELECT id FROM record WHERE type = 'city' AND country {IN} ORDER BY id"
        return tuple(self.fetch_column(sql, (json_list(codes),)))

    def city_ids(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the cities that the names stand for.

        One may stand for several: `lyon, yokohama`.
        """
        return self.ids("city", names)

    def cities_in(self, words: Sequence[str]) -> list[str]:
        """Return the names of the cities in words, and what names none."""
        from citylinks.query.names.words import cities_in_words

        return cities_in_words(self.index, words)

    def named(self, filters: Filters) -> tuple[NamedFilter, ...]:
        """Return the filters by the names of what they keep, for a page to print."""
        if not any(getattr(filters, name) for name in _WITH_NAMES):
            return ()
        from citylinks.questions.filter_names import named_filters

        return tuple(named_filters(self.index, filters, self.names(filters)))

    def runs_of(self, words: Sequence[str]) -> list[Run]:
        """Return words as runs: each city, and what stands between."""
        from citylinks.query.names.words import runs_of_words

        return runs_of_words(self.index, words)

    def ids(self, type_: str, names: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the records of one type that the names stand for."""
        return tuple(id_ for _, id_ in self.keys(names, type_))


def _check_names(texts: Sequence[str], types: Sequence[str]) -> None:
    for text in texts:
        if not text.strip():
            raise UsageError(
                f"there is no {noun_of(types)} '{text}': a name has letters or digits"
            )


def _city_for_place(text: str, filters: Filters) -> str:
    """Return the message about a city that stands in place of a country."""
    from shlex import quote

    both = " ".join(map(quote, filters.between))
    return (
        f"'{text}' is a city, and --between takes two countries or regions;"
        f" for two cities, citylinks timeline {both}"
    )


def where_clause(
    conditions: Sequence[Condition], filters: Filters, table: str
) -> tuple[Where, Condition]:
    """Return the WHERE clause with the filters of time, and the certainty of rows."""
    spans = requested_spans(filters)
    every = [*conditions]
    if spans:
        every.append(within_spans(spans, table))
    if filters.certain and not (spans or filters.as_of):
        raise UsageError("--certain needs a time; use --year, --from, --to or --as-of")
    return where_all(every, certain=filters.certain), certainty_sql(every)


def check_distinct(texts: Sequence[str], keys: Sequence[tuple[str, str]]) -> None:
    """Raise a `UsageError` where the same record is named twice, by these texts."""
    if len(texts) != len(keys):
        texts = [id_ for _, id_ in keys]
    given: dict[tuple[str, str], list[str]] = {}
    for text, key in zip(texts, keys, strict=True):
        given.setdefault(key, []).append(f"'{text}'")
    for (type_, _), named in given.items():
        if len(named) > 1:
            raise UsageError(f"the same {type_} twice: {' and '.join(named)}")


def check_number(name: str, value: int | None, noun: str) -> None:
    """Raise a `UsageError` for an option that is no number of the things it counts."""
    if value is not None and not 1 <= value <= MOST:
        raise UsageError(
            f"--{name} {value} is not possible; the number of {noun} must be from 1"
            f" to {MOST:,}"
        )


def describe_query(query: tuple[Any, ...], **ids: Any) -> dict[str, Any]:
    """Return the question as it was understood, for the envelope of an answer.

    `ids` are the fields whose names were turned into ids; they come first, and the
    filters last.
    """
    values: dict[str, Any] = query._asdict()  # type: ignore[attr-defined]
    filters: Filters = values.pop("filters", NO_FILTERS)
    described = dict(ids)
    for name, value in set_values(values, values.values()).items():
        described.setdefault(name, value)
    return described | filters.given()
