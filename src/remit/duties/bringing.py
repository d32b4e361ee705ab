"""A handbook as a file: the text of somebody else, read without trust."""

import yaml
from django.utils.translation import gettext as _

from .drafts import Draft, DraftUnusable, draft_of

DEPTH_MAX = 12  # a handbook nests five deep
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def drafts_in(content: bytes) -> list[Draft]:
    """The duties that a YAML file says, each once. Raise DraftUnusable, which says what and where."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftUnusable(_("The file is not YAML in UTF-8.")) from error
    try:
        _require_plain(text)
        entries = yaml.load(text, Loader=LOADER)  # noqa: S506  # a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise DraftUnusable(_not_yaml(error)) from error
    except DraftUnusable:
        raise
    except ValueError as error:  # a day such as 2026-99-99, or a number of five thousand digits
        raise DraftUnusable(_("The file is not YAML in UTF-8.")) from error
    if not isinstance(entries, list) or not entries:
        raise DraftUnusable(_("The file is no list of duties."))
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


def _require_plain(text: str) -> None:
    """No deep nesting and no aliases: both can make a small file fill the memory."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise DraftUnusable(
                _("Line %(line)s: *%(name)s refers to another place of the file. Write out what is meant.")
                % {"line": line, "name": event.anchor}
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH_MAX:
            raise DraftUnusable(
                _("Line %(line)s: lists and mappings lie more than %(most)s deep. A duty needs five.")
                % {"line": line, "most": DEPTH_MAX}
            )


def _not_yaml(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("The file is not YAML in UTF-8.")
    return _("The file is not YAML in UTF-8: look at line %(line)s.") % {"line": mark.line + 1}
