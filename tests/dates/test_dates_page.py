"""`docs/dates.md` says what the library does, and where another reader of EDTF differs."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import math
import re
import warnings
from typing import Any

import pytest
from support import ROOT

from citylinks.dates import DateError, certainty, parse, parse_span, read_as_edtf

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import EDTFParseException, parse_edtf

PAGE = (ROOT / "docs" / "dates.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (.*) \|$", re.MULTILINE)


def table(first_heading: str) -> list[list[str]]:
    """Return the rows of the table whose first column is called so, without their
    backticks.
    """
    head, _, rest = PAGE.partition(f"| {first_heading} | ")
    assert head != PAGE
    rows = ROW.findall(rest.partition("\n\n")[0].partition("|\n")[2])
    return [[cell.strip().strip("`") for cell in row.split(" | ")] for row in rows]


def bound(day: dt.date | None) -> str:
    return day.isoformat() if day else "…"


@pytest.mark.parametrize("row", table("text | level, section"), ids=lambda row: row[0])
def test_forms(row: list[str]) -> None:
    text, _, first, last, human = row
    parsed = parse(text)
    assert (bound(parsed.earliest), bound(parsed.latest), parsed.human) == (
        first,
        last,
        human,
    )


@pytest.mark.parametrize("row", table("short form"), ids=lambda row: row[0])
def test_short_forms(row: list[str]) -> None:
    text, first, last = row
    assert [bound(day) for day in parse_span(text)] == [first, last]


TODAY = dt.date(2026, 11, 22)
READ = [
    (written.strip("`"), edtf.strip("`"))
    for row in table("what people write")
    for written, edtf in zip(row[0].split("`, `"), row[1].split("`, `"), strict=True)
]


@pytest.mark.parametrize(("written", "edtf"), READ)
def test_what_people_write(written: str, edtf: str) -> None:
    assert read_as_edtf(written, TODAY) == edtf


@pytest.mark.parametrize("row", table("what is refused"), ids=lambda row: row[0])
def test_what_is_refused(row: list[str]) -> None:
    written, reason = row
    with pytest.raises(DateError, match=f" {reason}"):
        read_as_edtf(written, TODAY)


@pytest.mark.parametrize("row", table("date"), ids=lambda row: f"{row[0]} in {row[1]}")
def test_certain_and_possible(row: list[str]) -> None:
    text, span, answer, _ = row
    assert (certainty(parse(text), parse_span(span)) or "no") == answer


def test_the_examples_in_python_say_what_they_return() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
    names: dict[str, Any] = {}
    checked = 0
    for line in code.splitlines():
        expression, _, comment = line.partition("  # ")
        if line.startswith(("from ", "about = ")) or not expression:
            exec(expression, names)
            continue
        value = eval(expression, names)
        expected = re.match(r"'[^']*'|\d+", comment)
        if expected:
            assert repr(value) == expected[0], line
            checked += 1
    assert checked == 9


# -- Another reader -----------------------------------------------------------


def ours(text: str) -> str:
    try:
        parsed = parse(text)
    except DateError:
        return "refused"
    return f"{bound(parsed.earliest)} to {bound(parsed.latest)}"


def theirs(text: str) -> str:
    """Return its bounds, as wide as it takes a mark to be; it prints what it fails at."""
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            parsed = parse_edtf(text)
            return f"{their_day(parsed.lower_fuzzy())} to {their_day(parsed.upper_fuzzy())}"
    except (EDTFParseException, AttributeError):
        return "refused"


def their_day(day: Any) -> str:
    if isinstance(day, float) and math.isinf(day):
        return "…"
    return "{:04}-{:02}-{:02}".format(*day[:3])


@pytest.mark.parametrize("row", table("text | citylinks"), ids=lambda row: row[0])
def test_where_the_edtf_package_differs(row: list[str]) -> None:
    text, citylinks, edtf, _ = row
    assert (ours(text), theirs(text)) == (citylinks, edtf)
    assert citylinks != edtf
