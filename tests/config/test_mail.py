"""One address says how letters leave the house."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from remit.config.mail import mailer


def test_each_kind_of_address_is_understood() -> None:
    backends = "django.core.mail.backends"
    assert mailer("console://") == {"BACKEND": f"{backends}.console.EmailBackend"}
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
