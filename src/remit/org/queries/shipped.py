"""What ships with the product and is missing here."""

from ..models import Ladder, Position, Skill
from ..positions import SHIPPED_POSITIONS
from ..shipped import read


def missing_of_what_ships() -> int:
    """How many shipped positions, skills and ladders are missing, or positions without purpose or place."""
    placed = dict(Position.objects.exclude(purpose="").values_list("code", "reports_to"))
    whole = {each.code for each in SHIPPED_POSITIONS if placed.get(each.code) or not each.reports_to}
    skills = set(Skill.objects.values_list("code", flat=True))
    ladders = set(Ladder.objects.values_list("code", flat=True))
    return (
        len({each.code for each in SHIPPED_POSITIONS} - (whole & placed.keys()))
        + len({row["code"] for row in read("skills")} - skills)
        + len({row["code"] for row in read("ladders")} - ladders)
    )
