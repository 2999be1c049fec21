from __future__ import annotations

import pytest

from citylinks.geo.countries import get
from citylinks.geo.territories import EXCEPTIONS, territory


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"), ("fr", "FR"), ("FRA", "FR"), ("250", "FR"), ("France", "FR"),
        ("Frankreich", "FR"), ("Франция", "FR"), ("フランス", "FR"), ("Vereinigte Staaten", "US"),
        ("USA", "US"), ("U.S.", "US"), ("UK", "GB"), ("Scotland", "GB"), ("Großbritannien", "GB"),
        ("CN-TW", "TW"), ("CN-HK", "HK"), ("US-TX", "US"), ("Rußland", "RU"), ("Türkei", "TR"),
        ("Palästinensische Autonomiebehörde", "PS"), ("DD", "DE"), ("DDR", "DE"), ("NO", "NO"),
        ("Südkorea", "KR"), ("Mazedonien", "MK"), (" Cape  Verde ", "CV"), ("Kap Verde", "CV"),
    ],
)  # fmt: skip
def test_what_means_a_country(text: str, code: str) -> None:
    assert territory(text) == (code, None)


@pytest.mark.parametrize(
    "text", ["SU", "YU", "CS", "-99", "Kosovo", "Tschechoslowakei", "СССР"]
)
def test_what_means_no_one_country(text: str) -> None:
    assert territory(text) == (None, f"'{text}' is no one country of ISO 3166-1 today")


def test_what_means_several_and_what_none() -> None:
    assert territory("Congo") == (None, "the country 'Congo' may be CD or CG")
    assert territory("Atlantis") == (None, "the country 'Atlantis' is not known")
    assert territory("") == territory(None) == territory("  ") == (None, None)


def test_the_exceptions_lead_to_countries() -> None:
    assert all(not code or get(code) for code in EXCEPTIONS.values())
