"""JSON Schema (2020-12) of records, of maps and of output, from the models and the
answers.
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache, reduce
from importlib import import_module
from itertools import pairwise
from operator import or_
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from citylinks.errors import UsageError
from citylinks.importers.tables import mapping
from citylinks.importers.tables.mapping import TableMap
from citylinks.model import records
from citylinks.model.records import MODELS, RECORDS, SLUG, VOCABULARIES
from citylinks.model.vocabulary import PLURALS
from citylinks.questions import ANSWERS, schema_name
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from pydantic_core import core_schema

    from citylinks.model.records import Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TABLE_MAP = "map/table"
OWN_ID = (
    "The id of the record; where it stands alone in its file, the name of the file."
)
MORE = "How many more results there are; null where they were not counted."
LEFT_OUT = "The files from which something was left out, because of errors."


def schema_names() -> tuple[str, ...]:
    """Return every name that `schema` knows."""
    files = [f"record/{PLURALS[type_]}" for type_ in VOCABULARIES]
    outputs = [f"output/{name}" for name in ANSWERS]
    return (*(f"record/{type_}" for type_ in MODELS), *files, TABLE_MAP, *outputs)


def schema(name: str) -> dict[str, Any]:
    """Return the schema called `name`: `record/city`, `record/themes` (the file),
    `map/table`.
    """
    if name not in schema_names():
        raise UsageError(f"unknown schema '{name}'{did_you_mean(name, schema_names())}")
    family, _, what = name.partition("/")
    made = _OF[family](what)
    return {"$schema": DIALECT, **made, "title": f"citylinks {name}"}


class _Written(GenerateJsonSchema):
    """Schemas of what people write: an optional key is absent, never null.

    A key that must have a form and has another is refused.
    """

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        return (
            {**made, "additionalProperties": False}
            if "patternProperties" in made
            else made
        )

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _of_record(what: str) -> dict[str, Any]:
    if what in MODELS:
        made = _of_model(MODELS[what])
        if what in RECORDS:
            identifier = {
                "type": "string",
                "pattern": f"^{SLUG}$",
                "description": OWN_ID,
            }
            made["properties"] = {"id": identifier, **made["properties"]}
        return made
    type_ = next(type_ for type_, plural in PLURALS.items() if plural == what)
    term = _of_model(MODELS[type_])
    definitions = term.pop("$defs", {})
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{SLUG}$"},
        "additionalProperties": term,
        "$defs": definitions,
    }


@cache
def _with_docstrings(module: str) -> None:
    """Give the classes of a module their docstrings again, which `python -OO` drops."""
    if sys.flags.optimize < 2:
        return
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node):
            getattr(sys.modules[module], node.name).__doc__ = ast.get_docstring(node)


def _of_model(of: type[Part]) -> dict[str, Any]:
    """Return the schema of a model, with what the model says of each field."""
    for module in (records, mapping):
        _with_docstrings(module.__name__)
    made = of.model_json_schema(by_alias=True, schema_generator=_Written)
    for name, part in ((of.__name__, made), *made.get("$defs", {}).items()):
        said = meanings({**vars(records), **vars(mapping)}[name])
        for key, value in part["properties"].items():
            form = value.get("description", "")  # how its type is written
            value["description"] = f"{said[key]} {form}".strip()
    return made


def meanings(of: type[Part]) -> dict[str, str]:
    """Return what a model says of its fields, by key."""
    said = {
        name: text
        for base in reversed(of.__mro__)
        for name, text in _texts().get(base.__name__, {}).items()
    }
    return {info.alias or name: said[name] for name, info in of.model_fields.items()}


@cache
def _texts() -> dict[str, dict[str, str]]:
    """Return the text below each field of each model, from the source."""
    return {
        node.name: {
            field.target.id: below.value.value
            for field, below in pairwise(node.body)
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        }
        for module in (records, mapping)
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    }


def _of_output(what: str) -> dict[str, Any]:
    module, name = ANSWERS[what]
    answer = getattr(import_module(f"citylinks.questions.{module}"), name)
    results = TypeAdapter(_as_json(get_type_hints(answer)["results"], {})).json_schema()
    definitions = results.pop("$defs", {})
    properties = {
        "schema": {"const": schema_name(name)},
        "query": {"type": "object"},
        "count": {"type": "integer", "minimum": 0},
        "more": {"type": ["integer", "null"], "minimum": 0, "description": MORE},
        "left_out": {
            "type": "array",
            "items": {"type": "string"},
            "description": LEFT_OUT,
        },
        "results": results,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": definitions,
    }


def _as_json(hint: Any, known: dict[Any, Any]) -> Any:
    """Return a type as its JSON has it: a named tuple becomes an object, of the same
    fields.
    """
    if hint in known:
        return known[hint]
    if hasattr(hint, "_fields"):
        _with_docstrings(hint.__module__)
        fields = {
            name: _as_json(of, known) for name, of in get_type_hints(hint).items()
        }
        required: dict[str, Any] = {name: (of, ...) for name, of in fields.items()}
        known[hint] = create_model(hint.__name__, __doc__=hint.__doc__, **required)
        return known[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return list[_as_json(arguments[0], known)]  # type: ignore[misc]
    if origin is UnionType:
        return reduce(or_, (_as_json(argument, known) for argument in arguments))
    return hint


_OF = {"record": _of_record, "map": lambda _: _of_model(TableMap), "output": _of_output}
