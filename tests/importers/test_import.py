"""`import` as a user has it: what comes in, what is told, what stays as it was."""

from __future__ import annotations

import bz2
import gzip
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support import HANG, ROOT, environment, list_problems, read_report

from citylinks import KnowledgeBase
from citylinks.cli.app import main
from citylinks.importers.reading import opening
from citylinks.text.safe import visible_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]

REAL = ROOT.parent / "shared" / "datasets" / "wikidata-p190-2016"
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the data sets are not beside the project"
)

PAIRS = "Q1\tQ2\nQ2\tQ1\nQ1\tQ2\nQ3\tQ1\nQ2\tQ2\nQ3\t\nQ4\tQ2\n"
LABELS = "Q1\tLyon\nQ2\tBirmingham\nQ3\tBirmingham\nQ4\tŁódź\nQ5\tNowhere\n"
COUNTED = "7 rows: 3 taken, 2 merged, 2 set aside"


@pytest.fixture
def folder(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pairs.tsv").write_text(PAIRS, encoding="utf-8")
    (tmp_path / "names.tsv").write_text(LABELS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bring(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, list[str]]]:
    """Return a function that imports pairs, and gives the exit code and what is told."""

    def call(
        *arguments: str, file: str = "pairs.tsv", into: str = "out"
    ) -> tuple[int, list[str]]:
        code = main(["import", "pairs", file, "--into", into, *arguments])
        shown = capsys.readouterr()
        assert shown.out == ""
        return code, [
            line.removeprefix("citylinks: ") for line in shown.err.splitlines()
        ]

    return call


Bring = "Callable[..., tuple[int, list[str]]]"


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }


def ids(into: str, what: str) -> list[str]:
    with KnowledgeBase.open(into) as kb:
        return sorted(row.id for row in kb.list(what).results)


# -- What comes in ----------------------------------------------------------------


def test_pairs_with_labels(bring: Any) -> None:
    code, messages = bring("--labels", "names.tsv", "--report", "rows.csv")
    assert code == 0
    assert messages[0] == COUNTED
    assert "added to 'out': 4 cities, 3 partnerships" in messages
    assert ids("out", "cities") == ["birmingham-q2", "birmingham-q3", "lodz", "lyon"]
    assert ids("out", "partnerships") == [
        "birmingham-q2-lodz", "birmingham-q2-lyon", "birmingham-q3-lyon"
    ]  # fmt: skip
    assert list_problems("out", ignore=["no-country"]) == []
    assert [row["outcome"] for row in read_report("rows.csv")] == [
        "taken", "merged", "merged", "taken", "set aside", "set aside", "taken",
    ]  # fmt: skip


def test_every_merged_row_says_with_which_and_why(bring: Any) -> None:
    bring("--labels", "names.tsv", "--report", "rows.jsonl")
    rows = read_report("rows.jsonl")
    assert [(row["where"], row["with"], row["why"]) for row in rows[1:3]] == [
        ("pairs.tsv:2", "pairs.tsv:1", "the same partnership from its other side"),
        ("pairs.tsv:3", "pairs.tsv:1", "the same partnership again"),
    ]
    assert rows[3]["remarks"] == ["recorded from this side only"]
    assert rows[0]["remarks"] == []


def test_what_is_told(bring: Any) -> None:
    _, messages = bring("--labels", "names.tsv")
    assert messages[1:] == [
        "merged: 1, the same partnership again",
        "merged: 1, the same partnership from its other side",
        "set aside: 1, a partnership of a city with itself",
        "set aside: 1, one of the two cells is empty",
        "added to 'out': 4 cities, 3 partnerships",
        "partnerships recorded from one side only: 2",
        "names shared by several cities without a country: 1: Birmingham",
    ]


def test_the_kind_and_the_source_are_those_that_are_asked_for(bring: Any) -> None:
    bring(
        "--kind",
        "sister-city",
        "--source-title",
        "A list",
        "--source-url",
        "https://a.org/x",
    )
    with KnowledgeBase.open("out") as kb:
        (source,) = kb.list("sources").results
        ties = kb.list("partnerships").results
    assert (source.id, source.title, source.url) == (
        "a-list",
        "A list",
        "https://a.org/x",
    )
    assert {tie.kind for tie in ties} == {"sister-city"}


def test_keys_that_are_no_items(bring: Any, folder: Path) -> None:
    (folder / "graph.csv").write_text("source,target\n1,2\n2,3\n", encoding="utf-8")
    (folder / "nodes.csv").write_text("id,name\n1,Lyon\n2,Łódź\n", encoding="utf-8")
    _, messages = bring("--labels", "nodes.csv", file="graph.csv")
    assert messages[0] == "2 rows: 2 taken, 0 merged, 0 set aside"
    assert ids("out", "cities") == ["3", "lodz", "lyon"]
    assert (
        "left out or not clear: 1: '3' has no name here; its id is used as its name"
        in messages
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_quotes_and_marks(bring: Any, folder: Path, delimiter: str) -> None:
    text = (
        f'\ufeff"Washington, ""D.C."""{delimiter}Tokyo\r\n\r\nTokyo{delimiter}Lyon\r\n'
    )
    (folder / "pairs.csv").write_bytes(gzip.compress(text.encode()))
    code, messages = bring(file="pairs.csv")
    assert (code, messages[0]) == (0, "2 rows: 2 taken, 0 merged, 0 set aside")
    assert ids("out", "cities") == ["lyon", "tokyo", "washington-d-c"]


def test_one_row_is_told_in_the_singular(bring: Any, folder: Path) -> None:
    bring("--labels", "names.tsv")
    (folder / "one.tsv").write_text("Q1\tQ77\n", encoding="utf-8")
    _, messages = bring(file="one.tsv")
    assert messages[0] == "1 row: 1 taken, 0 merged, 0 set aside"
    assert "added to 'out': 1 city, 1 partnership" in messages


# -- Again, and into what stands ----------------------------------------------------


def test_the_same_files_give_the_same_bytes(bring: Any) -> None:
    bring("--labels", "names.tsv")
    bring("--labels", "names.tsv", into="other")
    assert content(Path("out")) == content(Path("other"))


def test_a_second_import_changes_nothing(bring: Any) -> None:
    bring("--labels", "names.tsv")
    before = content(Path("out"))
    _, messages = bring("--labels", "names.tsv")
    assert messages[0] == "7 rows: 0 taken, 5 merged, 2 set aside"
    assert "added to 'out': 0 cities, 0 partnerships" in messages
    assert content(Path("out")) == before


def test_what_people_edit_is_not_touched(bring: Any, folder: Path) -> None:
    bring("--labels", "names.tsv")
    (folder / "out" / "themes.yaml").write_text(
        "water: {label: Water}\n", encoding="utf-8"
    )
    city = folder / "out" / "cities" / "lyon-own.yaml"
    city.write_text(
        "{name: Lugdunum, wikidata: Q9, sources: [pairs-tsv]}", encoding="utf-8"
    )
    before = content(Path("out"))
    (folder / "more.tsv").write_text("Q1\tQ9\nQ9\tQ7\n", encoding="utf-8")
    _, messages = bring(file="more.tsv")
    after = content(Path("out"))
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {
        "cities/no-country-2.yaml", "partnerships/no-country-2.yaml", "sources-2.yaml"
    }  # fmt: skip
    assert "added to 'out': 1 city, 2 partnerships" in messages
    assert ids("out", "partnerships")[-2:] == ["lyon-lyon-own", "lyon-own-q7"]
    assert list_problems("out", ignore=["no-country", "unused-theme"]) == []


def test_doubles_are_proposed_and_merged_only_where_that_is_accepted(
    bring: Any, folder: Path
) -> None:
    text = "Constanţa,Lyon\nConstanța,Turku\nLyons,Turku\n"
    (folder / "pairs.csv").write_text(text, encoding="utf-8")
    _, messages = bring(file="pairs.csv")
    assert len(ids("out", "cities")) == 5
    proposed = [
        line.rpartition("--accept ")[2] for line in messages if "--accept " in line
    ][1:]
    assert sorted(pair.split("=")[0].split("-")[0] for pair in proposed) == [
        "constanta",
        "lyon",
    ]
    accepted = [word for pair in proposed for word in ("--accept", pair)]
    bring(*accepted, file="pairs.csv", into="merged")
    assert len(ids("merged", "cities")) == 3
    before = content(Path("merged"))
    code, _ = bring(*accepted, file="pairs.csv", into="merged")
    assert (code, content(Path("merged"))) == (0, before)


@pytest.mark.parametrize(
    ("accepted", "code", "message"),
    [
        ("lyon", 2, "--accept takes two ids, as in lyon=lyons, not 'lyon'"),
        ("lyon=lodzz", 1, "no city here has the id 'lodzz'; did you mean 'lodz'?"),
        ("lyn=lodz", 1, "no city here has the id 'lyn'; did you mean 'lyon'?"),
    ],
)
def test_what_cannot_be_accepted(
    bring: Any, accepted: str, code: int, message: str
) -> None:
    assert bring("--labels", "names.tsv", "--accept", accepted) == (code, [message])
    assert not Path("out").exists()


@pytest.mark.parametrize("seed", range(20))
def test_all_rows_are_accounted_for_and_a_second_import_adds_nothing(
    bring: Any, folder: Path, seed: int
) -> None:
    """Any rows, of few cities, so that they meet; held against a count of the pairs in
    Python.
    """
    chance = random.Random(seed)
    cities = [
        "Q1",
        "Q2",
        "Q12",
        "Lyon",
        "lyon",
        "Łódź",
        "Lodz",
        "q 1",
        "NO",
        "横浜",
        "!",
        "",
    ]
    rows = [
        [chance.choice(cities) for _ in "ab"] for _ in range(chance.randrange(1, 40))
    ]
    lines = [f"{first},{second}\n" for first, second in rows]
    (folder / "some.csv").write_text("".join(lines), encoding="utf-8")
    code, messages = bring("--report", "rows.jsonl", file="some.csv")
    assert code == 0
    written = [[cell.casefold() for cell in row] for row in rows if any(row)]
    pairs = {frozenset(row) for row in written if all(row) and row[0] != row[1]}
    counts = Counter(row["outcome"] for row in read_report("rows.jsonl"))
    assert counts["taken"] == len(pairs)
    assert sum(counts.values()) == len(written)
    assert messages[0].startswith(
        f"{len(written)} rows: {len(pairs)} taken, {counts['merged']} merged"
    )
    assert list_problems("out", ignore=["no-country"]) == [] if pairs else True
    before = content(Path("out"))
    bring(file="some.csv")
    assert content(Path("out")) == before


# -- Bad input ----------------------------------------------------------------------

BAD = {
    "latin": (
        b"Lyon,K\xf6ln\n",
        "pairs.csv:1: the byte 0xf6 is not UTF-8; save the file as UTF-8",
    ),
    "utf-16": (
        "a,b\n".encode("utf-16"),
        "pairs.csv:1: this is UTF-16, not UTF-8; save it as",
    ),
    "ragged": (
        b"a,b\nc,d\ne,f,g\n",
        "pairs.csv:3: 3 cells here, 2 in the first row",
    ),
    "delimiter": (
        b"a/b\nc/d\n",
        "pairs.csv:1: 1 column here, and pairs have two",
    ),
    "columns": (b"a,b,c\n", "pairs.csv:1: 3 columns here, and pairs have two"),
    "open": (
        b'a,b\n"c,d\ne,f\n',
        "pairs.csv:2: quotes that open in this row are not closed",
    ),
    "quote": (
        b'a,b\n"c"x,d\n',
        "pairs.csv:2: a quote ends on line 2, and no delimiter follows it",
    ),
    "gzip": (gzip.compress(b"a,b\n" * 9999)[:-9], "pairs.csv:"),
    "damaged": (b"\x1f\x8b" + b"x" * 40, "pairs.csv:1: the gzip file is damaged"),
    "html": (
        b"<!DOCTYPE html>\n<html>",
        "pairs.csv:1: this is HTML or XML, not a table",
    ),
    "xlsx": (b"PK\x03\x04..", "pairs.csv:1: this is a spreadsheet or a zip archive"),
    "nul": (b"a,b\nc\0,d\n", "pairs.csv:2: there is a NUL character here"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read(bring: Any, folder: Path, name: str) -> None:
    raw, message = BAD[name]
    (folder / "pairs.csv").write_bytes(raw)
    bring("--labels", "names.tsv")
    before = content(Path("out"))
    code, messages = bring("--report", "rows.csv", file="pairs.csv")
    assert (code, len(messages)) == (2, 1), messages
    assert messages[0].startswith(message)
    assert content(Path("out")) == before
    assert not Path("rows.csv").exists()


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_nothing_in_a_report_steers_a_terminal(
    bring: Any, folder: Path, suffix: str
) -> None:
    text = "\u202eLyon\x1b[2J\x9b,\nLyon\u202e,Kobe\x07\n"
    (folder / "pairs\x1b.csv").write_text(text, encoding="utf-8")
    code, messages = bring("--report", f"rows{suffix}", file="pairs\x1b.csv")
    assert code == 0, messages
    written = Path(f"rows{suffix}").read_text(encoding="utf-8")
    assert written == visible_lines(written)
    assert len(read_report(f"rows{suffix}")) == 2


HOSTILE = {
    "brackets": b"[" * 100_000,
    "objects": b'{"a":' * 100_000,
    "a text": b'{"a": "' + b"x" * 50_000_000,
    "a number": b'{"a": ' + b"7" * 50_000_000,
    "packed brackets": gzip.compress(b"[" * 50_000_000),
    "packed zeros": gzip.compress(bytes(20_000_000)),
    "packed objects": bz2.compress(b'{"a":"Q1"}\n' * 900_000),
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded by the system")
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_memory_is_bounded_whatever_a_file_holds(folder: Path, content: bytes) -> None:
    import resource

    (folder / "hostile").write_bytes(content)
    for arguments in (
        ["wikidata", "hostile", "--into", "out"],
        ["pairs", "hostile", "--into", "out"],
        ["table", "hostile", "--guess"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "citylinks", "import", *arguments],
            capture_output=True,
            env=environment(folder / "cache"),
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_AS, (600_000_000,) * 2
            ),
            text=True,
            check=False,
        )
        assert done.returncode in {0, 2}, done.stderr
        assert done.returncode or done.stdout, "nothing said"
        assert len(done.stderr.splitlines()) == (1 if done.returncode else 0), (
            done.stderr
        )
        assert "unexpected" not in done.stderr


@pytest.mark.parametrize("piece", [b"\n", b"Q1,Q2\n", b" "])
def test_a_file_that_unpacks_without_end_is_refused(
    bring: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    monkeypatch.setattr(opening, "MOST_UNPACKED", 100_000)
    (folder / "pairs.csv").write_bytes(gzip.compress(piece * 300_000))
    code, messages = bring(file="pairs.csv")
    assert code == 2
    assert re.fullmatch(
        r"pairs.csv:\d+: the gzip file unpacks to more than 200 times its size; unpack it"
        r" yourself if that is right", "".join(messages),
    )  # fmt: skip
    assert not Path("out").exists()


@pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="no names for what is open here"
)
def test_a_pipe_is_read_twice_where_a_file_is(
    bring: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"City,Partner\nLyon,Bern\n")
    os.close(writing)
    assert main(["import", "table", f"/dev/fd/{reading}", "--guess"]) == 0
    assert "# 2: Lyon – Bern: unspecified" in capsys.readouterr().out
    code, messages = bring(file=f"/dev/fd/{reading}")
    assert (code, messages[0]) == (0, "0 rows: 0 taken, 0 merged, 0 set aside")
    os.close(reading)


def test_an_empty_file_has_no_rows(bring: Any, folder: Path) -> None:
    (folder / "pairs.csv").touch()
    code, messages = bring(file="pairs.csv")
    assert (code, messages[0]) == (0, "0 rows: 0 taken, 0 merged, 0 set aside")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "import needs an adapter; choose from "),
        (["pears"], "unknown adapter 'pears'; did you mean 'pairs'?"),
        (["pairs"], "import pairs needs a file to read"),
        (
            ["pairs", "pairs.tsv"],
            "import needs --into, the data directory to make or add to",
        ),
        (
            ["pairs", "x.tsv", "--into", "out"],
            "x.tsv: cannot be read: No such file or directory",
        ),
        (
            ["pairs", "pairs.tsv", "--into", "a/b"],
            "there is no folder 'a' to write into",
        ),
        (
            ["pairs", "pairs.tsv", "--into", "pairs.tsv"],
            "'pairs.tsv' is not a directory",
        ),
        (
            ["pairs", "pairs.tsv", "--into", "."],
            "'.' is neither empty nor a data directory",
        ),
        (
            ["pairs", "pairs.tsv", "--into", "o", "--report", "r.txt"],
            "a report is a file that",
        ),
        (
            ["pairs", "pairs.tsv", "--into", "o", "--kind", "sister"],
            "unknown kind of partnership 'sister'",
        ),
    ],
)
def test_what_is_asked_wrongly(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    before = content(folder)
    assert main(["import", *arguments]) == 2
    shown = capsys.readouterr()
    lines = shown.err.splitlines()
    assert lines[0].startswith(f"citylinks: {message}")
    assert [line.partition(":")[0] for line in lines[1:]] in ([], ["Usage", "Example"])
    assert content(folder) == before


# -- However it ends ------------------------------------------------------------------


def many(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"City {n % 500},Town {n % 701}\n" for n in range(rows))


@pytest.mark.parametrize("after", [0.4, 1.2, 2.5])
def test_interrupted_it_leaves_nothing(folder: Path, after: float) -> None:
    many(folder / "many.csv", 200_000)  # which takes a minute and more
    before = content(folder)
    code = "from citylinks import cli\nprint('ready', flush=True)\ncli.run()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "import", "pairs", "many.csv", "--into", "out"],
        cwd=folder,
        env=environment(folder / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=HANG)
    assert process.returncode in {130, -signal.SIGINT}
    assert content(folder) == before
    assert {path.name for path in folder.iterdir()} <= {
        "many.csv",
        "pairs.tsv",
        "names.tsv",
        "home",
    }


def test_what_cannot_be_written_leaves_nothing(
    bring: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while the files are put in their place."""
    bring("--labels", "names.tsv")
    before = content(folder)
    rename = Path.rename

    def full(path: Path, target: Path) -> Path:
        if "sources" in path.name:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    (folder / "more.tsv").write_text("Q1\tQ9\n", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", full)
    code, messages = bring("--report", "rows.csv", file="more.tsv")
    assert (code, messages) == (2, ["cannot write: No space left on device"])
    (folder / "more.tsv").unlink()
    assert content(folder) == before


def test_memory_does_not_grow_with_the_file(folder: Path) -> None:
    """Ten times the rows, of as many cities, take no more: the peak is that of the
    children.
    """
    code = (
        "import resource, sys\n"
        "from citylinks.cli.app import main\n"
        "assert main(['import', 'pairs', sys.argv[1], '--into', sys.argv[2]]) == 0\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    pytest.importorskip("resource")
    peaks = []
    for number in (1_500, 15_000):
        many(folder / f"{number}.csv", number)
        done = subprocess.run(
            [sys.executable, "-c", code, f"{number}.csv", f"out-{number}"],
            cwd=folder,
            env=environment(folder / "home"),
            capture_output=True,
            check=True,
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < 1.5 * peaks[0]


# -- Real data ------------------------------------------------------------------------


@needs_real
def test_the_pairs_of_wikidata(bring: Any) -> None:
    file, labels = str(REAL / "relations.tsv"), str(REAL / "names.tsv")
    _, messages = bring("--labels", labels, "--report", "rows.jsonl", file=file)
    assert messages[0] == "34182 rows: 17401 taken, 16781 merged, 0 set aside"
    assert "merged: 4, the same partnership again" in messages
    assert "added to 'out': 10055 cities, 17401 partnerships" in messages
    assert "partnerships recorded from one side only: 624" in messages
    assert Counter(row["outcome"] for row in read_report("rows.jsonl")).total() == 34182
    with KnowledgeBase.open("out") as kb:
        assert len(kb.list("cities").results) == 10055
        assert [(row.key, row.partnerships) for row in kb.stats("kind").results] == [
            ("unspecified", 17401)
        ]
        shown = kb.show("Q456")
        [chain] = kb.path("Q456", "Q1467").results
        [first] = kb.path("Q1490", "Q3718").results
    assert shown.results[0].id == "lyon"
    assert (chain.length, chain.total) == (2, 1)
    assert [city.name for city in chain.cities] == ["Lyon", "Be’er Scheva", "Cebu City"]
    assert (first.length, first.total) == (3, 16)
    codes = {problem.split()[0] for problem in list_problems("out")}
    assert codes == {"CL406"}  # the pairs say nothing of countries
