"""The groups of a timeline; an entry of several stands in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.query.filters import choice_of
from citylinks.questions.results import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from citylinks.query.subjects import TimelineSubjects
    from citylinks.questions.results import TimelineEntry

    Groups = dict[Group | None, list[TimelineEntry]]

NO_BEGINNING = Group("unknown", "Beginning not known")


def decade_group(entry: TimelineEntry, _: TimelineSubjects) -> Iterable[Group]:
    """Yield the decade in which its date begins; a century stands for itself."""
    if not entry.date:
        return
    first = entry.date.removeprefix("[").split("..")[0].split("/")[0]
    if not first:
        yield NO_BEGINNING
    elif first[2:4] == "XX":
        yield Group(f"{first[:2]}XX", f"{first[:2]}00–99")
    else:
        yield Group(f"{first[:3]}0s", f"{first[:3]}0s")


def theme_groups(entry: TimelineEntry, _: TimelineSubjects) -> Iterable[Group]:
    """Yield its themes, each by itself, without those that are broader."""
    for theme in entry.themes:
        yield Group(theme.id, theme.name)


def city_groups(entry: TimelineEntry, who: TimelineSubjects) -> Iterable[Group]:
    """Yield the cities beside the subjects; of several subjects, these themselves."""
    for city in entry.cities:
        if (city.id in who.pair) == is_of_each(who):
            yield Group(city.id, city.name)


def is_of_each(who: TimelineSubjects) -> bool:
    """Whether the cities are so many that an entry may be about some of them."""
    if who.partnerships:
        return False
    return len(who.cities) > 2 or (who.any_ and len(who.cities) > 1)


# Name -> what yields the groups of an entry. Add a grouping by its line.
GROUPINGS: dict[str, Callable[[TimelineEntry, TimelineSubjects], Iterable[Group]]] = {
    "decade": decade_group,
    "theme": theme_groups,
    "city": city_groups,
}
parse_grouping = choice_of(GROUPINGS, "grouping")


def group_entries(
    entries: Sequence[TimelineEntry], by: str, who: TimelineSubjects, *, reverse: bool
) -> tuple[TimelineEntry, ...]:
    """Return the entries group by group, each with its group, those of none last.

    Decades stand in their order, cities that were asked about in that of the question,
    and other groups by their size, the largest first.
    """
    groups: Groups = {}
    for entry in entries:
        for group in dict.fromkeys(GROUPINGS[by](entry, who)) or (None,):
            groups.setdefault(group, []).append(entry._replace(group=group))
    grouped: list[TimelineEntry] = []
    for group in _in_order(groups, by, who, reverse):
        grouped += groups[group]
    return tuple(grouped)


def _in_order(
    groups: Groups, by: str, who: TimelineSubjects, reverse: bool
) -> list[Group | None]:
    known = sorted(group for group in groups if group)
    if by == "decade":
        known.sort(reverse=reverse)
        known.sort(key=lambda group: group == NO_BEGINNING)
    elif by == "city" and is_of_each(who):
        known.sort(key=lambda group: who.cities.index(group.id))
    else:
        known.sort(key=lambda group: -len(groups[group]))
    if None in groups:
        return [*known, None]
    return [*known]
