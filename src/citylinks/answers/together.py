"""What connects cities, and what they share."""

from typing import Any, Literal, NamedTuple

from citylinks.answers.parts import Certainty, CityRef, PartnershipRow, SourceRef, Subject


class Link(NamedTuple):
    """A tie or an event that connects a city with another, or with what it shares with others.

    `date` is since when a tie is, and `status` its status; `since` is when the two cities that it
    connects belong to it together, and `until` when one of them left or it ended: null where it
    is an event, or stands for what one city shares with many. `certainty` is how sure it is
    that it connected them at the time asked for, null where none was.
    """

    type: str
    id: str
    name: str
    kind: str
    date: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    end: str | None
    status: str | None
    sources: tuple[SourceRef, ...]
    since: str | None = None
    until: str | None = None


class Chain(NamedTuple):
    """One of the shortest chains from city to city: `number` among `total`, of `length` ties.

    The first of `ties` holds all those between the first and the second of the cities, and so on.
    """

    number: int
    total: int
    length: int
    cities: tuple[CityRef, ...]
    ties: tuple[tuple[Link, ...], ...]


class Shared(NamedTuple):
    """What cities have in common: a partner, a network, a theme or an event.

    `country` is that of a partner. `links` holds, for each of the cities in the order in which they
    were asked for, the ties and events by which it has that.
    """

    type: Literal["partner", "network", "theme", "event"]
    id: str
    name: str
    country: str | None
    links: tuple[tuple[Link, ...], ...]


class Chains(NamedTuple):
    """The shortest chains of ties between two cities; none where there is no chain.

    `is_cut` where one was looked for only up to a length, and a longer one may exist.
    """

    query: dict[str, Any]
    results: tuple[Chain, ...]
    subjects: tuple[Subject, ...] = ()
    is_cut: bool = False

    @property
    def more(self) -> int | None:
        """How many more chains are as short; null where a longer one may exist."""
        if self.is_cut:
            return None
        return self.results[0].total - len(self.results) if self.results else 0


class Common(NamedTuple):
    """What all of several cities share; `subjects` are these, `ties` what is between them."""

    query: dict[str, Any]
    results: tuple[Shared, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
