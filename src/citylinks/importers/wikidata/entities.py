"""An item of Wikidata as it stands in the API and the dumps, to a place and its ties.

Names and aliases are taken in the six languages of the United Nations, in German and
Japanese, in which most lists of partner cities are kept, and in those of the place
itself: of its country, and as P1705 (native label) and P1448 (official name) have them.
An item may have two hundred labels, most of them one name written again.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo import wikidata_items
from citylinks.importers.rows import Party, SetAside, Term, Tie
from citylinks.importers.wikidata.values import (
    When,
    has_ended,
    item_of,
    main_values,
    qualifiers,
    statements,
    text_of,
    value_of,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "ru", "zh")
DEFAULT = "mul"  # the label of Wikidata for all languages that have none of their own

# Codes of Wikimedia that are none of BCP 47, or another's; and codes of no language.
_TAGS = {
    "als": "gsw", "bat-smg": "sgs", "be-x-old": "be-tarask", "fiu-vro": "vro", "nrm": "nrf",
    "roa-rup": "rup", "simple": "en-simple", "zh-classical": "lzh", "zh-min-nan": "nan",
    "zh-yue": "yue",
}  # fmt: skip
_NO_LANGUAGE = ("mis", "mul", "und", "zxx")

# Classes (P31) that are a level by themselves. Town, municipality or administrative
# unit are not: they say where a place stands in its country, and not what of the levels
# it is.
LEVELS = {
    "Q515": "city",
    "Q1549591": "city",  # big city
    "Q1637706": "city",  # city with millions of inhabitants
    "Q5119": "city",  # capital city
    "Q22865": "city",  # independent city of Germany
    "Q42744322": "city",  # urban municipality in Germany
    "Q494721": "city",  # city of Japan
    "Q1093829": "city",  # city in the United States
    "Q50337": "prefecture",  # of Japan
    "Q35657": "state",  # of the United States
    "Q1221156": "state",  # of Germany
    "Q36784": "region",  # of France
    "Q6256": "country",
    "Q3624078": "country",  # sovereign state
    "Q44782": "port",
}
_EARTH = "Q2"
_CHARACTERS_OF_TITLE = 200


class Place(NamedTuple):
    """What an item says of itself, and what to say with each of its ties."""

    party: Party
    remark: str | None


def id_of(entity: Mapping[str, Any]) -> str | None:
    """Return the id of an entity of any type, upper-case; None where it has none.

    `{"entity": "q1"}` and `{"entity": ["item", 1]}` are the forms of 2013.
    """
    found = entity.get("id") or entity.get("entity")
    if isinstance(found, list) and len(found) == 2:
        found = f"{'P' if found[0] == 'property' else 'Q'}{found[1]}"
    return found.upper() if isinstance(found, str) else None


def is_item(entity: Mapping[str, Any]) -> bool:
    """Whether it is an item that exists: no property, no lexeme, not deleted, no
    redirect.
    """
    is_there = not {"missing", "redirect"} & entity.keys()
    return is_there and bool(re.fullmatch(r"Q[1-9]\d{0,11}", id_of(entity) or ""))


# -- The place ----------------------------------------------------------------


def place(entity: Mapping[str, Any]) -> Place:
    """Return the item as a party, with all that it says of itself."""
    labels = _labels(entity)
    country, remark = _country(entity)
    spoken = wikidata_items.languages(country)
    own = {tag: labels[tag] for tag in spoken if tag in labels} | _own_names(entity)
    name, language = _name(labels, own)
    names = {tag: labels[tag] for tag in LANGUAGES if tag in labels} | own
    return Place(
        Party(
            name=name,
            wikidata=id_of(entity),
            country=country,
            level=_level(entity),
            names=tuple(
                (tag, text)
                for tag, text in names.items()
                if _is_new(tag, text, name, language)
            ),
            aliases=tuple(
                _aliases(entity, {*names.values(), name}, {*LANGUAGES, *own})
            ),
            location=_location(entity),
            geonames=_geonames(entity),
        ),
        remark,
    )


def label(entity: Mapping[str, Any]) -> str | None:
    """Return what an item is called: in English, else as its own language or another
    has it.
    """
    return _name(_labels(entity), _own_names(entity))[0]


def _labels(entity: Mapping[str, Any]) -> dict[str, str]:
    """Return labels by language: `{"en": {"value": "Lyon"}}` of today, `{"en": "Lyon"}`
    of 2013.
    """
    found = entity.get("labels") or entity.get("label") or {}
    if not isinstance(found, dict):
        return {}
    texts = ((tag, next(_texts(value), None)) for tag, value in found.items())
    return {tag: text for tag, text in texts if text}


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a label or of aliases: a text, `{"value": text}`, or several
    of them.
    """
    for one in value if isinstance(value, list) else [value]:
        text = one.get("value") if isinstance(one, dict) else one
        if isinstance(text, str) and text.strip():
            yield text.strip()


def _name(
    labels: Mapping[str, str], own: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Return the name and the language that it is in, None where that is not stated."""
    for tag in ("en", DEFAULT):
        if tag in labels:
            return labels[tag], tag if tag != DEFAULT else None
    known = {**own, **{tag: labels[tag] for tag in LANGUAGES if tag in labels}}
    known = known or dict(sorted(labels.items()))
    return next(((text, tag) for tag, text in known.items()), (None, None))


def _is_new(tag: str, text: str, name: str | None, language: str | None) -> bool:
    """Whether a name says more than the English one: that it is the same in French does
    not.
    """
    return text != name or (tag == language and tag != "en")


def _own_names(entity: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for property_ in ("P1705", "P1448"):
        for value in main_values(entity, property_):
            text, language = text_of(value) or ("", None)
            if language and text.strip() and (tag := _tag(language)):
                found.setdefault(tag, text.strip())
    return found


def _tag(language: str) -> str | None:
    tag = _TAGS.get(language, language)
    return None if tag.split("-")[0] in _NO_LANGUAGE else tag


def _aliases(
    entity: Mapping[str, Any], known: set[str | None], languages: set[str]
) -> Iterator[tuple[str, str | None]]:
    found = entity.get("aliases") or {}
    for language, value in found.items() if isinstance(found, dict) else ():
        if language in languages:
            for text in _texts(value):
                if text not in known:
                    known.add(text)
                    yield text, language


def _country(entity: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the code of the one country that it lies in, and what to say where there
    are several.

    Statements that ended are left out, as are normal ones beside preferred. A former
    state counts only where no present one is named; a country without a code is given
    by its item.
    """
    items = dict.fromkeys(filter(None, map(item_of, main_values(entity, "P17"))))
    present = dict.fromkeys(filter(None, map(wikidata_items.country_code, items)))
    former = dict.fromkeys(filter(None, map(wikidata_items.former_state_code, items)))
    codes = list(present or former)
    if len(codes) == 1:
        return codes[0], None
    if codes:
        named = label(entity) or id_of(entity)
        return None, f"Wikidata gives {named} several countries: {', '.join(codes)}"
    return next(iter(items), None), None


def _level(entity: Mapping[str, Any]) -> str | None:
    """Return the level where its classes name one; of several (a city that is a state)
    none.
    """
    classes = (item_of(value) for value in main_values(entity, "P31"))
    levels = {LEVELS[item] for item in classes if item in LEVELS}
    return levels.pop() if len(levels) == 1 else None


def _geonames(entity: Mapping[str, Any]) -> str | None:
    """Return its id in GeoNames; of several, of the town and of the district around it,
    none.
    """
    found = {value for value in main_values(entity, "P1566") if isinstance(value, str)}
    return (
        found.pop()
        if len(found) == 1 and re.fullmatch(r"[1-9]\d*", min(found))
        else None
    )


def _location(entity: Mapping[str, Any]) -> tuple[float, float] | None:
    for value in main_values(entity, "P625"):
        globe = str(value.get("globe") or _EARTH) if isinstance(value, dict) else ""
        if globe.endswith(_EARTH) and _is_point(value):
            digits = _digits(value.get("precision"))
            return _degrees(value["latitude"], digits), _degrees(
                value["longitude"], digits
            )
    return None


def _is_point(value: Mapping[str, Any]) -> bool:
    sides = (value.get("latitude"), value.get("longitude"))
    return all(
        isinstance(side, int | float) and abs(side) <= limit
        for side, limit in zip(sides, (90, 180), strict=True)
    )


def _degrees(value: float, digits: int) -> float:
    return round(value, digits) + 0.0  # never -0.0


def _digits(precision: Any) -> int:
    """Return how many decimals a point has to a precision in degrees: four to a second
    of arc.
    """
    if not isinstance(precision, int | float) or precision <= 0:
        return 6
    return min(max(math.ceil(-math.log10(precision)), 0), 6)


# -- Its ties -----------------------------------------------------------------


def ties(entity: Mapping[str, Any], one: Place, where: str) -> Iterator[Tie | SetAside]:
    """Yield each statement of P190 (twinned administrative body) as a tie, or why it is
    none.
    """
    party = Party(one.party.name, one.party.wikidata)
    for number, statement in enumerate(statements(entity, "P190"), 1):
        said = (
            f"{where}: {statement.get('id') or f'{party.wikidata} P190 no. {number}'}"
        )
        partner = item_of(value_of(statement.get("mainsnak")))
        why = _why_not(statement, partner)
        yield (
            SetAside(said, why)
            if why
            else _tie(statement, said, party, partner, one.remark)
        )


def _why_not(statement: Mapping[str, Any], partner: str | None) -> str | None:
    if statement.get("rank") == "deprecated":
        return "Wikidata has set the statement to deprecated: it is known to be wrong"
    kind = (statement.get("mainsnak") or {}).get("snaktype")
    if kind == "somevalue":
        return "Wikidata states a partner, but not which (unknown value)"
    if kind == "novalue":
        return "Wikidata states that there is no partner (no value)"
    return None if partner else "its value is no item of Wikidata"


def _tie(
    statement: Mapping[str, Any],
    where: str,
    a: Party,
    partner: str | None,
    remark: str | None,
) -> Tie:
    remarks = [remark] if remark else []
    start = _date(statement, "P580", "start", remarks)
    end = _date(statement, "P582", "end", remarks)
    is_over = end is None and has_ended(statement)
    if is_over:
        remarks.append("Wikidata states that the tie ended, but no date for it")
    for value in map(value_of, qualifiers(statement, "P585")):
        moment = when(value) if value else When(None)
        if moment.edtf:
            remarks.append(f"Wikidata states the tie for {moment.edtf} (point in time)")
    return Tie(
        where=where,
        a=a,
        b=Party(None, partner),
        start=start,
        end=end,
        status="ended" if is_over else None,
        sources=tuple(dict.fromkeys(_sources(statement))),
        note=". ".join(remarks) or None,
        is_one_way=True,
    )


def _date(
    statement: Mapping[str, Any], property_: str, word: str, remarks: list[str]
) -> str | None:
    """Return the first date that qualifies a statement; what else is to be said goes to
    remarks.
    """
    stated = [value_of(snak) for snak in qualifiers(statement, property_)]
    found = [when(value) for value in stated if value]
    dates = list(dict.fromkeys(one.edtf for one in found if one.edtf))
    remarks += [f"Wikidata gives as {word} {one.remark}" for one in found if one.remark]
    if len(dates) > 1:
        remarks.append(f"Wikidata gives as {word} also {', '.join(dates[1:])}")
    return dates[0] if dates else None


# -- Its sources --------------------------------------------------------------


def _sources(statement: Mapping[str, Any]) -> Iterator[Term]:
    """Yield what a statement is referenced to: an address (P854), a work (P248), or
    both.

    Where it was imported from (a Wikipedia, P143) is no evidence and left out, as is
    when an address was looked up (P813).
    """
    for reference in statement.get("references") or ():
        snaks = reference.get("snaks") or {}
        of = {key: [value_of(snak) for snak in found] for key, found in snaks.items()}
        work = next(filter(None, map(item_of, of.get("P248", ()))), None)
        title, language = _title(of.get("P1476", ()))
        date = next((when(value).edtf for value in of.get("P577", ()) if value), None)
        addresses = [url for url in of.get("P854", ()) if _is_address(url)]
        for url in addresses or [None] * bool(work or title):
            yield Term(
                title=title or work or title_of_address(url or ""),
                url=url or (f"https://www.wikidata.org/wiki/{work}" if work else None),
                date=date,
                language=language,
            )


def _title(values: Iterable[Any]) -> tuple[str | None, str | None]:
    for text, language in filter(None, map(text_of, values)):
        return text.strip() or None, _tag(language) if language else None
    return None, None


def _is_address(url: Any) -> bool:
    return isinstance(url, str) and bool(re.fullmatch(r"[a-z]+://\S+", url))


def title_of_address(url: str) -> str:
    """Return an address without its scheme: what a page without a title is called."""
    return (
        url.split("://", 1)[-1].removeprefix("www.").rstrip("/")[:_CHARACTERS_OF_TITLE]
    )
