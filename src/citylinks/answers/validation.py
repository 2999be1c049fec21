"""Whether the data is sound."""

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One problem of the data at its place; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: str
    message: str
    help: str | None
    text: str | None


class RuleCount(NamedTuple):
    """How many problems of one rule there are."""

    code: str
    rule: str
    severity: str
    problems: int


class Totals(NamedTuple):
    """What was read and what is wrong with it; `is_failed` where that is not to be passed over."""

    files: int = 0
    records: int = 0
    errors: int = 0
    warnings: int = 0
    is_failed: bool = False


class Validation(NamedTuple):
    """The problems of the data, all of them or as many as were asked for; `totals` counts all."""

    query: dict[str, Any]
    results: tuple[Problem, ...]
    totals: Totals = Totals()

    @property
    def more(self) -> int:
        """How many more problems there are."""
        return self.totals.errors + self.totals.warnings - len(self.results)


class Statistics(NamedTuple):
    """How many problems there are of each rule that is broken, most first."""

    query: dict[str, Any]
    results: tuple[RuleCount, ...]
    totals: Totals = Totals()
