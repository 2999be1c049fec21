"""Measures of the source: rooms, names, density. `python tests/house.py` prints them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "citylinks"

MOST_AT_THE_TOP = 18
MOST_IN_A_FOLDER = 12
LONG_LISTS = ("lint/rules", "cli/commands", "questions", "views/pages")

# Functions that every module of a list offers under the same name.
SHARED_NAMES = frozenset(("check", "command", "lines", "page", "read", "rows"))
VAGUE_NAMES = frozenset(("found", "said", "told", "asked", "one", "there"))
VAGUE_FUNCTION = re.compile(r"of|_of_\w+")
VAGUE_DOCSTRING = re.compile(r"Return (what|how|whom|whether|who|where|which)\b")

# fava's source has 4.7 conditional expressions and 9.8 comprehensions per 1,000 lines
# (commit of November 2026, 10,749 lines); twice that is the bound.
MOST_CONDITIONALS = 9.4
MOST_COMPREHENSIONS = 19.6

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Place(NamedTuple):
    """A line of a file, with what stands there."""

    path: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.name}"


class Density(NamedTuple):
    """Expressions per 1,000 lines of the source."""

    lines: int
    conditionals: float
    comprehensions: float


def modules(*folders: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield each Python file below the folders, parsed."""
    for folder in folders or (SOURCE,):
        for path in sorted(folder.rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def entries(folder: Path) -> list[str]:
    """Return the names in a folder of the source, without caches and empty folders."""
    return sorted(path.name for path in folder.iterdir() if _holds_source(path))


def _holds_source(path: Path) -> bool:
    if path.name == "__pycache__" or path.name.startswith("."):
        return False
    if path.is_dir():
        return any(_holds_source(inner) for inner in path.iterdir())
    return True


def crowded_folders() -> dict[str, int]:
    """Return each folder that holds more than it should, with the number of its
    entries.
    """
    folders = [path for path in SOURCE.rglob("*") if path.is_dir()]
    counts = {str(path.relative_to(SOURCE)): len(entries(path)) for path in folders}
    kept = {name: n for name, n in counts.items() if "__pycache__" not in name}
    return {
        name: number
        for name, number in kept.items()
        if number > MOST_IN_A_FOLDER + 1 and name not in LONG_LISTS
    }


def repeated_names() -> dict[str, list[str]]:
    """Return each class or public function that several modules define, with its
    places.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for path, tree in modules():
        where = str(path.relative_to(SOURCE))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(f"{where}:{node.lineno}")
            elif isinstance(node, ast.FunctionDef) and _is_public(node.name):
                places[node.name].append(f"{where}:{node.lineno}")
    return {name: lines for name, lines in places.items() if len(lines) > 1}


def _is_public(name: str) -> bool:
    return not name.startswith("_") and name not in SHARED_NAMES


def vague_names(*folders: Path) -> list[Place]:
    """Return the variables and functions whose names say nothing."""
    places = []
    for path, tree in modules(*folders):
        for node in ast.walk(tree):
            name = _vague_name(node)
            if name:
                where = str(path.relative_to(ROOT))
                places.append(Place(where, getattr(node, "lineno", 0), name))
    return places


def _vague_name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return node.id if node.id in VAGUE_NAMES else None
    if isinstance(node, ast.arg):
        return node.arg if node.arg in VAGUE_NAMES else None
    if isinstance(node, ast.FunctionDef):
        return node.name if VAGUE_FUNCTION.fullmatch(node.name) else None
    return None


def vague_docstrings() -> list[Place]:
    """Return the docstrings that begin "Return what", "Return how" and the like."""
    places = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                text = ast.get_docstring(node) or ""
                if VAGUE_DOCSTRING.match(text):
                    where = str(path.relative_to(ROOT))
                    places.append(Place(where, node.lineno, text.splitlines()[0]))
    return places


def dense_expressions() -> list[Place]:
    """Return comprehensions with a second `for` or `if`, and lambdas within lambdas."""
    places = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if _is_dense(node):
                where = str(path.relative_to(ROOT))
                places.append(
                    Place(where, getattr(node, "lineno", 0), ast.unparse(node))
                )
    return places


def _is_dense(node: ast.AST) -> bool:
    if isinstance(node, COMPREHENSIONS):
        return len(node.generators) > 1 or len(node.generators[0].ifs) > 1
    if isinstance(node, ast.Lambda):
        return any(isinstance(inner, ast.Lambda) for inner in ast.walk(node.body))
    return False


def density() -> Density:
    """Return the conditional expressions and comprehensions per 1,000 lines."""
    lines = conditionals = comprehensions = 0
    for path, tree in modules():
        lines += len(path.read_text(encoding="utf-8").splitlines())
        for node in ast.walk(tree):
            conditionals += isinstance(node, ast.IfExp)
            comprehensions += isinstance(node, COMPREHENSIONS)
    scale = 1000 / lines
    return Density(lines, conditionals * scale, comprehensions * scale)


# -- Imports ------------------------------------------------------------------


def imports() -> dict[str, set[str]]:
    """Return each module of the source with the modules of the source that it imports.

    Imports for type checkers count: a reader follows them too.
    """
    known = {_module_name(path): tree for path, tree in modules()}
    return {name: set(_imported(name, tree, known)) for name, tree in known.items()}


def _module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(
    name: str, tree: ast.Module, known: dict[str, ast.Module]
) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                target = inner if inner in known else node.module
                if target in known and target != name:
                    yield target


def circles() -> list[list[str]]:
    """Return the groups of modules that import each other in a circle."""
    graph = imports()
    reached = {name: _reachable(graph, name) for name in graph}
    groups = {
        frozenset(other for other in reached[name] if name in reached[other]) | {name}
        for name in graph
        if name in reached[name]
    }
    return sorted(sorted(group) for group in groups)


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(graph[name])
    return reached


def main() -> None:
    """Print the measures."""
    measured = density()
    print(f"entries at the top: {len(entries(SOURCE))} (at most {MOST_AT_THE_TOP})")
    print(f"crowded folders: {crowded_folders() or 'none'}")
    print(f"circles of imports: {circles() or 'none'}")
    print(f"names given twice: {len(repeated_names())}")
    print(f"vague names: {len(vague_names())}")
    print(f"vague docstrings: {len(vague_docstrings())}")
    print(f"dense expressions: {len(dense_expressions())}")
    print(f"lines: {measured.lines}")
    print(
        f"conditional expressions per 1,000 lines: {measured.conditionals:.1f}"
        f" (at most {MOST_CONDITIONALS})"
    )
    print(
        f"comprehensions per 1,000 lines: {measured.comprehensions:.1f}"
        f" (at most {MOST_COMPREHENSIONS})"
    )


if __name__ == "__main__":
    main()
