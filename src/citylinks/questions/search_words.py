"""The words of a search: what each may mean, and which of them only join others."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from citylinks.errors import UsageError
from citylinks.query.sql import IN
from citylinks.questions.session import Session
from citylinks.text.common_words import AFTER_CITIES, COMMON, is_common
from citylinks.text.normalize import (
    AFTER_ALL,
    fold,
    is_cjk,
    is_extensible,
    kind_key,
    kind_term,
    query_terms,
    script_runs,
    words,
)
from citylinks.text.suggestions import similarity

MOST_CHARACTERS = 1_000
MOST_PIECES = 32
MOST_TOGETHER = 5  # words of a name of a kind, or of a name with a common word in it
ALIKE_WORD = 0.8  # the least likeness of two words that is worth a guess
LONGEST_PARTED = 24  # characters of a text without blanks that is parted

# Letters of a word, but for CJK: a shorter one, as “to”, is the beginning of another.
_TELLING = 3
_INITIALS = r"(?:\w\.)+\w?\.?"  # J.I.C.A.
# Words that may be several, or one with a hyphen: tokyo/lyon, C-40.
_PARTED = r"[\w\-‐–—/&+,;、，・·.]+"
# Before a vowel in French and Italian: d'Ouagadougou, dell'acqua.
_ELIDED = r"(?i)(?:d|l|n|s|qu|dell|all|nell|sull)['’](?=\w)"
# What a kind may be that is not known more closely.
_MAY_BE = {
    "sister-city": "sister-or-friendship",
    "friendship-city": "sister-or-friendship",
}
# Endings of words whose s makes no plural: Paris, campus, Texas, Los, process.
_NO_PLURAL = ("ss", "us", "is", "as", "os")
_PLURALS = ("s", "eux", "aux")
_SHORTEST_PLURAL = 4  # letters


class Spelling(NamedTuple):
    """A form in which a word or a phrase is looked for: its runs, and its terms."""

    runs: tuple[str, ...]
    terms: tuple[str, ...]

    def expression(self, *, is_whole: bool) -> str:
        """Return the FTS5 expression that looks for it; terms hold no quotes."""
        last = self.terms[-1]
        quoted = f'"{" ".join(self.terms)}"'
        if is_extensible(last) and (not is_whole or len(last) == 1):
            return f"{quoted} *"
        return quoted


class Piece(NamedTuple):
    """A word, a quoted phrase or a name of kinds.

    `spellings` are the forms in which it is found, the first as it was typed; `kinds`
    are what it is a name of. In a text, the words of such a name may stand apart. A
    word such as “port” may say the `levels` of a city.
    """

    spellings: tuple[Spelling, ...]
    kinds: tuple[str, ...] = ()
    parts: "tuple[Piece, ...]" = ()
    levels: tuple[str, ...] = ()

    @property
    def words(self) -> "tuple[Piece, ...]":
        """Its parts, or else itself: what is looked for in a text."""
        return self.parts or (self,)

    @property
    def text(self) -> str:
        """The piece as it is compared."""
        return " ".join(self.spellings[0].runs)

    @property
    def is_telling(self) -> bool:
        """Whether it may be what a record is about."""
        runs = self.spellings[0].runs
        return any(len(run) >= _TELLING or is_cjk(run) for run in runs)

    def expression(self, *, is_whole: bool) -> str:
        """Return the FTS5 expression that looks for it in texts."""
        if self.parts:
            parts = [part.expression(is_whole=is_whole) for part in self.parts]
            return f"({' AND '.join(parts)})"
        if is_whole:
            return self.spellings[0].expression(is_whole=True)
        return _either(each.expression(is_whole=False) for each in self.spellings)

    def expression_with_kinds(self) -> str:
        """Return the FTS5 expression that looks for it in texts and kinds."""
        begun = self.expression(is_whole=False)
        if not self.kinds:
            return begun
        return f"({begun} OR {kinds_expression(self.kinds)})"


class Typed(NamedTuple):
    """A search as it was typed, in pieces, without words that only join others."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The whole names that it may be, folded: with the common words, and without.

        Without any piece, it is the common words alone that may be a name.
        """
        without = " ".join(piece.text for piece in self.pieces)
        return tuple(dict.fromkeys(filter(None, (fold(self.text), without))))


def kinds_expression(kinds: Iterable[str]) -> str:
    """Return the FTS5 expression that looks for records of kinds."""
    return "{kind} : " + _either(f'"{kind_term(kind)}"' for kind in kinds)


def _either(expressions: Iterable[str]) -> str:
    listed = list(expressions)
    if len(listed) == 1:
        return listed[0]
    return f"({' OR '.join(listed)})"


# -- Reading ------------------------------------------------------------------


class Token(NamedTuple):
    """A word as it was typed, or a phrase that stood in quotes."""

    text: str
    is_quoted: bool = False


def read_words(session: Session, text: str) -> Typed:
    """Return a search in pieces; `UsageError` where it has no word, or too many."""
    if len(text) > MOST_CHARACTERS:
        raise UsageError(f"a search may have at most {MOST_CHARACTERS:,} characters")
    tokens = list(_tokens(session, text))
    if not tokens:
        raise UsageError("the text has no word to search for")
    if len({fold(token.text) for token in tokens}) > MOST_PIECES:
        raise UsageError(f"a search may have at most {MOST_PIECES} words")
    plain = " ".join(text.replace('"', " ").split())
    return Typed(plain, tuple(dict.fromkeys(_read(session, tokens))))


def _tokens(session: Session, text: str) -> Iterator[Token]:
    for quoted, word in re.findall(r'"([^"]*)"|(\S+)', text):
        if words(quoted):
            yield Token(quoted, is_quoted=True)
        elif words(word):
            yield from map(Token, _parted(session, word))


def _read(session: Session, tokens: Sequence[Token]) -> Iterator[Piece]:
    """Yield the pieces in order, without the common words between them.

    Several words together may be a name of a kind, as “sister cities”. A common word
    is looked for where it stands in a name that a record has, as “Le Havre”, or where
    such a name begins with all words: “port of y”.
    """
    windows = _windows(tokens)
    called = _called(session, windows)
    names = _names(session, windows)
    at = 0
    while at < len(tokens):
        if tokens[at].is_quoted:
            yield _phrase(tokens[at].text)
            at += 1
            continue
        for length in range(min(MOST_TOGETHER, len(tokens) - at), 0, -1):
            window = " ".join(token.text for token in tokens[at : at + length])
            if window not in windows:
                continue
            if window in names:
                yield _phrase(window)
            elif window in called and called[window].kinds:
                yield _kind_piece(window, called[window].kinds)
            elif length == 1 and not is_common(window):
                levels = called[window].levels if window in called else ()
                yield _piece(window)._replace(levels=levels)
            elif not is_common(window):
                continue
            at += length
            break


def _windows(tokens: Sequence[Token]) -> dict[str, int]:
    """Return the runs of words outside quotes, with the number of words."""
    windows: dict[str, int] = {}
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + MOST_TOGETHER, len(tokens)) + 1):
            if tokens[end - 1].is_quoted:
                break
            together = " ".join(token.text for token in tokens[start:end])
            windows[together] = end - start
    return windows


class Called(NamedTuple):
    """The kinds, and the levels of cities, that a text is a name of."""

    kinds: tuple[str, ...]
    levels: tuple[str, ...]


def _called(session: Session, windows: Iterable[str]) -> dict[str, Called]:
    """Return the kinds and levels of which some texts are names."""
    keys = {window: kind_key(window) for window in windows if not is_common(window)}
    known = _called_by_key(session, keys.values())
    return {window: known[key] for window, key in keys.items() if key in known}


def _called_by_key(session: Session, keys: Iterable[str]) -> dict[str, Called]:
    rows = session.fetch(
        f"SELECT name, kinds, levels FROM kind_name WHERE name {IN}",
        (json.dumps([*keys]),),
    )
    return {
        row["name"]: Called(tuple(row["kinds"].split()), tuple(row["levels"].split()))
        for row in rows
    }


def _names(session: Session, windows: dict[str, int]) -> set[str]:
    """Return the texts of several words, a common one among them, that are names."""
    folded = {}
    for window, count in windows.items():
        if count > 1 and not COMMON.isdisjoint(fold(window).split()):
            folded[window] = fold(window)
    if not folded:
        return set()
    known = _labels(session, folded.values())
    names = {window for window, name in folded.items() if name in known}
    longest = max(windows, key=len)
    if longest in folded and _begins_name(session, folded[longest]):
        names.add(longest)
    return names


def _begins_name(session: Session, begun: str) -> bool:
    """Whether a name begins with a folded text that is not common as a whole."""
    if COMMON.issuperset(begun.split()):
        return False
    sql = (
        "SELECT 1 FROM label WHERE folded >= ? AND folded < ? AND reason <> 'title'"
        " LIMIT 1"
    )
    return bool(session.fetch(sql, (begun, begun + AFTER_ALL)))


def _labels(session: Session, names: Iterable[str]) -> set[str]:
    sql = f"SELECT DISTINCT folded FROM label WHERE folded {IN} AND reason <> 'title'"
    return set(session.fetch_column(sql, (json.dumps([*names]),)))


# -- Pieces -------------------------------------------------------------------


def _phrase(text: str) -> Piece:
    return Piece((_spelling(text),))


def _kind_piece(text: str, kinds: Sequence[str]) -> Piece:
    """Return a name of kinds, with what may be of these kinds too."""
    may_be = [_MAY_BE[kind] for kind in kinds if kind in _MAY_BE]
    meant = tuple(dict.fromkeys((*kinds, *may_be)))
    parts = [word for word in text.split() if not is_common(word)]
    if len(parts) > 1:
        return Piece((_spelling(text),), meant, tuple(map(_piece, parts)))
    return _piece(text)._replace(kinds=meant)


def _piece(text: str) -> Piece:
    """Return a word, in the singular and the plural; initials without their dots."""
    if _is_initials(text):
        return Piece((_spelling("".join(words(text))), _spelling(text)))
    *before, last = words(text)
    spellings = [_spelling(text)]
    others = [" ".join((*before, other)) for other in _other_numbers(last)]
    return Piece((*spellings, *map(_spelling, others)))


def _is_initials(text: str) -> bool:
    """Whether a word is made of initials with dots."""
    return "." in text and re.fullmatch(_INITIALS, text) is not None


def _spelling(text: str) -> Spelling:
    runs: list[str] = []
    for word in words(text):
        runs += script_runs(word)
    return Spelling(tuple(runs), tuple(query_terms(text)))


def _other_numbers(word: str) -> Iterator[str]:
    """Yield the singular of a plural; of what ends in y the plural, too.

    Other plurals begin with the singular.
    """
    if len(word) < _SHORTEST_PLURAL or not word.isascii():
        return
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
    elif word.endswith(_PLURALS) and not word.endswith(_NO_PLURAL):
        yield word[:-1]
    elif word.endswith("y") and word[-2] not in "aeiou":
        yield f"{word[:-1]}ies"


# -- Words without blanks -------------------------------------------------------


def _parted(session: Session, word: str) -> list[str]:
    """Return the words in what was typed without blanks: 横浜の姉妹都市, tokyo/lyon.

    It stays whole where it may be a name, or is found as it stands.
    """
    runs = _spelling(word).runs
    is_one_word = len(runs) == 1 and not is_cjk(runs[0])
    if is_one_word or len(word) > LONGEST_PARTED or _is_name(session, word):
        return [word]
    if len(runs) > 1:
        elided = re.match(_ELIDED, word)
        if elided:
            return _parted(session, word[elided.end() :])
        if _is_initials(word) or not re.fullmatch(_PARTED, word):
            return [word]
    return _parts(session, word, runs)


def _parts(session: Session, word: str, runs: Sequence[str]) -> list[str]:
    """Return the words in several runs, or in one of CJK."""
    if any(map(is_cjk, runs)):
        parts: list[str] = []
        is_complete = True
        for run in runs:
            names, is_known = _names_within(session, run)
            parts += names
            is_complete = is_complete and is_known
        if is_complete or not _is_in_index(session, _spelling(word)):
            return parts or [word]
        return [word]
    if _is_in_index(session, _spelling(word)):
        return [word]
    joined = "".join(runs)
    if _is_in_index(session, _spelling(joined)):
        return [joined]
    if all(len(run) >= _TELLING for run in runs):
        return list(runs)
    return [word]


def _is_name(session: Session, word: str) -> bool:
    return bool(
        _called_by_key(session, [kind_key(word)]) or _labels(session, [fold(word)])
    )


def _is_in_index(session: Session, spelling: Spelling) -> bool:
    """Whether some record has it in its own words."""
    return is_in_index(session, Piece((spelling,)))


def is_in_index(session: Session, piece: Piece) -> bool:
    """Whether some record has a piece in its own words."""
    begun = piece.expression(is_whole=False)
    sql = (
        "SELECT 1 FROM named WHERE named MATCH ?"
        " UNION ALL SELECT 1 FROM titled WHERE titled MATCH ? LIMIT 1"
    )
    return bool(session.fetch(sql, (begun, begun)))


def _names_within(session: Session, run: str) -> tuple[list[str], bool]:
    """Return the names in a run, the longest first, and what stands between them.

    Also whether there is nothing between them but common words, which are left out. A
    word for a level of cities, as 港, counts after a name.
    """
    if not is_cjk(run):
        return [run], True
    parts: set[str] = set()
    for end in range(1, len(run) + 1):
        parts.update(run[at:end] for at in range(end))
    called = _called_by_key(session, parts)
    of_kinds = {part for part, meant in called.items() if meant.kinds}
    known = _labels(session, parts) | of_kinds
    names: list[str] = []
    is_complete, between = True, ""
    at = 0
    while at < len(run):
        name = _longest_known(run[at:], known)
        if names and (not between or between in COMMON):
            name = max(_level_word(run[at:], called, known), name, key=len)
        if not name:
            between += run[at]
            at += 1
        if between and (name or at == len(run)):
            if between not in COMMON:
                names.append(between)
                is_complete = False
            between = ""
        if name:
            if name not in AFTER_CITIES:
                names.append(name)
            at += len(name)
    return names, is_complete


def _longest_known(run: str, known: Collection[str]) -> str:
    """Return the longest known beginning of a run, or nothing."""
    beginnings = (run[:end] for end in range(len(run), 0, -1))
    return next((beginning for beginning in beginnings if beginning in known), "")


def _level_word(run: str, called: Collection[str], known: Collection[str]) -> str:
    """Return the word for a level of cities that a run begins with, or nothing.

    It ends where the run does, or where a name or a common word begins: 市場 has none.
    """
    word = _longest_known(run, called)
    rest = run[len(word) :]
    if rest and not (_longest_known(rest, known) or _longest_known(rest, COMMON)):
        return ""
    return word


# -- Words that no record has -----------------------------------------------------


def similar_word(session: Session, word: str) -> str | None:
    """Return the word in the texts that is most like one which is in none."""
    if len(word) < _SHORTEST_PLURAL or not word.isalpha() or is_cjk(word):
        return None
    session.fetch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.term_named"
        " USING fts5vocab(main, named, row)"
    )
    session.fetch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.term_titled"
        " USING fts5vocab(main, titled, row)"
    )
    between = "WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
    bounds = (word[0], word[0] + AFTER_ALL, len(word) - 1, len(word) + 1)
    terms = session.fetch_column(
        f"SELECT term FROM temp.term_named {between}"
        f" UNION SELECT term FROM temp.term_titled {between} ORDER BY term",
        (*bounds, *bounds),
    )
    likest = max(terms, key=lambda term: similarity(word, term), default="")
    if similarity(word, likest) >= ALIKE_WORD:
        return str(likest)
    return None
