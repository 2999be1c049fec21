"""What lies ahead: round birthdays, and agreements that run out."""

from typing import Any, NamedTuple

from citylinks.answers.parts import Certainty, CityRef, RecordRef, Ref, SourceRef, Subject


class Anniversary(NamedTuple):
    """A round birthday of what stands at `path` of a record, at the precision of its date.

    `certainty` is how sure it is that it falls in the time asked for; `is_about` says that the
    `years` are, since the date is approximate. `kind` and `detail` are those of the entry in a
    timeline. `status` is that of the tie; of an event, the one that all its ties have. `last` is
    the latest round birthday that is over today, `next` the one after it.
    """

    date: str
    earliest: str | None
    latest: str | None
    certainty: Certainty
    years: int
    is_about: bool
    original: str
    kind: str
    detail: str | None
    title: str
    note: str | None
    cities: tuple[CityRef, ...]
    status: str | None
    last: str | None
    next: str | None
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str


class Expiry(NamedTuple):
    """An agreement that runs out, at `path` of a record, and is not renewed.

    `certainty` is how sure it is that it does so in the time asked for, null where it is over and
    stands here for that; `past` is how sure it is that it is over today, null where it is not.
    `renewed` is possible where dates leave open whether a renewal of the tie came before it.
    `status` is that of the tie.
    """

    expires: str
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    past: Certainty | None
    kind: str
    title: str
    signed: str | None
    parties: tuple[CityRef, ...]
    status: str | None
    themes: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    record: RecordRef
    path: str
    renewed: Certainty | None = None


class Anniversaries(NamedTuple):
    """The round birthdays that fall in a time, to the cities in `subjects` or at all.

    `today` is the ISO day of the question, `ended` how many were left out since their tie has
    ended, `vague` how many dates tell too little to have birthdays. Where the time asked for holds
    too many, those up to the end of the year `told_until` are here, and no others.
    """

    query: dict[str, Any]
    results: tuple[Anniversary, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0
    vague: int = 0
    told_until: str | None = None

    @property
    def more(self) -> int | None:
        """How many more there are: null where only the first of a long time are here."""
        return None if self.told_until else 0


class Expiring(NamedTuple):
    """The agreements that run out in a time, or have run out; `today`, `ended` as above."""

    query: dict[str, Any]
    results: tuple[Expiry, ...]
    subjects: tuple[Subject, ...] = ()
    today: str = ""
    ended: int = 0
