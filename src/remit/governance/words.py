"""What a policy objects to, in sentences that cite the clause."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import day_in

from .clauses import Clause
from .deciding import Judgement, Objection, Refusal


def sentences_of(judgement: Judgement) -> list[str]:
    """Every objection, in the reader's language."""
    return [sentence_of(refusal) for refusal in judgement.refusals]


def sentence_of(refusal: Refusal) -> str:
    """What is objected to and what to do, with the clause and the code of the handbook."""
    said = _said(refusal)
    return f"{said} {citation(refusal.clause)}" if refusal.clause else said


def citation(clause: Clause) -> str:
    """The clause as it is quoted: its text, its code, and the handbook's."""
    where = f"{clause.code} · {clause.basis}" if clause.basis else clause.code
    return _("“%(text)s” (%(where)s)") % {"text": clause.text.say(get_language() or "en"), "where": where}


def _said(refusal: Refusal) -> str:
    match refusal.kind:
        case Objection.REFUSED:
            return _("This is not accepted.")
        case Objection.LEAD:
            assert refusal.latest is not None
            return _(
                "This comes too late: the last day was %(day)s. Move the date, or ask for the green channel."
            ) % {"day": day_in(refusal.latest, get_language())}
        case Objection.PAPER:
            assert refusal.paper is not None
            return _("A document is missing: %(paper)s.") % {
                "paper": refusal.paper.title.say(get_language() or "en")
            }
        case Objection.UNKNOWN:
            return _("This cannot be judged: something that the clause asks about is not stated.")
        case Objection.NO_GREEN:
            return _("No clause opens the green channel for this.")
        case Objection.QUOTA:
            return _("The green channel has been used as often as it may be in this period.")
        case Objection.OWING:
            return _("Papers of an earlier request on the green channel are overdue: give them first.")
    return _(
        "No clause asks for a signature on this, and nothing is approved by itself. "
        "Ask who keeps the policies."
    )
