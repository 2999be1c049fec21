"""Rows made by as many processes as pay, in the order of the files.

Each worker has a pipe of its own, and no thread stands between: one that is killed at
any moment is seen at the end of its pipe and leaves nothing locked.
`ProcessPoolExecutor` waits for ever for the rest of a result that a killed worker had
begun to send.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from contextlib import contextmanager, suppress
from itertools import cycle
from typing import TYPE_CHECKING

from citylinks.index.rows import rows_of_files

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from citylinks.index.rows import StampedFile, TableRows

PARALLEL_BYTES = 4 * 1024 * 1024  # of less, a second process costs more than it spares
GROUP_BYTES = 256 * 1024  # of small files that a process reads at a time


class _Worker:
    """A process, and the end of the pipe at which its rows arrive."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe


def make_rows(
    files: Sequence[StampedFile],
) -> Generator[tuple[list[StampedFile], TableRows]]:
    """Yield groups of files, in order, with their rows."""
    groups = list(_grouped(files))
    number = os.cpu_count() or 1
    size = sum(file.size for file in files)
    if number < 2 or size < PARALLEL_BYTES or not _may_fork():
        for group in groups:
            yield group, rows_of_files(group)
        return
    with _workers([groups[first::number] for first in range(number)]) as workers:
        for group, worker in zip(groups, cycle(workers), strict=False):
            yield group, _receive(worker)


def _grouped(files: Iterable[StampedFile]) -> Iterator[list[StampedFile]]:
    """Yield files together until they are large enough to be worth a message."""
    group: list[StampedFile] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _may_fork() -> bool:
    """Whether this process can have workers that need not import everything again."""
    import multiprocessing

    can_fork = sys.platform == "linux" and threading.active_count() == 1
    return can_fork and not multiprocessing.current_process().daemon


# -- Here ---------------------------------------------------------------------


@contextmanager
def _workers(shares: Iterable[list[list[StampedFile]]]) -> Iterator[list[_Worker]]:
    """Have each share made by a process; however that ends, they are gone."""
    workers: list[_Worker] = []
    try:
        with _undisturbed():
            for share in shares:
                workers.append(_start_worker(share))  # noqa: PERF401 - those started are ended if one fails
        yield workers
    finally:
        with _undisturbed():
            for worker in workers:
                worker.process.kill()
            for worker in workers:
                worker.process.join()
                worker.pipe.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off Ctrl-C while workers start and end; they themselves never get it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(share: list[list[StampedFile]]) -> _Worker:
    import multiprocessing

    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(share, theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _receive(worker: _Worker) -> TableRows:
    """Return the next rows of a worker; what went wrong there goes wrong here."""
    try:
        rows: TableRows | Exception = worker.pipe.recv()
    except (EOFError, OSError):
        raise RuntimeError("a process that read files was killed") from None
    if isinstance(rows, Exception):
        raise rows
    return rows


# -- In a worker --------------------------------------------------------------


def _work(share: list[list[StampedFile]], pipe: Connection, parent: int) -> None:
    """Send the rows of each group, or the fault in the way, while somebody reads them.

    No cycles are left behind here to be collected.
    """
    gc.disable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    with suppress(BrokenPipeError):
        for group in share:
            pipe.send(_try_rows(group))


def _try_rows(group: list[StampedFile]) -> TableRows | Exception:
    try:
        return rows_of_files(group)
    except Exception as fault:
        return fault


def _end_with(parent: int) -> None:
    """End this process soon after its parent, who would have read what it makes."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
