"""The package for servers and tills: what it queues arrives, once, or is told."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import remit_collect
from remit_collect import Collector
from tests.collection.desk import Desk, stored


@pytest.mark.django_db(transaction=True)
def test_what_a_till_tells_is_in_the_lake(desk: Desk, live_server: Any) -> None:
    refused: list[tuple[str, str]] = []
    with Collector(
        live_server.url, desk.server_secret, on_refused=lambda event, why: refused.append((event["id"], why))
    ) as collector:
        collector.track("member_scan", person="M-1", customer="M-1", channel="store", id="scan")
        collector.track("redeem", person="M-1", properties={"code": "SPRING-7"}, value="50", id="code")
        collector.track("redeem", person="", id="wrong")
    desk.drain()
    assert stored("event_code", "event", "person_code") == [
        ("code", "redeem", "M-1"),
        ("scan", "member_scan", "M-1"),
    ]
    assert refused == [("wrong", "person: String should have at least 1 character")]


class Moody(HTTPServer):
    """Answers as it is told, and keeps what came."""

    def __init__(self, *answers: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.came: list[list[str]] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Moody

    def do_POST(self) -> None:
        body = json.loads(gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.came.append([event["id"] for event in body["events"]])
        status = self.server.answers.pop(0) if self.server.answers else 200
        answer = json.dumps({"refused": [], "detail": "no"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(remit_collect, "WAIT_S", 0.001)
    yield


def test_what_did_not_arrive_is_sent_again_with_the_same_ids(quick: None) -> None:
    server = Moody(503, 429, 200)
    with Collector(f"http://127.0.0.1:{server.server_port}", "rws_x") as collector:
        collector.track("view", person="a", id="one")
    assert collector.close() == 0
    assert server.came == [["one"], ["one"], ["one"]]
    server.shutdown()
    server.server_close()


def test_what_will_never_be_taken_is_told_and_let_go(quick: None) -> None:
    server, told = Moody(401), []
    with Collector(
        f"http://127.0.0.1:{server.server_port}",
        "rws_x",
        lambda event, why: told.append((event["id"], why[:3])),
    ) as collector:
        collector.track("view", person="a", id="one")
    assert (collector.close(), told) == (0, [("one", "401")])
    server.shutdown()
    server.server_close()


def test_it_stands_alone(tmp_path: Path) -> None:
    """Copied anywhere it runs with the standard library only."""
    (tmp_path / "remit_collect.py").write_bytes(Path(remit_collect.__file__).read_bytes())
    code = (
        "import sys, remit_collect;"
        "print([n for n in sys.modules if n.split('.')[0] in ('django', 'remit', 'numpy')])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
