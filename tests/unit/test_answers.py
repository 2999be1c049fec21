"""The list of what there is among the answers, and that each is defined when it is asked for."""

from __future__ import annotations

import pickle
import pkgutil
from importlib import import_module
from typing import get_args, get_type_hints

import pytest

from citylinks import answers
from citylinks.views import PAGES

MODULES = [module.name for module in pkgutil.iter_modules(answers.__path__)]


def defined(module: str) -> set[str]:
    """Return the named tuples that a module of the answers defines."""
    name = f"{answers.__name__}.{module}"
    values = vars(import_module(name)).values()
    return {v.__name__ for v in values if hasattr(v, "_fields") and v.__module__ == name}


@pytest.mark.parametrize("module", MODULES)
def test_all_that_a_module_defines_is_listed(module: str) -> None:
    listed = {name for name, home in answers.HOMES.items() if home == module}
    assert listed - {"Answer", "Certainty", "FUZZY"} == defined(module)


@pytest.mark.parametrize("name", answers.HOMES)
def test_what_is_listed_is_there_and_always_the_same(name: str) -> None:
    home = import_module(f"{answers.__name__}.{answers.HOMES[name]}")
    assert getattr(answers, name) is getattr(answers, name) is getattr(home, name)
    assert name in dir(answers)


def test_what_is_not_listed_is_not_there() -> None:
    with pytest.raises(AttributeError, match=r"'citylinks\.answers' has no attribute 'Unheard'"):
        _ = getattr(answers, "Unheard")  # noqa: B009


def test_each_answer_has_a_schema_a_page_and_its_place_in_the_union() -> None:
    named = [answer.__name__ for answer in get_args(answers.Answer)]
    assert named == list(answers.ANSWERS.values()) == list(PAGES)


@pytest.mark.parametrize("name", answers.ANSWERS.values())
def test_the_types_of_the_fields_of_an_answer_are_known(name: str) -> None:
    answer = getattr(answers, name)
    assert get_type_hints(answer).keys() == set(answer._fields)


def test_an_answer_can_be_pickled() -> None:
    found = answers.Search({"text": "silk"}, (), is_cut=True)
    assert pickle.loads(pickle.dumps(found)) == found
