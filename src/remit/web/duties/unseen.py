"""Evidence that nobody who accepts it could open: said to the giver before they deliver.

A page shows everybody what lies within their own sight, so a private board, or a thing of another unit, would
lie before the accountable as "not visible to you".
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.duties.models import Occurrence
from remit.duties.queries.work import evidence_of
from remit.duties.rules import reviewers_of
from remit.org.models import Person
from remit.org.queries.people import people_by_id
from remit.org.queries.today import today

from ..refs import resolve_all
from ..templatetags.figures import say


def unseen(one: Occurrence, giver: Person, things: Iterable[str]) -> dict[str, str]:
    """Those things that none of the people who will accept may open, each with the names of these people.

    Empty where nobody is there to accept: that is a finding of its own.
    """
    refs = {Ref.parse(text) for text in things if text}
    if not refs:
        return {}
    known = people_by_id(reviewers_of(one, giver.pk, today()))
    hidden = refs if known else set()
    for person in known.values():
        hidden = hidden - set(resolve_all(person, hidden))
    names = _(", ").join(say(person) for person in known.values())
    return {str(ref): names for ref in hidden}


def why_unseen(one: Occurrence, giver: Person) -> str:
    """The sentence that keeps a delivery back while who accepts it cannot open a piece; else nothing."""
    hidden = unseen(one, giver, [piece.thing for piece in evidence_of(one)])
    return sentence(giver, *next(iter(hidden.items()))) if hidden else ""


def sentence(giver: Person, thing: str, names: str) -> str:
    """What is to be done about a thing that ``names`` cannot open, in the giver's words."""
    ref = Ref.parse(thing)
    subject = resolve_all(giver, [ref]).get(ref)
    return _(
        "%(names)s accepts this and cannot open “%(what)s”. Share it with them, or withdraw it and give"
        " something that they can see."
    ) % {"names": names, "what": subject.title if subject else ref.kind}
