"""Questions in words: what is left of them is one command, with all that was asked."""

from __future__ import annotations

import pytest
from support import run_line


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lyon 1959", "timeline lyon --year 1959"),
        ("lyon yokohama 1959", "timeline lyon yokohama --year 1959"),
        ("'lyon yokohama 2009-2013'", "timeline lyon yokohama --year 2009-2013"),
        ("lyon 2009–2013", "timeline lyon --year 2009–2013"),
        ("lyon 2009+", "timeline lyon --year 2009+"),
        ("tokyo >2013", "timeline tokyo --year '>2013'"),
        ("tokyo in 2014", "timeline tokyo --year 2014"),
        ("yokohama since 2010", "timeline yokohama --year 'since 2010'"),
        ("lyon avant 1970", "timeline lyon --year 'avant 1970'"),
        ("横浜 2009年", "timeline 横浜 --year 2009年"),
        ("lyon between 1980 and 1990", "timeline lyon --year 'between 1980 and 1990'"),
        ("what is lyon", "show lyon"),
        ("from tokyo to seoul", "timeline tokyo seoul"),
        ("'tokyo -> seoul'", "timeline tokyo seoul"),
        ("tokyo - seoul", "timeline tokyo seoul"),
        ("tokyo → seoul", "timeline tokyo seoul"),
        ("'lyon, yokohama 1959'", "timeline lyon yokohama --year 1959"),
        ("리옹과 요코하마", "timeline 리옹 요코하마"),
        ("ليون ويوكوهاما", "timeline ليون يوكوهاما"),
        ("'City of Lyon' yokohama-shi", "timeline 'City of Lyon' yokohama-shi"),
        ("ville de lyon", "show 'ville de lyon'"),
        ("横浜市", "show 横浜市"),
    ],
)
def test_cities_with_a_time_are_answered(typed: str, meant: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert printed.code == 0
    assert printed.out
    assert printed.out == run_line(f"citylinks {meant}").out
    first, *_ = printed.err.splitlines()
    assert first == f"citylinks: reading this as: citylinks {meant}"


SISTERS = "citylinks list partnerships --kind sister-city"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("when did lyon and yokohama become sister cities?", f"{SISTERS} lyon yokohama"),
        ("'When did Tokyo and Seoul become sister cities'", f"{SISTERS} Tokyo Seoul"),
        ("\"who are lyon's partners\"", "citylinks list partnerships lyon"),
        ("'who are Tokyo’s partners?'", "citylinks list partnerships Tokyo"),
        ("partners of yokohama in asia",
         "citylinks list partnerships yokohama --region asia"),
        ("sister cities of lyon in germany", f"{SISTERS} lyon --country germany"),
        ("partenaires de lyon en asie", "citylinks list partnerships lyon --region asie"),
        ("welche Städte sind Partner von Lyon", "citylinks list partnerships Lyon"),
        ("quelles sont les villes jumelées avec lyon", f"{SISTERS} lyon"),
        ("ciudades hermanas de Lyon", f"{SISTERS} Lyon"),
        ("città gemellate con lione", f"{SISTERS} lione"),
        ("cidades irmãs de Yokohama", f"{SISTERS} Yokohama"),
        ("横浜の姉妹都市", f"{SISTERS} 横浜"),
        ("里昂的姐妹城市", f"{SISTERS} 里昂"),
        ("요코하마의 자매도시", f"{SISTERS} 요코하마"),
        ("مدن شقيقة ليون", f"{SISTERS} ليون"),
        ("友好城市 横滨", f"{SISTERS} --kind friendship-city --kind sister-or-friendship"
         " 横滨"),
        ("which cities are twinned with lyon", f"{SISTERS} lyon"),
        ("how many partners does yokohama have",
         "citylinks list partnerships yokohama --count"),
        ("how many cities in asia", "citylinks list cities --count --region asia"),
        ("who visited lyon in 2014",
         "citylinks list events --kind visit lyon --year 2014"),
        ("what happened in lyon in 2014", "citylinks list events lyon --year 2014"),
        ("what did lyon and yokohama sign", "citylinks list agreements lyon yokohama"),
        ("events 2010", "citylinks list events --year 2010"),
        ("lyon energy 2010", "citylinks timeline lyon --theme energy --year 2010"),
        ("partners of lyon --since 2000",
         "citylinks list partnerships lyon --since 2000"),
        ("info lyon", "citylinks show lyon"),
        ("history of tokyo", "citylinks timeline tokyo"),
        ("compare lyon tokyo", "citylinks common lyon tokyo"),
        ("route lyon bangkok", "citylinks path lyon bangkok"),
        ("partnerships between france and japan",
         "citylinks list partnerships --between france japan"),
        ("US Japan sister cities", f"{SISTERS} --between US Japan"),
        ("lyon and china", "citylinks timeline lyon --country china"),
        ("events about energy", "citylinks list events --theme energy"),
        ("lyon-yokohama 2019", "citylinks timeline lyon yokohama --year 2019"),
        ("lyon-yokohama events", "citylinks list events lyon yokohama"),
        ("last visit lyon yokohama",
         "citylinks timeline lyon yokohama --kind visit --reverse"),
        ("oldest sister city of lyon", f"{SISTERS} lyon --limit 1"),
        ("most connected city", "citylinks stats --by city"),
        ("everything about lyon", "citylinks show lyon"),
        ("which networks does yokohama belong to",
         "citylinks list partnerships --kind network yokohama"),
        ("'Wann wurden Lyon und Leipzig Partnerstädte?'", f"{SISTERS} Lyon Leipzig"),
        ("'¿cuándo se hermanaron Lyon y Barcelona?'", f"{SISTERS} Lyon Barcelona"),
        ("東京と北京の関係", "citylinks list partnerships 東京 北京"),
        ("横浜市の姉妹都市はいくつ", f"{SISTERS} 横浜市 --count"),
        ("リヨンと横浜はいつ姉妹都市になった", f"{SISTERS} リヨン 横浜"),
        ("里昂有哪些姐妹城市", f"{SISTERS} 里昂"),
        ("요코하마의 자매도시는 몇 개", f"{SISTERS} 요코하마 --count"),
        ("current partners of lyon",
         "citylinks list partnerships lyon --as-of today"),
        ("former partners of lyon",
         "citylinks list partnerships lyon --status ended"),
        ("lyon before 1970 in asia",
         "citylinks timeline lyon --year 'before 1970' --region asia"),
        ("jubilees", "citylinks anniversaries"),
        ("latest lyon", "citylinks timeline lyon --reverse"),
        ("news tokyo 2019", "citylinks timeline tokyo --year 2019 --reverse"),
        ("briefing tokyo", "citylinks show tokyo --brief"),
        ("export events lyon", "citylinks list events lyon --format csv"),
        ("export csv", "citylinks list partnerships --format csv"),
        ("statistics", "citylinks stats"),
        ("find silk road", "citylinks search silk road"),
        ("members of c40", "citylinks show c40"),
        ("sources of lyon-yokohama", "citylinks evidence lyon-yokohama"),
        ("themes lyon", "citylinks stats lyon --by theme"),
    ],
)  # fmt: skip
def test_a_question_in_words_is_corrected(typed: str, command: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert printed.err.endswith(f"is not a command; try: {command}\n")
    assert run_line(command).code == 0


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("anniversaries 2027", "citylinks anniversaries --year 2027"),
        ("anniversaries lyon next year",
         "citylinks anniversaries lyon --year 'next year'"),
        ("list events in 2010", "citylinks list events --year 2010"),
        ("list events lyon 2010 --limit 2",
         "citylinks list events lyon --year 2010 --limit 2"),
        ("list cities in japan", "citylinks list cities --country japan"),
        ("list partners of lyon in asia",
         "citylinks list partnerships lyon --region asia"),
        ("list partnerships lyon energy",
         "citylinks list partnerships lyon --theme energy"),
        ("timeline lyon since 2010", "citylinks timeline lyon --year 'since 2010'"),
        ("timeline visits lyon", "citylinks timeline lyon --kind visit"),
        ("timeline lyon japan", "citylinks timeline lyon --country japan"),
        ("stats by country", "citylinks stats --by country"),
        ("stats lyon themes", "citylinks stats lyon --by theme"),
        ("stats per year", "citylinks stats --by decade"),
        ("common partners lyon tokyo", "citylinks common lyon tokyo"),
        ("show city lyon", "citylinks show lyon"),
        ("show theme energy", "citylinks show energy"),
        ("show japan", "citylinks list partnerships --country japan"),
        ("show lyon partners", "citylinks list partnerships lyon"),
    ],
)  # fmt: skip
def test_words_after_a_command_that_are_no_cities_are_corrected(
    typed: str, command: str
) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.splitlines()[-1].endswith(f"; try: {command}")
    assert run_line(command).code == 0


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("who are the partners of kyoto", "no record of Kyoto;"),
        ("lyon xyzzy 1959", "no record of xyzzy;"),
        ("list sister cities of kyoto", "no record of Kyoto;"),
        ("St Petersburg", "no record of St Petersburg;"),
        ("lyon hydrogen", "no record of hydrogen;"),
        ("partners of lyon without china", "no record of without;"),
        ("no partners of lyon", "no record of no;"),
        ("lyon or yokohama", "no record of or;"),
        ("mayors", "to search all texts: citylinks search mayors"),
    ],
)
def test_what_nobody_knows_is_named_alone(typed: str, message: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert (printed.code, printed.out) == (1, "")
    assert message in printed.err


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("list conflicts", "there is no list of conflicts; try: citylinks evidence"),
        ("list sources lyon",
         "a list of sources takes no cities; for the sources of one: citylinks evidence"
         " lyon"),
        ("list themes lyon",
         "a list of themes takes no cities; to count: citylinks stats lyon --by theme"),
        ("expiring --within 24", "'24' is not a period; write 24m or 24d"),
        ("list events --theme energy,culture",
         "for either, give the option each time: --theme energy --theme culture"),
        ("timeline --theme 'énergie et culture'",
         "for either, give the option each time: --theme énergie --theme culture"),
        ("list events --kind visit,conference",
         "for either, give the option each time: --kind visit --kind conference"),
        ("list cities --country japan,china",
         "for either, give the option each time: --country japan --country china"),
        ("list events --year '1990 or 2000'",
         "for either, give the option each time: --year 1990 --year 2000"),
    ],
)  # fmt: skip
def test_what_is_asked_otherwise_is_said(typed: str, message: str) -> None:
    printed = run_line(f"citylinks {typed}")
    assert printed.out == ""
    assert printed.code in {1, 2}
    assert f"citylinks: {message}" in printed.err.splitlines()


def test_half_a_year_is_a_period() -> None:
    meant = run_line("citylinks expiring --within 6m")
    for period in ("'half a year'", "半年"):
        assert run_line(f"citylinks expiring --within {period}").out == meant.out
