"""The rules for each kind of request: what they say, their versions, and an editor that tries them first."""

from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.governance.actions.policy import (
    ChangedMeanwhile,
    NothingChanged,
    changed_clauses,
    publish_version,
    read_clauses,
)
from remit.governance.clauses import Clause, UnreadableClause
from remit.governance.kinds import kind_of, kinds
from remit.governance.models import Policy
from remit.governance.queries.policies import (
    Replayed,
    changes_of,
    current_version,
    policies_with_versions,
    replay,
    versions_of,
)
from remit.governance.queries.shipped import new_clauses
from remit.governance.rules import can_edit_policies, policies_visible_to
from remit.governance.words import sentences_of

from ..requiring import require
from ..who import who
from .forms import PolicyForm
from .ruled import drawn_clauses
from .words import kind_title, language

SHOWN_MOST = 50


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every policy with its newest version; kinds without one are said, since nothing of them passes."""
    policies = policies_with_versions(policies_visible_to(who(request)))
    ruled = {policy.kind for policy, _version in policies}
    context = {
        "policies": [
            {"policy": policy, "title": policy.title_in(language()), "kind": kind_title(policy.kind),
             "version": version, "count": len(version.clauses) if version else 0}
            for policy, version in policies
        ],
        "unruled": [kind.title for code, kind in kinds().items() if code not in ruled],
    }  # fmt: skip
    return render(request, "approvals/policies.html", context)


@require_GET
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """What a policy says, clause by clause, and how it came to be."""
    policy = _found(request, kind)
    versions = versions_of(policy)
    before = {version.number: version.clauses for version in versions}
    history = [
        (version, changed_clauses(before.get(version.number - 1, []), version.clauses))
        for version in versions
    ]
    context = {
        "policy": policy, "title": policy.title_in(language()), "kind": kind_title(kind),
        "version": versions[0] if versions else None,
        "clauses": drawn_clauses(versions[0].read(), kind_of(kind)) if versions else [],
        "history": history, "may_edit": can_edit_policies(who(request)), "new": new_clauses(policy),
    }  # fmt: skip
    return render(request, "approvals/policy.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Write clauses, try them on past requests, publish them."""
    policy = _found(request, kind)
    require(can_edit_policies(who(request)))
    if request.method != "POST":
        version = current_version(kind)
        rows = version.clauses if version else []
        return _editor(request, policy, PolicyForm(initial={"clauses": _yaml(rows), "after": _number(kind)}))
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _editor(request, policy, form, status=422)
    given = form.cleaned_data
    try:
        clauses = read_clauses(kind, given["clauses"])
        if request.POST.get("act") != "publish":
            return _editor(request, policy, form, tried=_tried(policy, clauses))
        publish_version(
            kind=kind, rows=given["clauses"], reason=given["reason"], after=given["after"], by=who(request),
            at=timezone.now(),
        )  # fmt: skip
    except UnreadableClause as error:
        form.add_error("clauses", error.text.say(language()))
    except (NothingChanged, ChangedMeanwhile) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Published. What is being signed keeps the version it was submitted by."))
        return redirect("approvals_policy", kind)
    return _editor(request, policy, form, status=422)


def _editor(
    request: HttpRequest, policy: Policy, form: PolicyForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    kind = kind_of(policy.kind)
    context = {
        "policy": policy, "title": policy.title_in(language()), "form": form, "facts": kind.facts,
        "roles": kind.roles, **more,
    }  # fmt: skip
    return render(request, "approvals/policy_form.html", context, status=status)


def _tried(policy: Policy, clauses: tuple[Clause, ...]) -> dict[str, Any]:
    """What the clauses would have said about past requests: counts, and those that would go otherwise."""
    rows = replay(policy, clauses)
    otherwise = [row for row in rows if not row.is_same]
    return {
        "counts": changes_of(rows),
        "total": len(rows),
        "rows": [_line(row) for row in otherwise[:SHOWN_MOST]],
    }


def _line(row: Replayed) -> dict[str, Any]:
    return {
        "request": row.round.request,
        "round": row.round,
        "was": sentences_of(row.was),
        "now": sentences_of(row.now),
        "steps_was": len(row.was.steps),
        "steps_now": len(row.now.steps),
    }


def _found(request: HttpRequest, kind: str) -> Policy:
    return get_object_or_404(policies_visible_to(who(request)), kind=kind)


def _number(kind: str) -> int:
    version = current_version(kind)
    return version.number if version else 0


def _yaml(rows: list[dict[str, Any]]) -> str:
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)
