from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from citylinks import KnowledgeBase
from citylinks.files.diagnostics import Diagnostic
from citylinks.files.loader import Dataset, load
from citylinks.files.reading import MAX_BYTES, decode, read_bytes

WriteData = Callable[[Mapping[str, str]], Path]

SOURCES = "page:\n  title: Page\n"
LYON = "name: Lyon\nsources: [page]\n"
KOBE = "name: Kobe\nsources: [page]\n"
TIE = "kind: sister-city\nmembers: [lyon, kobe]\nsources: [page]\n"
SOUND = {
    "sources.yaml": SOURCES,
    "cities/lyon.yaml": LYON,
    "cities/kobe.yaml": KOBE,
    "partnerships/lyon-kobe.yaml": TIE,
}


def reported(dataset: Dataset) -> list[str]:
    """Return `folder/file:line:column rule` of every problem that validation finds,
    sorted.
    """
    with KnowledgeBase.open(*dataset.directories) as kb:
        problems = kb.validate(ignore=["CL4"]).results
    return sorted(
        f"{'/'.join(Path(p.path).parts[-2:])}:{p.line}:{p.column} {p.rule}"
        for p in problems
    )


def loaded(dataset: Dataset, type_: str) -> list[str]:
    return sorted(dataset.records[type_])


def left_out(dataset: Dataset) -> list[str]:
    return sorted(Path(path).name for path in dataset.left_out)


# --- records and their ids ---------------------------------------------------------------------


def test_one_record_a_file(data: WriteData) -> None:
    root = data(SOUND)
    dataset = load([root])
    assert reported(dataset) == []
    assert loaded(dataset, "city") == ["kobe", "lyon"]
    lyon = dataset.records["city"]["lyon"]
    assert (lyon.id, lyon.type, lyon.origin.document) == ("lyon", "city", 0)
    assert lyon.origin.path == str(root / "cities/lyon.yaml")
    assert lyon.origin.directory == str(root)
    assert len(dataset.files) == len(SOUND)
    assert len(list(dataset)) == 4


def test_a_record_may_say_its_id(data: WriteData) -> None:
    dataset = load([data({**SOUND, "cities/lyon.yaml": f"id: lyon\n{LYON}"})])
    assert reported(dataset) == []


def test_many_records_in_a_file(data: WriteData) -> None:
    bulk = f"---\nid: lyon\n{LYON}---\nid: kobe\n{KOBE}"
    files = {
        "sources.yaml": SOURCES,
        "cities/all.yaml": bulk,
        "partnerships/lyon-kobe.yaml": TIE,
    }
    dataset = load([data(files)])
    assert reported(dataset) == []
    assert loaded(dataset, "city") == ["kobe", "lyon"]
    assert dataset.records["city"]["kobe"].origin.document == 1


def test_a_stream_of_one_may_have_an_id_of_its_own(data: WriteData) -> None:
    dataset = load(
        [data({"sources.yaml": SOURCES, "cities/all.yaml": f"---\nid: lyon\n{LYON}"})]
    )
    assert reported(dataset) == []
    assert loaded(dataset, "city") == ["lyon"]


def test_an_id_belongs_to_its_type(data: WriteData) -> None:
    event = "title: Lyon\ndate: 2009\nkind: visit\nsources: [page]\n"
    dataset = load([data({**SOUND, "events/lyon.yaml": event})])
    assert reported(dataset) == []


def test_hidden_files_are_passed_over(data: WriteData) -> None:
    dataset = load(
        [data({**SOUND, "cities/.lyon.yaml.swp": "x", "cities/.gitkeep": ""})]
    )
    assert reported(dataset) == []


def test_vocabularies(data: WriteData) -> None:
    themes = "culture:\n  label: Culture\nmusic:\n  label: Music\n  broader: culture\n"
    organizations = "jica:\n  name: JICA\n  country: JP\n"
    files = {**SOUND, "themes.yaml": themes, "organizations.yaml": organizations}
    dataset = load([data(files)])
    assert reported(dataset) == []
    assert loaded(dataset, "theme") == ["culture", "music"]
    assert loaded(dataset, "organization") == ["jica"]
    assert dataset.records["theme"]["music"].origin.within == ("music",)


def test_one_bad_term_spoils_no_other(data: WriteData) -> None:
    themes = "culture:\n  label: Culture\nmusic: Music\nart:\n  lable: Art\n"
    dataset = load([data({**SOUND, "themes.yaml": themes})])
    assert loaded(dataset, "theme") == ["culture"]
    assert reported(dataset) == [
        "data/themes.yaml:3:8 wrong-type",
        "data/themes.yaml:5:3 missing-key",
        "data/themes.yaml:5:3 unknown-key",
    ]


@pytest.mark.parametrize(
    "themes", ["- culture\n", "culture\n", "---\na: {}\n---\nb: {}\n"]
)
def test_a_vocabulary_is_one_mapping(data: WriteData, themes: str) -> None:
    dataset = load([data({**SOUND, "themes.yaml": themes})])
    [problem] = reported(dataset)
    assert problem.endswith("wrong-type")
    assert left_out(dataset) == ["themes.yaml"]


# --- several directories, ids given twice ------------------------------------------------------


def test_later_directories_add(data: WriteData, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    for folder in ("cities", "partnerships", "events"):
        (mine / folder).mkdir(parents=True)
    (mine / "cities/nice.yaml").write_text(
        "name: Nice\nsources: [page]\n", encoding="utf-8"
    )
    (mine / "themes.yaml").write_text("culture: {label: Culture}\n", encoding="utf-8")
    dataset = load([data(SOUND), mine])
    assert reported(dataset) == []
    assert loaded(dataset, "city") == ["kobe", "lyon", "nice"]

    (mine / "cities/lyon.yaml").write_text(
        "name: Mine\nsources: [page]\n", encoding="utf-8"
    )
    (mine / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    dataset = load([data(SOUND), mine])
    assert reported(dataset) == [
        "cities/lyon.yaml:1:1 duplicate-id",
        "cities/lyon.yaml:1:1 duplicate-id",
        "data/sources.yaml:1:1 duplicate-id",
        "mine/sources.yaml:1:1 duplicate-id",
    ]
    assert dataset.records["city"]["lyon"].origin.directory == str(tmp_path / "data")
    assert dataset.left_out == {
        str(mine / "cities/lyon.yaml"),
        str(mine / "sources.yaml"),
    }


def test_an_id_given_twice_is_reported_at_both_places(data: WriteData) -> None:
    bulk = f"---\nid: nice\n{LYON}---\nid: lyon\n{LYON}"
    dataset = load([data({**SOUND, "cities/more.yaml": bulk})])
    assert reported(dataset) == [
        "cities/lyon.yaml:1:1 duplicate-id",
        "cities/more.yaml:6:5 duplicate-id",
    ]
    helps = {problem.help or "" for problem in dataset.problems}
    assert any("lyon.yaml:1:1" in note for note in helps)
    assert any("more.yaml:6:5" in note for note in helps)


# --- what is broken is reported once -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        (
            "cities/lyon.yaml",
            "name: Lyon\nlevel: town\n",
            "lyon.yaml:2:8 unknown-value",
        ),
        ("cities/lyon.yaml", "name: [\n", "lyon.yaml:2:1 yaml-syntax"),
        ("cities/lyon.yaml", "", "lyon.yaml:1:1 empty-file"),
        ("cities/lyon.yaml", "- Lyon\n", "lyon.yaml:1:1 wrong-type"),
        ("cities/lyon.yaml", f"id: Lyon\n{LYON}", "lyon.yaml:1:5 id-not-a-slug"),
        (
            "sources.yaml",
            "page:\n  titel: Page\n  title: x\n",
            "sources.yaml:2:3 unknown-key",
        ),
        (
            "sources.yaml",
            "page:\n  title: Page\n  title: x\n",
            "sources.yaml:3:3 duplicate-key",
        ),
        ("sources.yaml", "page:\n\ttitle: Page\n", "sources.yaml:2:1 tab"),
    ],
)
def test_a_reference_to_what_is_broken_is_no_second_problem(
    data: WriteData, path: str, text: str, problem: str
) -> None:
    dataset = load([data({**SOUND, path: text})])
    assert [line.partition("/")[2] for line in reported(dataset)] == [problem]
    assert left_out(dataset) == [Path(path).name]
    assert loaded(dataset, "partnership") == ["lyon-kobe"]


BULK = {"sources.yaml": SOURCES, "partnerships/lyon-kobe.yaml": TIE}


def test_one_bad_record_of_many_spoils_no_other(data: WriteData) -> None:
    bulk = f"---\nid: lyon\n{LYON}---\nid: kobe\nname: Kobe\nlevel: town\n"
    dataset = load([data({**BULK, "cities/all.yaml": bulk})])
    assert reported(dataset) == ["cities/all.yaml:8:8 unknown-value"]
    assert loaded(dataset, "city") == ["lyon"]


def test_one_key_given_twice_spoils_no_other_record(data: WriteData) -> None:
    bulk = (
        f"---\nid: lyon\n{LYON}---\nid: kobe\nname: Kobe\nname: Kobe\nsources: [page]\n"
    )
    dataset = load([data({**BULK, "cities/all.yaml": bulk})])
    assert reported(dataset) == ["cities/all.yaml:8:1 duplicate-key"]
    assert loaded(dataset, "city") == ["lyon"]


def test_what_stands_before_bad_yaml_is_seen(data: WriteData) -> None:
    bulk = f"---\nid: lyon\n{LYON}---\nid: kobe\n{KOBE}---\nid: nice\nname: [\n"
    dataset = load([data({**BULK, "cities/all.yaml": bulk})])
    assert reported(dataset) == ["cities/all.yaml:12:1 yaml-syntax"]


def test_every_problem_of_a_record(data: WriteData) -> None:
    event = """
        title: A visit
        date: 1959-13
        kind: vist
        place: Lyon
        attendance: {people: many, cites: 3}
        cities: [lyon, {city: kobe, rol: host}]
        """
    dataset = load([data({**SOUND, "events/1959-visit.yaml": event})])
    assert reported(dataset) == [
        "events/1959-visit.yaml:2:7 invalid-date",
        "events/1959-visit.yaml:3:7 unknown-value",
        "events/1959-visit.yaml:4:8 id-not-a-slug",
        "events/1959-visit.yaml:5:22 invalid-number",
        "events/1959-visit.yaml:5:28 unknown-key",
        "events/1959-visit.yaml:6:29 unknown-key",
    ]


def test_every_end_before_its_start(data: WriteData) -> None:
    tie = """
        kind: cooperation
        members: [lyon, {city: kobe, from: 2000, until: 1999}]
        start: 1959
        end: 1958
        agreements: [{kind: protocol, signed: 1990, expires: 1989}]
        sources: [page]
        """
    dataset = load([data({**SOUND, "partnerships/lyon-kobe.yaml": tie})])
    assert reported(dataset) == [
        "partnerships/lyon-kobe.yaml:2:49 leaves-before-joining",
        "partnerships/lyon-kobe.yaml:4:6 ends-before-start",
        "partnerships/lyon-kobe.yaml:5:39 agreement-outside-partnership",
        "partnerships/lyon-kobe.yaml:5:54 expires-before-signed",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("aliases: [{nam: x}]", ["3:11 missing-key", "3:12 unknown-key"]),
        ("counts: [{of: x, value: ten}]", ["3:25 invalid-number"]),
        ("aliases: [[a]]", ["3:11 wrong-type"]),
        ("aliases: []", ["3:10 empty-value"]),
        ("names: {}", ["3:8 empty-value"]),
        ("names: {x_y: Lyon}", ["3:9 malformed-identifier"]),
        ("level: [city]", ["3:8 wrong-type"]),
        ("level: {is: city}", ["3:8 wrong-type"]),
        ("summary:", ["3:9 empty-value"]),
        ("<<: {level: city}", ["3:1 unknown-key"]),
    ],
)
def test_a_problem_is_told_once_and_as_it_is(
    data: WriteData, line: str, problem: list[str]
) -> None:
    dataset = load([data({**SOUND, "cities/lyon.yaml": f"{LYON}{line}\n"})])
    assert reported(dataset) == [f"cities/lyon.yaml:{each}" for each in problem]


def test_a_file_whose_name_is_no_id_is_left_out(data: WriteData) -> None:
    dataset = load(
        [data({**SOUND, "cities/New York.yaml": "name: New York\nsources: [page]\n"})]
    )
    assert reported(dataset) == ["cities/New York.yaml:1:1 id-not-a-slug"]
    assert left_out(dataset) == ["New York.yaml"]
    assert loaded(dataset, "city") == ["kobe", "lyon"]


# --- files -------------------------------------------------------------------------------------


def test_the_place_of_a_byte_that_is_not_utf8_counts_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("name: Lyon\nsummary: 横浜 ".encode() + b"\xe9t\xe9\n")
    raw = read_bytes(str(path))
    assert isinstance(raw, bytes)
    problem = decode(raw, str(path))
    assert isinstance(problem, Diagnostic)
    assert (problem.rule.name, *problem.span[1:]) == ("not-utf8", 2, 13)


def test_a_file_may_be_as_large_as_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    assert isinstance(read_bytes(str(path)), bytes)
    with path.open("ab") as file:
        file.write(b"#")
    problem = read_bytes(str(path))
    assert isinstance(problem, Diagnostic)
    assert problem.rule.name == "too-large"


def test_no_folder_raises(tmp_path: Path) -> None:
    dataset = load([tmp_path / "nowhere"])
    assert {problem.rule.name for problem in dataset.problems} == {"unreadable-file"}
    assert list(dataset) == []


def test_a_term_that_is_not_read_right_is_left_out_alone(data: WriteData) -> None:
    """It is told once; the terms beside it stand."""
    broken = "a:\n  title: A\nb:\n  title: *x\nc:\n  title: C\n  title: D\n&y d: {title: D}\n*z : {}\n"
    dataset = load([data({"sources.yaml": broken})])
    assert reported(dataset) == [
        "data/sources.yaml:4:10 yaml-feature",
        "data/sources.yaml:7:3 duplicate-key",
        "data/sources.yaml:8:1 yaml-feature",
        "data/sources.yaml:9:1 yaml-feature",
    ]
    assert loaded(dataset, "source") == ["a"]
