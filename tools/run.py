"""What `make run` and `run.cmd` start: server and desktop on a demo workspace, or without a screen the main job.

Everything lies in `.demo/` and may be deleted. The demo workspace is made once and kept from run to run; its server
keeps its port, since the workspace is enrolled at that address.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from desktop.commands.demo_command import GRID, running_server
from desktop.models.device.workspace import Workspace
from desktop.models.problems import Problem
from desktop.sync.enrolment import enrol
from tools.demo_workspace import make_demo_workspace

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / ".demo"
DESK = DEMO / "desk"
PORT = DESK / "port"
HEADLESS = DEMO / "headless"


def main() -> int:
    if has_screen():
        return show_desktop(sys.argv[1:])
    return do_the_main_job()


def has_screen() -> bool:
    """Whether a window can be shown to somebody."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def do_the_main_job() -> int:
    """Roster, visit, letter, sync in a new folder by the command itself; says where the letter lies."""
    shutil.rmtree(HEADLESS, ignore_errors=True)
    _say("No screen here: doing the main job without a window.")
    command = [sys.executable, "-m", "desktop", "demo", "--out", str(HEADLESS), "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
        return done.returncode
    result = json.loads(done.stdout)
    held = result["server"]
    _say("The server holds {visits} visit, {answers} answers, {findings} findings, {letters} letter.".format(**held))
    _say(f"The letter lies at {result['letter']}")
    complete = held["visits"] == 1 and held["answers"] == 23 and held["findings"] == result["findings"]
    return 0 if complete else 1


def show_desktop(arguments: list[str]) -> int:
    """The window on the demo workspace, with its server for as long as it is open."""
    try:
        if not PORT.exists():
            make_demo_desk()
        with running_server(DESK / "server", int(PORT.read_text(encoding="ascii"))) as server:
            _say(f"Server: {server.url}   Workspace: {DESK / 'workspace'}")
            command = [sys.executable, "-m", "desktop", "--workspace", str(DESK / "workspace"), *arguments]
            return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130
    except Problem as problem:
        sys.stderr.write(problem.sentence("en") + "\n")
        return problem.exit_code


def make_demo_desk() -> None:
    """Weeks of invented visits, enrolled at a server whose port is kept; all of it still waits to be sent."""
    _say("Making the demo workspace.")
    shutil.rmtree(DESK, ignore_errors=True)
    make_demo_workspace(DESK / "workspace")
    port = _free_port()
    with Workspace.open(DESK / "workspace") as workspace, running_server(DESK / "server", port) as server:
        enrol(workspace, server.url, server.enrol_code(), adopt_into=GRID)
    PORT.write_text(str(port), encoding="ascii")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
