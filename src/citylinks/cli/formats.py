"""The format that is meant: by an option, the suffix of a file, or the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from citylinks.errors import UsageError
from citylinks.exporters import FORMAT_BY_SUFFIX, FORMATS, has_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# The format that is meant where neither an option nor the suffix of a file says one.
FORMAT_VARIABLE = "CITYLINKS_OUTPUT_FORMAT"


def named_format(name: str | None, *, is_json: bool) -> str | None:
    """Return the format that `--format` or `--json` names."""
    if not is_json:
        return name
    if name not in {None, "json"}:
        raise UsageError(f"--json and --format {name} cannot be used together")
    return "json"


def choose_format(
    named: str | None, output: str | None, known: Sequence[str]
) -> str | None:
    """Return the format of a command that knows these; None is text for people."""
    if named is not None and named not in known:
        raise UsageError(_unknown_format(named, known))
    name = named or _implied_format(output, known)
    return None if name == "text" else name


def _implied_format(output: str | None, known: Sequence[str]) -> str | None:
    """Return the format of the file's suffix, else that of the environment.

    In GitHub Actions it is the one that is shown there, unless a variable says another.
    """
    if not known:
        return None
    suffix = suffix_of(output or "")
    refuse_suffix(output, suffixes_of(known), has_formats=True)
    if suffix:
        return FORMAT_BY_SUFFIX[suffix]
    name = os.environ.get(FORMAT_VARIABLE)
    if name and name not in known:
        raise UsageError(f"{FORMAT_VARIABLE}: {_unknown_format(name, known)}")
    if name:
        return name
    if "github" in known and not output and _is_in_github_actions():
        return "github"
    return None


def _is_in_github_actions() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true" and not sys.stdout.isatty()


def suffixes_of(known: Iterable[str]) -> list[str]:
    """Return the suffixes that say one of these formats."""
    return [suffix for suffix, name in FORMAT_BY_SUFFIX.items() if name in known]


def refuse_suffix(
    output: str | None, known: Sequence[str], *, has_formats: bool = False
) -> None:
    """Refuse a file whose suffix promises what a command does not write."""
    suffix = suffix_of(output or "")
    if suffix in {*FORMATS["text"].suffixes, *known}:
        return
    first_suffixes: dict[str, str] = {}
    for other in (".txt", *known):
        if other:
            first_suffixes.setdefault(FORMAT_BY_SUFFIX.get(other, other), other)
    *others, last = first_suffixes.values()
    listed = f"{', '.join(others)} or {last}" if others else last
    hint = "; with --format any name is allowed" if has_formats else ""
    raise UsageError(f"this command cannot write {suffix}; it writes {listed}{hint}")


def contradiction(named: str | None, output: str | None) -> str | None:
    """Return a message where a file's suffix promises another format than is named."""
    if named is None or not output:
        return None
    suffix = suffix_of(output)
    if has_suffix(named, suffix):
        return None
    return f"the format is {named}, but the name '{output}' ends in {suffix}"


def suffix_of(name: str) -> str:
    """Return the suffix of a file in lower case; that of `.json` is its whole name."""
    stem, dot, suffix = Path(name).name.lower().rpartition(".")
    if not suffix:
        return ""
    suffix = dot + suffix
    return suffix if stem or suffix in FORMAT_BY_SUFFIX else ""


def _unknown_format(name: str, known: Sequence[str]) -> str:
    """Return the message that a format is not one of this command, or of any."""
    listed = f"; choose from {', '.join(known)}"
    if name in FORMATS:
        return f"'{name}' is not a format of this command{listed}"
    from citylinks.cli.readings.option_names import FORMAT_FLAGS
    from citylinks.text.suggestions import did_you_mean

    meant = FORMAT_FLAGS.get(name.lower(), name)
    return f"unknown format '{name}'{did_you_mean(meant, known) or listed}"
