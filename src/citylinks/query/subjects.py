"""Whom a timeline is about, and the conditions that this puts on their entries."""

from collections.abc import Sequence
from typing import NamedTuple

from citylinks.query.conditions import (
    Among,
    entry_of_any,
    not_a_gathering,
    partnership_among,
)
from citylinks.query.sql import IN, Condition, json_list
from citylinks.query.validity_sql import PeriodDays, has_member, involves


class TimelineSubjects(NamedTuple):
    """Whom a timeline is about, by id.

    The cities of `with_` take part too, or with `any_` one of them.
    """

    cities: tuple[str, ...]
    partnerships: tuple[str, ...]
    with_: tuple[str, ...]
    any_: bool

    @property
    def needs_two(self) -> bool:
        """Whether two of its cities must take part."""
        return len(self.cities) > 1 and not self.any_

    @property
    def is_between(self) -> bool:
        """Whether it is about what cities have in common."""
        if self.partnerships:
            return False
        several = self.cities or (len(self.with_) > 1 and not self.any_)
        return self.needs_two or bool(self.with_ and several)

    @property
    def pair(self) -> tuple[str, ...]:
        """Its cities, with the others where these are two together: the same as two."""
        both = dict.fromkeys(self.cities + self.with_)
        if self.is_between and len(both) == 2 and len(self.cities) < 2:
            return tuple(both)
        return self.cities

    @property
    def subjects(self) -> list[Among]:
        """How many of its cities must take part."""
        if not self.cities:
            return []
        return [Among(self.cities, self._least)]

    @property
    def _least(self) -> int:
        if self.needs_two:
            return 2
        return 1

    @property
    def each(self) -> list[Among]:
        """How many of its cities, and of those of `with_`, must take part."""
        if self.any_ and self.with_:
            return [*self.subjects, Among(self.with_)]
        return [*self.subjects, *(Among((city,)) for city in self.with_)]

    def entries(self, *, is_between_places: bool = False) -> list[Condition]:
        """Return the conditions on entries; those between cities leave out networks."""
        conditions = []
        if self.is_between or is_between_places:
            conditions.append(not_a_gathering())
        if self.partnerships:
            conditions.append(entry_of_any(self.cities, self.partnerships))
        return conditions

    def entries_then(self, days: PeriodDays | None) -> list[Condition]:
        """Return the conditions on entries: at a time, the cities belonged then."""
        if days is None or not self.cities or self.partnerships:
            return []
        return [involves(days, _among(self.cities), self._least)]

    def shared_partnerships(self, days: PeriodDays | None) -> list[Condition]:
        """Return the conditions on the partnerships between the cities.

        At a time, the cities must have belonged to them then.
        """
        conditions = [partnership_among(among) for among in self.each]
        if days:
            for cities, least in self.each:
                conditions.append(has_member(days, _among(cities), least))
        return conditions


def _among(cities: Sequence[str]) -> Condition:
    return Condition(f"x.id {IN}", (json_list(cities),))
