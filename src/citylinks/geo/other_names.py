"""What people call countries beside their names in `country_table`: kept by hand.

A row has the codes of what is meant, then names, abbreviations and codes of others.
`names_in_languages.txt` has the names in other languages, which are those of CLDR.
"""

# The same country by another name, in any language.
SYNONYMS = """
AE UAE | Emirates
AG Antigua and Barb.
BA Bosnia | Bosnia and Herz. | Bosnie | Bosnien
BA Bosnien-Herzegowina | ボスニア | 波黑
BF Upper Volta | Haute-Volta
BQ Bonaire, Sint Eustatius and Saba
BY Byelorussia | Weißrussland
CC Cocos Islands
CD DR Congo | DRC | RDC | RD Congo | Zaire | ZR
CI Ivory Coast | Elfenbeinküste | Costa de Marfil
CN PRC | People's Republic of China | Mainland China | Volksrepublik China | Zhongguo
CN 中华人民共和国 | 中華人民共和国 | 中華人民共和國
CZ Czech Republic | République tchèque | Tschechische Republik | República Checa
CZ Repubblica Ceca
DE BRD | FRG | Bundesrepublik | Bundesrepublik Deutschland
FO Faeroe Islands | Faeroes
FK Falklands | Falkland Islands (Malvinas)
FM Federated States of Micronesia | Micronesia, Fed. Sts.
GB Britain | Great Britain | UK | Grande-Bretagne | Gran Bretagna | Gran Bretaña
GB Grã-Bretanha | Großbritannien
GR Hellas | Ellada | EL
GS S. Geo. and the Is.
HK Hong Kong SAR | CN-HK | 香港 | ホンコン | 홍콩
HM Heard I. and McDonald Is.
IE Republic of Ireland
IN Bharat
IO Br. Indian Ocean Ter.
IR Persia | Perse | Persien
JP Nippon | Nihon | にほん
KG Kyrgyz Republic | Kirghizia
KH Kampuchea
KP DPRK | Democratic People's Republic of Korea | N. Korea | 朝鮮民主主義人民共和国
KP 조선민주주의인민공화국 | 조선
KR ROK | Republic of Korea | Republik Korea | 한국 | 남한 | 韓國
LA Lao PDR
LK Ceylon | Ceylan
MD Moldawien
MK Macedonia | Macédoine | Mazedonien | FYROM | Macedonia, FYR
MM BU | Birmanien
MO Macau | Macao SAR | CN-MO | 澳門 | 澳门 | マカオ | 마카오
NL Holland | Hollande | Holanda | Olanda
PG PNG
PN Pitcairn
PS State of Palestine | Palestinian Authority | Palestinian Territory
PS Occupied Palestinian Territory | West Bank and Gaza | Palästina | Palestina
PS Palästinensische Autonomiebehörde | パレスチナ | 巴勒斯坦 | 팔레스타인
RU Russian Federation
SA KSA | Saudi
SJ Svalbard
SK Slovak Republic
SZ Swaziland | Swasiland
TF Fr. S. Antarctic Lands
TH Siam | ประเทศไทย
TL East Timor | Timor | TP
TW 臺灣 | ROC | Republic of China | Republik China | Taiwan, Province of China | CN-TW
TW 中華民國 | 中華民国
US USA | United States of America | The States | EUA | EE. UU.
US Estados Unidos de América
US États-Unis d'Amérique | Vereinigte Staaten von Amerika | Stati Uniti d'America
US アメリカ | 米国
VA Vatican | Holy See | Vatikan
VC St. Vin. and Gren.
VE Venezuela, RB
VI United States Virgin Islands | Virgin Islands (U.S.)
WF Wallis and Futuna Is.
ZA RSA | Suid-Afrika
"""

# What is not quite the country that it is read as: a part of it, a wider word, a state
# that has become part of it. An answer says how it was read.
READ_AS = """
DE East Germany | GDR | German Democratic Republic | DDR | DD | RDA
DE Deutsche Demokratische Republik | Allemagne de l'Est | Ostdeutschland
DE West Germany | Allemagne de l'Ouest | Westdeutschland
GB England | Angleterre | Inglaterra | Inghilterra | イングランド | 잉글랜드 | 英格兰
GB Scotland | Écosse | Schottland | Escocia | Scozia | スコットランド
GB Wales | Pays de Galles | Gales | Galles | ウェールズ
GB GB-ENG | GB-NIR | GB-SCT | GB-WLS
GB Northern Ireland | Irlande du Nord | Nordirland | Irlanda del Norte
US America | Amérique | Amerika
"""

# Names that several countries share. An answer about them is about each of these; an
# import leaves the country of a city open.
SHARED_NAMES = """
CD,CG Congo | Kongo | コンゴ | 콩고 | 刚果 | 剛果
KP,KR Korea | Corée | Corea | Coreia | コリア | 朝鮮半島
VG,VI Virgin Islands | Îles Vierges | Jungferninseln | Islas Vírgenes | Isole Vergini
"""

# States with several successors, and a place that ISO 3166-1 does not list.
NOT_OF_TODAY = """
- Soviet Union | Sowjetunion | UdSSR | URSS | USSR | Union soviétique | СССР | ソ連 | SU
- Yugoslavia | Jugoslawien | Yougoslavie | Yugoslavia | Jugoslavia | YU
- Czechoslovakia | Tschechoslowakei | Tchécoslovaquie | Checoslovaquia | CS
- Serbia and Montenegro | Serbien und Montenegro | Serbie-et-Monténégro
- Kosovo | XK | XKX
"""

# Other names of the regions of UN M49, by number.
REGION_SYNONYMS = """
017 Central Africa | Afrique centrale | Zentralafrika
019 America | Amérique
003 北米
005 南米 | 南美 | 남미
013 中米 | 中美
030 East Asia | Asie orientale
035 SE Asia
150 欧州
053 Australasia
145 South West Asia
419 Latin America and Caribbean | LAC
"""
