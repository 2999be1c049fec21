"""Records as YAML in one fixed shape: a line for each key, what is nested in one line.

Texts stand plain where no reader of YAML takes them for anything else, and else in
double quotes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Words, dates and numbers: no mark of YAML, neither where a line begins nor within
# brackets.
_PLAIN = re.compile(r"[^\W_]([\w.()/'’+~-]|[ ](?=[\w(]))*")
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")
# What YAML 1.1 takes for true, false or nothing.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))

# What stands in no YAML text as it is, ends a line there or could steer a terminal;
# JSON has escaped the ASCII among it.
_ESCAPED = re.compile(
    "[^\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def document_text(record: Mapping[str, Any], ignored: str | None = None) -> str:
    """Return a record as one document of many; a rule may be ignored for its name."""
    text = block_text(record)
    if ignored:
        text = re.sub(
            r"(?m)^(name: .*)$", rf"\1 # citylinks: ignore {ignored}", text, count=1
        )
    return f"---\n{text}"


def term_text(id_: str, fields: Mapping[str, Any]) -> str:
    """Return a term of a vocabulary."""
    return f"{scalar_text(id_)}:\n" + "".join(
        f"  {line}\n" for line in block_text(fields).splitlines()
    )


def block_text(record: Mapping[str, Any]) -> str:
    """Return a mapping with a line for each key."""
    return "".join(
        f"{scalar_text(key)}: {flow_text(value)}\n" for key, value in record.items()
    )


def flow_text(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        pairs = (
            f"{scalar_text(key)}: {flow_text(item)}" for key, item in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow_text, value))}]"
    return scalar_text(str(value))


def scalar_text(text: str) -> str:
    """Return a text as a scalar."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    if is_plain or _NEGATIVE.fullmatch(text):
        return text
    return _ESCAPED.sub(_escape, _quoted(text))


def _escape(character: re.Match[str]) -> str:
    return f"\\U{ord(character[0]):08x}"
