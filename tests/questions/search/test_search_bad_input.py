"""What may be typed into a search, and stand in a record: an answer or one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import ROOT, environment

from citylinks import KnowledgeBase, UsageError
from citylinks.cli.app import main

HERE = Path(__file__).parent
BOUND = 15  # seconds of CPU time; what is refused is refused at once

ANY = "*"  # an answer of some kind
NO_WORD = "the text has no word to search for"
ODD = {
    # What is syntax to FTS5 and to SQL is text here.
    '"': NO_WORD,
    '""': NO_WORD,
    "*": NO_WORD,
    "()": NO_WORD,
    ":": NO_WORD,
    "^": NO_WORD,
    "- + -": NO_WORD,
    '"lyon': "city/lyon",
    'ly"on': "",
    '"silk industry" "': "city/lyon",
    "lyon*": "city/lyon",
    "^lyon": "city/lyon",
    "(lyon": "city/lyon",
    "name:lyon": "",
    "{name} : lyon": ANY,
    "lyon AND yokohama": ANY,
    "lyon OR yokohama": ANY,
    "NOT lyon": ANY,
    "NEAR(lyon yokohama)": "",
    'NEAR("lyon" "yokohama", 10)': "",
    "lyon-yokohama": "partnership/lyon-yokohama",
    "'; DROP TABLE record; --": "",
    "%": NO_WORD,
    "100%_": "",
    "\\": NO_WORD,
    # What is no word, or is one in an odd form.
    "": NO_WORD,
    "   \t\n ": NO_WORD,
    "?!…—": NO_WORD,
    "👩‍👩‍👧": NO_WORD,
    "👩‍👩‍👧 lyon": "city/lyon",
    "\u0301" * 1000: NO_WORD,
    "lyo" + "\u0301" * 990 + "n": "city/lyon",
    "\u200d\u200c\ufeff": NO_WORD,
    "\u202elyon\u202c": "city/lyon",
    "القاهرة\u200f": "city/cairo",
    "\ufeffly\u00adon": "city/lyon",
    "\x1b[31mlyon": "",
    "[red]lyon[/red]": "",
    "ly\x00on": "",
    "\x00": NO_WORD,
    "\x00 lyon": "city/lyon",
    "\ud800": NO_WORD,
    "\ud800 lyon \udcff": "city/lyon",
    "\ue000": NO_WORD,
    # Too much.
    "a" * 100_000: "a search may have at most 1,000 characters",
    "lyon " * 20_000: "a search may have at most 1,000 characters",
    "横" * 100_000: "a search may have at most 1,000 characters",
    "\u0301" * 100_000: "a search may have at most 1,000 characters",
    "横" * 1_001: "a search may have at most 1,000 characters",
    " ".join(map(str, range(33))): "a search may have at most 32 words",
    " ".join(map(str, range(32))): "",
    "-".join(["a"] * 500): "",
    "lyon " * 150: "city/lyon",
    "横" * 1_000: "",
    "a" * 1_000: "",
}


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed)[:40])
def test_an_odd_text_is_answered_or_refused(kb: KnowledgeBase, typed: str) -> None:
    expected, begun = ODD[typed], time.process_time()
    if " " in expected:
        with pytest.raises(UsageError) as raised:
            kb.search(typed)
        assert str(raised.value) == expected
    else:
        answer = kb.search(typed)
        ids = [f"{hit.record.type}/{hit.record.id}" for hit in answer.results]
        if expected and expected != ANY:
            assert ids[0] == expected
            assert answer.is_literal
        elif not expected:
            assert not answer.is_literal
    assert time.process_time() - begun < BOUND


@pytest.mark.parametrize(
    "typed", [text for text in ODD if "\x00" not in text and "\ud800" not in text]
)
def test_the_program_ends_well(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["search", "--json", "--data", "shipped", "--", typed])
    captured = capsys.readouterr()
    assert "fault" not in captured.err
    if " " in ODD[typed]:
        assert (code, captured.out) == (2, "")
        assert captured.err == f"citylinks: {ODD[typed]}\n"
    else:
        assert code == 0
        assert len(json.loads(captured.out)["results"]) <= 20
        assert len(captured.err) < 200


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "citylinks", "search", b"lyon \xff\xed\xa0\x80"],
        env=environment(tmp_path / "home"),
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.decode().startswith("Lyon (city")


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["--", "--lyon"], "lyon"),
        (["--", "-lyon"], "lyon"),
        (["--limit", "1", "--", "--lyon", "-silk"], "lyon"),
        (["silk", "--", "lyon"], "lyon"),
        (["--", "lyon", "--"], "lyon"),
    ],
)
def test_two_hyphens_end_the_options(
    arguments: list[str], first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "--json", "--data", "shipped", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["record"]["id"] == first


def test_an_option_after_two_hyphens_is_searched_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "--data", "shipped", "--", "--json"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "citylinks: no record has 'json'\n"
    assert main(["search", "--data", "shipped", "--format"]) == 2


@pytest.mark.parametrize(
    "face", [[], ["--color", "always"], ["--format", "markdown"], ["--format", "tsv"]]
)
def test_codes_and_markup_in_a_record_are_text(
    face: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["search", "stand here", *face, "--data", str(HERE / "data")]) == 0
    printed = capsys.readouterr().out.replace("\\", "")
    assert "[bold]markup[/bold]" in printed
    assert "[red]bracketed[/red]" in printed or "tsv" in face
    assert "[31mcodes" in printed
    assert "\x1b[31m" not in printed


def test_json_has_codes_and_markup_as_they_were_written(kb: KnowledgeBase) -> None:
    (hit,) = kb.search("markup").results
    assert "\x1b[31mcodes\x1b[0m and [bold]markup[/bold]" in hit.passage
    assert [hit.passage[start:end] for start, end in hit.matches] == ["markup"]
