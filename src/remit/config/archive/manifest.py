"""What an archive holds."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

FORMAT = 1
NAME = "manifest.json"


class BadArchive(ValueError):
    """The archive cannot be restored; the sentence says why and what to do."""


@dataclass
class Manifest:
    """``database`` is ``sqlite`` or ``postgresql``; ``lake``: table to version and rows; ``files``: path to
    size in bytes and SHA-256."""

    made_at: str
    remit: str
    database: str
    lake: dict[str, dict[str, int]] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raise BadArchive for another program's or a later Remit's manifest."""
        try:
            found = json.loads(text)
            if found["format"] > FORMAT:
                raise BadArchive(
                    f"The archive is of Remit {found['remit']}, newer than this one. Update Remit."
                )
            datetime.fromisoformat(found["made_at"])
            found["files"] = {path: (size, digest) for path, (size, digest) in found["files"].items()}
            return cls(**found)
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, BadArchive):
                raise
            raise BadArchive(f"The manifest of the archive cannot be read: {error}.") from error
