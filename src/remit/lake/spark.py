"""The Spark cluster that answers where one machine is too small: connecting, and saying what is wrong. Pure.

One session a process and cluster. It goes through the interface that all kinds of clusters have, a server
of Spark Connect included; pyspark (extra ``spark``) is imported by the first question.
"""

import importlib.util
import os
import re
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from remit.core.unanswered import CannotAnswer

EMBEDDED = "duckdb"
LOCAL_CLUSTER = re.compile(r"local-cluster\[\d+,\d+,\d+\]")
ADDRESS_S = 5  # for a port to open
ANSWER_S = 120  # for a cluster to give executors and answer once
PORTS = {"spark": 7077, "sc": 15002}
# What makes numbers equal to those of the embedded engine, to the last place.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error, not null
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",  # an amount times a rate keeps 20 places
}
# Of an application of our own: its page would show everybody's figures to whoever finds the port.
OF_APPLICATION = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}


class NoCluster(CannotAnswer):
    """The cluster cannot be used; the sentence says why and what to do."""


def is_spark(engine: str) -> bool:
    return engine != EMBEDDED


def check_engine(engine: str) -> None:
    """Raise NoCluster for what needs no session to be told: the setting, what is installed, an open port."""
    if not is_spark(engine):
        return
    address = urlsplit(engine)
    if not LOCAL_CLUSTER.fullmatch(engine) and not (address.scheme in PORTS and address.hostname):
        raise NoCluster(
            f"REMIT_ENGINE is {engine!r}, which is none of duckdb, local-cluster[workers,cores,MB],"
            " spark://host:7077 and sc://host:15002."
        )
    needed = ["pyspark", "grpc"] if address.scheme == "sc" else ["pyspark"]
    if any(importlib.util.find_spec(name) is None for name in needed):
        raise NoCluster("REMIT_ENGINE names a Spark cluster, and pyspark is missing: install remit[spark].")
    if address.scheme != "sc" and not _java():
        raise NoCluster("REMIT_ENGINE names a Spark cluster, and Java is missing: install Java 17 or newer.")
    if address.scheme in PORTS:
        _knock(engine, address.hostname or "", address.port or PORTS[address.scheme])


def session(engine: str) -> Any:
    """The session of this process, connected where it is not. Raise NoCluster."""
    with _lock:
        key = os.getpid(), engine
        known = _sessions.get(key)
        if known is None:
            check_engine(engine)
            known = _sessions[key] = _connected(engine)
        return known


def leave(engine: str) -> None:
    """End the session of this process, if there is one: its executors are free then."""
    with _lock:
        known = _sessions.pop((os.getpid(), engine), None)
    if known is not None:
        known.stop()


@contextmanager
def asking(engine: str) -> Iterator[Any]:
    """The session, for one question. Raise NoCluster where it breaks off; a lost session is used no more."""
    known = session(engine)
    from pyspark.errors import PySparkException  # late: there is a session, so it is loaded

    try:
        yield known
    except (PySparkException, OSError) as error:
        if _is_lost(known):
            leave(engine)
        raise NoCluster(f"The Spark cluster at {engine} did not answer: {gist(error)}") from error


def gist(error: Exception) -> str:
    """The line that says it: the first, or under a traceback of an executor's Python the last."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1] if "Python worker" in lines[0] else lines[0]


def _is_lost(known: Any) -> bool:
    """A server of Spark Connect may have forgotten us: asking anew costs little."""
    context = getattr(known, "_sc", None)
    return context is None or context._jsc is None or bool(context._jsc.sc().isStopped())


_lock = threading.Lock()
_sessions: dict[tuple[int, str], Any] = {}


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which(f"{home}/bin/java" if home else "java") is not None


def _knock(engine: str, host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), ADDRESS_S).close()
    except OSError as error:
        raise NoCluster(
            f"The Spark cluster at {engine} does not answer: {error.strerror or error}."
            " Look at REMIT_ENGINE, and whether the cluster runs."
        ) from error


def _connected(engine: str) -> Any:
    """A session that has answered once, so that whoever waits for executors in vain is told."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("remit")
    if engine.startswith("sc://"):
        builder = builder.remote(engine)
    else:
        builder = builder.master(engine)
        for name, value in OF_APPLICATION.items():
            builder = builder.config(name, value)
    made: list[Any] = []
    waiting = ThreadPoolExecutor(1, thread_name_prefix="spark")
    asked = waiting.submit(_answered, builder, made)
    try:
        return asked.result(ANSWER_S)
    except TimeoutError:
        for one in made:
            one.stop()
        raise NoCluster(
            f"The Spark cluster at {engine} gave no executor within {ANSWER_S} seconds."
            " Look at its page: are workers alive, and is there memory and a core for one more application?"
        ) from None
    except (PySparkException, OSError, RuntimeError) as error:
        raise NoCluster(f"The Spark cluster at {engine} does not answer: {gist(error)}") from error
    finally:
        waiting.shutdown(wait=False, cancel_futures=True)


def _answered(builder: Any, made: list[Any]) -> Any:
    found = builder.getOrCreate()
    made.append(found)
    for name, value in SETTINGS.items():
        found.conf.set(name, value)
    found.range(1).mapInArrow(_same, "id long").collect()
    return found


def _same(batches: Iterator[Any]) -> Iterator[Any]:
    """What an executor runs first: it has Python, with this program in it."""
    return batches
