"""A passkey in software: what a browser and its device do, as far as a server can see."""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG
ORIGIN, DOMAIN = "http://testserver", "testserver"


@dataclass
class Passkey:
    """One key for one site; it checks its owner (user verification) and can be found without a name."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"the key of a test"
    counter: int = 0
    user: str = ""

    def register(self, options: dict) -> str:
        """Answer the server's request for a new key, as the page's script would post it."""
        self.user = _text(options["publicKey"]["user"]["id"])
        data = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        attested = AttestationObject.create("none", self._state(FLAGS.AT, data), {})
        return self._answer(
            {
                "clientDataJSON": self._client("webauthn.create", options),
                "attestationObject": websafe_encode(bytes(attested)),
            },
            clientExtensionResults={"credProps": {"rk": True}},
        )

    def log_in(self, options: dict) -> str:
        """Sign the server's challenge, for the person whose handle the key has kept."""
        self.counter += 1
        state, client = self._state(), self._client("webauthn.get", options)
        signed = bytes(state) + hashlib.sha256(websafe_decode(client)).digest()
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": websafe_encode(bytes(state)),
                "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": self.user,
            }
        )

    def _state(self, flags: int = 0, data: bytes = b"") -> AuthenticatorData:
        domain = hashlib.sha256(DOMAIN.encode()).digest()
        return AuthenticatorData.create(domain, FLAGS.UP | FLAGS.UV | flags, self.counter, data)

    def _client(self, kind: str, options: dict) -> str:
        text = _text(options["publicKey"]["challenge"])
        return websafe_encode(json.dumps({"type": kind, "challenge": text, "origin": ORIGIN}).encode())

    def _answer(self, response: dict, **more: object) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response}
            | {"clientExtensionResults": {}}
            | more
        )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else websafe_encode(value)
