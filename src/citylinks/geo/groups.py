"""The regions that people ask for beyond those of UN M49, and what each is read as.

Membership is that of today, whatever time a question is about. `docs/places.md` has
this table too.
"""

from typing import NamedTuple


class CountryGroup(NamedTuple):
    """Countries that go by a name which UN M49 does not have.

    `reading` is what an answer says, `basis` who defines it so or since when it is so,
    `cldr` the code under which CLDR has its name in many languages.
    """

    name: str
    codes: str
    reading: str
    basis: str
    names: str = ""
    cldr: str = ""


_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_MIDDLE_EAST = "AE BH CY EG IL IQ IR JO KW LB OM PS QA SA SY TR YE"
_MAGHREB = "DZ LY MA MR TN"

GROUPS = (
    CountryGroup(
        "European Union",
        _EU,
        "the 27 member states of the European Union",
        "members since 1 February 2020",
        "EU | UE | E.U. | ЕС | EU 27",
        "EU",
    ),
    CountryGroup(
        "Eurozone",
        "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK",
        "the 21 countries of the euro area",
        "members since 1 January 2026",
        "Euro area | Eurozone",
        "EZ",
    ),
    CountryGroup(
        "Schengen area",
        "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT"
        " RO SE SI SK",
        "the 29 countries of the Schengen area",
        "members since 1 January 2025",
        "Schengen | Espace Schengen | Schengenraum | Spazio Schengen"
        " | Espacio Schengen",
    ),
    CountryGroup(
        "Benelux",
        "BE LU NL",
        "Belgium, the Netherlands and Luxembourg",
        "the Benelux Union",
        "Bénélux | ベネルクス | 比荷卢 | 荷比卢 | 베네룩스",
    ),
    CountryGroup(
        "Scandinavia",
        "DK NO SE",
        "Denmark, Norway and Sweden",
        "the narrow sense; 'Nordic countries' has Finland and Iceland too",
        "Scandinavie | Skandinavien | Escandinavia | Escandinávia | スカンジナビア"
        " | スカンディナヴィア | 斯堪的纳维亚 | 斯堪地那維亞 | 스칸디나비아",
    ),
    CountryGroup(
        "Nordic countries",
        "AX DK FI FO GL IS NO SE",
        "Denmark, Finland, Iceland, Norway and Sweden, with their autonomous areas",
        "the Nordic Council",
        "Nordics | Nordic | Norden | Pays nordiques | Nordische Länder"
        " | Países nórdicos | Paesi nordici | 北欧諸国 | 北欧国家",
    ),
    CountryGroup(
        "Baltic states",
        "EE LT LV",
        "Estonia, Latvia and Lithuania",
        "general usage",
        "Baltics | Baltic countries | Pays baltes | Baltikum | Países bálticos"
        " | Paesi baltici | バルト三国 | 波罗的海三国 | 波羅的海三國 | 발트 3국",
    ),
    CountryGroup(
        "Central Europe",
        "AT CH CZ DE HU LI PL SI SK",
        "Austria, Czechia, Germany, Hungary, Liechtenstein, Poland, Slovakia, Slovenia"
        " and Switzerland",
        "general usage; no authority defines it",
        "Europe centrale | Mitteleuropa | Zentraleuropa | Europa central"
        " | Europa centrale | 中央ヨーロッパ | 中欧 | 中歐 | 중부 유럽 | 중앙유럽",
    ),
    CountryGroup(
        "Balkans",
        "AL BA BG GR HR ME MK RO RS SI",
        "Albania, Bosnia and Herzegovina, Bulgaria, Croatia, Greece, Montenegro, North"
        " Macedonia, Romania, Serbia and Slovenia",
        "Encyclopaedia Britannica, with Greece; Kosovo has no code",
        "Balkan | Balcanes | Balcani | Balcãs | バルカン | バルカン半島 | 巴尔干"
        " | 巴爾幹 | 발칸",
    ),
    CountryGroup(
        "Western Balkans",
        "AL BA ME MK RS",
        "Albania, Bosnia and Herzegovina, Montenegro, North Macedonia and Serbia",
        "the European Union's usage; Kosovo has no code",
        "Balkans occidentaux | Westbalkan | Balcanes occidentales"
        " | Balcani occidentali",
    ),
    CountryGroup(
        "Visegrád Group",
        "CZ HU PL SK",
        "Czechia, Hungary, Poland and Slovakia",
        "the Visegrád Group",
        "Visegrád | V4",
    ),
    CountryGroup(
        "DACH",
        "AT CH DE",
        "Germany, Austria and Switzerland",
        "general usage",
        "D-A-CH",
    ),
    CountryGroup(
        "British Isles",
        "GB GG IE IM JE",
        "the United Kingdom, Ireland, the Isle of Man, Guernsey and Jersey",
        "general usage",
        "Îles Britanniques | Britische Inseln | Islas Británicas | Isole britanniche",
    ),
    CountryGroup(
        "Iberian Peninsula",
        "AD ES GI PT",
        "Spain, Portugal, Andorra and Gibraltar",
        "general usage",
        "Iberia | Péninsule Ibérique | Iberische Halbinsel | Península Ibérica"
        " | Penisola iberica | イベリア半島",
    ),
    CountryGroup(
        "South Caucasus",
        "AM AZ GE",
        "Armenia, Azerbaijan and Georgia",
        "general usage",
        "Caucasus | Transcaucasia | Caucase | Kaukasus | Cáucaso | Caucaso"
        " | コーカサス | 高加索",
    ),
    CountryGroup(
        "Middle East",
        _MIDDLE_EAST,
        "UN M49 Western Asia without Armenia, Azerbaijan and Georgia, with Egypt and"
        " Iran",
        "general usage; no authority defines it",
        "Mideast | Near East | Moyen-Orient | Proche-Orient | Naher Osten | Nahost"
        " | Mittlerer Osten | Oriente Medio | Oriente Próximo | Medio Oriente"
        " | Oriente Médio | Médio Oriente | 中東 | 中东 | 중동",
    ),
    CountryGroup(
        "Gulf states",
        "AE BH KW OM QA SA",
        "the six members of the Gulf Cooperation Council",
        "members since 1981",
        "GCC | Gulf | Gulf countries | Pays du Golfe | Golfstaaten | Países del Golfo"
        " | Paesi del Golfo | 湾岸諸国 | 海湾国家",
    ),
    CountryGroup(
        "Arab countries",
        "AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE",
        "the 22 members of the Arab League",
        "members since 1993",
        "Arab League | Arab world | Arab states | Monde arabe | Pays arabes"
        " | Ligue arabe | Arabische Länder | Países árabes | Mundo árabe | Paesi arabi"
        " | アラブ諸国 | 阿拉伯国家",
    ),
    CountryGroup(
        "Maghreb",
        _MAGHREB,
        "Algeria, Libya, Mauritania, Morocco and Tunisia",
        "the Arab Maghreb Union, since 1989",
        "Magreb | マグリブ | マグレブ | 马格里布 | 馬格里布 | 마그레브",
    ),
    CountryGroup(
        "Middle East and North Africa",
        f"{_MIDDLE_EAST} {_MAGHREB}",
        "UN M49 Western Asia without Armenia, Azerbaijan and Georgia, with Iran, Egypt"
        " and the Maghreb",
        "general usage; no authority defines it",
        "MENA | Moyen-Orient et Afrique du Nord",
    ),
    CountryGroup(
        "Horn of Africa",
        "DJ ER ET SO",
        "Djibouti, Eritrea, Ethiopia and Somalia",
        "general usage",
        "Corne de l'Afrique | Horn von Afrika | Cuerno de África | Corno d'Africa",
    ),
    CountryGroup(
        "Latin America",
        "419",
        "UN M49 Latin America and the Caribbean",
        "UN M49, which has no Latin America alone",
        "Amérique latine | América Latina | LatAm | 中南米",
        "419",
    ),
    CountryGroup(
        "Mercosur",
        "AR BO BR PY UY",
        "Argentina, Bolivia, Brazil, Paraguay and Uruguay",
        "members since 2024; Venezuela is suspended",
        "Mercosul",
    ),
    CountryGroup(
        "ASEAN",
        "BN ID KH LA MM MY PH SG TH TL VN",
        "the 11 member states of ASEAN",
        "members since 26 October 2025",
        "ANASE | ANSEA | アセアン | 東南アジア諸国連合 | 东盟 | 東協 | 东南亚国家联盟"
        " | 아세안",
    ),
    CountryGroup(
        "Far East",
        "030 035",
        "UN M49 Eastern Asia and South-eastern Asia",
        "general usage; no authority defines it",
        "Extrême-Orient | Ferner Osten | Extremo Oriente | Lejano Oriente"
        " | Estremo Oriente | 極東 | 远东 | 遠東 | 극동",
    ),
    CountryGroup(
        "Greater China",
        "CN HK MO TW",
        "China, Hong Kong, Macao and Taiwan",
        "general usage",
        "大中华 | 大中華",
    ),
    CountryGroup(
        "Indochina",
        "KH LA VN",
        "Cambodia, Laos and Vietnam",
        "general usage, after former French Indochina",
        "Indochine | Indochine française | Indochina Peninsula | インドシナ | 印度支那",
    ),
    CountryGroup(
        "Pacific Islands",
        "054 057 061",
        "UN M49 Melanesia, Micronesia and Polynesia",
        "general usage",
        "Pacific | South Pacific | Pacifique | Pazifik | Pacífico | Pacifico"
        " | 太平洋諸島",
    ),
    CountryGroup(
        "Asia-Pacific",
        "030 034 035 009",
        "UN M49 Eastern, South-eastern and Southern Asia, and Oceania",
        "general usage; no authority defines it",
        "APAC | Asie-Pacifique | Asien-Pazifik | Asia-Pacífico | Asia Pacifico"
        " | アジア太平洋 | 亚太 | 亞太",
    ),
    CountryGroup(
        "G7",
        "CA DE FR GB IT JP US",
        "the seven countries of the G7",
        "members since 2014",
        "Group of Seven",
    ),
    CountryGroup(
        "NATO",
        "AL BE BG CA CZ DE DK EE ES FI FR GB GR HR HU IS IT LT LU LV ME MK NL NO PL PT"
        " RO SE SI SK TR US",
        "the 32 members of NATO",
        "members since 7 March 2024",
        "OTAN",
    ),
    CountryGroup(
        "OECD",
        "AT AU BE CA CH CL CO CR CZ DE DK EE ES FI FR GB GR HU IE IL IS IT JP KR LT LU"
        " LV MX NL NO NZ PL PT SE SI SK TR US",
        "the 38 members of the OECD",
        "members since 2021",
        "OCDE | OCSE",
    ),
)
