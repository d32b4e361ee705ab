"""The rules in force, law by law."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.packs import industries
from remit.governance.screening.rule import Rule

WORDS_SHOWN = 12


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every rule under the article that it serves, with some of its words."""
    language = get_language() or "zh-hant"
    screen, _key = screen_in_force()
    ordered = sorted(screen.rules, key=lambda rule: (rule.law.code, rule.code))
    laws = [
        {"title": law.title.say(language), "text": law.text.say(language),
         "rules": [_drawn(rule, language) for rule in rules]}
        for law, rules in groupby(ordered, key=lambda rule: rule.law)
    ]  # fmt: skip
    return render(request, "screening/rules.html", {"laws": laws, "count": len(ordered)})


def _drawn(rule: Rule, language: str) -> dict[str, object]:
    return {
        "code": rule.code, "severity": rule.severity.value, "why": rule.why.say(language),
        "words": rule.shown[:WORDS_SHOWN], "more": max(0, len(rule.shown) - WORDS_SHOWN),
        "industries": [industries()[one].say(language) for one in sorted(rule.industries)],
    }  # fmt: skip
