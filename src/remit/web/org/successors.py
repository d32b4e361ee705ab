"""Key positions and who could take them over."""

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.actions import name_successor, remove_successor
from remit.org.actions.successor import HolderIsNoSuccessor
from remit.org.growth_rules import can_name_successors, successors_visible_to, units_guided_by
from remit.org.models import Person, Successor
from remit.org.queries.successions import KeyPost, key_posts
from remit.org.queries.today import today
from remit.org.rules import people_visible_to

from ..requiring import require
from ..who import who
from .choosing import chosen_unit
from .growth_forms import SuccessorForm


def known_among(person: Person, named: QuerySet[Successor]) -> set[int]:
    """Ids of the named whom the person knows; the others stay without a name."""
    return set(people_visible_to(person).filter(successions__in=named).values_list("pk", flat=True))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The key positions whose successors are the person's to name; ``?gaps=1``: those without any.

    Where they are named themselves they do not see it: a post further up, or of another head beside them, is
    none of theirs, and one that they decide on is left out.
    """
    person = who(request)
    choice = chosen_unit(request, units_guided_by(person))
    posts = [
        row for row in map(partial(_row, person), key_posts(choice.units, today())) if _is_shown(person, *row)
    ]
    gaps = [row for row in posts if row[0].is_gap]
    only_gaps = request.GET.get("gaps") == "1"
    context = {
        "choice": choice,
        "guides": bool(choice.options),
        "posts": gaps if only_gaps else posts,
        "known": known_among(person, successors_visible_to(person)),
        "total": len(posts),
        "gaps": len(gaps),
        "only_gaps": only_gaps,
    }
    return render(request, "org/successors.html", context)


def _row(person: Person, post: KeyPost) -> tuple[KeyPost, Verdict, set[int]]:
    """A key post, whether the person may name somebody for it, and which of those named they may remove."""
    removable = {
        each.pk
        for each in post.successors
        if can_name_successors(person, post.position, post.unit, each.person)
    }
    return post, can_name_successors(person, post.position, post.unit), removable


def _is_shown(person: Person, post: KeyPost, may_name: Verdict, _removable: set[int]) -> bool:
    return bool(may_name) and all(each.person_id != person.pk for each in post.successors)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Name a successor, or say anew how ready somebody is."""
    require(_may_name_anywhere(request))
    initial = {name: request.GET.get(name) for name in ("unit", "position", "person") if name in request.GET}
    form = SuccessorForm(request.POST or None, by=who(request), on=today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        require(can_name_successors(who(request), given["position"], given["unit"], given["person"]))
        try:
            name_successor(**given, by=who(request), at=timezone.now())
        except HolderIsNoSuccessor as error:
            form.add_error("person", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_successors")
    context = {
        "form": form,
        "title": _("Name a successor"),
        "back": reverse("org_successors"),
        "parent": _("Successors"),
    }
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def removal(request: HttpRequest, successor_id: int) -> HttpResponse:
    """They are no candidate any more."""
    successor = get_object_or_404(successors_visible_to(who(request)), pk=successor_id)
    require(can_name_successors(who(request), successor.position, successor.unit, successor.person))
    remove_successor(successor=successor, by=who(request), at=timezone.now())
    messages.success(request, _("Removed from the successors."))
    return redirect("org_successors")


def _may_name_anywhere(request: HttpRequest) -> Verdict:
    if units_guided_by(who(request)).exists():
        return ALLOWED
    return refused(_("Successors are named by who leads a unit or manages people."))
