"""The syllables, scripts, countries, kinds and words of the generated world."""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import NamedTuple


class Country(NamedTuple):
    """A country, with the language of its cities and some subdivisions."""

    code: str
    lang: str
    subdivisions: str


# fmt: off
COUNTRIES = tuple(Country(*triple.split("/")) for triple in (
    "JP/ja/01 13 14 27", "FR/fr/ARA BRE IDF 33", "CN/zh/BJ GD SH SC", "BR/pt/BA PR RJ SP",
    "DE/de/BE BY HH NW", "KR/ko/11 26 27 41", "US/en/CA IL NY TX", "RU/ru/MOW SPE TOM SVE",
    "PL/pl/02 10 14 22", "EG/ar/ALX ASN C GZ", "IN/hi/DL KA MH TN", "VN/vi/DN HN SG 04",
    "TR/tr/06 16 34 35", "ES/es/AN CT MD PV", "MX/es/CMX JAL NLE YUC", "GB/en/ENG NIR SCT WLS",
    "IT/it/21 25 52 62", "TH/th/10 30 50 83", "GR/el/A B I M", "SE/sv/AB M O U",
    "IL/he/HA JM M TA", "UA/uk/30 32 46 51", "ID/id/BA JB JK SU", "SN/fr/DK KL SL TH",
    "CZ/cs/10 20 31 64",
))

# As an id has it, and as a name may be spelled.
SYLLABLES = tuple(tuple(pair.split("/")) for pair in (
    "ka/ka", "sao/são", "lo/ló", "ber/ber", "ville/ville", "yo/yo", "ha/ha", "ma/mä", "dor/dör",
    "szcze/szcze", "cin/cin", "bru/brü", "mon/mon", "te/té", "re/re", "vi/vi", "dra/đra",
    "nang/nẵng",
    "gra/gra", "nov/nov", "go/go", "rod/rod", "burg/burg", "ton/ton", "lin/lin", "che/che",
    "is/is", "tan/tan", "bul/bul", "ar/år", "hus/hus", "kra/kra", "kow/ków", "pe/pé", "cs/cs",
    "mar/mar", "sel/sel", "que/què", "lis/lis", "bo/bo", "na/nã", "ga/ga", "sa/sa", "ki/ki",
    "o/ō", "to/tō", "zu/zü", "rich/rich", "por/por", "ham/ham", "wil/wil", "nus/ñus", "da/da",
    "kar/kar", "den/den", "ver/ver", "ta/tà", "shi/shi", "ne/ne", "lu/łu",
))

# Language -> the pieces that a name in it is put together of.
SCRIPTS: dict[str, str] = {
    "ja": "横浜東京大阪神戸名古屋広島長崎松山川田岡福井富金沢仙台千葉"
    "新潟静熊本青森秋鹿児奈良津高知徳香愛媛",
    "zh": "北京上海广州深圳天津重庆成都武汉西安南杭苏沈阳大连青岛济郑长沙昆明哈尔滨厦门宁波无锡福",
    "ko": "서울부산대구인천광주전울경기강원충청라상제주수성남고양용창포항안산평택",
    "ru": "москвапетербургомскновгород",
    "uk": "київльвіводесахарків",
    "ar": "القاهرةبغداددمشقبيروت",
    "el": "αθήναπάτραβόλοςρόδος",
    "he": "ירושליםחיפהאשדוד",
    "th": "กรงเทพนครราชสมา",
    "hi": "दमलरकनपग",
}

LEVELS = ("city",) * 12 + ("metropolis", "prefecture", "state", "region", "port", "corporation")
BILATERAL = (
    ("sister-city",) * 8 + ("friendship-city",) * 3
    + ("sister-or-friendship", "partner-city", "sister-port", "friendship-port", "contact")
)
GATHERING = (
    "cooperation", "technical-cooperation", "programme", "series", "network", "commitment",
    "unspecified",
)
AGREEMENTS = (
    "twinning", "agreement", "memorandum-of-understanding", "joint-declaration",
    "joint-statement", "joint-communique", "letter-of-intent", "protocol", "renewal",
)
EVENTS = ("visit",) * 6 + (
    "conference", "forum", "seminar", "symposium", "summit", "declaration", "agreement", "policy",
    "project", "commemoration", "founding", "exercise", "milestone",
)
MEMBER_ROLES = ("lead", "coordinator", "chair", "host", "member", "partner", "founder")
EVENT_ROLES = ("host", "guest", "delegation", "organizer", "participant", "signatory", "chair")
STATUSES = ("planned", "active", "dormant", "suspended")
ORGANIZATION_ROLES = ("coordinator", "organizer", "funder", "supporter", "implementer", "adviser")
ORGANIZATION_KINDS = (
    "local-government", "government-agency", "development-bank", "company", "university",
    "research-institute", "network", "ngo", "international-organization",
)
THEMES = (
    "culture", "energy", "light", "cleantech", "smart-city", "water", "waste", "transport",
    "housing", "health", "education", "sport", "youth", "tourism", "trade", "ports", "silk",
    "gastronomy", "music", "cinema", "museums", "heritage", "parks", "rivers", "floods",
    "earthquakes", "fire-safety", "climate", "air-quality", "noise", "cycling", "railways",
    "airports", "fisheries", "forestry", "farming", "textiles", "ceramics", "robotics",
    "digital-services", "open-data", "libraries", "universities", "research", "migration",
    "ageing", "disability", "gender", "peace", "volunteering",
)

_PLAIN = """
    the of and in for with on cooperation mayor between city delegation exchange visit students
    partners signed energy culture harbour trade friendship agreement programme youth schools
    experts council citizens festival memorandum waste water transport climate safety training
    workshop officials chamber commerce university research hospital music garden bridge museum
    project results joint annual first second new local public private support small large long
""".split()  # noqa: SIM905
# fmt: on

COMMON = "cooperation"  # in about every second event
RARE = "zymurgy"  # in one event of the whole world

_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl qu r s st t tr v w".split()  # noqa: SIM905
_VOWELS: tuple[str, ...] = (*"aeiouaeio", "ou")
_CODAS = ["", "", "", "", "l", "n", "r", "s"]


def _made_up(number: int) -> list[str]:
    """Return words that nobody has written before, none of them twice."""
    random = Random("words")
    found: dict[str, None] = {}
    while len(found) < number:
        parts = range(random.choice((2, 2, 2, 3)))
        found["".join(map(_syllable, (random for _ in parts)))] = None
    return [word for word in found if word not in _PLAIN]


def _syllable(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)


WORDS: tuple[str, ...] = (*_PLAIN, *_made_up(5000))
# Zipf's law, flattened at its top: a few words stand nearly everywhere, most hardly
# anywhere.
WEIGHTS: tuple[float, ...] = tuple(
    accumulate(1 / (rank + 4) for rank in range(len(WORDS)))
)


def prose(random: Random, low: int, high: int) -> str:
    """Return some words, the first with a capital, the last with a full stop."""
    text = " ".join(
        random.choices(WORDS, cum_weights=WEIGHTS, k=random.randint(low, high))
    )
    return f"{text[0].upper()}{text[1:]}."


def folded(text: str, indent: str) -> str:
    """Return a text as a folded YAML block in lines of a dozen words."""
    words = text.split(" ")
    lines = (" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
    return f">-\n{indent}" + f"\n{indent}".join(lines)


def native(random: Random, lang: str) -> str:
    """Return a name in the script of a language; in Han, it has two or three."""
    pieces = SCRIPTS[lang]
    length = (
        random.choice((2, 2, 2, 3))
        if lang in {"ja", "zh", "ko"}
        else random.randint(4, 8)
    )
    return "".join(random.sample(pieces, k=min(length, len(pieces))))
