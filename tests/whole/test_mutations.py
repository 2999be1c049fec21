"""The shipped records, broken in every way that the rules name: each break is found at its place.

`BREAKS` says for each rule how a shipped file is changed. In the changed text a MARK stands before
what the report must point at, and is taken out before the file is written; where nothing is marked,
the file is wrong as a whole, at 1:1. Only the marked places are reported, and what a break is said
to cause `also`, or what follows from many (`OFTEN`). To add a rule, add its entry: most are one
`changed`, a pattern and what takes its place in every shipped file where it is found.
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


def together(*changes: tuple[str, str, str]) -> Way:
    """Change several files as one: in each, of its path, a pattern and what takes its place.

    A file that is not shipped is empty before.
    """

    def breaks() -> Iterator[Break]:
        files: dict[str, Content] = {}
        for path, pattern, new in changes:
            text = SHIPPED.get(path, "")
            broken, count = re.subn(pattern, new, text, count=1, flags=re.MULTILINE)
            assert count, f"{pattern} is not in {path}"
            files[path] = broken
        yield Break(files)

    return breaks


def again(where: str, before: str) -> Way:
    """Write each file below `where` once more, with another id; both are marked after `before`."""

    def breaks() -> Iterator[Break]:
        for path, text in SHIPPED.items():
            broken, count = re.subn(before, rf"\g<0>{MARK}", text, count=1, flags=re.MULTILINE)
            if path.startswith(where) and count:
                yield Break({path: broken, path.replace(".yaml", "-again.yaml"): broken})

    return breaks


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


def in_capitals() -> Iterator[Break]:
    """Add an empty file whose name differs from that of a shipped one in case."""
    for path, text in SHIPPED.items():
        if "/" in path:
            folder, name = path.split("/")
            other = f"{folder}/{Path(name).stem.upper()}.yaml"
            yield Break({path: text, other: ""}, ("CL110",))


def with_a_second_record() -> Iterator[Break]:
    for path, text in SHIPPED.items():
        if "/" in path:
            id_ = Path(path).stem
            both = f"id: {id_}\n{text}---\nid: {MARK}{id_}-again\n{text}"
            yield Break({path: both}, ("CL303", "CL304", "CL311"))


def twice() -> Iterator[Break]:
    for path, text in SHIPPED.items():
        if "/" in path:
            folder, name = path.split("/")
            copy = f"---\nid: {MARK}{name.removesuffix('.yaml')}\n{text}"
            yield Break({path: first_key(text), f"{folder}/copies.yaml": copy})


# -- The table -----------------------------------------------------------------

BILATERAL = r"^(kind: sister.*\nmembers: )"
CITED = "sources: [wikidata]"
SMART_ENERGY = "events/2010-lyon-yokohama-smart-energy.yaml"

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
        ended("", f"nothing: {MARK}'two\n"),
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
    "names-differ-in-case": (in_capitals,),
    "several-records": (with_a_second_record,),
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
        changed("cities", r"(\bof: [^,]*, value: )\w+", rf"\1{MARK}twelve"),
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
        changed("partnerships", r"^(start: .*\n)", rf"\1end: {MARK}0999\n", "CL305", "CL307"),
        changed("cities", r"^(  - name: .*\n)", rf"\1    from: 1943\n    until: {MARK}1868\n"),
    ),
    "foreign-subdivision": (
        changed("cities", r"^subdivision: (?!US).*", f"subdivision: {MARK}US-CA"),
        changed("cities", r"^subdivision: US.*", f"subdivision: {MARK}FR-69M"),
    ),
    "in-the-future": (
        changed("events", r"^date: .*", f"date: {MARK}2091-06-02"),
        changed("partnerships", r"^start: .*", f"start: {MARK}2091", "CL305", "CL307"),
        changed("partnerships", r"^    signed: .*", f"    signed: {MARK}2026-11-24"),
        changed("sources", r"^  title: \w.*\n", rf"\g<0>  accessed: {MARK}2091-01-01\n"),
    ),
    "unsafe-text": (
        changed("cities", r"^name: (.*)", rf"name: {MARK}\1" + "\u200b"),
        changed("", r"^summary: .*\n(  .*\n)*", f"summary: {MARK}On the \u202eenohR.\n"),
        changed("", r"^( *(?:title|label|name)): (\w.*)", rf"\1: {MARK}\2" + "\ufffd"),
        changed("", r"^    note: \w.*\n", f"    note: {MARK}on \u200etrade\n"),
    ),
    "not-nfc": (
        changed("", r"^( *(?:title|label|name)): (\w.*)", rf"\1: {MARK}\2" + " a\u0303"),
        changed("cities", r"^names:\n  (\w+): .*", rf"names:\n  \1: {MARK}" + "Sa\u0303o"),
        changed("", r"^aliases:\n  - (?!name).*", f"aliases:\n  - {MARK}Sa\u0303o"),
    ),
    "expires-before-signed": (
        changed("partnerships", r"^( *)(signed: .*\n)", rf"\1\2\1expires: {MARK}0999-12-31\n"),
    ),
    "unknown-subdivision": (
        changed("cities", r"^subdivision: (..)-.*", rf"subdivision: {MARK}\1-ZZZ"),
    ),
    "unknown-language": (
        changed("cities", r"^names:\n  \w+:", f"names:\n  {MARK}jp:"),
        changed("cities", r"^    lang: .*", f"    lang: {MARK}cn"),
        changed("organizations", r"^  names:\n    en:", f"  names:\n    {MARK}eng-GB:"),
        changed("sources", r"^  language: .*", f"  language: {MARK}xx"),
    ),
    "unknown-reference": (
        changed("", r"^( *)sources: \[[\w-]+", rf"\1sources: [{MARK}wkidata"),
        changed("", r"^( *)- source: .*", rf"\1- source: {MARK}wkidata"),
        changed("", r"^themes: \[", f"themes: [{MARK}energie, "),
        changed("events", r"^partnerships: \[", f"partnerships: [{MARK}lyon-kobe, "),
        changed("partnerships", r"^part_of: .*", f"part_of: {MARK}x-port"),
        changed("themes", r"^  broader: .*", f"  broader: {MARK}cultur"),
        changed("events", r"\{city: [\w-]+", f"{{city: {MARK}atlantis"),
        changed("", r"\borganization: [\w-]+", f"organization: {MARK}jaica", "CL405"),
    ),
    "duplicate-id": (twice,),
    "same-tie": (again("partnerships", BILATERAL),),
    "same-city": (
        again("cities", r"^wikidata: "),
        together(
            ("cities/paris.yaml", r"^name: ", f"name: {MARK}"),
            ("cities/paris-again.yaml", r"\A", f"name: {MARK}PARIS\ncountry: FR\n{CITED}\n"),
        ),
    ),
    "event-outside-tie": (
        together(
            (SMART_ENERGY, r"^date: 2010((?:\n.*)*?\npartnerships: \[)", rf"date: 1958\1{MARK}"),
            ("partnerships/lyon-yokohama.yaml", r"^start: ", f"start: {MARK}"),
        ),
        together(
            ("events/2021-tokyo-global-partners-seminar.yaml", r"^series: \{id: ", rf"\g<0>{MARK}"),
            ("partnerships/tokyo-global-partners-seminar.yaml", r"^(?=summ)", f"end: {MARK}2020\n"),
        ),
    ),
    "event-city-not-in-tie": (
        together(
            (SMART_ENERGY, r"^cities: .*", f"cities: {MARK}[dakar, cairo]"),
            ("partnerships/lyon-yokohama.yaml", r"^members: ", f"members: {MARK}"),
        ),
        together(
            (SMART_ENERGY, r"^cities: .*", f"place: {MARK}dakar"),
            ("partnerships/lyon-yokohama.yaml", r"^members: ", f"members: {MARK}"),
        ),
    ),
    "agreement-outside-tie": (
        changed("partnerships/tokyo-", r"^    signed: .*", f"    signed: {MARK}1900"),
        changed("partnerships/tokyo-mo", r"^(agr(?:.*\n){3}    signed: )", rf"end: 2001\n\1{MARK}"),
    ),
    "leaves-before-joining": (
        changed("partnerships/u20", r"until: 2019", f"until: {MARK}2018"),
        changed(
            "partnerships",
            r"^members: \[([\w-]+)",
            rf"members: [{{city: \1, from: 2010, until: {MARK}2001, {CITED}}}",
        ),
    ),
    "status-contradicts-end": (
        changed(
            "partnerships",
            r"^start: .*\n",
            rf"\g<0>end: 2025\nstatus: [{{is: {MARK}active, {CITED}}}]\n",
        ),
        changed(
            "partnerships",
            r"^start: .*\n",
            rf"\g<0>end: 2025\nstatus: [{{is: {MARK}ended, since: 2024, {CITED}}}]\n",
        ),
        changed("partnerships", r"^status: planned\n", f"end: 2025\nstatus: {MARK}planned\n"),
    ),
    "cycle": (
        changed(
            "themes",
            r"^  broader: culture((?:\n.*)*?\n  label: Culture\n)",
            rf"  broader: {MARK}culture\1  broader: {MARK}creative-industries\n",
        ),
        changed("themes", r"^light:\n", rf"\g<0>  broader: {MARK}light\n"),
        together(
            ("partnerships/y-port.yaml", r"\Z", f"part_of: {MARK}yokohama-cebu\n"),
            ("partnerships/yokohama-cebu.yaml", r"^part_of: ", f"part_of: {MARK}"),
        ),
        together(
            ("cities/lyon.yaml", r"\Z", f"part_of: {MARK}paris\n"),
            ("cities/paris.yaml", r"\Z", f"part_of: {MARK}lyon\n"),
        ),
    ),
    "same-edition": (
        together(
            ("events/2012-asia-smart-city-conference.yaml", r"edition: 1", f"edition: {MARK}2"),
            ("events/2013-asia-smart-city-conference.yaml", r"edition: 2", f"edition: {MARK}2"),
        ),
    ),
    "ambiguous-name": (
        together(
            ("cities/new-york.yaml", r"^  - New York$", f"  - {MARK}New York"),
            ("cities/los-angeles.yaml", r"^name: .*", f"name: {MARK}New York"),
        ),
    ),
    "count-contradicted": (
        changed("cities/tokyo", r"value: 12", f"value: {MARK}13"),
        changed("cities/tokyo", r"value: 12", f"value: {MARK}11, date: 2022"),
        changed(
            "cities",
            r"^level: .*\n(?!(?:.*\n)*counts:)",
            rf"\g<0>counts: [{{of: Sister ports, value: {MARK}1, {CITED}}}]\n",
        ),
        changed("partnerships/u20", r"of: participating (.*): 27", rf"of: member \1: {MARK}27"),
    ),
    "status-out-of-order": (
        changed(
            "partnerships",
            r"^start: .*\n",
            r"\g<0>status:\n"
            rf"  - {{is: dormant, since: 2020, {CITED}}}\n"
            rf"  - {{is: active, since: {MARK}2019, {CITED}}}\n",
        ),
    ),
    "no-source": (
        without("", r"^sources:.*\n((  |- ).*\n)*", "CL403"),
    ),
    "claim-without-source": (
        changed(
            "cities",
            r"^geonames: .*\n(?=sources:\n  - source: .*\n    fields: )",
            rf"\g<0>counts:\n  - {MARK}{{of: museums, value: 3}}\n",
        ),
        changed("cities/tokyo", r"^(counts:\n  - )((?:.*\n)*.*), counts", rf"\1{MARK}\2"),
    ),
    "unused-source": (
        ended("sources", f"{MARK}nothing:\n  title: Nothing\n"),
    ),
    "unused-theme": (
        ended("themes", f"{MARK}nothing:\n  label: Nothing\n  broader: culture\n"),
        ended("themes", f"{MARK}one:\n  label: One\n{MARK}two:\n  label: Two\n  broader: one\n"),
    ),
    "unused-organization": (
        ended("organizations", f"{MARK}nothing:\n  name: Nothing\n"),
    ),
    "no-country": (
        without("cities", r"(?<=^level: city\n)country: .*\n(subdivision: .*\n)?"),
    ),
    "long-title": (
        changed("events", r"^title: .*", f"title: {MARK}{'x' * 65}"),
        changed("events", r"^title: .*", f"title: {MARK}{'都' * 33}"),
    ),
    "long-quotation": (
        changed("", r"^summary: .*\n(  .*\n)*", f"summary: {MARK}It says “{'a' * 301}”.\n"),
        changed("", r"^    note: \w.*\n", f"    note: {MARK}says 「{'都' * 301}」\n"),
    ),
    "unused-ignore": (
        changed("", r"^( *(?:name|title|label): \w.*)", rf"\1  {MARK}# citylinks: ignore CL401"),
        changed("", r"^( *(?:name|title|label): \w.*)", rf"\1  {MARK}# citylinks: ignore"),
        changed("", r"^( *(?:name|title|label): \w.*)", rf"\1  {MARK}# citylinks: ignore CL999"),
    ),
}  # fmt: skip

# What follows from very many breaks: of the cities that Tokyo counts, one is missed in the data
# as soon as the record of its tie cannot be taken. It is not set aside where it is what is broken.
OFTEN = {("cities/tokyo.yaml", "CL313")}

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


def follows(place: Place, broken: Break, rule: Rule) -> bool:
    """Whether a report at that place is a consequence of a break of the rule, not the break."""
    path, _, _, code = place
    return code != rule.code and (code in broken.also or (path, code) in OFTEN)


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
            said = {place for place in found if place in expected or not follows(place, one, rule)}
            assert said == expected, (number, *one.files)


def test_the_copy_is_sound_again(copy: Path) -> None:
    assert reported(copy) == []


def test_every_rule_is_broken() -> None:
    """A rule that has no entry in `BREAKS` wants one, or a reason in `NOT_OF_SHIPPED`."""
    names = {rule.name for rule in RULES}
    assert set(BREAKS) | set(NOT_OF_SHIPPED) == names
    assert not set(BREAKS) & set(NOT_OF_SHIPPED)
