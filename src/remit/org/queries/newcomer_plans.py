"""Plans of the first thirty days, with what is done, due and overdue."""

from dataclasses import dataclass
from datetime import date

from ..models import CheckIn, NewcomerPlan, NewcomerStep, Person


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan with its steps in order and its check-ins, newest first."""

    plan: NewcomerPlan
    steps: tuple[NewcomerStep, ...]
    check_ins: tuple[CheckIn, ...]
    on: date

    @property
    def done(self) -> int:
        return sum(step.done_at is not None for step in self.steps)

    @property
    def overdue(self) -> tuple[NewcomerStep, ...]:
        """Not done, and due before today."""
        return tuple(step for step in self.steps if step.done_at is None and step.due_on < self.on)


def plan_page(plan: NewcomerPlan, on: date) -> PlanPage:
    """The plan as it stands on a day; two queries."""
    steps = plan.steps.order_by("due_on", "pk")
    check_ins = plan.check_ins.select_related("written_by").order_by("-pk")
    return PlanPage(plan, tuple(steps), tuple(check_ins), on)


def newest_plan_of(person: Person) -> NewcomerPlan | None:
    """The plan that began last."""
    return NewcomerPlan.objects.filter(person=person).select_related("person").order_by("-starts_on").first()
