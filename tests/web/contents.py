"""What a reader finds in an answer: the text of a page with its links and chart data, the cells of a file."""

import io
import re
from html.parser import HTMLParser
from zipfile import ZipFile

from django.http import HttpResponse
from django.test import Client

from remit.org.models import Person

TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")  # against forged forms; another one on each page


class _Words(HTMLParser):
    """Everything of a page that a reader or a script reads, without what the address itself said."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.hidden = tag in ("script", "style") and named.get("type") != "application/json"
        if named.get("name") != "csrfmiddlewaretoken":
            wanted = ("href", "value", "title", "aria-label", "data-tip", "content")
            self.text += [str(named[key]) for key in wanted if named.get(key)]

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def content_of(answer: HttpResponse) -> str:
    """Text of an answer: of a page with its links and chart data, of a file with all its cells."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a streaming answer has it
    kind = answer.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        with ZipFile(io.BytesIO(body)) as book:
            inside = [
                book.read(name).decode() for name in book.namelist() if "sheet" in name or "shared" in name
            ]
        return re.sub(r"<[^>]+>", "\n", "\n".join(inside))
    text = TOKEN.sub("", body.decode())
    if "html" not in kind:
        return text.replace(",", "\n") if "csv" in kind else text
    words = _Words()
    words.feed(text)
    return "\n".join(words.text)


def browser(name: str) -> Client:
    """A browser of one of the people, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(email=f"{name}@demo.example"))
    return client
