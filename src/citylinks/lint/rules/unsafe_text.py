r"""Text has no characters that hide, reorder or break it.

Control characters can change what a terminal does. Direction overrides and isolates
make a line look different from what is stored. Zero-width characters make two different
names look alike. Most of them slip in when text is copied. They are accepted where a
script needs them: joiners in Persian, Indic names and emoji, direction marks beside
Arabic and Hebrew, word breaks in Thai, Lao, Khmer and Burmese. Line ends and tabs are
accepted too. Private-use characters have no meaning elsewhere, and U+FFFD stands for a
letter that was lost.

Bad:

    # cities/lyon.yaml
    name: "Ly\u200bon"
    summary: "On the \u202eenohR\u202c."

Good:

    # cities/lyon.yaml
    name: Lyon
    summary: On the Rhône.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

# Arabic and its neighbours, the Indic scripts, Burmese, Mongolian.
_JOINED = "\u0600-\u1aff"
_EMOJI = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer

_NEVER = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\u00ad\u180e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible
    "\u2028\u2029"  # line ends that few programs know
    "\ufffd\ufdd0-\ufdef\ufffe\uffff"  # what was lost, and what is no character
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use
)
_UNSAFE = re.compile(
    f"[{_NEVER}]|(?<![{_WITHOUT_SPACES}])\u200b|(?<![{_JOINED}])\u200c"
    f"|(?<![{_JOINED}{_EMOJI}])\u200d"
)
_MARK = re.compile("[\u200e\u200f\u061c]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# What the JSON of a record has if any of its texts is unsafe; there, controls are
# escaped.
_SUSPECT = re.compile(rf"[{_NEVER}\u200b-\u200f\u061c]|\\[bfru]")


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the first unsafe character of each text."""
    if _SUSPECT.search(record.written):
        for path, text in _texts(record.body, ()):
            match = _UNSAFE.search(text) or _stray_mark(text)
            if match:
                before = text[: match.start()].split("\n")[-1][-20:]
                where = f"after '{before}'" if before else "at the beginning of a line"
                message = f"the text contains {_named(match.group())}, {where}"
                yield RuleFinding(
                    path, message, "remove it: it is invisible, but programs read it"
                )


def cleaned(text: str) -> str:
    """Return a text without its unsafe characters."""
    safe = _UNSAFE.sub("", text)
    return _MARK.sub("", safe) if _stray_mark(safe) else safe


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for step, part in parts:
            yield from _texts(part, (*path, step))


def _stray_mark(text: str) -> re.Match[str] | None:
    """Return a mark of direction where nothing is written from right to left."""
    return None if _RIGHT_TO_LEFT.search(text) else _MARK.search(text)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    code = f"U+{ord(character):04X}"
    return f"{code} ({name.lower()})" if name else f"the character {code}"
