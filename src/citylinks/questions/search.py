"""Full-text search: the best matches first, each with a passage and a reason."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from citylinks.errors import UsageError
from citylinks.model.prose import prose_texts
from citylinks.model.vocabulary import (
    AGREEMENT_KINDS,
    EVENT_KINDS,
    GATHERING_KINDS,
    NAMED_TYPES,
    ORGANIZATION_KINDS,
    PARTNERSHIP_KINDS,
    PLURALS,
    TITLED_TYPES,
    in_words,
)
from citylinks.query.conditions import record_conditions
from citylinks.query.filters import NO_FILTERS, FilterOptions, Filters, of_kinds
from citylinks.query.names.similar import SimilarName, similar_names
from citylinks.query.options import Option, Without
from citylinks.query.sql import (
    IN,
    Condition,
    Where,
    every_condition,
    join_parameters,
)
from citylinks.questions.results import RecordRef
from citylinks.questions.rows import NameIndex
from citylinks.questions.search_words import (
    Piece,
    is_in_index,
    kinds_expression,
    read_words,
    similar_word,
)
from citylinks.questions.session import (
    Session,
    check_number,
    describe_query,
    where_clause,
)
from citylinks.text.highlight import best_passage, find_matches, text_beginning
from citylinks.text.normalize import AFTER_ALL, fold, is_cjk, is_extensible

if TYPE_CHECKING:
    import sqlite3


class Hit(NamedTuple):
    """A record that matches a search; the best come first.

    `reason` says where it matched: name, alias, title, id, text or kind, or the name of
    a city, theme, organization or source that the record refers to. It is fuzzy if
    nothing matched and the name is only similar. `passage` is the text that matched, as
    written, with the positions of the matches. `score` depends on where the words are
    and whether they match as a whole; for a fuzzy match it is the similarity, from 0 to
    1.
    """

    score: float
    reason: str
    passage: str
    matches: tuple[tuple[int, int], ...]
    date: str | None
    kind: str | None
    record: RecordRef


class Obstacle(NamedTuple):
    """A word without which the search would have `others` results, instead of none.

    `is_unknown` is true if no record contains it; `similar` is a similar word that
    records do contain.
    """

    word: str
    others: int
    is_unknown: bool
    similar: str | None = None


class Search(NamedTuple):
    """The records that match a search; `is_cut` is true if there are more.

    `common` is the text of a search that has only words such as "of" and "the".
    `obstacle` is the word to blame if nothing matched.
    """

    query: dict[str, Any]
    results: tuple[Hit, ...]
    is_cut: bool = False
    common: str | None = None
    obstacle: Obstacle | None = None

    @property
    def more(self) -> int | None:
        """How many more there are; null if they were not counted."""
        return None if self.is_cut else 0

    @property
    def is_literal(self) -> bool:
        """Whether the words themselves were found, and not only similar names."""
        return bool(self.results) and self.results[0].reason != FUZZY


class SearchQuery(NamedTuple):
    """The text to search for: every word and quoted phrase must occur."""

    text: Annotated[
        str, Option("The words to search for.", metavar="TEXT...", is_argument=True)
    ]
    limit: Annotated[int, Option("Show at most N results.", metavar="N", minimum=1)] = (
        20
    )
    filters: Annotated[Filters, Without(("as_of",))] = NO_FILTERS


class SearchOptions(FilterOptions, total=False):
    """The options of `search` as keywords."""

    limit: int


_HAVE_KINDS = ("partnership", "event", "organization", "source")

FUZZY = "fuzzy"  # the reason of a hit that is but like what was searched
MANY = 4_000  # records above which the first ones are not found by sorting all
SHORTEST_GUESSED = 3  # characters, but for CJK: what is shorter is like too much
MOST_LEFT_OUT = 8  # words of a search of which each is left out in turn
GUESSES = 100  # names like what was typed, before the filters

Place = Literal["name", "alias", "title", "pair", "kind", "text", "referred", "cited"]
# The number of a record, its score, and where it was found.
Match = tuple[int, float, Place]
Scores = dict[int, tuple[float, Place]]
# Why a text is looked at, the text, and a name folded.
Telling = tuple[str, str, str | None]


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

# By whose names a record is found that refers to them, those first that tell most of
# it.
REFERRED_TYPES = ("theme", "organization", "city", "source")
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
# The names of the themes of a record, and of those that are broader.
_BROADER_THEMES = (
    "WITH RECURSIVE broader (id) AS ("
    " SELECT id FROM ref WHERE record = ? AND +type = 'theme'"
    " UNION SELECT b.id FROM broader"
    " CROSS JOIN record t ON t.type = 'theme' AND t.id = broader.id"
    " CROSS JOIN ref b ON b.record = t.no AND b.relation = 'broader')"
    " SELECT t.type, l.text, l.folded FROM broader"
    " CROSS JOIN record t ON t.type = 'theme' AND t.id = broader.id"
    " CROSS JOIN label l ON l.record = t.no ORDER BY l.reason = 'id', t.id, l.no"
)

ALL = Condition("true")  # what no filter narrows


def search(session: Session, query: SearchQuery) -> Search:
    """Return the records that contain every word and phrase of the text.

    If there are none, records with similar names are returned, for the reason `fuzzy`.
    A word matches any word that begins with it. The search covers what a record says
    itself, and the names of the cities, themes, organizations and sources that it
    refers to.
    """
    limit = query.limit
    check_number("limit", limit, "results")
    query = query._replace(
        text=query.text.encode(errors="replace").decode(),
        filters=of_kinds(query.filters, *_HAVE_KINDS),
    )
    question = Question(session, query.text, query.filters)
    described = describe_query(query, text=query.text)
    matches = question.first(limit + 1)
    hits = tuple(_hits(session, matches[:limit], question))
    is_cut = len(matches) > limit
    if not question.pieces:
        return Search(described, hits, is_cut, common=question.text)
    if hits:
        return Search(described, hits, is_cut)
    guesses = tuple(question.fuzzy(limit))
    return Search(described, guesses, obstacle=question.obstacle())


# -- Finding ------------------------------------------------------------------


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

    def fuzzy(self, limit: int) -> list[Hit]:
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
        names = _named(self._session, rows)
        return [_guessed(row, alike[row["no"]], names) for row in rows]

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


# -- Passages -----------------------------------------------------------------


def _hits(
    session: Session, matches: Sequence[Match], question: Question
) -> Iterator[Hit]:
    """Yield the matches, each with its passage; bodies are read of these alone."""
    sql = "SELECT * FROM record WHERE no IN (SELECT value FROM json_each(?))"
    numbers = json.dumps([no for no, _, _ in matches])
    rows = {row["no"]: row for row in session.fetch(sql, (numbers,))}
    names = _named(session, rows.values())
    for no, score, place in matches:
        row = rows[no]
        record = names.record(row["type"], row["id"])
        words = question.other_words if place == "kind" else question.words
        reason, text = _most_telling(_texts(session, row, place, record.name), words)
        spans = find_matches(text, _runs(words))
        if not spans and place == "kind":
            text = _kind_words(row, question)
            reason, spans = "kind", [(0, len(text))]
        elif not spans:
            texts = _texts(session, row, place, record.name)
            reason, text, spans = _begun(texts, question.text) or (reason, text, spans)
        shown, spans = best_passage(text, spans)
        yield Hit(score, reason, shown, tuple(spans), row["date"], row["kind"], record)


def _kind_words(row: "sqlite3.Row", question: Question) -> str:
    """Return the kind of a record, or of an agreement of it, that was searched for."""
    agreements = json.loads(row["body"]).get("agreements", ())
    kinds = [row["kind"], *(agreement["kind"] for agreement in agreements)]
    meant: set[str] = set()
    for piece in question.pieces:
        meant |= set(piece.kinds)
    return in_words(next(kind for kind in kinds if kind in meant))


def _named(session: Session, rows: Iterable["sqlite3.Row"]) -> NameIndex:
    names = session.names()
    names.gather_records(rows)
    return names


def _most_telling(
    texts: Iterable[Telling], asked_for: Sequence[Piece]
) -> tuple[str, str]:
    """Return the text that tells most of what was asked for, with the reason.

    Of equals, the first. Names are folded already, and most are in other letters: those
    are not looked at closely.
    """
    runs: list[str] = []
    for spelling in _runs(asked_for):
        runs += spelling
    most, best = -1, ("", "")
    for reason, text, folded in texts:
        number = 0
        if folded is None or any(run in folded for run in runs):
            number = sum(
                bool(find_matches(text, _runs([piece]))) for piece in asked_for
            )
        if number > most:
            most, best = number, (reason, text)
        if number == len(asked_for):
            break
    return best


def _runs(pieces: Iterable[Piece]) -> list[tuple[str, ...]]:
    """Return the runs of each spelling of some pieces."""
    runs: list[tuple[str, ...]] = []
    for piece in pieces:
        runs += [spelling.runs for spelling in piece.spellings]
    return runs


def _begun(
    texts: Iterable[Telling], typed: str
) -> tuple[str, str, list[tuple[int, int]]] | None:
    """Return the first name that begins with what was typed, with that part."""
    for reason, text, folded in texts:
        beginning = text_beginning(text, typed) if folded else []
        if beginning:
            return reason, text, beginning
    return None


def _texts(
    session: Session, row: "sqlite3.Row", place: Place, name: str
) -> Iterator[Telling]:
    """Yield the texts of a record in which it may have been found there."""
    if place in {"referred", "cited", "kind"}:
        yield from _referred(session, row["no"])
    if place in {"text", "referred", "cited", "kind"}:
        fields = session.fields(row["type"])
        for text in prose_texts(json.loads(row["body"]), fields):
            yield "text", text, None
    if row["name"] is None:
        yield "title" if row["type"] in TITLED_TYPES else "name", name, None
    yield from _own_names(session, row["no"], place)
    if place == "pair":  # which may have a name of its own
        yield from _referred(session, row["no"], ("city",))
    if place in {"referred", "cited", "kind"}:
        for theme in session.fetch(_BROADER_THEMES, (row["no"],)):
            yield "theme", theme["text"], theme["folded"]


def _own_names(session: Session, no: int, place: Place) -> Iterator[Telling]:
    """Yield the names of a record, those first in which it was found."""
    labels = session.fetch(
        "SELECT reason, text, folded FROM label WHERE record = ? ORDER BY no", (no,)
    )
    called = ("alias", "name") if place == "alias" else ("name", "title", "alias")
    for reason in (*called, "id"):
        for label in labels:
            if label["reason"] == reason:
                yield reason, label["text"], label["folded"]


def _referred(
    session: Session, no: int, types: Sequence[str] = REFERRED_TYPES
) -> list[Telling]:
    """Return the names of what a record refers to, with the type."""
    rows = session.fetch(
        "SELECT DISTINCT t.type, l.text, l.folded FROM ref f"
        " JOIN record t ON t.type = f.type AND t.id = f.id"
        " JOIN label l ON l.record = t.no"
        " WHERE f.record = ? AND t.type IN (SELECT value FROM json_each(?))"
        " ORDER BY l.reason = 'id', f.position, l.no",
        (no, json.dumps(types)),
    )
    texts = [(row["type"], row["text"], row["folded"]) for row in rows]
    return sorted(texts, key=lambda text: REFERRED_TYPES.index(text[0]))


def _guessed(row: "sqlite3.Row", name: SimilarName, names: NameIndex) -> Hit:
    record = names.record(row["type"], row["id"])
    return Hit(
        round(name.likeness, 3), FUZZY, name.text, (), row["date"], row["kind"], record
    )
