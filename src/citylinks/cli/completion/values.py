"""The completions of each kind of value that an option or argument may have.

A field names its kind in `completes` of its option, and the kind stands in `COMPLETES`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from citylinks.cli.completion import suggestions
from citylinks.cli.completion.suggestions import (
    Completion,
    PartialValue,
    from_list,
    matching,
    records,
)
from citylinks.model.vocabulary import (
    ALL_KINDS,
    LEVELS,
    PARTNERSHIP_KINDS,
    RECORD_TYPES,
    STATUSES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from citylinks.cli.completion.suggestions import Completions, Offer
    from citylinks.exporters import AnswerKind

# What the shell completes by itself.
FILES = Completion(":files")
DIRECTORIES = Completion(":directories")


def _files(_: PartialValue) -> Completions:
    return [FILES]


def _data_directories(typed: PartialValue) -> Completions:
    from citylinks.files.paths import SHIPPED

    shipped = Completion(SHIPPED, "the data that is installed")
    return [*matching(typed.text, [shipped]), DIRECTORIES]


def _commands(typed: PartialValue) -> Completions:
    from citylinks.cli.commands import COMMANDS

    known = {**COMMANDS, "help": "the help of a command"}
    completions = matching(typed.text, [Completion(*item) for item in known.items()])
    if completions:
        return completions
    return records("city", "partnership")(typed)


def _help_topics(typed: PartialValue) -> Completions:
    from citylinks.cli.commands import COMMANDS
    from citylinks.cli.help.topics import TOPICS

    known = {**COMMANDS, **TOPICS}
    return matching(typed.text, [Completion(*item) for item in known.items()])


def _timeline_subjects(typed: PartialValue) -> Completions:
    """Offer cities, and as the first subject partnerships too."""
    types = ("city",) if typed.before else ("city", "partnership")
    return records(*types)(typed)


def _records_to_show(typed: PartialValue) -> Completions:
    """Offer all records, and as the second one cities."""
    return records(*(("city",) if typed.before else RECORD_TYPES))(typed)


def _lists(typed: PartialValue) -> Completions:
    """Offer the lists, and kinds where none of these was begun."""
    from citylinks.query.kinds import plural_kinds
    from citylinks.questions.lists import LISTS

    lists = matching(typed.text, map(Completion, LISTS))
    return lists or matching(typed.text, map(Completion, plural_kinds()))


def _statistics(typed: PartialValue) -> Completions:
    """Offer the statistics, and cities."""
    from citylinks.cli.commands.stats import STATISTICS

    statistics = matching(typed.text, map(Completion, STATISTICS))
    return [*statistics, *records("city")(typed)]


def _evidence(typed: PartialValue) -> Completions:
    from citylinks.cli.commands.evidence import OVERVIEWS

    overviews = matching(typed.text, map(Completion, OVERVIEWS))
    return [*overviews, *records("city", "partnership", "event")(typed)]


def _columns(typed: PartialValue) -> Completions:
    """Offer the columns of a list after the last comma, or of a timeline."""
    from importlib import import_module

    from citylinks.questions import ANSWERS
    from citylinks.questions.selection import names_of_fields

    answer = typed.before[0] if typed.before[:1] and typed.before[0] in ANSWERS else ""
    module, class_name = ANSWERS[answer or "timeline"]
    answer_type = getattr(import_module(f"citylinks.questions.{module}"), class_name)
    before, comma, _ = typed.text.rpartition(",")
    names = [before + comma + name for name in names_of_fields(answer_type)]
    return matching(typed.text, map(Completion, names))


# -- Closed lists, imported when they are offered ---------------------------------


def _actions() -> Iterable[str]:
    from citylinks.cli.commands.index import ACTIONS

    return ACTIONS


def _adapters() -> Iterable[str]:
    from citylinks.importers import ADAPTERS

    return ADAPTERS


def _colors() -> Iterable[str]:
    from citylinks.cli.options import COLORS

    return COLORS


def _formats(answers: AnswerKind) -> list[str]:
    from citylinks.exporters import format_names

    return format_names(answers)


def _gaps() -> Iterable[str]:
    from citylinks.questions.gaps import LACKS

    return LACKS


def _groupings() -> Iterable[str]:
    from citylinks.questions.stats import BYS

    return BYS


def _timeline_groupings() -> Iterable[str]:
    from citylinks.questions.groups import GROUPINGS

    return GROUPINGS


def _shells() -> Iterable[str]:
    from citylinks.cli.commands.completion import SCRIPTS

    return SCRIPTS


# Kind of value -> what Tab offers.
COMPLETES: dict[str, Offer] = {
    "action": from_list(_actions),
    "adapter": from_list(_adapters),
    "calendar format": from_list(partial(_formats, "calendar")),
    "city": records("city"),
    "color": from_list(_colors),
    "column": _columns,
    "command": _commands,
    "country": suggestions.countries,
    "data directory": _data_directories,
    "evidence": _evidence,
    "file": _files,
    "gap": from_list(_gaps),
    "grouping": from_list(_groupings),
    "help topic": _help_topics,
    "kind": from_list(lambda: ALL_KINDS),
    "level": from_list(lambda: LEVELS),
    "list": _lists,
    "list format": from_list(partial(_formats, "list")),
    "organization": records("organization"),
    "partnership kind": from_list(lambda: PARTNERSHIP_KINDS),
    "place": suggestions.places,
    "record": _records_to_show,
    "record format": from_list(partial(_formats, "record")),
    "region": suggestions.regions,
    "report format": from_list(partial(_formats, "report")),
    "rule": suggestions.rules,
    "schema": from_list(suggestions.offered_schemas),
    "shell": from_list(_shells),
    "statistic": _statistics,
    "status": from_list(lambda: STATUSES),
    "theme": records("theme"),
    "timeline-grouping": from_list(_timeline_groupings),
    "timeline subject": _timeline_subjects,
}
