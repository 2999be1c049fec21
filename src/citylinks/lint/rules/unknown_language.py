"""A language tag begins with an ISO 639 language code.

In BCP 47, a tag begins with the shortest code of its language: `ja`, not `jpn`, and not
`jp`, which is the country. If the tag is wrong, programs that look for names in that
language do not find this one.

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    names: {jp: 横浜市}

Good:

    # cities/yokohama.yaml
    name: Yokohama
    names: {ja: 横浜市}
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from citylinks.lint.locations import KEY
from citylinks.lint.rules import RuleFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from citylinks.lint.rules import CheckedRecord
    from citylinks.model.references import Path

# Codes of countries that are written for those of their language, and withdrawn codes.
MEANT = {
    "al": "sq", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "il": "he", "in": "id",
    "ir": "fa", "iw": "he", "ji": "yi", "jp": "ja", "kh": "km", "mo": "ro", "ua": "uk",
    "vn": "vi",
}  # fmt: skip
_PRIVATE = re.compile("q[a-t][a-z]")  # which ISO 639-2 leaves to its users


def check(record: CheckedRecord) -> Iterator[RuleFinding]:
    """Find the language tags that begin with no language."""
    for path, tag in _tags(record):
        message = find_problem(tag.split("-")[0].lower())
        if message:
            yield RuleFinding(path, message)


def _tags(record: CheckedRecord) -> Iterator[tuple[Path, str]]:
    body = record.body
    for field in ("names", "labels"):
        yield from (((field, tag, KEY), tag) for tag in body.get(field, ()))
    for field in ("aliases", "places"):
        for number, alias in enumerate(body.get(field, ())):
            if isinstance(alias, dict) and "lang" in alias:
                yield (field, number, "lang"), alias["lang"]
    if record.type == "source" and "language" in body:
        yield ("language",), body["language"]


@lru_cache(maxsize=8192)
def find_problem(code: str) -> str | None:
    """Return the problem of a code that begins a tag, in words, or None."""
    import pycountry

    languages, families = pycountry.languages, pycountry.language_families
    if len(code) == 2 and languages.get(alpha_2=code):
        return None
    language = languages.get(alpha_3=code) or languages.get(bibliographic=code)
    short = getattr(language, "alpha_2", None) if language else None
    if short:
        return f"the language '{code}' is written '{short}'"
    if language or families.get(alpha_3=code) or _PRIVATE.fullmatch(code):
        return None
    message = f"'{code}' is not a language of ISO 639"
    named = languages.get(name=code)
    meant = MEANT.get(code) or (named and getattr(named, "alpha_2", named.alpha_3))
    return f"{message}; did you mean '{meant}'?" if meant else message
