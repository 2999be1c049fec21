"""A count that a source states agrees with what the data lists.

If a source counts twelve sister cities and the data has eleven, one is missing, or the
source counts differently. The rule compares counts of the partnerships of a city and of
the members of a partnership. It does so only if `of` is, in any case, `sister cities`,
`friendship cities`, `partner cities`, `sister ports`, `friendship ports`, `sister and
friendship cities` (also with `or`, and with `and states` after it), `members` or
`member cities`. Any other wording has a meaning of its own.

The data has the benefit of the doubt. A `sister-or-friendship` partnership may be of
either kind. A partnership of which the dates leave open whether it existed on the day
of the count is counted if that makes the numbers agree. If the count has no date, or an
approximate or uncertain one, any partnership ever listed may be counted or not. If a
partnership has errors and was left out, a city may have more than are listed.

Bad:

    # cities/lyon.yaml
    name: Lyon
    counts:
      - {of: sister cities, value: 2}

    # cities/yokohama.yaml
    name: Yokohama

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959

Good:

    # cities/lyon.yaml
    name: Lyon
    counts:
      - {of: sister cities, value: 1}

    # cities/yokohama.yaml
    name: Yokohama

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks import dates
from citylinks.lint.rules import CrossRecordFinding
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from citylinks.dates import Date
    from citylinks.lint.rules import CheckedIndex

_EITHER = ("sister-city", "friendship-city", "sister-or-friendship")

# What is counted on a city -> the kinds of partnerships that are surely meant.
_COUNTED_ON_CITY: dict[str, tuple[str, ...]] = {
    "sister cities": ("sister-city",),
    "friendship cities": ("friendship-city",),
    "partner cities": ("partner-city",),
    "sister ports": ("sister-port",),
    "friendship ports": ("friendship-port",),
    "sister and friendship cities": _EITHER,
    "sister or friendship cities": _EITHER,
    "sister and friendship cities and states": _EITHER,
    "sister or friendship cities and states": _EITHER,
}
_COUNTED_ON_PARTNERSHIP = ("members", "member cities")
_MAY_BE_EITHER = {"sister-city", "friendship-city"}


class _ListedCity(NamedTuple):
    """A city that the data lists, and since when and until when it counts."""

    name: str
    start: str | None
    end: str | None
    is_meant: bool = True  # surely, as opposed to perhaps
    is_over: bool = False  # at a time that is not stated


def check(index: CheckedIndex) -> Iterator[CrossRecordFinding]:
    """Find the counts that what is listed surely does not add up to."""
    near = index.near(
        "SELECT no FROM record WHERE type IN ('city', 'partnership')",
        "SELECT no FROM asked",
    )
    rows = index.fetch(
        f"SELECT r.no, r.type, r.id, r.body FROM ({near}) near CROSS JOIN record r"
        " ON r.no = near.no WHERE instr(r.body, '\"counts\":')"
    )
    if not rows:
        return
    is_lacking = bool(
        index.fetch("SELECT 1 FROM left_out WHERE type = 'partnership' LIMIT 1")
    )
    for row in rows:
        body = json.loads(row["body"])
        may_be_more = is_lacking and row["type"] == "city"
        for number, count in enumerate(body.get("counts", ())):
            listed = _listed_cities(
                index, row["type"], row["id"], body, fold(count["of"])
            )
            if listed is not None:
                yield from _compare(
                    row["no"], number, count, listed, may_be_more=may_be_more
                )


def _listed_cities(
    index: CheckedIndex, type_: str, id_: str, body: dict[str, Any], of: str
) -> list[_ListedCity] | None:
    """Return the listed cities of a count; None where the wording is another."""
    if type_ == "partnership" and of in _COUNTED_ON_PARTNERSHIP:
        members = []
        for member in body["members"]:
            since = member.get("from", body.get("start"))
            members.append(_ListedCity(member["city"], since, member.get("until")))
        return members
    if type_ == "city" and of in _COUNTED_ON_CITY:
        return list(_partner_cities(index, id_, _COUNTED_ON_CITY[of]))
    return None


def _partner_cities(
    index: CheckedIndex, city: str, kinds: tuple[str, ...]
) -> Iterator[_ListedCity]:
    """Yield each other city of the partnerships that may be of these kinds."""
    may_be = set(kinds)
    if _MAY_BE_EITHER & may_be:
        may_be.add("sister-or-friendship")
    rows = index.fetch(
        "SELECT t.kind, t.status, t.body FROM ref f JOIN record t ON t.no = f.record"
        " WHERE f.type = 'city' AND f.id = ? AND f.relation = 'members'"
        " AND t.kind IN (SELECT value FROM json_each(?)) ORDER BY t.id",
        (city, json.dumps(sorted(may_be))),
    )
    for row in rows:
        partnership = json.loads(row["body"])
        start, end = partnership.get("start"), partnership.get("end")
        is_over = row["status"] == "ended" and end is None
        for member in partnership["members"]:
            if member["city"] != city:
                is_meant = row["kind"] in kinds
                yield _ListedCity(member["city"], start, end, is_meant, is_over)


def _compare(
    no: int,
    number: int,
    count: dict[str, Any],
    listed: Iterable[_ListedCity],
    *,
    may_be_more: bool,
) -> Iterator[CrossRecordFinding]:
    """Yield that a count is more than may be listed, or less than surely is."""
    day = _exact_day(count)
    possible = {city.name for city in listed if not _is_outside(city, day)}
    certain = {city.name for city in listed if _is_inside(city, day)}
    stated = count["value"]
    is_more = stated > len(possible) and not may_be_more
    if is_more or stated < len(certain):
        number_listed = len(possible) if is_more else len(certain)
        when = f" for '{count['date']}'" if day else ""
        message = f"{count['of']}: {stated} stated{when}, {number_listed} listed"
        help_ = "record what is missing, or say in 'of' exactly what the source counts"
        yield CrossRecordFinding(no, ("counts", number, "value"), message, help_)


def _exact_day(count: dict[str, Any]) -> Date | None:
    if "date" not in count:
        return None
    day = dates.parse(count["date"])
    return None if day.is_approximate or day.is_uncertain else day


def _is_outside(city: _ListedCity, day: Date | None) -> bool:
    """Whether it surely did not count on that day."""
    if day is None:
        return False
    if city.start is not None and dates.precedes(day, dates.parse(city.start)):
        return True
    return city.end is not None and dates.precedes(dates.parse(city.end), day)


def _is_inside(city: _ListedCity, day: Date | None) -> bool:
    """Whether it surely counted on that day, all of it."""
    if day is None or city.start is None or not city.is_meant or city.is_over:
        return False
    if not dates.precedes(dates.parse(city.start), day):
        return False
    return city.end is None or dates.precedes(day, dates.parse(city.end))
