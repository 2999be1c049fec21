"""The one detector of encodings: UTF-8, or why a file is no text in UTF-8.

Nothing is guessed: a file is UTF-8 unless a person names another encoding.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal, NamedTuple

from citylinks.errors import UsageError
from citylinks.text.safe import quoted, visible
from citylinks.text.suggestions import did_you_mean

MARK = b"\xef\xbb\xbf"  # the byte-order mark that some programs write before UTF-8


class _Other(NamedTuple):
    """What a file is that is no text in UTF-8, and what helps, for each reader."""

    problem: str
    for_tables: str
    for_json: str


_UTF_16 = _Other(
    "this is UTF-16, not UTF-8",
    for_tables="save it as UTF-8, or name its encoding, utf-16",
    for_json="save it as UTF-8",
)
_ZSTD = _Other(
    "this is compressed with zstd",
    for_tables="decompress it, or use gzip instead",
    for_json="decompress it, or use gzip instead",
)


def _archive(problem: str, content: str = "what is in it") -> _Other:
    return _Other(
        problem,
        for_tables=f"save {content} as CSV in UTF-8",
        for_json="unpack it and name the file you mean",
    )


# How files begin that are no text in UTF-8. JSON in UTF-16 may have no mark; it begins
# with a bracket beside a zero.
_OTHERS = {
    b"\xff\xfe": _UTF_16,
    b"\xfe\xff": _UTF_16,
    b"\0{": _UTF_16,
    b"\0[": _UTF_16,
    b"{\0": _UTF_16,
    b"[\0": _UTF_16,
    b"\0\0\0{": _UTF_16,
    b"\0\0\0[": _UTF_16,
    b"(\xb5/\xfd": _ZSTD,
    b"PK\x03\x04": _archive("this is a spreadsheet or a zip archive", "it"),
    b"PK\x05\x06": _archive("this is an empty zip archive"),
    b"\xd0\xcf\x11\xe0": _archive("this is a spreadsheet", "it"),
    b"7z\xbc\xaf\x27\x1c": _archive("this is a 7z archive"),
    b"Rar!\x1a\x07": _archive("this is a rar archive"),
}


def why_not_utf_8(begin: bytes, reader: Literal["table", "json"]) -> str:
    """Return the reason why a file that begins so is not UTF-8, or an empty text."""
    for first, other in _OTHERS.items():
        if begin.startswith(first):
            advice = other.for_tables if reader == "table" else other.for_json
            return f"{other.problem}; {advice}"
    return ""


def why_no_utf_8_at(raw: bytes, at: int) -> str:
    """Return the message about a byte that is not UTF-8.

    It shows the word around the byte in the encoding that such files most often have.
    """
    separators = (b" ", b",", b";", b"\t", b'"')
    begins = max(raw.rfind(separator, 0, at) for separator in separators) + 1
    word = re.split(rb'[\s,;"]', raw[begins : begins + 40], maxsplit=1)[0]
    in_windows = quoted(word.decode("cp1252", "replace"))
    return (
        f"the byte 0x{raw[at]:02x} is not UTF-8; save the file as UTF-8,"
        f" or name its encoding: cp1252 reads {in_windows} here"
    )


# -- Other encodings, by name --------------------------------------------------

_COMMON = (
    "utf-8",
    "utf-16",
    "cp1250",
    "cp1251",
    "cp1252",
    "latin-1",
    "gb18030",
    "shift_jis",
)
# Python knows these by name too, but no file is written in them: escapes of programs,
# names of hosts, and what stands for another encoding on Windows alone.
_NO_ENCODINGS = frozenset(
    (
        "idna",
        "mbcs",
        "oem",
        "punycode",
        "raw-unicode-escape",
        "undefined",
        "unicode-escape",
    )
)


def encoding_named(name: str) -> str:
    """Return the encoding of that name as Python calls it; raises UsageError."""
    encoding = _known_to_python(name)
    if not encoding or encoding.replace("_", "-") in _NO_ENCODINGS:
        known = f"; choose from {', '.join(_COMMON)} and others"
        hint = did_you_mean(name, _COMMON) or known
        raise UsageError(f"there is no encoding {quoted(visible(name))}{hint}")
    if encoding == "utf-8-sig":
        return "utf-8"
    return encoding


def _known_to_python(name: str) -> str | None:
    try:
        encoding = codecs.lookup(name).name
        "".encode(encoding)  # some are between bytes, and no encoding of text
    except (LookupError, ValueError):
        return None
    return encoding
