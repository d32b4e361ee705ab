"""People × skills: who can what, and where something is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from remit.org.enums import Level, SkillKind
from remit.org.growing import Gap
from remit.org.growth_rules import growth_visible_to, units_guided_by
from remit.org.models import Skill
from remit.org.queries.posts import posts_of, with_posts
from remit.org.queries.skill_levels import MatrixRow, team_matrix
from remit.org.queries.teams import working_in
from remit.org.queries.today import today

from ..figures.exporting import CSV_TYPE, Sheet, as_csv
from ..who import who
from .choosing import chosen_unit


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """The people whose growth one sees; ``unit, kind, gaps`` narrow, ``export=csv`` hands it out."""
    on, kind = today(), request.GET.get("kind", "")
    kind = kind if kind in SkillKind.values else ""
    choice = chosen_unit(request, units_guided_by(who(request)))
    people = growth_visible_to(who(request)).filter(is_active=True)
    people = with_posts(working_in(people, choice.units, on) if choice.options else people, on)
    rows, skills = team_matrix(people, on, kind)
    only_gaps = request.GET.get("gaps") == "1"
    shown = [row for row in rows if row.missing or row.unsaid or not only_gaps]
    if request.GET.get("export") == "csv":
        return _csv(shown, skills)
    language = get_language() or "zh-hant"
    context = {
        "choice": choice,
        "kinds": [(value, label, value == kind) for value, label in SkillKind.choices],
        "only_gaps": only_gaps,
        "skills": skills,
        "rows": [(row, [held.position.title(language) for held in posts_of(row.person)]) for row in shown],
        "levels": Level.choices,
        "short": _shortest(rows, skills),
        "people": len(rows),
    }
    return render(request, "org/matrix.html", context)


def _shortest(rows: list[MatrixRow], skills: list[Skill]) -> list[tuple[Skill, int]]:
    """The three skills that the most people lack, with how many."""
    counts = [(skill, sum(row.gaps[index].missing > 0 for row in rows)) for index, skill in enumerate(skills)]
    return sorted((each for each in counts if each[1]), key=lambda each: -each[1])[:3]


def _csv(rows: list[MatrixRow], skills: list[Skill]) -> HttpResponse:
    language = get_language() or "zh-hant"
    titles = (_("Person"), *(skill.title(language) for skill in skills))
    table = tuple((row.person.title(language), *map(_written, row.gaps)) for row in rows)
    answer = HttpResponse(as_csv(Sheet(_("Team matrix"), titles, table)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="team-matrix.csv"'
    return answer


def _written(gap: Gap) -> str:
    """``3/4``: has 3, 4 is asked; a part that nobody said is a question mark."""
    if not gap.asked and gap.standing.level is None:
        return ""
    level = "?" if gap.standing.level is None else str(gap.standing.level)
    return f"{level}/{gap.asked}" if gap.asked else level
