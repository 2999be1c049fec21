"""The fields of each type of record, as they follow from its model and its markers."""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from citylinks.model.field_uses import Distinct, Fields, FieldUse
from citylinks.model.markers import (
    CarriedBy,
    CountryName,
    Dated,
    Evidence,
    FullText,
    Past,
    Refers,
    Words,
)
from citylinks.model.vocabulary import ENTRY_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKERS = (CarriedBy, CountryName, Dated, Evidence, FullText, Past, Refers, Words)


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
