"""States, provinces and prefectures (ISO 3166-2), by code or name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is said with the name of a subdivision or without.
_GENERIC = frozenset(
    (
        "canton", "county", "department", "district", "governorate", "of", "oblast",
        "prefecture", "province", "region", "state", "the",
    )
)  # fmt: skip


def is_subdivision(code: str, text: str) -> bool:
    """Whether a text names this subdivision, or one that it lies in: `CA`, `Bayern`."""
    typed = _key(text)
    within = list(_with_those_above(code))
    return (
        typed in _codes_by_name() and not _codes_by_name()[typed].isdisjoint(within)
    ) or typed in {_key(each.partition("-")[2]) for each in within}


def is_any_subdivision(text: str, inside: str = "") -> bool:
    """Whether a text is the name of some subdivision, of these countries if named."""
    codes = _codes_by_name().get(_key(text), frozenset())
    countries = {code.partition("-")[0] for code in codes}
    return bool(countries & set(inside.split()) if inside else codes)


def _with_those_above(code: str) -> Iterator[str]:
    while code:
        yield code
        code = _parents().get(code, "")


def _key(text: str) -> str:
    """Return a name as it is compared, without words such as "state"."""
    words = [word for word in fold(text).split() if word not in _GENERIC]
    return " ".join(words) or fold(text)


@cache
def _parents() -> dict[str, str]:
    import pycountry

    return {each.code: each.parent_code or "" for each in pycountry.subdivisions}


@cache
def _codes_by_name() -> dict[str, frozenset[str]]:
    import pycountry

    codes: dict[str, frozenset[str]] = {}
    for each in pycountry.subdivisions:
        key = _key(each.name)
        codes[key] = codes.get(key, frozenset()) | {each.code}
    return codes
