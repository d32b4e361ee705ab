"""Sends events to ``/collect`` as pages and tills do, and reads what reached the lake."""

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from remit.collection.actions import drain_inbox, make_key
from remit.collection.actions.draining import Drained
from remit.collection.models import WriteKey
from remit.lake.queries import the_lake
from tests.rooms import AT, Organisation

SHOP = "https://shop.example.com"
BROWSER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"
)


def event(number: int = 1, **said: Any) -> dict[str, Any]:
    """An event of this moment, with an id of its number."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    return {"id": f"e{number}", "event": "view", "at": now, "person": "device-1"} | said


@dataclass
class Desk:
    """A key of a web page and one of a server, both of the grocer."""

    organisation: Organisation
    page: WriteKey
    page_secret: str
    server: WriteKey
    server_secret: str

    def send(self, *events: Any, batch: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        """As a web page whose visitor agreed."""
        given = {
            "origin": SHOP,
            "user-agent": BROWSER,
            "authorization": f"Bearer {self.page_secret}",
        } | headers
        body = json.dumps({"events": events, "consent": True} | (batch or {}))
        return self.post(body.encode(), **given)

    def tell(self, *events: Any, batch: dict[str, Any] | None = None) -> HttpResponse:
        """As a server."""
        body = json.dumps({"events": events} | (batch or {}))
        return self.post(body.encode(), authorization=f"Bearer {self.server_secret}")

    def post(self, body: bytes, **headers: str) -> HttpResponse:
        client = Client(
            headers={"accept-language": "en"} | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        return client.generic("POST", "/collect", body, content_type="application/json")

    def packed(self, body: bytes) -> HttpResponse:
        return self.post(
            gzip.compress(body), authorization=f"Bearer {self.server_secret}", content_encoding="gzip"
        )

    def drain(self) -> Drained:
        return drain_inbox(at=timezone.now())


def stored(*columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    """What the lake holds of events, ordered."""
    sql = the_lake().snapshot("events").sql()
    return duckdb.sql(f"SELECT {', '.join(columns)} FROM ({sql}) WHERE {where} ORDER BY ALL").fetchall()


@pytest.fixture
def desk(organisation: Organisation) -> Desk:
    grocer = organisation.units["grocer"]
    given: dict[str, Any] = {"unit": grocer, "by": None, "at": AT}
    page, page_secret = make_key(name="Shop", kind="browser", origins=[SHOP], **given)
    server, server_secret = make_key(name="Till", kind="server", **given)
    return Desk(organisation, page, page_secret, server, server_secret)
