"""A company's own words of screening: what they say, their versions, an editor that tries them first."""

from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.core.text import in_a_row
from remit.governance.actions.own_words import publish_own_words
from remit.governance.actions.policy import ChangedMeanwhile, NothingChanged
from remit.governance.content_rules import can_edit_own_words, contents_visible_to, own_words_visible_to
from remit.governance.enums import ContentState
from remit.governance.models import OwnWords
from remit.governance.screening.own import UnreadableList, changed_entries, read_own
from remit.governance.screening.packs import FOLDER, read_folder, screen_of
from remit.governance.screening.rule import GRAVITY, Verdict

from ..requiring import require
from ..who import who
from .forms import OwnWordsForm
from .words import verdict_title

TRIED_MOST, SHOWN_MOST = 500, 40
EXAMPLE = """\
rules:
  OWN-001:
    words: 驚爆, 手慢(無|沒)
    severity: change
    why: 本公司不用煽動的說法
    suggestion: 寫活動的起止時間
changes:
  SUP-037: {severity: stop, reason: 品牌從嚴}
disabled:
  PRI-015: 法務已逐條確認
exceptions:
  - rules: [SUP-030]
    words: 國家級教學名師
    reason: 這是證書上的稱號
"""


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What holds now, part by part, and how it came to be."""
    versions = list(own_words_visible_to(who(request)).select_related("by").order_by("-number"))
    content = {each.number: each.content for each in versions}
    history = [(one, changed_entries(content.get(one.number - 1, {}), one.content)) for one in versions]
    context = {
        "version": versions[0] if versions else None, "history": history,
        "parts": _parts(versions[0].content) if versions else [],
        "may_edit": bool(can_edit_own_words(who(request))),
    }  # fmt: skip
    return render(request, "screening/own.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The newest version as a file, which the editor takes."""
    newest = _newest(request)
    answer = HttpResponse(
        _yaml(newest.content if newest else {}), content_type="application/yaml; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="own-words.yaml"'
    return answer


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Write the list, or take it from a file; try it on live content; publish it."""
    require(can_edit_own_words(who(request)))
    if request.method != "POST":
        newest = _newest(request)
        written = _yaml(newest.content) if newest else ""
        return _editor(
            request, OwnWordsForm(initial={"content": written, "after": newest.number if newest else 0})
        )
    form = OwnWordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _editor(request, form, status=422)
    given = form.cleaned_data
    try:
        read_own(given["content"])
        if request.POST.get("act") != "publish" or given["file"]:
            shown = OwnWordsForm(initial={**given, "content": _yaml(given["content"]), "file": None})
            return _editor(request, shown, tried=_tried(request, given["content"]))
        publish_own_words(
            content=given["content"], reason=given["reason"], after=given["after"], by=who(request),
            at=timezone.now(),
        )  # fmt: skip
    except UnreadableList as error:
        form.add_error("content", error.text.say(get_language() or "zh-hant"))
    except (NothingChanged, ChangedMeanwhile) as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Published. Content that is live is being screened again."))
        return redirect("screening_own")
    return _editor(request, form, status=422)


def _editor(request: HttpRequest, form: OwnWordsForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "example": EXAMPLE, **more}
    return render(request, "screening/own_form.html", context, status=status)


def _tried(request: HttpRequest, content: dict[str, Any]) -> dict[str, Any]:
    """What the list would say of live content: counts, and those whose verdict changes."""
    screen = screen_of(read_own(content).over(read_folder(FOLDER)))
    live = contents_visible_to(who(request)).filter(state=ContentState.LIVE).order_by("-live_at", "-pk")
    rows, worse, total = [], 0, 0
    for item in live[:TRIED_MOST]:
        total += 1
        answer = screen.screen(item.text, item.industry)
        was, now = Verdict(item.verdict), answer.verdict
        if was is not now:
            worse += GRAVITY[now] > GRAVITY[was]
            rows.append({
                "item": item, "was": verdict_title(was), "now": verdict_title(now),
                "words": [one.words for one in answer.findings],
            })  # fmt: skip
    return {
        "total": total, "same": total - len(rows), "worse": worse, "better": len(rows) - worse,
        "rows": rows[:SHOWN_MOST],
    }  # fmt: skip


def _parts(content: dict[str, Any]) -> list[dict[str, Any]]:
    language = get_language() or "zh-hant"
    own = read_own(content)
    rules = [
        {"code": one.code, "words": in_a_row(one.words[:8], get_language()), "says": one.why.say(language),
         "severity": one.severity.value}
        for one in own.rules
    ]  # fmt: skip
    changes = [
        {"code": code, "says": _said(row.get("reason")), "severity": row.get("severity", "")}
        for code, row in (content.get("changes") or {}).items()
    ]
    off = [{"code": code, "says": _said(reason)} for code, reason in (content.get("disabled") or {}).items()]
    let = [
        {"code": in_a_row(sorted(codes), get_language()) or _("every rule"),
         "words": in_a_row((*one.phrases, *one.context), get_language()), "says": one.reason.say(language)}
        for one, codes in own.excuses
    ]  # fmt: skip
    return [
        {"title": _("Rules of our own"), "rows": rules},
        {"title": _("Rules that we changed"), "rows": changes},
        {"title": _("Rules that we switched off"), "rows": off},
        {"title": _("Words that may stand"), "rows": let},
    ]  # fmt: skip


def _said(value: Any) -> str:
    if isinstance(value, dict):
        english = (get_language() or "").startswith("en")
        return str(value.get("en" if english else "zh") or next(iter(value.values()), ""))
    return str(value or "")


def _newest(request: HttpRequest) -> OwnWords | None:
    return own_words_visible_to(who(request)).order_by("-number").first()


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
