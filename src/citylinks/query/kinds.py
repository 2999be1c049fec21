"""Lists and kinds as people name them: `city`, `sister cities`, `jumelages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from citylinks.model.kind_names import kinds_by_name, levels_called
from citylinks.model.titles import join_words
from citylinks.model.vocabulary import (
    KINDS_OF,
    LEVELS,
    PARTNERSHIPS_MADE_BY,
    PLURALS,
    in_words,
)
from citylinks.text.normalize import fold, kind_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A list -> other words for it; its singular is known anyway.
WORDS_FOR_LISTS: dict[str, str] = {
    "cities": "towns town municipalities municipality villes communes stadte ciudades"
    " citta cidades 都市 城市 도시 مدن",
    "partnerships": "ties tie links link relations relationships relationship partners"
    " partner partenaires partenaire partenariats partenariat partnerschaften"
    " partnerschaft partnern socios parceiros partenariato partenariati パートナー 伙伴"
    " 파트너 شركاء beziehungen beziehung relazioni relaciones relacoes rapports liens"
    " 関係 关系 관계",
    "agreements": "agreement treaties treaty contracts contract sign signed",
    "events": "happenings happened happen activities evenements veranstaltungen"
    " ereignisse eventos eventi 行事 活动 행사",
    "themes": "topics topic subjects subject tags tag",
    "organizations": "organisations organisation orgs org institutions institution",
    "sources": "references reference citations citation",
}
# A status of a partnership -> other words for it.
WORDS_FOR_STATUSES: dict[str, str] = {
    "planned": "future intended proposed upcoming",
    "active": "alive current ongoing running valid",
    "dormant": "inactive inoperative sleeping",
    "suspended": "frozen paused stopped",
    "ended": "broken cancelled canceled closed dissolved expired finished former lapsed"
    " over past terminated",
}
# What has kinds -> its list, in the order in which a kind is looked for.
LIST_OF: dict[str, str] = {
    "partnership": "partnerships",
    "event": "events",
    "agreement": "agreements",
    "organization": "organizations",
    "source": "sources",
}


class MeantList(NamedTuple):
    """A list of records, and the kinds of records that are meant, if some are."""

    name: str
    kinds: tuple[str, ...] = ()

    def command(self) -> list[str]:
        """Return the words of the command that prints it."""
        return ["list", self.name, *self.options()]

    def options(self) -> list[str]:
        """Return the options that ask for its kinds."""
        options: list[str] = []
        for kind in self.kinds:
            options += ["--kind", kind]
        return options


def meant_list(text: str) -> MeantList | None:
    """Return the list that is meant by a type or a kind, singular or plural."""
    word = "-".join(text.lower().replace("_", " ").replace("-", " ").split())
    name = _list_named(word)
    if name:
        return MeantList(name)
    for bearer, list_name in LIST_OF.items():
        for kind in KINDS_OF[bearer]:
            if word == kind or word in plurals(kind):
                return _made(list_name, kind)
    return _list_called(text)


def _list_called(text: str) -> MeantList | None:
    """Return the list of a kind that goes by another name: `jumelages`, `MoUs`."""
    called = kinds_called(text)
    for bearer, list_name in LIST_OF.items():
        kinds = [kind for kind in called if kind in KINDS_OF[bearer]]
        if kinds:
            return _made(list_name, *kinds)
    return None


def _made(list_name: str, *kinds: str) -> MeantList:
    """Return the list of kinds; what makes a partnership means the partnership."""
    if list_name == "agreements" and kinds[0] in PARTNERSHIPS_MADE_BY:
        return MeantList("partnerships", (PARTNERSHIPS_MADE_BY[kinds[0]],))
    return MeantList(list_name, kinds)


def _list_named(word: str) -> str | None:
    for singular, plural in PLURALS.items():
        if word in {singular, plural}:
            return plural
    folded = fold(word)
    for name, words in WORDS_FOR_LISTS.items():
        if word == name or word in words.split() or folded in words.split():
            return name
    return None


def plural_kinds() -> list[str]:
    """Return the first plural of each kind that has a list."""
    kinds: dict[str, None] = {}
    for bearer in LIST_OF:
        kinds |= dict.fromkeys(plurals(kind)[0] for kind in KINDS_OF[bearer])
    return list(kinds)


def plurals(kind: str) -> tuple[str, ...]:
    """Return the plurals of a kind: `sister-cities`, `letters-of-intent`."""
    noun, of, rest = kind.partition("-of-")
    if noun.endswith("s") and not noun.endswith("ss"):
        return (kind,)
    if noun.endswith("y"):
        return (f"{noun[:-1]}ies{of}{rest}",)
    if noun.endswith("um"):
        return (f"{noun[:-2]}a{of}{rest}", f"{noun}s{of}{rest}")
    return (f"{noun}s{of}{rest}",)


# -- Kinds by other names, in any language -----------------------------------------


def kinds_called(text: str) -> tuple[str, ...]:
    """Return the kinds that a text means, of whatever: `jumelages`, `sister cities`."""
    return kinds_by_name().get(kind_key(text), ())


def kind_readings(typed: Iterable[str], read: Iterable[str]) -> Iterator[str]:
    """Yield how each kind was read that was typed by another name."""
    read = list(read)
    for text in dict.fromkeys(typed):
        meant = [kind for kind in kinds_called(text) if kind in read]
        if meant and fold(text) not in {fold(in_words(kind)) for kind in meant}:
            yield f"reading '{text}' as {' or '.join(meant)}"


def level_readings(typed: Iterable[str]) -> Iterator[str]:
    """Yield how each level was read that was typed by another name, as `Hafen`."""
    for text in dict.fromkeys(typed):
        meant = levels_called(text)
        if text.strip().lower() not in meant:
            ordered = sorted(meant, key=LEVELS.index)
            yield f"reading '{text}' as {join_words(ordered, 'or')}"
