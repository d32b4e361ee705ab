"""A handbook as a file: the text of somebody else, read without trust."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.plain_yaml import NotPlain, read_plain

from .drafts import Draft, DraftUnusable, draft_of

DUTIES_MAX = 2_000  # brought in one transaction, for which everybody else waits


def drafts_in(content: bytes) -> list[Draft]:
    """The duties that a YAML file says, each once. Raise DraftUnusable, which says what and where."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftUnusable(_("The file is not YAML in UTF-8.")) from error
    try:
        entries = read_plain(text)
    except NotPlain as error:
        raise DraftUnusable(error.why.say(get_language() or "en")) from error
    if not isinstance(entries, list) or not entries:
        raise DraftUnusable(_("The file is no list of duties."))
    if len(entries) > DUTIES_MAX:
        raise DraftUnusable(
            _("The file says %(count)s duties; a handbook has at most %(most)s.")
            % {"count": len(entries), "most": DUTIES_MAX}
        )
    drafts = [draft_of(entry) for entry in entries]
    codes: set[str] = set()
    for draft in drafts:
        if draft.code in codes:
            raise DraftUnusable(
                _("%(code)s stands in the file twice: keep one of them, so that it is clear what holds.")
                % {"code": draft.code}
            )
        codes.add(draft.code)
    return drafts
