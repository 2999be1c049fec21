"""The fields of results that were asked for, as a page: one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citylinks.model.vocabulary import in_words
from citylinks.questions.selection import DATE_FIELDS
from citylinks.views.blocks import TableBlock
from citylinks.views.phrases import human_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from citylinks.questions.results import Answer
    from citylinks.views.blocks import Block

KIND_FIELDS = ("kind", "detail")


def fields_page(answer: Answer, names: Sequence[str]) -> Iterator[Block]:
    """Yield the table of these fields of the results."""
    rows = [_cells(result, names) for result in answer.results]
    yield TableBlock(tuple(names), tuple(rows))


def _cells(result: Any, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_field_text(name, getattr(result, name)) for name in names)


def _field_text(name: str, value: Any) -> str:
    """Return a field in words."""
    if isinstance(value, str) and name in DATE_FIELDS:
        return human_value(value)
    if isinstance(value, str) and name in KIND_FIELDS:
        return in_words(value)
    return _value_text(value)


def _value_text(value: Any) -> str:
    """Return a value in words: of another record its name, of a list its items."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, tuple):
        return str(value)
    if not hasattr(value, "_fields"):
        return ", ".join(map(_value_text, value))
    fields: dict[str, Any] = value._asdict()  # type: ignore[attr-defined]
    if "type" in fields:
        return f"{fields['type']}/{fields['id']}"
    for name in ("name", "title"):
        if name in fields:
            return str(fields[name])
    stated = (item for item in value if item is not None)
    return ": ".join(map(_value_text, stated))
