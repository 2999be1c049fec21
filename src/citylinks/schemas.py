"""JSON Schema (2020-12) of records and of output, made from the models and the answers."""

from __future__ import annotations

from functools import reduce
from operator import or_
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from citylinks.answers import ANSWERS, schema_name
from citylinks.errors import NotFoundError
from citylinks.folding import did_you_mean
from citylinks.model import MODELS, RECORDS, SLUG, VOCABULARIES
from citylinks.vocabulary import PLURALS

if TYPE_CHECKING:
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_names() -> tuple[str, ...]:
    """Return every name that `schema` knows."""
    files = [f"record/{PLURALS[type_]}" for type_ in VOCABULARIES]
    outputs = [f"output/{name}" for name in ANSWERS]
    return (*(f"record/{type_}" for type_ in MODELS), *files, *outputs)


def schema(name: str) -> dict[str, Any]:
    """Return the schema called `name`: `record/city`, `record/themes` (the file), `output/show`."""
    if name not in schema_names():
        raise NotFoundError(f"there is no schema '{name}'{did_you_mean(name, schema_names())}")
    family, _, what = name.partition("/")
    made = _of_record(what) if family == "record" else _of_output(what)
    return {"$schema": DIALECT, **made, "title": f"citylinks {name}"}


class _Written(GenerateJsonSchema):
    """Schemas of what people write: an optional key is absent, never null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _of_record(what: str) -> dict[str, Any]:
    if what in MODELS:
        made = MODELS[what].model_json_schema(by_alias=True, schema_generator=_Written)
        if what in RECORDS:
            identifier = {"type": "string", "pattern": f"^{SLUG}$"}
            made["properties"] = {"id": identifier, **made["properties"]}
        return made
    type_ = next(type_ for type_, plural in PLURALS.items() if plural == what)
    term = MODELS[type_].model_json_schema(by_alias=True, schema_generator=_Written)
    definitions = term.pop("$defs", {})
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{SLUG}$"},
        "additionalProperties": term,
        "$defs": definitions,
    }


def _of_output(what: str) -> dict[str, Any]:
    answer = ANSWERS[what]
    results = TypeAdapter(_as_json(get_type_hints(answer)["results"], {})).json_schema()
    definitions = results.pop("$defs", {})
    properties = {
        "schema": {"const": schema_name(answer)},
        "query": {"type": "object"},
        "count": {"type": "integer", "minimum": 0},
        "results": results,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": definitions,
    }


def _as_json(hint: Any, known: dict[Any, Any]) -> Any:
    """Return a type as its JSON has it: a named tuple becomes an object, of the same fields."""
    if hint in known:
        return known[hint]
    if hasattr(hint, "_fields"):
        fields = {name: _as_json(of, known) for name, of in get_type_hints(hint).items()}
        required: dict[str, Any] = {name: (of, ...) for name, of in fields.items()}
        known[hint] = create_model(hint.__name__, __doc__=hint.__doc__, **required)
        return known[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return list[_as_json(arguments[0], known)]  # type: ignore[misc]
    if origin is UnionType:
        return reduce(or_, (_as_json(argument, known) for argument in arguments))
    return hint
