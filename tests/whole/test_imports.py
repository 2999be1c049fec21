"""The house keeps its one direction: imports are those of the table in ARCHITECTURE.md."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from support import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = ROOT / "src" / "citylinks"
ROW = re.compile(r"^\| `(\w+)` \|([^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
OUTSIDE = {"__init__", "__main__"}  # the public names and `python -m`: they only open doors


class Room(NamedTuple):
    rooms: set[str]
    packages: set[str]


def table() -> dict[str, Room]:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return {
        name: Room(_words(rooms), _words(at_home)) for name, _, rooms, at_home in ROW.findall(text)
    }


def _words(cell: str) -> set[str]:
    return {word.strip() for word in cell.split(",") if word.strip()}


def imported() -> dict[str, Room]:
    found: dict[str, Room] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        if room not in OUTSIDE:
            mine = found.setdefault(room, Room(set(), set()))
            for name in _modules(path):
                top, _, rest = name.partition(".")
                if top == "citylinks" and rest:
                    mine.rooms.add(rest.split(".")[0])
                elif top not in sys.stdlib_module_names and top != "citylinks":
                    mine.packages.add(top)
            mine.rooms.discard(room)
    return found


def _modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "citylinks":
            yield from (f"citylinks.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_rooms_import_what_the_table_says() -> None:
    assert imported() == table()


def test_no_circle() -> None:
    rooms = {name: set(room.rooms) for name, room in imported().items()}
    while rooms:
        free = {name for name, knows in rooms.items() if not knows}
        assert free, f"a circle among {sorted(rooms)}"
        rooms = {name: knows - free for name, knows in rooms.items() if name not in free}


def test_no_room_is_a_cupboard() -> None:
    forbidden = {"utils", "helpers", "common", "core", "base", "manager"}
    assert not forbidden & {path.stem for path in SOURCE.rglob("*.py")}


def loaded(*arguments: str, home: Path) -> set[str]:
    """Return the top-level packages that one command has loaded when it ends."""
    code = (
        "import sys, json, io, contextlib\n"
        "from citylinks.cli import main\n"
        f"with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())): main({arguments!r})\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(done.stdout))


def test_a_question_in_json_loads_no_rich(tmp_path: Path) -> None:
    assert "rich" not in loaded("timeline", "lyon", "yokohama", "--format", "json", home=tmp_path)


def test_a_question_in_a_pipe_loads_no_rich(tmp_path: Path) -> None:
    assert "rich" not in loaded("timeline", "lyon", "yokohama", home=tmp_path)


def test_help_and_version_load_nothing_heavy(tmp_path: Path) -> None:
    for argument in ("--help", "--version"):
        assert not {"pydantic", "yaml", "rich", "sqlite3"} & loaded(argument, home=tmp_path)


def test_a_warm_search_loads_nothing_heavy(tmp_path: Path) -> None:
    """Neither what reads records nor what draws them, nor what compares names."""
    heavy = {"pydantic", "pydantic_core", "yaml", "rich", "anyascii", "rapidfuzz"}
    asked = (
        ["silk"], ["横浜"], ["Łódź"], ["Đà Nẵng"], ["yokohma"], ["smart grid", "--json"],
        ["climate", "--region", "Asia"],
    )  # fmt: skip
    loaded("search", "silk", home=tmp_path)
    for words in asked:
        assert heavy & loaded("search", *words, home=tmp_path) == set(), words
