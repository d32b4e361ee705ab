"""A throw-away PostgreSQL cluster from the system's binaries, for tests."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
}


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be started here; the message says what to do."""


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl``, newest version first; none when there is none."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """PostgreSQL in a folder, reached by a Unix socket in that same folder; no password, no network."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        found = binaries()
        if found is None:
            raise NoPostgres("PostgreSQL is not installed: install Debian's package postgresql.")
        self.bin = found

    def start(self) -> None:
        """Make the cluster and the empty database ``remit`` with its owner of the same name."""
        self.home.mkdir(parents=True)
        if os.geteuid() == 0:
            user = _other_user()
            os.chown(self.home, user.pw_uid, user.pw_gid)
        self._run(
            "initdb", "-D", self.data, "-U", "remit", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories='{self.home}'"
        self._run("pg_ctl", "-D", self.data, "-l", self.home / "log", "-w", "-o", options, "start")
        self._run("createdb", "-h", self.home, "-U", "remit", "remit")

    def stop(self) -> None:
        """End it at once; nothing of it is kept."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), *map(str, arguments)]
        if os.geteuid() == 0:
            user = _other_user()
            command = [
                "setpriv",
                f"--reuid={user.pw_uid}",
                f"--regid={user.pw_gid}",
                "--clear-groups",
                *command,
            ]
        # The server inherits what it is given: a pipe would keep us waiting until it ends.
        done = subprocess.run(  # our own words, no shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, cwd=self.home, check=False,
        )  # fmt: skip
        if done.returncode:
            raise NoPostgres(f"PostgreSQL's {program} failed: {done.stderr.strip()}")


def _other_user() -> pwd.struct_passwd:
    """PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")
