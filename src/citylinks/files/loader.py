"""Data directories -> Dataset: every record that can be read, and every problem."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from citylinks import dates
from citylinks.files.diagnostics import (
    MOST_PROBLEMS,
    RULE_BY_NAME,
    TOO_MANY,
    Diagnostic,
    Location,
)
from citylinks.files.listing import list_files
from citylinks.files.reading import decode, read_again, read_bytes
from citylinks.files.yaml_reader import Document, SourceText, Stream, cuts, parse_yaml
from citylinks.model.field_uses import FieldUse, plain_values
from citylinks.model.fields import record_fields
from citylinks.model.records import MODELS, RECORDS, SLUG, Part, nested_models
from citylinks.text.normalize import fold
from citylinks.text.safe import quoted
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails

    from citylinks.files.listing import RecordFile

MOST_VALUES = 100_000  # in one record; many times what the longest list of members has

_SLUG = re.compile(SLUG)
_SLUG_FORM = "lower-case ASCII words joined by hyphens"


class Origin(NamedTuple):
    """The place of a record: absolute paths; `document` counts from 0."""

    directory: str
    path: str
    document: int = 0
    within: tuple[str, ...] = ()


class Loaded(NamedTuple):
    """A record with its id and its origin."""

    type: str
    id: str
    model: Part
    origin: Origin

    @property
    def body(self) -> dict[str, Any]:
        """The record as plain JSON, without what is absent."""
        return self.model.model_dump(mode="json", by_alias=True, exclude_none=True)


class Dataset:
    """All that was read: records by type and id, problems, and the ids claimed.

    `seen` holds every id that some file gives, also where its record could not be read,
    so that a reference to it is not a second problem. `left_out` holds the files from
    which something could not be taken, `partial` the types of which some file could not
    be read to its end.
    """

    def __init__(self, directories: tuple[str, ...]) -> None:
        self.directories = directories
        self.records: dict[str, dict[str, Loaded]] = {type_: {} for type_ in MODELS}
        self.seen: dict[str, dict[str, Origin]] = {type_: {} for type_ in MODELS}
        self.problems: list[Diagnostic] = []
        self.files: list[str] = []
        self.left_out: set[str] = set()
        self.file_begins = 0
        self.partial: set[str] = set()

    def __iter__(self) -> Iterator[Loaded]:
        """Iterate over all records, type by type."""
        for records in self.records.values():
            yield from records.values()

    def has_too_many(self, file: RecordFile) -> bool:
        """Whether so much is wrong in a file that its rest is not read; reported."""
        if len(self.problems) - self.file_begins < MOST_PROBLEMS:
            return False
        self.report("too-large", self.problems[-1].span, TOO_MANY)
        self.left_out.add(file.path)
        self.partial.add(file.type)
        return True

    def report(
        self, rule: str, span: Location, message: str, note: str | None = None
    ) -> None:
        """Add a problem."""
        self.problems.append(Diagnostic(RULE_BY_NAME[rule], span, message, note))


def load(directories: Iterable[str | os.PathLike[str]]) -> Dataset:
    """Read all that the data directories hold; bad data raises nothing."""
    dataset = Dataset(tuple(os.fspath(Path(item).absolute()) for item in directories))
    files, dataset.problems = list_files(dataset.directories)
    for file in files:
        load_file(dataset, file)
    return dataset


def load_file(
    dataset: Dataset, file: RecordFile, raw: bytes | Diagnostic | None = None
) -> None:
    """Read one file into a dataset; `raw` is its content where it was read before."""
    if raw is None:
        raw = read_bytes(file.path)
    dataset.file_begins = len(dataset.problems)
    if file.type in RECORDS:
        _load_records(dataset, file, raw)
    else:
        _load_vocabulary(dataset, file, raw)


# -- Files --------------------------------------------------------------------


def _stream(
    dataset: Dataset, file: RecordFile, raw: bytes | Diagnostic
) -> Stream | None:
    """Parse one file; what is wrong with it goes to the problems."""
    dataset.files.append(file.path)
    text = decode(raw, file.path) if isinstance(raw, bytes) else raw
    if isinstance(text, Diagnostic):
        dataset.problems.append(text)
        dataset.left_out.add(file.path)
        return None
    stream = parse_yaml(text, file.path)
    dataset.problems += stream.problems
    if stream.problems:
        dataset.left_out.add(file.path)
    _report_cuts(dataset, text, file.path)
    is_read = stream.is_complete and not stream.broken
    if is_read and all(document.data == "" for document in stream.documents):
        help_ = "write the record, or remove the file"
        dataset.report("empty-file", Location(file.path), "the file is empty", help_)
        dataset.left_out.add(file.path)
        return None
    return stream


# The keys of text in words, and those of which each value is in a language of its own.
def _report_cuts(dataset: Dataset, text: str, path: str) -> None:
    """Report where a comment cuts a text in words; that stays as it was read."""
    for cut in cuts(text.removeprefix("\ufeff")):
        if is_in_words(cut.keys):
            dataset.report(
                "cut-text",
                Location(path, cut.line, cut.column),
                f"the text ends before {quoted(cut.comment)},"
                " which is read as a comment",
                "put the whole text in quotes,"
                " or write two spaces and '# ' before a comment",
            )


def is_in_words(keys: tuple[str, ...]) -> bool:
    """Whether the value to which keys lead is text in words, as a title or a note."""
    within, key = ("", "", *keys)[-2:]
    places = _text_places()
    return (within, key) in places or ("", key) in places or (within, "") in places


@cache
def _text_places() -> set[tuple[str, str]]:
    """Return the last two keys that lead to text in words.

    One of them is empty where the other is enough: the key of a map from languages to
    texts, and a key that is text wherever it stands.
    """
    uses: dict[str, dict[str, FieldUse]] = {}
    for fields in record_fields().values():
        for within, key, use in plain_values(fields):
            uses.setdefault(key, {})[within] = use
    places = set()
    for key, by_part in uses.items():
        texts = [within for within, use in by_part.items() if use.is_text]
        if texts and by_part[texts[0]].shape == "map":
            places.add((key, ""))
        elif len(texts) == len(by_part):
            places.add(("", key))
        else:
            places.update((within, key) for within in texts)
    return places


# -- Records ------------------------------------------------------------------


def _load_records(dataset: Dataset, file: RecordFile, raw: bytes | Diagnostic) -> None:
    path, type_ = file.path, file.type
    stem = Path(path).stem
    stream = _stream(dataset, file, raw)
    if stream is None or not stream.documents:
        _claim(dataset, file, stem, 0)
        return
    if not stream.is_complete:
        dataset.partial.add(type_)
    _report_several(dataset, stream, stem)
    for document in stream.documents:
        if dataset.has_too_many(file):
            break
        id_ = _record_id(dataset, stream, document, stem)
        if id_ is None or document.number in stream.broken:
            dataset.left_out.add(path)
            _claim(dataset, file, id_ or stem, document.number)
            continue
        data = document.data
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key != "id"}
        origin = Origin(file.directory, file.path, document.number)
        _take(dataset, document, (type_, id_), data, origin)


def _claim(dataset: Dataset, file: RecordFile, id_: str, document: int) -> None:
    """Note the id of what cannot be read; a file's name need not be an id."""
    if _SLUG.fullmatch(id_):
        origin = Origin(file.directory, file.path, document)
        dataset.seen[file.type].setdefault(id_, origin)


def _record_id(
    dataset: Dataset, stream: Stream, document: Document, stem: str
) -> str | None:
    """Return the id of a document: its own, or the file's name where it is alone."""
    given = _given_id(document)
    is_alone = len(stream.documents) == 1
    if given is None and not is_alone:
        message = "one of several records in this file has no id"
        help_ = "give it one with 'id: ...', or a file of its own"
        dataset.report("bulk-without-id", document.span(), message, help_)
        return None
    id_, subject = given, ""
    if given is None:
        id_, subject = stem, "the file name "
    if not (isinstance(id_, str) and _SLUG.fullmatch(id_)):
        message = f"{subject}{_quoted(id_)} is not an id: {_SLUG_FORM}{_as_slug(id_)}"
        dataset.report("id-not-a-slug", document.span("id"), message)
        return None
    if given is not None and is_alone and not document.is_explicit and given != stem:
        message = f"the id {quoted(given)} differs from the file name {_quoted(stem)}"
        help_ = f"rename the file to {given}.yaml, or remove the id"
        dataset.report("id-not-file-name", document.span("id"), message, help_)
    return id_


def _given_id(document: Document) -> Any:
    return document.data.get("id") if isinstance(document.data, dict) else None


def _as_slug(text: object) -> str:
    """Return `; did you mean 'sao-paulo'?` for a text of which an id can be made."""
    if not isinstance(text, str):
        return ""
    slug = fold(text).replace(" ", "-")
    return f"; did you mean '{slug}'?" if _SLUG.fullmatch(slug) else ""


def _report_several(dataset: Dataset, stream: Stream, stem: str) -> None:
    """Report a file of several records with the name of one, unless `---` begins it."""
    ids = [_given_id(document) for document in stream.documents]
    if len(ids) > 1 and not stream.documents[0].is_explicit and stem in ids:
        number = next((n for n, id_ in enumerate(ids) if id_ != stem), 1)
        message = f"the file is named after '{stem}', but has {len(ids)} records"
        help_ = "give each its own file, or begin a file for several with ---"
        dataset.report(
            "several-records", stream.documents[number].span("id"), message, help_
        )


def _load_vocabulary(
    dataset: Dataset, file: RecordFile, raw: bytes | Diagnostic
) -> None:
    path, type_ = file.path, file.type
    stream = _stream(dataset, file, raw)
    if stream is None or not stream.documents:
        dataset.partial.add(type_)
        return
    document = stream.documents[0]
    if not isinstance(document.data, dict) or len(stream.documents) > 1:
        dataset.report(
            "wrong-type", document.span(), "a vocabulary is one mapping from id to term"
        )
        dataset.left_out.add(path)
        dataset.partial.add(type_)
        return
    if stream.broken or not stream.is_complete:
        dataset.partial.add(type_)
    for id_, data in document.data.items():
        if dataset.has_too_many(file):
            break
        if id_ in stream.spoilt:
            _claim(dataset, file, id_, 0)
        elif _SLUG.fullmatch(id_):
            origin = Origin(file.directory, file.path, 0, (id_,))
            _take(dataset, document, (type_, id_), data, origin)
        else:
            message = f"{_quoted(id_)} is not an id: {_SLUG_FORM}{_as_slug(id_)}"
            dataset.report("id-not-a-slug", document.key_span(id_), message)
            dataset.left_out.add(path)


def _take(
    dataset: Dataset,
    document: Document,
    key: tuple[str, str],
    data: Any,
    origin: Origin,
) -> None:
    """Validate one record and add it, unless its id is taken or it has errors."""
    type_, id_ = key
    before = dataset.seen[type_].setdefault(id_, origin)
    if before != origin:
        _report_double(dataset, document, key, before, origin)
        return
    if _is_huge(data, document):
        message = f"the {type_} {quoted(id_)} has more than {MOST_VALUES} values"
        dataset.report("too-large", _locate_id(origin, document), message)
        dataset.left_out.add(origin.path)
        return
    try:
        model = MODELS[type_].model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if not is_echo(details):
                problem = from_pydantic(details, MODELS[type_], document, origin.within)
                dataset.problems.append(problem)
        dataset.left_out.add(origin.path)
        return
    dataset.records[type_][id_] = Loaded(type_, id_, model, origin)


def _is_huge(data: Any, document: Document) -> bool:
    """Whether a record has more values than are validated in bounded memory."""
    if len(document.written.text) < 2 * MOST_VALUES:
        return False
    count, within = 0, [data]
    while within and count <= MOST_VALUES:
        part = within.pop()
        if isinstance(part, dict):
            part = list(part.values())
        if isinstance(part, list):
            count += len(part)
            within.extend(part)
    return count > MOST_VALUES


def _report_double(
    dataset: Dataset,
    document: Document,
    key: tuple[str, str],
    before: Origin,
    origin: Origin,
) -> None:
    """Report an id that is given twice, at both places."""
    is_in_same_file = before.path == origin.path
    first = _locate_id(before, document if is_in_same_file else None)
    second = _locate_id(origin, document)
    message = f"the {key[0]} {quoted(key[1])} is given twice"
    for location, other in ((second, first), (first, second)):
        help_ = f"the other is at {other.seen_from(location)}"
        dataset.report("duplicate-id", location, message, help_)
    dataset.left_out.add(origin.path)


def _read_source(path: str) -> SourceText:
    return SourceText(path, read_again(path))


def _locate_id(origin: Origin, near: Document | None) -> Location:
    """Return the location of a record's id, in a document of its file or read again."""
    written = near.written if near else _read_source(origin.path)
    if origin.within:
        return written.locate(origin.document, origin.within, is_key=True)
    return written.locate(origin.document, ("id",), is_key=False)


def is_echo(details: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because no item was sound."""
    return details["type"] == "too_short" and bool(details.get("input"))


# -- From pydantic's errors to diagnostics ------------------------------------

_WANTED = {
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "tuple_type": "a list",
    "list_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}


# What a number is not to be, by the kind of pydantic's error.
_BOUNDS = {
    "greater_than_equal": "less than {ge}",
    "less_than_equal": "more than {le}",
}


def from_pydantic(
    details: ErrorDetails,
    model: type[Part],
    document: Document,
    within: tuple[str, ...],
) -> Diagnostic:
    """Return one of pydantic's errors in our words, at its location; see `is_echo`."""
    kind, loc = details["type"], details["loc"]
    path = (*within, *loc)
    if kind == "missing":
        message = f"the key '{loc[-1]}' is missing"
        return _diagnostic(document.span(*path[:-1]), "missing-key", message)
    if kind == "extra_forbidden":
        return _unknown_key(document.key_span(*path), str(loc[-1]), model, loc)
    if path[-1:] == ("[key]",):
        span = document.key_span(*path[:-1])
    else:
        span = document.span(*path)
    return _wrong_value(details, span)


def _unknown_key(
    span: Location, key: str, model: type[Part], loc: tuple[str | int, ...]
) -> Diagnostic:
    known = _keys_at(model, loc[:-1])
    message = f"unknown key {quoted(key)}{did_you_mean(key, known)}"
    return _diagnostic(span, "unknown-key", message, f"one of: {', '.join(known)}")


def _wrong_value(details: ErrorDetails, span: Location) -> Diagnostic:
    kind, value = details["type"], details.get("input")
    context = details.get("ctx", {})
    if value == "" or kind == "too_short":
        message = "this key has no value; give it one or remove the key"
        return _diagnostic(span, "empty-value", message)
    if kind == "literal_error":
        return _not_among(span, value, str(context["expected"]), details["loc"])
    if kind in _WANTED:
        message = f"expected {_WANTED[kind]}, found {_describe(value)}"
        help_ = _shape_help(_WANTED[kind], value)
        return _diagnostic(span, "wrong-type", message, help_)
    if kind in RULE_BY_NAME:
        message, help_ = _with_hint(kind, str(context["message"]), value)
        return _diagnostic(span, kind, message, help_)
    reason = _BOUNDS.get(kind, details["msg"]).format(**context)
    return _diagnostic(span, "invalid-number", f"'{value}' is {reason}")


def _not_among(
    span: Location, value: object, expected: str, loc: tuple[str | int, ...]
) -> Diagnostic:
    """Return the problem of a value that is none of the expected ones."""
    if not isinstance(value, str):
        message = f"expected text, found {_describe(value)}"
        return _diagnostic(span, "wrong-type", message)
    known = re.findall(r"'([^']+)'", expected)
    message = f"{_quoted(value)} is not a {_noun(loc)}{did_you_mean(value, known)}"
    return _diagnostic(span, "unknown-value", message, f"one of: {', '.join(known)}")


def _with_hint(rule: str, message: str, value: object) -> tuple[str, str | None]:
    """Return the message of a check of the model with a hint, and its help apart."""
    if rule == "id-not-a-slug":
        return f"{message}{_as_slug(value)}", None
    if rule != "invalid-date":
        return message, None
    message, *forms = re.split("[:;] write ", message, maxsplit=1)
    meant = dates.meant(str(value))
    if meant:
        message += f"; did you mean '{meant}'?"
    if not forms:
        return message, None
    return message, f"write {forms[0]}"


def _shape_help(wanted: str, value: object) -> str | None:
    """Return the help on writing a value in the shape that is wanted."""
    if wanted == "a list" and isinstance(value, str):
        return f"write [{value}]"
    if wanted == "text" and isinstance(value, list) and len(value) == 1:
        item = _describe(value[0]).strip("'")
        if ".." in item:
            return f'put it in quotes: "[{item}]"'
        return f"write {item}"
    return None


def _keys_at(model: type[Part], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the part of `model` at `loc` may have."""
    part = model
    for step in loc:
        if isinstance(step, str) and step in (fields := _fields(part)):
            part = next(nested_models(fields[step]), part)
    return list(_fields(part))


def _fields(part: type[Part]) -> dict[str, Any]:
    return {info.alias or name: info for name, info in part.model_fields.items()}


def _noun(loc: tuple[str | int, ...]) -> str:
    """Return the noun for the value at `loc`: `kind`, or the list that it stands in."""
    keys = [step for step in loc if isinstance(step, str)]
    if not keys:
        return "value"
    return "status" if keys[-1] == "is" else keys[-1]


def _describe(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return _quoted(value)


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else _describe(value)
    if len(text) > 60:
        text = text[:57] + "..."
    return repr(text)


def _diagnostic(
    span: Location, rule: str, message: str, note: str | None = None
) -> Diagnostic:
    return Diagnostic(RULE_BY_NAME[rule], span, message, note)
