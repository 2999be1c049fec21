"""The list of the answers: each has a schema, a page and types that are known."""

from __future__ import annotations

import pickle
import pkgutil
from importlib import import_module
from typing import Any, get_type_hints

import pytest

from citylinks import questions
from citylinks.questions import ANSWERS
from citylinks.questions.search import Search
from citylinks.views import OTHER_PAGES, page_maker

MODULES = [module.name for module in pkgutil.iter_modules(questions.__path__)]


def answer_type(module: str, name: str) -> Any:
    return getattr(import_module(f"{questions.__name__}.{module}"), name)


def answers_in(module: str) -> set[str]:
    """Return the named tuples of a module that hold a question and its results."""
    home = import_module(f"{questions.__name__}.{module}")
    return {
        name
        for name, value in vars(home).items()
        if getattr(value, "_fields", ())[:2] == ("query", "results")
        and value.__module__ == home.__name__
    }


@pytest.mark.parametrize("module", MODULES)
def test_all_answers_of_a_module_are_listed(module: str) -> None:
    assert {name for home, name in ANSWERS.values() if home == module} == answers_in(
        module
    )


def test_each_answer_has_a_page() -> None:
    names = {name for _, name in ANSWERS.values()}
    assert names >= OTHER_PAGES.keys()
    assert all(callable(page_maker(answer_type(*home))) for home in ANSWERS.values())


@pytest.mark.parametrize(("module", "name"), ANSWERS.values(), ids=ANSWERS)
def test_the_types_of_the_fields_of_an_answer_are_known(module: str, name: str) -> None:
    answer = answer_type(module, name)
    assert get_type_hints(answer).keys() == set(answer._fields)


def test_an_answer_can_be_pickled() -> None:
    answer = Search({"text": "silk"}, (), is_cut=True)
    assert pickle.loads(pickle.dumps(answer)) == answer
