"""A promise of another department that runs late is told to who owes it and who waits for it."""

from datetime import timedelta

import pytest

from remit.execution.actions.cooperation import report_done
from remit.execution.actions.promise import tell_of_late_promises
from remit.notices.models import Notice

from ..governance.conftest import AT
from .cooperating import NEEDED_ON, promised, with_depot

ON_THE_DAY = AT + (NEEDED_ON - AT.date())
LATE = ON_THE_DAY + timedelta(days=1)


@pytest.fixture
def house(db):
    return with_depot()


def told(row) -> set[str]:
    notices = Notice.objects.filter(key__startswith=f"cooperation-late:{row.pk}")
    return {notice.person.name for notice in notices.select_related("person")}


def test_who_does_it_who_heads_them_and_who_asked_are_told_once(house):
    row = promised(house)
    assert tell_of_late_promises(at=ON_THE_DAY) == 0
    assert tell_of_late_promises(at=LATE) == 3
    assert told(row) == {house[name].name for name in ("leo", "ken", "ana")}
    assert tell_of_late_promises(at=LATE + timedelta(days=1)) == 0


def test_what_is_done_is_not_late(house):
    row = promised(house)
    report_done(cooperation=row, note="", by=house["leo"], at=ON_THE_DAY)
    assert (tell_of_late_promises(at=LATE), told(row)) == (0, set())


def test_who_has_left_is_told_nothing(house):
    row = promised(house)
    house["leo"].is_active = False
    house["leo"].save()
    assert tell_of_late_promises(at=LATE) == 2
    assert told(row) == {house[name].name for name in ("ken", "ana")}
