"""The matrix of a unit: what it owes, and which position stands in which role (RACI)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from remit.duties.actions.charge import UnknownPosition, charge_units
from remit.duties.enums import Role
from remit.duties.queries.handbook import by_code
from remit.duties.queries.matrix import chapters_of, columns_of, duties_not_owed, lasting, rows_of
from remit.duties.rules import can_assign_duties, charges_visible_to, duties_visible_to
from remit.org.models import Unit
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today
from remit.org.rules import units_visible_to

from ..requiring import require
from ..who import who
from .forms import GivingForm
from .titles import language

ALL = "all"


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One chapter of one unit; a search looks through all chapters."""
    person, on = who(request), today()
    units = list(units_visible_to(person).order_by("path"))
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), units[0] if units else None)
    if unit is None:
        return render(request, "duties/matrix.html", {"unit": None})
    organisation = organisation_on(on)
    charges = lasting(charges_visible_to(person, on, organisation).filter(unit=unit), on)
    chapters = chapters_of(charges.values_list("duty__code", flat=True))
    asked, query = request.GET.get("chapter", ""), request.GET.get("q", "").replace("\x00", "").strip()
    chapter = asked if asked in (*chapters, ALL) else ALL if query else next(iter(chapters), ALL)
    shown = charges if chapter == ALL else charges.filter(duty__code__startswith=f"{chapter}.")
    columns = columns_of(unit, organisation, on)
    rows = rows_of(shown, columns, language())
    for word in query.lower().split():
        rows = [row for row in rows if word in f"{row.charge.duty.code} {row.title}".lower()]
    context = {
        "unit": unit, "units": [("　" * (one.depth - 1), one) for one in units], "chapters": chapters,
        "chapter": chapter, "all": ALL, "query": query,
        "columns": columns, "rows": rows, "may_assign": can_assign_duties(person, unit),
        "roles": [(role.value, role.value[0].upper(), role.label) for role in Role],
    }  # fmt: skip
    return render(request, "duties/matrix.html", context)


def matrix_url(unit: int, code: str = "", charge: int | None = None) -> str:
    """The matrix of a unit at a duty's row."""
    chapter = f"&chapter={code.split('.', 1)[0]}" if code else ""
    return f"{reverse('duties_matrix')}?unit={unit}{chapter}{f'#charge-{charge}' if charge else ''}"


@require_http_methods(["GET", "POST"])
def giving(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Give duties to a unit: whole chapters or single ones, from a day on."""
    person = who(request)
    unit: Unit = get_object_or_404(units_visible_to(person), pk=unit_id)
    require(can_assign_duties(person, unit))
    duties = duties_not_owed(duties_visible_to(person), unit, language())
    form = GivingForm(request.POST or None, duties=duties, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = charge_units(
                duties=dict.fromkeys(given["duties"], given["starts_on"]), unit=unit, by=person,
                at=timezone.now(),
            )  # fmt: skip
        except UnknownPosition as error:
            form.add_error(None, str(error))
        else:
            text = ngettext("%(count)s duty was given.", "%(count)s duties were given.", len(made))
            messages.success(request, text % {"count": len(made)})
            if given["starts_on"] < today():
                messages.info(
                    request, _("Work falls due from today on; nothing is owed for the days before.")
                )
            return redirect(matrix_url(unit.pk, min((d.code for d in given["duties"]), key=by_code)))
    groups = [
        (chapter, [duty for duty in duties if duty.chapter == chapter])
        for chapter in chapters_of(duty.code for duty in duties)
    ]
    context = {
        "unit": unit,
        "form": form,
        "groups": groups,
        "ticked": form.ticked,
        "back": matrix_url(unit.pk),
        "is_empty": not duties_visible_to(person).exists(),
    }
    return render(request, "duties/giving.html", context, status=422 if form.errors else 200)
