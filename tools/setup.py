"""Prepares what the project needs on this machine: system libraries, `.venv`, the locked packages, the program itself.

Run by `make setup`, `run.cmd` and `test.cmd`. Only the standard library, and no syntax newer than Python 3.7, so that
an old Python gets a sentence instead of a syntax error. A second run finds its stamp and is done at once.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "zhuqi-setup.json"
LOCK = ROOT / "requirements" / "dev.txt"
OLDEST_PYTHON = (3, 11)
OLDEST_GLIBC = (2, 34)

# What Qt's own packages leave to the system: library → Debian packages that hold it, newest name first.
LIBRARIES = {
    "libglib-2.0.so.0": ("libglib2.0-0t64", "libglib2.0-0"),
    "libEGL.so.1": ("libegl1",),
    "libGL.so.1": ("libgl1",),
    "libxkbcommon.so.0": ("libxkbcommon0",),
    "libfontconfig.so.1": ("libfontconfig1",),
    "libdbus-1.so.3": ("libdbus-1-3",),
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": ("libxcb-cursor0",),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0",),
    "libxcb-icccm.so.4": ("libxcb-icccm4",),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1",),
    "libxcb-shape.so.0": ("libxcb-shape0",),
}
TEST_PROGRAMS = {"pdftotext": ("poppler-utils",), "initdb": ("postgresql",)}


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        return _refuse("Python 3.11 or newer is needed; this is {}.{}.".format(*sys.version_info[:2]))
    if sys.platform == "linux" and os.environ.get("ZHUQI_SYSTEM_PACKAGES") != "no":
        install_system_packages()
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and json.loads(STAMP.read_text(encoding="utf-8")) == wanted:
        return 0
    if not make_environment():
        return 1
    install_packages()
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    _say("Ready: " + str(VENV.relative_to(ROOT)))
    return 0


def fingerprint() -> dict[str, str]:
    """What the environment was made from and where; when it differs, the packages are installed anew."""
    digest = hashlib.sha256()
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    version = ".".join(map(str, sys.version_info[:3]))
    return {"inputs": digest.hexdigest(), "python": version, "folder": str(ROOT)}


def install_system_packages() -> None:
    """Installs missing system packages where that needs no password; else says which command to run."""
    missing = missing_packages()
    if not missing:
        return
    install = _apt_prefix()
    names = " ".join(choices[-1] for choices in missing)
    if install is None:
        _say("Missing on this system: " + names)
        _say("The window and some tests need them. Ask for: sudo apt-get install --no-install-recommends " + names)
        return
    _say("Installing system packages: " + names)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run([*install, "apt-get", "update", "-qq"], env=environment, check=False)
    packages = [next(filter(_apt_knows, choices), choices[-1]) for choices in missing]
    command = [*install, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if _run(command, env=environment, check=False) != 0:
        _say("That failed. The window and some tests need them: apt-get install " + " ".join(packages))


def missing_packages() -> list[tuple[str, ...]]:
    libraries = dict(LIBRARIES)
    if os.environ.get("DISPLAY"):
        libraries.update(SCREEN_LIBRARIES)
    missing = [packages for library, packages in libraries.items() if not _loads(library)]
    missing += [packages for program, packages in TEST_PROGRAMS.items() if not _has_program(program)]
    if not _can_make_environments():
        missing.append(("python{}.{}-venv".format(*sys.version_info[:2]), "python3-venv"))
    return missing


def make_environment() -> bool:
    """Makes `.venv` where none fits this Python; False, with the way out, where this Python cannot."""
    if not _can_make_environments():
        _refuse("This Python cannot make virtual environments. Debian, Ubuntu: apt-get install python3-venv")
        return False
    if not _glibc_is_new_enough():
        _refuse("Qt 6.12 needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04 and later have it).")
        return False
    if not _environment_fits():
        _say("Making .venv with Python " + sys.version.split()[0])
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    return True


def install_packages() -> None:
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    _say("Installing the locked packages (about 150 MB the first time)")
    _run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)])
    _run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    _run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "desktop"), str(ROOT / "server")])


def _can_make_environments() -> bool:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def _environment_fits() -> bool:
    """Whether `.venv` works, lies where it was made and is of this Python; its packages may still be others."""
    show = "import sys; print(sys.prefix, '%d.%d' % sys.version_info[:2])"
    try:
        told = subprocess.check_output([str(PYTHON), "-c", show], text=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return told.rsplit(maxsplit=1) == [str(VENV), "{}.{}".format(*sys.version_info[:2])]


def _glibc_is_new_enough() -> bool:
    if sys.platform != "linux":
        return True
    try:
        name, version = os.confstr("CS_GNU_LIBC_VERSION").split()  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return False
    return name == "glibc" and tuple(map(int, version.split(".")[:2])) >= OLDEST_GLIBC


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_program(name: str) -> bool:
    return bool(shutil.which(name) or list(Path("/usr/lib/postgresql").glob("*/bin/" + name)))


def _apt_prefix() -> list[str] | None:
    """What goes before `apt-get`: nothing as root, sudo where it asks for no password; None where neither works."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _run(["sudo", "-n", "true"], check=False, stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def _apt_knows(package: str) -> bool:
    quiet = subprocess.DEVNULL
    return _run(["apt-cache", "show", package], check=False, stdout=quiet, stderr=quiet) == 0


def _run(command: list[str], env: dict[str, str] | None = None, check: bool = True, **streams: int) -> int:
    environment = dict(os.environ if env is None else env)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # without bytecode every start is two to three times slower
    done = subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False, **streams)  # type: ignore[call-overload]
    if check and done.returncode != 0:
        raise SystemExit("Set-up stopped: {} ended with {}.".format(" ".join(command[:4]), done.returncode))
    code: int = done.returncode
    return code


def _say(words: str) -> None:
    sys.stdout.write("setup: " + words + "\n")
    sys.stdout.flush()


def _refuse(words: str) -> int:
    sys.stderr.write("setup: " + words + "\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
