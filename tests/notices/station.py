"""A server on this machine that plays the robots of the three services, as their documents describe them."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import yaml

SECRET = "SEC-of-a-test"
KEY = "693a91f6-7bc4-4bc4-97a0-0ec2sifa5aaa"


@dataclass
class Heard:
    """One request that reached the server."""

    kind: str
    query: dict[str, str]
    headers: dict[str, str]
    body: dict

    @property
    def text(self) -> str:
        """What a member of the group reads."""
        if self.kind != "feishu":
            return self.body["text"]["content"]
        post = self.body["content"]["post"]["zh_cn"]
        lines = ["".join(tag["text"] for tag in paragraph) for paragraph in post["content"]]
        return "\n".join([post["title"], *lines])


@dataclass
class Station:
    """``heard``: every request; ``posted``: those taken. ``answers``: what to say first, without a look."""

    now: datetime
    address: str = ""
    heard: list[Heard] = field(default_factory=list)
    posted: list[Heard] = field(default_factory=list)
    answers: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)

    def setting(self, secret: str = SECRET, key: str = KEY) -> str:
        """What REMIT_ROBOTS says of the three robots, each named for its service."""
        return yaml.safe_dump(
            {
                "dingtalk": {
                    "kind": "dingtalk",
                    "url": f"{self.address}/robot/send?access_token=abc",
                    "secret": secret,
                },
                "feishu": {
                    "kind": "feishu",
                    "url": f"{self.address}/open-apis/bot/v2/hook/abc",
                    "secret": secret,
                },
                "wecom": {"kind": "wecom", "url": f"{self.address}/cgi-bin/webhook/send", "secret": key},
            }
        )

    def take(self, heard: Heard) -> dict:
        """Check the signature as the service does, and answer as it does."""
        self.heard.append(heard)
        refusal = {"dingtalk": self._dingtalk, "feishu": self._feishu, "wecom": self._wecom}[heard.kind](
            heard
        )
        if refusal:
            return refusal
        self.posted.append(heard)
        if heard.kind == "feishu":
            return {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}
        return {"errcode": 0, "errmsg": "ok"}

    def _dingtalk(self, heard: Heard) -> dict | None:
        stamp = heard.query.get("timestamp", "0")
        wanted = signature(SECRET.encode(), f"{stamp}\n{SECRET}".encode())
        if heard.query.get("sign") == wanted and self._is_recent(int(stamp) / 1000):
            return None
        return {"errcode": 310000, "errmsg": "sign not match"}

    def _feishu(self, heard: Heard) -> dict | None:
        stamp = heard.body.get("timestamp", "0")
        if heard.body.get("sign") == signature(f"{stamp}\n{SECRET}".encode(), b"") and self._is_recent(
            int(stamp)
        ):
            return None
        return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}

    def _wecom(self, heard: Heard) -> dict | None:
        return None if heard.query.get("key") == KEY else {"errcode": 93000, "errmsg": "invalid webhook url"}

    def _is_recent(self, stamp: float) -> bool:
        return abs(self.now.timestamp() - stamp) < timedelta(hours=1).total_seconds()


def signature(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def answer(handler: BaseHTTPRequestHandler, said: object, status: int = 200, **headers: str) -> None:
    """Answer a request with JSON, or with a text as it is."""
    body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


PATHS = {"/robot/send": "dingtalk", "/open-apis/bot/v2/hook/abc": "feishu", "/cgi-bin/webhook/send": "wecom"}


def open_station(now: datetime) -> tuple[Station, Callable[[], None]]:
    """The station, listening on a free port, and how to close it."""
    station = Station(now)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            heard = Heard(PATHS[parts.path], query, dict(self.headers), body)
            if station.answers:
                station.heard.append(heard)
                station.answers.pop(0)(self)
            else:
                answer(self, station.take(heard))

        def do_GET(self) -> None:
            station.heard.append(Heard("followed a redirect", {}, {}, {}))
            answer(self, {"errcode": 0, "code": 0})

        def log_message(self, *_args: object) -> None:
            """A test says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    station.address = f"http://127.0.0.1:{server.server_port}"

    def close() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return station, close
