"""What tests import: where the project is, and an environment that is nobody's."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-22"


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment without the user's own: no home, no locale, a fixed day."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "CITYLINKS_TODAY": TODAY, "COLUMNS": "80", **more}
