"""
Runs a command in a terminal of its own, presses Ctrl-C once it printed a line with `marker`, and waits for its end.
Prints JSON: the line, the processes that were there before Ctrl-C, how the command ended.

    ctrl-c.py MARKER COMMAND…
"""

import json
import os
import pty
import subprocess
import sys

CTRL_C = b"\x03"


def descendants(root: int) -> list[int]:
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for pid, parent in (map(int, row.split()) for row in table.splitlines()):
        children.setdefault(parent, []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def main() -> None:
    marker, *command = sys.argv[1:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    output = ""
    line = None
    before: list[int] = []
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break  # Linux ends a terminal nobody writes to any more with EIO.
        if not chunk:
            break
        output += chunk.decode(errors="replace")
        if line is None and marker in output and "\n" in output.split(marker, 1)[1]:
            line = next(row for row in output.splitlines() if marker in row)
            before = descendants(pid)
            os.write(terminal, CTRL_C)
    _, status = os.waitpid(pid, 0)
    print(json.dumps({"line": line, "pids": before, "exitCode": os.waitstatus_to_exitcode(status), "output": output}))


main()
