"""JSON of imports: entities and rows of Wikidata, and JSON lines as a table."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from citylinks.importers import ImportOptions
from citylinks.importers.reading.json_bounds import JsonError, look_through
from citylinks.importers.tables.guessing import propose_map
from citylinks.importers.tables.source_table import Form
from citylinks.importers.wikidata import adapter as wikidata
from fuzz.held import file, import_file, refusals


def _snak(value: Any, property_: str = "P190") -> dict[str, Any]:
    return {"snaktype": "value", "property": property_, "datavalue": {"value": value}}


_TIE = {
    "mainsnak": _snak({"entity-type": "item", "numeric-id": 2, "id": "Q2"}),
    "qualifiers": {
        "P580": [_snak({"time": "+1959-04-07T00:00:00Z", "precision": 11}, "P580")]
    },
    "references": [{"snaks": {"P854": [_snak("https://example.org/x", "P854")]}}],
    "rank": "normal",
    "id": "Q1$x",
}
_POINT = {"latitude": 45.76, "longitude": 4.84, "precision": 0.01, "globe": "Q2"}
_ENTITY = {
    "id": "Q1",
    "labels": {"en": {"language": "en", "value": "Lyon"}},
    "aliases": {"fr": [{"value": "Lugdunum"}]},
    "claims": {"P190": [_TIE], "P625": [{"mainsnak": _snak(_POINT), "rank": "normal"}]},
}
_OLD = {
    "entity": ["item", 1],
    "label": {"en": "Lyon"},
    "claims": [{"m": ["value", 190, "wikibase-entityid", {"numeric-id": 2}], "q": []}],
}
_ROW = {
    "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"},
    "partner": {"type": "uri", "value": "http://www.wikidata.org/entity/Q2"},
    "start": {"value": "1959-04-07T00:00:00Z"},
    "coord": {"value": "Point(4.8 45.7)"},
}
SEEDS = tuple(
    json.dumps(seed).encode() if not isinstance(seed, bytes) else seed
    for seed in (
        _ENTITY, {"entities": {"Q1": _ENTITY}}, [_ENTITY], _OLD, [_ROW],
        {"head": {"vars": ["item", "partner"]}, "results": {"bindings": [_ROW]}},
        {"City": "Lyon", "Partner": {"name": ["Kyoto", ["x"]]}, "since": 1959},
        b"[\n" + json.dumps(_ENTITY).encode() + b",\n" + json.dumps(_OLD).encode() + b"\n]\n",
        b'{"a": "x"}\n{}\n[1]\n', b"[" * 101, b'{"a": 1e999, "b": -Infinity}', b'{"vars": [[1]]}\n',
    )
)  # fmt: skip
WORDS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\ud83d", b"\\u0000", b"null", b"true",
    b"NaN", b"1e999", b"-0", b"9999999999999999999999", b'"id":', b'"Q1"', b'"P190"', b'"claims":',
    b'"labels":', b'"entities":', b'"results":', b'"bindings":', b'"head":', b'"vars":',
    b'"mainsnak":', b'"snaktype":', b'"value"', b'"qualifiers":', b'"references":', b'"snaks":',
    b'"time":', b'"precision":', b'"m":', b'"q":', b'"rank":', b'"missing":', b"\n", b"\xff",
)  # fmt: skip


def target(data: bytes) -> None:
    path = file(data)
    import_file(wikidata, path, ImportOptions())
    with refusals():
        propose_map(path, Form())
    try:
        look_through(data)
    except JsonError:
        return
    with suppress(
        ValueError
    ):  # no JSON; that it is not nested too deeply is what matters here
        json.loads(data)
