"""The table of countries: codes, names, regions, items of Wikidata and languages.

It is data alone; the other modules of this room read it. Codes are those of ISO 3166-1,
names the everyday English ones, regions those of UN M49. M49 does not list Taiwan,
which stands here in Eastern Asia, and puts Antarctica in no region, so that it is its
own. Kosovo's XK is not a code of ISO 3166-1 and has no row of its own.
"""

# A block is a region: its M49 number and name, and after "<" the numbers of the regions
# it lies in. All of them lead up to one top-level region; 003 is the continent of North
# America, which M49 defines across its usual levels.
#
# Below it is a row for each of its countries: code and name; the items that Wikidata
# has for it, the country itself first, then its realm or parts; and the languages that
# most people of it read, unless they are among those that are taken of every place.
COUNTRIES = """
002 Africa

015 Northern Africa < 002
DZ Algeria | Q262
EG Egypt | Q79
EH Western Sahara | Q6250
LY Libya | Q1016
MA Morocco | Q1028
SD Sudan | Q1049
TN Tunisia | Q948

202 Sub-Saharan Africa < 002

014 Eastern Africa < 202
BI Burundi | Q967 | rn
DJ Djibouti | Q977
ER Eritrea | Q986 | ti
ET Ethiopia | Q115 | am
IO British Indian Ocean Territory | Q43448
KE Kenya | Q114 | sw
KM Comoros | Q970
MG Madagascar | Q1019 | mg
MU Mauritius | Q1027
MW Malawi | Q1020
MZ Mozambique | Q1029 | pt
RE Réunion | Q17070
RW Rwanda | Q1037 | rw
SC Seychelles | Q1042
SO Somalia | Q1045 | so
SS South Sudan | Q958
TF French Southern Territories | Q129003
TZ Tanzania | Q924 | sw
UG Uganda | Q1036
YT Mayotte | Q17063
ZM Zambia | Q953
ZW Zimbabwe | Q954

017 Middle Africa < 202
AO Angola | Q916 | pt
CD Democratic Republic of the Congo | Q974
CF Central African Republic | Q929
CG Republic of the Congo | Q971
CM Cameroon | Q1009
GA Gabon | Q1000
GQ Equatorial Guinea | Q983
ST São Tomé and Príncipe | Q1039 | pt
TD Chad | Q657

018 Southern Africa < 202
BW Botswana | Q963
LS Lesotho | Q1013
NA Namibia | Q1030
SZ Eswatini | Q1050
ZA South Africa | Q258

011 Western Africa < 202
BF Burkina Faso | Q965
BJ Benin | Q962
CI Côte d'Ivoire | Q1008
CV Cape Verde | Q1011 | pt
GH Ghana | Q117
GM Gambia | Q1005
GN Guinea | Q1006
GW Guinea-Bissau | Q1007 | pt
LR Liberia | Q1014
ML Mali | Q912
MR Mauritania | Q1025
NE Niger | Q1032
NG Nigeria | Q1033
SH Saint Helena, Ascension and Tristan da Cunha | Q192184
SL Sierra Leone | Q1044
SN Senegal | Q1041
TG Togo | Q945

019 Americas

003 North America < 019

419 Latin America and the Caribbean < 019

029 Caribbean < 419 003
AG Antigua and Barbuda | Q781
AI Anguilla | Q25228
AW Aruba | Q21203 | nl
BB Barbados | Q244
BL Saint Barthélemy | Q25362
BQ Caribbean Netherlands | Q27561 | nl
BS Bahamas | Q778
CU Cuba | Q241
CW Curaçao | Q25279 | nl
DM Dominica | Q784
DO Dominican Republic | Q786
GD Grenada | Q769
GP Guadeloupe | Q17012
HT Haiti | Q790 | ht
JM Jamaica | Q766
KN Saint Kitts and Nevis | Q763
KY Cayman Islands | Q5785
LC Saint Lucia | Q760
MF Saint Martin | Q126125
MQ Martinique | Q17054
MS Montserrat | Q13353
PR Puerto Rico | Q1183
SX Sint Maarten | Q26273 | nl
TC Turks and Caicos Islands | Q18221
TT Trinidad and Tobago | Q754
VC Saint Vincent and the Grenadines | Q757
VG British Virgin Islands | Q25305
VI U.S. Virgin Islands | Q11703

013 Central America < 419 003
BZ Belize | Q242
CR Costa Rica | Q800
GT Guatemala | Q774
HN Honduras | Q783
MX Mexico | Q96
NI Nicaragua | Q811
PA Panama | Q804
SV El Salvador | Q792

005 South America < 419
AR Argentina | Q414
BO Bolivia | Q750
BR Brazil | Q155 | pt
BV Bouvet Island | Q23408
CL Chile | Q298
CO Colombia | Q739
EC Ecuador | Q736
FK Falkland Islands | Q9648
GF French Guiana | Q3769
GS South Georgia and the South Sandwich Islands | Q35086
GY Guyana | Q734
PE Peru | Q419
PY Paraguay | Q733
SR Suriname | Q730 | nl
UY Uruguay | Q77
VE Venezuela | Q717

021 Northern America < 003
BM Bermuda | Q23635
CA Canada | Q16
GL Greenland | Q223 | kl
PM Saint Pierre and Miquelon | Q34617
US United States | Q30

010 Antarctica
AQ Antarctica | Q51

142 Asia

143 Central Asia < 142
KG Kyrgyzstan | Q813 | ky
KZ Kazakhstan | Q232 | kk
TJ Tajikistan | Q863 | tg
TM Turkmenistan | Q874 | tk
UZ Uzbekistan | Q265 | uz

030 Eastern Asia < 142
CN China | Q148
HK Hong Kong | Q8646
JP Japan | Q17
KP North Korea | Q423 | ko
KR South Korea | Q884 | ko
MN Mongolia | Q711 | mn
MO Macao | Q14773 | pt
TW Taiwan | Q865

035 South-eastern Asia < 142
BN Brunei | Q921
ID Indonesia | Q252 | id
KH Cambodia | Q424 | km
LA Laos | Q819 | lo
MM Myanmar | Q836 | my
MY Malaysia | Q833 | ms
PH Philippines | Q928 | tl
SG Singapore | Q334
TH Thailand | Q869 | th
TL Timor-Leste | Q574 | pt
VN Vietnam | Q881 | vi

034 Southern Asia < 142
AF Afghanistan | Q889 | fa ps
BD Bangladesh | Q902 | bn
BT Bhutan | Q917 | dz
IN India | Q668 | hi
IR Iran | Q794 | fa
LK Sri Lanka | Q854 | si ta
MV Maldives | Q826 | dv
NP Nepal | Q837 | ne
PK Pakistan | Q843 | ur

145 Western Asia < 142
AE United Arab Emirates | Q878
AM Armenia | Q399 | hy
AZ Azerbaijan | Q227 | az
BH Bahrain | Q398
CY Cyprus | Q229 | el tr
GE Georgia | Q230 | ka
IL Israel | Q801 | he
IQ Iraq | Q796
JO Jordan | Q810
KW Kuwait | Q817
LB Lebanon | Q822
OM Oman | Q842
PS Palestine | Q219060 Q407199
QA Qatar | Q846
SA Saudi Arabia | Q851
SY Syria | Q858
TR Turkey | Q43 | tr
YE Yemen | Q805

150 Europe

151 Eastern Europe < 150
BG Bulgaria | Q219 | bg
BY Belarus | Q184 | be
CZ Czechia | Q213 | cs
HU Hungary | Q28 | hu
MD Moldova | Q217 | ro
PL Poland | Q36 | pl
RO Romania | Q218 | ro
RU Russia | Q159
SK Slovakia | Q214 | sk
UA Ukraine | Q212 | uk

154 Northern Europe < 150
AX Åland Islands | Q5689
DK Denmark | Q35 Q756617 | da
EE Estonia | Q191 | et
FI Finland | Q33 | fi sv
FO Faroe Islands | Q4628 | fo
GB United Kingdom | Q145 Q21 Q22 Q25 Q26
GG Guernsey | Q25230
IE Ireland | Q27 | ga
IM Isle of Man | Q9676
IS Iceland | Q189 | is
JE Jersey | Q785
LT Lithuania | Q37 | lt
LV Latvia | Q211 | lv
NO Norway | Q20 | nb
SE Sweden | Q34 | sv
SJ Svalbard and Jan Mayen | Q842829

039 Southern Europe < 150
AD Andorra | Q228 | ca
AL Albania | Q222 | sq
BA Bosnia and Herzegovina | Q225 | bs hr sr
ES Spain | Q29
GI Gibraltar | Q1410
GR Greece | Q41 | el
HR Croatia | Q224 | hr
IT Italy | Q38 | it
ME Montenegro | Q236 | sr
MK North Macedonia | Q221 | mk
MT Malta | Q233 | mt
PT Portugal | Q45 | pt
RS Serbia | Q403 | sr
SI Slovenia | Q215 | sl
SM San Marino | Q238 | it
VA Vatican City | Q237 | it

155 Western Europe < 150
AT Austria | Q40
BE Belgium | Q31 | nl
CH Switzerland | Q39 | it
DE Germany | Q183
FR France | Q142
LI Liechtenstein | Q347
LU Luxembourg | Q32 | lb
MC Monaco | Q235
NL Netherlands | Q55 Q29999 | nl

009 Oceania

053 Australia and New Zealand < 009
AU Australia | Q408
CC Cocos (Keeling) Islands | Q36004
CX Christmas Island | Q31063
HM Heard Island and McDonald Islands | Q131198
NF Norfolk Island | Q31057
NZ New Zealand | Q664

054 Melanesia < 009
FJ Fiji | Q712
NC New Caledonia | Q33788
PG Papua New Guinea | Q691
SB Solomon Islands | Q685
VU Vanuatu | Q686

057 Micronesia < 009
FM Micronesia | Q702
GU Guam | Q16635
KI Kiribati | Q710
MH Marshall Islands | Q709
MP Northern Mariana Islands | Q16644
NR Nauru | Q697
PW Palau | Q695
UM U.S. Minor Outlying Islands | Q16645

061 Polynesia < 009
AS American Samoa | Q16641
CK Cook Islands | Q26988
NU Niue | Q34020
PF French Polynesia | Q30971
PN Pitcairn Islands | Q35672
TK Tokelau | Q36823
TO Tonga | Q678
TV Tuvalu | Q672
WF Wallis and Futuna | Q35555
WS Samoa | Q683
"""

# What has an item of Wikidata and no code of ISO 3166-1, written in the same way.
OTHER_COUNTRIES = """
XK Kosovo | Q1246 | sq sr
"""

# Wikidata's items of former states, under the codes that they had: the Soviet Union,
# Yugoslavia (two items), the GDR, Czechoslovakia. West Germany is Germany.
FORMER_STATES = """
SU=Q15180 YU=Q36704 YU=Q83286 DD=Q16957 CS=Q33946 DE=Q713750
"""
