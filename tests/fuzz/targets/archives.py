"""Packed files: gzip, bzip2, xz and others, sound, damaged or cut short."""

from __future__ import annotations

import bz2
import gzip
import lzma

from citylinks.importers import ImportOptions, pairs
from citylinks.importers.tables.guessing import propose_map
from citylinks.importers.tables.source_table import Form
from citylinks.importers.wikidata import adapter as wikidata
from fuzz.held import file, refusals

_PLAIN = b"Q1,Q2\nQ3,Q4\n"
SEEDS = (
    gzip.compress(_PLAIN, mtime=0), bz2.compress(_PLAIN), lzma.compress(_PLAIN),
    gzip.compress(_PLAIN, mtime=0)[:-4], gzip.compress(b'{"id":"Q1","P190":1}\n', mtime=0),
    gzip.compress(gzip.compress(_PLAIN, mtime=0), mtime=0), gzip.compress(b"", mtime=0),
    gzip.compress(b"[" * 5000, mtime=0), b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c",
    b"(\xb5/\xfd", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0",
)  # fmt: skip
WORDS = (
    b"\x1f\x8b\x08", b"\x1f\x8b\x08\x04", b"BZh91AY&SY", b"\xfd7zXZ\0", b"PK\x03\x04", b"\0" * 8,
    b"\xff" * 8, *SEEDS[:3],
)  # fmt: skip


def target(data: bytes) -> None:
    path = file(data)
    for reader in (pairs, wikidata):
        with refusals():
            for _ in reader.read([path], ImportOptions()):
                pass
    with refusals():
        propose_map(path, Form())
