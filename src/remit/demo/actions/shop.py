"""A key for the demonstration shop, so that events can be seen arriving."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from remit.collection.actions.write_key import make_key
from remit.collection.enums import KeyKind
from remit.collection.models import WriteKey
from remit.collection.reading.origins import read_origins
from remit.org.models import Person, Unit

from .. import cast

UNIT, NAME = "journey", "示範商店"


@transaction.atomic
def set_up_shop(*, at: datetime) -> int:
    """Return how many keys were made; none where somebody keeps keys already."""
    if WriteKey.objects.exists():
        return 0
    by = Person.objects.get(email=cast.ADMINISTRATOR)
    unit = Unit.objects.get(code=UNIT)
    make_key(unit=unit, name=NAME, kind=KeyKind.BROWSER, origins=read_origins(settings.ADDRESS), by=by, at=at)
    return 1
