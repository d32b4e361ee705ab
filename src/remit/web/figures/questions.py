"""Saved questions: kept under a title, asked again by opening them."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.metrics.actions.saved_question import QuestionNeedsTitle, remove_question, save_question
from remit.metrics.engine.errors import UnreadableCondition
from remit.metrics.models import SavedQuestion
from remit.metrics.rules import can_edit_question, questions_visible_to
from remit.metrics.saved import UnreadableQuestion, is_journey

from ..lists import Column, Filter, Listing
from ..who import who
from .asked import Asked
from .naming import asked_words, journey_url, period_of, saved_words
from .sharing import SharingForm, audience_words
from .sight import Sight
from .words import span_words


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """One's own and the shared ones."""
    person = who(request)
    sight = Sight.of(request)

    def whose(rows: QuerySet[SavedQuestion], value: str) -> QuerySet[SavedQuestion]:
        return rows.filter(owner=person) if value == "own" else rows.filter(is_shared=True)

    listing = Listing(
        request,
        questions_visible_to(person).select_related("owner", "shared_with"),
        columns=(
            Column("title", _("Question"), sort="title",
                   href=lambda q: reverse("figures_question", args=[q.pk]),
                   note=lambda q: saved_words(q.question, sight.metrics)),
            Column("period", _("Period"), value=lambda q: span_words(period_of(q.question), None)),
            Column("owner", _("Owner"), value=lambda q: q.owner, sort="owner__name"),
            Column("shared", _("Shared with"), value=audience_words, sort="is_shared"),
            Column("made_at", _("Saved"), kind="ago", sort="made_at"),
        ),
        name="questions",
        search=("title",),
        filters=(Filter("whose", _("Whose"), [("own", _("own")), ("shared", _("shared"))], apply=whose),),
        sort="-made_at",
    )  # fmt: skip
    return listing.export() or render(request, "figures/questions.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
def question_new(request: HttpRequest) -> HttpResponse:
    """Keep the question of the address."""
    sight = Sight.of(request)
    try:
        asked = Asked.from_query(request.GET)
    except UnreadableCondition:
        return redirect("figures_explorer")
    if not asked.metrics:
        return redirect("figures_explorer")
    named = asked_words(asked, sight.metrics)
    form = SharingForm(request.POST or None, person=who(request), initial={"title": named})
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_question(question=asked.saved(), by=who(request), at=timezone.now(), **form.kept())
        except (QuestionNeedsTitle, UnreadableQuestion) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. It stands under “Saved” in the explorer."))
            return redirect("figures_question", saved.pk)
    context = {"form": form, "named": named, "back": f"{reverse('figures_explorer')}?{asked.query()}"}
    return render(request, "figures/question_form.html", context, status=422 if form.errors else 200)


@require_GET
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """Open a saved question in the explorer, in the viewer's own scope."""
    saved = _find(request, question_id)
    if is_journey(saved.question):
        return redirect(f"{journey_url(saved.question, Sight.of(request))}&question={saved.pk}")
    asked = Asked.from_saved(saved.question)
    asked = replace(asked, unit=Sight.of(request).own_part(asked.unit))
    return redirect(f"{reverse('figures_explorer')}?{asked.query()}&question={saved.pk}")


@require_POST
def question_removal(request: HttpRequest, question_id: int) -> HttpResponse:
    """Forget one's own question."""
    saved = _find(request, question_id)
    verdict = can_edit_question(who(request), saved)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("figures_questions")
    remove_question(saved=saved, by=who(request), at=timezone.now())
    messages.success(request, _("The question was removed."))
    return redirect("figures_questions")


def _find(request: HttpRequest, question_id: int) -> SavedQuestion:
    return get_object_or_404(questions_visible_to(who(request)), pk=question_id)
