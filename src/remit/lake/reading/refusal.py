"""Why a whole file, or a whole mapping, is not taken."""

from remit.core.text import Text


class Refusal(Exception):
    """Nothing was loaded. The text says what is wrong, where, and what to do."""

    def __init__(self, zh_hant: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh_hant, en)


class Unreadable(Refusal):
    """The file cannot be read as what it seems to be."""


class TooBig(Refusal):
    """The file is beyond a limit; the limit is named."""


class WrongMapping(Refusal):
    """The mapping does not fit the table or the file; the columns are named."""
