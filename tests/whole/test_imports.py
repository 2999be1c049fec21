"""The house keeps its one direction: imports are those of the table in ARCHITECTURE.md."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from textwrap import indent
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SOURCE = ROOT / "src" / "citylinks"
ROW = re.compile(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
OUTSIDE = {
    "__init__",
    "__main__",
}  # the public names and `python -m`: they only open doors


class Room(NamedTuple):
    rooms: set[str]
    packages: set[str]


def table() -> dict[str, Room]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return {
        name: Room(_words(rooms), _words(at_home))
        for name, _, rooms, at_home in ROW.findall(text)
    }


def _words(cell: str) -> set[str]:
    return {word.strip() for word in cell.split(",") if word.strip()}


def imported() -> dict[str, Room]:
    rooms: dict[str, Room] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if room not in OUTSIDE:
            mine = rooms.setdefault(room, Room(set(), set()))
            for name in _modules(path):
                top, _, rest = name.partition(".")
                if top == "citylinks" and rest:
                    mine.rooms.add(rest.split(".")[0])
                elif top not in sys.stdlib_module_names and top != "citylinks":
                    mine.packages.add(top)
            mine.rooms.discard(room)
    return rooms


def _modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "citylinks":
            yield from (f"citylinks.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def differences(real: dict[str, Room], allowed: dict[str, Room]) -> Iterator[str]:
    """Yield a sentence for each import that the table does not have, or has in vain."""
    for name in sorted(real.keys() - allowed.keys()):
        yield f"{name} is no room of the table of ARCHITECTURE.md: add its row"
    for name in sorted(allowed.keys() - real.keys()):
        yield f"there is no room {name}: strike its row from the table of ARCHITECTURE.md"
    for name in sorted(real.keys() & allowed.keys()):
        for other in sorted(real[name].rooms - allowed[name].rooms):
            yield (
                f"{name} imports {other}: allow it in the table of ARCHITECTURE.md, or"
                " move the code"
            )
        for package in sorted(real[name].packages - allowed[name].packages):
            yield (
                f"{name} imports the package {package}: say in the table of"
                " ARCHITECTURE.md that it is at home there, or move the code"
            )
        in_vain = allowed[name].rooms - real[name].rooms
        in_vain |= allowed[name].packages - real[name].packages
        for other in sorted(in_vain):
            yield (
                f"{name} does not import {other}: strike it from the table of"
                " ARCHITECTURE.md"
            )


def test_rooms_import_what_the_table_says() -> None:
    sentences = list(differences(imported(), table()))
    assert not sentences, "\n".join(sentences)


def test_a_difference_is_a_sentence_that_says_what_to_do() -> None:
    real = {"views": Room({"text", "query"}, {"yaml"}), "new": Room(set(), set())}
    allowed = {"views": Room({"text", "dates"}, set()), "old": Room(set(), set())}
    assert list(differences(real, allowed)) == [
        "new is no room of the table of ARCHITECTURE.md: add its row",
        "there is no room old: strike its row from the table of ARCHITECTURE.md",
        "views imports query: allow it in the table of ARCHITECTURE.md, or move the code",
        "views imports the package yaml: say in the table of ARCHITECTURE.md that it is at"
        " home there, or move the code",
        "views does not import dates: strike it from the table of ARCHITECTURE.md",
    ]


def test_no_circle() -> None:
    rooms = {name: set(room.rooms) for name, room in imported().items()}
    while rooms:
        free = {name for name, knows in rooms.items() if not knows}
        assert free, (
            f"a circle among {', '.join(sorted(rooms))}: move what two of them need into"
            " a room that both may import"
        )
        rooms = {
            name: knows - free for name, knows in rooms.items() if name not in free
        }


def test_no_room_is_a_cupboard() -> None:
    forbidden = {"utils", "helpers", "common", "core", "base", "manager"}
    # `common` is a question, what cities share: it has a module of that name in each.
    of_questions = {"commands", "questions", "pages"}
    rooms = {
        path.stem
        for path in SOURCE.rglob("*.py")
        if path.parent.name not in of_questions
    }
    assert not forbidden & rooms


def loaded(*arguments: str, home: Path) -> set[str]:
    """Return the top-level packages that one command has loaded when it ends."""
    return _loaded_by(_running(arguments), home)


def questions_loaded(*arguments: str, home: Path) -> set[str]:
    """Return the modules of `questions` that one command has loaded when it ends."""
    return _loaded_below("citylinks.questions.", arguments, home)


def pages_loaded(*arguments: str, home: Path) -> set[str]:
    """Return the modules of `views.pages` that one command has loaded when it ends."""
    return _loaded_below("citylinks.views.pages.", arguments, home)


def _loaded_below(prefix: str, arguments: Sequence[str], home: Path) -> set[str]:
    modules = _modules_loaded_by(_running(arguments), home)
    return {name.removeprefix(prefix) for name in modules if name.startswith(prefix)}


def _running(arguments: Sequence[str]) -> str:
    return f"from citylinks.cli.app import main\nassert main({arguments!r}) == 0"


def _loaded_by(code: str, home: Path) -> set[str]:
    return {name.split(".")[0] for name in _modules_loaded_by(code, home)}


def _modules_loaded_by(code: str, home: Path) -> set[str]:
    quietly = (
        "import sys, json, io, contextlib\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        f"{indent(code, '    ')}\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", quietly],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(done.stdout))


EMPTY = """\
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False)
app.command()(lambda: None)
app([], standalone_mode=False)
"""

# What a question that is answered from the index loads, beside an empty Typer command.
WARM = {"citylinks", "sqlite3", "_sqlite3", "unicodedata", "gc", "__future__"}
QUESTIONS = {
    "timeline lyon yokohama --format json": WARM,
    "timeline lyon --theme energy --year 2010 --format jsonl": WARM,
    "timeline tokyo --format csv": WARM | {"csv", "_csv"},
    "timeline tokyo --format tsv": WARM,
    "timeline lyon yokohama --format markdown": WARM,
    "timeline lyon yokohama": WARM,
    "search energy --format json": WARM,
    "search yokohma --format json": WARM,
    "search 横浜 --format json": WARM,
    "list cities --format json": WARM,
    "list partnerships --format json": WARM,
    "list agreements": WARM,
    "list events": WARM,
    "show lyon-yokohama --format json": WARM,
    "show lyon": WARM | {"bisect", "_bisect"},
    "stats --by theme --format json": WARM,
    "stats --by decade": WARM,
    "path lyon cebu --format json": WARM,
    "path seoul da-nang --networks": WARM,
    "common cebu bangkok": WARM,
    "anniversaries --city tokyo --format json": WARM,
    "anniversaries --within 12m": WARM,
    "expiring": WARM,
    "evidence": WARM,
    "evidence conflicts": WARM,
    "evidence gaps --format json": WARM,
    "evidence lyon-yokohama start": WARM,
    "index path": WARM,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which the index of the shipped data has been made."""
    home = tmp_path_factory.mktemp("home")
    assert loaded("list", "cities", home=home) >= {"pydantic", "pydantic_core", "yaml"}
    return home


@pytest.fixture(scope="module")
def empty(home: Path) -> set[str]:
    """Return what an empty Typer command loads."""
    return _loaded_by(EMPTY, home)


@pytest.mark.parametrize(("command", "allowed"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_warm_question_loads_little(
    command: str, allowed: set[str], home: Path, empty: set[str]
) -> None:
    """No pydantic, yaml, rich, anyascii, nor a fuzzy matcher: nothing but what stands
    above.
    """
    assert loaded(*command.split(), home=home) - empty <= allowed


# The modules of `questions` that a question needs: each costs at every start.
SHARED = {"plain_dates", "results", "rows", "session"}
FAMILIES = {
    "timeline lyon yokohama --format json": {"selected", "timeline"},
    "timeline lyon yokohama": {"selected", "timeline"},
    "list cities --format json": {"list_rows", "lists", "selected"},
    "show lyon --format json": {
        "anniversaries",
        "conflicts",
        "selected",
        "overview",
        "show",
        "sourced_records",
        "timeline",
        "upcoming",
    },
    "search energy --format json": {
        "search",
        "search_passages",
        "search_ranking",
        "search_words",
    },
    "stats --by theme --format json": {"stats"},
    "path lyon cebu --format json": {"connections", "path", "selected"},
    "expiring --format json": {"expiring", "upcoming"},
    "evidence --format json": {"evidence", "gaps", "source_uses", "sourced_records"},
    "version --format json": {"version"},
}


@pytest.mark.parametrize(("command", "families"), FAMILIES.items(), ids=FAMILIES)
def test_a_warm_question_loads_only_what_it_needs(
    command: str, families: set[str], home: Path
) -> None:
    assert questions_loaded(*command.split(), home=home) == families | SHARED


@pytest.mark.parametrize(
    ("command", "page"),
    [
        ("timeline lyon yokohama", "timeline"),
        ("list cities", "lists"),
        ("evidence", "evidence"),
        ("version --format markdown", "version"),
    ],
)
def test_an_answer_loads_only_its_page(command: str, page: str, home: Path) -> None:
    assert pages_loaded(*command.split(), home=home) == {page}


def test_an_answer_for_programs_loads_no_page(home: Path) -> None:
    assert pages_loaded("list", "cities", "--json", home=home) == set()


def test_a_cold_question_loads_no_rich(tmp_path: Path) -> None:
    assert "rich" not in loaded("timeline", "lyon", "yokohama", home=tmp_path)


def test_help_and_version_load_nothing_heavy(tmp_path: Path) -> None:
    for argument in ("--help", "--version"):
        assert not {"pydantic", "yaml", "rich", "sqlite3"} & loaded(
            argument, home=tmp_path
        )


def test_a_warm_search_loads_nothing_heavy(tmp_path: Path) -> None:
    """Neither what reads records nor what draws them, nor what compares names."""
    heavy = {"pydantic", "pydantic_core", "yaml", "rich", "anyascii", "rapidfuzz"}
    searches = (
        ["silk"], ["横浜"], ["Łódź"], ["Đà Nẵng"], ["yokohma"], ["smart grid", "--json"],
        ["climate", "--region", "Asia"],
    )  # fmt: skip
    loaded("search", "silk", home=tmp_path)
    for words in searches:
        assert heavy & loaded("search", *words, home=tmp_path) == set(), words
