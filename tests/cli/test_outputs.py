"""What is written where: formats, suffixes, names that are no text, what was cut."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import EXAMPLES, ROOT, Example, answer_kind, example_of

from citylinks.cli.app import main
from citylinks.cli.commands import COMMANDS
from citylinks.exporters import FORMATS, format_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    WriteData = Callable[[Mapping[str, str]], Path]

DATA = ["--data", str(ROOT / "tests" / "data")]
SHARED = format_names("list")
CALENDARS = format_names("calendar")
REPORTS = format_names("report")

OF_PYTHON = re.compile(
    r"\w+(Ref|Row|Entry)\(|\{'|\('|\['|\w+=None|\bNone\b|\bTrue\b|\bFalse\b|<\w+ object|datetime\."
)


def called(
    arguments: list[str], capsys: pytest.CaptureFixture[str], *, with_data: bool = True
) -> tuple[int, str, str]:
    has_data = with_data and arguments[0] not in {
        "explain",
        "schema",
        "completion",
        "import",
    }
    code = main([*arguments, *(DATA if has_data else [])])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


# -- Formats ----------------------------------------------------------------------


def test_every_command_with_formats_is_tried() -> None:
    for command in COMMANDS:
        if answer_kind(command):
            example_of(command)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_no_format_shows_python(
    example: Example, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in example.formats():
        code, out, _ = called([*example.line.split(), "--format", name], capsys)
        assert code == 0, name
        matches = OF_PYTHON.search(out)
        assert not matches, (name, matches)
        if name in {"csv", "tsv"}:
            dialect = (
                {"delimiter": "\t", "quoting": csv.QUOTE_NONE} if name == "tsv" else {}
            )
            rows = list(csv.reader(io.StringIO(out, newline=""), **dialect))  # type: ignore[arg-type]
            assert len({len(row) for row in rows}) == 1, name
            assert max(len(cell) for row in rows for cell in row) < 10_000, name


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_a_format_that_a_command_has_not_is_refused(
    example: Example, capsys: pytest.CaptureFixture[str]
) -> None:
    question, formats = example.line.split(), example.formats()
    for name in {*SHARED, *CALENDARS, *REPORTS, "docx"} - set(formats):
        code, out, err = called([*question, "--format", name], capsys)
        assert (code, out, err.count("\n")) == (2, "", 1), name
        assert all(known in err for known in formats) or "did you mean" in err


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_text_is_what_is_printed_without_a_format(
    example: Example,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question, formats = example.line.split(), example.formats()
    monkeypatch.setenv("CITYLINKS_TODAY", "2026-11-22")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert formats[0] == "text"
    assert called([*question, "--format", "text"], capsys) == called(question, capsys)


# -- Suffixes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", "{"), ("X.JSON", "{"), ("x.Jsonl", '{"id"'), ("x.ndjson", '{"id"'),
        ("x.csv", "id,name"), ("x.tsv", "id\tname"), ("x.md", "| "), ("x.Markdown", "| "),
        ("x.txt", "id\tname"), ("x.TXT", "id\tname"), ("x", "id\tname"), ("x.", "id\tname"),
        (".json", "{"), (".x", "id\tname"), ("a.b/x", "id\tname"), ("x.docx.csv", "id,name"),
    ],
)  # fmt: skip
def test_a_suffix_says_the_format(
    name: str, begins: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    assert called(["list", "cities", "-o", str(file)], capsys) == (0, "", "")
    assert file.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    "suffix",
    [
        ".docx",
        ".pdf",
        ".xlsx",
        ".ics",
        ".csv.gz",
        ".sarif",
        ".xml",
        ".html",
        ".PDF",
        ".jsn",
        ".2",
    ],
)
@pytest.mark.parametrize(
    "question", [["list", "cities"], ["timeline", "maravel"], ["version"]]
)
def test_what_a_command_does_not_write_is_refused(
    question: list[str], suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"x{suffix}"
    code, out, err = called([*question, "-o", str(file)], capsys)
    assert (code, out, err.count("\n")) == (2, "", 1)
    *others, last = [FORMATS[name].suffixes[0] for name in SHARED]
    assert f"{', '.join(others)} or {last}" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("question", "suffix", "known"),
    [
        (["show", "maravel"], ".csv", ".txt, .json, .jsonl or .md"),
        (["anniversaries"], ".sarif", ".md or .ics"),
        (["validate"], ".ics", ".sarif or .xml"),
        (["explain"], ".ics", ".tsv or .md"),
        (["schema"], ".json", ".txt"),
        (["schema", "record/city"], ".yaml", ".txt or .json"),
        (["completion", "bash"], ".fish", ".txt, .bash or .sh"),
        (["completion", "fish"], ".sh", ".txt or .fish"),
    ],
    ids=str,
)
def test_each_command_names_the_suffixes_that_it_has(
    question: list[str],
    suffix: str,
    known: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = called([*question, "-o", str(tmp_path / f"x{suffix}")], capsys)
    assert (code, out) == (2, "")
    assert f"cannot write {suffix}; it writes " in err
    assert known in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("question", "name", "begins"),
    [
        (["anniversaries"], "a.ICS", "BEGIN:VCALENDAR"),
        (["expiring", "--within", "9y"], "a.ics", "BEGIN:VCALENDAR"),
        (["validate"], "a.sarif", "{"),
        (["validate"], "a.xml", "<?xml"),
        (["schema", "record/city"], "city.schema.json", "{"),
        (["schema"], "names.txt", "record/city\n"),
        (["completion", "zsh"], "a.zsh", "#"),
        (["completion", "bash"], "citylinks", "#"),
        (["explain", "CL401"], "a.md", "#"),
        (["show", "maravel"], "a.json", "{"),
    ],
    ids=str,
)
def test_suffixes_of_single_commands(
    question: list[str],
    name: str,
    begins: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / name
    code, out, _ = called([*question, "-o", str(file)], capsys)
    assert (code, out) == (0, "")
    assert file.read_bytes().decode().startswith(begins)


def test_a_format_that_is_named_has_precedence_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, format_, is_told in (
        ("x.csv", "json", True),
        ("x.docx", "markdown", True),
        ("x.json", "text", True),
        ("x.json", "jsonl", True),
        ("x.txt", "json", False),
        ("x", "csv", False),
        ("x.md", "markdown", False),
    ):
        file = tmp_path / name
        expected = called(["list", "themes", "--format", format_], capsys)[1]
        code, out, err = called(
            ["list", "themes", "--format", format_, "-o", str(file)], capsys
        )
        assert (code, out, file.read_text(encoding="utf-8")) == (
            0,
            "",
            expected.replace("\r", ""),
        )
        assert err.count("\n") == int(is_told), (name, format_, err)
    file = tmp_path / "results.json"
    _, _, err = called(["validate", "--format", "sarif", "-o", str(file)], capsys)
    assert str(file) not in err, "SARIF is JSON"


@pytest.mark.parametrize(
    "question", [["list", "cities"], ["completion", "bash"], ["schema"]]
)
def test_a_hyphen_is_standard_output(
    question: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = called(question, capsys)
    assert printed[1]
    for option in (["-o", "-"], ["-o-"], ["--output=-"]):
        assert called([*question, *option], capsys) == printed
    assert not list(tmp_path.iterdir())
    assert called([*question, "-o", "./-"], capsys)[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["-"]


# -- Names of paths that are no text ----------------------------------------------

BYTES = b"\xff\xe9"
NO_TEXT = pytest.mark.skipif(sys.platform != "linux", reason="names are text here")


def test_a_name_that_ends_with_a_slash_is_no_file(tmp_path: Path, run: Run) -> None:
    done = run("list", "cities", "-o", "cities.json/", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write 'cities.json/': " in done.stderr
    assert not (tmp_path / "cities.json").exists()


@NO_TEXT
def test_a_file_keeps_the_name_that_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/" + BYTES)
    for question in (
        ["list", "cities"],
        ["schema"],
        ["completion", "bash"],
        ["explain"],
    ):
        assert called([*question, "-o", f"{name}.txt"], capsys)[:2] == (0, "")
        assert os.listdir(os.fsencode(tmp_path)) == [BYTES + b".txt"]  # noqa: PTH208
        Path(f"{name}.txt").unlink()
    assert called(["list", "cities", "-o", f"{name}.docx"], capsys)[0] == 2


@NO_TEXT
def test_data_is_read_where_its_name_is_no_text(
    data: WriteData, run: Run, tmp_path: Path
) -> None:
    made = data({"cities/nice.yaml": "name: Nice\n", "cities/lyon.yaml": "nam: Lyon\n"})
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + BYTES))
    shutil.move(made, folder)
    expected = "id\tname\tlevel\tcountry\tregion\tpartnerships\nnice\tNice"
    assert run("list", "cities", "--data", str(folder)).stdout.startswith(expected)
    output = json.loads(run("list", "cities", "--data", str(folder), "--json").stdout)
    assert len(output["left_out"]) == 1
    file = folder / "cities" / "lyon.yaml"
    for arguments in (
        [str(folder)],
        [str(file)],
        ["-", "--stdin-filename", str(file)],
    ):
        checked = run(
            "validate", *arguments, "--format", "concise", stdin="nam: Lyon\n"
        )
        assert (checked.returncode, checked.stdout.count("CL2")) == (1, 2), (
            checked.stderr
        )


@NO_TEXT
def test_an_import_of_names_that_are_no_text(tmp_path: Path, run: Run) -> None:
    examples = ROOT / "tests" / "importers" / "examples"
    folder = os.fsencode(tmp_path) + b"/" + BYTES
    pairs, labels, map_, table, report = (
        os.fsdecode(folder + ending)
        for ending in (b".tsv", b"l.tsv", b"m.yaml", b".csv", b"r.CSV")
    )
    for name, given in (
        ("pairs.tsv", pairs), ("names.tsv", labels), ("map.yaml", map_), ("ties.csv", table),
    ):  # fmt: skip
        shutil.copy(examples / name, given)
    into = os.fsdecode(folder + b"d")
    for arguments in (
        ["pairs", pairs, "--labels", labels, "--into", into, "--report", report],
        ["table", table, "--map", map_, "--into", into],
        ["table", table, "--guess"],
    ):
        done = run("import", *arguments)
        assert done.returncode == 0, done.stderr
    assert (Path(into) / "cities").is_dir()
    assert Path(report).read_text(encoding="utf-8").startswith("where,")


# -- What was cut, what was left out ----------------------------------------------

BROKEN = {
    **{f"cities/{name}.yaml": f"name: City {name}\n" for name in ("a", "b", "c", "d")},
    **{
        f"partnerships/{pair}.yaml": f"kind: sister-city\nmembers: [{pair[0]}, {pair[2]}]\n"
        for pair in ("a-b", "a-c", "b-d", "c-d")
    },
    "partnerships/bad.yaml": "kind: sister-city\nmembers: [a]\nnonsense: 1\n",
    "events/bad.yaml": "title: Bad\ndate: soon\nkind: visit\n",
}


@pytest.mark.parametrize(
    ("question", "more"),
    [
        (["timeline"], 0),
        (["timeline", "--limit", "1"], 3),
        (["search", "city"], 0),
        (["search", "city", "--limit", "1"], None),
        (["stats", "--by", "city", "--limit", "3"], 1),
        (["path", "a", "d"], 1),
        (["path", "a", "d", "--all"], 0),
        (["path", "a", "d", "--max", "1"], None),
        (["validate", "--limit", "1"], 13),
        (["validate"], 0),
        (["list", "cities"], 0),
        (["common", "a", "d"], 0),
    ],
    ids=str,
)
def test_json_says_what_was_cut_and_left_out(
    question: list[str],
    more: int | None,
    data: WriteData,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = data(BROKEN)
    monkeypatch.chdir(root)
    _, out, err = called(
        [*question, "--json", "--data", str(root)], capsys, with_data=False
    )
    envelope = json.loads(out)
    assert envelope["more"] == more
    assert envelope["left_out"] == ["events/bad.yaml", "partnerships/bad.yaml"]
    assert list(envelope)[:6] == [
        "schema",
        "query",
        "count",
        "more",
        "left_out",
        "results",
    ]
    _, lines, notes = called(
        [*question, "--format", "jsonl", "--data", str(root)], capsys, with_data=False
    )
    assert [json.loads(line) for line in lines.splitlines()] == envelope["results"]
    assert notes == err


def test_nothing_left_out_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    for question in (["list", "cities"], ["explain"], ["validate"], ["version"]):
        envelope = json.loads(called([*question, "--json"], capsys)[1])
        assert (envelope["more"], envelope["left_out"]) == (0, [])


def test_more_anniversaries_than_are_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    request = ["anniversaries", "--year", "1000/9999", "--step", "1", "--json"]
    envelope = json.loads(called(request, capsys)[1])
    assert (envelope["more"], envelope["left_out"]) == (None, [])
    request[2] = "2026/2030"
    assert json.loads(called(request, capsys)[1])["more"] == 0
