"""How approvals go: roles stand under their names, in the language of who looks."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from remit.execution.models import Cooperation
from remit.governance.models import Request, Signature
from remit.governance.queries.figures import by_signer

from ..governance.conftest import AT
from .cooperating import promised, with_depot


@pytest.fixture
def house(db):
    return with_depot()


def test_a_role_that_signed_is_told_by_its_name(house, browse):
    assert promised(house).state == "promised"
    with translation.override("zh-hant"):
        (row,) = by_signer(Request.objects.all(), AT, "zh-hant")
    assert (row.title, row.signatures) == ("被請求部門主管", 1)
    Signature.objects.update(at=timezone.now())
    page = browse("ken").get(reverse("approvals_figures")).content.decode()
    assert ("asked_lead" in page, Cooperation.objects.count()) == (False, 1)
