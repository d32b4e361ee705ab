"""One address says how letters leave the house."""

import io
import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from remit.config.mail import mailer
from remit.config.terminal import TerminalBackend
from tools.browsing import ROOT


def test_the_terminal_shows_a_letter_as_it_is_read() -> None:
    out = io.StringIO()
    link = "http://localhost:8000/accounts/password/reset/key/3-d7z1kq-" + "a" * 60
    letter = EmailMessage(
        "重設密碼", f"請按這個連結：\n{link}", "Remit <remit@localhost>", ["ann@example.org"]
    )
    assert TerminalBackend(stream=out).send_messages([letter]) == 1
    said = out.getvalue().splitlines()
    assert "Subject: 重設密碼" in said
    assert "請按這個連結：" in said
    assert link in said


def test_each_kind_of_address_is_understood() -> None:
    backends = "django.core.mail.backends"
    assert mailer("console://") == {"BACKEND": "remit.config.terminal.TerminalBackend"}
    assert mailer("file:///var/letters%20out") == {
        "BACKEND": f"{backends}.filebased.EmailBackend",
        "OPTIONS": {"file_path": "/var/letters out"},
    }
    options = mailer("submission://me%40x.org:p%3Aw@mail.x.org")["OPTIONS"]
    assert options == {
        "host": "mail.x.org", "port": 587, "username": "me@x.org", "password": "p:w",
        "use_tls": True, "use_ssl": False, "timeout": 10,
    }  # fmt: skip
    found = {url: mailer(url)["OPTIONS"] for url in ("smtp://x.org:2525", "smtps://x.org")}
    assert [(o["port"], o["use_tls"], o["use_ssl"]) for o in found.values()] == [
        (2525, False, False),
        (465, False, True),
    ]


@pytest.mark.parametrize(
    ("url", "sentence"), [("post://x", "begins with 'post'"), ("smtp://", "names no host")]
)
def test_an_address_that_cannot_be_read_says_what_to_write(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        mailer(url)


@pytest.mark.parametrize("page", ["docs/howto/run-it.md", "docs/reference/settings.md"])
def test_every_address_that_the_documents_give_is_understood(page: str) -> None:
    lines = [line for line in (ROOT / page).read_text().splitlines() if "REMIT_MAIL" in line]
    given = [url for line in lines for url in re.findall(r"\b(?:[a-z+]+)://[^\s`;')]*", line)]
    assert given
    assert [mailer(url)["BACKEND"] for url in given]
