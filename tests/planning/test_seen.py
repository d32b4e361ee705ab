"""What people do with plans and money is offered as evidence of the duties that it fulfils."""

from decimal import Decimal

import pytest

from remit.audit.models import Event
from remit.config.reactions import REACTIONS
from remit.duties.queries.handbook import shipped_drafts
from remit.planning.actions.release import ask_release

from ..governance.conftest import AT
from .planned import department, estimated, plan_of, submitted
from .test_money import budget_of, line_of


@pytest.fixture
def house(db):
    return department()


def test_what_the_handbook_waits_for_happens_about_the_kind_of_thing_that_it_names(house):
    plan = plan_of(house)
    estimated(house, plan)
    submitted(house, plan)
    line = line_of(house, budget=budget_of(house))
    ask_release(line=line, amount=Decimal(10), reason="七日 ROI 1.8", by=house["ana"], at=AT)
    happened = {event.name: event.subject.partition(":")[0] for event in Event.objects.exclude(subject="")}
    waits = {
        draft.evidence_seen_by: draft.evidence_of
        for draft in shipped_drafts()
        if draft.evidence_seen_by.startswith("planning.")
    }
    assert len(waits) == 5
    assert all("remit.duties.actions.sighting.see_event" in REACTIONS[name] for name in waits)
    assert {name: of for name, of in waits.items() if name in happened} == {
        "planning.campaign.submitted": "plan",
        "planning.budget.added": "budget",
        "planning.release.requested": "release",
    }
    assert all(happened[name] == of for name, of in waits.items() if name in happened)
