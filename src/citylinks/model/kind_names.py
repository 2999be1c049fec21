"""What kinds, and levels of cities, are called in speech, in any language.

The data has kinds by their ids, which `vocabulary` lists; plurals that only add an s
are understood without being listed.
"""

from __future__ import annotations

from functools import cache

from citylinks.model.vocabulary import KINDS_OF, LEVELS, in_words
from citylinks.text.normalize import kind_key

# Kinds -> their names by language. Where a name means several, all of them are meant.
KIND_NAMES: dict[str, dict[str, str]] = {
    "sister-city twinning": {
        "en": "twinning, town twinning, city twinning, twin city, twin town,"
        " twinned city, twinned town, twinned, sister town, sister, twin,"
        " sister city relationship",
        "fr": "jumelage, ville jumelée, ville sœur, cité jumelée, commune jumelée,"
        " villes jumelles, jumelé, jumelée",
        "de": "Städtepartnerschaft, Städtepartnerschaften, Partnerstadt, Partnerstädte,"
        " Schwesterstadt, Schwesterstädte, Zwillingsstadt, Jumelage, verschwistert",
        "es": "hermanamiento, ciudad hermana, ciudad hermanada, ciudad gemela,"
        " ciudades hermanas, ciudades hermanadas, ciudades gemelas, hermanada,"
        " hermanado, hermanaron",
        "it": "gemellaggio, gemellaggi, città gemella, città gemelle, città gemellata,"
        " città gemellate, gemellata, gemellate, gemellato",
        "pt": "geminação, geminações, cidade-irmã, cidade irmã, cidades irmãs,"
        " cidade geminada, irmanamento, geminada, irmanada",
        "nl": "zusterstad, zustersteden, stedenband, stedenbanden, zustervriendschap,"
        " zusterstedenband, partnerstad, partnersteden, jumelage",
        "ca": "agermanament, ciutat agermanada",
        "sv": "vänort, vänorter",
        "pl": "miasto partnerskie, miasta partnerskie, miasto siostrzane",
        "ru": "города-побратимы, город-побратим, побратим, побратимы, побратимство",
        "uk": "міста-побратими, місто-побратим, побратимство",
        "ja": "姉妹都市, 姉妹都市提携, 双子都市, 姉妹市",
        "zh": "姐妹城市, 姊妹城市, 姐妹市, 姊妹市, 姊妹都市",
        "ko": "자매도시, 자매결연, 자매 도시",
        "vi": "thành phố kết nghĩa, kết nghĩa",
        "ar": "توأمة, مدينة شقيقة, مدن شقيقة",
        "tr": "kardeş şehir, kardeş kent",
        "id": "kota kembar, kota bersaudara",
    },
    "friendship-city": {
        "en": "friendship, friendly city, friend city, friendship town",
        "fr": "ville amie, amitié",
        "de": "befreundete Stadt, Freundschaftsstadt, Städtefreundschaft",
        "es": "ciudad amiga, amistad",
        "it": "città amica, città amiche, amicizia",
        "pt": "cidade amiga, amizade",
        "nl": "vriendschapsstad, vriendschapsband",
        "ja": "友好都市, 友好都市提携",
        "ko": "우호도시, 우호 도시, 우호협력도시",
    },
    # In Chinese, sister cities go by this name too.
    "sister-city friendship-city sister-or-friendship": {
        "zh": "友好城市, 友城, 国际友好城市, 國際友好城市, 友好市",
        "en": "sister and friendship city, sister or friendship city",
        "ja": "姉妹友好都市, 姉妹・友好都市",
    },
    "partner-city": {
        "en": "partner, partner town, partner city agreement",
        "fr": "ville partenaire, partenaire",
        "es": "ciudad socia, ciudad asociada",
        "it": "città partner",
        "pt": "cidade parceira",
        "ja": "パートナー都市",
        "zh": "伙伴城市, 夥伴城市",
        "ko": "파트너 도시, 파트너도시",
        "ru": "город-партнёр, города-партнёры",
    },
    "cooperation": {
        "en": "co-operation, collaboration, city cooperation",
        "fr": "coopération, coopération décentralisée",
        "de": "Kooperation, Zusammenarbeit",
        "es": "cooperación",
        "it": "cooperazione",
        "pt": "cooperação",
        "nl": "samenwerking",
        "ru": "сотрудничество",
        "ja": "協力, 都市間協力",
        "zh": "合作",
        "ko": "협력",
    },
    "technical-cooperation": {
        "en": "technical co-operation, technical assistance",
        "fr": "coopération technique",
        "de": "technische Zusammenarbeit",
        "es": "cooperación técnica",
        "it": "cooperazione tecnica",
        "pt": "cooperação técnica",
        "ja": "技術協力",
        "zh": "技术合作, 技術合作",
        "ko": "기술협력",
    },
    "sister-port": {
        "en": "twin port",
        "fr": "port jumelé",
        "de": "Schwesterhafen, Partnerhafen",
        "es": "puerto hermano",
        "ja": "姉妹港",
        "zh": "姐妹港, 姊妹港",
        "ko": "자매항",
    },
    "friendship-port": {
        "en": "friendly port",
        "ja": "友好港",
        "zh": "友好港",
        "ko": "우호항",
    },
    "programme": {
        "en": "program, scheme, initiative",
        "fr": "programme",
        "de": "Programm, Programme",
        "es": "programa",
        "it": "programma, programmi",
        "ja": "プログラム",
    },
    "network": {
        "en": "city network, association, alliance, membership",
        "fr": "réseau, réseaux",
        "de": "Netzwerk, Netzwerke, Städtenetzwerk",
        "es": "red, redes",
        "it": "rete, reti",
        "pt": "rede, redes",
        "nl": "netwerk, netwerken",
        "ru": "сеть, сети",
        "ja": "ネットワーク, 都市ネットワーク",
        "zh": "网络, 網絡",
        "ko": "네트워크",
    },
    "commitment": {"en": "pledge, charter", "fr": "engagement"},
    "memorandum-of-understanding": {
        "en": "MoU, M.o.U., memorandum, memoranda, memoranda of understanding,"
        " memo of understanding",
        "fr": "protocole d'accord, protocoles d'accord, mémorandum,"
        " mémorandum d'entente",
        "de": "Absichtserklärung, Absichtserklärungen, Grundsatzvereinbarung",
        "es": "memorando, memorándum, memorando de entendimiento, memorándum de"
        " entendimiento",
        "it": "memorandum d'intesa, protocollo d'intesa",
        "pt": "memorando de entendimento",
        "ru": "меморандум, меморандум о взаимопонимании",
        "ja": "覚書, 了解覚書",
        "zh": "备忘录, 備忘錄, 谅解备忘录, 諒解備忘錄",
        "ko": "양해각서",
    },
    "letter-of-intent": {
        "en": "LOI, L.o.I., letters of intent",
        "fr": "lettre d'intention, lettres d'intention",
        "es": "carta de intención, cartas de intención",
        "it": "lettera d'intenti, lettera di intenti",
        "pt": "carta de intenções",
        "ja": "意向書",
        "zh": "意向书, 意向書",
        "ko": "의향서",
    },
    "agreement": {
        "en": "accord, contract, pact, treaty, treaties, convention",
        "fr": "accord, convention",
        "de": "Abkommen, Vereinbarung, Vereinbarungen, Vertrag, Verträge",
        "es": "acuerdo, convenio",
        "it": "accordo, accordi",
        "pt": "acordo",
        "ru": "соглашение, соглашения",
        "ja": "協定, 合意",
        "zh": "协议, 協議, 协定, 協定",
        "ko": "협정",
    },
    "joint-declaration": {
        "fr": "déclaration commune",
        "ja": "共同宣言",
        "zh": "联合宣言",
    },
    "joint-statement": {
        "en": "joint statement",
        "ja": "共同声明",
        "zh": "联合声明, 聯合聲明",
    },
    "joint-communique": {
        "en": "communiqué",
        "fr": "communiqué commun",
        "ja": "共同コミュニケ",
    },
    "protocol": {
        "fr": "protocole",
        "de": "Protokoll",
        "es": "protocolo",
        "ja": "議定書",
    },
    "renewal": {"en": "renewed, extension, prolongation", "fr": "renouvellement"},
    "visit": {
        "en": "official visit, visited, trip, delegation, mission",
        "fr": "visite, voyage, délégation",
        "de": "Besuch, Besuche, Delegation",
        "es": "visita, delegación",
        "it": "visita, visite",
        "pt": "visita",
        "ru": "визит, визиты",
        "ja": "訪問, 視察",
        "zh": "访问, 訪問",
        "ko": "방문",
    },
    "conference": {
        "en": "congress, convention, meeting",
        "fr": "conférence, congrès",
        "de": "Konferenz, Konferenzen, Tagung, Kongress",
        "es": "conferencia, congreso",
        "it": "conferenza, conferenze, congresso",
        "pt": "conferência, congresso",
        "ru": "конференция, конференции",
        "ja": "会議",
        "zh": "会议, 會議",
        "ko": "회의",
    },
    "forum": {
        "en": "fora",
        "es": "foro",
        "ja": "フォーラム",
        "zh": "论坛, 論壇",
        "ko": "포럼",
    },
    "seminar": {
        "en": "workshop, training",
        "fr": "séminaire, atelier",
        "es": "seminario, taller",
        "ja": "セミナー",
        "zh": "研讨会",
        "ko": "세미나",
    },
    "symposium": {
        "en": "symposia",
        "fr": "colloque",
        "ja": "シンポジウム",
        "ko": "심포지엄",
    },
    "summit": {
        "en": "mayors' summit",
        "fr": "sommet",
        "de": "Gipfel, Gipfeltreffen",
        "es": "cumbre",
        "it": "vertice",
        "ja": "サミット",
        "zh": "峰会, 峰會",
        "ko": "정상회의",
    },
    "declaration": {
        "fr": "déclaration",
        "de": "Erklärung",
        "es": "declaración",
        "ja": "宣言",
    },
    "policy": {"en": "strategy, plan of action", "fr": "politique", "ja": "政策"},
    "project": {
        "fr": "projet",
        "de": "Projekt, Projekte",
        "es": "proyecto",
        "it": "progetto",
        "pt": "projeto",
        "ja": "プロジェクト, 事業",
        "zh": "项目, 項目",
        "ko": "사업",
    },
    "commemoration": {
        "en": "anniversary, celebration, jubilee, ceremony",
        "fr": "commémoration, anniversaire",
        "de": "Jubiläum, Jubiläen, Gedenkfeier",
        "es": "conmemoración, aniversario",
        "ja": "記念, 周年記念",
        "zh": "纪念, 紀念, 周年",
    },
    "founding": {
        "en": "foundation, establishment, creation",
        "fr": "fondation",
        "ja": "設立",
    },
    "exercise": {"en": "drill", "ja": "訓練"},
    "milestone": {"fr": "jalon"},
    "start": {"en": "beginning, begin"},
    "end": {"en": "ending"},
    "join": {"en": "joined, joining, accession"},
    "leave": {"en": "left, leaving, withdrawal"},
    "expiry": {"en": "expired, expiration, expires"},
}

# Levels of cities -> words for them by language. In speech nobody keeps a state and a
# region apart, nor a city and a metropolis: a word means several levels.
LEVEL_NAMES: dict[str, dict[str, str]] = {
    "city metropolis corporation": {
        "en": "city town municipality commune",
        "fr": "ville commune municipalité",
        "de": "Stadt Gemeinde Großstadt",
        "es": "ciudad municipio ayuntamiento",
        "it": "città comune municipio",
        "pt": "cidade município",
        "nl": "stad gemeente",
        "sv": "stad staden kommun",
        "pl": "miasto miasta",
        "ru": "город города",
        "uk": "місто міста",
        "tr": "şehir şehri kent",
        "id": "kota",
        "ar": "مدينة",
        "ja": "市 都市 shi",
        "zh": "市 城市",
        "ko": "시 도시",
    },
    "metropolis": {
        "en": "metropolis",
        "fr": "métropole",
        "de": "Metropole",
        "es": "metrópoli",
        "it": "metropoli",
        "ja": "都",
    },
    "port": {
        "en": "port harbour harbor seaport",
        "fr": "port",
        "de": "Hafen Häfen Hafens Seehafen Seehäfen",
        "es": "puerto",
        "it": "porto porti",
        "pt": "porto",
        "nl": "haven zeehaven",
        "sv": "hamn hamnen",
        "da": "havn havnen",
        "pl": "port portu",
        "ru": "порт порта",
        "uk": "порт порту",
        "tr": "liman limanı",
        "vi": "cảng",
        "id": "pelabuhan",
        "ar": "ميناء",
        "ja": "港 港湾",
        "zh": "港 港口",
        "ko": "항 항구",
    },
    "state region prefecture": {
        "en": "state region province oblast county",
        "fr": "état région province",
        "de": "Bundesland Bundesstaat Staat Region Provinz",
        "es": "estado región provincia",
        "it": "stato regione provincia",
        "pt": "estado região província",
        "nl": "deelstaat staat regio provincie",
        "ru": "область штат регион",
        "uk": "область штат регіон",
        "ja": "州",
        "zh": "州 省",
        "ko": "주",
    },
    "prefecture metropolis state region": {
        "en": "prefecture",
        "fr": "préfecture",
        "de": "Präfektur",
        "es": "prefectura",
        "it": "prefettura",
        "pt": "prefeitura",
        "nl": "prefectuur",
        "ru": "префектура",
        "ja": "県",
        "zh": "县 縣",
        "ko": "현",
    },
}


@cache
def kinds_by_name() -> dict[str, tuple[str, ...]]:
    """Return the kinds by each of their names, as `kind_key` has it."""
    kinds: dict[str, tuple[str, ...]] = {}
    for known in KINDS_OF.values():
        for kind in known:
            kinds[kind_key(in_words(kind))] = (kind,)
    for called, names in KIND_NAMES.items():
        for name in ",".join(names.values()).split(","):
            key = kind_key(name)
            kinds[key] = tuple(dict.fromkeys((*kinds.get(key, ()), *called.split())))
    return kinds


def levels_by_name() -> dict[str, tuple[str, ...]]:
    """Return the levels by each word for them, as `kind_key` has it."""
    levels: dict[str, tuple[str, ...]] = {}
    for meant, names in LEVEL_NAMES.items():
        for name in " ".join(names.values()).split():
            key = kind_key(name)
            levels[key] = tuple(dict.fromkeys((*levels.get(key, ()), *meant.split())))
    return levels


def levels_called(text: str) -> tuple[str, ...]:
    """Return the levels that a text means: just one where it is the word for that."""
    key = kind_key(text)
    own = tuple(level for level in LEVELS if kind_key(level) == key)
    return own or levels_by_name().get(key, ())
