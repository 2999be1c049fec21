"""JSON Schema (2020-12) of records and of output, made from the models and the answers."""

from __future__ import annotations

from typing import Any, get_type_hints

from pydantic import TypeAdapter

from citylinks.answers import ANSWERS, Answer, schema_name
from citylinks.errors import NotFoundError
from citylinks.folding import did_you_mean
from citylinks.model import MODELS, RECORDS, SLUG, VOCABULARIES
from citylinks.vocabulary import PLURALS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_names() -> tuple[str, ...]:
    """Return every name that `schema` knows."""
    files = [f"record/{PLURALS[type_]}" for type_ in VOCABULARIES]
    outputs = [f"output/{answer.schema}" for answer in ANSWERS]
    return (*(f"record/{type_}" for type_ in MODELS), *files, *outputs)


def schema(name: str) -> dict[str, Any]:
    """Return the schema called `name`: `record/city`, `record/themes` (the file), `output/show`."""
    if name not in schema_names():
        raise NotFoundError(f"there is no schema '{name}'{did_you_mean(name, schema_names())}")
    family, _, what = name.partition("/")
    made = _of_record(what) if family == "record" else _of_output(what)
    return {"$schema": DIALECT, "title": f"citylinks {name}", **made}


def _of_record(what: str) -> dict[str, Any]:
    if what in MODELS:
        made = MODELS[what].model_json_schema(by_alias=True)
        if what in RECORDS:
            identifier = {"type": "string", "pattern": f"^{SLUG}$"}
            made["properties"] = {"id": identifier, **made["properties"]}
        return made
    type_ = next(type_ for type_, plural in PLURALS.items() if plural == what)
    term = MODELS[type_].model_json_schema(by_alias=True)
    definitions = term.pop("$defs", {})
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{SLUG}$"},
        "additionalProperties": term,
        "$defs": definitions,
    }


def _of_output(what: str) -> dict[str, Any]:
    answer: type[Answer] = next(answer for answer in ANSWERS if answer.schema == what)
    results = TypeAdapter(get_type_hints(answer)["results"]).json_schema()
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
