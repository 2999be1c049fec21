"""JSON Schema (2020-12) of records, maps and output, from the models and answers."""

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

from pydantic import BaseModel, TypeAdapter, create_model
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
    from collections.abc import Iterator

    from pydantic_core import core_schema

    from citylinks.model.records import Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TABLE_MAP = "map/table"
OWN_ID = "The id of the record; in a file with one record, the name of the file."
MORE = "How many more results there are; null if they were not counted."
LEFT_OUT = "The files with records that were left out because of errors."


def schema_names() -> tuple[str, ...]:
    """Return every name that `schema` knows."""
    files = [PLURALS[type_] for type_ in VOCABULARIES]
    record_names = [f"record/{name}" for name in (*MODELS, *files)]
    output_names = [f"output/{name}" for name in ANSWERS]
    return (*record_names, TABLE_MAP, *output_names)


def schema(name: str) -> dict[str, Any]:
    """Return the schema of that name.

    Names are like `record/city`, `record/themes` (a file) and `map/table`.
    """
    if name not in schema_names():
        raise UsageError(f"unknown schema '{name}'{did_you_mean(name, schema_names())}")
    family, _, member = name.partition("/")
    made = _unwrapped(_FAMILIES[family](member))
    return {"$schema": DIALECT, **made, "title": f"citylinks {name}"}


def _unwrapped(part: Any) -> Any:
    """Return a part of a schema whose texts have a line for each paragraph."""
    if isinstance(part, list):
        return [_unwrapped(item) for item in part]
    if not isinstance(part, dict):
        return part
    unwrapped = {key: _unwrapped(value) for key, value in part.items()}
    text = part.get("description")
    if isinstance(text, str):
        paragraphs = inspect.cleandoc(text).split("\n\n")
        joined = [" ".join(paragraph.split()) for paragraph in paragraphs]
        unwrapped["description"] = "\n\n".join(joined)
    return unwrapped


# -- Records and maps -----------------------------------------------------------


class _Written(GenerateJsonSchema):
    """Schemas of what people write: an optional key is absent, never null.

    A key that must have a form and has another is refused.
    """

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        if "patternProperties" in made:
            made["additionalProperties"] = False
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _record_schema(name: str) -> dict[str, Any]:
    """Return the schema of a record, or of the file of a vocabulary by its plural."""
    if name not in MODELS:
        return _vocabulary_schema(name)
    made = _model_schema(MODELS[name])
    if name in RECORDS:
        identifier = {
            "type": "string",
            "pattern": f"^{SLUG}$",
            "description": OWN_ID,
        }
        made["properties"] = {"id": identifier, **made["properties"]}
    return made


def _vocabulary_schema(plural: str) -> dict[str, Any]:
    type_ = next(type_ for type_ in VOCABULARIES if PLURALS[type_] == plural)
    term = _model_schema(MODELS[type_])
    definitions = term.pop("$defs", {})
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{SLUG}$"},
        "additionalProperties": term,
        "$defs": definitions,
    }


def _map_schema(_: str) -> dict[str, Any]:
    return _model_schema(TableMap)


def _model_schema(model: type[Part]) -> dict[str, Any]:
    """Return the schema of a model, with the meaning of each field."""
    for module in (records, mapping):
        _restore_docstrings(module.__name__)
    made = model.model_json_schema(by_alias=True, schema_generator=_Written)
    models = {**vars(records), **vars(mapping)}
    for name, part in ((model.__name__, made), *made.get("$defs", {}).items()):
        texts = field_meanings(models[name])
        for key, value in part["properties"].items():
            form = value.get("description", "")  # how its type is written
            value["description"] = f"{texts[key]} {form}".strip()
    return made


def field_meanings(model: type[Part]) -> dict[str, str]:
    """Return the text below each field of a model, by key; inherited fields too."""
    texts: dict[str, str] = {}
    for base in reversed(model.__mro__):
        texts |= _field_texts().get(base.__name__, {})
    return {
        info.alias or name: texts[name] for name, info in model.model_fields.items()
    }


@cache
def _field_texts() -> dict[str, dict[str, str]]:
    """Return the text below each field of each model, from the source."""
    texts = {}
    for module in (records, mapping):
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                texts[node.name] = dict(_texts_below_fields(node))
    return texts


def _texts_below_fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(model.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, text


@cache
def _restore_docstrings(module: str) -> None:
    """Give the classes of a module their docstrings again, which `python -OO` drops."""
    if sys.flags.optimize < 2:
        return
    for node in ast.parse(inspect.getsource(sys.modules[module])).body:
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node):
            getattr(sys.modules[module], node.name).__doc__ = ast.get_docstring(node)


# -- Output ---------------------------------------------------------------------


def _output_schema(name: str) -> dict[str, Any]:
    """Return the schema of the envelope about the answer to a question."""
    module, class_name = ANSWERS[name]
    answer = getattr(import_module(f"citylinks.questions.{module}"), class_name)
    results_type = _json_type(get_type_hints(answer)["results"], {})
    results = TypeAdapter(results_type).json_schema()
    definitions = results.pop("$defs", {})
    properties = {
        "schema": {"const": schema_name(class_name)},
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


def _json_type(hint: Any, known: dict[Any, Any]) -> Any:
    """Return a type as its JSON has it: a named tuple becomes an object.

    `known` holds the objects made so far.
    """
    if hint in known:
        return known[hint]
    if hasattr(hint, "_fields"):
        known[hint] = _object_type(hint, known)
        return known[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return list[_json_type(arguments[0], known)]  # type: ignore[misc]
    if origin is UnionType:
        return reduce(or_, (_json_type(argument, known) for argument in arguments))
    return hint


def _object_type(named_tuple: Any, known: dict[Any, Any]) -> type[BaseModel]:
    """Return a model with the fields of a named tuple, each of them required."""
    _restore_docstrings(named_tuple.__module__)
    fields: dict[str, Any] = {}
    for name, hint in get_type_hints(named_tuple).items():
        fields[name] = (_json_type(hint, known), ...)
    return create_model(named_tuple.__name__, __doc__=named_tuple.__doc__, **fields)


_FAMILIES = {"record": _record_schema, "map": _map_schema, "output": _output_schema}
