"""The fields of a query with their options, and what of a query is set."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import pytest

from citylinks import UsageError
from citylinks.query.arguments import check_query
from citylinks.query.filters import NO_FILTERS, Filters
from citylinks.query.keywords import extend_query
from citylinks.query.options import (
    Option,
    Without,
    option_name,
    query_fields,
    set_values,
)
from citylinks.questions.session import describe_query


class Question(NamedTuple):
    subject: Annotated[str, Option("A city.", completes="city", is_argument=True)] = ""
    any_: Annotated[bool, Option("Any of them.")] = False
    most: Annotated[int | None, Option("At most.", flag="--limit", minimum=1)] = None
    filters: Filters = NO_FILTERS


def test_each_field_has_its_type_its_default_and_its_option() -> None:
    subject, any_, most, filters = query_fields(Question)
    assert (subject.name, subject.type, subject.default) == ("subject", str, "")
    assert subject.option == Option("A city.", completes="city", is_argument=True)
    assert (any_.type, any_.flag) == (bool, "--any")
    assert (most.type, most.flag) == (int | None, "--limit")
    assert (filters.type, filters.option) == (Filters, None)


@pytest.mark.parametrize(
    ("field", "name"), [("as_of", "as-of"), ("any_", "any"), ("limit", "limit")]
)
def test_an_option_is_called_as_its_field(field: str, name: str) -> None:
    assert option_name(field) == name


def test_what_is_set_goes_by_the_names_of_the_command_line() -> None:
    values = (("lyon",), "1985", False, None, (), 0)
    names = ("with_", "as_of", "any_", "limit", "theme", "step")
    assert set_values(names, values) == {"with": ["lyon"], "as-of": "1985", "step": 0}
    assert describe_query(Question(most=0)) == {"subject": "", "most": 0}


def test_a_filter_without_meaning_is_refused() -> None:
    class Chain(NamedTuple):
        filters: Annotated[Filters, Without(("any_", "with_"), "name both")] = (
            NO_FILTERS
        )

    [filters] = query_fields(Chain)
    assert (filters.type, filters.option) == (Filters, None)
    assert check_query(Chain(Filters(year="2009")))
    with pytest.raises(UsageError, match=r"--with does not .*: name both"):
        check_query(Chain(Filters(with_="lyon")))


def test_keywords_are_options_or_filters() -> None:
    query = extend_query(
        Question("lyon"), NO_FILTERS, {"most": 3, "theme": ("energy",)}
    )
    assert query == Question("lyon", most=3, filters=Filters(theme=("energy",)))


def test_keywords_add_to_the_filters_that_are_passed() -> None:
    query = check_query(
        extend_query(Question(), Filters(kind=("visit",)), {"year": "2009"})
    )
    assert query.filters.kind == ("visit",)
    assert query.filters.year == ("2009",)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colour": "red"}, "there is no option 'colour' here"),
        ({"most": "three"}, "most must be a whole number, not 'three'"),
        ({"any_": 1}, "any_ must be True or False, not 1"),
        ({"theme": 5}, "theme must be text or a list of such, not 5"),
    ],
)
def test_a_keyword_without_meaning_is_refused(
    options: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        check_query(extend_query(Question(), NO_FILTERS, options))
    assert str(refusal.value) == message
