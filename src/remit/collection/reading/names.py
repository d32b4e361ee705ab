"""Names of a person by which they are known again, brought into one form."""

import re
import unicodedata


def plain_name(kind: str, name: str) -> str:
    """A name so that the same person's is always the same: width and case folded, marks of a phone left out.

    An address is folded whole: no provider tells two people apart by capitals before the @.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if kind == "phone":
        digits = re.sub(r"[^0-9+]", "", text)
        return "+" + digits[2:] if digits.startswith("00") else digits
    return text.casefold() if kind == "email" else text
