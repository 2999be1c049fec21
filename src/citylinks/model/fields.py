"""The fields of each type of record: what stands in them, and what they are for.

It follows from the models and their markers. The index keeps a copy, so that a question
needs no pydantic to know it.
"""

from __future__ import annotations

import json
from functools import cache
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
)

from citylinks.model.markers import (
    CarriedBy,
    CountryName,
    Dated,
    Distinct,
    Evidence,
    FullText,
    Past,
    Refers,
    Words,
)
from citylinks.model.vocabulary import ENTRY_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKERS = (CarriedBy, CountryName, Dated, Evidence, FullText, Past, Refers, Words)


class FieldUse(NamedTuple):
    """What a field holds and what it is for.

    `shape` is a plain value, a part with fields of its own, a list of either, or a map
    from languages to texts. `fields` are those of the part, or of each part of a list.
    The others are what its markers say.
    """

    shape: Literal["value", "part", "list", "map"] = "value"
    dated: str | None = None
    is_past: bool = False
    refers: str | None = None
    is_text: bool = False
    is_searched: bool = False
    is_country: bool = False
    is_evidence: bool = False
    carried_by: str | None = None
    distinct: Distinct | None = None
    fields: dict[str, FieldUse] = {}  # noqa: RUF012 - is never changed

    @property
    def item(self) -> FieldUse:
        """The use of one item of a list or a map."""
        return self._replace(shape="part" if self.fields else "value")


Fields = dict[str, FieldUse]  # by key, as it is written


@cache
def record_fields() -> dict[str, Fields]:
    """Return the fields of each type of record, from the models."""
    from citylinks.model.records import MODELS

    return {type_: _model_fields(model) for type_, model in MODELS.items()}


def _model_fields(model: Any) -> Fields:
    fields = {}
    for name, info in model.model_fields.items():
        use = _field_use(info.annotation, info.metadata)
        if use.dated and use.dated not in ENTRY_PLACES:
            raise ValueError(
                f"{model.__name__}.{name} is Dated({use.dated!r}), which is no kind of"
                " entry: name it in ENTRY_KINDS of model/vocabulary.py"
            )
        fields[info.alias or name] = use
    return fields


def _field_use(hint: Any, metadata: Iterable[Any]) -> FieldUse:
    """Return the use of a field from its type and what is annotated to it."""
    use = _marked(FieldUse(), metadata)
    while True:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            use = _marked(use, hint.__metadata__)
            hint = arguments[0]
        elif origin in {Union, UnionType}:
            hint = next(argument for argument in arguments if argument is not NoneType)
        elif origin is tuple:
            use = use._replace(shape="list")
            hint = arguments[0]
        elif origin is dict:
            use = use._replace(shape="map")
            hint = arguments[1]
        elif hasattr(hint, "model_fields"):
            if use.shape != "list":
                use = use._replace(shape="part")
            use = use._replace(fields=_model_fields(hint))
            return use._replace(distinct=_with_dates_apart(use))
        else:
            return use


def _with_dates_apart(use: FieldUse) -> Distinct | None:
    """Return the keys that set parts apart, with the dates of a timeline added."""
    distinct = use.distinct
    if distinct is None or distinct.at_a_time:
        return distinct
    known = {*distinct.alike, *distinct.apart}
    dated = [key for key, part in use.fields.items() if part.dated]
    added = [key for key in dated if key not in known]
    return distinct._replace(apart=(*distinct.apart, *added))


def _marked(use: FieldUse, metadata: Iterable[Any]) -> FieldUse:
    for marker in metadata:
        if isinstance(marker, Distinct):
            use = use._replace(distinct=marker)
        elif isinstance(marker, MARKERS):
            use = use._replace(**marker._asdict())
    return use


def plain_values(
    fields: Fields, within: str = ""
) -> Iterator[tuple[str, str, FieldUse]]:
    """Yield each field that has no parts, with the key of its part and its own."""
    for key, use in fields.items():
        if use.fields:
            yield from plain_values(use.fields, key)
        else:
            yield within, key, use


# -- As the index keeps them --------------------------------------------------


def fields_to_json(fields: Fields) -> str:
    """Return fields as JSON, without what is not said of them."""
    return json.dumps(_plain(fields))


def fields_from_json(text: str) -> Fields:
    """Return the fields that `fields_to_json` has written."""
    return _read(json.loads(text))


def _plain(fields: Fields) -> dict[str, dict[str, Any]]:
    plain = {}
    for key, use in fields.items():
        stated = {
            name: value
            for name, value in use._asdict().items()
            if value != FieldUse._field_defaults[name]
        }
        if use.fields:
            stated["fields"] = _plain(use.fields)
        plain[key] = stated
    return plain


def _read(plain: dict[str, dict[str, Any]]) -> Fields:
    fields = {}
    for key, stated in plain.items():
        use = FieldUse(**stated)
        if use.distinct:
            noun, name, alike, apart, at_a_time = use.distinct
            same = Distinct(noun, name, tuple(alike), tuple(apart), at_a_time)
            use = use._replace(distinct=same)
        fields[key] = use._replace(fields=_read(stated.get("fields", {})))
    return fields
