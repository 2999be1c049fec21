"""One read fails, once: the answer is right or is no answer, and the next one is right."""

from __future__ import annotations

import builtins
import errno
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

import pytest
from indexed import FILES, without_privileges
from support import TODAY, environment

import citylinks
from citylinks.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

# Two of them usually say how a file stands; here these pass as well.
ERRORS = (
    errno.EMFILE,
    errno.EACCES,
    errno.EIO,
    errno.ENOENT,
    errno.ENOMEM,
    errno.ESTALE,
)


PROGRAM = str(Path(citylinks.__file__).parent)


class Faults:
    """Counts what reads below a folder, and has one of these attempts fail."""

    def __init__(self, below: Path, at: int | None = None, error: int = 0) -> None:
        self.below, self.at, self.error, self.number = str(below), at, error, 0
        self.last: dict[tuple[Any, ...], int] = {}  # of each line and path, by number
        self._path = ""

    def attempt(self, path: Any) -> None:
        """Count an attempt on a path, or on what is already open; the one that is to
        fails.
        """
        if not isinstance(path, int):
            try:
                path = os.path.join(os.getcwd(), os.fsdecode(path))  # noqa: PTH109, PTH118
            except TypeError:
                return
            if not path.startswith(self.below):
                return
            self._path = path
        if self.at is None:
            self.last[(*calls(), self._path)] = self.number
        self.number += 1
        if self.number - 1 == self.at:
            raise OSError(self.error, os.strerror(self.error), path)


def calls() -> Iterator[tuple[str, int]]:
    """Yield the lines that are being run, of the program and of this file."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(PROGRAM) or name == __file__:
            yield name, frame.f_lineno
        frame = frame.f_back


class Entry:
    """An entry of a listing whose state may fail to be told."""

    def __init__(self, entry: os.DirEntry[Any], faults: Faults) -> None:
        self._entry, self._faults = entry, faults
        self.name, self.path = entry.name, entry.path

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        self._faults.attempt(self.path)
        return self._entry.stat(follow_symlinks=follow_symlinks)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class Listing:
    """A listing of a folder that may fail before each of its entries."""

    def __init__(self, path: Any, entries: Any, faults: Faults) -> None:
        self._path, self._entries, self._faults = path, entries, faults

    def __iter__(self) -> Listing:
        return self

    def __next__(self) -> Entry:
        self._faults.attempt(self._path)
        return Entry(next(self._entries), self._faults)

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, *_: object) -> None:
        self._entries.close()


class Raw(io.FileIO):
    """An open file of which each piece may fail to be read."""

    faults: Faults

    def readinto(self, buffer: Any) -> int | None:
        self.faults.attempt(self.fileno())
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self.faults.attempt(self.fileno())
        return super().readall()


@contextmanager
def failing(faults: Faults) -> Iterator[None]:
    """Have what reads pass by the faults."""
    real = {
        name: getattr(os, name)
        for name in ("open", "stat", "lstat", "scandir", "listdir")
    }
    reading, opening = os.read, io.open

    def by_path(name: str) -> Callable[..., Any]:
        def call(path: Any = ".", *arguments: Any, **options: Any) -> Any:
            faults.attempt(path)
            result = real[name](path, *arguments, **options)
            return Listing(path, result, faults) if name == "scandir" else result

        return call

    def read(handle: int, size: int) -> bytes:
        faults.attempt(handle)
        return reading(handle, size)

    def opened(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        faults.attempt(file)
        if mode == "rb" and str(file).startswith(faults.below):
            raw = Raw(file)
            raw.faults = faults
            return io.BufferedReader(raw)
        return opening(file, mode, *arguments, **options)

    patches = [mock.patch.object(os, name, by_path(name)) for name in real]
    patches += [
        mock.patch.object(os, "read", read),
        mock.patch.object(io, "open", opened),
    ]
    patches += [mock.patch.object(builtins, "open", opened)]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


class Done(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


class Scene(NamedTuple):
    """A command over data of which there is an index or none, before or after some
    changes.
    """

    command: tuple[str, ...]
    is_indexed: bool = False
    changes: Mapping[str, str] = {}
    shown: str | None = None  # the folder that holds what the command wrote


MORE = {
    **FILES,
    "cities/c.yaml": "name: Gamma\ncountry: XX\nsources: [nowhere]\n",
    "cities/notes.txt": "",
    "events/e.yaml": "title: A visit\ndate: 2009\nkind: visit\ncities: [a, b]\nsources: [page]\n",
    "sources-2.yaml": "more: {title: Another}\n",
    "citie/x.yaml": "",
    "citylinks.toml": '[validate]\nignore = ["CL404"]\n',
}
CHANGES = {
    "cities/a.yaml": "name: Omega\nsources: [page]\n",
    "cities/d.yaml": "name: Delta\n",
}
ROWS = "a\tb\nAlpha\tBeta\nAlpha\tDelta\n"
TIES = ("import", "pairs", "{here}/pairs.tsv", "--into")
SCENES = {
    "a question": Scene(("timeline", "--json")),
    "a question that finds the index": Scene(
        ("list", "cities", "--json"), is_indexed=True
    ),
    "a refresh": Scene(("list", "cities", "--json"), is_indexed=True, changes=CHANGES),
    "a validation": Scene(("validate", "--json")),
    "a validation of a change": Scene(
        ("validate", "--json"), is_indexed=True, changes=CHANGES
    ),
    "a validation of a file": Scene(
        ("validate", "{here}/data/cities", "--json"), is_indexed=True
    ),
    "an import": Scene((*TIES, "{here}/new"), shown="new"),
    "an import into data": Scene((*TIES, "{here}/data"), shown="data"),
}


class Stage:
    """A folder that is as it was before each command: data, index and what there is to
    import.
    """

    def __init__(
        self, here: Path, scene: Scene, run: Callable[[list[str]], Done]
    ) -> None:
        self._kept, self._here, self._scene, self._run = (
            here / "kept",
            here / "here",
            scene,
            run,
        )
        self._here.mkdir()
        write(self._here / "data", MORE)
        (self._here / "pairs.tsv").write_text(ROWS)
        if scene.is_indexed:
            assert self.again().code in {0, 1}
        write(self._here / "data", scene.changes)
        shutil.copytree(self._here, self._kept, copy_function=shutil.copy2)

    def again(self, faults: Faults | None = None) -> Done:
        """Run the command where the last one left things."""
        command = [word.format(here=self._here) for word in self._scene.command]
        data = [] if "import" in command else ["--data", str(self._here / "data")]
        with failing(faults) if faults else nullcontext():
            done = self._run([*command, *data])
        if self._scene.shown is None:
            return done
        return done._replace(out=read_folder(self._here / self._scene.shown))

    def anew(self, faults: Faults) -> Done:
        """Run the command with faults, where nothing has happened yet."""
        shutil.rmtree(self._here)
        shutil.copytree(self._kept, self._here, copy_function=shutil.copy2)
        return self.again(faults)

    def faults(self, at: int | None = None, error: int = 0) -> Faults:
        """Return faults of all that lies here."""
        return Faults(self._here, at, error)


def write(root: Path, files: Mapping[str, str]) -> None:
    for folder in ("cities", "partnerships", "events", "citie"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (root / name).write_text(text)


def read_folder(folder: Path) -> str:
    """Return what stands in a folder, by name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return json.dumps(
        {str(path.relative_to(folder)): path.read_text() for path in files}
    )


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str]], Done]:
    """Return a function that runs one command in this process."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "here/cache"))
    monkeypatch.setenv("CITYLINKS_TODAY", TODAY)
    monkeypatch.setattr(
        "citylinks.index.freshness.UNSETTLED", -(10**18)
    )  # so that stamps alone tell
    monkeypatch.chdir(tmp_path)

    def call(arguments: list[str]) -> Done:
        capsys.readouterr()
        code = main(arguments)
        return Done(code, *capsys.readouterr())

    return call


ALIKE = ("a validation of a change", "a validation of a file", "an import into data")
EACH_SCENE = [
    pytest.param(
        scene, id=name, marks=[pytest.mark.exhaustive] if name in ALIKE else []
    )
    for name, scene in SCENES.items()
]
OTHER_ERRORS = [
    pytest.param(shift, marks=pytest.mark.exhaustive) for shift in range(1, len(ERRORS))
]


@pytest.mark.parametrize("shift", [0, *OTHER_ERRORS])
@pytest.mark.parametrize("scene", EACH_SCENE)
def test_each_read_fails_once(
    scene: Scene, shift: int, tmp_path: Path, run: Callable[[list[str]], Done]
) -> None:
    stage = Stage(tmp_path, scene, run)
    counted = stage.faults()
    right = stage.anew(counted)
    assert right.code in {0, 1}, right
    after = stage.again()
    assert len(counted.last) > 3
    wrong = []
    # A line that reads the same file again fails in the last of these attempts.
    for at in counted.last.values():
        error = ERRORS[(at + shift) % len(ERRORS)]
        done = stage.anew(stage.faults(at, error))
        if not is_honest(done, right):
            wrong.append((at, errno.errorcode[error], "this answer", done))
        next_ = stage.again()
        if next_ not in (right, after):
            wrong.append((at, errno.errorcode[error], "the next answer", next_))
    assert not wrong, f"{len(wrong)}: {wrong[0]}"


def is_honest(done: Done, right: Done) -> bool:
    """Whether an answer is the right one, or says that it is not."""
    is_said = done.code == 2 or "left out" in done.err or "CL101" in done.out
    return (
        is_said
        or left_out(done) > left_out(right)
        or (done.code, done.out) == (right.code, right.out)
    )


def left_out(done: Done) -> set[str]:
    """Return what an answer in JSON says that it has left out."""
    return set(json.loads(done.out).get("left_out") or ()) if done.out else set()


# -- What stays as it is --------------------------------------------------------


NEEDS_POSIX = pytest.mark.skipif(
    os.name != "posix", reason="there are no such permissions here"
)


@pytest.fixture
def bound(tmp_path: Path) -> Callable[..., Done]:
    """Return a function that runs a command whom permissions bind, with so many open
    files.
    """
    write(tmp_path / "data", FILES)

    def call(*arguments: str, most: int | None = None) -> Done:
        def limit() -> None:
            if most is not None:
                import resource

                resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

        done = subprocess.run(
            [*without_privileges(), sys.executable, "-m", "citylinks", *arguments],
            env=environment(tmp_path, CITYLINKS_DATA=str(tmp_path / "data")),
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            preexec_fn=limit,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@NEEDS_POSIX
@pytest.mark.parametrize(
    "command", [("list", "cities", "--json"), ("validate", "--json")]
)
def test_too_few_open_files(
    command: tuple[str, ...], bound: Callable[..., Done]
) -> None:
    """With whatever number: a right answer or an error, and afterwards the right
    answer.
    """
    tried = [bound(*command, most=most) for most in range(3, 12)]
    right = bound(*command)
    assert "a.yaml" in right.out or "Alpha" in right.out
    for most, done in enumerate(tried, start=3):
        assert done.out in {"", right.out}, (
            most
        )  # Python itself may fail, with nothing printed
        assert done.out or done.code not in {0, right.code} or done.err, most
    assert not all(done.out for done in tried), "none of them was too few"


@NEEDS_POSIX
@pytest.mark.parametrize("mode", [0, 0o111])
@pytest.mark.parametrize(
    ("folder", "kept", "expected"),
    [
        ("cities", ["list", "partnerships"], "a – b"),
        ("partnerships", ["list", "cities"], "Alpha"),
        ("events", ["timeline"], "Alpha and Beta become sister cities"),
    ],
)
def test_a_folder_that_may_not_be_listed(
    folder: str,
    kept: list[str],
    expected: str,
    mode: int,
    tmp_path: Path,
    bound: Callable[..., Done],
) -> None:
    place = tmp_path / "data" / folder
    before = bound(*kept)
    assert (before.code, before.err) == (0, "")
    assert bound("validate", "--ignore", "CL4").code == 0
    place.chmod(mode)
    try:
        for _ in range(2):
            done = bound(*kept)
            assert done.code == 0
            assert expected in done.out
            assert done.err == (
                f"citylinks: 'data/{folder}' cannot be listed: the files in it were left out;"
                " see citylinks validate\n"
            )
            done = bound("validate", "--ignore", "CL4")
            assert done.code == 1
            assert (
                f"data/{folder}:1:1: error CL101: cannot be listed: Permission denied"
                in done.out
            )
            assert "1 error, 0 warnings" in done.err, (
                "all that refers there is no error besides"
            )
    finally:
        place.chmod(0o755)
    assert bound(*kept) == before
    assert bound("validate", "--ignore", "CL4").code == 0


@NEEDS_POSIX
def test_a_data_directory_that_may_not_be_listed(
    tmp_path: Path, bound: Callable[..., Done]
) -> None:
    """Its folders may be; what stands beside them, as vocabularies, may not."""
    place = tmp_path / "data"
    place.chmod(0o111)
    try:
        done = bound("list", "cities")
        assert done.code == 0
        assert "Alpha" in done.out
        assert "'data' cannot be listed: the files in it were left out" in done.err
        done = bound("validate", "--ignore", "CL4")
        assert (done.code, done.out.count(" error ")) == (1, 1)
    finally:
        place.chmod(0o755)
    assert bound("list", "cities").err == ""


@NEEDS_POSIX
@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_data_directory_that_may_not_be_entered(
    mode: int, tmp_path: Path, bound: Callable[..., Done]
) -> None:
    """No other data is taken in its place, whether it was named or found."""
    place = tmp_path / "data"
    place.chmod(mode)
    try:
        for named in ([], ["--data", "data"]):
            done = bound("list", "cities", *named)
            assert (done.code, done.out) == (2, "")
            assert (
                done.err == "citylinks: cannot read 'data/cities': Permission denied\n"
            )
    finally:
        place.chmod(0o755)


@NEEDS_POSIX
def test_what_was_unreadable_is_tried_again(
    tmp_path: Path, bound: Callable[..., Done]
) -> None:
    """Though nothing shows in the file: some systems refuse for a while."""
    place = tmp_path / "data/cities/a.yaml"
    os.utime(place, (10**9, 10**9))
    place.chmod(0)
    assert "1 file have errors" in bound("list", "cities").err.replace(
        "records of ", ""
    )
    done = subprocess.run(
        [sys.executable, "-m", "citylinks", "list", "cities"],
        env=environment(tmp_path, CITYLINKS_DATA=str(tmp_path / "data")),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    if os.geteuid() == 0:
        assert "Alpha" in done.stdout
        assert done.stderr == ""


@NEEDS_POSIX
@pytest.mark.parametrize("place", ["data/cities", "data/cities/a.yaml"])
def test_nothing_is_imported_beside_what_cannot_be_read(
    place: str, tmp_path: Path, bound: Callable[..., Done]
) -> None:
    (tmp_path / "pairs.tsv").write_text(ROWS)
    before = read_folder(tmp_path / "data")
    (tmp_path / place).chmod(0)
    try:
        done = bound("import", "pairs", "pairs.tsv", "--into", "data")
        assert done.code == 2
        assert f"'{place}'" in done.err
        assert "Permission denied" in done.err
    finally:
        (tmp_path / place).chmod(0o755)
    assert read_folder(tmp_path / "data") == before


def test_a_link_that_leads_nowhere(tmp_path: Path, bound: Callable[..., Done]) -> None:
    (tmp_path / "data/cities/z.yaml").symlink_to("nowhere.yaml")
    for _ in range(2):
        assert "records of 1 file have errors" in bound("list", "cities").err
    (tmp_path / "data/cities/nowhere.yaml").write_text("name: Omega\nsources: [page]\n")
    done = bound("list", "cities")
    assert done.err == ""
    assert "Omega" in done.out


@NEEDS_POSIX
def test_indexes_that_may_not_be_listed_are_not_none(
    tmp_path: Path, bound: Callable[..., Done]
) -> None:
    bound("list", "cities")
    folder = tmp_path / ".cache/citylinks"
    folder.chmod(0o300)
    try:
        done = bound("index", "clear")
        assert (done.code, done.out) == (2, "")
        assert done.err == "citylinks: the index cannot be removed: Permission denied\n"
    finally:
        folder.chmod(0o700)
    assert bound("index", "clear").out == "removed 1 index file\n"
