"""A real Spark cluster on loopback: a master and two workers, as the scripts of pyspark start them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WAIT_S = 120
WORKERS = 2
# Short lives: what would make a long one faster costs more here than all questions together.
BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
DEFAULTS = f"""
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 512m
spark.driver.extraJavaOptions {BRIEF}
spark.executor.memory 512m
spark.executor.extraJavaOptions {BRIEF}
spark.sql.shuffle.partitions 2
spark.sql.codegen.wholeStage false
spark.sql.adaptive.enabled false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.files.maxPartitionBytes 1g
"""


def lacking() -> str:
    """What a cluster needs and is not here; empty when nothing is missing."""
    try:
        import pyspark  # noqa: F401  # only whether it is there
    except ImportError:
        return "pyspark is not installed (requirements-spark.lock)"
    return "" if shutil.which("java") else "Java is not installed (on Debian: openjdk-17-jre-headless)"


class Standalone:
    """Processes and their logs in a folder; ``address`` when all workers have registered."""

    def __init__(self, folder: Path) -> None:
        import pyspark  # not there where these tests are skipped

        self.folder = folder
        self.home = Path(pyspark.__file__).parent
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> str:
        self._run("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0",
                  "--webui-port", "0")  # fmt: skip
        address = self._said("master", r"Starting Spark master at (spark://\S+)")
        for number in range(WORKERS):
            self._run(f"worker{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                      "--webui-port", "0", "--cores", "1", "--memory", "600m",
                      "--work-dir", str(self.folder / f"work{number}"), address)  # fmt: skip
        for number in range(WORKERS):
            self._said(f"worker{number}", "(Successfully registered) with master")
        return address

    def serve_connect(self, master: str) -> str:
        """A server of Spark Connect, an application of the cluster, on a port that is free now."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._run("connect", "org.apache.spark.deploy.SparkSubmit", "--master", master,
                  "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
                  "--conf", f"spark.connect.grpc.binding.port={port}",
                  "--conf", "spark.connect.grpc.binding.address=127.0.0.1", "spark-internal")  # fmt: skip
        self._said("connect", "(Spark Connect server started)")
        return f"sc://127.0.0.1:{port}"

    def end(self, name: str) -> None:
        process = self._running.pop(name)
        for kind in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, kind)  # a group of its own: its executors too
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
                return

    def stop(self) -> None:
        for name in reversed(list(self._running)):
            self.end(name)

    def _run(self, name: str, *words: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                [self.home / "bin/spark-class", *words], stdout=log, stderr=log, start_new_session=True
            )

    def _said(self, name: str, words: str) -> str:
        log = self.folder / f"{name}.log"

        def look() -> str:
            found = re.search(words, log.read_text(encoding="utf-8", errors="replace"))
            if found is None and self._running[name].poll() is not None:
                raise AssertionError(f"{name} ended: {log.read_text()[-2000:]}")
            return found[1] if found else ""

        return until(look, f"{name} says {words}")


def until[Found](look: Callable[[], Found], what: str) -> Found:
    """What ``look`` finds, asked again and again for a bounded time."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"Waited {WAIT_S} s in vain: {what}.")


@contextmanager
def standalone(folder: Path, environment: Callable[[str, str], None]) -> Iterator[Standalone]:
    """A cluster that is gone afterwards, whatever happens; ``environment`` sets a variable for its time."""
    settings = folder / "conf"
    settings.mkdir()
    local = folder / "local"
    (settings / "spark-defaults.conf").write_text(f"{DEFAULTS}spark.local.dir {local}\n")
    environment("SPARK_CONF_DIR", str(settings))
    environment("SPARK_LOCAL_IP", "127.0.0.1")
    environment("SPARK_DAEMON_MEMORY", "512m")
    environment("SPARK_DAEMON_JAVA_OPTS", BRIEF)
    environment("SPARK_LAUNCHER_OPTS", BRIEF)
    environment("PYSPARK_PYTHON", sys.executable)
    cluster = Standalone(folder)
    try:
        yield cluster
    finally:
        cluster.stop()


def end_driver() -> None:
    """End the Java process that pyspark started beside this one."""
    from pyspark import SparkContext  # not there where these tests are skipped

    gateway = SparkContext._gateway
    if gateway is None:
        return
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(30)
    SparkContext._gateway = SparkContext._jvm = None
