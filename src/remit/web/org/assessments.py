"""The skills of a person: who said what when, and something new to say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.core.ref import Ref
from remit.org.actions import assess
from remit.org.actions.skill_level import EvidenceNeedsPlace
from remit.org.growth_rules import can_assess, can_guide, growth_visible_to
from remit.org.models import SkillLevel
from remit.org.queries.skill_levels import said_of, skills_of
from remit.org.queries.today import today

from ..refs import resolve_all
from ..requiring import require
from ..who import who
from .growth import radar
from .growth_forms import AssessmentForm

HISTORY_MAX = 50


@require_http_methods(["GET", "POST"])
def skills(request: HttpRequest, person_id: int) -> HttpResponse:
    """Every skill of a person with who said what when; say something new."""
    person = get_object_or_404(growth_visible_to(who(request)), pk=person_id)
    given = request.POST if request.method == "POST" else None
    form = AssessmentForm(given, by=who(request), person=person, initial={"skill": request.GET.get("skill")})
    if request.method == "POST":
        require(can_assess(who(request), person, request.POST.get("source", "")))
        if form.is_valid():
            try:
                assess(person=person, **form.cleaned_data, by=who(request), at=timezone.now())
            except EvidenceNeedsPlace as error:
                form.add_error("evidence", str(error))
            else:
                messages.success(request, _("Saved. What was said before stays in the history."))
                return redirect("org_person_skills", person.pk)
    own = person == who(request)
    said = list(said_of(person)[:HISTORY_MAX])
    rows = skills_of(person, today())
    context = {
        "person": person,
        "skills": rows,
        "radar": radar(rows),
        "history": [(each, evidence) for each, evidence in zip(said, _evidence(request, said), strict=True)],
        "may_say": own or can_guide(who(request), person),
        "own": own,
        "form": form,
    }
    return render(request, "org/skills_of_person.html", context, status=422 if form.errors else 200)


def _evidence(request: HttpRequest, said: list[SkillLevel]) -> list[tuple[str, str]]:
    """(title, address) of each one's evidence; a thing that the viewer may not see has neither."""
    refs = {each.pk: _ref(each.evidence) for each in said}
    known = resolve_all(who(request), [ref for ref in refs.values() if ref])
    found = []
    for each in said:
        ref = refs[each.pk]
        if ref is None:
            found.append((each.evidence, each.evidence))
        else:
            subject = known.get(ref)
            found.append((subject.title, subject.url) if subject else (_("kept elsewhere"), ""))
    return found


def _ref(evidence: str) -> Ref | None:
    if not evidence or evidence.startswith(("http://", "https://")):
        return None
    return Ref.parse(evidence)
