"""Hand one letter over: to the mail server, or to a robot."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remit.org.models import Person, Unit
from remit.org.queries.today import company_day

from ..enums import Way
from ..models import Letter
from ..posting import post
from ..queries.messages import personal_message, shown_in, team_message
from ..queries.robots import robot_of, team_robot_of
from ..queries.saying import Said
from ..robots import robot


def hand_over(letter: Letter, at: datetime) -> None:
    """Send what its readers may see at this moment, in their language; nothing when nothing is left.

    Raises whatever the other side, its library or the network raise.
    """
    if letter.unit is not None:
        with translation.override(settings.LANGUAGE_CODE):
            _by_team_robot(letter, letter.unit, at)
    elif letter.person is not None and letter.person.is_active:
        with translation.override(letter.person.language or settings.LANGUAGE_CODE):
            by = _by_mail if letter.way == Way.MAIL else _by_robot
            by(letter, letter.person, at)


def _by_mail(letter: Letter, person: Person, _at: datetime) -> None:
    if shown := shown_in(letter, person):
        _mail(letter, person, shown).send()


def _by_robot(letter: Letter, person: Person, at: datetime) -> None:
    name = robot_of(person, company_day(at))
    if name and (message := personal_message(letter, person)):
        post(robot(name), message, at)


def _by_team_robot(letter: Letter, unit: Unit, at: datetime) -> None:
    name = team_robot_of(unit).robot
    if name and (message := team_message(letter, unit)):
        post(robot(name), message, at)


def _mail(letter: Letter, person: Person, shown: list[Said]) -> EmailMultiAlternatives:
    subject = (
        shown[0].sentence
        if len(shown) == 1
        else ngettext("%(count)s notice", "%(count)s notices", len(shown)) % {"count": len(shown)}
    )
    context = {"person": person, "notices": shown, "address": settings.ADDRESS.rstrip("/")}
    host = urlsplit(settings.ADDRESS).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=_("[Remit] %s") % " ".join(subject.split())[:150],
        body=render_to_string("notices/letter.txt", context),
        to=[person.email, *filter(None, [letter.address])],
        headers={"Message-ID": f"<{letter.message_id}@{host}>"},
    )
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message
