"""City partnerships on record: who, since when, about what, and the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citylinks.errors import (
        AmbiguousError,
        CitylinksError,
        ClosedError,
        NoDataError,
        NotFoundError,
        UsageError,
    )
    from citylinks.knowledge_base import KnowledgeBase
    from citylinks.query.filters import Filters

__all__ = [
    "AmbiguousError",
    "CitylinksError",
    "ClosedError",
    "Filters",
    "KnowledgeBase",
    "NoDataError",
    "NotFoundError",
    "UsageError",
    "dates",
]

_HOMES = {
    "KnowledgeBase": "citylinks.knowledge_base",
    "Filters": "citylinks.query.filters",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that the command starts fast."""
    if name not in __all__:
        raise AttributeError(f"module 'citylinks' has no attribute '{name}'")
    from importlib import import_module

    if name == "dates":
        return import_module("citylinks.dates")
    return getattr(import_module(_HOMES.get(name, "citylinks.errors")), name)
