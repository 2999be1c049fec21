"""`# citylinks: ignore CL402`: what a file asks not to be told of a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from citylinks.diagnostics import Diagnostic

_ASKED = re.compile(rb"#\s*citylinks:\s*ignore\b[ \t]*([^\r\n]*)")


def of(raw: bytes | Diagnostic) -> str | None:
    """Return the lines of a file with the codes that each ignores, as JSON; None without any.

    `[[12, ["CL402"]], [13, []]]`: lines count from 1, and no code is every code.
    """
    if not isinstance(raw, bytes) or b"citylinks:" not in raw:
        return None
    found = [
        [raw.count(b"\n", 0, one.start()) + 1, re.findall(r"\w+", one[1].decode(errors="replace"))]
        for one in _ASKED.finditer(raw)
    ]
    return json.dumps(found) if found else None
