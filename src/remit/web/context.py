"""What every page of the shell needs. Read only when a template asks, so that fragments cost nothing."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _

from remit.notices.queries import unread_count

from . import navigation, places
from .viewer import Viewer, viewer_of

THEMES = ("auto", "light", "dark")


def theme_of(request: HttpRequest) -> str:
    """The theme chosen in the menu, kept in a cookie so that the log-in page has it too."""
    chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``shell.viewer``, ``shell.sections``, ``shell.theme``, ``shell.strings``."""
    return {"shell": Shell(request)}


class Shell:
    """The frame around a page, for the person who looks at it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.theme = theme_of(request)

    @property
    def here(self) -> str:
        match = getattr(self._request, "resolver_match", None)
        return (match.url_name or "") if match else ""

    @property
    def viewer(self) -> Viewer:
        return SimpleLazyObject(lambda: viewer_of(self._request))  # type: ignore[return-value]  # acts as the viewer it makes

    @property
    def sections(self) -> list[tuple[places.Section, list[navigation.Place]]]:
        return navigation.side_bar(self.viewer.abilities, self.here, heads=self.viewer.heads)

    @property
    def quick(self) -> list[navigation.Place]:
        """The few places of the bottom bar on a phone."""
        open_places = {
            p.entry.url_name: p
            for p in navigation.places(self.viewer.abilities, self.here, heads=self.viewer.heads)
        }
        return [open_places[name] for name in places.QUICK if name in open_places]

    @cached_property
    def unread(self) -> int:
        """Notices not read yet."""
        person = self.viewer.person
        return unread_count(person) if person else 0

    @property
    def strings(self) -> dict[str, str]:
        """Words that our scripts say."""
        return {
            "failed": _("That did not work. Nothing was changed; try again in a moment."),
            "offline": _("No connection. Your work is still on this page."),
            "forbidden": _("You may not do this, or it does not exist."),
            "too_many": _("Too many tries. Wait a minute, then try again."),
            "passkey_failed": _(
                "The passkey was not used: it was cancelled, or this device holds none for here."
            ),
            "passkey_address": _(
                "Passkeys need an address with a name. On this machine, open the same page at localhost."
            ),
            "no_data": _("no data"),
            "estimate": _("estimate"),
            "copied": _("Copied"),
            "nothing_found": _("Nothing found"),
            "places": _("Places"),
            "total": _("Total"),
        }
