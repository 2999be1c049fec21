"""Options as people type them at first, read as those that a command has.

Only what a command refuses comes here, so that no other command waits for it.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from citylinks.cli.messages import as_typed
from citylinks.errors import UsageError
from citylinks.query.filters import Filters, parse_span_option
from citylinks.query.options import option_name
from citylinks.questions.plain_dates import read_today
from citylinks.text.suggestions import similarity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

# What is meant <- what is typed for it. A word with two meanings stands under both: the
# first that the command has is meant.
TYPED_FOR: dict[str, str] = {
    "any": "either",
    "as-of": "asof at",
    "by": "group group-by grouped-by per",
    "certain": "sure only-certain",
    "city": "cities partner partners town towns",
    "color": "colour",
    "country": "countries nation nations",
    "data": "data-dir data-directory directory dir",
    "count": "how-many",
    "fields": "column columns field show-columns",
    "format": "output-format f",
    "from": "after begin from-date since start",
    "kind": "kinds type types category categories",
    "level": "levels",
    "limit": "limits max max-count max-problems number top n first head",
    "no-header": "noheader no-headers without-header",
    "no-pager": "nopager without-pager",
    "organization": "org orgs organisation organisations organizations",
    "output": "out outfile file",
    "region": "continent continents regions",
    "reverse": "desc descending latest latest-first newest newest-first reversed",
    "sort": "order order-by orderby sort-by sorted sorted-by",
    "status": "statuses",
    "theme": "about keyword keywords subject subjects tag tags themes topic topics",
    "to": "before end till to-date until",
    "with": "city cities partner partners town towns",
    "within": "in-next next",
    "year": "date dates during on period when years",
}

# Flags that name a format -> the format.
FORMAT_FLAGS = {
    "csv": "csv",
    "excel": "csv",
    "ical": "ics",
    "ics": "ics",
    "jsonl": "jsonl",
    "markdown": "markdown",
    "md": "markdown",
    "ndjson": "jsonl",
    "plain": "text",
    "text": "text",
    "tsv": "tsv",
    "xls": "csv",
    "xlsx": "csv",
}

# Flags that say when to colour -> the setting.
COLOR_FLAGS = {"no-color": "never", "no-colour": "never"}

LEAST_ALIKE = 0.6  # the likeness of a mistyped option that is worth a guess


class TypedReading(NamedTuple):
    """The words of a command line as they are read, and the message that says so."""

    words: list[str]
    message: str


class TypedOption(NamedTuple):
    """An option as it was typed; `value` is what stands after it, if anything."""

    place: int
    flag: str
    value: str | None
    rest: list[str]

    @property
    def name(self) -> str:
        """The name without hyphens before it, in lower case."""
        return self.flag.lstrip("-").lower().replace("_", "-")


def read_long_dashes(words: Sequence[str], known: Collection[str]) -> TypedReading:
    """Return the words, with hyphens where an option begins with a long dash."""
    read = [_with_hyphens(word, known) for word in words]
    if read == list(words):
        return TypedReading(read, "")
    pairs = zip(words, read, strict=True)
    changed = [f"{before} as {after}" for before, after in pairs if before != after]
    return TypedReading(read, f"reading {', '.join(changed)}")


def _with_hyphens(word: str, known: Collection[str]) -> str:
    name, _, _ = word[1:].partition("=")
    if word[:1] in {"–", "—"} and _meant_option(name, known):
        return f"--{word[1:]}"
    return word


def read_option(
    words: Sequence[str], refused: str, known: Mapping[str, bool]
) -> TypedReading:
    """Return the words with a refused option as the option that is meant.

    `known` are the options of the command, and whether each takes a value. Where none
    of them is meant, it is a `UsageError`.
    """
    typed = _typed_option(words, refused)
    meant = _meant_option(typed.name, known)
    if meant is None:
        hint = _hint_at_option(typed.name, known)
        raise UsageError(f"no such option: {typed.flag}{hint}")
    before = list(words[: typed.place])
    if known.get(meant) and typed.value is not None:
        value = _read_value(typed)
        read = as_typed([meant, value])
        message = f"reading {as_typed([typed.flag, typed.value])} as {read}"
        return TypedReading([*before, meant, value, *typed.rest], message)
    after = typed.rest if typed.value is None else [typed.value, *typed.rest]
    message = f"reading {typed.flag} as {meant}"
    return TypedReading([*before, *meant.split(), *after], message)


def _typed_option(words: Sequence[str], refused: str) -> TypedOption:
    """Return the option that was refused; of `-theme`, only one letter is."""
    places = [n for n, word in enumerate(words) if _is_refused(word, refused)]
    if not places:
        raise UsageError(f"no such option: {refused}")
    place = places[0]
    flag, equals, value = words[place].partition("=")
    rest = list(words[place + 1 :])
    if equals:
        return TypedOption(place, flag, value, rest)
    if rest:
        return TypedOption(place, flag, rest[0], rest[1:])
    return TypedOption(place, flag, None, [])


def _is_refused(word: str, refused: str) -> bool:
    if refused.startswith("--"):
        return word.partition("=")[0] == refused
    return word[:1] == "-" != word[1:2] and refused[1:] in word


def _meant_option(name: str, known: Collection[str]) -> str | None:
    """Return the option that is meant by a name, with its value where it has one."""
    if f"--{name}" in known:  # typed in capitals, or with one hyphen
        return f"--{name}"
    for option, names in TYPED_FOR.items():
        if name in names.split() and f"--{option}" in known:
            return f"--{option}"
    if name in FORMAT_FLAGS and "--format" in known:
        return f"--format {FORMAT_FLAGS[name]}"
    if name in COLOR_FLAGS and "--color" in known:
        return f"--color {COLOR_FLAGS[name]}"
    return None


def _hint_at_option(name: str, known: Iterable[str]) -> str:
    """Return the hint at the option that is meant elsewhere, or is spelled alike."""
    for option, names in TYPED_FOR.items():
        if name in names.split():
            return f"; it means --{option}, which this command does not take"
    if name in map(option_name, Filters._fields):
        return "; timeline and list take it, this command does not"
    likeness = {flag: _likeness(name, flag.removeprefix("--")) for flag in known}
    nearest = max(likeness, key=likeness.__getitem__)
    if likeness[nearest] < LEAST_ALIKE:
        return "; --help lists the options"
    return f"; did you mean {nearest}?"


def _likeness(name: str, option: str) -> float:
    if len(name) > 2 and option.startswith(name):
        return 1.0
    return similarity(name, option)


# -- Values that are read otherwise too ---------------------------------------------


def _read_value(typed: TypedOption) -> str:
    """Return the value of an option: of `--after 2010`, it is 2011."""
    value = typed.value or ""
    if typed.name == "after":
        return _day_after(read_today(value))
    if typed.name == "before":
        return _day_before(read_today(value))
    return value


def _day_after(text: str) -> str:
    first, last = parse_span_option(text)
    if last is None or last == dt.date.max:
        raise UsageError(f"--after {text}: nothing comes after it")
    return _as_precise(first, last, last + dt.timedelta(days=1))


def _day_before(text: str) -> str:
    first, last = parse_span_option(text)
    if first is None or first == dt.date.min:
        raise UsageError(f"--before {text}: nothing comes before it")
    return _as_precise(first, last, first - dt.timedelta(days=1))


def _as_precise(first: dt.date | None, last: dt.date | None, day: dt.date) -> str:
    """Return the year, the month or the day next to a span, as precise as it is."""
    if first is None or last is None or first.day > 1 or not _ends_month(last):
        return day.isoformat()
    if first.month == 1 and last.month == 12:
        return day.isoformat()[: len("2010")]
    return day.isoformat()[: len("2010-01")]


def _ends_month(day: dt.date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
