"""References get titles and addresses only for who may see the thing."""

import pytest

from remit.core.ref import Ref
from remit.notices.subjects import subject_for
from remit.org.models import Unit
from remit.web import refs


def test_a_unit_beside_one_s_own_has_no_name(person):
    west, east = (Unit.objects.get(code=f"journey-{name}") for name in ("west", "east"))
    found = refs.resolve_all(person("west"), [Ref("unit", west.pk), Ref("unit", east.pk)])
    assert {ref.id: subject.url for ref, subject in found.items()} == {west.pk: f"/team/units/{west.pk}"}


def test_an_unknown_kind_or_number_is_nothing(person):
    assert refs.resolve(person("admin"), Ref("dragon", 1)) is None
    assert refs.resolve(person("admin"), Ref("unit", 987654321)) is None


def test_notices_ask_the_same_registry(person):
    unit = Unit.objects.get(code="journey")
    assert subject_for(person("admin"), Ref("unit", unit.pk)).url == f"/team/units/{unit.pk}"
    assert subject_for(person("west"), Ref("unit", unit.pk)) is None


def test_many_references_of_a_kind_take_one_look_up(person, django_assert_num_queries):
    admin = person("admin")
    wanted = [Ref("unit", pk) for pk in Unit.objects.values_list("pk", flat=True)]
    with django_assert_num_queries(2):  # the assignments, the units
        assert len(refs.resolve_all(admin, wanted)) == len(wanted)


def test_a_kind_is_declared_once():
    with pytest.raises(refs.KindDeclaredTwice):
        refs.resolves("unit")(lambda person, ids: {})


def test_everything_that_is_spoken_of_has_a_name():
    assert refs.kinds() == {
        "alert", "board", "budget", "campaign", "conflict", "contentitem", "cooperation", "creator",
        "customer", "custommetric", "deviation", "diagnosis", "duty", "estimate", "experiment", "gap",
        "goal", "handover",
        "import", "material", "meeting", "meetingseries", "occurrence", "outlet", "ownwords", "person",
        "pilot", "plan", "position", "product", "release", "releaserule", "report", "request", "risk",
        "savedquestion",
        "slip", "storedfile", "strategy", "target", "task", "unit", "writekey",
    }  # fmt: skip
