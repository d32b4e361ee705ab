"""What a template may not do, whatever page it is of."""

import re
from pathlib import Path

from django.conf import settings

FOLDERS = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
ALONE = re.compile(r'{% include "([^"]+)"[^%]* only %}')
FORM = re.compile(r"<form\b|<c-post\b|<c-form\b")


def test_what_is_included_without_the_page_has_no_form():
    """``only`` leaves the token behind, and the form would be refused when somebody sends it."""
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in folder.rglob("*.html")
    }
    alone = {name for text in texts.values() for name in ALONE.findall(text)}
    assert alone
    assert {name for name in alone if FORM.search(texts[name])} == set()
