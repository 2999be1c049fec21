"""Records and vocabularies: YAML of anybody, through the loader and the comments in it."""

from __future__ import annotations

from support import ROOT

from citylinks.files import suppressions
from citylinks.files.diagnostics import RULES
from citylinks.files.listing import file_at
from citylinks.files.loader import Dataset, load_file
from fuzz.held import FOLDER, check

SEEDS = (
    *(
        (ROOT / "data" / name).read_bytes()
        for name in ("cities/lyon.yaml", "partnerships/lyon-yokohama.yaml")
    ),
    b"name: x # citylinks: ignore CL101\n",
    b"--- {a: [b, {c: d}]}\n...\n--- |\n  text\n",
    b"a: &x [*x]\n<<: !!map {}\n? [k]\n: v\n",
)
WORDS = (
    b"name: ", b"title: ", b"date: ", b"sources: [", b"]", b"{", b"}", b"- ", b"\n", b"  ", b": ",
    b"&a", b"*a", b"!!str ", b"|", b">", b"---", b"...", b"#", b"'", b'"', b"\\x", b"%YAML 1.1",
    b"<<", b"~", b"\xef\xbb\xbf", b"\xff", b"\xc2\x85", b"\xe2\x80\xa8", b"citylinks: ignore ",
    b"members: ", b"start: ", b"claims: ", b"names: ", b"location: ", b"level: ", b"country: ",
)  # fmt: skip
_CODES = {rule.code for rule in RULES}
_PLACES = (("cities", "lyon.yaml"), ("events", "x.yaml"), ("partnerships", "x.yaml"),
           ("", "sources.yaml"), ("", "themes.yaml"), ("", "organizations.yaml"))  # fmt: skip


def target(data: bytes) -> None:
    where = _PLACES[data[0] % len(_PLACES)] if data else _PLACES[0]
    for folder, name in {_PLACES[0], where}:
        within = FOLDER / folder
        within.mkdir(exist_ok=True)
        path = within / name
        path.write_bytes(data)
        file = file_at(str(FOLDER), str(within), name)
        assert file is not None
        dataset = Dataset((str(FOLDER),))
        load_file(dataset, file, data)
        for problem in dataset.problems:
            assert problem.rule.code in _CODES
            assert 1 <= problem.span.line <= data.count(b"\n") + 1
            check(problem.message)
        written = suppressions.find_suppressions(data)
        if written:
            suppressions.parse_suppressions(str(path), written)
