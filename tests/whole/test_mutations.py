"""The shipped records, broken in every way that the rules name: each break is found at its place.

`BREAKS` says for each rule how a shipped file is changed. In the changed text a MARK stands before
what the report must point at, and is taken out before the file is written; where nothing is marked,
the file is wrong as a whole, at 1:1. Only the marked places are reported, and what a break is said
to cause `also`. To add a rule, add its entry: most are one `changed`, a pattern and what takes its
place in every shipped file where it is found.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pytest
from support import ROOT, TODAY

from citylinks.diagnostics import RULES, Rule
from citylinks.engine import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "⌖"
MOST = 4  # files in which each way to break a rule is tried; they are spread over all that have it

Content = str | bytes | None  # None: a folder in the place of the file
Place = tuple[str, int, int, str]  # path in the data, line, column, code

SHIPPED = {
    path.relative_to(ROOT / "data").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "data").rglob("*.yaml"))
}


class Break(NamedTuple):
    """What is written to which files, with marks; `also` are the codes of what follows from it."""

    files: dict[str, Content]
    also: tuple[str, ...] = ()


Way: TypeAlias = "Callable[[], Iterator[Break]]"


# -- Ways to break a file ------------------------------------------------------


def changed(where: str, pattern: str, new: str, *also: str) -> Way:
    """Put `new`, in which `\\1` is a group, for the first match in each file below `where`."""

    def breaks() -> Iterator[Break]:
        for path, text in SHIPPED.items():
            broken, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
            if path.startswith(where) and count:
                yield Break({path: broken}, also)

    return breaks


def without(where: str, pattern: str, *also: str) -> Way:
    """Take the first match out of each file below `where`: what is missed is a whole record."""

    def breaks() -> Iterator[Break]:
        for path, text in SHIPPED.items():
            broken, count = re.subn(pattern, "", text, count=1, flags=re.MULTILINE)
            if path.startswith(where) and count:
                yield Break({path: first_key(broken)}, also)

    return breaks


def begun(where: str, new: str, *also: str) -> Way:
    """Write `new` before the first key of each file below `where`."""
    return changed(where, r"\A((?:#.*\n)*)", rf"\1{new}", *also)


def ended(where: str, new: str, *also: str) -> Way:
    """Write `new` at the end of each file below `where`."""
    return changed(where, r"\Z", new, *also)


def added(path: str, content: Content, *also: str) -> Way:
    """Add a file to the shipped ones."""
    return lambda: iter([Break({path: content}, also)])


def first_key(text: str) -> str:
    """Mark where a record begins."""
    return re.sub(r"^(?=[a-z])", MARK, text, count=1, flags=re.MULTILINE)


def each(where: str, content: Content) -> Way:
    """Write the same into each file below `where`."""
    return lambda: (Break({path: content}) for path in SHIPPED if path.startswith(where))


def in_latin_1() -> Iterator[Break]:
    for path, text in SHIPPED.items():
        line, rest = text.split("\n", 1)
        yield Break({path: b"\n".join([f"{line}{MARK}".encode() + b"\xe7", rest.encode()])})


def with_another_record() -> Iterator[Break]:
    for path, text in SHIPPED.items():
        if "/" in path:
            yield Break({path: f"{first_key(text)}---\n{MARK}name: Nowhere\n"})


def twice() -> Iterator[Break]:
    for path, text in SHIPPED.items():
        if "/" in path:
            folder, name = path.split("/")
            copy = f"---\nid: {MARK}{name.removesuffix('.yaml')}\n{text}"
            yield Break({path: first_key(text), f"{folder}/copies.yaml": copy})


# -- The table -----------------------------------------------------------------

BILATERAL = r"^(kind: sister.*\nmembers: )"

BREAKS: dict[str, tuple[Way, ...]] = {
    "unreadable-file": (each("", None),),
    "not-utf8": (in_latin_1,),
    "byte-order-mark": (lambda: (Break({p: f"{MARK}\ufeff{t}"}) for p, t in SHIPPED.items()),),
    "tab": (changed("", r"^  (?=\S)", f"{MARK}\t"),),
    "yaml-syntax": (
        ended("", f"nothing: two{MARK}: three\n"),
        ended("", f"nothing: two\n{MARK}\x07: three\n"),
        ended("", f"nothing: {MARK}@two\n"),
        ended("", f"nothing: {MARK}%two\n"),
        ended("", f"nothing: [two\n{MARK}"),
        ended("", f"nothing: 'two\n{MARK}"),
    ),
    "duplicate-key": (
        changed("", r"\A((?:.*\n)*?([a-z_-]+): .*\n)", rf"\1{MARK}\2: again\n"),
        changed("cities", r"(names:\n  (\w+): .*\n)", rf"\1  {MARK}\2: again\n"),
        changed("partnerships", r"^(  - kind: .*\n)", rf"\1    {MARK}kind: protocol\n"),
    ),
    "yaml-feature": (
        changed("", r"(name|title|label|kind|date): (?=\w)", rf"\1: {MARK}&here "),
        changed("", r"(name|title|label|kind|date): (?=\w)", rf"\1: {MARK}!!str "),
        changed("", r"(name|title|label|kind|date): \w.*", rf"\1: {MARK}*there"),
        ended("", f"? {MARK}[a, b]\n: c\n"),
        ended("", f"{MARK}*there : c\n"),
    ),
    "bulk-without-id": (with_another_record,),
    "id-not-file-name": (begun("events", f"id: {MARK}nowhere\n"),),
    "empty-file": (each("", ""), each("", "# Nothing yet.\n"), each("", "---\n...\n---\n")),
    "misplaced-file": (
        added("cities/notes.txt", "To do.\n"),
        added("events/2009-lyon.yml", "title: Lyon\n"),
        added("theme.yaml", "culture:\n  label: Culture\n"),
        added("sources.yml", ""),
    ),
    "too-deep": (
        ended("", f"nothing: {'[' * 31}{MARK}[" + "]" * 32 + "\n"),
        ended("", f"nothing: {'{a: ' * 31}{MARK}{{a: b" + "}" * 32 + "\n"),
    ),
    "too-large": (each("", b"#" * (16 * 1024 * 1024 + 1)),),
    "id-not-a-slug": (
        begun("cities", f"id: {MARK}Lyon\n"),
        begun("events", f"id: {MARK}2009_lyon\n"),
        begun("themes", f"{MARK}Light Rail:\n  label: Light rail\n"),
        changed("partnerships", r"^members: \[", f"members: [{MARK}Saint-Étienne, "),
        changed("events", r"^partnerships: \[", f"partnerships: [{MARK}lyon--yokohama, "),
        changed("themes", r"^  broader: .*", f"  broader: {MARK}culture-"),
    ),
    "missing-key": (
        without("cities", r"^name: .*\n"),
        without("events", r"^(title|date|kind): .*\n"),
        without("partnerships", r"^kind: .*\n"),
        changed("partnerships", r"^  - kind: .*\n    ", f"  - {MARK}"),
        changed("cities", r"^  latitude: .*\n  ", f"  {MARK}"),
        changed("sources", r"^  title: \w.*\n  ", f"  {MARK}"),
        changed("organizations", r"^  name: .*\n  ", f"  {MARK}"),
    ),
    "unknown-key": (
        ended("cities", f"{MARK}contry: FR\n"),
        changed("", r"^(summary|start|level|sources|themes):", rf"{MARK}\1s:"),
        changed("cities", r"^  latitude: .*\n", rf"\g<0>  {MARK}altitude: 12\n"),
        changed("partnerships", r"^  - kind: .*\n", rf"\g<0>    {MARK}sgned: 1959\n"),
        changed("events", r"\{city: \w+", rf"\g<0>, {MARK}rle: host"),
        changed("organizations", r"^  name: .*\n", rf"\g<0>  {MARK}nmae: Again\n"),
    ),
    "wrong-type": (
        changed("", r"^( *(?:name|label|title|start)): (\w.*)", rf"\1: {MARK}[x]"),
        changed("", r"^(themes|partnerships): \[.*", rf"\1: {MARK}culture"),
        changed("cities", r"^names:\n  (\w+): .*\n(  .*\n)*", rf"names: {MARK}Lugdunum\n"),
        changed("cities", r"^  latitude: .*\n  longitude: .*\n", f"  {MARK}- 45.7\n  - 4.8\n"),
        changed("events", r"^summary: .*\n(  .*\n)*", f"summary:\n  {MARK}en: It happened.\n"),
    ),
    "unknown-value": (
        changed("", r"^( *(?:- )?)kind: .*", rf"\1kind: {MARK}sistercity"),
        changed("cities", r"^level: .*", f"level: {MARK}town"),
        changed("partnerships", r"^status: \w.*", f"status: {MARK}actve"),
        changed("", r"\brole: (?:host|guest|delegation|funder)", f"role: {MARK}hst"),
    ),
    "invalid-date": (
        changed("", r"^( *(?:start|date|signed|since)): .*", rf"\1: {MARK}1959-13"),
        changed("", r"^( *(?:start|date|signed|since)): .*", rf"\1: {MARK}in April 1959"),
        changed("", r"^( *(?:start|date|signed|since)): .*", rf"\1: {MARK}2012/2009"),
        changed("", r"^( *(?:start|date|signed|since)): .*", rf"\1: {MARK}2023-02-29"),
    ),
    "invalid-country": (
        changed("", r"^( *)country: .*", rf"\1country: {MARK}XX"),
        changed("", r"^( *)country: .*", rf"\1country: {MARK}France"),
        changed("", r"^( *)country: (..)", rf"\1country: {MARK}\2A"),
    ),
    "empty-value": (
        changed("", r"^( *)(name|title|label|start|date|level): .*", rf'\1\2: {MARK}""'),
        changed("", r"^( *)(name|title|label|start|date|level): .*", rf'\1\2: {MARK}"  "'),
        changed("", r"^(themes|members|partnerships|sources): \[.*", rf"\1: {MARK}[]"),
    ),
    "invalid-number": (
        changed("cities", r"^  latitude: .*", f"  latitude: {MARK}90.1"),
        changed("cities", r"^  longitude: .*", f"  longitude: {MARK}-180.5"),
        changed("cities", r"^  longitude: .*", f"  longitude: {MARK}4° 50′ E"),
        changed("cities", r"\bvalue: \w+", f"value: {MARK}twelve"),
        changed("events", r"\bpeople: \w+", f"people: {MARK}-50"),
        changed("themes", r"^  sdgs: \[\w+", f"  sdgs: [{MARK}18"),
        changed("themes", r"^  sdgs: \[", f"  sdgs: [{MARK}0, "),
    ),
    "malformed-identifier": (
        changed("", r"^( *)wikidata: .*", rf"\1wikidata: {MARK}P456"),
        changed("cities", r"^geonames: .*", f"geonames: {MARK}0123"),
        changed("sources", r"^  url: .*", f"  url: {MARK}www.example.org"),
        changed("cities", r"^subdivision: .*", f"subdivision: {MARK}Rhône"),
        changed("cities", r"^names:\n  \w+:", f"names:\n  {MARK}日本語:"),
        changed("sources", r"^  language: .*", f"  language: {MARK}e"),
        changed("", r"^(    fields: \[)", rf'\1{MARK}"Start", '),
    ),
    "member-count": (
        changed("partnerships", BILATERAL + r"\[(.*)\]$", rf"\1{MARK}[\2, dakar]"),
        changed("partnerships", BILATERAL + r"\[([\w-]+), .*\]$", rf"\1{MARK}[\2]"),
        changed("partnerships", BILATERAL + r"\[([\w-]+), .*\]$", rf"\1{MARK}[\2, \2]"),
    ),
    "ends-before-start": (
        changed("partnerships", r"^(start: .*\n)", rf"\1end: {MARK}0999\n"),
        changed("partnerships", r"^( *)(signed: .*\n)", rf"\1\2\1expires: {MARK}0999-12-31\n"),
        changed("cities", r"^(  - name: .*\n)", rf"\1    from: 1943\n    until: {MARK}1868\n"),
    ),
    "foreign-subdivision": (
        changed("cities", r"^subdivision: (?!US).*", f"subdivision: {MARK}US-CA"),
        changed("cities", r"^subdivision: US.*", f"subdivision: {MARK}FR-69M"),
    ),
    "unknown-reference": (
        changed("", r"^( *)sources: \[[\w-]+", rf"\1sources: [{MARK}wkidata"),
        changed("", r"^( *)- source: .*", rf"\1- source: {MARK}wkidata"),
        changed("", r"^themes: \[", f"themes: [{MARK}energie, "),
        changed("events", r"^partnerships: \[", f"partnerships: [{MARK}lyon-kobe, "),
        changed("partnerships", r"^part_of: .*", f"part_of: {MARK}x-port"),
        changed("themes", r"^  broader: .*", f"  broader: {MARK}cultur"),
        changed("events", r"\{city: [\w-]+", f"{{city: {MARK}atlantis"),
        changed("", r"\borganization: [\w-]+", f"organization: {MARK}jaica"),
    ),
    "duplicate-id": (twice,),
    "no-source": (
        without("", r"^sources:.*\n((  |- ).*\n)*"),
    ),
}  # fmt: skip

# Rules that no change to the shipped records can break, and why.
NOT_OF_SHIPPED: dict[str, str] = {}


# -- Trying them ---------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped data, with an index of its own."""
    root = tmp_path_factory.mktemp("mutations")
    shutil.copytree(ROOT / "data", root / "data")
    return root / "data"


@pytest.fixture(autouse=True)
def alone(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(copy.parent / "cache"))
    monkeypatch.setenv("CITYLINKS_TODAY", TODAY)


def tried(way: Way) -> list[Break]:
    """Return some of the breaks that a way makes, from the first to the last."""
    found = list(way())
    return found[:: max(1, (len(found) - 1) // (MOST - 1))]


def marked(content: Content) -> tuple[bytes, list[tuple[int, int]]]:
    """Return what is to be written, and the lines and columns of the marks in it."""
    raw = content.encode() if isinstance(content, str) else content or b""
    places, mark = [], MARK.encode()
    while mark in raw:
        before, after = raw.split(mark, 1)
        line = before.rpartition(b"\n")[2].decode()
        places.append((before.count(b"\n") + 1, len(line) + 1))
        raw = before + after
    return raw, places or [(1, 1)]


def write(path: Path, content: Content) -> list[tuple[int, int]]:
    """Write a file, with a folder in its place where it cannot be one; return the marks."""
    raw, places = marked(content)
    path.unlink(missing_ok=True)
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(raw)
    return places


def restore(data: Path, path: str) -> None:
    if (data / path).is_dir():
        (data / path).rmdir()
    (data / path).unlink(missing_ok=True)
    if path in SHIPPED:
        (data / path).write_text(SHIPPED[path], encoding="utf-8")


def reported(data: Path) -> list[Place]:
    with KnowledgeBase.open(data) as kb:
        return [
            (Path(os.path.relpath(one.path, data)).as_posix(), one.line, one.column, one.code)
            for one in kb.validate().results
        ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_break_is_found_where_it_is(rule: Rule, copy: Path) -> None:
    if rule.name in NOT_OF_SHIPPED:
        pytest.skip(NOT_OF_SHIPPED[rule.name])
    for number, way in enumerate(BREAKS[rule.name]):
        broken = tried(way)
        assert broken, f"way {number} finds nothing in the shipped records to break"
        for one in broken:
            expected = {
                (path, *place, rule.code)
                for path, content in one.files.items()
                for place in write(copy / path, content)
            }
            found = reported(copy)
            for path in one.files:
                restore(copy, path)
            said = {place for place in found if place in expected or place[3] not in one.also}
            assert said == expected, (number, *one.files)


def test_the_copy_is_sound_again(copy: Path) -> None:
    assert reported(copy) == []


def test_every_rule_is_broken() -> None:
    """A rule that has no entry in `BREAKS` wants one, or a reason in `NOT_OF_SHIPPED`."""
    names = {rule.name for rule in RULES}
    assert set(BREAKS) | set(NOT_OF_SHIPPED) == names
    assert not set(BREAKS) & set(NOT_OF_SHIPPED)
