"""The wanted results of an answer: their fields, order and number."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from citylinks.dates import parse
from citylinks.errors import UsageError
from citylinks.questions.results import Answer
from citylinks.text.normalize import fold
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# The fields of results that are dates in EDTF.
DATE_FIELDS = frozenset(
    ("date", "end", "expires", "original", "signed", "since", "start", "until")
)

# Other words for fields; a field of that name has precedence.
OTHER_NAMES = {
    "agreement": "title",
    "event": "title",
    "lat": "latitude",
    "lon": "longitude",
    "long": "longitude",
    "lng": "longitude",
    "partnership": "record",
    "partnerships": "ties",
    "qid": "wikidata",
    "since": "start",
    "when": "date",
}

# The lists that are in order of a date; what has none stands last in reverse too.
IN_ORDER_OF = {"Partnerships": "start", "Agreements": "signed", "Events": "date"}


class Selection(NamedTuple):
    """How the results of an answer are wanted."""

    fields: Sequence[str] = ()
    sort: str | None = None
    is_reversed: bool = False
    limit: int | None = None


class Selected(NamedTuple):
    """An answer with the results that are wanted, and notes on what was understood.

    `left_out` is the number of results beyond the limit.
    """

    answer: Answer
    left_out: int = 0
    notes: tuple[str, ...] = ()


def field_names(answer: Answer) -> tuple[str, ...]:
    """Return the names of the fields of the results of an answer."""
    chosen = answer.query.get("fields")
    if chosen:
        return tuple(chosen)
    return names_of_fields(type(answer))


def names_of_fields(answer_type: type[Answer]) -> tuple[str, ...]:
    """Return the names of the fields of the results of a type of answers."""
    results_type = get_type_hints(answer_type)["results"]
    names: tuple[str, ...] = get_args(results_type)[0]._fields
    return names


def selectable_names(answer: Answer) -> tuple[str, ...]:
    """Return the fields of results, and the id and name of the record of each."""
    names = field_names(answer)
    if "record" not in names:
        return names
    return (*names, *(name for name in ("id", "name") if name not in names))


def select(answer: Answer, wanted: Selection) -> Selected:
    """Return an answer with the results, in the order and with the fields wanted."""
    known = selectable_names(answer)
    notes: dict[str, None] = {}
    sort = wanted.sort
    if sort is not None:
        sort = _read_field(sort, known, notes)
    elif wanted.is_reversed:
        sort = IN_ORDER_OF.get(type(answer).__name__)
    fields = [_read_field(name, known, notes) for name in wanted.fields]
    results = answer.results
    if sort is not None:
        if results and not any(_field_of(sort, row) for row in results):
            notes[f"no result has a {sort}, so --sort has no effect"] = None
        results = _sorted_by(sort, results, is_reversed=wanted.is_reversed)
    elif wanted.is_reversed:
        results = results[::-1]
    kept = results[: wanted.limit]
    if fields:
        kept = _with_fields(kept, tuple(dict.fromkeys(fields)))
    left_out = len(results) - len(kept)
    changed: dict[str, Any] = {"results": kept}
    changed["query"] = {**answer.query, **_described(wanted, sort, fields)}
    for name in ("more", "beyond_limit"):
        if name in answer._fields:  # type: ignore[attr-defined]
            changed[name] = getattr(answer, name) + left_out
    selected: Answer = answer._replace(**changed)  # type: ignore[attr-defined]
    return Selected(selected, left_out, tuple(notes))


def _described(
    wanted: Selection, sort: str | None, fields: Sequence[str]
) -> dict[str, Any]:
    """Return the selection as the query of an answer states it."""
    described: dict[str, Any] = {}
    if wanted.sort is not None:
        described["sort"] = sort
    if wanted.is_reversed:
        described["reverse"] = True
    if wanted.limit is not None:
        described["limit"] = wanted.limit
    if fields:
        described["fields"] = list(dict.fromkeys(fields))
    return described


def split_fields(texts: Iterable[str]) -> list[str]:
    """Return the names in texts like `id,name`."""
    names = [name.strip() for name in ",".join(texts).split(",")]
    return [name for name in names if name]


def _read_field(text: str, known: Sequence[str], notes: dict[str, None]) -> str:
    """Return the field that is meant; a `UsageError` lists the known ones."""
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    if name in known:
        return name
    meant = OTHER_NAMES.get(name)
    if meant is not None and meant in known:
        notes[f"reading column {text} as {meant}"] = None
        return meant
    if name in {"asc", "ascending", "desc", "descending", "reverse"}:
        raise UsageError("--sort takes a column; to turn the order: --reverse")
    hint = did_you_mean(name, known)
    listed = ", ".join(known)
    raise UsageError(f"no column '{text}' among {listed}{hint}")


# -- Values -------------------------------------------------------------------


def _field_of(name: str, result: Any) -> Any:
    """Return a field of a result, or of the record that it is of."""
    if name in ("id", "name") and name not in result._fields:
        return getattr(result.record, name)
    return getattr(result, name)


def _with_fields(results: Sequence[Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    row_type: Any = namedtuple("Row", names)  # type: ignore[misc]
    return tuple(
        row_type._make(_field_of(name, result) for name in names) for result in results
    )


def _sorted_by(
    name: str, results: Sequence[Any], *, is_reversed: bool
) -> tuple[Any, ...]:
    """Return the results in order of a field; those without it stand last."""
    key = _sort_key(name, is_reversed=is_reversed)
    keyed = []
    last = []
    for result in results:
        value = _field_of(name, result)
        if value in (None, "", ()):
            last.append(result)
        else:
            keyed.append((key(value), result))
    keyed.sort(key=lambda pair: pair[0], reverse=is_reversed)
    return (*(result for _, result in keyed), *last)


def _sort_key(name: str, *, is_reversed: bool) -> Callable[[Any], Any]:
    """Return the function that makes of a value what it is sorted by."""
    if name not in DATE_FIELDS:
        return _comparable
    if is_reversed:
        return lambda text: parse(text).reverse_key
    return lambda text: parse(text).sort_key


def _comparable(value: Any) -> Any:
    """Return a number, or a text as it is sorted: case and accents do not count."""
    if isinstance(value, (int, float)):
        return value
    if hasattr(value, "_fields"):
        return fold(str(getattr(value, "name", None) or value[0]))
    if isinstance(value, tuple):
        return [_comparable(item) for item in value]
    return fold(str(value))
