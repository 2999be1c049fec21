"""What stands in the fields of a record, and what each is for, as plain data.

The index keeps it as JSON, so that a question needs neither the models nor pydantic.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple


class Distinct(NamedTuple):
    """A list that names nothing twice, and when two of its items are the same.

    Two parts are the same where they state the same under the keys `alike`, unless both
    state something under a key in `apart` and it differs. So do dates of a timeline set
    them apart; but with `at_a_time`, what is over before another begins is not the
    same. `noun` is how one item is called in a message, `name` the key of its name.
    """

    noun: str
    name: str | None = None
    alike: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    at_a_time: bool = False


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
    fields: "dict[str, FieldUse]" = {}  # noqa: RUF012 - is never changed

    @property
    def item(self) -> "FieldUse":
        """The use of one item of a list or a map."""
        return self._replace(shape="part" if self.fields else "value")


Fields = dict[str, FieldUse]  # by key, as it is written


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
