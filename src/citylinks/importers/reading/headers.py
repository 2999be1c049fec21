"""The one list of header words: what columns are called, for all importers.

Three importers look columns up here. `pairs` asks whether a first row is a header,
queries of Wikidata compare whole names, and the guess of a map compares the words of a
name, in the languages that such tables are in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from citylinks.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain_header(name: str) -> str:
    """Return a name as the whole names below are written: lower case, without gaps."""
    return name.casefold().replace("_", "").replace(" ", "")


# -- Whole names --------------------------------------------------------------

# The first city of a row, and the second; what stands first here is looked for first.
FIRST_CITY = (
    "item", "a", "city", "citya", "city1", "item1", "place", "town", "subject", "from",
    "source",
)  # fmt: skip
SECOND_CITY = (
    "partner", "b", "twin", "sister", "cityb", "city2", "item2", "sistercity",
    "twintown", "partnercity", "partnertown", "object", "to", "target",
)  # fmt: skip
LABEL = ("label", "name")
COUNTRY_CODE = ("countrycode", "countryiso", "iso", "iso2")
COUNTRY = ("country", "countrylabel", "countryname", "land", "pays")
POINT = ("coord", "coords", "coordinate", "coordinates", "location", "point", "geo")
START = ("start", "starttime", "startdate", "since", "begin", "date", "p580")
END = ("end", "endtime", "enddate", "until", "p582")
STATEMENT = ("statement", "st", "stmt")
ADDRESS = ("reference", "ref", "refurl", "referenceurl", "url", "p854")

_PAIR = frozenset(
    (*FIRST_CITY, *SECOND_CITY, *LABEL, "id", "itemlabel", "node", "node1", "node2",
     "wikidata")
)  # fmt: skip


def is_header_of_pairs(cells: Sequence[str]) -> bool:
    """Whether a row says what its two columns are, and is no pair itself."""
    return all(plain_header(cell) in _PAIR for cell in cells)


# -- Words of a name ----------------------------------------------------------

# The words for each key of a map; the end of a compound counts too, as in
# `partnergemeinde`. A key that stands first here is looked for first.
_WORDS = {
    "latitude": "latitude lat breite breitengrad latitud latitudine",
    "longitude": "longitude lon lng long lange langengrad longitud longitudine",
    "wikidata": "wikidata qid item",
    "geonames": "geonames geonameid",
    "apart": "plz postleitzahl postcode zip zipcode postal postale cap insee ags nuts",
    "subdivision": "state province region bundesland departement department county"
    " provincia regione prefecture canton kanton wojewodztwo voivodeship"
    " 都道府県 省 州",
    "country": "country nation land staat pays pais paese kraj zeme orszag 国 国名 国家"
    " страна",
    "level": "level ebene niveau nivel livello poziom",
    "status": "status statut estado stato zustand 状態",
    "themes": "theme themes topic topics field fields sector sectors thema themen"
    " bereich domaine tema temas ambito 分野",
    "url": "url link website web",
    "title": "source quelle fonte fuente zrodlo bron",
    "note": "note notes comment comments remark remarks bemerkung anmerkung remarque"
    " nota 備考",
    "end": "end until to bis ende fin jusqu hasta fine ended expiry do",
    "start": "start since begin from year date seit jahr datum beginn von depuis annee"
    " desde ano dal dall data anno rok signed established founded 締結日 提携年月日"
    " 提携年 年月日 年",
    "kind": "kind type form art typ forme tipo category kategorie nature relationship"
    " relation rodzaj 種別",
    "name": "name city town municipality municipalities commune communes place stadt"
    " gemeinde kommune ort ville ciudad municipio citta comune miasto gmina cidade"
    " plaats gemeente 都市 都市名 自治体 自治体名 城市 город twin twintown sister"
    " partner partnerstadt",
}
WORDS_BY_KEY = {key: tuple(words.split()) for key, words in _WORDS.items()}

# What says that a column is of the other city, or of the one whose list it is.
OF_THE_OTHER = (
    "partner", "partenair", "twin", "sister", "other", "foreign", "target", "jumele",
    "hermana", "gemell", "姉妹", "友好", "相手",
)  # fmt: skip
OF_ITS_OWN = ("own", "home", "source")
SIDES = {"a": "a", "1": "a", "b": "b", "2": "b", "from": "a", "to": "b"}


# -- Words in a column of kinds -----------------------------------------------

_KINDS = {
    "partner-city": "partnerschaft, stadtepartnerschaft, partnerstadt, partenariat,"
    " partnership, partner, partner city",
    "sister-city": "sister city, sister cities, twin town, twin towns, twinning,"
    " jumelage, hermanamiento, gemellaggio, 姉妹都市",
    "friendship-city": "freundschaft, friendship, friendship city, amitie, 友好都市",
    "cooperation": "kooperation, cooperation",
    "contact": "kontakt, contact",
}


def kind_called(text: str) -> str | None:
    """Return the kind of partnership that a text means, as far as that is no doubt."""
    folded = fold(text)
    for kind, words in _KINDS.items():
        if folded in words.split(", "):
            return kind
    return None
