"""What `as_of` asks: conditions on what held at a time, and on who belonged to it then.

Entries are `e`, of record `r`; what holds has its last days in the index, who was a
member when is asked of the body of a partnership. A partnership that has ended, or is
yet to begin, is in none but the answers to questions for ended or planned ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.dates import BY_TODAY
from citylinks.query.sql import IN, Condition, either_condition, json_list

if TYPE_CHECKING:
    from collections.abc import Sequence

PeriodDays = tuple[str, str]  # the first and the last day asked for

_BEGUN = "coalesce({0}.earliest, '') <= ?"
UNTIL = (
    f"CASE {{0}}.until_latest WHEN '{BY_TODAY}' THEN today()"
    " ELSE {0}.until_latest END"
)
_HOLDS = f"{_BEGUN} AND {UNTIL} >= ?"
_SURELY = "{0}.begun_by <= ? AND {0}.until_surely >= ?"
# The partnership `p` with the reference `mine`, and its beginning `s`; a condition on
# `s` follows.
_OF_PARTNERSHIP = (
    " JOIN record p ON p.no = mine.record AND p.type = 'partnership'"
    " JOIN entry s ON s.record = p.no AND s.path = 'start' AND "
)
_OF_RECORD = (
    "EXISTS (SELECT 1 FROM entry s"
    " WHERE s.record = r.no AND s.path IN ('start', 'date')"
)


# Of an entry, whether it is a status without a date, and how surely its partnership had
# it at these days.
_MEMBER_HELD = (
    "membership(r.body,"
    " (SELECT id FROM entry_ref WHERE entry = e.no AND type = 'city'), ?, ?)"
)
_IS_UNDATED = "(e.kind = 'status' AND e.date IS NULL)"
_STATUS_HELD = "status_held(r.body, e.path, ?, ?, today())"


def entry_is_valid(days: PeriodDays, statuses: Sequence[str]) -> Condition:
    """Keep the entries of what held then; those of a partnership only while that did.

    A status without a date holds as its place among those of its partnership tells.
    Where planned or ended ones are asked for, these are kept too, as in
    `record_is_valid`.
    """
    first, last = days
    is_held = _or_unheld(
        Condition(f"{_OF_RECORD} AND {_HOLDS.format('s')})", (last, first)),
        days,
        statuses,
    )
    within = f"(r.type <> 'partnership' OR {is_held.sql})"
    possible = (
        f"{_HOLDS.format('e')} AND (NOT {_IS_UNDATED} OR {_STATUS_HELD} IS NOT NULL)"
    )
    certain = (
        f"({_SURELY.format('e')} OR {_IS_UNDATED} AND {_STATUS_HELD} = 'certain'"
        f" OR e.kind = 'member' AND {_MEMBER_HELD} = 'certain')"
    )
    parameters = (last, first, *days, *is_held.parameters)
    surely = (last, first, *days, *days, *is_held.parameters)
    return Condition(
        f"{possible} AND {within}",
        parameters,
        Condition(f"{certain} AND {within}", surely),
    )


def _or_unheld(held: Condition, days: PeriodDays, statuses: Sequence[str]) -> Condition:
    """Keep what held, and what was planned or had ended if that is asked for."""
    unheld = [status for status in ("planned", "ended") if status in statuses]
    if not unheld:
        return held
    return either_condition(held, had_status(days, unheld))


def record_is_valid(days: PeriodDays, statuses: Sequence[str]) -> Condition:
    """Keep the partnerships that held then and the events that lasted.

    Where planned or ended ones are asked for, those too that were this then and did not
    hold.
    """
    first, last = days
    holds = Condition(
        f"{_OF_RECORD} AND {_HOLDS.format('s')})",
        (last, first),
        Condition(f"{_OF_RECORD} AND {_SURELY.format('s')})", (last, first)),
    )
    return _or_unheld(holds, days, statuses)


def had_status(days: PeriodDays, statuses: Sequence[str]) -> Condition:
    """Keep the partnerships that had one of these statuses then."""
    had = f"EXISTS (SELECT 1 FROM json_each({STATUSES}) WHERE key {IN}"
    parameters = (*days, json_list(statuses))
    return Condition(
        f"{had})", parameters, Condition(f"{had} AND value = 'certain')", parameters)
    )


STATUSES = "statuses(r.body, ?, ?, today())"  # takes the days


def has_member(days: PeriodDays, wanted: Condition, least: int = 1) -> Condition:
    """Keep the partnerships of which so many `wanted` cities were members then.

    The id of a city is `x.id` there.
    """
    count = (
        "(SELECT count(DISTINCT x.id) FROM ref x"
        " WHERE x.record = r.no AND x.relation = 'members'"
        f" AND {wanted.sql} AND membership(r.body, x.id, ?, ?)"
    )
    parameters = (*wanted.parameters, *days, least)
    return Condition(
        f"{count} IS NOT NULL) >= ?",
        parameters,
        Condition(f"{count} = 'certain') >= ?", parameters),
    )


def has_participant(days: PeriodDays) -> Condition:
    """Keep the members (`f`) of partnerships who were so then; of events, all."""
    sure = "r.type <> 'partnership' OR membership(r.body, f.id, ?, ?)"
    return Condition(
        f"{sure} IS NOT NULL", days, Condition(f"{sure} = 'certain'", days)
    )


def involves(days: PeriodDays, wanted: Condition, least: int = 1) -> Condition:
    """Keep the entries that concern such members.

    An entry that concerns all members of a partnership is kept if it had such members
    then; any other is kept.
    """
    possible = has_member(days, wanted, least)
    special = "NOT (e.is_general AND r.type = 'partnership')"
    sure = possible.sure or possible
    return Condition(
        f"{special} OR {possible.sql}",
        possible.parameters,
        Condition(f"{special} OR {sure.sql}", sure.parameters),
    )


def is_partner_of(days: PeriodDays, cities: Sequence[str]) -> Condition:
    """Keep the cities (`r`) that were partners of one of these then."""

    def is_partner(held: str, sure: str) -> str:
        return (
            f"r.id IN (SELECT other.id FROM ref mine{_OF_PARTNERSHIP}{held.format('s')}"
            " JOIN ref other ON other.record = mine.record"
            " AND other.relation = 'members' AND other.id <> mine.id"
            f" WHERE mine.type = 'city' AND mine.relation = 'members' AND mine.id {IN}"
            f" AND membership(p.body, mine.id, ?, ?) {sure}"
            f" AND membership(p.body, other.id, ?, ?) {sure})"
        )

    parameters = (days[1], days[0], json_list(cities), *days, *days)
    certain = Condition(is_partner(_SURELY, "= 'certain'"), parameters)
    return Condition(is_partner(_HOLDS, "IS NOT NULL"), parameters, certain)


def count_partnerships(days: PeriodDays) -> Condition:
    """Return an expression for the number of partnerships of a city (`r`) then."""

    def counted(held: str, sure: str) -> str:
        return (
            "(SELECT count(DISTINCT mine.record)"
            f" FROM ref mine{_OF_PARTNERSHIP}{held.format('s')}"
            " WHERE mine.type = 'city' AND mine.id = r.id AND mine.relation = 'members'"
            f" AND membership(p.body, mine.id, ?, ?) {sure})"
        )

    parameters = (days[1], days[0], *days)
    certain = Condition(counted(_SURELY, "= 'certain'"), parameters)
    return Condition(counted(_HOLDS, "IS NOT NULL"), parameters, certain)
