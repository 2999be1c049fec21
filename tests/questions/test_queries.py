"""The options of a question stand with its query; keywords and types follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from indexed import FILES
from support import question_classes, write_data

from citylinks import Filters, KnowledgeBase, UsageError
from citylinks.query.filters import FilterOptions
from citylinks.query.options import Field, option_name, query_fields, set_values
from citylinks.questions.lists import LISTS, ListQuery, Partnerships
from citylinks.questions.search import SearchQuery
from citylinks.questions.timeline import TimelineQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import assert_type

    from citylinks.questions.lists import (
        Agreements,
        Cities,
        Events,
        Organizations,
        Sources,
        Themes,
    )
    from citylinks.questions.results import Answer
    from citylinks.questions.search import Search
    from citylinks.questions.stats import Stats
    from citylinks.questions.timeline import Timeline

    def check_types(kb: KnowledgeBase) -> None:
        """Hold `mypy` to the types that a `KnowledgeBase` promises."""
        assert_type(kb.list("cities"), Cities)
        assert_type(kb.list("partnerships", theme="energy"), Partnerships)
        assert_type(kb.list("agreements"), Agreements)
        assert_type(kb.list("events"), Events)
        assert_type(kb.list("themes"), Themes)
        assert_type(kb.list("organizations"), Organizations)
        assert_type(kb.list("sources"), Sources)
        assert_type(kb.list(ListQuery("sources")), Answer)
        assert_type(kb.search("silk", limit=3), Search)
        assert_type(kb.stats("theme", country="JP"), Stats)
        assert_type(kb.timeline("lyon", "yokohama", theme="energy"), Timeline)
        assert_type(kb.timeline(TimelineQuery(("lyon",))), Timeline)
        kb.timeline("lyon", them="energy")  # type: ignore[call-arg]
        kb.timeline("lyon", theme=1)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    root = write_data(tmp_path_factory.mktemp("queries") / "data", FILES)
    with KnowledgeBase.open(root) as kb:
        yield kb


QUERIES = question_classes("Query")
KEYWORDS = question_classes("Options")
FIELDS = [field for query in QUERIES.values() for field in query_fields(query)]


# -- Options stand once ---------------------------------------------------------


def test_the_keywords_of_filters_are_their_fields() -> None:
    fields = {field.name: field.type for field in query_fields(Filters)}
    assert get_type_hints(FilterOptions) == fields


@pytest.mark.parametrize("name", KEYWORDS)
def test_the_keywords_of_a_question_are_fields_of_its_query(name: str) -> None:
    fields = {field.name: field.type for field in query_fields(QUERIES[name])}
    known = get_type_hints(FilterOptions) | fields
    keywords = get_type_hints(KEYWORDS[name])
    assert keywords == {keyword: known[keyword] for keyword in keywords}
    positional = {"subjects", "text", "by", "only", "filters"}
    assert fields.keys() - positional <= keywords.keys() | positional


@pytest.mark.parametrize(
    "field", [*FIELDS, *query_fields(Filters)], ids=lambda field: field.name
)
def test_an_option_can_be_shown(field: Field) -> None:
    if field.option is None:
        assert field.name in {"filters", "only", "content", "words", "cities"}
    else:
        assert field.option.help[0].isalpha()
        assert field.option.help.endswith(".")
        assert field.flag.startswith("--")


def test_the_name_of_an_option() -> None:
    assert option_name("as_of") == "as-of"
    assert option_name("from_") == "from"


def test_values_that_are_set() -> None:
    names = ("with_", "as_of", "certain", "to")
    given = set_values(names, (("a",), None, False, "2009"))
    assert given == {"with": ["a"], "to": "2009"}


# What the questions that are asked about something are asked about here.
ASKED_ABOUT = {"Search": ("a",), "Path": (("a", "b"),), "Common": (("a", "b"),)}
SET_FILTERS: dict[str, Any] = {
    field.name: {bool: True, str | None: "2009"}.get(field.type, ("a",))
    for field in query_fields(Filters)
}
WITHOUT = [
    (name, filter_)
    for name, query in QUERIES.items()
    for field in query_fields(query)
    for filter_ in field.without.names
]


@pytest.mark.parametrize(("name", "filter_"), WITHOUT)
def test_a_filter_that_a_question_is_without_is_refused(
    name: str, filter_: str, kb: KnowledgeBase
) -> None:
    filters = Filters()._replace(**{filter_: SET_FILTERS[filter_]})
    query = QUERIES[name](*ASKED_ABOUT.get(name, ()), filters=filters)
    with pytest.raises(UsageError, match=f"--{option_name(filter_)} does not apply"):
        kb.ask(lambda session, query: pytest.fail("it was answered"), query)


# -- Keywords and queries -------------------------------------------------------


def test_filters_may_be_keywords(kb: KnowledgeBase) -> None:
    assert kb.timeline("a", country="JP") == kb.timeline(
        "a", filters=Filters(country="JP")
    )
    assert kb.search("a", kind="visit") == kb.search("a", Filters(kind="visit"))
    assert kb.growth(year="1990s") == kb.growth(Filters(year="1990s"))


def test_keywords_narrow_the_filters(kb: KnowledgeBase) -> None:
    answer = kb.timeline("a", filters=Filters(country="JP"), year="1990", limit=2)
    assert answer.query == {
        "subjects": ["a"],
        "limit": 2,
        "year": ["1990"],
        "country": ["JP"],
    }


def test_a_query_may_be_given_whole(kb: KnowledgeBase) -> None:
    query = TimelineQuery(("a",), reverse=True)
    assert kb.timeline(query) == kb.timeline("a", reverse=True)
    assert kb.timeline(query, reverse=False) == kb.timeline("a")
    assert kb.search(SearchQuery("a", limit=1)) == kb.search("a", limit=1)
    for name in LISTS:
        assert kb.list(ListQuery(name)) == kb.list(name)


def test_a_question_may_be_asked_by_its_function(kb: KnowledgeBase) -> None:
    from citylinks.questions.timeline import timeline

    assert kb.ask(timeline, TimelineQuery(("a",))) == kb.timeline("a")


REFUSED: dict[str, tuple[Callable[[KnowledgeBase], object], str]] = {
    "unknown": (
        lambda kb: kb.timeline("a", them="x"),  # type: ignore[call-arg]
        "there is no option 'them' here",
    ),
    "keyword": (
        lambda kb: kb.list("cities", country=1),  # type: ignore[call-overload]
        "country must be text or a list of such, not 1",
    ),
    "of a query": (
        lambda kb: kb.timeline(TimelineQuery(("a",), limit="3")),  # type: ignore[arg-type]
        "limit must be a whole number, not '3'",
    ),
    "filters": (
        lambda kb: kb.timeline("a", filters="x", year="1990"),  # type: ignore[arg-type]
        "filters must be Filters, not 'x'",
    ),
}


@pytest.mark.parametrize(("ask", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_option_is_refused(
    ask: Callable[[KnowledgeBase], object], message: str, kb: KnowledgeBase
) -> None:
    with pytest.raises(UsageError, match=message):
        ask(kb)
