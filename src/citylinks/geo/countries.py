"""The countries of ISO 3166-1, their everyday English names, and their regions by UN
M49.

A record holds only a country's code; its name and region follow from the table below.
M49 does not list Taiwan, which stands here in Eastern Asia, and puts Antarctica in no
region, so that it is its own. Kosovo's XK is not an ISO 3166-1 code and is left out.
"""

from functools import cache
from typing import NamedTuple

# A block is a region: its M49 number and name, after "<" the numbers of the regions it
# lies in, and below them its countries. All of them lead up to one top-level region;
# 003 is the continent of North America, which M49 defines across its usual levels.
_TABLE = """
002 Africa

015 Northern Africa < 002
DZ=Algeria; EG=Egypt; EH=Western Sahara; LY=Libya; MA=Morocco; SD=Sudan; TN=Tunisia

202 Sub-Saharan Africa < 002

014 Eastern Africa < 202
BI=Burundi; DJ=Djibouti; ER=Eritrea; ET=Ethiopia; IO=British Indian Ocean Territory; KE=Kenya;
KM=Comoros; MG=Madagascar; MU=Mauritius; MW=Malawi; MZ=Mozambique; RE=Réunion; RW=Rwanda;
SC=Seychelles; SO=Somalia; SS=South Sudan; TF=French Southern Territories; TZ=Tanzania;
UG=Uganda; YT=Mayotte; ZM=Zambia; ZW=Zimbabwe

017 Middle Africa < 202
AO=Angola; CD=Democratic Republic of the Congo; CF=Central African Republic;
CG=Republic of the Congo; CM=Cameroon; GA=Gabon; GQ=Equatorial Guinea;
ST=São Tomé and Príncipe; TD=Chad

018 Southern Africa < 202
BW=Botswana; LS=Lesotho; NA=Namibia; SZ=Eswatini; ZA=South Africa

011 Western Africa < 202
BF=Burkina Faso; BJ=Benin; CI=Côte d'Ivoire; CV=Cape Verde; GH=Ghana; GM=Gambia; GN=Guinea;
GW=Guinea-Bissau; LR=Liberia; ML=Mali; MR=Mauritania; NE=Niger; NG=Nigeria;
SH=Saint Helena, Ascension and Tristan da Cunha; SL=Sierra Leone; SN=Senegal; TG=Togo

019 Americas

003 North America < 019

419 Latin America and the Caribbean < 019

029 Caribbean < 419 003
AG=Antigua and Barbuda; AI=Anguilla; AW=Aruba; BB=Barbados; BL=Saint Barthélemy;
BQ=Caribbean Netherlands; BS=Bahamas; CU=Cuba; CW=Curaçao; DM=Dominica; DO=Dominican Republic;
GD=Grenada; GP=Guadeloupe; HT=Haiti; JM=Jamaica; KN=Saint Kitts and Nevis; KY=Cayman Islands;
LC=Saint Lucia; MF=Saint Martin; MQ=Martinique; MS=Montserrat; PR=Puerto Rico; SX=Sint Maarten;
TC=Turks and Caicos Islands; TT=Trinidad and Tobago; VC=Saint Vincent and the Grenadines;
VG=British Virgin Islands; VI=U.S. Virgin Islands

013 Central America < 419 003
BZ=Belize; CR=Costa Rica; GT=Guatemala; HN=Honduras; MX=Mexico; NI=Nicaragua; PA=Panama;
SV=El Salvador

005 South America < 419
AR=Argentina; BO=Bolivia; BR=Brazil; BV=Bouvet Island; CL=Chile; CO=Colombia; EC=Ecuador;
FK=Falkland Islands; GF=French Guiana; GS=South Georgia and the South Sandwich Islands;
GY=Guyana; PE=Peru; PY=Paraguay; SR=Suriname; UY=Uruguay; VE=Venezuela

021 Northern America < 003
BM=Bermuda; CA=Canada; GL=Greenland; PM=Saint Pierre and Miquelon; US=United States

010 Antarctica
AQ=Antarctica

142 Asia

143 Central Asia < 142
KG=Kyrgyzstan; KZ=Kazakhstan; TJ=Tajikistan; TM=Turkmenistan; UZ=Uzbekistan

030 Eastern Asia < 142
CN=China; HK=Hong Kong; JP=Japan; KP=North Korea; KR=South Korea; MN=Mongolia; MO=Macao; TW=Taiwan

035 South-eastern Asia < 142
BN=Brunei; ID=Indonesia; KH=Cambodia; LA=Laos; MM=Myanmar; MY=Malaysia; PH=Philippines;
SG=Singapore; TH=Thailand; TL=Timor-Leste; VN=Vietnam

034 Southern Asia < 142
AF=Afghanistan; BD=Bangladesh; BT=Bhutan; IN=India; IR=Iran; LK=Sri Lanka; MV=Maldives; NP=Nepal;
PK=Pakistan

145 Western Asia < 142
AE=United Arab Emirates; AM=Armenia; AZ=Azerbaijan; BH=Bahrain; CY=Cyprus; GE=Georgia; IL=Israel;
IQ=Iraq; JO=Jordan; KW=Kuwait; LB=Lebanon; OM=Oman; PS=Palestine; QA=Qatar; SA=Saudi Arabia;
SY=Syria; TR=Turkey; YE=Yemen

150 Europe

151 Eastern Europe < 150
BG=Bulgaria; BY=Belarus; CZ=Czechia; HU=Hungary; MD=Moldova; PL=Poland; RO=Romania; RU=Russia;
SK=Slovakia; UA=Ukraine

154 Northern Europe < 150
AX=Åland Islands; DK=Denmark; EE=Estonia; FI=Finland; FO=Faroe Islands; GB=United Kingdom;
GG=Guernsey; IE=Ireland; IM=Isle of Man; IS=Iceland; JE=Jersey; LT=Lithuania; LV=Latvia;
NO=Norway; SE=Sweden; SJ=Svalbard and Jan Mayen

039 Southern Europe < 150
AD=Andorra; AL=Albania; BA=Bosnia and Herzegovina; ES=Spain; GI=Gibraltar; GR=Greece; HR=Croatia;
IT=Italy; ME=Montenegro; MK=North Macedonia; MT=Malta; PT=Portugal; RS=Serbia; SI=Slovenia;
SM=San Marino; VA=Vatican City

155 Western Europe < 150
AT=Austria; BE=Belgium; CH=Switzerland; DE=Germany; FR=France; LI=Liechtenstein; LU=Luxembourg;
MC=Monaco; NL=Netherlands

009 Oceania

053 Australia and New Zealand < 009
AU=Australia; CC=Cocos (Keeling) Islands; CX=Christmas Island;
HM=Heard Island and McDonald Islands; NF=Norfolk Island; NZ=New Zealand

054 Melanesia < 009
FJ=Fiji; NC=New Caledonia; PG=Papua New Guinea; SB=Solomon Islands; VU=Vanuatu

057 Micronesia < 009
FM=Micronesia; GU=Guam; KI=Kiribati; MH=Marshall Islands; MP=Northern Mariana Islands; NR=Nauru;
PW=Palau; UM=U.S. Minor Outlying Islands

061 Polynesia < 009
AS=American Samoa; CK=Cook Islands; NU=Niue; PF=French Polynesia; PN=Pitcairn Islands; TK=Tokelau;
TO=Tonga; TV=Tuvalu; WF=Wallis and Futuna; WS=Samoa
"""

# Other names people use, with every code the name may mean.
_SYNONYMS = {
    "America": "US",
    "Bonaire, Sint Eustatius and Saba": "BQ",
    "Bosnia": "BA",
    "Bosnia-Herzegovina": "BA",
    "Britain": "GB",
    "Brunei Darussalam": "BN",
    "Burma": "MM",
    "Cabo Verde": "CV",
    "Cocos Islands": "CC",
    "Congo": "CD CG",
    "Congo-Brazzaville": "CG",
    "Congo-Kinshasa": "CD",
    "Czech Republic": "CZ",
    "DPRK": "KP",
    "DR Congo": "CD",
    "DRC": "CD",
    "East Timor": "TL",
    "Falklands": "FK",
    "Federated States of Micronesia": "FM",
    "Great Britain": "GB",
    "Holland": "NL",
    "Holy See": "VA",
    "Ivory Coast": "CI",
    "Korea": "KP KR",
    "Kyrgyz Republic": "KG",
    "Lao PDR": "LA",
    "Macau": "MO",
    "Macedonia": "MK",
    "People's Republic of China": "CN",
    "Pitcairn": "PN",
    "PRC": "CN",
    "Republic of Ireland": "IE",
    "Republic of Korea": "KR",
    "Russian Federation": "RU",
    "Saint Helena": "SH",
    "Slovak Republic": "SK",
    "State of Palestine": "PS",
    "Svalbard": "SJ",
    "Swaziland": "SZ",
    "Türkiye": "TR",
    "UAE": "AE",
    "UK": "GB",
    "United States of America": "US",
    "United States Virgin Islands": "VI",
    "USA": "US",
    "Vatican": "VA",
    "Viet Nam": "VN",
    "Virgin Islands": "VG VI",
}

# What is typed differently for the same name: the accents of the table's names, the
# combining marks of decomposed text, apostrophes, dots and dashes.
_SAME_LETTERS = str.maketrans(
    dict(zip("ãåçéíôü", "aaceiou", strict=True))
    | {chr(mark): "" for mark in range(0x300, 0x370)}
    | dict.fromkeys(".'`´ʼ‘’", "")
    | dict.fromkeys("-_,()‐‑–", " ")
    | {"&": " and "}
)


class Country(NamedTuple):
    """A country or territory with an ISO 3166-1 code, placed in M49's widest and
    narrowest region.

    Guernsey and Jersey are in Northern Europe; M49's own group for the two of them is
    not kept.
    """

    code: str
    name: str
    region: str
    subregion: str


class _Region(NamedTuple):
    """A block of the table, its countries as names by code."""

    number: str
    name: str
    parents: tuple[str, ...]
    members: dict[str, str]


def get(code: str) -> Country | None:
    """Return the country with exactly this upper-case code."""
    return _countries_by_code().get(code)


def region_of(code: str | None) -> str | None:
    """Return the most detailed UN M49 region of a country, or None for no code of ISO
    3166-1.
    """
    found = get(code) if code else None
    return found.subregion if found else None


def countries() -> tuple[Country, ...]:
    """Return every country, ordered by code."""
    return tuple(_countries_by_code().values())


def country_codes(text: str) -> frozenset[str]:
    """Return the codes a code or English name may mean: several for a name such as
    Congo.
    """
    return _codes_by_country_text().get(_fold(text), frozenset())


def region_codes(text: str) -> frozenset[str]:
    """Return the codes of the countries in the region with this M49 name or three-digit
    number.
    """
    return _codes_by_region_text().get(_fold(text), frozenset())


def region_names() -> tuple[str, ...]:
    """Return the names of the regions of every level, a wider one before those within
    it.
    """
    return tuple(region.name for region in _regions().values())


def _fold(text: str) -> str:
    """Reduce a name to what all the usual ways of typing it share."""
    folded = " ".join(text.casefold().translate(_SAME_LETTERS).split())
    folded = folded.removeprefix("the ")
    return f"saint {folded[3:]}" if folded.startswith("st ") else folded


@cache
def _regions() -> dict[str, _Region]:
    """Return the table's regions by number, in its order."""
    regions = [_parse_region(block) for block in _TABLE.strip().split("\n\n")]
    return {region.number: region for region in regions}


def _parse_region(block: str) -> _Region:
    """Read one block of the table."""
    head, *lines = block.splitlines()
    title, _, parents = head.partition(" < ")
    number, name = title.split(" ", 1)
    pairs = [pair.strip() for pair in " ".join(lines).split(";") if pair.strip()]
    return _Region(
        number, name, tuple(parents.split()), dict(pair.split("=") for pair in pairs)
    )


def _lineage(region: _Region) -> list[_Region]:
    """Return the region and all it lies in, the last being the top-level one."""
    wider = [_regions()[number] for number in region.parents]
    return [region] + [found for parent in wider for found in _lineage(parent)]


@cache
def _countries_by_code() -> dict[str, Country]:
    """Place each country of the table, ordered by code."""
    placed = [
        Country(code, name, _lineage(region)[-1].name, region.name)
        for region in _regions().values()
        for code, name in region.members.items()
    ]
    return {
        country.code: country for country in sorted(placed, key=lambda item: item.code)
    }


@cache
def _codes_by_country_text() -> dict[str, frozenset[str]]:
    """Index every code, name and synonym in its folded form."""
    index = {_fold(name): frozenset(codes.split()) for name, codes in _SYNONYMS.items()}
    for country in countries():
        index[_fold(country.code)] = index[_fold(country.name)] = frozenset(
            {country.code}
        )
    return index


@cache
def _codes_by_region_text() -> dict[str, frozenset[str]]:
    """Index the codes in each region under its number and its folded name."""
    index: dict[str, frozenset[str]] = {}
    for region in _regions().values():
        for wider in _lineage(region):
            codes = index.get(wider.number, frozenset()) | region.members.keys()
            index[wider.number] = index[_fold(wider.name)] = codes
    return index
