"""The day on which a question is asked."""

from __future__ import annotations

import os
from datetime import date

from citylinks.errors import UsageError


def today() -> str:
    """Return today as an ISO day, or the day set by `CITYLINKS_TODAY`."""
    given = os.environ.get("CITYLINKS_TODAY")
    if not given:
        return date.today().isoformat()
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise UsageError(
            f"CITYLINKS_TODAY is '{given}', not a day such as 2026-11-22"
        ) from None
