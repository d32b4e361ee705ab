"""People: the list, one person, and their assignments."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.notices.queries import allowances_of, robot_names
from remit.org.actions import assign, change_person, close_account, end_assignment, open_account
from remit.org.actions.assignment import AssignmentEndsBeforeItStarts, AssignmentOverlaps, EndsAlready
from remit.org.actions.newcomer import bring_in
from remit.org.actions.person import EmailTaken
from remit.org.enums import Ability
from remit.org.models import Person
from remit.org.queries.posts import posts_of, with_posts
from remit.org.queries.today import today
from remit.org.rules import (
    assignments_visible_to,
    can,
    can_assign,
    can_bring_in,
    can_change_address,
    can_look_after,
    can_manage,
    people_visible_to,
    units_managed_by,
)

from ..lists import Column, Filter, Listing
from ..requiring import require
from ..who import who
from .forms import AssignmentForm, EndForm, NewPersonForm, PersonForm
from .growth import growth_of
from .over_time import over_time_of
from .owing import owing_of_person
from .vacancy import Vacancy, vacancy_of

type Answer = HttpResponse


def _posts(person: Person) -> list[str]:
    language = get_language() or "zh-hant"
    return [f"{held.position.title(language)} · {held.unit.title(language)}" for held in posts_of(person)]


def _demonstration(person: Person) -> str:
    return _("demonstration configuration") if person.is_demonstration else ""


COLUMNS = (
    Column(
        "name",
        pgettext_lazy("person", "Name"),
        value=lambda person: person,
        sort="name",
        href=lambda person: reverse("org_person", args=[person.pk]),
        note=_demonstration,
    ),
    Column("posts", gettext_lazy("Positions"), value=_posts, kind="tags"),
    Column("email", gettext_lazy("E-mail address"), sort="email"),
    Column("joined_on", gettext_lazy("Joined on"), kind="day", sort="joined_on"),
    Column(
        "state",
        gettext_lazy("Account"),
        value=lambda person: "" if person.is_active else _("closed"),
        kind="badge",
        tone=lambda person: "warn",
    ),
    Column("last_login", gettext_lazy("Last log-in"), kind="ago", sort="last_login", optional=True),
)


@require_GET
def listing(request: HttpRequest) -> Answer:
    """Oneself, and the people one manages."""
    vacancy = vacancy_of(request)
    found = Listing(
        request,
        with_posts(people_visible_to(who(request)), today()),
        _filling(vacancy) if vacancy else COLUMNS,
        name="people",
        search=("name", "name_en", "email"),
        filters=(
            Filter(
                "account",
                _("Account"),
                (("open", _("open")), ("closed", _("closed"))),
                apply=lambda rows, value: rows.filter(is_active=value == "open"),
            ),
        ),
        sort="name",
    )
    context = {"listing": found, "may_add": can(who(request), Ability.MANAGE_PEOPLE), "vacancy": vacancy}
    return found.export() or render(request, "org/people.html", context)


def _filling(vacancy: Vacancy) -> tuple[Column, ...]:
    """The columns, whose links lead to giving somebody this position."""
    there = f"{vacancy.query}#assign"
    name = replace(COLUMNS[0], href=lambda person: reverse("org_person", args=[person.pk]) + there)
    return (name, *COLUMNS[1:])


@require_GET
def page(request: HttpRequest, person_id: int) -> Answer:
    """One person: who they are, what they hold and held."""
    return person_page(request, _found(request, person_id))


def _found(request: HttpRequest, person_id: int) -> Person:
    return get_object_or_404(people_visible_to(who(request)), pk=person_id)


def person_page(request: HttpRequest, person: Person, status: int = 200, **forms: object) -> Answer:
    """The page of a person whom the viewer sees; ``forms`` that were refused come with what is wrong."""
    on = today()
    held = assignments_visible_to(who(request)).filter(person=person).select_related("position", "unit")
    may_change = can_manage(who(request), person)
    vacancy = vacancy_of(request) if may_change else None
    initial = vacancy.initial if vacancy else None
    context = {
        "person": person,
        "posts": held.order_by("-starts_on", "-pk"),
        "on": on,
        "may_change": may_change,
        "may_keep": can_look_after(who(request), person),
        "knows_robots": bool(may_change and robot_names()),
        "robots": allowances_of(person),
        "owing": owing_of_person(who(request), person, on),
        "form": AssignmentForm(initial=initial, by=who(request), on=on) if may_change else None,
        **growth_of(request, person),
        **over_time_of(request, person, may_change),
        **forms,
    }
    return render(request, "org/person.html", context, status=status)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> Answer:
    """Add somebody together with their first position."""
    require(can(who(request), Ability.MANAGE_PEOPLE))
    vacancy = vacancy_of(request)
    initial = vacancy.initial if vacancy else None
    form = NewPersonForm(request.POST or None, initial=initial, by=who(request), on=today())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not (verdict := can_bring_in(who(request), given["position"], given["unit"])):
            form.add_error("position", verdict.reason)
        else:
            try:
                made = bring_in(**given, by=who(request), at=timezone.now())
            except EmailTaken as error:
                form.add_error("email", str(error))
            except AssignmentEndsBeforeItStarts as error:
                form.add_error("ends_on", str(error))
            else:
                messages.success(
                    request,
                    _("Added. They set their password by “Forgot your password?” on the log-in page."),
                )
                return redirect("org_person", made.person_id)
    context = {"form": form, "title": _("Add person"), "back": reverse("org_people"), "parent": _("People")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, person_id: int) -> Answer:
    """Change somebody's data."""
    person = _found(request, person_id)
    require(can_look_after(who(request), person))
    initial = {name: getattr(person, name) for name in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _may_change_address(request, form, person):
        try:
            change_person(person=person, **form.cleaned_data, by=who(request), at=timezone.now())
        except EmailTaken as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_person", person.pk)
    title = person.title(get_language() or "zh-hant")
    back = reverse("org_person", args=[person.pk])
    context = {"form": form, "title": _("Change %s") % title, "back": back, "parent": title}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


def _may_change_address(request: HttpRequest, form: PersonForm, person: Person) -> bool:
    """Whether the address may become what the form says; else the form says why."""
    if form.cleaned_data["email"].lower() == person.email:
        return True
    verdict = can_change_address(who(request), person)
    if not verdict:
        form.add_error("email", verdict.reason)
    return bool(verdict)


@require_http_methods(["POST"])
def account(request: HttpRequest, person_id: int) -> Answer:
    """Close somebody's account, or open it again."""
    person = _found(request, person_id)
    require(can_manage(who(request), person))
    if request.POST.get("state") == "closed":
        close_account(person=person, by=who(request), at=timezone.now())
        messages.success(request, _("The account is closed: no log-in, and its tokens are revoked."))
    else:
        open_account(person=person, by=who(request), at=timezone.now())
        messages.success(request, _("The account is open again."))
    return redirect("org_person", person.pk)


@require_http_methods(["POST"])
def assignments(request: HttpRequest, person_id: int) -> Answer:
    """Give somebody a position in a unit."""
    person = _found(request, person_id)
    require(can_manage(who(request), person))
    form = AssignmentForm(request.POST, by=who(request), on=today())
    if not form.is_valid():
        return person_page(request, person, 422, form=form)
    given = form.cleaned_data
    if not (verdict := can_assign(who(request), person, given["position"], given["unit"])):
        form.add_error("position", verdict.reason)
        return person_page(request, person, 422, form=form)
    try:
        assign(person=person, **given, by=who(request), at=timezone.now())
    except (AssignmentEndsBeforeItStarts, AssignmentOverlaps) as error:
        form.add_error("starts_on", str(error))
        return person_page(request, person, 422, form=form)
    messages.success(request, _("Assigned. What they see followed at once."))
    return redirect("org_person", person.pk)


@require_http_methods(["POST"])
def end(request: HttpRequest, assignment_id: int) -> Answer:
    """End an assignment on a day."""
    managed = assignments_visible_to(who(request)).filter(unit__in=units_managed_by(who(request)))
    held = get_object_or_404(managed.select_related("person"), pk=assignment_id)
    require(can_manage(who(request), held.person))
    form = EndForm(request.POST)
    problem = "" if form.is_valid() else _("Choose the last day.")
    if not problem:
        try:
            end_assignment(
                assignment=held, ends_on=form.cleaned_data["ends_on"], by=who(request), at=timezone.now()
            )
        except (AssignmentEndsBeforeItStarts, EndsAlready) as error:
            problem = str(error)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Saved."))
    return redirect("org_person", held.person_id)
