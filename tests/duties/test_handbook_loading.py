"""A handbook that names what does not exist is refused as a whole."""

import pytest

from remit.audit.models import Event
from remit.duties.actions.duty import NameUnknown, load_handbook
from remit.duties.actions.simplified import derive_simplified
from remit.duties.models import Duty, DutyWords

from .conftest import AT, draft


def test_a_position_that_does_not_exist_is_named_and_nothing_is_loaded(house):
    drafts = [draft("T1.1"), draft("T1.2", responsible=["emperor"])]
    with pytest.raises(NameUnknown, match="names the position emperor, which does not exist"):
        load_handbook(drafts=drafts, by=None, at=AT)
    assert not Duty.objects.exists()


def test_an_upgrade_derives_simplified_chinese_anew_and_leaves_what_a_person_corrected(house):
    load_handbook(drafts=[draft("T1.1"), draft("T1.2")], by=None, at=AT)
    assert derive_simplified(at=AT) == 0
    mine = DutyWords.objects.filter(language="zh-hans")
    before = dict(mine.values_list("version__duty__code", "title"))
    mine.update(title="as an older version derived it")
    mine.filter(version__duty__code="T1.2").update(is_corrected=True)
    assert derive_simplified(at=AT) == 1
    assert dict(mine.values_list("version__duty__code", "title")) == {
        "T1.1": before["T1.1"], "T1.2": "as an older version derived it",
    }  # fmt: skip
    event = Event.objects.latest("id")
    assert (event.name, event.fields) == ("duties.handbook.simplified", {"changed": 1})
    assert derive_simplified(at=AT) == 0
