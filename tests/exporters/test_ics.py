"""Calendars: read back with `icalendar`, and held to RFC 5545 byte by byte."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from support import environment

from citylinks import Filters, KnowledgeBase
from citylinks.cli.app import main
from citylinks.exporters.ics import lines, without_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from citylinks.questions.anniversaries import Anniversaries
    from citylinks.questions.expiring import Expiring

    WriteData = Callable[[Mapping[str, str]], Path]

LONG = "Η φιλία των πόλεων, 姉妹都市の縁; one \\ two, " * 4 + "three"


@pytest.fixture(autouse=True)
def no_fixed_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def made_up(data: WriteData) -> Path:
    return data(
        {
            "cities/alpha.yaml": "name: Alpha",
            "cities/beta.yaml": "name: Beta",
            "partnerships/a-b.yaml": f"""
                kind: sister-city
                members: [alpha, beta]
                start: 1956-02-29
                agreements:
                  - {{kind: protocol, title: '{LONG}', signed: 2016-12-24, expires: 2027-01-31}}
                  - {{kind: agreement, signed: "2021-12-24?", expires: 2027-02}}
                  - {{kind: letter-of-intent, signed: "2021-12-24~"}}
                sources: [plain, page]
                """,
            "events/visit.yaml": "{title: A visit, date: 2016-12-25/2016-12-27, kind: founding}",
            "sources.yaml": "plain: {title: A book}\npage: {title: A page, url: 'https://a.org/x,y;z'}",
        }
    )


def written(answer: Anniversaries | Expiring) -> bytes:
    return "".join(lines(answer)).encode()


def events_of(answer: Anniversaries | Expiring) -> list[Any]:
    """Return the events of a calendar as they are read back."""
    return list(Calendar.from_ical(written(answer)).walk("VEVENT"))


def anniversaries(root: Path, year: str = "2026", step: int = 5) -> Anniversaries:
    with KnowledgeBase.open(root) as kb:
        return kb.anniversaries(Filters(year=[year]), step=step)


def expiring(root: Path) -> Expiring:
    with KnowledgeBase.open(root) as kb:
        return kb.expiring()


# -- Round trip ---------------------------------------------------------------


def test_what_is_known_to_the_day_is_read_back(made_up: Path) -> None:
    answer = anniversaries(made_up)
    events = {str(event["uid"]): event for event in events_of(answer)}
    dated = [row for row in answer.results if row not in without_day(answer)]
    assert len(events) == len(dated) == 4
    assert [undated[0] for undated in without_day(answer)] == ["2026-12-24~"]
    for row, event in zip(dated, events.values(), strict=True):
        day = event["dtstart"].dt
        assert (type(day), day.isoformat()) == (date, row.earliest)
        assert str(event["summary"]).startswith(f"{row.years} years: {row.title}")
        assert all(city.name in str(event["description"]) for city in row.cities)
        assert all(source.title in str(event["description"]) for source in row.sources)


def test_29_february_says_that_it_falls_on_the_28th(made_up: Path) -> None:
    [event] = [
        event
        for event in events_of(anniversaries(made_up))
        if "start" in str(event["uid"])
    ]
    assert event["dtstart"].dt == date(2026, 2, 28)
    assert "29 February falls on 28 February" in str(event["description"])


def test_what_is_in_doubt_is_tentative(made_up: Path) -> None:
    events = events_of(anniversaries(made_up))
    assert {str(e["uid"]): str(e["status"]) for e in events} == {
        "partnership/a-b/start/70@citylinks": "CONFIRMED",
        "partnership/a-b/agreements[0].signed/10@citylinks": "CONFIRMED",
        "partnership/a-b/agreements[1].signed/5@citylinks": "TENTATIVE",
        "event/visit/date/10@citylinks": "CONFIRMED",
    }


def test_only_a_source_with_an_address_gives_one(made_up: Path) -> None:
    events = events_of(anniversaries(made_up))
    urls = {str(event["uid"]).partition("/")[0]: event.get("url") for event in events}
    assert urls == {"partnership": "https://a.org/x,y;z", "event": None}


def test_agreements_that_run_out(made_up: Path) -> None:
    answer = expiring(made_up)
    [event] = events_of(answer)
    assert event["dtstart"].dt == date(2027, 1, 31)
    assert str(event["summary"]) == f"Runs out: {LONG} (Alpha and Beta)"
    assert [undated[0] for undated in without_day(answer)] == ["2027-02"]


def test_nothing_is_a_calendar_too(made_up: Path) -> None:
    answer = anniversaries(made_up, "1900")
    assert str(Calendar.from_ical(written(answer))["version"]) == "2.0"
    assert events_of(answer) == []


# -- The bytes (RFC 5545) -----------------------------------------------------


def test_the_bytes_keep_to_the_standard(made_up: Path) -> None:
    raw = written(anniversaries(made_up, "1950..2100", 1))
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    physical = raw.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, physical)) <= 75
    assert any(line.startswith(b" ") for line in physical)
    for line in physical:
        line.decode()  # no character is broken by a fold
    logical = raw.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert logical[:3] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//citylinks//citylinks//EN",
    ]
    uids = [line for line in logical if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == logical.count("BEGIN:VEVENT") > 100
    starts = [line for line in logical if line.startswith("DTSTART")]
    assert len(starts) == len(uids)
    assert all(re.fullmatch(r"DTSTART;VALUE=DATE:\d{8}", line) for line in starts)
    stamps = {line for line in logical if line.startswith("DTSTAMP")}
    assert stamps == {"DTSTAMP:20261122T000000Z"}


def test_the_day_of_the_source_is_the_stamp(
    made_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    [event, *_] = events_of(anniversaries(made_up))
    assert event["dtstamp"].dt == datetime(2025, 1, 1, tzinfo=UTC)


def test_an_event_keeps_its_name_on_another_day(
    made_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = re.findall(rb"UID:.*", written(anniversaries(made_up)))
    monkeypatch.setenv("CITYLINKS_TODAY", "2027-03-04")
    assert re.findall(rb"UID:.*", written(anniversaries(made_up))) == uids


@pytest.mark.parametrize(
    "option", [["--format", "ics", "-o", "a.txt"], ["-o", "a.ics"]]
)
def test_a_file_has_the_same_bytes(
    made_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    arguments = ["anniversaries", "--data", str(made_up), "--year", "2026"]
    assert main([*arguments, *option]) == 0
    assert (tmp_path / option[-1]).read_bytes() == written(anniversaries(made_up))


def test_a_pipe_has_the_same_bytes(made_up: Path, tmp_path: Path) -> None:
    arguments = [
        "anniversaries",
        "--data",
        str(made_up),
        "--year",
        "2026",
        "--format",
        "ics",
    ]
    piped = subprocess.run(
        [sys.executable, "-m", "citylinks", *arguments],
        env=environment(tmp_path),
        capture_output=True,
        check=True,
    )
    assert piped.stdout == written(anniversaries(made_up))
