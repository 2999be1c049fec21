"""Whatever is done to files, `validate` says what is wrong with them and nothing
breaks.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st
from support import ROOT, examples

from citylinks.files.diagnostics import RULES, Severity, Stage
from citylinks.knowledge_base import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.questions.validation import Problem

few = examples(40)

SHIPPED = {
    path.relative_to(ROOT / "data").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "data").rglob("*.yaml"))
}
RECORDS = {  # a few records, of which each refers to others
    path: raw
    for path, raw in SHIPPED.items()
    if path
    in {"cities/lyon.yaml", "cities/yokohama.yaml", "partnerships/lyon-yokohama.yaml"}
    or (path.startswith("events/20") and "lyon-yokohama" in path)
}


def terms_of_these(raw: bytes) -> bytes:
    """Return those of the themes, organizations or sources of a file that the few
    records name.
    """
    terms = re.findall(rb"^([\w-]+):\n((?:  .*\n)+)", raw, flags=re.MULTILINE)
    text = b"".join(RECORDS.values())
    return b"".join(
        b"%s:\n%s" % term
        for term in terms
        if re.search(rb"(?<![\w-])%s(?![\w-])" % term[0], text)
    )


# A data directory of those records and what they name, a tenth of what all of it would
# be.
SMALL = RECORDS | {
    path: terms_of_these(raw) for path, raw in SHIPPED.items() if "/" not in path
}
CODES = {rule.code for rule in RULES}
# Where one of these is broken, a record is not taken; the others spoil no record.
READING = {
    rule.name
    for rule in RULES
    if rule.stage is Stage.IN_FILE and rule.severity is Severity.ERROR
} - {"byte-order-mark", "id-not-file-name"}

# -- What may stand in a file --------------------------------------------------

yamlish = st.text(
    st.sampled_from("ab19:-[]{}?,&*!|>'\"#%@ \t\n\r~.\0\x85\u2028\ufeffé横"),
    max_size=200,
).map(str.encode)
keys = st.sampled_from(
    ["id", "name", "title", "date", "kind", "names", "country", "sources", "members", "themes",
     "start", "end", "status", "claims", "location", "aliases", "<<", "agreements", "series"]
)  # fmt: skip
words = st.sampled_from(
    ["lyon", "yokohama", "2009", "1959-04", "FR", "sister-city", "visit", "culture", "Q456", "''",
     "[lyon, yokohama]", "{city: lyon}", "{ja: 横浜}", "[{is: ended}]", "[{field: start}]", "~",
     "{latitude: 1, longitude: 1}", "2012/2009", "|\n  text", "[]", "{id: lyon-yokohama}"]
)  # fmt: skip
recordish = st.lists(st.tuples(keys, words), max_size=12).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs).encode()
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a shipped file after a few accidents."""
    raw = SHIPPED[draw(st.sampled_from(sorted(SHIPPED)))][:4000]
    for _ in range(draw(st.integers(1, 4))):
        lines = raw.splitlines(keepends=True) or [b""]
        first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(
            st.sampled_from(
                ["flip", "swap", "delete", "repeat", "indent", "cut", "join"]
            )
        ):
            case "flip":
                at = draw(st.integers(0, len(raw)))
                raw = raw[:at] + draw(st.binary(max_size=2)) + raw[at + 1 :]
            case "swap":
                lines[first], lines[second] = lines[second], lines[first]
                raw = b"".join(lines)
            case "delete":
                raw = b"".join([*lines[:first], *lines[first + 1 :]])
            case "repeat":
                raw = b"".join([*lines[:first], lines[second], *lines[first:]])
            case "indent":
                lines[first] = (
                    b"  " + lines[first]
                    if second % 2
                    else lines[first].removeprefix(b"  ")
                )
                raw = b"".join(lines)
            case "cut":
                raw = raw[: draw(st.integers(0, len(raw)))]
            case "join":
                raw += b"---\n" + raw
    return raw


contents = st.one_of(st.binary(max_size=200), yamlish, recordish, mutated())
paths = st.one_of(
    st.sampled_from(sorted(SMALL)),
    st.sampled_from(
        ["cities/kobe.yaml", "events/2010-x.yaml", "cities/x.txt", "x.yaml"]
    ),
)
edits = st.lists(st.tuples(paths, st.none() | contents), min_size=1, max_size=4)

# -- What holds of every report ------------------------------------------------


@contextmanager
def small_data() -> Iterator[Path]:
    """Give a data directory for one example, with an index of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, {"XDG_CACHE_HOME": f"{folder}/cache"}),
    ):
        data = Path(folder, "data")
        for path, raw in SMALL.items():
            (data / path).parent.mkdir(parents=True, exist_ok=True)
            (data / path).write_bytes(raw)
        yield data


def check_data(data: Path) -> tuple[list[Problem], list[tuple[str, str, str]]]:
    """Return the problems, and type, id and file of each record that can be asked for."""
    with KnowledgeBase.open(data) as kb:
        problems = list(kb.validate().results)
        sql = (
            "SELECT r.type, r.id, f.path FROM record r JOIN file f ON f.no = r.no >> 25"
            " ORDER BY 1, 2"
        )
        rows = kb._ask(lambda session: session.fetch(sql))
    return problems, [
        (row["type"], row["id"], os.fsdecode(row["path"])) for row in rows
    ]


def is_sound_report(
    data: Path, problems: list[Problem], records: list[tuple[str, str, str]]
) -> None:
    reported = {Path(problem.path).absolute() for problem in problems}
    for problem in problems:
        path = Path(problem.path)
        raw = path.read_bytes() if path.is_file() else b""
        assert problem.code in CODES
        assert 1 <= problem.line <= raw.count(b"\n") + 1
        assert 1 <= problem.column <= max(map(len, raw.split(b"\n"))) + 1
        assert len(problem.message) < 300
    kept = {Path(path) for _, _, path in records}
    assert all(path in kept | reported for path in data.glob("*/*"))
    assert len({record[:2] for record in records}) == len(records)


@given(edits)
@few
def test_any_edit_is_reported_alike_by_an_old_index_and_a_new_one(
    changes: list[tuple[str, bytes | None]],
) -> None:
    with small_data() as data:
        assert check_data(data)[0] is not None
        for path, raw in changes:
            if raw is None:
                (data / path).unlink(missing_ok=True)
            else:
                (data / path).write_bytes(raw)
            problems, records = check_data(data)
            assert check_data(data) == (problems, records), "asked twice"
            is_sound_report(data, problems, records)
        shutil.rmtree(f"{data.parent}/cache")
        assert check_data(data) == (problems, records), (
            "asked of an index that is made anew"
        )


@given(st.sampled_from(sorted(path for path in SHIPPED if "/" in path)), contents)
@example("cities/lyon.yaml", b"\xef\xbb\xbf")  # what the fuzzers found before
@example("cities/lyon.yaml", b"  name: Lyon\ncountry: FR\nsources: [wikidata]\n")
@few
def test_a_record_is_in_the_index_or_an_error_says_why(path: str, raw: bytes) -> None:
    with small_data() as data:
        (data / path).write_bytes(raw)
        problems, records = check_data(data)
        taken = [record for record in records if record[2] == str(data / path)]
        errors = [
            problem
            for problem in problems
            if Path(problem.path) == data / path and problem.rule in READING
        ]
        if b"---" not in raw:
            assert bool(taken) != bool(errors), errors
