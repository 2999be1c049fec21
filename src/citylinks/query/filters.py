"""The filters: their fields, options and meaning, in one place.

Several values of one filter mean any of them, except for `with_`, where all must match.
Different filters must all match.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypedDict

from citylinks import dates
from citylinks.errors import UsageError
from citylinks.model.vocabulary import (
    ALL_KINDS,
    KINDS_OF,
    LEVELS,
    PARTNERSHIPS_MADE_BY,
    PLURALS,
    STATUSES,
    in_words,
)
from citylinks.query.arguments import check_query
from citylinks.query.options import Option, set_values
from citylinks.text.safe import with_article

if TYPE_CHECKING:
    from citylinks.query import validity_sql


class FilterFields(NamedTuple):
    """The fields of `Filters`, each with its option."""

    theme: Annotated[
        Sequence[str],
        Option(
            "Only this theme and its narrower themes.",
            metavar="THEME",
            completes="theme",
        ),
    ] = ()
    year: Annotated[
        Sequence[str],
        Option(
            "Only what began or happened then: 2009, 1950s, 2009..2012.", metavar="DATE"
        ),
    ] = ()
    from_: Annotated[str | None, Option("Only from this date on.", metavar="DATE")] = (
        None
    )
    to: Annotated[str | None, Option("Only up to this date.", metavar="DATE")] = None
    certain: Annotated[bool, Option("Leave out results that are only possible.")] = (
        False
    )
    kind: Annotated[
        Sequence[str],
        Option(
            "Only this kind: sister-city, visit, start.",
            metavar="KIND",
            completes="kind",
        ),
    ] = ()
    country: Annotated[
        Sequence[str],
        Option(
            "Only with a city in this country: JP, Japan, Japon.",
            metavar="COUNTRY",
            completes="country",
        ),
    ] = ()
    region: Annotated[
        Sequence[str],
        Option(
            "Only with a city in this region: Asia, EU, Middle East.",
            metavar="REGION",
            completes="region",
        ),
    ] = ()
    between: Annotated[
        Sequence[str],
        Option(
            "Only with a city in both places: US JP, Europe Asia.",
            metavar="A B",
            completes="place",
            values=2,
        ),
    ] = ()
    status: Annotated[
        Sequence[str],
        Option(
            "Only this status: planned, active, dormant, suspended, ended.",
            metavar="STATUS",
            completes="status",
        ),
    ] = ()
    level: Annotated[
        Sequence[str],
        Option(
            "Only with a place of this level: city, state, port...",
            metavar="LEVEL",
            completes="level",
        ),
    ] = ()
    organization: Annotated[
        Sequence[str],
        Option("Only with this organization.", metavar="ORG", completes="organization"),
    ] = ()
    with_: Annotated[
        Sequence[str],
        Option(
            "Only with this city too; given twice, with both cities.",
            metavar="CITY",
            completes="city",
        ),
    ] = ()
    as_of: Annotated[
        str | None, Option("Show the state on this date.", metavar="DATE")
    ] = None
    any_: Annotated[
        bool, Option("With any of the cities of --with, not all of them.")
    ] = False


class Filters(FilterFields):
    """The filters of a question; each is optional.

    `theme`, `organization` and `with_` are ids or names; `year`, `from_`, `to` and
    `as_of` are EDTF or a short form such as `1950s` or `2009..2012`; `country` and
    `region` are codes or names, in any of the usual languages. `between` takes two
    countries or regions; each result has a city in both. With `as_of`, results are
    as they were at that time. All cities of `with_` take part in each result; with
    `any_`, at least one does. A single text stands for a list of one. A value of the
    wrong type raises `UsageError`.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # for type checkers, the parameters are the fields

        def __new__(cls, *values: object, **named: object) -> Self:
            """Hold each value to the type of its field."""
            return check_query(super().__new__(cls, *values, **named))

    def given(self) -> dict[str, Any]:
        """Return the filters that are set, by their names on the command line."""
        return set_values(self._fields, self)


class FilterOptions(TypedDict, total=False):
    """The filters as keywords: the fields of `Filters`, with the same types."""

    theme: Sequence[str]
    year: Sequence[str]
    from_: str | None
    to: str | None
    certain: bool
    kind: Sequence[str]
    country: Sequence[str]
    region: Sequence[str]
    between: Sequence[str]
    status: Sequence[str]
    level: Sequence[str]
    organization: Sequence[str]
    with_: Sequence[str]
    as_of: str | None
    any_: bool


NO_FILTERS = Filters()


# -- Words to values ----------------------------------------------------------


def choice_of(known: Iterable[str], noun: str) -> Callable[[str], str]:
    """Return a function that takes a word of `known`, and refuses any other."""
    words = tuple(known)

    def parse(text: str) -> str:
        word = text.strip().lower().replace(" ", "-").replace("_", "-")
        if word in words:
            return word
        meant = _called(word, words)
        if meant:
            raise UsageError(f"unknown {noun} '{text}'; did you mean '{meant}'?")
        raise UsageError(f"unknown {noun} '{text}'{_hint(text, words)}")

    return parse


def _called(word: str, words: Collection[str]) -> str | None:
    """Return the one of the words that goes by another name, if one does."""
    from citylinks.query.kinds import WORDS_FOR_STATUSES

    for status, names in WORDS_FOR_STATUSES.items():
        if status in words and word in names.split():
            return status
    return None


def _hint(text: str, words: Collection[str], others: Collection[str] = ()) -> str:
    """Return the known word that may be meant, or one of others, or else all known."""
    from citylinks.text.suggestions import did_you_mean

    hint = did_you_mean(text, words) or did_you_mean(text, others)
    return hint or f"; choose from {', '.join(words)}"


parse_status = choice_of(STATUSES, "status")
_parse_level_id = choice_of(LEVELS, "level")


def parse_level(text: str) -> frozenset[str]:
    """Return the levels that a word means: one by its id, or several in speech."""
    if text.strip().lower() in LEVELS:
        return frozenset((text.strip().lower(),))
    from citylinks.model.kind_names import levels_called

    return frozenset(levels_called(text) or (_parse_level_id(text),))


parse_kind = choice_of(ALL_KINDS, "kind")


def of_kinds(filters: Filters, *having: str, beside: Sequence[str] = ()) -> Filters:
    """Return the filters with the kinds that are meant of what can be asked here.

    `having` are keys of `KINDS_OF`, `beside` are single kinds that can be asked for
    too. A kind that nothing here can have is a `UsageError` that says what has it.
    """
    known: dict[str, None] = {}
    for bearer in having:
        known |= dict.fromkeys((*KINDS_OF[bearer], *beside))
    kinds: list[str] = []
    for text in filters.kind:
        kinds += _kinds(text, known, having)
    return filters._replace(kind=tuple(dict.fromkeys(kinds)))


def _kinds(text: str, known: Collection[str], having: Collection[str]) -> Sequence[str]:
    """Return the kinds that a text means: by its id, or else by a name of it."""
    kind = "-".join(text.strip().lower().replace("_", " ").split())
    if kind in known:
        return [kind]
    if "partnership" in having and kind in PARTNERSHIPS_MADE_BY:
        return [PARTNERSHIPS_MADE_BY[kind]]
    from citylinks.query.kinds import kinds_called

    called = kinds_called(text)
    meant = [each for each in called if each in known]
    if meant:
        return meant
    if called:
        kind = called[0]
    bearers = [bearer for bearer, kinds in KINDS_OF.items() if kind in kinds]
    if bearers:
        raise UsageError(_misplaced(kind, bearers))
    raise UsageError(f"unknown kind '{text}'{_hint(text, known, _every_kind())}")


def _misplaced(kind: str, bearers: Sequence[str]) -> str:
    """Return the message for a kind of something else, with the command to ask it."""
    commands = [f"{_command_about(bearer)} --kind {kind}" for bearer in bearers]
    return (
        f"{_kind_in_words(kind, bearers[0])} is a kind of {' and of '.join(bearers)}:"
        f" {' or '.join(commands)}"
    )


def _command_about(bearer: str) -> str:
    if bearer == "entry":
        return "citylinks timeline"
    plurals = {**PLURALS, "agreement": "agreements"}
    return f"citylinks list {plurals[bearer]}"


def _kind_in_words(kind: str, bearer: str) -> str:
    if bearer in {"entry", "source"} or kind == "unspecified":
        return f"'{kind}'"
    return with_article(in_words(kind))


def _every_kind() -> Collection[str]:
    """Return the kinds of all that has kinds."""
    return dict.fromkeys(chain.from_iterable(KINDS_OF.values()))


def parse_span_option(text: str) -> dates.Span:
    """Return the span of time that a person means; `UsageError` where it is none."""
    try:
        return dates.parse_span(text.strip())
    except dates.DateError as error:
        raise UsageError(str(error)) from None


def parse_period(text: str, today: dt.date) -> dates.Span:
    """Return the span from today on that a period such as `90d` or `2 years` means.

    The last day is the same of its month, or the end of a shorter one; none lies after
    9999.
    """
    from citylinks.dates.periods import move_day, read_period

    return dates.Span(today, move_day(today, read_period(text)))


def parse_country(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of a country given by code or name."""
    from citylinks.query.places import country_meaning

    return country_meaning(text).codes


def parse_region(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries in a region."""
    from citylinks.query.places import region_meaning

    return region_meaning(text).codes


def parse_sides(filters: Filters) -> list[frozenset[str]]:
    """Return the codes of the countries on each side of `between`, if it is given."""
    if not filters.between:
        return []
    from citylinks.query.places import place_meaning

    if len(filters.between) != 2:
        number = len(filters.between)
        raise UsageError(
            f"--between takes two countries or regions, as in US JP, not {number}"
        )
    return [place_meaning(text).codes for text in filters.between]


def requested_spans(filters: Filters) -> tuple[tuple[str, str], ...]:
    """Return the spans asked for as pairs of ISO days; of several years, any."""
    spans = [parse_span_option(text) for text in filters.year]
    first = last = None
    if filters.from_ is not None:
        first = _bound("from", filters.from_, "to").first
    if filters.to is not None:
        last = _bound("to", filters.to, "from").last
    if not filters.year and filters.from_ is None and filters.to is None:
        return ()
    narrowed = []
    for span in spans or [dates.Span(None, None)]:
        first_day, last_day = _narrowed(span, first, last)
        if first_day <= last_day:
            narrowed.append((first_day, last_day))
    if first and last and last < first:
        raise UsageError(f"--from {filters.from_} is after --to {filters.to}")
    no_day = ((dates.NO_LATEST, dates.NO_EARLIEST),)
    return tuple(_joined(sorted(narrowed))) or no_day


def _bound(name: str, text: str, other: str) -> dates.Span:
    """Return the span of --from or --to; refuse one that has only the other end."""
    span = parse_span_option(text)
    if (span.first if name == "from" else span.last) is None:
        words = dates.span_in_words(text)
        end = "start" if name == "from" else "end"
        raise UsageError(
            f"--{name} '{words}' sets no {end}; did you mean --{other}, or --year?"
        )
    return span


def _joined(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return spans in order, those that touch or overlap as one.

    What falls in 1959 or in 1960, nobody knows in which, falls in both together for
    certain.
    """
    joined: list[tuple[str, str]] = []
    for span in spans:
        if joined and _follows(span[0], joined[-1][1]):
            before = joined.pop()
            joined.append((before[0], max(before[1], span[1])))
        else:
            joined.append(span)
    return joined


def _follows(first: str, last: str) -> bool:
    """Whether no day lies between the last of one span and the first of another."""
    return (
        dt.date.fromisoformat(first).toordinal()
        <= dt.date.fromisoformat(last).toordinal() + 1
    )


def _narrowed(
    span: dates.Span, first: dt.date | None, last: dt.date | None
) -> tuple[str, str]:
    """Return the ISO days of a span, with what lies before and after left out."""
    first_day = max(span.first or dt.date.min, first or dt.date.min)
    last_day = min(span.last or dt.date.max, last or dt.date.max)
    return first_day.isoformat(), last_day.isoformat()


def as_of_period(filters: Filters) -> "validity_sql.PeriodDays | None":
    """Return the first and the last day of `as_of`, where it is given."""
    if filters.as_of is None:
        return None
    return _narrowed(parse_span_option(filters.as_of), None, None)
