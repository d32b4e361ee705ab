"""How letters leave the house."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = {
    "console": "remit.config.terminal.TerminalBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "submission": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
}
PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def mailer(url: str) -> dict[str, Any]:
    """An entry of Django's MAILERS for ``REMIT_MAIL``.

    ``console://`` prints letters, ``file:///folder`` writes them, ``smtp://`` sends them in the clear,
    ``submission://user:password@host`` with STARTTLS and ``smtps://`` over TLS. Raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if parts.scheme not in BACKENDS:
        raise ImproperlyConfigured(
            f"REMIT_MAIL begins with {parts.scheme!r}. Write console://, file:///folder, smtp://host, "
            "submission://user:password@host:587 or smtps://user:password@host:465."
        )
    entry: dict[str, Any] = {"BACKEND": BACKENDS[parts.scheme]}
    if parts.scheme == "file":
        entry["OPTIONS"] = {"file_path": unquote(parts.path)}
    elif parts.scheme in PORTS:
        if not parts.hostname:
            raise ImproperlyConfigured("REMIT_MAIL names no host. Write submission://user:password@host:587.")
        entry["OPTIONS"] = {
            "host": parts.hostname,
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "submission",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,
        }
    return entry
