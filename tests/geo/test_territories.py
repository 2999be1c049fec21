from __future__ import annotations

import pytest

from citylinks.geo.territories import find_territory


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
    assert find_territory(text) == (code, None)


@pytest.mark.parametrize(
    "text", ["SU", "YU", "CS", "-99", "Kosovo", "Tschechoslowakei", "СССР"]
)
def test_what_means_no_one_country(text: str) -> None:
    assert find_territory(text) == (
        None,
        f"'{text}' is not a single country of ISO 3166-1 today",
    )


def test_what_means_several_and_what_none() -> None:
    assert find_territory("Congo") == (None, "the country 'Congo' may be CD or CG")
    assert find_territory("Atlantis") == (None, "the country 'Atlantis' is not known")
    assert (
        find_territory("")
        == find_territory(None)
        == find_territory("  ")
        == (None, None)
    )


def test_na_is_namibia_with_a_doubt() -> None:
    code, why = find_territory("NA")
    assert code == "NA"
    assert why
    assert "read as Namibia" in why
    assert find_territory("Namibia") == ("NA", None)
