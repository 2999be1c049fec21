"""Names of countries and regions, as people and lists write them in any language."""

from __future__ import annotations

import unicodedata

import pytest
from support import ROOT

from citylinks.geo.countries import all_countries, get_country
from citylinks.geo.groups import GROUPS
from citylinks.geo.names import (
    _key,
    _rows,
    country_codes,
    find_country,
    find_region,
    is_of_no_country_today,
    region_codes,
)
from citylinks.geo.other_names import NOT_OF_TODAY, READ_AS, SHARED_NAMES, SYNONYMS
from citylinks.geo.territories import find_territory

ALL_CODES = frozenset(country.code for country in all_countries())


def test_every_country_is_found_by_its_code_and_its_name() -> None:
    for country in all_countries():
        ascii_name = (
            unicodedata.normalize("NFD", country.name)
            .encode("ascii", "ignore")
            .decode()
        )
        spellings = (
            country.code,
            country.code.lower(),
            country.name,
            country.name.upper(),
        )
        for text in (
            *spellings,
            ascii_name,
            unicodedata.normalize("NFD", country.name),
        ):
            assert country_codes(text) == {country.code}, text


@pytest.mark.parametrize("table", [SHARED_NAMES, READ_AS, SYNONYMS])
def test_the_lists_by_hand_name_countries_and_hide_none(table: str) -> None:
    names = {_key(country.name) for country in all_countries()}
    codes = {_key(country.code) for country in all_countries()}
    for keys, others in _rows(table):
        assert set(keys.split(",")) <= ALL_CODES
        for other in others:
            assert _key(other) not in names | codes, other


def test_no_name_stands_in_two_lists_by_hand_for_two_countries() -> None:
    meant: dict[str, str] = {}
    for table in (SHARED_NAMES, READ_AS, SYNONYMS, NOT_OF_TODAY):
        for keys, others in _rows(table):
            for other in others:
                assert meant.setdefault(_key(other), keys) == keys, other


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("japan", "JP"),
        ("South Korea", "KR"),
        ("Russia", "RU"),
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("United States", "US"),
        ("the United States of America", "US"),
        ("U.S.A.", "US"),
        ("U.S.", "US"),
        ("uk", "GB"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("TÜRKİYE", "TR"),
        ("turkiye", "TR"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Côte d’Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Burma", "MM"),
        ("Palestine", "PS"),
        ("Taiwan", "TW"),
        ("no", "NO"),
        ("st", "ST"),
        ("St. Lucia", "LC"),
        ("The Gambia", "GM"),
        ("Guinea Bissau", "GW"),
        ("Trinidad & Tobago", "TT"),
        ("  new   zealand ", "NZ"),
    ],
)
def test_a_country_is_found_as_people_write_it(text: str, code: str) -> None:
    assert country_codes(text) == {code}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Korea", {"KP", "KR"}),
        ("congo", {"CD", "CG"}),
        ("Virgin Islands", {"VG", "VI"}),
    ],
)
def test_a_name_shared_by_countries_means_them_all(text: str, codes: set[str]) -> None:
    assert country_codes(text) == codes


@pytest.mark.parametrize(
    "text", ["", " ", "the", "saint", "xk", "Atlantis", "Asia", "Eastern Asia"]
)
def test_an_unknown_country_means_none(text: str) -> None:
    assert country_codes(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("asia", "142"),
        ("Eastern Asia", "030"),
        ("eastern-asia", "030"),
        ("EASTERN ASIA", "030"),
        ("south eastern asia", "035"),
        ("sub-saharan africa", "202"),
        ("latin-america-and-the-caribbean", "419"),
        ("Latin America & the Caribbean", "419"),
        ("the Americas", "019"),
        ("north america", "003"),
        ("northern america", "021"),
        ("antarctica", "010"),
    ],
)
def test_a_region_is_found_by_name_and_number(text: str, same: str) -> None:
    assert region_codes(text) == region_codes(same) != frozenset()


@pytest.mark.parametrize(
    "text", ["", " ", "30", "999", "392", "Atlantis", "Japan", "JP"]
)
def test_an_unknown_region_has_no_countries(text: str) -> None:
    assert region_codes(text) == frozenset()


# -- Everyday names ------------------------------------------------------------

IN_LANGUAGES = """
CN China Chine Cina 中国 中國 중국
JP Japan Japon Japón Giappone Japão 日本 일본 Nippon
DE Germany Allemagne Deutschland Alemania Germania Alemanha ドイツ 德国 德國 독일
FR France Frankreich Francia França フランス 法国 法國 프랑스
KR South_Korea Südkorea Corée_du_Sud Corea_del_Sur 韓国 韩国 南韓 대한민국 한국 ROK
KP North_Korea Nordkorea Corée_du_Nord Corea_del_Norte 北朝鮮 DPRK
US USA États-Unis Etats-Unis Vereinigte_Staaten Estados_Unidos Stati_Uniti EEUU EE.UU.
US アメリカ アメリカ合衆国 米国 美国 美國 미국 EUA U.S. the_States U._S._A.
GB UK Britain Great_Britain Royaume-Uni Reino_Unido イギリス 英国 英國 영국 U.K.
RU Russia Russie Russland Rusia Rússia Россия ロシア 俄罗斯 러시아
NL Netherlands the_Netherlands Holland Pays-Bas Niederlande Nederland オランダ 荷兰
CI Ivory_Coast Côte_d’Ivoire Cote_d'Ivoire Elfenbeinküste Costa_d’Avorio
MM Burma Myanmar Birmanie Birmania ミャンマー 缅甸 미얀마
CZ Czechia Czech_Republic République_tchèque Tschechien Česko チェコ 捷克
TR Turkey Türkiye turkiye TÜRKİYE Turquie Türkei Turquía トルコ
CH Switzerland Schweiz Suisse Svizzera Suiza スイス 瑞士 스위스
GR Greece Ελλάδα Grèce Griechenland Hellas
VN Vietnam Viet_Nam Việt_Nam ベトナム 越南 베트남
EG Egypt Égypte Ägypten مصر
UA Ukraine Україна
FI Finland Suomi
HU Hungary Magyarország Hongrie Ungarn
AT Austria Österreich Autriche
ES Spain España Espagne Spanien スペイン 西班牙
AE UAE United_Arab_Emirates Émirats_arabes_unis
TW Taiwan 台湾 臺灣
ZA South_Africa Afrique_du_Sud Südafrika RSA
CV Cabo_Verde Cape_Verde Cap-Vert
SZ Eswatini Swaziland
MK North_Macedonia Macedonia
LK Sri_Lanka Ceylon
FR FRA 250 French_Republic
DE Federal_Republic_of_Germany DEU
"""


@pytest.mark.parametrize("row", IN_LANGUAGES.strip().splitlines())
def test_a_country_is_known_by_its_names_in_many_languages(row: str) -> None:
    code, *names = row.split()
    for name in names:
        if not name.endswith("?"):
            assert find_country(name.replace("_", " ")) == (frozenset({code}), None), (
                name
            )
            assert find_territory(name.replace("_", " ")).code == code, name


# Natural Earth, the World Bank and the CIA.
IN_ATLASES = [
    ("Bosnia and Herz.", "BA"),
    ("Dem. Rep. Congo", "CD"),
    ("Dominican Rep.", "DO"),
    ("Central African Rep.", "CF"),
    ("Eq. Guinea", "GQ"),
    ("Solomon Is.", "SB"),
    ("Marshall Is.", "MH"),
    ("W. Sahara", "EH"),
    ("S. Sudan", "SS"),
    ("N. Mariana Is.", "MP"),
    ("Fr. Polynesia", "PF"),
    ("St. Kitts and Nevis", "KN"),
    ("Bahamas, The", "BS"),
    ("Gambia, The", "GM"),
    ("Korea, South", "KR"),
    ("Korea, Rep.", "KR"),
    ("Korea, Dem. People's Rep.", "KP"),
    ("Congo, Dem. Rep.", "CD"),
    ("Congo, Rep.", "CG"),
    ("Egypt, Arab Rep.", "EG"),
    ("Iran, Islamic Rep.", "IR"),
    ("Iran (Islamic Republic of)", "IR"),
    ("Yemen, Rep.", "YE"),
    ("Venezuela, RB", "VE"),
    ("Micronesia, Fed. Sts.", "FM"),
    ("Hong Kong SAR, China", "HK"),
    ("Virgin Islands (U.S.)", "VI"),
    ("Moldova, Republic of", "MD"),
    ("Netherlands (the)", "NL"),
]


@pytest.mark.parametrize(("text", "code"), IN_ATLASES)
def test_the_short_and_the_inverted_names_of_atlases(text: str, code: str) -> None:
    assert country_codes(text) == {code}
    assert find_territory(text).code == code


@pytest.mark.parametrize(
    ("text", "code", "reading"),
    [
        ("England", "GB", "United Kingdom"),
        ("Écosse", "GB", "United Kingdom"),
        ("America", "US", "United States"),
        ("DDR", "DE", "Germany"),
    ],
)
def test_a_name_of_more_or_less_says_how_it_is_read(
    text: str, code: str, reading: str
) -> None:
    assert find_country(text) == (frozenset({code}), reading)


@pytest.mark.parametrize("text", ["Korea", "Corée", "Corea", "korea"])
def test_korea_is_both_and_says_so(text: str) -> None:
    assert find_country(text) == (frozenset({"KP", "KR"}), "North Korea or South Korea")
    assert find_territory(text).code is None


@pytest.mark.parametrize(
    "text", ["USSR", "URSS", "Yugoslavia", "Tschechoslowakei", "Kosovo", "XK", "CS"]
)
def test_a_former_state_is_no_country_of_today(text: str) -> None:
    assert is_of_no_country_today(text)
    assert not country_codes(text)


# -- Regions in everyday names -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Southeast Asia", "035"),
        ("South East Asia", "035"),
        ("Asie du Sud-Est", "035"),
        ("東南アジア", "035"),
        ("East Asia", "030"),
        ("Ostasien", "030"),
        ("West Africa", "011"),
        ("North Africa", "015"),
        ("Europe de l'Ouest", "155"),
        ("Westeuropa", "155"),
        ("East Europe", "151"),
        ("欧州", "150"),
        ("Europa", "150"),
        ("Afrique", "002"),
        ("Amérique du Sud", "005"),
        ("南米", "005"),
        ("Central Africa", "017"),
        ("America", "019"),
    ],
)
def test_a_region_of_m49_by_its_everyday_names(text: str, number: str) -> None:
    assert find_region(text) == (region_codes(number), None)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Benelux", "BE LU NL"),
        ("scandinavia", "DK NO SE"),
        ("the Baltics", "EE LT LV"),
        ("Maghreb", "DZ LY MA MR TN"),
        ("ASEAN", "BN ID KH LA MM MY PH SG TH TL VN"),
        ("Visegrad", "CZ HU PL SK"),
        ("GCC", "AE BH KW OM QA SA"),
        ("Indochine", "KH LA VN"),
    ],
)
def test_a_group_of_countries(text: str, codes: str) -> None:
    codes_of_group, reading = find_region(text)
    assert codes_of_group == set(codes.split())
    assert reading


def test_the_same_group_by_its_names_in_other_languages() -> None:
    for texts in (
        ["EU", "European Union", "Union européenne", "Europäische Union", "UE", "欧盟"],
        ["Middle East", "Moyen-Orient", "Naher Osten", "Oriente Medio", "中東", "중동"],
        ["Latin America", "Amérique latine", "Lateinamerika", "拉丁美洲"],
        ["Eurozone", "euro area", "zone euro", "ユーロ圏"],
    ):
        assert len({find_region(text) for text in texts}) == 1
        assert find_region(texts[0]).reading


def test_the_middle_east_is_western_asia_with_egypt_and_iran() -> None:
    western = region_codes("Western Asia") - {"AM", "AZ", "GE"}
    assert region_codes("Middle East") == western | {"EG", "IR"}


def test_the_groups_have_as_many_members_as_they_say() -> None:
    numbers = {
        "European Union": 27, "Eurozone": 21, "Schengen area": 29, "Gulf states": 6,
        "Arab countries": 22, "ASEAN": 11, "G7": 7, "NATO": 32, "OECD": 38,
    }  # fmt: skip
    assert {name: len(region_codes(name)) for name in numbers} == numbers
    for group in GROUPS:
        assert region_codes(group.name) <= ALL_CODES
        assert group.reading
        assert group.basis


def test_no_country_is_a_region_too_but_micronesia_and_antarctica() -> None:
    both = [c.code for c in all_countries() if find_region(c.name).codes]
    assert [get_country(code).name for code in both] == ["Antarctica", "Micronesia"]  # type: ignore[union-attr]


def test_the_page_of_the_documentation_has_every_group() -> None:
    page = (ROOT / "docs" / "places.md").read_text(encoding="utf-8")
    rows = [
        f"| {group.name} | {group.reading} | {group.basis}"
        f" | {' '.join(sorted(region_codes(group.name)))} |"
        for group in GROUPS
    ]
    assert page.partition("|---|---|---|---|\n")[2].splitlines() == rows
