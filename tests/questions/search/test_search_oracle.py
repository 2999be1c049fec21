"""Searches against a second, naive answer: plain Python, written from what the ranking
means.

It looks through every record, and takes no word from the index or from its folding: the
texts are made of a few words of which each spelling is known.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st
from support import drop_empty, examples, open_dataset

from citylinks import Filters, KnowledgeBase
from citylinks.files.loader import Dataset, Loaded, Origin
from citylinks.model.records import MODELS
from citylinks.questions import search_ranking as room

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

thorough = examples(200)

# -- A small world ------------------------------------------------------------

# Each word as it is compared, and how it may be spelled.
SPELLINGS = {
    "port": ("port", "Port", "PORT", "ｐｏｒｔ"),
    "porto": ("Porto", "porto", "pôrto"),
    "lodz": ("Łódź", "lodz", "Łodz", "LÓDŹ"),
    "lyon": ("Lyon", "lyon", "Lyo\u0301n"),
    "n": ("n", "N", "Ñ"),
    "50": ("50",),
    "peace": ("Peace", "peace"),
    "strasse": ("Straße", "strasse"),
    "αθηνα": ("Αθήνα", "ΑΘΗΝΑ"),
    "東京都": ("東京都",),
    "京都": ("京都",),
    "都": ("都",),
    "横浜": ("横浜",),
    "ヨコ": ("ヨコ", "ﾖｺ", "よこ"),
}
WORDS = tuple(SPELLINGS)
ASKED = (*WORDS, "lyo", "p", "lod", "5", "京", "浜", "pe", "strass", "αθη")
# Names of kinds, as they may be typed, with what they mean.
KINDS = {
    "network": {"network"},
    "jumelage": {"sister-city", "twinning", "sister-or-friendship"},
    "coopération": {"cooperation"},
    "visits": {"visit"},
    "MoU": {"memorandum-of-understanding"},
}
FOLDED = {spelled: word for word, forms in SPELLINGS.items() for spelled in forms}
SLUGS = ("port", "porto", "lodz", "lyon", "n", "50", "peace")
TIE_KINDS = ("network", "programme", "cooperation")
GATHERING = ("network", "programme")
AGREED = ("memorandum-of-understanding", "twinning", "protocol")


class Chance(Random):
    """Makes records; a seed makes them much faster than a strategy for each value
    would.
    """

    def text(self, most: int = 3) -> str:
        words = [
            self.choice(SPELLINGS[self.choice(WORDS)])
            for _ in range(self.randint(1, most))
        ]
        return "".join(
            word + self.choice((" ", " ", "-", ", ")) for word in words
        ).strip(" ,-")

    def texts(self, most: int = 2) -> list[str]:
        return list(dict.fromkeys(self.text() for _ in range(self.randint(0, most))))

    def some(self, values: Sequence[str], most: int = 2) -> list[str]:
        return self.sample(values, self.randint(0, min(most, len(values))))

    def slugs(self, count: int) -> list[str]:
        made = {
            "-".join(self.choices(SLUGS, k=self.randint(1, 3))) for _ in range(count)
        }
        return sorted(made)

    def broader(self, ids: Sequence[str], id_: str) -> str | None:
        """Some theme that comes before this one, so that there is no circle."""
        before = ids[: ids.index(id_)]
        return self.choice(before) if before and self.random() < 0.5 else None

    def called(self, name: str) -> dict[str, Any]:
        others = dict(zip(("fr", "ja"), self.texts(), strict=False))
        return drop_empty(**{name: self.text()}, aliases=self.texts(1)) | drop_empty(
            **{"labels" if name == "label" else "names": others}
        )


def records_of(chance: Chance) -> dict[str, dict[str, dict[str, Any]]]:
    ids = {type_: chance.slugs(5) for type_ in MODELS}
    cities = [
        {
            **chance.called("name"),
            **drop_empty(summary=chance.choice((None, chance.text(9)))),
        }
        for _ in ids["city"]
    ]
    ties = [
        drop_empty(
            name=chance.choice((None, chance.text())),
            kind=chance.choice(TIE_KINDS),
            members=chance.some(ids["city"]) or ids["city"][:1],
            themes=chance.some(ids["theme"]),
            organizations=chance.some(ids["organization"]),
            sources=chance.some(ids["source"]),
            pillars=[{"name": text} for text in chance.texts()],
            agreements=[{"kind": kind} for kind in chance.some(AGREED, 1)],
            summary=chance.text(9),
        )
        for _ in ids["partnership"]
    ]
    events = [
        drop_empty(
            title=chance.text(5),
            date="2009",
            kind="visit",
            cities=chance.some(ids["city"]),
            themes=chance.some(ids["theme"]),
            sources=chance.some(ids["source"]),
            summary=chance.choice((None, chance.text(9))),
        )
        for _ in ids["event"]
    ]
    sources = [
        drop_empty(title=chance.text(4), publisher=chance.text(2))
        for _ in ids["source"]
    ]
    made = {
        "city": cities,
        "partnership": ties,
        "event": events,
        "theme": [
            chance.called("label")
            | drop_empty(broader=chance.broader(ids["theme"], id_))
            for id_ in ids["theme"]
        ],
        "organization": [chance.called("name") for _ in ids["organization"]],
        "source": sources,
    }
    return {type_: dict(zip(ids[type_], made[type_], strict=True)) for type_ in made}


def open_records(records: dict[str, dict[str, dict[str, Any]]]) -> KnowledgeBase:
    dataset = Dataset(())
    for type_, of_type in records.items():
        for id_, record in of_type.items():
            model = MODELS[type_].model_validate(record)
            dataset.records[type_][id_] = Loaded(
                type_, id_, model, Origin("", f"{id_}.yaml")
            )
    return open_dataset(dataset)


# -- The oracle ---------------------------------------------------------------

TYPES = ("city", "partnership", "theme", "organization", "event", "source")
CJK = ("東京都", "京都", "都", "横浜", "ヨコ", "京", "浜")


class Piece(NamedTuple):
    """Words that must follow each other, and what kinds they are a name of."""

    words: tuple[str, ...]
    kinds: frozenset[str] = frozenset()


Tells = tuple[str, ...]  # the words of one text, folded
REFERRED = ("theme", "organization", "city")
AGREED_ONLY = {"memorandum-of-understanding", "twinning"}


class Record(NamedTuple):
    """A record with its texts, each as its words."""

    type: str
    id: str
    kind: str | None
    agreed: set[str]
    spelled: list[tuple[str, str]]
    names: list[Tells]
    aliases: list[Tells]
    prose: list[Tells]
    refers: list[tuple[str, str]]

    @property
    def has_title(self) -> bool:
        return self.type in {"event", "source"}


def folded(text: str) -> Tells:
    words = text.replace("-", " ").replace(",", " ").split()
    return tuple(FOLDED.get(word, word.lower()) for word in words)


def known(
    records: dict[str, dict[str, dict[str, Any]]],
) -> dict[tuple[str, str], Record]:
    return {
        (type_, id_): _record(type_, id_, record)
        for type_, of_type in records.items()
        for id_, record in of_type.items()
    }


def _record(type_: str, id_: str, record: dict[str, Any]) -> Record:
    own = record.get("name") or record.get("title") or record.get("label")
    others = {**record.get("names", {}), **record.get("labels", {})}.values()
    names = [id_, *([own] if own else []), *others]
    aliases = record.get("aliases", [])
    prose = [
        record[name] for name in ("summary", "publisher", "date") if name in record
    ]
    prose += [pillar["name"] for pillar in record.get("pillars", ())]
    fields = {"members": "city", "cities": "city", "themes": "theme"}
    fields |= {"organizations": "organization", "sources": "source"}
    return Record(
        type_,
        id_,
        record.get("kind"),
        {agreement["kind"] for agreement in record.get("agreements", ())},
        [(name, "name") for name in names] + [(alias, "alias") for alias in aliases],
        [folded(name) for name in names],
        [folded(alias) for alias in aliases],
        [folded(text) for text in prose],
        [(to, other) for field, to in fields.items() for other in record.get(field, ())]
        + [("theme", record[field]) for field in ("broader",) if field in record],
    )


def says(text: Tells, words: Tells, *, whole: bool) -> bool:
    """Whether the words of a text follow each other as they are asked for."""
    if len(words) == 1:
        return any(_says(word, words[0], whole=whole) for word in text)
    first, *between, last = words
    for at in range(len(text) - len(words) + 1):
        here = text[at : at + len(words)]
        begins = here[0].endswith(first) if first in CJK else here[0] == first
        is_last = (
            here[-1].startswith(last)
            if last in CJK
            else _says(here[-1], last, whole=whole)
        )
        if begins and list(here[1:-1]) == between and is_last:
            return True
    return False


def _says(word: str, term: str, *, whole: bool) -> bool:
    if term in CJK:
        return term in word
    return word == term or (not whole and len(term) > 1 and word.startswith(term))


class Oracle:
    def __init__(self, records: dict[tuple[str, str], Record]) -> None:
        self.records = records

    def ranked(
        self, typed: str, pieces: Sequence[Piece]
    ) -> list[tuple[float, str, str]]:
        scored = [
            (self.score(record, typed, pieces), record)
            for record in self.records.values()
        ]
        ranking = [(score, record) for score, record in scored if score]

        def place(score: float, record: Record) -> tuple[float, int, int, str]:
            mentions = self._times_told(record) if score in {65, 58} else 0
            return (-score, TYPES.index(record.type), -mentions, record.id)

        ranking.sort(key=lambda pair: place(*pair))
        return [(score, record.type, record.id) for score, record in ranking]

    def _times_told(self, record: Record) -> int:
        return sum(
            other.refers.count((record.type, record.id))
            for other in self.records.values()
        )

    def score(self, record: Record, typed: str, pieces: Sequence[Piece]) -> float:
        pieces = list(dict.fromkeys(pieces))
        names = {folded(typed), tuple(word for piece in pieces for word in piece.words)}
        whole = max(_as_whole(record, typed, name) for name in names)
        return whole or self._in_words(record, typed, pieces)

    def _in_words(self, record: Record, typed: str, pieces: Sequence[Piece]) -> float:
        """The best of the steps that hold; the lists of texts go from the names
        outwards.
        """

        telling = [
            piece
            for piece in pieces
            if any(len(word) > 2 or word in CJK for word in piece.words)
        ]

        def count_matches(
            texts: Collection[Tells],
            *,
            whole: bool = False,
            of: Sequence[Piece] = pieces,
        ) -> int:
            return sum(
                any(says(text, p.words, whole=whole) for text in texts) for p in of
            )

        every = len(pieces)
        is_city, is_whole = record.type == "city", bool(telling)
        names, own = record.names, [*record.names, *record.aliases, *record.prose]
        subject = [*record.names, *record.aliases]
        is_event, is_named = record.type == "event", not record.has_title
        is_told = count_matches(own) == every and record.type != "source"
        meant = {kind for piece in pieces for kind in piece.kinds}
        others = [piece for piece in pieces if not piece.kinds]
        is_kind = record.type != "source" and bool(
            meant & {record.kind, *record.agreed} - AGREED_ONLY
        )
        is_agreed = bool(meant & record.agreed)
        by_name = count_matches(subject, of=others)
        may_be = bool(others) and self._are_told(record, pieces, REFERRED)
        is_some = len(others) > 1 and by_name > 0
        is_tie = record.type == "partnership" and record.kind not in GATHERING
        steps = (
            (70, is_tie and every > 1 and self._is_between(record, pieces)),
            (65, is_city and _begins(record, typed, whole=True)),
            (60, is_whole and is_named and count_matches(names, whole=True) == every),
            (58, is_city and _begins(record, typed, whole=False)),
            (55, is_named and count_matches(names) == every),
            (50, is_whole and is_named and count_matches(subject, whole=True) == every),
            (45, is_named and count_matches(subject) == every),
            (43, is_kind and may_be and by_name == len(others)),
            (42, is_kind and may_be and is_some),
            (41, is_kind and may_be),
            (40, is_whole and is_event and count_matches(names, whole=True) == every),
            (39, is_agreed and may_be and by_name == len(others)),
            (38, is_agreed and may_be and is_some),
            (37, is_agreed and may_be),
            (36, is_event and count_matches(names) == every),
            (35, is_kind and not others and record.type == "partnership"),
            (
                34,
                is_told
                and len(telling) > 2
                and count_matches(subject, of=telling) >= len(telling) - 1,
            ),
            (32, is_told and every > 1 and count_matches(subject, of=telling) > 0),
            (30, is_whole and is_told and count_matches(own, whole=True) == every),
            (25, is_told),
            (22, (is_kind or is_agreed) and not others),
            (21, is_tie and self._are_told(record, pieces, REFERRED)),
            (20, self._are_told(record, pieces, REFERRED)),
            (18, count_matches(names) == every),
            (16, count_matches(own) == every),
            (10, self._are_told(record, pieces, (*REFERRED, "source"))),
        )
        return next((score for score, holds in steps if holds), 0)

    def _is_between(self, record: Record, pieces: Sequence[Piece]) -> bool:
        members = [self.records[key] for key in record.refers if key[0] == "city"]
        names: set[Tells] = set()
        for member in members:
            names |= {*member.names, *member.aliases}
        return all(piece.words in names for piece in pieces)

    def _are_told(
        self, record: Record, pieces: Sequence[Piece], by: Collection[str]
    ) -> bool:
        if record.type == "source":
            return False
        referred = [self.records[key] for key in record.refers if key[0] in by]
        for other in referred:
            if other.type == "theme":
                referred += [self.records[key] for key in other.refers]
        texts = [*record.names, *record.aliases, *record.prose]
        texts += [text for other in referred for text in (*other.names, *other.aliases)]
        return all(
            any(says(text, piece.words, whole=False) for text in texts)
            or piece.kinds & {record.kind, *record.agreed}
            for piece in pieces
        )


def _as_whole(record: Record, typed: str, name: Tells) -> float:
    scores = []
    for spelled, reason in record.spelled:
        if folded(spelled) == name:
            score = 80.0 if record.has_title else {"name": 100.0, "alias": 90.0}[reason]
            scores.append(score - (0 if _lowered(spelled) == _lowered(typed) else 5))
    return max(scores, default=0)


def _begins(record: Record, typed: str, *, whole: bool) -> bool:
    """Whether a name begins with all that is typed."""
    *before, last = folded(typed)
    at = len(before)

    def goes_on(word: str) -> bool:
        if last in CJK or (before and not whole):
            return word.startswith(last)
        return _says(word, last, whole=whole)

    begun = [name for name in record.names if list(name[:at]) == before]
    return any(len(name) > at and goes_on(name[at]) for name in begun)


def _lowered(text: str) -> str:
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


# -- Both ---------------------------------------------------------------------


class Typed(NamedTuple):
    """What is typed, and the words and phrases in it."""

    text: str
    pieces: list[Piece]

    @property
    def plain(self) -> str:
        return " ".join(self.text.replace('"', " ").split())


def typed(chance: Chance) -> Typed:
    if chance.random() < 0.1:
        names = chance.sample(SLUGS, 2)
        return Typed(" ".join(names), [Piece((name,)) for name in names])
    parts, pieces = [], []
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        if chance.random() < 0.15:
            kind = chance.choice(list(KINDS))
            parts.append(kind)
            pieces.append(Piece(_kind_words(kind), frozenset(KINDS[kind])))
            continue
        words = chance.choices(ASKED, k=chance.choice((1, 1, 1, 2)))
        spelled = [chance.choice(SPELLINGS.get(word, (word,))) for word in words]
        quote = '"' if len(words) > 1 or chance.random() < 0.2 else ""
        parts.append(f"{quote}{' '.join(spelled)}{quote}")
        pieces.append(Piece(tuple(words)))
    if chance.random() < 0.1:
        parts.insert(chance.randint(0, len(parts)), "of")  # which joins others
    return Typed(" ".join(parts), pieces)


def _kind_words(kind: str) -> Tells:
    """Return a name of a kind as it is compared; no text here has it."""
    return (kind.lower().replace("é", "e"),)


seeds = st.integers(0, 2**32 - 1)


@thorough
@given(seeds, st.integers(1, 12), st.sampled_from([0, 2, 4000]))
def test_a_search_ranks_as_it_should(seed: int, limit: int, many: int) -> None:
    """Whether a few are sorted or many are walked through, the order is the same."""
    chance = Chance(seed)
    records = records_of(chance)
    oracle = Oracle(known(records))
    with open_records(records) as kb, mock.patch.object(room, "MANY", many):
        for question in (typed(chance) for _ in range(4)):
            expected = oracle.ranked(question.plain, question.pieces)
            answer = kb.search(question.text, limit=limit)
            hits = [
                (hit.score, hit.record.type, hit.record.id) for hit in answer.results
            ]
            if expected:
                assert hits == expected[:limit], question.text
                assert answer.is_cut == (len(expected) > limit)
            else:
                assert not answer.is_literal, question.text
                assert not answer.is_cut


@thorough
@given(seeds, st.sampled_from(TIE_KINDS), st.sampled_from([0, 4000]))
def test_filters_narrow_what_is_found_and_keep_its_order(
    seed: int, kind: str, many: int
) -> None:
    chance = Chance(seed)
    records = records_of(chance)
    oracle = Oracle(known(records))
    question = typed(chance)
    ranked = oracle.ranked(question.plain, question.pieces)
    expected = [row for row in ranked if oracle.records[row[1:]].kind == kind]
    with open_records(records) as kb, mock.patch.object(room, "MANY", many):
        answer = kb.search(question.text, Filters(kind=(kind,)), limit=3)
    if expected:
        hits = [(hit.score, hit.record.type, hit.record.id) for hit in answer.results]
        assert hits == expected[:3]
        assert answer.is_cut == (len(expected) > 3)
    else:
        assert not answer.is_literal


@thorough
@given(seeds)
def test_passages_mark_what_was_asked_for(seed: int) -> None:
    chance = Chance(seed)
    records = records_of(chance)
    question = typed(chance)
    with open_records(records) as kb:
        answer = kb.search(question.text, limit=50)
    for hit in answer.results if answer.is_literal else ():
        assert hit.matches, (question.text, hit)
        if hit.reason == "kind":
            assert hit.matches == ((0, len(hit.passage)),)
            continue
        for start, end in hit.matches:
            marked = folded(hit.passage[start:end])
            assert any(_is_marked(marked, p.words) for p in question.pieces), (
                marked,
                question,
            )


def _is_marked(marked: Tells, piece: Tells) -> bool:
    """Whether what is marked is a piece, or overlapping pieces of one run of
    characters.
    """
    if len(marked) == 1 and any(word in marked[0] for word in piece if word in CJK):
        return True
    return says(marked, piece, whole=False)


def test_the_small_world_is_what_it_should_be() -> None:
    """Each step of the ranking is met, and searches with many records, few and none."""
    scores: set[float] = set()
    counts: set[int] = set()
    for seed in range(400):
        chance = Chance(seed)
        oracle = Oracle(known(records_of(chance)))
        for question in (typed(chance) for _ in range(3)):
            ranking = oracle.ranked(question.plain, question.pieces)
            scores.update(score for score, _, _ in ranking)
            counts.add(len(ranking))
    levels = {float(level.score) for level in room.LEVELS}
    wholes = {
        score - less for score in room.WHOLE.values() for less in (0, room.AS_SPELLED)
    }
    assert scores == levels | wholes
    assert {0, 1, 2, 10} <= counts
