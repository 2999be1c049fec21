"""An item of Wikidata, from the API or a dump, as a city and its partnerships.

Names and aliases are taken in the six languages of the United Nations, in German and
Japanese, in which most lists of partner cities are kept, and in those of the place
itself: of its country, and as P1705 (native label) and P1448 (official name) have them.
An item may have two hundred labels, most of them one name written again.
"""

from __future__ import annotations

import math
import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from citylinks.geo import wikidata_items
from citylinks.importers.rows import (
    CitedSource,
    ImportedCity,
    ImportedPartnership,
    SetAside,
)
from citylinks.importers.wikidata.values import (
    StatedTime,
    has_ended,
    item_of,
    main_values,
    qualifiers,
    stated_time,
    statements,
    text_of,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LANGUAGES = ("en", "ar", "de", "es", "fr", "ja", "ru", "zh")
DEFAULT = "mul"  # the label of Wikidata for all languages that have none of their own

# Codes of Wikimedia that are none of BCP 47, or another's; and codes of no language.
_TAGS = {
    "als": "gsw",
    "bat-smg": "sgs",
    "be-x-old": "be-tarask",
    "fiu-vro": "vro",
    "nrm": "nrf",
    "roa-rup": "rup",
    "simple": "en-simple",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
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


class DescribedItem(NamedTuple):
    """A city as its item describes it, and a remark for each of its partnerships."""

    city: ImportedCity
    remark: str | None


def id_of(entity: Mapping[str, Any]) -> str | None:
    """Return the id of an entity of any type, upper-case; None where it has none.

    `{"entity": "q1"}` and `{"entity": ["item", 1]}` are the forms of 2013.
    """
    id_ = entity.get("id") or entity.get("entity")
    if isinstance(id_, list) and len(id_) == 2:
        type_, number = id_
        letters = {"property": "P"}
        return f"{letters.get(str(type_), 'Q')}{number}".upper()
    return id_.upper() if isinstance(id_, str) else None


def is_item(entity: Mapping[str, Any]) -> bool:
    """Whether it is an item that exists, not a property, and not deleted or merged."""
    is_gone = bool({"missing", "redirect"} & entity.keys())
    return not is_gone and bool(re.fullmatch(r"Q[1-9]\d{0,11}", id_of(entity) or ""))


# -- The city -----------------------------------------------------------------


def describe_item(entity: Mapping[str, Any]) -> DescribedItem:
    """Return the item as a city, with all that it says of itself."""
    labels = _labels(entity)
    country, remark = _country(entity)
    own = _own_names(entity)
    spoken = _in_languages(labels, wikidata_items.languages(country))
    name, language = _name(labels, spoken | own)
    names = _in_languages(labels, LANGUAGES) | spoken | own
    known = {*names.values(), name}
    languages = {*LANGUAGES, *spoken, *own}
    is_new = partial(_is_new, name, language)
    city = ImportedCity(
        name=name,
        wikidata=id_of(entity),
        country=country,
        level=_level(entity),
        names=tuple(filter(is_new, names.items())),
        aliases=tuple(_aliases(entity, known, languages)),
        location=_location(entity),
        geonames=_geonames(entity),
    )
    return DescribedItem(city, remark)


def label(entity: Mapping[str, Any]) -> str | None:
    """Return the name of an item: in English, else in its own or another language."""
    return _name(_labels(entity), _own_names(entity))[0]


def _labels(entity: Mapping[str, Any]) -> dict[str, str]:
    """Return labels by language.

    `{"en": {"value": "Lyon"}}` is the form of today, `{"en": "Lyon"}` that of 2013.
    """
    stated = entity.get("labels") or entity.get("label") or {}
    labels: dict[str, str] = {}
    if isinstance(stated, dict):
        for tag, value in stated.items():
            text = next(_texts(value), None)
            if text:
                labels[tag] = text
    return labels


def _in_languages(
    labels: Mapping[str, str], languages: Sequence[str]
) -> dict[str, str]:
    """Return the labels in these languages, in their order."""
    return {tag: labels[tag] for tag in languages if tag in labels}


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a label or aliases: a text, `{"value": text}`, or a list."""
    if not isinstance(value, list):
        value = [value]
    for item in value:
        text = item
        if isinstance(item, dict):
            text = item.get("value")
        if isinstance(text, str) and text.strip():
            yield text.strip()


def _name(
    labels: Mapping[str, str], own: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Return the name and the language that it is in, None where that is not stated."""
    if "en" in labels:
        return labels["en"], "en"
    if DEFAULT in labels:
        return labels[DEFAULT], None
    known = {**own, **_in_languages(labels, LANGUAGES)}
    known = known or dict(sorted(labels.items()))
    for tag, text in known.items():
        return text, tag
    return None, None


def _is_new(
    name: str | None, language: str | None, in_language: tuple[str, str]
) -> bool:
    """Whether a name says more than the English one; the same in French does not."""
    tag, text = in_language
    return text != name or (tag == language and tag != "en")


def _own_names(entity: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for property_ in ("P1705", "P1448"):
        for value in main_values(entity, property_):
            text, language = text_of(value) or ("", None)
            if language and text.strip() and (tag := _tag(language)):
                names.setdefault(tag, text.strip())
    return names


def _tag(language: str) -> str | None:
    tag = _TAGS.get(language, language)
    if tag.split("-")[0] in _NO_LANGUAGE:
        return None
    return tag


def _aliases(
    entity: Mapping[str, Any], known: set[str | None], languages: set[str]
) -> Iterator[tuple[str, str | None]]:
    aliases = entity.get("aliases")
    if not isinstance(aliases, dict):
        return
    for language, value in aliases.items():
        if language in languages:
            for text in _texts(value):
                if text not in known:
                    known.add(text)
                    yield text, language


def _country(entity: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the code of the one country that it lies in, and a remark on several.

    Statements that ended are left out, as are normal ones beside preferred. A former
    state counts only where no present one is named; a country without a code is given
    by its item.
    """
    items = _unique(map(item_of, main_values(entity, "P17")))
    codes = _unique(map(wikidata_items.country_code, items))
    codes = codes or _unique(map(wikidata_items.former_state_code, items))
    if len(codes) == 1:
        return codes[0], None
    if codes:
        name = label(entity) or id_of(entity)
        return None, f"Wikidata gives {name} several countries: {', '.join(codes)}"
    return next(iter(items), None), None


def _unique(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that are not empty, each once and in their order."""
    return list(dict.fromkeys(filter(None, texts)))


def _level(entity: Mapping[str, Any]) -> str | None:
    """Return the level where its classes name one; none for a city that is a state."""
    classes = map(item_of, main_values(entity, "P31"))
    levels = {LEVELS[class_] for class_ in classes if class_ in LEVELS}
    if len(levels) != 1:
        return None
    return levels.pop()


def _geonames(entity: Mapping[str, Any]) -> str | None:
    """Return its id in GeoNames; none where a town and its district have one each."""
    values = main_values(entity, "P1566")
    ids = {value for value in values if isinstance(value, str)}
    if len(ids) == 1 and re.fullmatch(r"[1-9]\d*", min(ids)):
        return ids.pop()
    return None


def _location(entity: Mapping[str, Any]) -> tuple[float, float] | None:
    for value in main_values(entity, "P625"):
        if not isinstance(value, dict):
            continue
        globe = str(value.get("globe") or _EARTH)
        if globe.endswith(_EARTH) and _is_point(value):
            digits = _digits(value.get("precision"))
            latitude, longitude = value["latitude"], value["longitude"]
            return _degrees(latitude, digits), _degrees(longitude, digits)
    return None


def _is_point(value: Mapping[str, Any]) -> bool:
    latitude, longitude = value.get("latitude"), value.get("longitude")
    return _is_within(latitude, 90) and _is_within(longitude, 180)


def _is_within(degrees: Any, limit: int) -> bool:
    return isinstance(degrees, int | float) and abs(degrees) <= limit


def _degrees(value: float, digits: int) -> float:
    return round(value, digits) + 0.0  # never -0.0


def _digits(precision: Any) -> int:
    """Return the decimals of a point by its precision in degrees.

    A point to a second of arc has four.
    """
    if not isinstance(precision, int | float) or precision <= 0:
        return 6
    return min(max(math.ceil(-math.log10(precision)), 0), 6)


# -- Its partnerships ---------------------------------------------------------


def stated_partnerships(
    entity: Mapping[str, Any], item: DescribedItem, where: str
) -> Iterator[ImportedPartnership | SetAside]:
    """Yield each statement of P190 (twinned administrative body) as a partnership.

    One that is none is set aside with the reason.
    """
    city = ImportedCity(item.city.name, item.city.wikidata)
    for number, statement in enumerate(statements(entity, "P190"), 1):
        id_ = statement.get("id") or f"{city.wikidata} P190 no. {number}"
        place = f"{where}: {id_}"
        partner = item_of(value_of(statement.get("mainsnak")))
        why = _why_not(statement, partner)
        if why:
            yield SetAside(place, why)
        else:
            b = ImportedCity(None, partner)
            yield _partnership(statement, place, city, b, item.remark)


def _why_not(statement: Mapping[str, Any], partner: str | None) -> str | None:
    if statement.get("rank") == "deprecated":
        return "Wikidata has set the statement to deprecated: it is known to be wrong"
    kind = (statement.get("mainsnak") or {}).get("snaktype")
    if kind == "somevalue":
        return "Wikidata states a partner, but not which (unknown value)"
    if kind == "novalue":
        return "Wikidata states that there is no partner (no value)"
    if partner is None:
        return "its value is not a Wikidata item"
    return None


def _partnership(
    statement: Mapping[str, Any],
    where: str,
    a: ImportedCity,
    b: ImportedCity,
    remark: str | None,
) -> ImportedPartnership:
    remarks = list(filter(None, [remark]))
    start = _date(statement, "P580", "start", remarks)
    end = _date(statement, "P582", "end", remarks)
    is_over = end is None and has_ended(statement)
    if is_over:
        remarks.append("Wikidata states that the partnership ended, but gives no date")
    for value in filter(None, map(value_of, qualifiers(statement, "P585"))):
        moment = stated_time(value).edtf
        if moment:
            remarks.append(
                f"Wikidata states the partnership for {moment} (point in time)"
            )
    return ImportedPartnership(
        where=where,
        a=a,
        b=b,
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
    """Return the first date that qualifies a statement; the rest goes to remarks."""
    values = filter(None, map(value_of, qualifiers(statement, property_)))
    times = list(map(stated_time, values))
    dates = _unique(time.edtf for time in times)
    notes = filter(None, (time.remark for time in times))
    remarks += (f"Wikidata gives this as {word}: {note}" for note in notes)
    if len(dates) > 1:
        remarks.append(f"Wikidata also gives as {word}: {', '.join(dates[1:])}")
    return next(iter(dates), None)


# -- Its sources --------------------------------------------------------------


def _sources(statement: Mapping[str, Any]) -> Iterator[CitedSource]:
    """Yield the references of a statement: an address (P854), a work (P248), or both.

    Where it was imported from (a Wikipedia, P143) is no evidence and left out, as is
    when an address was looked up (P813).
    """
    for reference in statement.get("references") or ():
        values = {
            property_: list(map(value_of, snaks))
            for property_, snaks in (reference.get("snaks") or {}).items()
        }
        yield from _sources_of_reference(values)


def _sources_of_reference(values: Mapping[str, list[Any]]) -> Iterator[CitedSource]:
    """Yield a source for each address of a reference, or one for its work."""
    work = next(filter(None, map(item_of, values.get("P248", ()))), None)
    title, language = _title(values.get("P1476", ()))
    dates = map(stated_time, filter(None, values.get("P577", ())))
    date = next(dates, StatedTime(None)).edtf
    source = CitedSource(title or work or "", date=date, language=language)
    if work:
        source = source._replace(url=f"https://www.wikidata.org/wiki/{work}")
    addresses = list(filter(_is_address, values.get("P854", ())))
    for url in addresses:
        yield source._replace(title=source.title or title_of_address(url), url=url)
    if source.title and not addresses:
        yield source


def _title(values: Iterable[Any]) -> tuple[str | None, str | None]:
    for text, language in filter(None, map(text_of, values)):
        return text.strip() or None, _tag(language or "und")
    return None, None


def _is_address(url: Any) -> bool:
    return isinstance(url, str) and bool(re.fullmatch(r"[a-z]+://\S+", url))


def title_of_address(url: str) -> str:
    """Return an address without its scheme, the title of a page that has none."""
    address = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return address[:_CHARACTERS_OF_TITLE]
