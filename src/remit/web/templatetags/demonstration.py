"""Who may be entered as, where the instance is a demonstration."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.utils.translation import get_language

from remit.org.queries.demonstration import demonstration_posts
from remit.org.queries.today import today

register = template.Library()


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the demonstration with what they are."""

    email: str
    name: str
    post: str

    def title(self, language: str) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Cast:
    people: tuple[Member, ...]
    password: str


@register.simple_tag
def demonstration_cast() -> Cast:
    """The people of the demonstration, who all have the same printed password; nobody in a real company."""
    language = get_language() or "zh-hant"
    people = tuple(
        Member(
            held.person.email,
            held.person.title(language),
            f"{held.position.title(language)} · {held.unit.title(language)}",
        )
        for held in demonstration_posts(today())
    )
    return Cast(people, settings.DEMONSTRATION_PASSWORD)
