"""What is owed: the list of one's work, and one occurrence with its evidence."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.core.ref import Ref
from remit.duties.actions.evidence import EvidenceUnreadable, NotOpen, give_evidence, withdraw_evidence
from remit.duties.enums import State
from remit.duties.models import Occurrence
from remit.duties.queries.handbook import deliverable_of
from remit.duties.queries.work import evidence_counts, evidence_of, owed_by, submissions_of
from remit.duties.rules import (
    can_deliver,
    can_review,
    can_waive,
    crew_of,
    evidence_visible_to,
    occurrences_visible_to,
)
from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.org.models import Person
from remit.org.queries.clocks import clocks
from remit.org.queries.people import people_by_id
from remit.org.queries.today import today

from ..doing import tried
from ..lists import Bulk, Column, Filter, Listing
from ..refs import resolve_all
from ..requiring import require
from ..who import who
from .forms import DeliveryForm, EvidenceForm, WaiverForm
from .things import TITLES
from .titles import caused, language, titled
from .unseen import unseen

TONES = {State.OPEN: "", State.DELIVERED: "accent", State.ACCEPTED: "good", State.WAIVED: ""}

COLUMNS = (
    Column(
        "duty", gettext_lazy("Duty"), value=lambda one: one.title,
        href=lambda one: reverse("duties_occurrence", args=[one.pk]), note=lambda one: one.about,
    ),
    Column("unit", gettext_lazy("Unit"), value=lambda one: one.charge.unit.title(language())),
    Column("due_on", gettext_lazy("Due"), kind="day", sort="due_at"),
    Column(
        "state", pgettext_lazy("duty", "State"), value=lambda one: state_of(one), kind="badge",
        tone=lambda one: "bad" if is_late(one) else TONES[State(one.state)], sort="state",
    ),
    Column("returns", gettext_lazy("Returned"), kind="count", sort="returns", optional=True),
)  # fmt: skip


def is_late(one: Occurrence) -> bool:
    """Whether it should have been delivered by now."""
    return one.state == State.OPEN and one.due_at < timezone.now()


def state_of(one: Occurrence) -> str:
    return str(_("Overdue")) if is_late(one) else str(State(one.state).label)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """One's own work, what waits for one's acceptance included."""
    rows = owed_by(who(request), timezone.now()).select_related("charge__duty", "charge__unit", "version")
    found = Listing(
        request, rows, COLUMNS, name="work", search=("charge__duty__code", "version__words__title"),
        filters=(
            Filter("state", _("State"), State.choices[:2], field="state"),
            Filter("late", _("Clock"), (("late", _("Overdue")),), apply=_late),
        ),
        sort="due_on", prepare=lambda rows: caused(titled(rows), who(request)),
        bulk=(
            Bulk(_("Deliver with a note: nothing unusual"), reverse("duties_submissions"), "check"),
            Bulk(_("Accept"), reverse("duties_reviews"), "circle-check"),
        ),
    )  # fmt: skip
    return found.export() or render(request, "duties/work.html", {"listing": found})


def _late(rows: QuerySet[Occurrence], _value: str) -> QuerySet[Occurrence]:
    return rows.filter(state=State.OPEN, due_at__lt=timezone.now())


@require_GET
def page(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """One occurrence: what is asked for, what was given, what happened."""
    return show(request, found(request, occurrence_id))


def found(request: HttpRequest, occurrence_id: int) -> Occurrence:
    """The occurrence, if the person may see it."""
    rows = occurrences_visible_to(who(request)).select_related("charge__duty", "charge__unit", "version")
    return get_object_or_404(rows, pk=occurrence_id)


def show(request: HttpRequest, one: Occurrence, **more: Any) -> HttpResponse:
    """The page of an occurrence; 422 when a form comes back with errors."""
    person, on = who(request), today()
    caused(titled([one]), person)
    crew = crew_of(one, on)
    may_deliver, may_review = can_deliver(person, one, on), can_review(person, one, on)
    pieces = evidence_of(one)
    used = {piece.thing for piece in pieces}
    sightings = [s for s in one.sightings.order_by("pk") if s.thing not in used and one.state == State.OPEN]
    things = [Ref.parse(text) for text in (*(p.thing for p in pieces), *(s.thing for s in sightings)) if text]
    version = one.version
    given = evidence_counts([one.pk]).get(one.pk, 0)
    context = {
        "one": one, "late": is_late(one), "state": state_of(one), "crew": crew,
        "zone": clocks().zone_at(one.charge.unit_id, one.due_at),
        "people": _names(crew.accountables, crew.responsible), "pieces": pieces, "sightings": sightings,
        "unseen": unseen(one, person, used) if may_deliver and one.state == State.OPEN else {},
        "enough": given >= version.evidence_count, "given": given,
        "last_piece": given + 1 >= version.evidence_count,
        "deliverable": deliverable_of(one.version_id, language()),
        "subjects": {str(ref): subject for ref, subject in resolve_all(person, things).items()},
        "submissions": submissions_of(one), "handovers": one.handovers.select_related("to__duty", "to__unit"),
        "escalations": one.escalations.select_related("person").order_by("level"),
        "may_deliver": may_deliver, "may_review": may_review, "may_waive": can_waive(person, one, on),
        "asked": TITLES.get(version.evidence_of) or version.get_evidence_kind_display(),
        "form": EvidenceForm(by=person, initial={"kind": version.evidence_kind}),
        "delivery": DeliveryForm(), "waiving": WaiverForm(),
    } | more  # fmt: skip
    return render(request, "duties/occurrence.html", context, status=422 if more else 200)


def _names(*groups: tuple[int, ...]) -> list[list[Person]]:
    known = people_by_id({person for group in groups for person in group})
    return [[known[person] for person in group if person in known] for group in groups]


@require_POST
def evidence(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Give one piece."""
    one = found(request, occurrence_id)
    require(can_deliver(who(request), one))
    form = EvidenceForm(request.POST, request.FILES, by=who(request), of=one.version.evidence_of)
    if not form.is_valid():
        return show(request, one, form=form)
    given, by, at = form.cleaned_data, who(request), timezone.now()
    try:
        stored = None
        if given["file"]:
            stored = store_file(
                content=given["file"].chunks(), name=given["file"].name, owner=by, scope=one.charge.unit,
                by=by, at=at,
            )  # fmt: skip
        give_evidence(
            occurrence=one, kind=given["kind"], file=stored, text=given["text"], thing=given["thing"], by=by,
            at=at,
        )  # fmt: skip
    except (FileTooLarge, DiskFull) as error:
        form.add_error("file", str(error.args[-1]))
        return show(request, one, form=form)
    except (EvidenceUnreadable, NotOpen) as error:
        form.add_error(None, str(error))
        return show(request, one, form=form)
    messages.success(request, _("The evidence was added."))
    return redirect("duties_occurrence", one.pk)


@require_POST
def withdrawal(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Take one's own piece back."""
    rows = evidence_visible_to(who(request)).filter(by=who(request), withdrawn_at=None)
    piece = get_object_or_404(rows.select_related("occurrence__charge__duty"), pk=evidence_id)
    tried(request, withdraw_evidence, NotOpen, evidence=piece)
    return redirect("duties_occurrence", piece.occurrence_id)
