"""A handbook that names what does not exist is refused as a whole."""

import pytest

from remit.duties.actions.duty import NameUnknown, load_handbook
from remit.duties.models import Duty

from .conftest import AT, draft


def test_a_position_that_does_not_exist_is_named_and_nothing_is_loaded(house):
    drafts = [draft("T1.1"), draft("T1.2", responsible=["emperor"])]
    with pytest.raises(NameUnknown, match="names the position emperor, which does not exist"):
        load_handbook(drafts=drafts, by=None, at=AT)
    assert not Duty.objects.exists()
