"""`citylinks.toml` beside the data."""

from __future__ import annotations

from citylinks.lint import configuration
from fuzz.held import FOLDER, file, refusals

SEEDS = (
    b'[validate]\nselect = ["CL1", "CL2"]\nignore = ["no-country"]\nstrict = true\n',
    b"validate.strict = false\n",
    b'[[validate]]\nselect = []\n"x" = 1979-05-27T07:32:00Z\n',
    b"a = " + b"[" * 200,
    b"a = " + b"9" * 5000,
)
WORDS = (
    b"[validate]", b"[", b"]", b"{", b"}", b"=", b'"', b"'", b'"""', b"\n", b"select", b"ignore",
    b"strict", b"true", b"CL1", b"no-country", b".", b",", b"#", b"\\u", b"\\U0011ffff", b"\xff",
    b"0x", b"inf", b"nan", b"1979-05-27", b"99999999999999999999", b"\r", b"\0", b" ",
)  # fmt: skip


def target(data: bytes) -> None:
    file(data, configuration.NAME)
    with refusals():
        configuration.find_settings(str(FOLDER / "data"))
