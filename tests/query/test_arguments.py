"""What a program passes that is none of what is wanted: a plain `UsageError` that names
it.
"""

from __future__ import annotations

import inspect
import pickle
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexed import FILES
from support import examples, question_classes, write_data

from citylinks import (
    CitylinksError,
    Filters,
    KnowledgeBase,
    NotFoundError,
    UsageError,
    dates,
)
from citylinks.index.store import Store
from citylinks.knowledge_base import explain
from citylinks.query.options import query_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Call = tuple[str, tuple[Any, ...], dict[str, Any]]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    root = write_data(tmp_path_factory.mktemp("odd") / "data", FILES)
    with KnowledgeBase(Store.in_memory([str(root)])) as kb:
        yield kb


# -- What is odd ---------------------------------------------------------------

ODD_TEXT = st.sampled_from(
    [None, 0, 1, True, 2.5, b"a", ["a"], ("a", "b"), {"a": 1}, Path("a"), ...]
)
ODD_LIST = st.sampled_from(
    [None, 0, 1, True, 2.5, b"a", [1], [None], ["a", b"a"], [["a"]], {"a": 1}]
)
ODD_FLAG: st.SearchStrategy[Any] = st.sampled_from([None, 0, 1, "yes", "", [], b""])
ODD_NUMBER = st.sampled_from(
    [True, False, 2.0, "2", "", b"2", [2], -1, -(10**30), 10**30]
)

TEXT = st.text(max_size=8) | st.sampled_from(
    ["", "a", "Alpha", "city/a", "\0", "\ud800", "2009", "x" * 9000]
)
LIST = (
    st.lists(TEXT, max_size=3)
    | st.tuples(TEXT)
    | st.frozensets(TEXT, max_size=2)
    | TEXT
)
NUMBER = st.none() | st.integers()
ANY_TEXT, ANY_LIST = TEXT | ODD_TEXT, LIST | ODD_LIST
ANY_FLAG, ANY_NUMBER = st.booleans() | ODD_FLAG, NUMBER | ODD_NUMBER

FILTERS = {
    "theme": ANY_LIST, "year": ANY_LIST, "from_": ANY_TEXT, "to": ANY_TEXT, "certain": ANY_FLAG,
    "kind": ANY_LIST, "country": ANY_LIST, "region": ANY_LIST, "status": ANY_LIST,
    "level": ANY_LIST, "organization": ANY_LIST, "with_": ANY_LIST, "as_of": ANY_TEXT,
}  # fmt: skip


def made(values: dict[str, Any]) -> Any:
    """Return filters, or where they are refused, what a program may pass in their
    place.
    """
    try:
        return Filters(**values)
    except CitylinksError:
        return Filters()._replace(**values)


ANY_FILTERS: st.SearchStrategy[Any] = (
    st.fixed_dictionaries({}, optional=FILTERS).map(made)
    | st.sampled_from([None, {}, (), "theme", tuple(Filters())])
)  # fmt: skip
# What a program may pass by the type of a parameter, and, by its name, one value that
# means something there.
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: ANY_TEXT, str | None: ANY_TEXT, Sequence[str]: ANY_LIST, bool: ANY_FLAG,
    int: ANY_NUMBER, int | None: ANY_NUMBER,
}  # fmt: skip
MEANT = {
    "what": "cities", "text": "alpha", "by": "theme", "within": "2y", "missing": "source",
}  # fmt: skip


QUERIES = question_classes("Query")


class Method(NamedTuple):
    """A method of `KnowledgeBase` that asks a question, and what may be passed to it."""

    name: str
    takes_subjects: bool
    positional: tuple[str, ...]
    options: dict[str, st.SearchStrategy[Any]]


def methods() -> Iterator[Method]:
    """Yield the method of each question that has filters, from its class of queries."""
    for name, query in QUERIES.items():
        if "filters" not in query._fields:
            continue
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        assert hasattr(KnowledgeBase, method), (
            f"{query.__name__} wants a method '{method}' of KnowledgeBase"
        )
        parameters = inspect.signature(getattr(KnowledgeBase, method)).parameters
        kinds = {parameter.kind for parameter in parameters.values()}
        options = {}
        for field in query_fields(query):
            is_passed_first = field.option and field.option.is_argument
            if field.type in BY_TYPE and not is_passed_first:
                options[field.name] = BY_TYPE[field.type]
        positional = [
            parameter.name
            for parameter in parameters.values()
            if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
            and parameter.name not in {"self", "filters", *options}
        ]
        takes_subjects = inspect.Parameter.VAR_POSITIONAL in kinds
        yield Method(method, takes_subjects, tuple(positional), options)


METHODS = {method.name: method for method in methods()}
PROBLEMS = {
    "only": ANY_LIST, "select": ANY_LIST | st.just("CL4"), "ignore": ANY_LIST, "strict": ANY_FLAG,
    "content": st.sampled_from([None, b"", b"x: 1", "x", 1]),
}  # fmt: skip


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """Return a public method, with odd arguments and others."""
    method = METHODS[draw(st.sampled_from(sorted(METHODS)))]
    options = {"filters": ANY_FILTERS}
    for name, values in method.options.items():
        options[name] = values | st.just(MEANT[name]) if name in MEANT else values
    named = draw(st.fixed_dictionaries({}, optional=options))
    positional = [
        draw(ANY_TEXT | st.just(MEANT.get(name, "a"))) for name in method.positional
    ]
    if method.takes_subjects:
        positional += draw(st.lists(ANY_TEXT, max_size=3))
    return method.name, tuple(positional), named


# -- All that is public ---------------------------------------------------------


@examples(400)
@given(call=calls())
def test_a_question_answers_or_says_what_is_wrong(
    kb: KnowledgeBase, call: Call
) -> None:
    method, positional, named = call
    asked_or_refused(lambda: getattr(kb, method)(*positional, **named))


@examples(150)
@given(name=ANY_TEXT, other=ANY_TEXT)
def test_a_record_is_shown_or_it_is_said_what_is_wrong(
    kb: KnowledgeBase, name: Any, other: Any
) -> None:
    asked_or_refused(lambda: kb.show(name, as_of=other))
    asked_or_refused(lambda: kb.evidence_of(name, other))
    asked_or_refused(lambda: kb.evidence_of("a", other))


@examples(150)
@given(named=st.fixed_dictionaries({}, optional=PROBLEMS), limit=ANY_NUMBER)
def test_problems_are_told_or_it_is_said_what_is_wrong(
    kb: KnowledgeBase, named: dict[str, Any], limit: Any
) -> None:
    asked_or_refused(lambda: kb.validate(**named, limit=limit))
    asked_or_refused(lambda: kb.count_problems(**named))


@examples(150)
@given(directories=st.lists(ANY_TEXT, min_size=1, max_size=2))
def test_data_is_opened_or_it_is_said_what_is_wrong(directories: Any) -> None:
    asked_or_refused(lambda: KnowledgeBase.open(*directories))


@examples(150)
@given(values=st.fixed_dictionaries({}, optional=FILTERS))
def test_filters_are_made_or_it_is_said_what_is_wrong(values: dict[str, Any]) -> None:
    asked_or_refused(lambda: Filters(**values))


@examples(300)
@given(
    first=ANY_TEXT | st.sampled_from(["1959", "1860~"]).map(dates.parse),
    second=ANY_TEXT,
)
def test_dates_are_read_or_it_is_said_what_is_wrong(first: Any, second: Any) -> None:
    for read in (dates.parse, dates.parse_span, dates.meant):
        asked_or_refused(lambda read=read: read(first))  # type: ignore[misc]
    for compare in (
        dates.before,
        dates.certainty,
        dates.contains,
        dates.overlaps,
        dates.precedes,
    ):
        for pair in ((first, second), (second, first)):
            asked_or_refused(lambda compare=compare, pair=pair: compare(*pair))  # type: ignore[misc]
    asked_or_refused(lambda: explain(first, second))


def asked_or_refused(question: Callable[[], object]) -> None:
    """Ask; only what is refused may be raised."""
    with suppress(CitylinksError):
        question()


# -- Each by its name -----------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[KnowledgeBase], object], str]] = {
    "show": (lambda kb: kb.show(None), "record must be text, not None"),  # type: ignore[arg-type]
    "as_of": (lambda kb: kb.show("a", as_of=2009), "as_of must be text, not 2009"),  # type: ignore[arg-type]
    "timeline": (lambda kb: kb.timeline(1), "subjects must be text, not 1"),  # type: ignore[arg-type]
    "a list of names": (lambda kb: kb.timeline(["a", "b"]), r"subjects must be text, not \["),  # type: ignore[arg-type]
    "filters": (lambda kb: kb.growth("energy"), "filters must be Filters, not 'energy'"),  # type: ignore[arg-type]
    "from_": (lambda kb: Filters(from_=2009), "from_ must be text, not 2009"),  # type: ignore[arg-type]
    "year": (lambda kb: Filters(year=[2009]), "year must be text, not 2009"),  # type: ignore[list-item]
    "certain": (lambda kb: Filters(certain="no"), "certain must be True or False, not 'no'"),  # type: ignore[arg-type]
    "replaced": (lambda kb: kb.growth(Filters()._replace(to=1)), "to must be text, not 1"),  # type: ignore[arg-type]
    "cities": (lambda kb: kb.expiring(cities=b"a"), "cities must be text or a list"),  # type: ignore[arg-type]
    "limit": (lambda kb: kb.search("a", limit=-1), "--limit -1 is not possible; the number of results must be from 1 to"),
    "no number": (lambda kb: kb.stats("kind", limit="3"), "limit must be a whole number, not '3'"),  # type: ignore[arg-type]
    "True": (lambda kb: kb.timeline(limit=True), "limit must be a whole number, not True"),
    "step": (lambda kb: kb.anniversaries(step=None), "step must be a whole number, not None"),  # type: ignore[arg-type]
    "problems": (lambda kb: kb.validate(limit=-1), "limit must be 0 or more, not -1"),
    "content": (lambda kb: kb.validate(["a"], content="a"), "content must be bytes, not 'a'"),  # type: ignore[arg-type]
    "of no file": (lambda kb: kb.validate(content=b"a"), "'content' needs one path in 'only'"),
    "outside": (lambda kb: kb.validate(["/etc/passwd"]), "is not in any of the data directories"),
    "absent": (lambda kb: kb.validate("nowhere.yaml"), "there is no file or folder 'nowhere.yaml'"),
    "too long": (lambda kb: kb.validate("x" * 9000, content=b""), "is not in a folder of records"),
    "select": (lambda kb: kb.validate(select=[401]), "select must be text, not 401"),  # type: ignore[list-item]
    "directories": (lambda kb: KnowledgeBase.open(3), "directories must be a path, not 3"),  # type: ignore[arg-type]
    "empty": (lambda kb: KnowledgeBase.open(""), "directories: '' is not a path"),
    "progress": (lambda kb: KnowledgeBase.open(progress=3), "progress must be a function, not 3"),  # type: ignore[arg-type]
    "rules": (lambda kb: explain(401), "names must be text, not 401"),  # type: ignore[arg-type]
    "date": (lambda kb: dates.parse(1959), "a date must be text, not 1959"),  # type: ignore[arg-type]
    "compared": (lambda kb: dates.before("1959", dates.parse("1960")), "must be a Date or a Span"),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_named(
    ask: Callable[[KnowledgeBase], object], message: str, kb: KnowledgeBase
) -> None:
    with pytest.raises(UsageError, match=message):
        ask(kb)


def test_text_alone_is_a_list_of_one(kb: KnowledgeBase) -> None:
    assert (
        Filters(theme="water") == Filters(theme=["water"]) == Filters(theme=("water",))
    )
    assert kb.anniversaries(cities="a") == kb.anniversaries(cities=["a"])
    assert kb.gaps(missing="date") == kb.gaps(missing=["date"])
    assert kb.validate(select="CL4") == kb.validate(select=["CL4"])
    [root] = kb.directories
    city = f"{root}/cities/a.yaml"
    assert kb.validate(city) == kb.validate([city]) == kb.validate(Path(city))  # type: ignore[arg-type]
    assert kb.list("partnerships", Filters(theme="water")).results


def test_a_path_of_problems_may_be_relative(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    [root] = kb.directories
    monkeypatch.chdir(root)
    problems = kb.validate("cities/a.yaml").results
    assert problems
    assert {problem.path for problem in problems} == {"cities/a.yaml"}
    assert kb.validate("cities/c.yaml", content=b"nmae: C\n").results


def test_there_is_one_tree_of_errors() -> None:
    assert issubclass(dates.DateError, UsageError)
    assert issubclass(dates.DateError, ValueError)
    for error in (UsageError, NotFoundError, dates.DateError):
        assert issubclass(error, CitylinksError)


def test_filters_do_not_change() -> None:
    """They can be pickled, and be keys, and what a list becomes later is nothing to
    them.
    """
    themes = ["water"]
    filters = Filters(theme=themes, year="1959")
    themes.append("energy")
    assert filters.theme == ("water",)
    assert pickle.loads(pickle.dumps(filters)) == filters
    assert {filters: 1}[Filters(theme="water", year="1959")]
    assert filters._replace(year=("1960",)).year == ("1960",)
