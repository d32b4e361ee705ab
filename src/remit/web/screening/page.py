"""One text: its verdict, the places marked, the law quoted, and what to write instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from remit.governance.queries.screening import screen_in_force
from remit.governance.screening.packs import industries
from remit.governance.screening.writing import as_data, pieces

from .forms import ScreenForm


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A form; with a text, the answer above it. Nothing is kept."""
    if request.method != "POST":
        return render(request, "screening/page.html", {"form": ScreenForm()})
    form = ScreenForm(request.POST)
    if not form.is_valid():
        return render(request, "screening/page.html", {"form": form}, status=422)
    language = get_language() or "zh-hant"
    # A browser sends line ends as two characters; places count what is shown.
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    screen, _key = screen_in_force()
    answer = screen.screen(text, form.cleaned_data["industry"])
    told = industries()
    context = {
        "form": form, "answer": as_data(answer, language), "pieces": list(pieces(answer)),
        "told": [told[code].say(language) for code in sorted(answer.industries)],
        "rules": len(screen.rules),
    }  # fmt: skip
    return render(request, "screening/page.html", context)
