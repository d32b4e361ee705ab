"""Collection over HTTP beside the bare database, and 50 kills: ``python -m bench --only collect``.

The limit is what one connection commits, a transaction each, of the very rows that the server wrote, into
the same database with the same settings. Senders and server share the machine.
"""

import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from .homes import environment, remit, run
from .measure import in_a_process
from .pages import children_of, served
from .report import Line

SENDERS = 6
BATCH = 100
BATCHES = 1_000  # a turn; six turns stay below the most that a key takes in a minute
TURNS = 5
SHARE_LEAST = 0.30
KILLS = 50
SEED = 20_261_130


def lines(root: Path, say: Callable[[str], None]) -> Iterator[Line]:
    """Both: how fast, and that nothing is lost or doubled."""
    home = root / "collect"
    shutil.rmtree(home, ignore_errors=True)
    remit(home, "migrate", "--verbosity", "0")
    made = in_a_process(["-m", "bench.child", "write_key"], environment(home), root / "write_key.log")
    key = str(made.said["key"])
    with served(home, root / "collect.log") as (port, server):
        say(f"collection: {TURNS} turns of {BATCHES} batches of {BATCH} events")
        yield _throughput(home, port, key)
        say("collection: what waits is brought to the lake")
        yield _draining(home, root)
        say(f"collection: {KILLS} kills")
        sent = kill_again_and_again(home, port, server.pid, key)
    run(home, "-m", "bench.child", "drain")
    found = in_a_process(["-m", "bench.child", "drained"], environment(home), root / "drained.log").said
    lost, doubled = len(sent - set(found["ids"])), int(str(found["rows"])) - len(set(found["ids"]))  # type: ignore[call-overload,arg-type]  # a list of plain texts
    yield Line(
        "collect", f"{KILLS} random kill −9 of web server and drain, {len(sent):,} events sent", 1,
        f"{lost} lost, {doubled} doubled", mark="0, 0", passed=not lost and not doubled,
    )  # fmt: skip


def _throughput(home: Path, port: int, key: str) -> Line:
    """Turns of HTTP and of the bare database, one after the other; the first does not count."""
    ours: list[float] = []
    bare: list[float] = []
    for turn in range(TURNS + 1):
        rate = BATCHES / send_all(port, key, [body_of(f"t{turn}-{n}") for n in range(BATCHES)])
        limit = commit_rate(home / "remit.sqlite3")
        if turn:
            ours.append(rate)
            bare.append(limit)
    share = median(ours) / median(bare)
    return Line(
        "collect", f"durable, batches of {BATCH} over HTTP, beside bare commits of the same rows", 1,
        f"{median(ours) * BATCH:,.0f} events/s", f"{median(bare) * BATCH:,.0f} events/s", f"{share:.0%}",
        f"≥ {SHARE_LEAST:.0%}", share >= SHARE_LEAST,
    )  # fmt: skip


def _draining(home: Path, root: Path) -> Line:
    """How fast the worker brings what was taken to the lake: what a machine can take all day."""
    said = in_a_process(["-m", "bench.child", "drain"], environment(home), root / "drain.log").said
    rate = float(str(said["events"])) / float(str(said["seconds"]))
    return Line(
        "collect", f"{said['events']:,} events from the inbox to the lake", 1, f"{rate:,.0f} events/s"
    )


def body_of(stem: str) -> bytes:
    """A batch as a page sends it; ids begin with ``stem``."""
    now = int(time.time() * 1000)
    events = [
        {
            "id": f"{stem}-{n}", "event": ("view", "detail", "cart", "pay")[n % 4], "at": now - n,
            "person": f"0198f0c4-7d7e-7000-8000-{n:012d}", "page": f"https://shop.example.com/p/{n % 40}",
            "channel": "search", "source": "baidu", "click": "bd_vid:742319", "properties": {"title": "商品"},
        }
        for n in range(BATCH)
    ]  # fmt: skip
    return json.dumps({"events": events, "sent_at": now, "consent": True}, ensure_ascii=False).encode()


class Sender:
    """One connection that is kept; a broken one is opened again by who sends."""

    def __init__(self, port: int, key: str) -> None:
        self.port = port
        self.head = (
            f"POST /collect HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self.socket: socket.socket | None = None

    def send(self, body: bytes) -> int:
        """The status that is answered. Raise OSError when the connection breaks."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket.sendall(self.head + str(len(body)).encode() + b"\r\n\r\n" + body)
            return self._answer(self.socket)
        except OSError:
            self.socket.close()
            self.socket = None
            raise

    @staticmethod
    def _answer(connection: socket.socket) -> int:
        got = b""
        while b"\r\n\r\n" not in got:
            if not (piece := connection.recv(65_536)):
                raise ConnectionResetError("closed")
            got += piece
        head, _gap, rest = got.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        while len(rest) < length:
            if not (piece := connection.recv(65_536)):
                raise ConnectionResetError("closed")
            rest += piece
        return int(head.split(b" ", 2)[1])


def send_all(port: int, key: str, bodies: Sequence[bytes]) -> float:
    """Seconds until all are answered with 200, by several senders at once."""
    waiting = iter(bodies)
    lock = threading.Lock()
    wrong: list[int] = []

    def work() -> None:
        sender = Sender(port, key)
        while True:
            with lock:
                body = next(waiting, None)
            if body is None:
                return
            if (status := sender.send(body)) != 200:
                wrong.append(status)

    senders = [threading.Thread(target=work) for _ in range(SENDERS)]
    began = time.perf_counter()
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    took = time.perf_counter() - began
    if wrong:
        raise RuntimeError(f"/collect answered {sorted(set(wrong))}")
    return took


def commit_rate(database: Path) -> float:
    """Transactions a second, each with one of the rows that came last; they are taken out again."""
    with sqlite3.connect(database, isolation_level=None, timeout=20) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        )
        columns = "key_id, unit_id, received_at, events, count, robot, network, drain_id"
        newest = f"SELECT {columns} FROM collection_batch ORDER BY id DESC LIMIT {BATCHES}"
        rows = connection.execute(newest).fetchall()
        last = connection.execute("SELECT max(id) FROM collection_batch").fetchone()[0]
        insert = f"INSERT INTO collection_batch ({columns}) VALUES ({', '.join('?' * 8)})"
        began = time.perf_counter()
        for row in rows:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(insert, row)
            connection.execute("COMMIT")
        took = time.perf_counter() - began
        connection.execute("DELETE FROM collection_batch WHERE id > ?", [last])
    return len(rows) / took


def kill_again_and_again(home: Path, port: int, server: int, key: str) -> set[str]:
    """Ids of all events that were answered for, while one of drain and web processes dies at random moments.

    A sender repeats what it got no answer for, as the packages do; the same id again counts once.
    """
    chance = random.Random(SEED)
    sent: set[str] = set()
    ended = threading.Event()

    def keep_sending(number: int) -> None:
        sender, batch = Sender(port, key), 0
        while not ended.is_set():
            body = body_of(f"k{number}-{batch}")
            while not _arrives(sender, body):
                if ended.wait(0.05):
                    return
            sent.update(f"k{number}-{batch}-{n}" for n in range(BATCH))
            batch += 1
            ended.wait(0.02)

    senders = [threading.Thread(target=keep_sending, args=(number,)) for number in range(2)]
    for one in senders:
        one.start()
    drains = subprocess.Popen(
        [sys.executable, "-m", "bench.child", "drain_ever"], env={**os.environ, **environment(home)},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        for kill in range(KILLS):
            _kill_one(drains, server, chance, of_the_web=kill % 5 == 0)
    finally:
        drains.kill()
        drains.wait()
        ended.set()
        for one in senders:
            one.join()
    return sent


def _arrives(sender: Sender, body: bytes) -> bool:
    try:
        return sender.send(body) == 200
    except OSError:
        return False


def _kill_one(drains: subprocess.Popen[str], server: int, chance: random.Random, *, of_the_web: bool) -> None:
    """Let the drain run, and kill it, and a process of the web server too, after a random while."""
    assert drains.stdout is not None
    drain = int(drains.stdout.readline())
    time.sleep(chance.uniform(0.0, 0.5))
    if of_the_web and (workers := children_of(server)):
        os.kill(chance.choice(workers), signal.SIGKILL)
        time.sleep(chance.uniform(0.0, 0.2))
    os.kill(drain, signal.SIGKILL)


def write_key() -> dict[str, Any]:
    """A company and the secret key of a server, with the highest limit."""
    from django.utils import timezone

    from remit.collection.actions import make_key
    from remit.collection.models.write_key import EVENTS_A_MINUTE_MAX
    from remit.demo.actions.organisation import set_up_organisation
    from remit.org.models import Unit

    at = timezone.now()
    set_up_organisation(at=at)
    unit = Unit.objects.get(code="journey")
    _key, secret = make_key(
        unit=unit, name="bench", kind="server", events_a_minute=EVENTS_A_MINUTE_MAX, by=None, at=at
    )
    return {"key": secret}


def drain() -> dict[str, Any]:
    """Bring everything that waits to the lake."""
    from django.utils import timezone

    from remit.collection.actions import drain_inbox

    began, events = time.perf_counter(), 0
    while (done := drain_inbox(at=timezone.now())).batches:
        events += done.events
    return {"events": events, "seconds": time.perf_counter() - began}


def drain_ever() -> dict[str, Any]:
    """Let a child drain without end, say its number, and let the next one do so when it was killed."""
    from remit.collection import actions  # once: its children begin with it, within a millisecond

    assert actions
    parent = os.getpid()
    while True:
        child = os.fork()
        if not child:
            while os.getppid() == parent:
                drain()
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


def drained() -> dict[str, Any]:
    """How many rows the lake holds of the events sent between the kills, and their ids."""
    import duckdb

    from remit.lake.queries import the_lake

    sql = the_lake().snapshot("events").sql()
    rows = duckdb.sql(f"SELECT event_code FROM ({sql}) WHERE event_code LIKE 'k%'").fetchall()
    return {"rows": len(rows), "ids": [code for (code,) in rows]}
