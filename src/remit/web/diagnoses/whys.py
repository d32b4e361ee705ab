"""One why: what it rests on, what the evidence says, why it is so in turn, what is done about it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.learning.actions.why import (
    add_figure,
    add_quote,
    add_test,
    add_thing,
    ask_why,
    judge_why,
    remove_clue,
    remove_why,
)
from remit.learning.diagnosis_rules import (
    can_look_into,
    can_settle,
    can_steer,
    clues_visible_to,
    whys_visible_to,
)
from remit.learning.enums import WhyVerdict
from remit.learning.models import Why
from remit.metrics.saved import UnreadableQuestion

from ..doing import done, tried
from ..figures.refusals import REFUSALS, refusal_of
from ..figures.sight import Sight
from ..requiring import require
from ..who import who
from .clue_forms import ClueForm, FigureForm, QuoteForm, SavedForm, TestForm, ThingForm
from .evidence import evidence_of
from .forms import DoneForm, DropRemedyForm, RemedyForm, VerdictForm, WhyForm
from .page import WRONG, currency_of, newest_why
from .words import VERDICT_ICONS, VERDICT_TONES, act_of

KINDS: dict[str, tuple[type[ClueForm], Callable[..., object]]] = {
    "figure": (FigureForm, add_figure), "saved": (SavedForm, add_figure), "quote": (QuoteForm, add_quote),
    "test": (TestForm, add_test), "thing": (ThingForm, add_thing),
}  # fmt: skip


def found(request: HttpRequest, why_id: int) -> Why:
    """The why, if the person may see its diagnosis."""
    rows = whys_visible_to(who(request)).select_related(
        "diagnosis__unit", "diagnosis__owner", "parent", "judged_by"
    )
    return get_object_or_404(rows, pk=why_id)


@require_GET
def page(request: HttpRequest, why_id: int) -> HttpResponse:
    """Evidence and verdict, and what follows."""
    return show(request, found(request, why_id))


@require_POST
def asking(request: HttpRequest, why_id: int) -> HttpResponse:
    """Why is that so?"""
    why = found(request, why_id)
    require(can_look_into(who(request), why.diagnosis))
    form = WhyForm(request.POST)
    said = _("Asked. Now give evidence for it or against it.")
    if done(request, form, ask_why, WRONG, said=said, diagnosis=why.diagnosis, parent=why):
        return redirect(newest_why(why.diagnosis, why, form))
    return show(request, why, asking=form)


@require_POST
def verdict(request: HttpRequest, why_id: int) -> HttpResponse:
    """Say what the evidence says."""
    why = found(request, why_id)
    require(can_steer(who(request), why.diagnosis))
    form = VerdictForm(request.POST)
    if done(request, form, judge_why, WRONG, said=_("Judged."), why=why):
        return redirect("diagnoses_why", why.pk)
    return show(request, why, judging=form)


@require_POST
def removal(request: HttpRequest, why_id: int) -> HttpResponse:
    """Take it out while nothing rests on it."""
    why = found(request, why_id)
    require(can_steer(who(request), why.diagnosis))
    if tried(request, remove_why, WRONG, said=_("Taken out."), why=why):
        return redirect("diagnoses_diagnosis", why.diagnosis_id)
    return redirect("diagnoses_why", why.pk)


@require_POST
def evidence(request: HttpRequest, why_id: int, kind: str) -> HttpResponse:
    """Give a piece of evidence of a kind."""
    why = found(request, why_id)
    require(can_look_into(who(request), why.diagnosis))
    if kind not in KINDS:
        raise Http404
    shape, action = KINDS[kind]
    sight = Sight.of(request)
    form = shape(request.POST, sight=sight)
    if _kept(request, form, action, why, sight):
        return redirect("diagnoses_why", why.pk)
    return show(request, why, **{kind: form})


def _kept(
    request: HttpRequest, form: ClueForm, action: Callable[..., object], why: Why, sight: Sight
) -> bool:
    """A figure is asked now; where it is refused, the form says why in the reader's language."""
    given: dict[str, Any] = {"why": why}
    try:
        if action is add_figure and form.is_valid():
            given["narrowed"] = sight.within(form.cleaned_data["question"].get("unit", ""))
        return done(request, form, action, (*WRONG, UnreadableQuestion), said=_("Kept."), **given)
    except REFUSALS as error:
        refusal = refusal_of(error)
        form.add_error(None, f"{refusal.reason} {refusal.next}".strip())
        return False


@require_POST
def clue_removal(request: HttpRequest, clue_id: int) -> HttpResponse:
    """Take evidence out."""
    clue = get_object_or_404(
        clues_visible_to(who(request)).select_related("why__diagnosis__unit"), pk=clue_id
    )
    require(can_steer(who(request), clue.why.diagnosis))
    tried(request, remove_clue, WRONG, said=_("Taken out."), clue=clue)
    return redirect("diagnoses_why", clue.why_id)


def show(request: HttpRequest, why: Why, **more: Any) -> HttpResponse:
    """The page, with forms as they were sent in ``more``."""
    person, sight, diagnosis = who(request), Sight.of(request), why.diagnosis
    may_look, may_steer = bool(can_look_into(person, diagnosis)), bool(can_steer(person, diagnosis))
    chosen = WhyVerdict(why.verdict)
    currency = currency_of(diagnosis)
    for row in (remedies := list(why.remedies.select_related("owner").order_by("due_on", "pk"))):
        row.why = why
    context = {
        "why": why, "diagnosis": diagnosis, "chain": _chain(why), "tone": VERDICT_TONES.get(chosen, ""),
        "icon": VERDICT_ICONS[chosen],
        "evidence": evidence_of([why], diagnosis.unit, sight).get(why.pk, ()),
        "below": [
            (one, VERDICT_TONES.get(WhyVerdict(one.verdict), "")) for one in why.children.order_by("place")
        ],
        "measures": [act_of(one, currency, may_settle=bool(can_settle(person, one))) for one in remedies],
        "may_look": may_look, "may_steer": may_steer,
        "may_ask": may_look and chosen in (WhyVerdict.OPEN, WhyVerdict.HOLDS),
        "may_remedy": may_steer and chosen == WhyVerdict.ROOT,
        "asking": WhyForm(), "judging": VerdictForm(why=why), "remedy": RemedyForm(by=person),
        "finishing": DoneForm(), "dropping": DropRemedyForm(), "settling": 0,
        **{kind: shape(sight=sight) for kind, (shape, _action) in KINDS.items()},
    }  # fmt: skip
    return render(request, "diagnoses/why_page.html", context | more, status=422 if more else 200)


def _chain(why: Why) -> list[Why]:
    """The whys above it, the first one first."""
    above, step = [], why.parent
    while step is not None:
        above.append(step)
        step = step.parent
    return above[::-1]
