"""What words beside cities ask for: `partners of yokohama in asia`, `lyon 1959`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.errors import CitylinksError
from citylinks.query.filters import parse_country, parse_region, parse_span_option
from citylinks.query.kinds import MeantList, meant_list
from citylinks.query.names.lookup import is_name
from citylinks.query.names.words import BETWEEN
from citylinks.questions.plain_dates import read_today
from citylinks.text.common_words import is_common
from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from citylinks.questions.session import Session

# A command, with its options -> what people call it.
WORDS_FOR_COMMANDS: dict[str, str] = {
    "timeline": "timeline history histoire geschichte historia storia chronology"
    " chronologie cronologia 年表 歴史 历史 역사",
    "timeline --reverse": "last latest newest news recent",
    "show --brief": "brief briefing report summary",
    "show": "show info information about describe details detail profile get view open"
    " display overview fiche profil",
    "search": "search find grep lookup look query",
    "stats": "stats statistics statistic statistiques statistik figures numbers",
    "path": "path route connected connection connections connect chain",
    "common": "common shared share compare comparison difference differences",
    "anniversaries": "anniversaries anniversary anniversaire anniversaires birthday"
    " birthdays jubilee jubilees jubiläum jubiläen aniversario aniversarios"
    " anniversario 周年 记念日 記念日"
    " agenda calendar upcoming",
    "expiring": "expiring expire expires expiration expirations",
    "evidence": "evidence proof sourced conflicts conflict contradictions gaps",
    "validate": "validate check lint verify",
    "list partnerships --format csv": "csv download excel export",
    "help": "help man aide hilfe ayuda aiuto ajuda usage",
}
# Options, each with its value -> the words that ask for it.
WORDS_FOR_OPTIONS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("--count",): (
        "how many", "number of", "count", "how much", "combien", "nombre de",
        "wie viele", "wieviele", "anzahl", "cuantos", "cuantas", "quante", "quanti",
        "quantos", "quantas", "いくつ", "多少", "몇",
    ),
    ("--as-of", "today"): (
        "active", "actuel", "actuels", "aktuell", "current", "currently", "now",
    ),
    ("--status", "ended"): ("former", "ended", "ehemalige", "anciens", "anciennes"),
    ("--limit", "1"): (
        "oldest", "first", "earliest", "premier", "premiere", "erste", "最初",
    ),
}  # fmt: skip
# What changes a question, though some language only joins words by it.
NEVER_IDLE = frozenset(("or", "ou", "oder", "no", "non", "not"))
# Language -> what questions have besides common words, as `fold` leaves it.
QUESTION_WORDS: dict[str, str] = {
    "en": "s all any are became become becomes becoming been being belong belongs can"
    " could did does established everything exist get give"
    " got has have having i is it its list made make many me member members most much"
    " my please set since some start started tell them there they up us we were"
    " which will world would you your",
    "fr": "a appartient depuis devenu devenue devenues devenus dont elle elles est"
    " etait etaient il ils ont quels sont t y",
    "de": "es geworden gibt haben hat seit wann wer werden wie wurde wurden",
    "es": "cuales cuando desde donde es hay quienes se son tiene tienen",
    "it": "chi dal ha hanno quando sono",
    "pt": "desde quando quem sao tem",
    "ja": "イツ ドコ ニナッタ デスカ 何 一覧",
    "zh": "哪些 什么 什么时候 何时 结为 成为 有 无 是 了",
    "ko": "언제 어디 목록 개",
    "ar": "ما هي هو من متى",
}
IDLE = frozenset(" ".join(QUESTION_WORDS.values()).split()) | BETWEEN
BEFORE_TIMES = frozenset(("in", "en", "im", "em", "nel", "on", "during", "of"))
OTHER_RECORDS = ("partnership", "organization", "event")
MARKS = "?!.:;,\"'()[]«»“”‘’？！。…"
MOST_WORDS = 6  # of a time, a place, a theme or a list
SHORT_PLACES = frozenset(("eu", "uk", "us", "usa", "uae"))


class Request(NamedTuple):
    """What words ask for: lists, a command, options, a record that is no city.

    `cities` are those of a partnership of which more is asked: `lyon-yokohama 2019`.
    `unknown` are the words that mean nothing here.
    """

    lists: tuple[MeantList, ...] = ()
    command: str = ""
    options: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    record: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def is_anything(self) -> bool:
        """Whether a word at least asks for something."""
        return bool(self.lists or self.command or self.options or self.record)

    @property
    def is_time_at_most(self) -> bool:
        """Whether nothing but a time is requested, if that."""
        times = not self.cities and self.options[::2] in ((), ("--year",))
        return times and not (self.lists or self.command or self.record or self.unknown)


class _RequestReader:
    """Reads words from left to right, the longest run that means something first."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.lists: list[MeantList] = []
        self.command = ""
        self.options: list[str] = []
        self.places: list[tuple[str, str]] = []
        self.record = ""
        self.unknown: list[str] = []

    def read(self, words: Sequence[str]) -> None:
        """Read words that follow each other."""
        words = [bare for bare in (word.strip(MARKS) for word in words) if bare]
        while words:
            length = self._length(words)
            if length == 0 and not self._read_parts(words[0]):
                self.unknown.append(words[0])
            words = words[length or 1 :]

    def _read_parts(self, word: str) -> bool:
        """Read a word of a script without blanks, if all its parts mean something."""
        parts = _parts(word)
        if len(parts) < 2:
            return False
        for part in parts:
            self._length([part])
        return True

    def _length(self, words: Sequence[str]) -> int:
        """Return the number of the first words that mean something together."""
        readers: tuple[Callable[[str], bool], ...] = (
            self._option,
            self._time,
            self._command,
            self._list,
            self._place,
            self._theme,
            self._record,
        )
        for length in range(min(MOST_WORDS, len(words)), 0, -1):
            text = " ".join(words[:length])
            if length == 1 and _is_idle(text):
                return 1
            for read in readers:
                if read(text):
                    return length
        return 0

    def _option(self, text: str) -> bool:
        option = _option_asked(text)
        return bool(option) and self._add(*option)

    def _time(self, text: str) -> bool:
        first, *_, last = text.lower().split() * 2
        if " " in text and (first in BEFORE_TIMES or last in BEFORE_TIMES):
            return False
        return is_time(text) and self._add("--year", text)

    def _list(self, text: str) -> bool:
        meant = meant_list(text)
        if meant:
            self.lists.append(meant)
        return meant is not None

    def _command(self, text: str) -> bool:
        for command, names in WORDS_FOR_COMMANDS.items():
            if text.lower() in names.split():
                self.command = self.command or command
                return True
        return False

    def _place(self, text: str) -> bool:
        words = text.split()
        if _is_idle(words[0]) or _is_idle(words[-1]):  # of `and china`, `china` is read
            return False
        option = option_of_place(text)
        if option:
            self.places.append((option, text))
        return option is not None

    def _theme(self, text: str) -> bool:
        if not is_name(self.session.index, text, ("theme",)):
            return False
        try:
            _, id_ = self.session.key(text, "theme")
        except CitylinksError:  # several themes have the name
            return False
        return self._add("--theme", id_)

    def _record(self, text: str) -> bool:
        if self.record or not is_name(self.session.index, text, OTHER_RECORDS):
            return False
        self.record = text
        return True

    def _add(self, *option: str) -> bool:
        self.options += option
        return True


def read_request(session: Session, runs: Iterable[Sequence[str]]) -> Request:
    """Return the request that runs of words make."""
    reader = _RequestReader(session)
    for words in runs:
        reader.read(words)
    request = Request(
        tuple(reader.lists),
        reader.command,
        (*reader.options, *_options_of_places(reader.places)),
        record=reader.record,
        unknown=tuple(reader.unknown),
    )
    of_more = [meant for meant in request.lists if meant.name != "sources"]
    if not (reader.record and (request.options or of_more)):
        return request
    runs_of_record = session.runs_of(reader.record.split("-"))
    if len(runs_of_record) < 2 or not all(run.is_city for run in runs_of_record):
        return request
    cities = tuple(" ".join(run.words) for run in runs_of_record)
    return request._replace(record="", cities=cities)


def _options_of_places(places: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the options that ask for places: of two, for what is between them."""
    if len(places) == 2:
        yield "--between"
        yield from (text for _, text in places)
        return
    for option, text in places:
        yield option
        yield text


def _parts(word: str) -> list[str]:
    """Return the parts of `姉妹都市はいくつ`, none where one means nothing."""
    parts: list[str] = []
    rest = "" if word.isascii() else word
    while rest:
        for length in range(len(rest), 0, -1):
            if _is_part(rest[:length]):
                break
        else:
            return []
        parts.append(rest[:length])
        rest = rest[length:]
    return parts


def _is_part(text: str) -> bool:
    asks_for_number = _option_asked(text) == ("--count",)
    return _is_idle(text) or asks_for_number or meant_list(text) is not None


def _option_asked(text: str) -> tuple[str, ...]:
    """Return the option that words ask for, with its value; none for other words."""
    folded = fold(text)
    for option, words in WORDS_FOR_OPTIONS.items():
        if folded in map(fold, words):
            return option
    return ()


def _is_idle(word: str) -> bool:
    """Whether a word alone asks for nothing: `the`, `who`, `et`."""
    if word.isupper() and word.lower() in SHORT_PLACES:
        return False
    folded = fold(word)
    return folded not in NEVER_IDLE and (folded in IDLE or is_common(word))


def is_time(text: str) -> bool:
    """Whether a text is a date or a span of time, as people write it."""
    if not any(map(str.isdigit, text)) and len(text.split()) == 1:
        return False
    try:
        parse_span_option(read_today(text))
    except CitylinksError:  # the words may still be something else
        return False
    return True


def option_of_place(text: str) -> str | None:
    """Return the option that asks for a country or a region of that name."""
    if text.isascii() and len(text) < 4 and not _is_short_place(text):
        return None
    for option, parse in (("--country", parse_country), ("--region", parse_region)):
        try:
            parse(text)
        except CitylinksError:  # it is no such place: the next option is tried
            continue
        return option
    return None


def _is_short_place(text: str) -> bool:
    return text.lower() in SHORT_PLACES or (text.isupper() and text.isalpha())
