"""A small provider of log-in (OpenID Connect) on this machine."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit


class Provider(ThreadingHTTPServer):
    """Answers the three questions of the protocol; ``claims`` is who logged in there."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.claims: dict[str, object] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def app(self) -> dict[str, object]:
        """What REMIT_OIDC_APPS says of it."""
        return {
            "provider_id": "company", "name": "Company Log-in", "client_id": "remit", "secret": "s",
            "settings": {"server_url": self.address},
        }  # fmt: skip


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        where = self.server.address
        if self.path.startswith("/.well-known/openid-configuration"):
            self._say(
                {
                    "issuer": where,
                    "authorization_endpoint": f"{where}/authorize",
                    "token_endpoint": f"{where}/token",
                    "userinfo_endpoint": f"{where}/userinfo",
                    "jwks_uri": f"{where}/jwks",
                }
            )
        elif self.path.startswith("/authorize"):
            self._send_back()
        else:
            self._say(self.server.claims)

    def _send_back(self) -> None:
        """As if the person had logged in there."""
        asked = parse_qs(urlsplit(self.path).query)
        self.send_response(302)
        back = urlencode({"code": "c", "state": asked["state"][0]})
        self.send_header("Location", f"{asked['redirect_uri'][0]}?{back}")
        self.end_headers()

    def do_POST(self) -> None:
        self._say({"access_token": "t", "token_type": "Bearer", "expires_in": 300})

    def _say(self, values: dict) -> None:
        body = json.dumps(values).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the tests' output clean."""
