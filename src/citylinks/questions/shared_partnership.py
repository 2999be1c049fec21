"""The partnership that is meant by the names of two cities."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from citylinks.errors import AmbiguousError, CitylinksError, NotFoundError, UsageError
from citylinks.model.vocabulary import GATHERING_KINDS, RECORD_TYPES
from citylinks.query.names.lookup import is_name
from citylinks.query.sql import IN, json_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from citylinks.questions.session import Session

# The partnerships of two cities, those of the two alone first; networks and the like
# are not theirs. Takes the ids of the cities twice.
_WITH_MEMBER = (
    "SELECT record FROM ref WHERE type = 'city' AND relation = 'members' AND id = ?"
)
# Between the first and the last member, where a table has no room: Lyon – … – Turin.
_WITH_OTHERS = r"[–-]\s*(…|\.\.\.)\s*[–-]"

_SHARED = f"""
SELECT r.id, count(DISTINCT m.id) AS members FROM record r
JOIN ref m ON m.record = r.no AND m.type = 'city' AND m.relation = 'members'
WHERE r.type = 'partnership' AND r.kind NOT {IN}
AND r.no IN ({_WITH_MEMBER}) AND r.no IN ({_WITH_MEMBER})
GROUP BY r.no ORDER BY members, r.date IS NULL, r.sort_key, r.id
"""


def shared_partnership(session: Session, text: str) -> tuple[str, str] | None:
    """Return the type and id of the partnership of two cities in a text.

    None where the text is not two cities. Where they have none, it is a
    `NotFoundError`, and where they have several, an `AmbiguousError` that names them.
    """
    names = session.cities_in([text])
    if len(names) < 2 or _names_one_record(session, text, names):
        return None
    ids = _cities_of(session, text)
    if len(ids) == 1:
        return None
    if len(ids or names) > 2:
        return _partnership_of_all(session, text, names)
    first, second = ids or session.ids("city", names)
    if first == second:
        raise UsageError(f"the same city twice: '{names[0]}' and '{names[1]}'")
    shared = session.fetch(_SHARED, (json_list(GATHERING_KINDS), first, second))
    of_two = [row["id"] for row in shared if row["members"] == 2]
    of_more = [row["id"] for row in shared if row["members"] > 2]
    meant = of_two or of_more
    if re.search(_WITH_OTHERS, text):
        meant = of_more
    if not meant:
        raise NotFoundError(_no_partnership(names))
    if len(meant) > 1:
        commands = " or ".join(f"citylinks show {id_}" for id_ in meant)
        pair = " and ".join(names)
        raise AmbiguousError(f"{pair} have {len(meant)} partnerships: {commands}")
    return "partnership", meant[0]


def _partnership_of_all(
    session: Session, text: str, names: Sequence[str]
) -> tuple[str, str]:
    """Return the partnership that is printed so: `Lyon – Barcelona – Turin`."""
    with suppress(CitylinksError):  # that is no name, whatever else is wrong with it
        key = session.key(text, *RECORD_TYPES)
        if key[0] == "partnership":
            return key
    raise UsageError(
        "show takes one record or two cities; for more:"
        f" citylinks timeline {_in_shell(names)}"
    )


def _cities_of(session: Session, text: str) -> tuple[str, ...]:
    """Return the cities of a text by their ids; none where it is not only cities."""
    try:
        return session.ids("city", [text])
    except NotFoundError:  # its names are asked for next, which says what is wrong
        return ()


def _names_one_record(session: Session, text: str, names: Sequence[str]) -> bool:
    """Whether a text is the name of one record, and not of two cities alone."""
    if not is_name(session.index, text):
        return False
    if not is_name(session.index, text, ("partnership",)):
        return True
    are_cities = (is_name(session.index, name, ("city",)) for name in names)
    return len(names) > 2 or not all(are_cities)


def _no_partnership(names: Sequence[str]) -> str:
    cities = _in_shell(names)
    return (
        f"no partnership of {' and '.join(names)} is on record; what they share:"
        f" citylinks timeline {cities}; how they are connected: citylinks path {cities}"
    )


def _in_shell(names: Sequence[str]) -> str:
    return " ".join(f"'{name}'" if " " in name else name for name in names)
