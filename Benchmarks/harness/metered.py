"""Runs one program and writes down what it cost: wall time, CPU time, peak memory.

    python -I -S metered.py RESULT.json LOG PROGRAM [ARGUMENT …]

A process of its own, because the kernel counts the memory of whoever starts a program as the
program's own until its first instruction: started from a large process, every program would look
as large. This one imports little and has about 10 MB, which is less than anything measured here.

CPU time is that of the program and of all its children; peak memory is that of the largest of
them. The exit status is the program's.
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> int:
    result, log, *command = sys.argv[1:]
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    begun = time.monotonic()
    pid = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, descriptor, 1),
            (os.POSIX_SPAWN_DUP2, descriptor, 2),
        ],
    )
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    code = os.waitstatus_to_exitcode(status)
    cost = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
        "code": code,
    }
    written = os.open(result, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(written, json.dumps(cost).encode())
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
