"""What happened, in order."""

from typing import Any, NamedTuple

from citylinks.answers.parts import (
    AttendanceRef,
    Certainty,
    CityRef,
    ClaimRef,
    Group,
    PartnershipRow,
    PillarRef,
    RecordRef,
    Ref,
    SourceRef,
    Subject,
)


class TimelineEntry(NamedTuple):
    """One dated thing; `certainty` is null where no span of time was asked for.

    `kind` is the kind of an event, or plan, start, end, join, member (joined nobody knows when),
    leave, term, status, agreement, expiry, outcome or count; `detail` says more closely what: the
    kind of tie or paper, the role, the status.
    `undated_members` of what began are those of whom nobody knows when they joined it.
    An entry of several groups is there once for each; `group` is null where it is of none.
    """

    date: str | None
    earliest: str | None
    latest: str | None
    certainty: Certainty | None
    kind: str
    detail: str | None
    title: str
    summary: str | None
    cities: tuple[CityRef, ...]
    themes: tuple[Ref, ...]
    organizations: tuple[Ref, ...]
    sources: tuple[SourceRef, ...]
    claims: tuple[ClaimRef, ...]
    record: RecordRef
    pillars: tuple[PillarRef, ...] = ()
    attendance: AttendanceRef | None = None
    group: Group | None = None
    undated_members: tuple[CityRef, ...] = ()


class Timeline(NamedTuple):
    """What happened, in order: `subjects` are whom it was asked of, `ties` what is between them.

    `networks` are what several of them belong to without its filling their timeline, with only
    these of their members. There are so many `more` results than were asked for.
    """

    query: dict[str, Any]
    results: tuple[TimelineEntry, ...]
    subjects: tuple[Subject, ...] = ()
    ties: tuple[PartnershipRow, ...] = ()
    networks: tuple[PartnershipRow, ...] = ()
    more: int = 0
