"""The records that a search matches, ranked: one visible list of levels."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Literal, NamedTuple

from citylinks.errors import UsageError
from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    EVENT_KINDS,
    GATHERING_KINDS,
    NAMED_TYPES,
    ORGANIZATION_KINDS,
    PARTNERSHIP_KINDS,
    PLURALS,
    TITLED_TYPES,
)
from citylinks.query.conditions import record_conditions
from citylinks.query.filters import Filters
from citylinks.query.names.similar import SimilarName, similar_names
from citylinks.query.sql import (
    IN,
    Condition,
    Where,
    every_condition,
    join_parameters,
)
from citylinks.questions.search_words import (
    Piece,
    is_in_index,
    kinds_expression,
    read_words,
    similar_word,
)
from citylinks.questions.session import (
    Session,
    where_clause,
)
from citylinks.text.normalize import AFTER_ALL, fold, is_cjk, is_extensible


class Obstacle(NamedTuple):
    """A word without which the search would have `others` results, instead of none.

    `is_unknown` is true if no record contains it; `similar` is a similar word that
    records do contain.
    """

    word: str
    others: int
    is_unknown: bool
    similar: str | None = None


MANY = 4_000  # records above which the first ones are not found by sorting all
SHORTEST_GUESSED = 3  # characters, but for CJK: what is shorter is like too much
MOST_LEFT_OUT = 8  # words of a search of which each is left out in turn
GUESSES = 100  # names like what was typed, before the filters

Place = Literal["name", "alias", "title", "pair", "kind", "text", "referred", "cited"]
# The number of a record, its score, and where it was found.
Match = tuple[int, float, Place]
Scores = dict[int, tuple[float, Place]]
# The row of a record, and the name of it that is like what was searched.
SimilarRecord = tuple[sqlite3.Row, SimilarName]


class Level(NamedTuple):
    """One step of the ranking: where every word is, and whether words are whole.

    `is_first`: a name begins with all that was typed. `subject` are columns in which
    some of the telling words must be: all but one, or one at least. `others`: of what
    is of a kind that was typed, how many of the other words a name or title has.
    """

    score: float
    place: Place
    types: Sequence[str]
    columns: str = ""
    is_whole: bool = False
    is_first: bool = False
    subject: str = ""
    all_but_one: bool = False
    is_bilateral: bool = False
    others: Literal["", "all", "some", "any", "none"] = ""
    kinds: frozenset[str] = frozenset()


# What is found, from the best to the least. A name as a whole stands above all that is
# here. Among equals come the types in the order of the vocabulary, and in each the ids
# in theirs; of cities whose names begin with what was typed, those first that are
# referred to most. Sources come late: who searches wants what they tell of.
_ALL_TYPES = (*NAMED_TYPES, *TITLED_TYPES)
_OWN = "name alias text"
_OF_KINDS = ("partnership", "organization", "event")
_OWN_KINDS = frozenset((*PARTNERSHIP_KINDS, *ORGANIZATION_KINDS, *EVENT_KINDS))
_AGREED = frozenset(AGREEMENT_KINDS)
_OF_PARTNERSHIPS = frozenset(PARTNERSHIP_KINDS)
LEVELS = (
    Level(70.0, "pair", ("partnership",)),
    Level(65.0, "name", ("city",), is_whole=True, is_first=True),
    Level(60.0, "name", NAMED_TYPES, "name", is_whole=True),
    Level(58.0, "name", ("city",), is_first=True),
    Level(55.0, "name", NAMED_TYPES, "name"),
    Level(50.0, "alias", NAMED_TYPES, "name alias", is_whole=True),
    Level(45.0, "alias", NAMED_TYPES, "name alias"),
    Level(43.0, "kind", _OF_KINDS, others="all", kinds=_OWN_KINDS),
    Level(42.0, "kind", _OF_KINDS, others="some", kinds=_OWN_KINDS),
    Level(41.0, "kind", _OF_KINDS, others="any", kinds=_OWN_KINDS),
    Level(40.0, "title", ("event",), "title", is_whole=True),
    Level(39.0, "kind", ("partnership",), others="all", kinds=_AGREED),
    Level(38.0, "kind", ("partnership",), others="some", kinds=_AGREED),
    Level(37.0, "kind", ("partnership",), others="any", kinds=_AGREED),
    Level(36.0, "title", ("event",), "title"),
    Level(35.0, "kind", ("partnership",), others="none", kinds=_OF_PARTNERSHIPS),
    Level(34.0, "text", NAMED_TYPES, _OWN, subject="name alias", all_but_one=True),
    Level(34.0, "text", ("event",), "title text", subject="title", all_but_one=True),
    Level(32.0, "text", NAMED_TYPES, _OWN, subject="name alias"),
    Level(32.0, "text", ("event",), "title text", subject="title"),
    Level(30.0, "text", NAMED_TYPES, _OWN, is_whole=True),
    Level(30.0, "text", ("event",), "title text", is_whole=True),
    Level(25.0, "text", NAMED_TYPES, _OWN),
    Level(25.0, "text", ("event",), "title text"),
    Level(22.0, "kind", _OF_KINDS, others="none", kinds=_OWN_KINDS | _AGREED),
    Level(21.0, "referred", ("partnership",), is_bilateral=True),
    Level(20.0, "referred", (*NAMED_TYPES, "event")),
    Level(18.0, "title", ("source",), "title"),
    Level(16.0, "text", ("source",), "title text"),
    Level(10.0, "cited", _ALL_TYPES),
)
# A city of the level that was typed, with a name that has all the other words: “the
# harbour of Yokohama”. And the cities of a level that was typed alone.
NAMED_OF_LEVEL = 72.0
OF_LEVEL = 5.0
WHOLE = {"name": 100.0, "alias": 90.0, "title": 80.0}
# What a name loses of these that is spelled otherwise than it was typed.
AS_SPELLED = 5.0

OTHER_TYPES = ("organization", "city", "source")

# Numbers of words of which all but one are looked for apart: of more it costs too much.
_FEW = (3, 4)
_PLACE = (
    f"CASE WHEN r.type IN {TITLED_TYPES!r} THEN 'title'"
    " WHEN l.reason = 'alias' THEN 'alias' ELSE 'name' END"
)
_WHOLE = " ".join(f"WHEN '{place}' THEN {score}" for place, score in WHOLE.items())
_RANK = (
    "CASE r.type "
    + " ".join(f"WHEN '{t}' THEN {n}" for n, t in enumerate(_ALL_TYPES))
    + " END"
)

# The records that have a theme which is narrower than one so named, or that one.
_SPEAKING_OF_THEMES = (
    "SELECT record FROM (WITH RECURSIVE narrower (id) AS ("
    " SELECT t.id FROM named n CROSS JOIN record t ON t.no = n.rowid"
    " WHERE n.named MATCH ? AND t.type = 'theme'"
    " UNION SELECT t.id FROM narrower"
    " CROSS JOIN ref b ON b.type = 'theme' AND b.id = narrower.id"
    " AND b.relation = 'broader' CROSS JOIN record t ON t.no = b.record)"
    " SELECT f.record AS record FROM narrower"
    " CROSS JOIN ref f ON f.type = 'theme' AND f.id = narrower.id)"
)

ALL = Condition("true")  # what no filter narrows


class Question:
    """A search as it is asked of the index."""

    def __init__(self, session: Session, text: str, filters: Filters) -> None:
        typed = read_words(session, text)
        self._session = session
        self.text, self.pieces, self._names = typed.text, typed.pieces, typed.names
        words: dict[Piece, None] = {}
        for piece in typed.pieces:
            words |= dict.fromkeys(piece.words)
        self.words = tuple(words)
        self._filter = _filter(session, filters)
        self._kept = ALL if self._filter is ALL else self._allowed()

    @property
    def other_words(self) -> tuple[Piece, ...]:
        """The words that are no name of a kind."""
        return tuple(piece for piece in self.pieces if not piece.kinds)

    def _allowed(self) -> Condition:
        """Return the condition that keeps what the filters allow.

        Where only a few records can be found, which of them it is is settled once for
        all levels.
        """
        begun = fold(self.text)
        named = Condition(
            "SELECT record AS no FROM label WHERE folded >= ? AND folded < ?",
            (begun, begun + AFTER_ALL),
        )
        of_level = self._numbers_of_level()
        sets = [named, *([of_level] if of_level else [])]
        if self.pieces:
            sets.append(self._referring("cited"))
        sql = " UNION ALL ".join(f"SELECT no FROM ({each.sql})" for each in sets)
        numbers = Condition(sql, join_parameters(sets))
        count, listed = self._listed(numbers)
        if count > MANY:
            return self._filter
        ((kept,),) = self._session.fetch(
            "SELECT json_group_array(r.no) FROM record r"
            f" WHERE r.no IN (SELECT value FROM json_each(?)) AND {self._filter.sql}",
            (listed, *self._filter.parameters),
        )
        return Condition("r.no IN (SELECT value FROM json_each(?))", (kept,))

    def _listed(self, numbers: Condition) -> tuple[int, str]:
        """Return the count of numbers and the numbers as JSON, of many only some."""
        sql = (
            "SELECT count(*), json_group_array(no)"
            f" FROM ({numbers.sql} LIMIT {MANY + 1})"
        )
        ((count, listed),) = self._session.fetch(sql, numbers.parameters)
        return count, listed

    def first(self, limit: int) -> list[Match]:
        """Return the records that are found, the best first, up to a limit."""
        matches = self._by_whole_name(limit)
        of_level = self._cities_of_level(limit)
        if self._is_named:
            _add_new(matches, of_level)
        for level in LEVELS:
            if len(matches) < limit and (self.pieces or level.is_first):
                numbers = self._on_level(level, limit)
                _add_new(matches, dict.fromkeys(numbers, (level.score, level.place)))
        _add_new(matches, of_level)
        return [(no, *match) for no, match in matches.items()][:limit]

    @property
    def _is_named(self) -> bool:
        """Whether there are words beside those for levels of cities."""
        return not all(piece.levels for piece in self.pieces)

    def _cities_of_level(self, limit: int) -> Scores:
        """Return the cities of a level that was typed, so named where a name was."""
        numbers = self._numbers_of_level()
        if numbers is None:
            return {}
        score = NAMED_OF_LEVEL if self._is_named else OF_LEVEL
        return dict.fromkeys(self._ordered(numbers, ("city",), limit), (score, "name"))

    def _numbers_of_level(self) -> Condition | None:
        """Return the SQL for the cities of a level that was typed, if any was.

        A city that does not say its level is a city; of these alone there are too many.
        """
        levels: set[str] = set()
        for piece in self.pieces:
            levels.update(piece.levels)
        others = [piece for piece in self.pieces if not piece.levels]
        if not levels or not (others or "city" not in levels):
            return None
        is_of_level = f"r.type = 'city' AND coalesce(r.level, 'city') {IN}"
        if not others:
            sql = f"SELECT r.no FROM record r WHERE {is_of_level}"
            return Condition(sql, (json.dumps(sorted(levels)),))
        every = " AND ".join(piece.expression(is_whole=True) for piece in others)
        sql = (
            "SELECT n.rowid AS no FROM named n CROSS JOIN record r ON r.no = n.rowid"
            f" WHERE n.named MATCH ? AND {is_of_level}"
        )
        return Condition(
            sql, (f"{{name alias}} : ({every})", json.dumps(sorted(levels)))
        )

    def _by_whole_name(self, limit: int) -> Scores:
        """Return the records whose whole name is the text, with score and place."""
        rows = self._session.fetch(
            f"SELECT r.no, {_PLACE} AS place, max(CASE {_PLACE} {_WHOLE} END"
            " - CASE WHEN l.text = ? COLLATE NOCASE THEN 0"
            f" ELSE {AS_SPELLED} END) AS score"
            " FROM label l JOIN record r ON r.no = l.record"
            f" WHERE l.folded {IN} AND {self._kept.sql}"
            f" GROUP BY r.no ORDER BY score DESC, {_RANK}, r.id LIMIT ?",
            (self.text, json.dumps(self._names), *self._kept.parameters, limit),
        )
        return {row["no"]: (row["score"], row["place"]) for row in rows}

    def _on_level(self, level: Level, limit: int) -> list[int]:
        """Return the first records of a level in its order."""
        if level.is_first:
            return self._first_named(level, limit)
        numbers = self._numbers(level)
        if numbers is None:
            return []
        return self._ordered(numbers, level.types, limit)

    def _first_named(self, level: Level, limit: int) -> list[int]:
        """Return the records whose names begin with what was typed, by references."""
        begun = fold(self.text)
        if not (level.is_whole or is_extensible(begun)):
            return []
        if level.is_whole and not is_cjk(begun[-1]):
            begun += " "
        return self._session.fetch_column(
            "SELECT r.no,"
            " (SELECT count(*) FROM ref f WHERE f.type = r.type AND f.id = r.id)"
            " AS uses"
            " FROM label l CROSS JOIN record r ON r.no = l.record"
            " WHERE l.folded >= ? AND l.folded < ? AND l.reason IN ('name', 'id')"
            f" AND +r.type IN (SELECT value FROM json_each(?)) AND {self._kept.sql}"
            " GROUP BY r.no ORDER BY uses DESC, r.id LIMIT ?",
            (
                begun,
                begun + AFTER_ALL,
                json.dumps(level.types),
                *self._kept.parameters,
                limit,
            ),
        )

    def _numbers(self, level: Level) -> Condition | None:
        """Return the SQL for the records of a level, unless one before has them."""
        if level.others:
            return self._by_kind(level)
        if level.place == "pair":
            return self._between()
        if not level.columns:
            referring = self._referring(level.place)
            return _bilateral(referring) if level.is_bilateral else referring
        expression = self._expression(level)
        if not expression:
            return None
        table = "named" if level.types == NAMED_TYPES else "titled"
        sql = f"SELECT rowid AS no FROM {table} WHERE {table} MATCH ?"
        return Condition(sql, (expression,))

    def _referring(self, place: Place) -> Condition:
        """Return the SQL for the records that have each word, or refer to it."""
        return _in_all([_speaking(piece, place) for piece in self.pieces])

    def _by_kind(self, level: Level) -> Condition | None:
        """Return the SQL for the records of a kind that was typed, if any was."""
        kinds: set[str] = set()
        for piece in self.pieces:
            kinds |= level.kinds.intersection(piece.kinds)
        others = [piece for piece in self.pieces if not piece.kinds]
        if not kinds or bool(others) == (level.others == "none"):
            return None
        is_of_kind = kinds_expression(sorted(kinds))
        if level.others == "none":
            return _matching(is_of_kind, is_of_kind)
        if level.others == "any":
            of_kind = _matching(is_of_kind, is_of_kind)
            return _in_all([of_kind, self._referring("referred")])
        begun = [piece.expression(is_whole=False) for piece in others]
        if level.others == "some" and len(begun) == 1:
            return None
        joined = (" AND " if level.others == "all" else " OR ").join(begun)
        of_kind_named = _matching(
            f"{is_of_kind} AND {{name alias}} : ({joined})",
            f"{is_of_kind} AND {{title}} : ({joined})",
        )
        return _in_all([of_kind_named, self._referring("referred")])

    def _between(self) -> Condition | None:
        """Return the SQL for the partnerships of cities, if all words name cities."""
        if len(self.pieces) < 2:
            return None
        members = (
            "SELECT f.record AS no FROM label l"
            " CROSS JOIN record c ON c.no = l.record AND c.type = 'city'"
            " CROSS JOIN ref f ON f.type = 'city' AND f.id = c.id"
            " AND f.relation = 'members' WHERE l.folded = ?"
        )
        sets = [Condition(members, (piece.text,)) for piece in self.pieces]
        return _bilateral(_in_all(sets))

    def _expression(self, level: Level) -> str:
        """Return the FTS5 expression of a level; nothing where it adds none."""
        whole = [word.expression(is_whole=True) for word in self.words]
        begun = [word.expression(is_whole=False) for word in self.words]
        every = " AND ".join(whole if level.is_whole else begun)
        tells = any(word.is_telling for word in self.words)
        if level.is_whole and not tells:
            return ""
        if level.subject:
            some = self._some(level)
            if not some:
                return ""
            return f"{{{level.subject}}} : ({some}) AND ({every})"
        is_new = (
            level.is_whole or not tells or level.types == ("source",) or whole != begun
        )
        if not is_new:
            return ""
        return f"{{{level.columns}}} : ({every})"

    def _some(self, level: Level) -> str:
        """Return the expression for the subject of a level, if the words are enough."""
        telling = [word for word in self.words if word.is_telling]
        expressions = [word.expression(is_whole=False) for word in telling]
        if not level.all_but_one:
            if len(self.words) == 1:
                return ""
            return " OR ".join(expressions)
        if len(expressions) not in _FEW:
            return ""
        all_but_one = []
        for place in range(len(expressions)):
            others = expressions[:place] + expressions[place + 1 :]
            all_but_one.append(f"({' AND '.join(others)})")
        return " OR ".join(all_but_one)

    def _ordered(
        self, numbers: Condition, types: Sequence[str], limit: int
    ) -> list[int]:
        """Return the first of these records that the filters keep, by type and id.

        A few are sorted. Among many the first ones are met soon on a walk through all
        records of each type, for which SQLite needs nothing but their ids.
        """
        sql, parameters, _ = numbers
        count, listed = self._listed(numbers)
        if not count:
            return []
        if count > MANY and self._kept is ALL:
            return self._walked(numbers, types, limit)
        if count <= MANY:
            sql, parameters = "SELECT value FROM json_each(?)", (listed,)
        return self._session.fetch_column(
            f"SELECT r.no FROM record r WHERE r.no IN ({sql}) AND {self._kept.sql}"
            " AND +r.type IN (SELECT value FROM json_each(?))"
            f" ORDER BY {_RANK}, r.id LIMIT ?",
            (*parameters, *self._kept.parameters, json.dumps(types), limit),
        )

    def _walked(
        self, numbers: Condition, types: Sequence[str], limit: int
    ) -> list[int]:
        first: list[int] = []
        sql = (
            f"SELECT r.no FROM record r WHERE r.type = ? AND +r.no IN ({numbers.sql})"
            " ORDER BY r.id LIMIT ?"
        )
        for type_ in types:
            if len(first) < limit:
                first += self._session.fetch_column(
                    sql, (type_, *numbers.parameters, limit - len(first))
                )
        return first

    def similar(self, limit: int) -> list[SimilarRecord]:
        """Return the records whose names are like the text, or a word of it."""
        unknown = [word for word in self.words if not is_in_index(self._session, word)]
        texts = (self.text, *(piece.text for piece in unknown))
        alike: dict[int, SimilarName] = {}
        for text in dict.fromkeys(texts):
            for name in self._alike(text):
                known = alike.get(name.no)
                if known is None or name.likeness > known.likeness:
                    alike[name.no] = name
        rows = self._session.fetch(
            f"SELECT r.* FROM record r WHERE r.no IN (SELECT value FROM json_each(?))"
            f" AND {self._filter.sql} ORDER BY {_RANK}, r.id",
            (json.dumps(list(alike)), *self._filter.parameters),
        )
        rows = sorted(rows, key=lambda row: -alike[row["no"]].likeness)[:limit]
        return [(row, alike[row["no"]]) for row in rows]

    def obstacle(self) -> Obstacle | None:
        """Return the word that is most in the way.

        Words that no record has come before those that no record has together.
        """
        if len(self.pieces) > MOST_LEFT_OUT:
            return None
        sets = [_speaking(piece, "cited") for piece in self.pieces]
        unknown = [at for at, having in enumerate(sets) if not self._listed(having)[0]]
        obstacles: list[Obstacle] = []
        for at in unknown or range(len(sets)):
            others = [having for n, having in enumerate(sets) if n != at]
            word = self.pieces[at].text
            similar = similar_word(self._session, word) if unknown else None
            count = self._count(others) if others else 0
            if unknown or count:
                obstacles.append(Obstacle(word, count, bool(unknown), similar))
        return max(obstacles, key=lambda obstacle: obstacle.others, default=None)

    def _count(self, sets: Sequence[Condition]) -> int:
        """Return the number of records that are in all of some sets and are kept."""
        sql, parameters, _ = _in_all(sets)
        ((count,),) = self._session.fetch(
            "SELECT count(*) FROM record r"
            f" WHERE r.no IN ({sql}) AND {self._filter.sql}",
            (*parameters, *self._filter.parameters),
        )
        return int(count)

    def _alike(self, text: str) -> list[SimilarName]:
        """Return the names that are like a text, unless it is too short for that."""
        if len(text) < SHORTEST_GUESSED and not is_cjk(fold(text)):
            return []
        return similar_names(self._session.index, text, NAMED_TYPES, count=GUESSES)


def _add_new(matches: Scores, others: Scores) -> None:
    """Add other matches after those that are known, which keep their scores."""
    for no, match in others.items():
        matches.setdefault(no, match)


def _in_all(sets: Sequence[Condition]) -> Condition:
    """Return the SQL for the numbers that are in all of some sets."""
    sql = " INTERSECT ".join(f"SELECT no FROM ({each.sql})" for each in sets)
    return Condition(sql, join_parameters(sets))


def _bilateral(numbers: Condition) -> Condition:
    """Return the SQL for those that are no network or the like."""
    sql = f"{numbers.sql} EXCEPT SELECT rowid FROM named WHERE named MATCH ?"
    gathering = kinds_expression(sorted(GATHERING_KINDS))
    return Condition(f"SELECT no FROM ({sql})", (*numbers.parameters, gathering))


def _matching(named: str, titled: str) -> Condition:
    """Return the SQL for the records that match, by the two full-text tables."""
    sql = (
        "SELECT rowid AS no FROM named WHERE named MATCH ?"
        " UNION ALL SELECT rowid FROM titled WHERE titled MATCH ?"
    )
    return Condition(sql, (named, titled))


def _speaking(piece: Piece, place: Place) -> Condition:
    """Return the SQL for the records that have a piece, or refer to what has it."""
    begun = piece.expression(is_whole=False)
    own = piece.expression_with_kinds()
    sets = [
        _matching(own, own),
        Condition(
            "SELECT f.record FROM named n CROSS JOIN record t ON t.no = n.rowid"
            " CROSS JOIN ref f ON f.type = t.type AND f.id = t.id WHERE n.named MATCH ?"
            " AND t.type IN (SELECT value FROM json_each(?))",
            (f"{{name alias}} : {begun}", json.dumps(OTHER_TYPES)),
        ),
        Condition(_SPEAKING_OF_THEMES, (f"{{name alias}} : {begun}",)),
        Condition(
            "SELECT f.record FROM record t"
            " CROSS JOIN ref f ON f.type = t.type AND f.id = t.id"
            " WHERE t.type = 'source'"
            " AND +t.no IN (SELECT rowid FROM titled WHERE titled MATCH ?)",
            (f"{{title}} : {begun}",),
        ),
    ][: 4 if place == "cited" else 3]
    sql = " UNION ALL ".join(each.sql for each in sets)
    return Condition(sql, join_parameters(sets))


def _filter(session: Session, filters: Filters) -> Condition:
    """Return the condition on a record that the filters apply to it, and keep it."""
    given = set(filters.given())
    if not given:
        return ALL
    from citylinks.questions.lists import LISTS

    resolved = session.resolved(filters)
    kept: dict[Where, list[str]] = {}
    for type_, plural in PLURALS.items():
        if given <= LISTS[plural].takes:
            clause, _ = where_clause(
                record_conditions(type_, filters, resolved), filters, "r"
            )
            kept.setdefault(clause, []).append(type_)
    if not kept:
        raise UsageError(
            f"no record can be asked of {' and '.join(sorted(given))} together"
        )
    parts = [_on_types(types, clause) for clause, types in kept.items()]
    sql = " OR ".join(part.sql for part in parts)
    return Condition(f"({sql})", join_parameters(parts))


def _on_types(types: Sequence[str], clause: Where) -> Condition:
    """Return a clause as a condition on records of some types.

    The plus keeps SQLite from finding them by their type.
    """
    is_of_types = Condition(f"+r.type {IN}", (json.dumps(types),))
    return every_condition([is_of_types, *clause.conditions])
