"""Why something was refused, in the language that the program asks for (``Accept-Language``)."""

from django.utils.translation import get_language

from ..figures.refusals import refusal_of


def language() -> str:
    return get_language() or "en"


def sentence_of(error: Exception) -> str:
    """A refusal of figures. In English it is the engine's own sentence, which names what the program sent."""
    if language().startswith("en"):
        return str(error)
    refusal = refusal_of(error)
    return f"{refusal.reason}{refusal.next}"
