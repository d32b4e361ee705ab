"""Somebody at the import pages, as a browser without JavaScript would be."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from remit.lake import tasks
from remit.lake.models import Import
from remit.lake.queries import the_lake
from remit.org.models import Person, Unit
from tests.cast import enter_cast

GOOD = [f"b{n},2017-03-{n:02d},p{n % 3},c{n % 4},s1,{n},{n}.50" for n in range(1, 11)]
HEADER = "basket,day,product,customer,store,qty,amount"
WRONG_DAY = "b11,2017-13-01,p1,c1,s1,1,5.00"
WRONG_AMOUNT = "b12,2017-03-12,p1,c1,s1,1,five"


def csv(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode() + b"\n"


@dataclass
class Desk:
    """Somebody at the import pages."""

    client: Client

    def get(self, name: str, *args: object, **query: str) -> str:
        answer = self.client.get(reverse(name, args=args), query)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def hand_in(self, content: bytes, name: str = "till.csv", unit: str = "journey") -> int:
        """Upload; return the file's number."""
        data = {"file": SimpleUploadedFile(name, content), "unit": Unit.objects.get(code=unit).pk}
        answer = self.client.post(reverse("imports_upload"), data)
        assert answer.status_code == 302, notes(answer)
        return int(re.search(r"files/(\d+)", answer["Location"])[1])

    def form(self, file_id: int, table: str = "order_lines") -> dict[str, str]:
        """The mapping page's form as the browser would send it."""
        return fields(self.get("imports_mapping", file_id, table=table))

    def draft(self, file_id: int, table: str = "order_lines", **changes: str) -> str:
        """Send the mapping; return what the preview's address carries."""
        data = self.form(file_id, table) | changes
        answer = self.client.post(reverse("imports_mapping", args=[file_id]) + f"?table={table}", data)
        assert answer.status_code == 302, notes(answer)
        return parse_qs(urlsplit(answer["Location"]).query)["m"][0]

    def start(self, file_id: int, draft: str, **more: str) -> Import:
        answer = self.client.post(reverse("imports_start", args=[file_id]), {"m": draft, **more})
        assert answer.status_code == 302, notes(answer)
        return Import.objects.get(pk=int(re.search(r"imports/(\d+)", answer["Location"])[1]))

    def load(self, content: bytes) -> Import:
        """The whole way to a finished import."""
        file_id = self.hand_in(content)
        row = self.start(file_id, self.draft(file_id))
        return work(row)


def notes(answer: object) -> list[str]:
    """What a refused page says, for whoever reads a failed test."""
    return re.findall(r"<div class=\"note note-bad.*?</div></div>", answer.content.decode(), re.S)  # type: ignore[attr-defined]  # a response


def work(row: Import) -> Import:
    """What the worker would do."""
    tasks.run.call(row.pk)
    return Import.objects.get(pk=row.pk)


def fields(page: str) -> dict[str, str]:
    """Names and values of a page's inputs, chosen options and text areas."""
    main = page[page.index("<main") :]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", main):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (not re.search(r'type="(radio|checkbox)"', tag) or "checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]* selected', body) or re.search(r'value="([^"]*)"', body)
        found[name] = chosen[1]
    for name, body in re.findall(r'<textarea\b[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.S):
        found[name] = body
    return found


def rows_in_the_lake() -> int:
    return the_lake().snapshot("order_lines").rows


@pytest.fixture
def desk(db, settings, tmp_path):
    """A desk for anybody of the demonstration's people, on an empty lake."""
    settings.HOME, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    settings.LAKE_URL = str(tmp_path / "lake")
    cache.clear()
    enter_cast()

    def at(login: str) -> Desk:
        client = Client(headers={"accept-language": "en"})
        client.force_login(
            Person.objects.get(email=f"{login}@demo.example"),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return Desk(client)

    return at


@pytest.fixture
def analyst(desk) -> Desk:
    """The desk of somebody who may import for one company."""
    return desk("analyst")


@pytest.fixture
def left_out(analyst) -> Import:
    """An import with ten good rows, a wrong day and a wrong amount."""
    return analyst.load(csv(*GOOD, WRONG_DAY, WRONG_AMOUNT))
