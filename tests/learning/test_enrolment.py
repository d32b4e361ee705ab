"""Who is in an experiment: as a program saw them, or as a file says."""

import pytest

from remit.kernels.experiments.assigning import assign
from remit.learning.actions.enrolment import EnrolmentRefused, Exposure, enrol_from_file, see_people
from remit.learning.models import Enrolment, Experiment
from remit.learning.queries.definitions import definition_of, whole

from .shop import AT, started


def drawn(experiment, person):
    return assign(definition_of(whole(Experiment.objects.all()).get(pk=experiment.pk)), person).variant


@pytest.fixture
def seen(shop):
    """An experiment that counts whom programs report; it lasts over AT."""
    return started(shop, audience="seen", days=35)


def see(experiment, shop, *pairs):
    return see_people(
        experiment=experiment, seen=[Exposure(*pair) for pair in pairs], by=shop["owner"], at=AT
    )


def test_somebody_seen_twice_is_enrolled_once_on_the_first_day(shop, seen):
    one = ("C0001", drawn(seen, "C0001"))
    assert see(seen, shop, one, one) == []
    assert see(seen, shop, one) == []
    row = Enrolment.objects.get()
    assert (row.person, row.variant.code, row.entered_on) == (*one, AT.date())


def test_a_variant_that_the_definition_does_not_give_is_refused_by_its_place(shop, seen):
    right = drawn(seen, "C0002")
    wrong = "video" if right == "control" else "control"
    refused = see(seen, shop, ("C0002", wrong), ("C0002", "none"), ("C0002", right))
    assert [place for place, _reason in refused] == [0, 1]
    assert Enrolment.objects.get().variant.code == right


def test_nobody_is_enrolled_in_what_does_not_run_today(shop):
    experiment = started(shop, audience="seen", days=14)  # its last day was two weeks ago
    assert [place for place, _reason in see(experiment, shop, ("C1", "control"))] == [0]
    assert not Enrolment.objects.exists()


FILE = b"\xef\xbb\xbfPerson, Variant ,day\nC0001,video,2026-02-03\nC0002,control,\n"


def from_file(shop, content, experiment=None):
    experiment = experiment or started(shop, audience="file")
    return enrol_from_file(experiment=experiment, content=content, name="x.csv", by=shop["owner"], at=AT)


def test_a_file_names_people_and_the_same_file_twice_changes_nothing(shop):
    experiment = started(shop, audience="file")
    assert [from_file(shop, FILE, experiment), from_file(shop, FILE, experiment)] == [2, 0]
    found = list(Enrolment.objects.order_by("person").values_list("person", "variant__code", "entered_on"))
    assert [(person, code, str(day)) for person, code, day in found] == [
        ("C0001", "video", "2026-02-03"), ("C0002", "control", "2026-02-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name,arm\nC1,video\n", "person, variant"),
        (b"", "person, variant"),
        (b"person,variant\nC1,video\nC1,control\n", "C1"),
        (b"person,variant\nC1,vdieo\n", "vdieo"),
        (b"person,variant\n,video\n", "2"),
        (b"person,variant,day\nC1,video,yesterday\n", "2"),
        (b"person,variant,day\nC1,video,2027-01-01\n", "2"),
        (b"person,variant\n\xff\xfe,video\n", "UTF-8"),
        (b"person,variant\n" + b"x" * 81 + b",video\n", "2"),
    ],
)
def test_a_file_with_a_fault_names_it_and_nothing_is_kept(shop, content, says):
    with pytest.raises(EnrolmentRefused, match=says):
        from_file(shop, content)
    assert not Enrolment.objects.exists()


def test_somebody_who_was_enrolled_otherwise_is_refused(shop):
    experiment = started(shop, audience="file")
    from_file(shop, FILE, experiment)
    with pytest.raises(EnrolmentRefused, match="C0001"):
        from_file(shop, b"person,variant\nC0001,control\nC0009,video\n", experiment)
    assert Enrolment.objects.count() == 2
