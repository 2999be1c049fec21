"""Words that only join others: a search looks for them in names and in quotes alone."""

from __future__ import annotations

from citylinks.text.normalize import fold

# Language -> its articles, prepositions, conjunctions and question words, as `fold`
# leaves them: in small letters, without accents, kana as katakana. What is a word of
# its own in another language, such as “us” or “est”, is not among them.
COMMON_WORDS: dict[str, str] = {
    "en": "a an and are as at be between by did do does for from had has have how in"
    " into is its of on or s that the their these this those to was were what when"
    " where which who whom whose why with",
    "fr": "a au aux avec ce ces cette chez dans de des du en entre et l la le les ou"
    " par pour qu quand que quel quelle quelles quels qui sur un une",
    "de": "am an auf aus bei das dem den der des die ein eine einem einen einer fur im"
    " in ist mit oder sind und vom von was welche wer wo zu zum zur zwischen",
    "es": "a al con cual cuales cuando de del donde el en entre la las los o para por"
    " que quien sobre un una y",
    "it": "a agli ai al alla alle allo che chi con da dal dalla degli dei del della"
    " delle dello di e ed fra gli i il in la le lo nel nella o per quali quando su sul"
    " sulla tra un una uno",
    "pt": "a ao aos as com da das de do dos e em entre na nas no nos o os ou para pela"
    " pelo por quais quando que quem um uma",
    "nl": "aan de der een en het hoe in met naar of op te tussen uit van voor wat"
    " wanneer welke wie",
    "sv": "av den det ett for fran i mellan med och om pa som till vad",
    "pl": "a dla do i jest na o od oraz w z za",
    "ru": "в во для и из к между на о об от по с со у",
    "uk": "в до для з із на та у і",
    "el": "και με του τησ των το τα στο στη στην",
    "tr": "bir de ile ve",
    "vi": "cua giua la va voi",
    "id": "antara dan dari dengan di ke yang",
    "ar": "في من و بين مع على الى عن",
    "ja": "ノ ト ハ ガ ヲ ニ デ モ ヤ ヘ カラ マデ ヨリ トノ ヘノ ニヨル",
    "zh": "的 与 與 和 及 跟 在 是 之",
    "ko": "과 와 의 은 는 이 가 을 를 에 에서 및",
}

# What is set before the name of a city.
BEFORE_CITIES = frozenset(
    (
        "city of", "town of", "municipality of", "ville de", "ville d", "mairie de",
        "commune de", "stadt", "ciudad de", "citta di", "comune di", "cidade de",
        "gemeente", "landeshauptstadt", "ayuntamiento de", "prefeitura de", "مدينة",
    )
)  # fmt: skip
# What is set after the name of a city, without a blank.
AFTER_CITIES = frozenset(("市", "시"))
# What is set after it with one.
BEHIND_CITIES = (" city", " town", " shi", " metropolis")

COMMON = frozenset(" ".join(COMMON_WORDS.values()).split())


def is_common(text: str) -> bool:
    """Whether a text is but a word that joins others, or says that a city follows."""
    folded = fold(text)
    return folded in COMMON or folded in BEFORE_CITIES


def without_city(text: str) -> str:
    """Return the name in `City of Lyon` or `横浜市`, folded; nothing of other texts."""
    folded = fold(text)
    for ending in (*BEHIND_CITIES, *AFTER_CITIES):
        if folded.endswith(ending):
            return folded.removesuffix(ending)
    for beginning in BEFORE_CITIES:
        if folded.startswith(f"{beginning} "):
            return folded.removeprefix(f"{beginning} ")
    return ""
