"""What ships with the product otherwise than it stands here: clause beside clause, to be taken or left."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from remit.governance.actions.policy import ChangedMeanwhile, NothingTaken, take_shipped
from remit.governance.clauses import UnreadableClause, clauses_of
from remit.governance.kinds import kind_of
from remit.governance.models import Policy
from remit.governance.queries.policies import current_version
from remit.governance.queries.shipped import NewClause, new_clauses
from remit.governance.rules import can_edit_policies, policies_visible_to

from ..requiring import require
from ..who import who
from .forms import TakeForm
from .ruled import drawn_clauses
from .words import kind_title, language


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """What is new of a policy; what is chosen of it is published as the next version."""
    person = who(request)
    policy = get_object_or_404(policies_visible_to(person), kind=kind)
    require(can_edit_policies(person))
    found, version = new_clauses(policy), current_version(kind)
    first = {"clauses": [each.code for each in found if not each.is_own],
             "after": version.number if version else 0}  # fmt: skip
    form = TakeForm(request.POST if request.method == "POST" else None, initial=first)
    form.offer(found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken = take_shipped(
                policy=policy, codes=given["clauses"], reason=given["reason"], by=person, at=timezone.now(),
                after=given["after"],
            )  # fmt: skip
        except UnreadableClause as error:
            form.add_error(None, error.text.say(language()))
        except (NothingTaken, ChangedMeanwhile) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Version %(n)s stands from now on.") % {"n": taken.number})
            return redirect("approvals_policy", kind)
    context = {
        "policy": policy, "title": policy.title_in(language()), "kind": kind_title(kind), "form": form,
        "rows": _rows(found, policy, set(form["clauses"].value() or ())),
    }  # fmt: skip
    return render(request, "approvals/policy_shipped.html", context, status=422 if form.errors else 200)


def _rows(found: list[NewClause], policy: Policy, chosen: set[str]) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "is_own": each.is_own, "is_chosen": each.code in chosen,
         "ours": _drawn(each.ours, policy), "theirs": _drawn(each.theirs, policy)}
        for each in found
    ]  # fmt: skip


def _drawn(row: dict[str, Any] | None, policy: Policy) -> dict[str, Any] | None:
    """A clause in words; none where there is none."""
    if row is None:
        return None
    kind = kind_of(policy.kind)
    (drawn,) = drawn_clauses(clauses_of([row], kind.fact_types), kind)
    return drawn
