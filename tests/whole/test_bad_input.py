"""What a person or a file can get wrong: one clear message, its place, the rest still
answered.
"""

from __future__ import annotations

import ctypes
import gzip
import os
import resource
import shutil
import subprocess
import sys
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support import HANG, cpu_of_children, environment, only_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from subprocess import CompletedProcess

    Run = Callable[..., CompletedProcess[str]]
    WriteData = Callable[[Mapping[str, str]], Path]

BOUND = 15  # seconds of CPU time; what is refused is refused at once

SOUND = {
    "sources.yaml": """
        page:
          title: International relations
        """,
    "cities/lyon.yaml": """
        name: Lyon
        country: FR
        sources: [page]
        """,
    "cities/yokohama.yaml": """
        name: Yokohama
        names: {ja: 横浜}
        country: JP
        sources: [page]
        """,
    "cities/birmingham.yaml": """
        name: Birmingham
        country: GB
        sources: [page]
        """,
    "cities/birmingham-us.yaml": """
        name: Birmingham
        country: US
        sources: [page]
        """,
    "partnerships/lyon-yokohama.yaml": """
        kind: sister-city
        members: [lyon, yokohama]
        start: 1959-04
        sources: [page]
        """,
}

# Rules that a record may break here which is made for something else.
APART = ("--ignore", "CL304,CL312,CL4")


@pytest.fixture
def sound(data: WriteData) -> Path:
    return data(SOUND)


# -- What a person asks --------------------------------------------------------


class Wrong(NamedTuple):
    """Arguments that cannot be answered, the exit code and what the one line must say."""

    arguments: tuple[str, ...]
    exit_code: int
    says: tuple[str, ...]


WRONG = {
    "unknown city": Wrong(
        ("timeline", "lyonn"), 1, ("no record of lyonn;", "did you mean 'Lyon'?")
    ),
    "unknown second city": Wrong(
        ("timeline", "lyon", "yokohma"), 1, ("did you mean 'Yokohama'?",)
    ),
    "unknown city in --with": Wrong(
        ("timeline", "lyon", "--with", "xyzzy"), 1, ("no record of xyzzy;",)
    ),
    "unknown record": Wrong(
        ("show", "lyon-yokohma"), 1, ("did you mean", "'lyon-yokohama'")
    ),
    "ambiguous city": Wrong(
        ("timeline", "Birmingham!"),
        2,
        ("birmingham (", "birmingham-us (", "United States"),
    ),
    "same city twice": Wrong(
        ("timeline", "lyon", "LYON"), 2, ("the same city twice", "LYON")
    ),
    "same city twice by --with": Wrong(
        ("timeline", "lyon", "--with", "Lyon"), 2, ("twice",)
    ),
    "three cities of which two are one": Wrong(
        ("timeline", "lyon", "yokohama", "横浜"), 2, ("the same city twice",)
    ),
    "same city twice with --any": Wrong(
        ("timeline", "lyon", "LYON", "--any"), 2, ("twice",)
    ),
    "same tie twice": Wrong(
        ("timeline", "lyon-yokohama", "yokohama", "Lyon-Yokohama", "--any"),
        2,
        ("the same partnership twice: 'lyon-yokohama' and 'Lyon-Yokohama'",),
    ),
    "several of which one is a tie": Wrong(
        ("timeline", "lyon-yokohama", "lyon"),
        1,
        ("'lyon-yokohama' is a partnership, not a city",),
    ),
    "any of none": Wrong(("timeline", "--any"), 2, ("--any needs",)),
    "unknown grouping": Wrong(
        ("timeline", "--by", "decades"), 2, ("did you mean 'decade'?",)
    ),
    "grouping of another": Wrong(
        ("timeline", "--by", "kind"),
        2,
        ("unknown grouping 'kind'; choose from decade, theme, city",),
    ),
    "no entries at all": Wrong(
        ("timeline", "--limit", "0"), 2, ("--limit takes a number", "0")
    ),
    "fewer than none": Wrong(
        ("timeline", "--limit", "-3"), 2, ("--limit takes a number", "-3")
    ),
    "more than there can be": Wrong(
        ("timeline", "--limit", "9223372036854775808"), 2, ("--limit", "1,000,000,000")
    ),
    "more hits than there can be": Wrong(
        ("search", "lyon", "--limit", "9223372036854775807"),
        2,
        ("--limit", "1,000,000,000"),
    ),
    "more chains than there can be": Wrong(
        ("path", "lyon", "yokohama", "--limit", "99999999999999999999"),
        2,
        ("1,000,000,000",),
    ),
    "half an entry": Wrong(
        ("timeline", "--limit", "1.5"), 2, ("--limit takes a number", "1.5")
    ),
    "some entries": Wrong(
        ("timeline", "--limit", "some"), 2, ("--limit takes a number", "some")
    ),
    "unknown theme": Wrong(
        ("timeline", "lyon", "--theme", "enrgy"), 1, ("theme 'enrgy'",)
    ),
    "unknown kind": Wrong(
        ("list", "events", "--kind", "vist"), 2, ("did you mean 'visit'?",)
    ),
    "unknown status": Wrong(
        ("list", "partnerships", "--status", "actve"), 2, ("'active'?",)
    ),
    "unknown list": Wrong(("list", "citys"), 2, ("did you mean 'cities'?",)),
    "unknown format": Wrong(
        ("timeline", "lyon", "--format", "jsn"), 2, ("did you mean 'json'?",)
    ),
    "unknown date": Wrong(
        ("timeline", "lyon", "--year", "sometime"), 2, ("1959-04", "1950s")
    ),
    "impossible date": Wrong(("timeline", "lyon", "--from", "1959-13"), 2, ("month",)),
    "no year": Wrong(("list", "events", "--year", ""), 2, ("1959-04", "1950s")),
    "no day": Wrong(("list", "partnerships", "--as-of", ""), 2, ("1959-04", "1950s")),
    "no day of a record": Wrong(
        ("show", "lyon", "--as-of", ""), 2, ("1959-04", "1950s")
    ),
    "no beginning": Wrong(("timeline", "lyon", "--from", ""), 2, ("1959-04", "1950s")),
    "no end": Wrong(("timeline", "lyon", "--to", ""), 2, ("1959-04", "1950s")),
    "no period": Wrong(("expiring", "--within", ""), 2, ("90d",)),
    "no period of birthdays": Wrong(("anniversaries", "--within", ""), 2, ("90d",)),
    "no theme": Wrong(("timeline", "lyon", "--theme", ""), 2, ("theme ''",)),
    "no grouping": Wrong(("timeline", "lyon", "--by", ""), 2, ("decade",)),
    "unknown option": Wrong(
        ("timeline", "lyon", "--yaer", "1959"), 2, ("--yaer", "--year")
    ),
    "too many arguments": Wrong(("path", "a", "b", "c"), 2, ("two cities, not 3",)),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_question_that_cannot_be_answered(
    wrong: Wrong, sound: Path, run: Run
) -> None:
    done = run(*wrong.arguments, "--data", str(sound))
    message = only_message(done.stderr)
    assert done.returncode == wrong.exit_code, message
    assert done.stdout == ""
    for words in wrong.says:
        assert words in message


def test_a_missing_argument(run: Run) -> None:
    done = run("show")
    assert (done.returncode, done.stdout) == (2, "")
    message, usage, example = done.stderr.splitlines()
    assert (
        message
        == "citylinks: show needs ID...: an id, a name, or type/id such as city/lyon;"
        " two cities for their partnership"
    )
    assert usage == "Usage: citylinks show ID... [OPTIONS]"
    assert example == "Example: citylinks show lyon-yokohama"


def test_unknown_commands(run: Run) -> None:
    for arguments in (["timline"], ["help", "timline"]):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "did you mean 'timeline'?" in only_message(done.stderr)
    done = run("--bogus")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--bogus" in only_message(done.stderr)


# -- Where the data should be --------------------------------------------------


@pytest.mark.parametrize(
    "command", [("timeline", "lyon"), ("validate",)], ids=lambda c: c[0]
)
def test_no_data_where_it_is_said_to_be(
    command: tuple[str, ...], run: Run, tmp_path: Path, sound: Path
) -> None:
    (sound / "a-file").touch()
    (tmp_path / "half" / "cities").mkdir(parents=True)
    for named, says in (
        ("missing", "not a directory"),
        (str(sound / "a-file"), "not a directory"),
        ("half", "lacks partnerships, events"),
    ):
        done = run(*command, "--data", str(sound), "--data", named, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        message = only_message(done.stderr)
        assert f"'{named}'" in message
        assert says in message


def test_the_environment_names_a_missing_directory(
    run: Run, tmp_path: Path, sound: Path
) -> None:
    named = os.pathsep.join([str(sound), str(tmp_path / "nowhere")])
    done = run("timeline", "lyon", env={"CITYLINKS_DATA": named})
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in only_message(done.stderr)


def test_validate_is_given_what_does_not_exist(
    run: Run, tmp_path: Path, sound: Path
) -> None:
    done = run("validate", "nowhere.yaml", "--data", str(sound), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'nowhere.yaml'" in only_message(done.stderr)


def test_the_day_is_no_day(run: Run, sound: Path) -> None:
    done = run(
        "timeline", "lyon", "--data", str(sound), env={"CITYLINKS_TODAY": "soon"}
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "CITYLINKS_TODAY" in only_message(done.stderr)


# -- What a file can hold ------------------------------------------------------


class Bad(NamedTuple):
    """What is in a file, and how the one line that `validate` prints of it goes on."""

    content: bytes
    reported: str


DEEP = 200_000
SOURCES = b"sources: [page]\n"

BAD = {
    "wrong type": Bad(
        b"name: Nice\nnames: Nizza\n" + SOURCES,
        "2:8: CL203 expected a mapping, found 'Nizza'",
    ),
    "missing key": Bad(
        b"country: FR\n" + SOURCES, "1:1: CL201 the key 'name' is missing"
    ),
    "unknown key": Bad(
        b"name: Nice\ncontry: FR\n" + SOURCES,
        "2:1: CL202 unknown key 'contry'; did you mean 'country'?",
    ),
    "key given twice": Bad(
        b"name: Nice\nname: Nizza\n" + SOURCES, "2:1: CL106 the key 'name'"
    ),
    "invalid UTF-8": Bad(
        b"name: Nice\nsummary: Ni\xe7oise\n" + SOURCES,
        "2:12: CL102 the byte 0xe7 is not UTF-8",
    ),
    "UTF-16": Bad("name: Nice\n".encode("utf-16"), "1:1: CL102 "),
    "binary": Bad(bytes(range(256)) * 16, "2:118: CL102 "),
    "empty file": Bad(b"", "1:1: CL110 the file is empty"),
    "blank file": Bad(b"\n\n  \n", "1:1: CL110 the file is empty"),
    "only a comment": Bad(b"# to do\n", "1:1: CL110 the file is empty"),
    "tabs": Bad(
        b"name: Nice\nlocation:\n\tlatitude: 43.7\n", "3:1: CL104 there is a tab "
    ),
    "unclosed quote": Bad(
        b'name: "Nice\ncountry: FR\n', "1:7: CL105 this is not YAML: "
    ),
    "control character": Bad(
        "name: Nice\nsummary: 横浜 \x1b[31m\n".encode(),
        "2:13: CL105 this is not YAML: ",
    ),
    "NUL": Bad(b"name: Nice\0\n", "1:11: CL105 this is not YAML: "),
    "a list": Bad(b"- Nice\n- Paris\n", "1:1: CL203 expected a mapping, found a list"),
    "a word": Bad(b"Nice\n", "1:1: CL203 expected a mapping, found 'Nice'"),
    "nested flow brackets": Bad(
        b"name: " + b"[" * DEEP, "1:38: CL112 values are nested more"
    ),
    "nested closed brackets": Bad(
        b"[" * DEEP + b"]" * DEEP, "1:33: CL112 values are nested"
    ),
    "nested flow braces": Bad(b"{a: " * DEEP, "1:129: CL112 values are nested more"),
    "nested block list": Bad(b"- " * DEEP, "1:65: CL112 values are nested more"),
    "nested block mapping": Bad(
        b"".join(b" " * number + b"a:\n" for number in range(1000)),
        "33:33: CL112 values are",
    ),
    "nested complex keys": Bad(b"? " * DEEP, "1:3: CL107 a key is plain text"),
    "not a slug": Bad(
        b"id: Nice\nname: Nice\n" + SOURCES, "1:5: CL114 'Nice' is not an id"
    ),
    "a reference to nothing": Bad(
        b"name: Nice\ncountry: FR\npart_of: lyn\n" + SOURCES,
        "3:10: CL301 there is no city 'lyn'; did you mean 'lyon'?",
    ),
}

# A record with a dangling reference can be read; every other file is left out.
WHOLE_ENOUGH = {"a reference to nothing"}


def validated(run: Run, data: Path) -> list[str]:
    """Return the lines that `validate` prints, which are problems, promptly."""
    started = cpu_of_children()
    done = run("validate", "--data", "data", "--format", "concise", cwd=data.parent)
    assert cpu_of_children() - started < BOUND
    assert done.returncode == 1
    only_message(done.stderr)
    return done.stdout.splitlines()


def still_answers(run: Run, data: Path, *, files: int) -> None:
    """Check that a timeline tells what it can, and says on stderr what it left out."""
    started = cpu_of_children()
    done = run("timeline", "lyon", "yokohama", "--data", "data", cwd=data.parent)
    assert cpu_of_children() - started < BOUND
    assert done.returncode == 0
    assert "Apr 1959  start: Lyon and Yokohama become sister cities" in done.stdout
    if files:
        message = only_message(done.stderr)
        assert ("1 file" if files == 1 else f"{files} files") in message
        assert "citylinks validate" in message
    else:
        assert done.stderr == ""


def test_bad_files(sound: Path, run: Run) -> None:
    """All at once: each is reported once, at its place; none spoils another or the
    answer.
    """
    paths = {
        name: f"cities/bad-{number}.yaml" for number, name in enumerate(BAD, start=10)
    }
    for name, path in paths.items():
        (sound / path).write_bytes(BAD[name].content)
    lines = validated(run, sound)
    reported = {
        name: [line for line in lines if f"/{path}:" in line]
        for name, path in paths.items()
    }
    expected = {
        name: [f"data/{path}:{BAD[name].reported}"] for name, path in paths.items()
    }
    begun = {
        name: [line[: len(expected[name][0])] for line in of_file]
        for name, of_file in reported.items()
    }
    assert begun == expected
    assert len(lines) == len(BAD)
    assert max(map(len, lines)) < 200
    still_answers(run, sound, files=len(BAD) - len(WHOLE_ENOUGH))


def test_an_alias_bomb(sound: Path, run: Run) -> None:
    levels = "abcdefghijklmnop"
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{this}: &{this} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, this in pairwise(levels)
    )
    (sound / "cities/nice.yaml").write_text(bomb, encoding="utf-8")
    lines = validated(run, sound)
    assert lines[0] == "data/cities/nice.yaml:1:4: CL107 the anchor '&a' is not allowed"
    assert all(" CL107 " in line for line in lines)
    still_answers(run, sound, files=1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs here")
def test_files_that_are_none(sound: Path, run: Run) -> None:
    """A FIFO would keep a reader waiting; a folder and a dangling link cannot be read."""
    os.mkfifo(sound / "cities/fifo.yaml")
    (sound / "cities/folder.yaml").mkdir()
    (sound / "events/link.yaml").symlink_to("nowhere.yaml")
    (sound / "events/loop.yaml").symlink_to("loop.yaml")
    lines = validated(run, sound)
    assert [line.rpartition(" CL101 ")[0] for line in lines] == [
        "data/cities/fifo.yaml:1:1:",
        "data/cities/folder.yaml:1:1:",
        "data/events/link.yaml:1:1:",
        "data/events/loop.yaml:1:1:",
    ]
    for face in ({}, {"FORCE_COLOR": "1"}):
        done = run("validate", "--data", str(sound), env=face)
        assert done.returncode == 1
        assert done.stdout.count("CL101") == 4
    still_answers(run, sound, files=4)


def test_a_file_that_is_in_no_data_directory_is_not_called_sound(
    sound: Path, run: Run, tmp_path: Path
) -> None:
    stray = tmp_path / "stray.yaml"
    stray.write_text("name: [", encoding="utf-8")
    for arguments, message in (
        ([str(stray)], "is not in a data directory\n"),
        (
            ["--data", str(sound), str(stray)],
            "is not in any of the data directories that are read\n",
        ),
        (["/etc/passwd"], "is not in a data directory\n"),
    ):
        done = run("validate", *arguments)
        assert done.returncode == 2
        assert done.stderr.endswith(message)
    bad = sound / "cities/bad.yaml"
    bad.write_text("name: [", encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(sound)
    for named in (bad, link / "cities/bad.yaml"):
        done = run("validate", "--format", "concise", str(named))
        assert (done.returncode, done.stdout.count("CL105")) == (1, 1)


def test_a_file_that_may_not_be_read(sound: Path, run: Run) -> None:
    secret = sound / "cities/secret.yaml"
    secret.write_text("name: Secret\nsources: [page]\n", encoding="utf-8")
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read everything")
    [line] = validated(run, sound)
    assert line.startswith("data/cities/secret.yaml:1:1: CL101 cannot be read: ")
    still_answers(run, sound, files=1)


@pytest.mark.skipif(os.name != "posix", reason="file names are text here")
def test_a_file_name_that_is_not_text(sound: Path, run: Run) -> None:
    name = os.fsencode(sound / "cities") + b"/n\xffce.yaml"
    try:
        with open(name, "wb") as file:  # noqa: PTH123
            file.write(b"name: Nice\ncountry: FR\n" + SOURCES)
    except OSError:
        pytest.skip("this file system takes only text for names")
    [line] = validated(run, sound)
    assert line.startswith(r"data/cities/n\udcffce.yaml:1:1: CL114 ")
    still_answers(run, sound, files=1)


def test_a_file_name_that_steers_a_terminal(sound: Path, run: Run) -> None:
    (sound / "cities/a\x1b[31m\nb.yaml").write_bytes(
        b"name: Nice\ncountry: FR\n" + SOURCES
    )
    [line] = validated(run, sound)
    assert r"a\x1b[31m b.yaml:1:1: CL114 " in line


def test_a_vocabulary_that_cannot_be_read(sound: Path, run: Run) -> None:
    """A reference into it is not one more problem: the term may well be there."""
    (sound / "sources.yaml").write_text("page:\n\ttitle: Page\n", encoding="utf-8")
    [line] = validated(run, sound)
    assert line.startswith("data/sources.yaml:2:1: CL104 ")
    still_answers(run, sound, files=1)


def test_a_later_directory_repeats_an_id(sound: Path, run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for folder in ("cities", "partnerships", "events"):
        (mine / folder).mkdir(parents=True)
    (mine / "cities/lyon.yaml").write_bytes(b"name: Lugdunum\ncountry: FR\n" + SOURCES)
    (mine / "cities/nice.yaml").write_bytes(b"name: Nice\ncountry: FR\n" + SOURCES)
    arguments = ("--data", "data", "--data", "mine")

    done = run("validate", *arguments, "--format", "concise", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "data/cities/lyon.yaml:1:1: CL302 the city 'lyon' is given twice",
        "mine/cities/lyon.yaml:1:1: CL302 the city 'lyon' is given twice",
    ]
    done = run("validate", *arguments, cwd=tmp_path)
    assert "= the other is at mine/cities/lyon.yaml:1:1" in done.stdout
    assert "= the other is at data/cities/lyon.yaml:1:1" in done.stdout

    done = run("timeline", "lyon", *arguments, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("Lyon (France)\n"), "the earlier one is kept"
    assert "1 file" in only_message(done.stderr)

    done = run("show", "nice", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Nice")


def test_the_same_directory_twice_is_read_once(
    sound: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to("data")
    for again in ("data/", "data/../data", "link"):
        done = run("validate", "--data", "data", "--data", again, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, ""), again


def test_no_records_at_all(data: WriteData, run: Run) -> None:
    empty = data({})
    done = run("timeline", "--data", str(empty))
    assert done.returncode == 0
    assert only_message(done.stderr) == "nothing matched"
    assert run("validate", "--data", str(empty)).returncode == 0


# -- Within bounded memory -----------------------------------------------------

MEMORY = 2 * 1024**3  # bytes of address space that each process may take
DROP_CAPABILITY, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2  # of Linux, see prctl(2)
TWO_BYTES = 16 * 1024 * 1024 // 2

needs_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="this is as Linux has it"
)


def _bounded() -> None:
    """Bound the memory of a child, and take from root the right to read everything."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if sys.platform == "linux" and os.geteuid() == 0:
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(DROP_CAPABILITY, capability, 0, 0, 0)


def bounded(
    data: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a command on the data in bounded memory; return its exit code and what it
    prints.

    What it says on standard error is a line or two for a person.
    """
    done = subprocess.run(
        [sys.executable, "-m", "citylinks", *arguments, "--data", data.name],
        cwd=data.parent,
        env=environment(data.parent / "home", **(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=HANG,
        check=False,
        preexec_fn=_bounded,
    )
    message = done.stderr.decode()
    assert all(line.startswith("citylinks: ") for line in message.splitlines()), message
    assert "unexpected" not in message
    assert "Traceback" not in message
    assert len(message) < 500
    return done.returncode, done.stdout.decode()


def check(data: Path, *, records: int) -> list[str]:
    """Validate in bounded memory, twice the same; the rest of the data still answers."""
    code, first = bounded(data, "validate", *APART, "--format", "concise")
    assert (code, first) == bounded(data, "validate", *APART, "--format", "concise"), (
        "the index says else"
    )
    lines = first.splitlines()
    assert code == int(any(" CL4" not in line for line in lines))
    assert max(map(len, lines), default=0) < 400
    listed_code, listed = bounded(data, "list", "cities", "--format", "jsonl")
    assert (listed_code, listed.count("\n")) == (0, records)
    return lines


TITLED = b"title: Visit\ndate: 2000\nkind: visit\n"
CITIES = 4  # that are sound

# Name -> file, content, how the first line of the report goes on, how many lines there
# are, and how many more cities there are.
Odd = tuple[str, bytes, str, int, int]
LARGE: dict[str, Odd] = {
    "a list of a million": (
        "events/e.yaml", TITLED + b"themes: [" + b"t, " * 1_000_000 + b"]\n",
        "1:1: CL113 the event 'e' has more than 100000 values", 1, 0,
    ),
    "50,000 keys given twice": (
        "cities/e.yaml", b"a:\n" * 50_000, "2:1: CL106 the key 'a' is given twice", 49_999, 0,
    ),
    "30,000 items that are wrong": (
        "events/e.yaml", TITLED + SOURCES + b"themes:\n" + b"- A\n" * 30_000,
        "6:3: CL114 'A' is not an id", 30_000, 0,
    ),
    "30,000 references to nothing, in a line": (
        "events/e.yaml",
        TITLED + SOURCES + b"themes: [" + b", ".join(b"t%d" % n for n in range(30_000)) + b"]\n",
        "5:10: CL301 there is no theme 't0'", 30_000, 0,
    ),
    "100,000 empty documents": (
        "cities/e.yaml", b"---\n" * 100_000, "1:1: CL110 the file is empty", 1, 0,
    ),
    "5,000 documents with one id": (
        "cities/e.yaml", b"---\nid: e\nname: E\n" + SOURCES + b"---\nid: e\n" * 5_000,
        "2:5: CL302 the city 'e' is given twice", 10_000, 1,
    ),
    "a value of a megabyte": (
        "cities/e.yaml", b"name: E\ncountry: " + b"F" * 1024**2 + b"\n" + SOURCES,
        "2:10: CL206 'FFFFF", 1, 0,
    ),
    "a reference of a megabyte": (
        "cities/e.yaml", b"name: E\npart_of: " + b"f" * 1024**2 + b"\n" + SOURCES,
        "2:10: CL301 there is no city 'fffff", 1, 1,
    ),
    "a key of a kilobyte": (
        "cities/e.yaml", b"name: E\n" + b"k" * 1000 + b": 1\n" + SOURCES,
        "2:1: CL202 unknown key 'kkkkk", 1, 0,
    ),
    "an anchor of a megabyte": (
        "cities/e.yaml", b"name: &" + b"f" * 1024**2 + b" E\n" + SOURCES,
        "1:7: CL107 the anchor '&fffff", 1, 0,
    ),
    "a name of a megabyte": (
        "cities/e.yaml", b"name: " + b"Lyon" * 1024**2 + b"\n" + SOURCES, "", 0, 1,
    ),
    "16 MiB with an error at the end": (
        "cities/e.yaml", b"name: E\n" + b"#\n" * (TWO_BYTES - 100) + b"country: [\n",
        f"{TWO_BYTES - 97}:1: CL105 this is not YAML", 1, 0,
    ),
    "50 MB": ("cities/e.yaml", b"name: E\n" * 6_250_000, "1:1: CL113 the file is larger", 1, 0),
}  # fmt: skip


# Of the large ones that are alike, these are tried by the exhaustive profile.
SLOW = ("a list of a million", "30,000 items that are wrong", "a name of a megabyte")
EACH_LARGE = [
    pytest.param(odd, id=name, marks=[pytest.mark.exhaustive] if name in SLOW else [])
    for name, odd in LARGE.items()
]


@pytest.mark.parametrize("odd", EACH_LARGE)
def test_what_is_large_is_told_in_bounded_memory(odd: Odd, sound: Path) -> None:
    path, content, first, count, more = odd
    (sound / path).write_bytes(content)
    lines = check(sound, records=CITIES + more)
    assert len(lines) == count
    assert not first or lines[0].startswith(f"data/{path}:{first}"), lines[0]


ENDED = b"country: FR\n" + SOURCES
ODD: dict[str, tuple[bytes, str, int]] = {
    "NUL": (b"name: E\0\n" + ENDED, "1:8: CL105 ", 0),
    "half of a surrogate pair": (b'name: "\\ud800"\n' + ENDED, "1:10: CL105 ", 0),
    "CR for line ends": (b"name: E\rcontry: FR\rsources: [page]\r", "1:9: CL202 ", 0),
    "U+2028 in a line": ('name: "E\u2028F"\ncontry: FR\n'.encode() + SOURCES, "2:1: CL202 ", 0),
    "a tab": (b"name: E\nlocation:\n\tlatitude: 1\n", "3:1: CL104 ", 0),
    "another version of YAML": (b"%YAML 1.3\n---\nname: E\n" + ENDED, "1:1: CL105 ", 0),
    "merging": (b"name: E\n<<: {summary: F}\n" + ENDED, "2:1: CL202 ", 0),
    "merging with an alias": (b"<<: *base\nname: E\n" + ENDED, "1:5: CL107 ", 0),
    "a list as key": (b"? [a]\n: b\nname: E\n" + ENDED, "1:3: CL107 ", 0),
    "a Python object": (b"name: !!python/object:os.system true\n" + ENDED, "1:7: CL107 ", 0),
    "binary": (b"name: !!binary R0lGODlh\n" + ENDED, "1:7: CL107 ", 0),
    "a set": (b"!!set {a, b}\n", "1:1: CL107 ", 0),
    "a type that is said": (b"name: !!str E\n" + ENDED, "1:7: CL107 ", 0),
    "an anchor": (b"name: &e E\n" + ENDED, "1:7: CL107 ", 0),
    "quoted keys": (b"'name': E\n\"country\": FR\n" + SOURCES, "", 1),
    "a byte-order mark": (b"\xef\xbb\xbfname: E\n" + ENDED, "1:1: CL103 ", 1),
    "a byte-order mark in the middle": (b"name: E\n\xef\xbb\xbf" + ENDED, "2:2: CL105 ", 0),
    "UTF-16": ("name: E\n".encode("utf-16-be"), "1:1: CL105 ", 0),
    "UTF-32": ("name: E\n".encode("utf-32"), "1:1: CL102 ", 0),
    "gzip": (gzip.compress(b"name: E\n", mtime=0), "1:2: CL102 ", 0),
    "half a character": (b"name: E\xe6\xa8", "1:8: CL102 ", 0),
    "over-long UTF-8": (b"name: \xc0\xaf\n", "1:7: CL102 ", 0),
    "a surrogate in UTF-8": (b"name: \xed\xa0\x80\n", "1:7: CL102 ", 0),
    "a script": (b"#!/bin/sh\nexit 0\n", "2:1: CL203 ", 0),
    "HTML": (b"<!DOCTYPE html>\n<html lang=\"en\">\n", "1:1: CL203 ", 0),
    "a conflict": (b"<<<<<<< HEAD\nname: E\n=======\n", "2:5: CL105 ", 0),
    "no line feed": (b"name: E\n" + ENDED.rstrip(), "", 1),
    "keys that are words of YAML": (b"name: E\nno: 1\n" + ENDED, "2:1: CL202 ", 0),
    "a name that is no text elsewhere": (b"name: NO\n" + ENDED, "", 1),
}  # fmt: skip


def test_what_is_odd_is_told_at_its_place(sound: Path) -> None:
    for number, (content, _, _) in enumerate(ODD.values(), start=10):
        (sound / f"cities/e{number}.yaml").write_bytes(content)
    shutil.copyfile(sys.executable, sound / "events/python.yaml")
    lines = check(sound, records=CITIES + sum(more for *_, more in ODD.values()))
    assert (
        sum("events/python.yaml:1:" in line and " CL1" in line for line in lines) == 1
    )
    for number, (name, (_, expected, _)) in enumerate(ODD.items(), start=10):
        path = f"data/cities/e{number}.yaml:"
        reported = [line.removeprefix(path) for line in lines if line.startswith(path)]
        assert len(reported) == bool(expected), (name, reported)
        assert not expected or reported[0].startswith(expected), (name, reported)


@needs_linux
def test_what_the_system_has_for_files(sound: Path) -> None:
    """Some are regular files without size, or of another than they say; some never end."""
    for name, target in {
        "zero": "/dev/zero", "random": "/dev/urandom", "terminal": "/dev/tty",
        "memory": "/proc/self/mem", "status": "/proc/self/status", "pages": "/proc/self/pagemap",
        "core": "/proc/kcore", "input": "/dev/stdin", "messages": "/proc/kmsg", "folder": "/proc",
        "a": "b.yaml", "b": "a.yaml", "nowhere": "nothing", "itself": "itself.yaml/itself.yaml",
    }.items():  # fmt: skip
        (sound / f"cities/{name}.yaml").symlink_to(target)
    code, out = bounded(sound, "validate", *APART, "--format", "concise")
    codes = {
        line.partition(":")[0].split("/")[2]: line.split()[1]
        for line in out.splitlines()
    }
    assert code == 1
    assert set(codes.values()) <= {
        "CL101",
        "CL102",
        "CL105",
        "CL113",
        "CL201",
        "CL202",
        "CL203",
    }
    named = {path.name for path in (sound / "cities").iterdir() if path.is_symlink()}
    assert set(codes) == named
    assert codes["zero.yaml"] == codes["a.yaml"] == codes["itself.yaml"] == "CL101"
    assert (
        bounded(sound, "list", "cities", "--format", "jsonl")[1].count("\n") == CITIES
    )


@needs_linux
def test_what_may_not_be_read(sound: Path) -> None:
    (sound / "cities/lyon.yaml").chmod(0)
    (sound / "events").chmod(0)
    try:
        lines = check(sound, records=CITIES - 1)
        assert [line.partition(" cannot")[0] for line in lines] == [
            "data/cities/lyon.yaml:1:1: CL101",
            "data/events:1:1: CL101",
        ]
    finally:
        (sound / "events").chmod(0o700)


def test_folders_that_link_to_each_other(sound: Path) -> None:
    (sound / "events").rmdir()
    (sound / "events").symlink_to("cities")
    (sound / "cities/again").symlink_to(".")
    lines = check(sound, records=CITIES)
    assert "data/cities/again:1:1: CL111 " in "\n".join(lines)
    assert all(" CL1" in line or " CL2" in line for line in lines)


NAMES = {
    b"-rf": "CL114",
    b"a b": "CL114",
    b" ": "CL114",
    b"a\nb": "CL114",
    b"a\r": "CL114",
    b"\x1b]0;title\x07": "CL114",
    b"\xff\xfe": "CL114",
    "e\u0301".encode(): "CL114",
    "\u202egnp".encode(): "CL114",
    b"$(reboot)": "CL114",
    b"'\"": "CL114",
    b"%s{0}": "CL114",
    b"Nancy": "CL114",
    b"l" * 250: "",
    "横".encode() * 83: "CL114",
}


@needs_linux
def test_names_of_files(sound: Path) -> None:
    """Each is one line of the report, whatever is in it; nothing in it steers a
    terminal.
    """
    for name in NAMES:
        path = os.fsencode(sound) + b"/cities/" + name + b".yaml"
        try:
            with open(path, "wb") as file:  # noqa: PTH123 - the name is no text
                file.write(b"name: E\n" + ENDED)
        except OSError:
            pytest.skip("this file system takes only text for names")
    code, out = bounded(sound, "validate", *APART, "--format", "concise")
    assert (code, len(out.splitlines())) == (1, sum(map(bool, NAMES.values())))
    assert all(" CL114 " in line for line in out.splitlines())
    assert all(unicodedata.category(each) != "Cf" for each in out)
    for form in ("text", "json", "jsonl", "csv", "markdown"):
        _, printed = bounded(sound, "validate", *APART, "--format", form)
        assert not set(printed.replace("\r\n", "")) & set("\x1b\x07\r\u202e"), form
    assert (
        bounded(sound, "list", "cities", "--format", "jsonl")[1].count("\n")
        == CITIES + 1
    )


def test_thousands_of_files_with_a_problem_each(sound: Path) -> None:
    for number in range(3_000):
        (sound / f"cities/e{number}.yaml").write_bytes(
            b"name: E\npart_of: nowhere\n" + SOURCES
        )
    lines = check(sound, records=CITIES + 3_000)
    assert len(lines) == 3_000
    assert all(":2:10: CL301 there is no city 'nowhere'" in line for line in lines)


def test_files_that_change_while_they_are_read(sound: Path) -> None:
    """A writer adds, cuts, replaces and removes files; every report is of some state of
    them.
    """
    script = """if 1:
        import itertools, os, pathlib
        for n in itertools.count():
            path = pathlib.Path(f"data/cities/e{n % 7}.yaml")
            with path.open("a") as file:
                file.write("name: E\\n" * (n % 400))
            if n % 5 == 0:
                path.unlink()
            elif n % 3 == 0:
                path.unlink(); os.mkfifo(path); path.unlink()
        """
    writer = subprocess.Popen([sys.executable, "-c", script], cwd=sound.parent)
    try:
        for _ in range(5):
            code, _ = bounded(sound, "validate", *APART, "--format", "concise")
            assert code in {0, 1}
    finally:
        writer.kill()
        writer.wait()
