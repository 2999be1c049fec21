import os
from pathlib import Path

import pytest

from citylinks.errors import NoDataError
from citylinks.files.paths import (
    FOLDERS,
    data_directories,
    is_data_directory,
    shipped_data,
    shown,
)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory that is in no data directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(path: Path) -> Path:
    for folder in FOLDERS:
        (path / folder).mkdir(parents=True)
    return path


def test_what_is_given_comes_before_all_else(elsewhere: Path) -> None:
    given, named, near = (made(elsewhere / name) for name in ("given", "named", "data"))
    environment = {"CITYLINKS_DATA": str(named)}
    assert data_directories([given], environment, elsewhere) == (given,)
    assert data_directories([], environment, elsewhere) == (named,)
    assert data_directories([], {}, elsewhere) == (near,)


def test_several_are_read_in_their_order_and_each_once(elsewhere: Path) -> None:
    first, second = made(elsewhere / "one"), made(elsewhere / "two")
    assert data_directories([second, first, "two", "./two"], {}) == (second, first)
    listed = os.pathsep.join([str(second), "", str(first)])
    assert data_directories([], {"CITYLINKS_DATA": listed}) == (second, first)


@pytest.mark.parametrize("variable", ["", os.pathsep])
def test_an_empty_variable_names_nothing(elsewhere: Path, variable: str) -> None:
    near = made(elsewhere / "data")
    assert data_directories([], {"CITYLINKS_DATA": variable}, elsewhere) == (near,)


def test_the_nearest_upwards_is_found_from_within(elsewhere: Path) -> None:
    outer = made(elsewhere / "data")
    inner = made(elsewhere / "project" / "data")
    deep = elsewhere / "project" / "notes" / "2012"
    deep.mkdir(parents=True)
    assert data_directories([], {}, deep) == (inner,)
    assert data_directories([], {}, inner / "cities") == (inner,)
    assert data_directories([], {}, elsewhere) == (outer,)


def test_a_folder_that_lacks_one_of_the_three_is_passed_over(elsewhere: Path) -> None:
    outer = made(elsewhere / "data")
    (elsewhere / "project" / "data" / "cities").mkdir(parents=True)
    assert data_directories([], {}, elsewhere / "project") == (outer,)


def test_the_shipped_one_is_last_and_can_be_named(elsewhere: Path) -> None:
    assert data_directories([], {}, elsewhere) == (shipped_data(),)
    mine = made(elsewhere / "mine")
    assert data_directories(["shipped", mine], {}) == (shipped_data(), mine)
    assert is_data_directory(shipped_data())


def test_a_name_that_is_no_directory_is_an_error(elsewhere: Path) -> None:
    with pytest.raises(NoDataError, match="'nowhere' is not a directory") as raised:
        data_directories(["nowhere"], {})
    assert raised.value.exit_code == 2


def test_a_directory_without_records_says_what_it_lacks(elsewhere: Path) -> None:
    (elsewhere / "half" / "cities").mkdir(parents=True)
    with pytest.raises(NoDataError, match="it lacks partnerships, events"):
        data_directories([], {"CITYLINKS_DATA": "half"}, elsewhere)


def test_a_bad_name_is_an_error_even_where_a_good_one_is_near(elsewhere: Path) -> None:
    made(elsewhere / "data")
    with pytest.raises(NoDataError):
        data_directories([], {"CITYLINKS_DATA": "gone"}, elsewhere)


def test_a_path_is_shown_as_one_would_type_it(elsewhere: Path) -> None:
    assert shown(str(elsewhere / "data" / "cities" / "lyon.yaml")) == str(
        Path("data", "cities", "lyon.yaml")
    )
    outside = str(elsewhere.parent / "other.yaml")
    assert shown(outside) == outside
