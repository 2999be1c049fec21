"""Two columns of names or ids: each row is a tie of two cities, the graph that others
publish.

What the ids are called says a second file, of ids and names. `Q456` is Wikidata's id
anywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citylinks.importers.reading.lines import cells
from citylinks.importers.rows import (
    Described,
    Party,
    SetAside,
    Term,
    Tie,
    UnreadableError,
)
from citylinks.text.safe import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from citylinks.importers import Asked

SOURCE = Term("[{files}]")

_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_ADDRESS = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/")

# The words of a first row that is no pair but says what the columns are.
_HEADS = frozenset(
    (
        "a", "b", "city", "city a", "city b", "city1", "city2", "city 1", "city 2", "from", "id",
        "item", "itemlabel", "label", "name", "node", "node1", "node2", "partner", "source",
        "target", "to", "twin", "wikidata",
    )
)  # fmt: skip


def read(files: Sequence[Path], asked: Asked) -> Iterator[Tie | Described | SetAside]:
    """Yield what the labels call each id, then a tie for each row."""
    for file in asked.labels:
        for _, (key, name) in _rows(file, "ids and their names"):
            if key and name:
                yield Described(_party(key, is_key=True)._replace(name=name))
    for file in files:
        for line, (one, other) in _rows(file, "pairs"):
            yield _tie(f"{file}:{line}", one, other, is_key=bool(asked.labels))


def _rows(file: Path, what: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of two cells, but for one that is the head of the columns."""
    for number, (line, row) in enumerate(cells(file)):
        if len(row) != 2:
            columns = number_of(len(row), "column stands", "columns stand")
            said = f"{columns} here, and {what} have two, parted by a tab, a semicolon or a comma"
            raise UnreadableError(file, line, said)
        pair = [_ADDRESS.sub("", cell.strip()) for cell in row]
        if number or not _is_head(pair):
            yield line, pair


def _is_head(row: Sequence[str]) -> bool:
    return all(cell.casefold().replace("_", " ") in _HEADS for cell in row)


def _tie(where: str, one: str, other: str, *, is_key: bool) -> Tie | SetAside:
    if not (one and other):
        return SetAside(where, "one of the two cells is empty")
    a, b = _party(one, is_key=is_key), _party(other, is_key=is_key)
    return Tie(where, a, b, is_one_way=True)


def _party(cell: str, *, is_key: bool) -> Party:
    """Return what a cell names: an item of Wikidata, a key that has a label, or a name."""
    if _ITEM.fullmatch(cell):
        return Party(None, wikidata=cell)
    return Party(None, apart=cell) if is_key else Party(cell)
