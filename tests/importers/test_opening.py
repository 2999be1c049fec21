"""Files of others as bytes: packed, damaged, without end, or no files at all."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from typing import TYPE_CHECKING

import pytest

from citylinks.importers.reading import opening
from citylinks.importers.reading.opening import PackedError, open_unpacked
from citylinks.importers.rows import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Pack = Callable[[bytes], bytes]

ROWS = b"".join(b"Lyon,Partner %d\n" % number for number in range(20_000))
WAYS: dict[str, Pack] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def read(file: Path) -> bytes:
    with open_unpacked(file) as stream:
        return b"".join(iter(lambda: stream.read(100_000), b""))


@pytest.mark.parametrize("pack", WAYS.values(), ids=WAYS)
def test_what_is_packed_is_unpacked(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "file").write_bytes(pack(ROWS))
    assert read(tmp_path / "file") == ROWS


@pytest.mark.parametrize("pack", WAYS.values(), ids=WAYS)
def test_what_is_cut_short_or_damaged_is_told(tmp_path: Path, pack: Pack) -> None:
    packed = pack(ROWS)
    (tmp_path / "file").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(PackedError, match=r"^ends too early$"):
        read(tmp_path / "file")
    half = len(packed) // 2
    (tmp_path / "file").write_bytes(packed[:half] + b"\xff" * 40 + packed[half + 40 :])
    with pytest.raises(PackedError, match=r"^is damaged$"):
        read(tmp_path / "file")


@pytest.mark.parametrize("pack", WAYS.values(), ids=WAYS)
def test_what_unpacks_without_end_is_refused(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_UNPACKED", 1_000_000)
    (tmp_path / "file").write_bytes(pack(b"Lyon,Yokohama\n" * 1_000_000))
    with pytest.raises(PackedError, match="unpacks to more than 200 times its size"):
        read(tmp_path / "file")
    rows = b"".join(b"%d,%d\n" % (number, number**2) for number in range(100_000))
    (tmp_path / "file").write_bytes(pack(rows))
    assert len(read(tmp_path / "file")) == len(rows) > 1_000_000


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read: Is a directory"):
        read(tmp_path)
    device = type(tmp_path)(os.devnull)
    with pytest.raises(UnreadableError, match="this is a device, not a file"):
        read(device)
    with pytest.raises(UnreadableError, match="a file name cannot contain a NUL"):
        read(tmp_path / "a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for_and_read_where_something_is_written(
    tmp_path: Path,
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert read(pipe) == b""
    both = os.open(pipe, os.O_RDWR)
    os.write(both, ROWS[:5000])
    with open_unpacked(pipe) as stream:
        assert stream.read(5000) == ROWS[:5000]
        os.close(both)
        assert stream.read(1) == b""
