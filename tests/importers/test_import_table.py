"""Tables that become data directories, as a person has the command do it."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from support import ROOT, environment, read_report

from citylinks.importers.tables.mapping import parse_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., subprocess.CompletedProcess[str]]

RGRE = ROOT.parent / "shared" / "datasets" / "rgre-2014" / "partnerships.csv"
MAP = ROOT / "docs" / "maps" / "rgre-2014.yaml"

TABLE = """\
Stadt;PLZ;Partner;Land;seit;Art;Themen
Neustadt;7806;Lyon;Frankreich;07.04.1959;P;Umwelt;
Neustadt;96465;Lyon;Frankreich;04.1960;P;;
Neustadt;96465;Lyon;Frankreich;04.1960;P;;
Köln;50667;Kyōto;Japan;soon;F;Kultur;
Köln;50667;;Japan;1963;F;;
""".replace(";\n", "\n")
BY = """\
source: {title: Our partnerships, url: "https://example.org/", date: 2024}
a: {name: Stadt, country: {value: DE}, apart: {column: PLZ, digits: 5}}
b: {name: Partner, country: Land}
start: {column: seit, written: day.month.year, others: leave-out}
kind: {column: Art, values: {P: partner-city, F: friendship-city}}
themes: Themen
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a folder with a table and its map."""
    (tmp_path / "ties.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(BY, encoding="utf-8")
    return tmp_path


def imported(run: Run, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run("import", "table", "ties.csv", "--map", "map.yaml", *more, cwd=folder)


def sums(folder: Path) -> dict[str, str]:
    """Return the content of each file of a folder, as a sum."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def records(folder: Path) -> list[dict[str, object]]:
    return [
        document
        for path in sorted(folder.glob("*.yaml"))
        for document in yaml.load_all(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    ]


def test_a_table_becomes_a_data_directory(run: Run, table: Path) -> None:
    done = imported(run, table, "--into", "out", "--report", "rows.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert "5 rows: 3 taken, 1 merged, 1 set aside" in done.stderr
    assert "set aside: 1, party b has no name" in done.stderr
    cities = {city["id"]: city for city in records(table / "out" / "cities")}
    assert {"neustadt-07806", "neustadt-96465"} <= cities.keys()
    ties = {
        partnership["id"]: partnership
        for partnership in records(table / "out" / "partnerships")
    }
    assert [
        (partnership["kind"], partnership.get("start"), partnership.get("themes"))
        for partnership in ties.values()
    ] == [
        ("friendship-city", None, ["kultur"]),
        ("partner-city", "1959-04-07", ["umwelt"]),
        ("partner-city", "1960-04", None),
    ]
    assert "title: Our partnerships" in (table / "out" / "sources.yaml").read_text(
        "utf-8"
    )
    rows = read_report(table / "rows.csv")
    assert [row["where"] for row in rows] == [
        f"ties.csv:{line}" for line in range(2, 7)
    ]
    assert rows[2]["with"] == "ties.csv:3"
    assert (
        "start: 'soon' is not a date written as day.month.year; left out"
        in rows[3]["remarks"]
    )


def test_the_result_is_sound_and_a_second_import_changes_nothing(
    run: Run, table: Path
) -> None:
    imported(run, table, "--into", "out")
    checked = run("validate", "--data", "out", cwd=table)
    assert checked.returncode == 0, checked.stdout
    before = sums(table / "out")
    assert imported(run, table, "--into", "out").returncode == 0
    assert sums(table / "out") == before
    imported(run, table, "--into", "other")
    assert sums(table / "other") == before


def test_cities_that_may_be_one_are_told_once_and_are_no_error(
    run: Run, table: Path
) -> None:
    doubles = "".join(
        f"Köln;50667;{name};Frankreich;1991;P;\n" for name in ("Cléder", "Cleder")
    )
    (table / "ties.csv").write_text(TABLE + doubles, encoding="utf-8")
    done = imported(run, table, "--into", "out")
    assert (
        "'Cléder' may be 'Cleder'" in done.stderr
        or "'Cleder' may be 'Cléder'" in done.stderr
    )
    checked = run("validate", "--data", "out", cwd=table)
    assert (checked.returncode, checked.stdout) == (0, "")
    [proposed] = [
        line.split("--accept ")[1] for line in done.stderr.splitlines() if "=" in line
    ]
    imported(run, table, "--into", "merged", "--accept", proposed)
    assert "citylinks: ignore" not in "".join(
        path.read_text(encoding="utf-8")
        for path in (table / "merged" / "cities").iterdir()
    )


BAD = {
    "a ragged row": (
        "ties.csv",
        TABLE + "Bern;1\n",
        "ties.csv:7: this row has 2 columns",
    ),
    "open quotes": (
        "ties.csv",
        TABLE + '"Bern;1;2;3;4;5;6\n',
        "ties.csv:7: quotes that open",
    ),
    "cp1252": (
        "ties.csv",
        TABLE.replace("ō", "o").encode("cp1252"),
        "ties.csv:5: the byte 0xf6",
    ),
    "an absent column": (
        "map.yaml",
        BY + "end: bis\n",
        "ties.csv:1: there is no column 'bis'",
    ),
    "an unknown key": (
        "map.yaml",
        BY + "kinds: x\n",
        "map.yaml:7: unknown key 'kinds'",
    ),
    "HTML": ("ties.csv", "<html><p>Not found</p></html>", "ties.csv:1: this is HTML"),
}


@pytest.mark.parametrize(("name", "content", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_a_line_and_nothing_is_written(
    run: Run, table: Path, name: str, content: str | bytes, message: str
) -> None:
    imported(run, table, "--into", "there")
    (table / name).write_bytes(
        content.encode() if isinstance(content, str) else content
    )
    before = sums(table)
    for into in ("there", "new"):
        done = imported(run, table, "--into", into, "--report", "rows.csv")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"citylinks: {message}")
        assert len(done.stderr.splitlines()) == 1
        assert sums(table) == before
    assert not (table / "new").exists()


def test_another_encoding_is_read_where_it_is_named(run: Run, table: Path) -> None:
    (table / "ties.csv").write_bytes(TABLE.replace("ō", "o").encode("cp1252"))
    done = imported(run, table, "--into", "out", "--encoding", "cp1252")
    assert done.returncode == 0
    assert "Köln" in {city["name"] for city in records(table / "out" / "cities")}


def test_a_guess_writes_nothing_and_can_be_used(run: Run, table: Path) -> None:
    before = sums(table)
    done = run("import", "table", "ties.csv", "--guess", cwd=table)
    assert (done.returncode, done.stderr) == (0, "")
    assert sums(table) == before
    (table / "map.yaml").write_text(done.stdout, encoding="utf-8")
    assert "5 rows: 3 taken" in imported(run, table, "--into", "out").stderr


def test_what_is_missing_is_asked_for(run: Run, table: Path) -> None:
    done = run("import", "table", "ties.csv", "--into", "out", cwd=table)
    assert done.returncode == 2
    assert "--map" in done.stderr
    assert "--guess" in done.stderr
    assert not (table / "out").exists()
    done = imported(run, table, "--guess")
    assert (
        done.stderr
        == "citylinks: use either --guess, which makes a map, or --map, which names one\n"
    )


def test_the_maps_of_the_page_are_maps(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert [parse_map(text, tmp_path).a.name is not None for text in shown] == [
        True,
        True,
    ]


# -- RGRE ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def rgre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what became of the file: `rgre`, and the report `rows.csv`."""
    if not RGRE.is_file():
        pytest.skip("the data sets of others are not beside the project")
    folder = tmp_path_factory.mktemp("rgre")
    command = f"import table {RGRE} --map {MAP} --into rgre --report rows.csv"
    done = subprocess.run(
        [sys.executable, "-m", "citylinks", *command.split()],
        cwd=folder,
        env=environment(folder / "home"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder / "told").write_text(done.stderr, encoding="utf-8")
    return folder


def test_rgre_comes_in_with_years_and_kinds(run: Run, rgre: Path) -> None:
    source, rows = read_report(RGRE), read_report(rgre / "rows.csv")
    assert len(rows) == len(source) == 5881
    assert Counter(row["outcome"] for row in rows) == {"taken": 5873, "merged": 8}
    ties = {
        partnership["id"]: partnership
        for partnership in records(rgre / "rgre" / "partnerships")
    }
    assert len(ties) == 5873
    kinds = {"p": "partner-city", "f": "cooperation", "k": "contact", "": "unspecified"}
    for original, row in zip(source, rows, strict=True):
        tie = ties[row["record"]]
        assert tie["kind"] == kinds[original["form"]]
        year = "2000?" if original["seit"] == "2000" else original["seit"]
        assert tie["start"] == year or row["outcome"] == "merged"
    (summary, *_) = (rgre / "told").read_text(encoding="utf-8").splitlines()
    assert summary in (ROOT / "docs/import.md").read_text(encoding="utf-8")
    french = [
        row["outcome"]
        for original, row in zip(source, rows, strict=True)
        if original["land"] == "Frankreich"
    ]
    assert Counter(french) == {"taken": 2278, "merged": 3}
    listed = run("list", "partnerships", "--country", "FR", "--data", "rgre", cwd=rgre)
    assert len(listed.stdout.splitlines()) == 1 + 2278, "a header, and the rows"


def test_rgre_asserts_no_place_and_keeps_namesakes_apart(run: Run, rgre: Path) -> None:
    cities = records(rgre / "rgre" / "cities")
    assert not [city for city in cities if "location" in city]
    names = {city["name"] for city in cities}
    assert {
        "Breitenbrunn (87739)",
        "Breitenbrunn (92363)",
        "Lichtenberg (01896)",
    } <= names
    printed = run("timeline", "aachen", "--data", "rgre", cwd=rgre).stdout
    assert "1967  start: Aachen and Reims become partner cities" in printed
