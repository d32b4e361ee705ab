"""What a conflict is called and how its figures are said. Found ones are said from their facts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.ref import Ref
from remit.core.text import in_a_row
from remit.execution.enums import ClashKind
from remit.execution.models import Conflict
from remit.metrics.queries.definitions import catalogue
from remit.org.queries.people import people_by_id
from remit.planning.queries.choices import names_of, titles_of_plans

from ..templatetags.figures import day, money, number, say


def named(conflicts: Iterable[Conflict]) -> None:
    """Give each the name of the person whom it is about, as ``who``, or of the campaigns, as ``which``."""
    rows = list(conflicts)
    about = {
        row.pk: Ref.parse(row.things[0]).id for row in rows if row.kind == ClashKind.PERSON and row.things
    }
    people = people_by_id(set(about.values()))
    for row in rows:
        person = people.get(about.get(row.pk, 0))
        row.who = say(person) if person else ""  # type: ignore[attr-defined]  # for the words below
    meeting = {row.pk: [Ref.parse(thing) for thing in row.things] for row in rows if _is_audience(row)}
    refs = {ref for each in meeting.values() for ref in each}
    titles = {Ref("campaign", pk): name for pk, name in names_of(_ids(refs, "campaign")).items()}
    titles |= {Ref("plan", pk): title for pk, title in titles_of_plans(_ids(refs, "plan")).items()}
    for row in rows:
        row.which = [titles.get(ref, "") for ref in meeting.get(row.pk, ())]  # type: ignore[attr-defined]  # for the words below


def _ids(refs: Iterable[Ref], kind: str) -> list[int]:
    return [ref.id for ref in refs if ref.kind == kind]


def _is_audience(conflict: Conflict) -> bool:
    return conflict.kind == ClashKind.AUDIENCE and not conflict.title and len(conflict.things) == 2


def title_of(conflict: Conflict) -> str:
    """One line; what was logged has its own. Found ones have been ``named``."""
    if conflict.title:
        return conflict.title
    facts = conflict.facts
    match conflict.kind:
        case ClashKind.PERSON:
            monday = day(date.fromisoformat(facts["monday"]))
            who = getattr(conflict, "who", "")
            return _("%(who)s: more work than hours in the week of %(day)s") % {"who": who, "day": monday}
        case ClashKind.MONEY if "reference" in facts:
            return _("The paper %s stands against several lines") % facts["reference"]
        case ClashKind.MONEY if _is_alone(conflict):
            return _("A plan wants more than the budget has left")
        case ClashKind.MONEY:
            return _("Plans want more than the budget has left")
        case ClashKind.AUDIENCE if all(which := getattr(conflict, "which", [])) and which:
            return _("“%(one)s” and “%(other)s” reach the same %(both)s customers") % {
                "one": which[0], "other": which[1], "both": number(facts["both"])
            }  # fmt: skip
        case ClashKind.AUDIENCE:
            return _("Two campaigns reach the same %s customers") % number(facts["both"])
        case ClashKind.GOALS:
            return _("Goals pull “%s” apart") % _metric(facts["metric"])
        case _:
            return _("Material is short: %s") % facts.get("material", "")


def said(conflict: Conflict) -> str:
    """Its figures in a sentence."""
    facts = conflict.facts
    match conflict.kind:
        case _ if conflict.note:
            return conflict.note
        case ClashKind.PERSON:
            return _("%(taken)s hours of work against %(has)s hours.") % {
                "taken": number(facts["taken"]), "has": number(facts["has"])
            }  # fmt: skip
        case ClashKind.MONEY if "reference" in facts:
            return _("%(amount)s are entered on: %(lines)s.") % {
                "amount": money(Decimal(facts["amount"]), facts["currency"]),
                "lines": in_a_row(facts["lines"], get_language()),
            }
        case ClashKind.MONEY:
            text = (
                _("It still wants %(asked)s, %(left)s are left to grant.") if _is_alone(conflict)
                else _("Together they want %(asked)s, %(left)s are left to grant.")
            )  # fmt: skip
            return text % {
                "asked": money(Decimal(facts["asked"]), facts["currency"]),
                "left": money(Decimal(facts["left"]), facts["currency"]),
            }
        case ClashKind.AUDIENCE:
            return _("%(both)s of the %(smaller)s customers of the smaller campaign are in both.") % {
                "both": number(facts["both"]), "smaller": number(facts["smaller"])
            }  # fmt: skip
        case ClashKind.GOALS:
            return _("One goal wants it to rise, the other to fall, on the same days.")
        case _:
            return _stock(facts)


def _is_alone(conflict: Conflict) -> bool:
    return sum(thing.startswith("plan:") for thing in conflict.things) == 1


def _stock(facts: dict[str, object]) -> str:
    text = _("Plans need %(wanted)s pieces, %(stock)s are there.") % {
        "wanted": number(facts["wanted"]), "stock": number(facts["stock"])
    }  # fmt: skip
    if "ready_on" in facts:
        ready, first = (day(date.fromisoformat(str(facts[name]))) for name in ("ready_on", "first"))
        text += " " + _("It is ready on %(ready)s, the first campaign begins on %(first)s.") % {
            "ready": ready, "first": first
        }  # fmt: skip
    return text


def _metric(code: str) -> str:
    metric = catalogue().get(code)
    return say(metric.title) if metric else code
