"""A timeline as a page: who, the tie between them, what happened, on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks import countries
from citylinks.views.page import Heading, Notes, Story, Title
from citylinks.views.phrases import as_of, moments, names, network_phrase, since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.answers import Subject, Timeline
    from citylinks.views.page import Block

WITHOUT_DATE = "Date not known"


def page(answer: Timeline) -> Iterator[Block]:
    """Yield the blocks of a timeline."""
    notes = Notes()
    subjects = [subject.id for subject in answer.subjects]
    if any(subject.type == "partnership" for subject in answer.subjects):
        subjects += [member.id for tie in answer.ties for member in tie.members]
    yield Title(_title(answer), tuple(_header(answer)))
    dated = [entry for entry in answer.results if entry.date]
    undated = [entry for entry in answer.results if not entry.date]
    told = [tie.themes for tie in answer.ties]
    if dated:
        yield Story(moments(dated, notes, subjects, told))
    if undated:
        yield Heading(WITHOUT_DATE)
        yield Story(moments(undated, notes, subjects, told))
    yield from notes.blocks()


def _title(answer: Timeline) -> str:
    if not answer.subjects:
        return "Timeline"
    return " – ".join(_subject(subject) for subject in answer.subjects)


def _subject(subject: Subject) -> str:
    country = countries.get(subject.country or "")
    return f"{subject.name} ({country.name})" if country else subject.name


def _header(answer: Timeline) -> Iterator[str]:
    for tie in answer.ties:
        yield since(tie)
        if tie.themes:
            yield f"About {names(tie.themes)}"
    if answer.networks:
        who = "Both" if len(answer.subjects) == 2 else "All"
        yield f"{who} in {', '.join(network_phrase(tie) for tie in answer.networks)}"
    if "as-of" in answer.query:
        yield f"{as_of(answer.query['as-of'])}: what held then"
    said = {"subjects", "with"} if len(answer.subjects) == 2 else {"subjects"}
    said.add("as-of")
    narrowed = {name: value for name, value in answer.query.items() if name not in said and value}
    if narrowed:
        yield "Only " + ", ".join(_filter(name, value) for name, value in narrowed.items())


def _filter(name: str, value: object) -> str:
    if value is True:
        return name
    return f"{name} {' or '.join(map(str, value)) if isinstance(value, list) else value}"
