"""The public names, and the data that is shipped."""

from __future__ import annotations

from support import ROOT

import citylinks
from citylinks import KnowledgeBase, dates
from citylinks.cli.commands import COMMANDS
from citylinks.files.diagnostics import RULES


def test_public_names_are_written_down_and_importable() -> None:
    assert sorted(citylinks.__all__) == [
        "AmbiguousError",
        "CitylinksError",
        "ClosedError",
        "Filters",
        "KnowledgeBase",
        "NoDataError",
        "NotFoundError",
        "UsageError",
        "dates",
    ]
    for name in set(citylinks.__all__) - {"dates"}:
        assert getattr(citylinks, name).__module__.startswith("citylinks.")


def test_dates_are_public() -> None:
    assert citylinks.dates is dates
    for name in dates.__all__:
        assert hasattr(dates, name)
    for public in (dates.Date, dates.Span, dates.DateError, dates.parse, dates.before):
        assert public.__doc__


def test_typed() -> None:
    assert (ROOT / "src" / "citylinks" / "py.typed").is_file()


def test_shipped_data_has_no_problem() -> None:
    assert KnowledgeBase.open(ROOT / "data").validate().results == ()


def test_codes_and_names_of_rules_are_unique() -> None:
    assert (
        len({rule.code for rule in RULES})
        == len(RULES)
        == len({rule.name for rule in RULES})
    )


def test_every_command_has_its_transcript() -> None:
    transcripts = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests" / "golden").glob("*.test")
    )
    for command in COMMANDS.keys() - {"version"}:  # its output names the interpreter
        assert f"citylinks {command}" in transcripts, command
