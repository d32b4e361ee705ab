"""A reference to anything at all, held by rooms that may not know what it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """``Ref("campaign", 7)``, stored as the text ``campaign:7``."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Raise ValueError when the text is not ``kind:number``."""
        kind, colon, number = text.partition(":")
        if not (kind and colon and number.isdigit()):
            raise ValueError(f"Not a reference: {text!r}. Write kind:number, such as campaign:7.")
        return cls(kind, int(number))
