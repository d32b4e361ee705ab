"""The catalogue of skills."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions import add_skill, change_skill
from remit.org.actions.skill import SkillCodeTaken
from remit.org.enums import SkillKind
from remit.org.growth_rules import skills_visible_to
from remit.org.models import Skill
from remit.org.rules import can_shape_positions

from ..lists import Column, Filter, Listing
from ..requiring import require
from ..who import who
from .growth_forms import NewSkillForm, SkillForm

NAME = Column(
    "name",
    gettext_lazy("Skill"),
    value=lambda skill: skill,
    sort="code",
    note=lambda skill: skill.meaning_text,
)
LINKED = Column(
    "name",
    gettext_lazy("Skill"),
    value=lambda skill: skill,
    sort="code",
    href=lambda skill: reverse("org_skill", args=[skill.pk]),
    note=lambda skill: skill.meaning_text,
)
REST = (
    Column("kind", gettext_lazy("Kind"), value=Skill.get_kind_display, kind="badge", sort="kind"),
    Column("remedy", gettext_lazy("What closes a gap"), value=lambda skill: skill.remedy_text),
    Column("askers", gettext_lazy("Positions that ask for it"), kind="count", sort="askers"),
)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every skill with its meaning; who may change positions goes on to change it."""
    may_change = can_shape_positions(who(request))
    found = Listing(
        request,
        skills_visible_to(who(request)).annotate(askers=Count("positions")),
        (LINKED if may_change else NAME, *REST),
        name="skills",
        search=("name", "name_en", "code", "meaning", "meaning_en"),
        filters=(Filter("kind", _("Kind"), SkillKind.choices, field="kind"),),
        sort="name",
    )
    return found.export() or render(request, "org/skills.html", {"listing": found, "may_change": may_change})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a skill."""
    require(can_shape_positions(who(request)))
    form = NewSkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_skill(**form.cleaned_data, by=who(request), at=timezone.now())
        except SkillCodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("The skill was added."))
            return redirect("org_skills")
    return _form(request, form, _("Add skill"))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, skill_id: int) -> HttpResponse:
    """Change a skill's words."""
    skill = get_object_or_404(skills_visible_to(who(request)), pk=skill_id)
    require(can_shape_positions(who(request)))
    initial = {name: getattr(skill, name) for name in SkillForm.base_fields}
    form = SkillForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_skill(skill=skill, **form.cleaned_data, by=who(request), at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("org_skills")
    return _form(request, form, _("Change %s") % skill.title(get_language() or "zh-hant"))


def _form(request: HttpRequest, form: SkillForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": reverse("org_skills"), "parent": _("Skills")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)
