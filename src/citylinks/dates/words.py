"""The words with which people write dates, in nine languages, folded.

English, French, German, Spanish, Italian, Portuguese, Japanese, Chinese and Korean,
and the months in Arabic too. The names of months and weekdays are those of Unicode CLDR
(as Babel 2.19 carries it), wide and abbreviated, of these languages and their variants
in other countries, and a few more spellings that are common. No name stands for two
months.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

Meaning = TypeVar("Meaning")

_ACCENTS = re.compile("[\u0300-\u036f]")
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")
_SAME_CHARACTERS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "—": "–",
        "‒": "–",
        "―": "–",
        "〜": "–",
        "、": ",",
    }
)


def fold_words(text: str) -> str:
    """Return a text without case, accents, wide characters and repeated spaces."""
    letters = unicodedata.normalize("NFKD", text.translate(_SAME_CHARACTERS))
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", letters)).casefold()
    if not plain.isascii():
        plain = _OTHER_DIGITS.sub(lambda match: str(int(match[0])), plain)
    return " ".join(plain.split())


def by_name(groups: Iterable[tuple[Meaning, str]]) -> dict[str, Meaning]:
    """Return each name of groups of names with the meaning of its group."""
    meanings: dict[str, Meaning] = {}
    for meaning, names in groups:
        meanings |= dict.fromkeys(names.split(), meaning)
    return meanings


MONTHS = (
    "ene enero gen genn gennaio jan janeiro janner jaenner januar january janv janvier"
    " يناير",
    "feb febb febbraio feber febrero februar february fev fevereiro fevr fevrier"
    " فبراير",
    "maerz mar march marco mars marz marzo mrz مارس",
    "abr abril apr april aprile avr avril أبريل",
    "mag maggio mai maio may mayo مايو",
    "giu giugno juin jun june junho juni junio يونيو",
    "juil juill juillet jul julho juli julio july lug luglio يوليو",
    "ago agosto aout aug august أغسطس",
    "sep sept septembre september septiembre set setembro setiembre settembre سبتمبر",
    "oct october octobre octubre okt oktober ott ottobre out outubro أكتوبر",
    "nov november novembre novembro noviembre نوفمبر",
    "dec december decembre dez dezember dezembro dic dicembre diciembre ديسمبر",
)
SEASONS = {
    21: "spring printemps fruhling fruhjahr fruehling primavera 春 봄",
    22: "summer ete sommer verano estate verao 夏 여름",
    23: "autumn fall automne herbst otono autunno outono 秋 가을",
    24: "winter hiver invierno inverno 冬 겨울",
}
# From Monday on.
WEEKDAYS = (
    "monday mon lundi montag lunes lunedi segunda-feira",
    "tuesday tue mardi dienstag martes martedi terca-feira",
    "wednesday wed mercredi mittwoch miercoles mercoledi quarta-feira",
    "thursday thu jeudi donnerstag jueves giovedi quinta-feira",
    "friday fri vendredi freitag viernes venerdi sexta-feira",
    "saturday samedi samstag sonnabend sabado sabato",
    "sunday sun dimanche sonntag domingo domenica",
)
# The weekday behind a date in Japanese, Chinese and Korean.
EASTERN_WEEKDAYS = (
    "月一월",
    "火二화",
    "水三수",
    "木四목",
    "金五금",
    "土六토",
    "日天일",
)

# Words around a date that add nothing to it.
FILLERS = frozenset((
    "the", "of", "in", "on", "during", "year", "le", "la", "les", "l", "de", "du",
    "des", "d", "en", "au", "an", "annee", "el", "los", "del", "ano", "il", "lo",
    "gli", "nel", "nell", "dell", "di", "da", "anno", "im", "am", "den", "der",
    "dem", "die", "das", "jahr", "em", "do", "no",
))  # fmt: skip

# What stands before or after a date that begins or ends a time.
SINCE = (
    "since", "from", "starting", "starting in", "beginning in", "beginning",
    "not before", "depuis", "a partir de", "a partir du", "des", "seit", "seit dem",
    "ab", "ab dem", "desde", "desde el", "dal", "dall'", "a partire dal",
)  # fmt: skip
SINCE_BEHIND = (
    "onwards", "onward", "on", "and later", "or later", "and after", "から", "以降",
    "以来", "부터", "至今", "起", "以來",
)  # fmt: skip
UNTIL = (
    "until", "till", "up to", "up until", "through", "to", "no later than", "not after",
    "jusqu'en", "jusqu'a", "jusqu'au", "bis", "bis zum", "hasta", "hasta el", "fino al",
    "fino a", "ate", "ate o",
)  # fmt: skip
UNTIL_BEHIND = (
    "and earlier",
    "or earlier",
    "and before",
    "まで",
    "까지",
    "为止",
    "為止",
)
BEFORE = (
    "before", "prior to", "earlier than", "avant", "avant le", "vor", "vor dem",
    "antes de", "antes del", "antes do", "prima del", "prima di",
)  # fmt: skip
BEFORE_BEHIND = ("より前", "之前")
AFTER = (
    "after", "later than", "apres", "apres le", "nach", "nach dem", "despues de",
    "despues del", "dopo", "dopo il", "depois de", "apos",
)  # fmt: skip
AFTER_BEHIND = ("より後", "之后", "之後")

ABOUT = (
    "c.", "c", "ca.", "ca", "circa", "about", "around", "approximately", "approx.",
    "approx", "roughly", "vers", "environ", "um", "gegen", "etwa", "hacia",
    "alrededor de", "verso", "verso il", "intorno al", "por volta de", "cerca de", "~",
    "≈", "約", "约", "약",
)  # fmt: skip
ABOUT_BEHIND = ("頃", "ごろ", "左右", "경", "쯤", "or so")

VAGUE = (
    "early", "mid", "middle of", "the middle of", "late", "beginning of",
    "the beginning of", "end of", "the end of", "debut", "milieu", "fin", "anfang",
    "mitte", "ende", "principios de", "mediados de", "finales de", "inizio", "meta",
    "fine", "inicio de", "meados de", "fim de",
)  # fmt: skip
VAGUE_BEHIND = (
    "初",
    "初頭",
    "末",
    "前半",
    "後半",
    "以前",
    "以后",
    "以後",
    "이전",
    "이후",
)

# The words between the two ends of a time, in the order in which they are tried.
BETWEEN_ENDS = (
    " – ", " - ", " to ", " until ", " till ", " through ", " thru ", " bis zum ",
    " bis ", " jusqu'en ", " au ", " hasta el ", " hasta ", " fino al ", " ate ",
    " al ", " a ", "から", "부터", "至", "到", " .. ", "..", "–", "~",
)  # fmt: skip
AND = (" and ", " et ", " und ", " y ", " e ", "と")  # behind one of BETWEEN
BETWEEN = ("between ", "entre ", "zwischen ", "tra ", "fra ")
BEFORE_BOTH = ("from ", "de ", "du ", "von ", "vom ", "desde ", "dal ", "da ", "do ")
BEHIND_BOTH = ("まで", "까지", "の間", "之间", "之間")

UNKNOWN_ENDS = ("?", "unknown")
OPEN_ENDS = ("present", "the present", "open", "ongoing", "..", "現在", "现在", "현재")
TODAY = (
    "today", "now", "aujourd'hui", "heute", "hoy", "oggi", "hoje", "今日", "今天",
    "오늘",
)  # fmt: skip

# How far from today's day, week, month or year a word is.
RELATIVE = {
    "yesterday": ("day", -1), "hier": ("day", -1), "gestern": ("day", -1),
    "ayer": ("day", -1), "ieri": ("day", -1), "ontem": ("day", -1), "昨日": ("day", -1),
    "昨天": ("day", -1), "어제": ("day", -1),
    "tomorrow": ("day", 1), "demain": ("day", 1), "morgen": ("day", 1),
    "domani": ("day", 1), "明日": ("day", 1), "明天": ("day", 1), "내일": ("day", 1),
    "this month": ("month", 0), "last month": ("month", -1), "next month": ("month", 1),
    "ce mois": ("month", 0), "le mois dernier": ("month", -1),
    "diesen monat": ("month", 0),
    "letzten monat": ("month", -1), "este mes": ("month", 0), "今月": ("month", 0),
    "先月": ("month", -1), "来月": ("month", 1), "本月": ("month", 0),
    "this year": ("year", 0), "last year": ("year", -1), "next year": ("year", 1),
    "current year": ("year", 0), "previous year": ("year", -1), "the year before last":
    ("year", -2), "cette annee": ("year", 0), "l'annee derniere": ("year", -1),
    "l'an dernier": ("year", -1), "l'annee prochaine": ("year", 1),
    "dieses jahr": ("year", 0), "letztes jahr": ("year", -1),
    "nachstes jahr": ("year", 1),
    "este ano": ("year", 0), "quest'anno": ("year", 0), "今年": ("year", 0),
    "去年": ("year", -1), "昨年": ("year", -1), "来年": ("year", 1),
    "明年": ("year", 1),
    "올해": ("year", 0), "작년": ("year", -1), "내년": ("year", 1),
    "this decade": ("decade", 0), "this century": ("century", 0),
    "last century": ("century", -1),
}  # fmt: skip
LAST = (
    "last", "past", "previous", "derniers", "dernieres", "letzten", "letzte",
    "vergangenen", "ultimos", "ultimas", "ultimi", "ultime", "過去", "过去", "最近",
    "지난", "최근",
)  # fmt: skip
ARTICLES = frozenset((
    "the", "in", "within", "les", "des", "ces", "die", "den", "los", "las", "gli", "le",
    "os", "as",
))  # fmt: skip
NEXT = (
    "next", "coming", "prochains", "prochaines", "nachsten", "kommenden", "proximos",
    "proximas", "prossimi", "prossime", "今後", "未来", "향후",
)  # fmt: skip

# The decades that people name without the century, and ordinals in words.
DECADES = {
    "twenties": "2", "thirties": "3", "forties": "4", "fifties": "5",
    "sixties": "6", "seventies": "7", "eighties": "8", "nineties": "9",
}  # fmt: skip
CENTURY = (
    "century", "cent", "siecle", "jahrhundert", "jh", "jhd", "jhdt", "siglo", "secolo",
    "seculo", "世紀", "世纪", "세기",
)  # fmt: skip
# A part of a year -> its months.
PARTS_OF_YEAR = {
    "quarter": 3, "trimestre": 3, "quartal": 3, "half": 6, "semester": 6, "semestre": 6,
    "halbjahr": 6,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
    "twenty-first": 21, "premier": 1, "deuxieme": 2, "erstes": 1,
    "ersten": 1, "zweites": 2, "zweiten": 2, "primer": 1, "segundo": 2, "primo": 1,
    "secondo": 2, "primeiro": 1,
}  # fmt: skip

# Japanese eras: the first and the last day. The Meiji era begins with the calendar of
# today, which came in its sixth year; until then its months are others.
ERAS = {
    "明治": (1868, "1873-01-01", "1912-07-30"),
    "大正": (1912, "1912-07-30", "1926-12-25"),
    "昭和": (1926, "1926-12-25", "1989-01-07"),
    "平成": (1989, "1989-01-08", "2019-04-30"),
    "令和": (2019, "2019-05-01", "9999-12-31"),
}
