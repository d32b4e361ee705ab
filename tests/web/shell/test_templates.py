"""What a template may not do, whatever page it is of."""

import re
from pathlib import Path

import remit.web

FOLDER = Path(remit.web.__file__).parent / "templates"
ALONE = re.compile(r'{% include "([^"]+)"[^%]* only %}')
FORM = re.compile(r"<form\b|<c-post\b|<c-form\b")


def test_what_is_included_without_the_page_has_no_form():
    """``only`` leaves the token behind, and the form would be refused when somebody sends it."""
    texts = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.html")
    }
    alone = {name for text in texts.values() for name in ALONE.findall(text)}
    assert alone
    assert {name for name in alone if FORM.search(texts[name])} == set()
