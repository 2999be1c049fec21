import pytest

from citylinks.model.titles import (
    entry_title,
    join_words,
    partnership_name,
    partnership_noun,
)
from citylinks.model.vocabulary import AGREEMENT_KINDS, PARTNERSHIP_KINDS, STATUSES

PAIR = ["Lyon", "Yokohama"]
THREE = ["Lyon", "Milan", "Yokohama"]


def test_names_in_a_sentence() -> None:
    assert join_words([]) == ""
    assert join_words(["Lyon"]) == "Lyon"
    assert join_words(PAIR) == "Lyon and Yokohama"
    assert join_words(["Lyon", "Milan", "Yokohama"]) == "Lyon, Milan and Yokohama"


def test_a_tie_is_called_by_its_own_name_or_by_its_members() -> None:
    assert partnership_name("Y-PORT", PAIR) == "Y-PORT"
    assert partnership_name(None, PAIR) == "Lyon – Yokohama"


@pytest.mark.parametrize(
    ("kind", "detail", "tie", "parties", "title"),
    [
        ("start", "sister-city", None, PAIR, "Lyon and Yokohama become sister cities"),
        ("start", "friendship-port", None, PAIR, "Lyon and Yokohama become friendship ports"),
        ("start", "technical-cooperation", None, PAIR,
         "Lyon and Yokohama begin technical cooperation"),
        ("start", "unspecified", None, PAIR, "Lyon and Yokohama begin a partnership"),
        ("start", "programme", "Y-PORT", PAIR, "Y-PORT begins"),
        ("start", "contact", None, PAIR, "Lyon and Yokohama establish contact"),
        ("end", "sister-city", None, PAIR, "The partnership between Lyon and Yokohama ends"),
        ("end", "cooperation", None, THREE,
         "The partnership among Lyon, Milan and Yokohama ends"),
        ("end", "programme", "Y-PORT", PAIR, "Y-PORT ends"),
        ("join", None, "Eurocities", ["Lyon"], "Lyon joins Eurocities"),
        ("join", "member", "Eurocities", ["Lyon"], "Lyon joins Eurocities"),
        ("join", "chair", "Eurocities", ["Lyon"], "Lyon is chair of Eurocities"),
        ("join", None, None, ["Lyon"], "Lyon joins the partnership"),
        ("join", None, "Eurocities", PAIR, "Lyon and Yokohama join Eurocities"),
        ("term", "chair", "Eurocities", PAIR, "Lyon and Yokohama are chairs of Eurocities"),
        ("leave", None, "Eurocities", PAIR, "Lyon and Yokohama leave Eurocities"),
        ("leave", None, "Eurocities", ["Lyon"], "Lyon leaves Eurocities"),
        ("plan", "sister-city", None, PAIR, "Lyon and Yokohama plan to become sister cities"),
        ("plan", "cooperation", None, PAIR, "Lyon and Yokohama plan to begin cooperation"),
        ("plan", "contact", None, PAIR, "Lyon and Yokohama plan to establish contact"),
        ("plan", "network", "Eurocities", PAIR, "Eurocities is planned"),
        ("leave", "chair", "Eurocities", ["Lyon"], "Lyon is no longer chair of Eurocities"),
        ("status", "suspended", None, PAIR, "Lyon and Yokohama: suspended"),
        ("agreement", "memorandum-of-understanding", None, PAIR,
         "Memorandum of understanding between Lyon and Yokohama"),
        ("agreement", "agreement", None, PAIR, "Agreement between Lyon and Yokohama"),
        ("agreement", "agreement", None, THREE, "Agreement among Lyon, Milan and Yokohama"),
        ("agreement", "agreement", None, ["Lyon"], "Agreement signed by Lyon"),
        ("agreement", "twinning", None, PAIR, "Twinning agreement between Lyon and Yokohama"),
        ("agreement", "renewal", None, PAIR, "Renewed agreement between Lyon and Yokohama"),
        ("agreement", "letter-of-intent", None, PAIR,
         "Letter of intent between Lyon and Yokohama"),
        ("agreement", "joint-declaration", None, PAIR,
         "Joint declaration by Lyon and Yokohama"),
        ("agreement", "joint-statement", None, THREE,
         "Joint statement by Lyon, Milan and Yokohama"),
        ("agreement", "joint-communique", None, PAIR,
         "Joint communiqué by Lyon and Yokohama"),
        ("expiry", "protocol", None, PAIR, "Protocol between Lyon and Yokohama expires"),
    ],
)  # fmt: skip
def test_the_title_of_an_entry(
    kind: str, detail: str | None, tie: str | None, parties: list[str], title: str
) -> None:
    assert entry_title(kind, detail, None, tie, parties) == title


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("agreement", "On light"),
        ("outcome", "On light"),
        ("expiry", "On light expires"),
        ("copy", "On light: copy"),
    ],
)
def test_an_entry_is_called_by_the_title_of_its_agreement(
    kind: str, title: str
) -> None:
    assert entry_title(kind, "protocol", None, "Y-PORT", PAIR, "On light") == title


def test_a_kind_without_a_sentence_of_its_own_says_its_word() -> None:
    assert entry_title("copy", "protocol", None, None, PAIR) == (
        "Protocol between Lyon and Yokohama: copy"
    )
    assert entry_title("re-opening", None, None, None, PAIR) == (
        "Lyon and Yokohama: re opening"
    )


def test_a_count_says_its_number() -> None:
    assert (
        entry_title("count", "endorsing cities", 38, "U20", PAIR)
        == "U20: 38 endorsing cities"
    )
    assert (
        entry_title("count", "sister cities", 12, None, ["Lyon"])
        == "Lyon: 12 sister cities"
    )


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        *((kind, detail) for kind in ("start", "end") for detail in PARTNERSHIP_KINDS),
        *(
            (kind, detail)
            for kind in ("agreement", "expiry")
            for detail in AGREEMENT_KINDS
        ),
        *(("status", status) for status in STATUSES),
    ],
)
def test_every_kind_has_words_and_names_its_parties(kind: str, detail: str) -> None:
    title = entry_title(kind, detail, None, None, PAIR)
    assert "Lyon and Yokohama" in title
    assert "-" not in title
    assert "  " not in title


@pytest.mark.parametrize(
    ("kind", "others", "noun"),
    [
        ("cooperation", ["Ho Chi Minh City"], "the cooperation with Ho Chi Minh City"),
        ("sister-city", ["Lyon"], "the sister-city partnership with Lyon"),
        ("unspecified", PAIR, "the partnership with Lyon and Yokohama"),
        ("technical-cooperation", [], "the technical cooperation"),
    ],
)
def test_a_partnership_without_a_name_is_called_by_its_kind(
    kind: str, others: list[str], noun: str
) -> None:
    assert partnership_noun(kind, others) == noun
