"""`citylinks.toml` beside the data: what `validate` is always told of it.

[validate]
select = ["CL1", "CL2"]
ignore = ["no-country"]
strict = true
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.errors import UsageError
from citylinks.files import paths
from citylinks.files.diagnostics import RULES, Rule
from citylinks.lint import rules
from citylinks.text.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable


NAME = "citylinks.toml"
LISTS = ("select", "ignore")
MOST_BYTES = 1_000_000
KEYS = (*LISTS, "strict")


class LintSettings(NamedTuple):
    """Which rules are reported, which of them are not, and whether a warning fails."""

    select: frozenset[Rule] = frozenset(RULES)
    ignore: frozenset[Rule] = frozenset()
    strict: bool = False


def find_settings(directory: str) -> LintSettings:
    """Return the settings of a data directory: from the file in it, else beside it.

    A file that cannot be read, or says what has no meaning, is a `UsageError` with its
    line.
    """
    for folder in (Path(directory), Path(directory).parent):
        path = folder / NAME
        if paths.is_file(path):
            return _read(path)
    return LintSettings()


def select_rules(words: Iterable[str]) -> frozenset[Rule]:
    """Return the rules that codes, names and beginnings of codes stand for.

    A word that stands for none is a `UsageError`.
    """
    selected: set[Rule] = set()
    for word in words:
        selected.update(rules.find_rules(word))
    return frozenset(selected)


def _read_text(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise UsageError(
            f"{paths.shown(str(path))}: the file is larger than {MOST_BYTES} bytes"
        )
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _read(path: Path) -> LintSettings:
    import tomllib

    shown = paths.shown(str(path))
    try:
        text = _read_text(path)
        given = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{shown}: this is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{shown}: this is not TOML: {_lowered(str(error))}") from None
    except (ValueError, RecursionError):  # which tomllib lets pass
        problem = "a number in it is too long, or its lists are nested too deeply"
        raise UsageError(f"{shown}: {problem}") from None
    try:
        _refuse_others(given, ("validate",), "table")
        table = given.get("validate", {})
        _refuse_others(_expect_type(table, dict, "validate", "a table"), KEYS, "key")
        return _settings(table)
    except _WrongError as wrong:
        raise UsageError(f"{shown}:{_line(text, wrong.word)}: {wrong}") from None


class _WrongError(Exception):
    """What has no meaning, and the word in the file that says it."""

    def __init__(self, word: str, message: str) -> None:
        super().__init__(message)
        self.word = word


def _settings(table: dict[str, Any]) -> LintSettings:
    settings: dict[str, Any] = {}
    for key in LISTS:
        if key in table:
            words = _expect_type(
                table[key], list, key, 'a list of rules, such as ["CL401"]'
            )
            selected: set[Rule] = set()
            for word in words:
                selected.update(_find_rules(key, word))
            settings[key] = frozenset(selected)
    if "strict" in table:
        settings["strict"] = _expect_type(
            table["strict"], bool, "strict", "true or false"
        )
    return LintSettings(**settings)


def _find_rules(key: str, word: Any) -> list[Rule]:
    try:
        return rules.find_rules(
            _expect_type(word, str, key, 'a list of rules, such as ["CL401"]')
        )
    except UsageError as error:
        raise _WrongError(word or key, str(error)) from None


def _expect_type(value: Any, kind: type, key: str, wanted: str) -> Any:
    if not isinstance(value, kind):
        raise _WrongError(key, f"'{key}' should be {wanted}")
    return value


def _refuse_others(given: dict[str, Any], known: tuple[str, ...], noun: str) -> None:
    for name in given:
        if name not in known:
            hint = did_you_mean(name, known) or f"; choose from {', '.join(known)}"
            raise _WrongError(name, f"unknown {noun} '{name}'{hint}")


def _line(text: str, word: str) -> int:
    """Return the first line that says a word, comments apart."""
    for number, line in enumerate(text.split("\n"), start=1):
        if word in line.partition("#")[0]:
            return number
    return 1


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
