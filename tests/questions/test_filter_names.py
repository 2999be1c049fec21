"""The filters of an answer by the names of what they keep, as pages print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import call, run_line, write_data

from citylinks import KnowledgeBase

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {
    "--theme climate": "theme: Climate change",
    "--theme climat": "theme: Climate change",
    "--theme 気候変動": "theme: Climate change",
    "--theme ENERGY": "theme: Energy",
    "--theme energy --theme énergie": "theme: Energy",
    "--theme energy --theme water": "theme: Energy or Water",
    "--organization jica": "organization: JICA",
    "--organization 地球環境戦略研究機関": "organization: IGES",
    "--country JP": "country: Japan",
    "--country Chine": "country: China",
    "--country DEU": "country: Germany",
    "--country Korea": "country: North Korea or South Korea",
    "--country England --country GB": "country: United Kingdom",
    "--country japon --country 米国": "country: Japan or United States",
    "--country Korea --country JP": "country: North Korea, South Korea or Japan",
    "--region ASIE": "region: Asia",
    "--region eu": "region: European Union",
    "--region アジア --region ASIA": "region: Asia",
    "--region ASEAN": "region: ASEAN",
    "--region 150": "region: Europe",
    "--region 北欧諸国": "region: Nordic countries",
    "--between fr Asie": "between France and Asia",
    "--between Benelux US": "between Benelux and United States",
    "--between JP Corée": "between Japan and either North Korea or South Korea",
    "--kind visite": "kind: visit",
    "--kind sister-city --kind VISIT": "kind: sister city or visit",
    "--kind sister-or-friendship": "kind: sister or friendship city",
    "--kind visit --kind forum --kind project": "kind: visit, forum or project",
    "--year 2009 --year 2010..2011 --year 2015": "2009, 2010–11 or 2015",
    "--status ENDED": "status: ended",
    "--level PORT": "level: port",
    "--level province": "level: prefecture, state or region",
    "--level ville --level Häfen": "level: city, metropolis, corporation or port",
}


@pytest.mark.parametrize(("options", "phrase"), NAMED.items(), ids=NAMED)
def test_a_page_prints_names_and_not_what_was_typed(options: str, phrase: str) -> None:
    for command in ("timeline", "common lyon yokohama", "stats --by city"):
        if "common" in command and "--between" in options:
            continue
        printed = run_line(f"citylinks {command} {options} --format markdown").out
        assert f"Only {phrase}" in printed, printed.splitlines()[:6]


PAGES = (
    "timeline lyon",
    "stats --by decade",
    "stats growth",
    "anniversaries",
    "evidence",
    "expiring",
    "common lyon yokohama",
    "path lyon cebu",
)


@pytest.mark.parametrize("command", PAGES)
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_every_page_with_filters_does(command: str, format_: str) -> None:
    if command.startswith("stats") and format_ == "text":
        format_ = "markdown"  # as text, they are bare tables
    options = "--theme カルチャー --country 日本 --region ASIE --level CITY"
    printed = call(f"citylinks {command} {options} --format {format_}")
    wanted = "theme: Culture; country: Japan; region: Asia; level: city"
    assert wanted in printed, printed


def test_cities_are_named_too() -> None:
    printed = call("citylinks stats --with リヨン --with TOKIO --any --format markdown")
    assert "Only with Lyon or Tokyo" in printed
    printed = call("citylinks stats --with lyon,yokohama --format markdown")
    assert "Only with Lyon and Yokohama" in printed


def test_at_a_time_a_city_has_the_name_that_it_had_then() -> None:
    printed = call("citylinks timeline --with ho-chi-minh-city --as-of 1970")
    assert "with Saigon" in printed


def test_times_are_in_words() -> None:
    printed = call("citylinks anniversaries --year 2027..2028")
    assert printed.splitlines()[1].startswith("2027–28")


def test_a_query_of_an_answer_stays_as_it_was_typed() -> None:
    with KnowledgeBase.open() as kb:
        answer = kb.timeline("lyon", theme="soie", with_="YOKOHAMA")
        assert answer.query["theme"] == ["soie"]
        assert answer.query["with"] == ["YOKOHAMA"]
        names = {each.option: each.names for each in answer.named}
        assert names == {"theme": ("Silk",), "with": ("Yokohama",)}
        assert kb.timeline(year="2009").named == ()
        assert kb.timeline("lyon").named == ()


def test_cities_of_one_name_have_their_countries(tmp_path: Path) -> None:
    data = write_data(
        tmp_path,
        {
            "cities/a.yaml": "name: Valencia\ncountry: ES\n",
            "cities/b.yaml": "name: Valencia\ncountry: VE\n",
            "events/c.yaml": "title: C\nkind: visit\ndate: '2009'\ncities: [a, b]\n",
        },
    )
    printed = call(f"citylinks stats --with a --with b --format markdown --data {data}")
    assert "with Valencia (Spain) and Valencia (Venezuela)" in printed, printed
