"""Text in drawings made by the server: as much of it as a box has room for."""


def fitted(text: str, room: int) -> str:
    """As much of the text as fits into ``room`` places; a Chinese character takes two."""
    kept = ""
    for character in text:
        room -= 2 if ord(character) > 0x2E7F else 1
        if room < 0:
            return kept.rstrip() + "…"
        kept += character
    return kept
