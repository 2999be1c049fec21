"""A count that a source states agrees with what the data lists.

A source counts twelve sister cities, the data has eleven: one is missing, or the source
counts otherwise. Compared are, on a city, counts of its ties, and on a partnership
counts of its members, where `of` is worded as one of these, case set aside:

- `sister cities`, `friendship cities`, `partner cities`, `sister ports`, `friendship ports`;
- `sister and friendship cities`, also with `or`, and with `and states` after it;
- `members`, `member cities`.

Any other wording says something of its own and is not compared. The data is given every
benefit of the doubt: a `sister-or-friendship` tie may be of either kind; a tie that may
have begun by the date of the count, or may have ended, is counted as it fits; and
without a date, or with one that is approximate or uncertain, all that was ever listed
may be counted, and may have come later. While some tie cannot be taken for its errors,
a city may have more of them than are listed.

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
    from citylinks.lint.rules import CheckedData

# What is counted on a city -> the kinds of ties that are surely meant.
_OF_CITY: dict[str, tuple[str, ...]] = {
    "sister cities": ("sister-city",),
    "friendship cities": ("friendship-city",),
    "partner cities": ("partner-city",),
    "sister ports": ("sister-port",),
    "friendship ports": ("friendship-port",),
    **{
        f"sister {word} friendship cities{rest}": (
            "sister-city",
            "friendship-city",
            "sister-or-friendship",
        )
        for word in ("and", "or")
        for rest in ("", " and states")
    },
}
_OF_PARTNERSHIP = ("members", "member cities")
_MAY_BE_EITHER = {"sister-city", "friendship-city"}


class _Listed(NamedTuple):
    """A city that the data lists, and since when and until when it counts."""

    city: str
    start: str | None
    end: str | None
    is_meant: bool = True  # surely, as opposed to perhaps
    is_over: bool = False  # at a time that is not stated


def check(data: CheckedData) -> Iterator[CrossRecordFinding]:
    """Find the counts that what is listed surely does not add up to."""
    near = data.near(
        "SELECT no FROM record WHERE type IN ('city', 'partnership')",
        "SELECT no FROM asked",
    )
    rows = data.fetch(
        f"SELECT r.no, r.type, r.id, r.body FROM ({near}) near CROSS JOIN record r"
        " ON r.no = near.no WHERE instr(r.body, '\"counts\":')"
    )
    if not rows:
        return
    is_lacking = bool(
        data.fetch("SELECT 1 FROM left_out WHERE type = 'partnership' LIMIT 1")
    )
    for row in rows:
        body = json.loads(row["body"])
        may_be_more = is_lacking and row["type"] == "city"
        for number, count in enumerate(body.get("counts", ())):
            listed = _listed(data, row["type"], row["id"], body, fold(count["of"]))
            if listed is not None:
                yield from _compared(
                    row["no"], number, count, listed, may_be_more=may_be_more
                )


def _listed(
    data: CheckedData, type_: str, id_: str, body: dict[str, Any], of: str
) -> list[_Listed] | None:
    """Return what the data lists of what is counted; None where the wording is another."""
    if type_ == "partnership" and of in _OF_PARTNERSHIP:
        return [
            _Listed(
                member["city"],
                member.get("from", body.get("start")),
                member.get("until"),
            )
            for member in body["members"]
        ]
    if type_ == "city" and of in _OF_CITY:
        return list(_ties(data, id_, _OF_CITY[of]))
    return None


def _ties(data: CheckedData, city: str, kinds: tuple[str, ...]) -> Iterator[_Listed]:
    """Yield each other city of the ties of a city that are, or may be, of these kinds."""
    may_be = {
        *kinds,
        *(("sister-or-friendship",) if _MAY_BE_EITHER & set(kinds) else ()),
    }
    rows = data.fetch(
        "SELECT t.kind, t.status, t.body FROM ref f JOIN record t ON t.no = f.record"
        " WHERE f.type = 'city' AND f.id = ? AND f.relation = 'members'"
        " AND t.kind IN (SELECT value FROM json_each(?)) ORDER BY t.id",
        (city, json.dumps(sorted(may_be))),
    )
    for row in rows:
        tie = json.loads(row["body"])
        is_over = row["status"] == "ended" and "end" not in tie
        for member in tie["members"]:
            if member["city"] != city:
                is_meant = row["kind"] in kinds
                yield _Listed(
                    member["city"], tie.get("start"), tie.get("end"), is_meant, is_over
                )


def _compared(
    no: int,
    number: int,
    count: dict[str, Any],
    listed: Iterable[_Listed],
    *,
    may_be_more: bool,
) -> Iterator[CrossRecordFinding]:
    """Yield that a count is more than may be listed, or less than surely is."""
    day = dates.parse(count["date"]) if "date" in count else None
    if day and (day.is_approximate or day.is_uncertain):
        day = None
    possible = {one.city for one in listed if not _is_outside(one, day)}
    certain = {one.city for one in listed if _is_inside(one, day)}
    stated = count["value"]
    is_more = stated > len(possible) and not may_be_more
    if is_more or stated < len(certain):
        found = len(possible) if is_more else len(certain)
        when = f" for '{count['date']}'" if day else ""
        said = f"{count['of']}: {stated} stated{when}, {found} listed"
        help_ = "record what is missing, or word `of` as what the source counts"
        yield CrossRecordFinding(no, ("counts", number, "value"), said, help_)


def _is_outside(one: _Listed, day: Date | None) -> bool:
    """Whether it surely did not count on that day."""
    if day is None:
        return False
    is_later = one.start is not None and dates.precedes(day, dates.parse(one.start))
    return is_later or (
        one.end is not None and dates.precedes(dates.parse(one.end), day)
    )


def _is_inside(one: _Listed, day: Date | None) -> bool:
    """Whether it surely counted on that day, all of it."""
    if day is None or one.start is None or not one.is_meant or one.is_over:
        return False
    has_begun = dates.precedes(dates.parse(one.start), day)
    return has_begun and (one.end is None or dates.precedes(day, dates.parse(one.end)))
