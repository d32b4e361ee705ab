"""The policy of content that ships takes a text through three levels, each by another person."""

from dataclasses import replace

import pytest
import yaml

from remit.core.ref import Ref
from remit.governance import kinds
from remit.governance.actions.policy import publish_version
from remit.governance.actions.request import NotTaken, open_request, submit
from remit.governance.actions.signature import NotYours
from remit.governance.clauses import LIST, NUMBER, TEXT
from remit.governance.kinds import Fact, Subject
from remit.governance.models import Request, Signature
from remit.governance.queries.shipped import FOLDER as SHIPPED
from remit.org.models import Position

from .conftest import AT
from .notes import NOTE

POSTER = {
    "verdict": "change", "stops": 0.0, "to_change": 3.0, "channel": "outdoor", "industry": "medical",
    "industries": ["medical"],
}  # fmt: skip
TYPES = {"stops": NUMBER, "to_change": NUMBER, "industries": LIST}
SEEN: dict[str, object] = {}


def read(ref: Ref) -> Subject:
    return Subject("海報", unit=int(str(SEEN["unit"])), facts={**POSTER, **SEEN}, content={"text": "海報"})


@pytest.fixture
def review(house):
    """Policy and kind of content; bea keeps the brand, leo the law."""
    facts = {name: Fact(TYPES.get(name, TEXT), name) for name in POSTER}
    read_at = f"{__name__}.read"
    content = replace(NOTE, code="content", read_at=read_at, approve_at="", facts=facts, roles={})
    kinds.register({**kinds.kinds(), "content": content})
    above = {"brand_manager": house.positions["marketing_director"], "legal_counsel": None}
    for code, reports_to in above.items():
        house.positions[code] = Position.objects.create(code=code, name=code, reports_to=reports_to)
    house.person("bea", "brand_manager")
    house.person("leo", "legal_counsel")
    said = yaml.safe_load((SHIPPED / "content.yaml").read_text(encoding="utf-8"))
    publish_version(kind="content", rows=said["clauses"], reason="", by=None, at=AT)
    SEEN.clear()
    SEEN["unit"] = house.units["east"].pk
    return house


def asked(house, by: str = "ben") -> Request:
    request = open_request(kind="content", subject=Ref("note", 1), by=house[by], at=AT)
    submit(request=request, by=house[by], at=AT)
    return request


def test_brand_legal_and_executive_sign_in_this_order_and_only_then_it_is_approved(review):
    request = asked(review)
    with pytest.raises(NotYours):
        review.signs("leo", request)
    for name in ("bea", "leo", "dora"):
        assert Request.objects.get(pk=request.pk).state == "submitted"
        review.signs(name, request)
    assert Request.objects.get(pk=request.pk).state == "approved"
    signed = Signature.objects.filter(step__round__request=request).values_list("signer__name", flat=True)
    assert sorted(signed) == ["bea", "dora", "leo"]


def test_who_holds_two_of_the_positions_acts_at_one_level_only(review):
    review.post("bea", "legal_counsel")
    request = asked(review)
    review.signs("bea", request)
    with pytest.raises(NotYours):
        review.signs("bea", request)
    review.signs("leo", request)
    review.signs("dora", request)
    assert Request.objects.get(pk=request.pk).state == "approved"


def test_what_screening_stops_is_not_taken_and_the_clause_is_quoted(review):
    SEEN.update(verdict="stop", stops=1.0)
    with pytest.raises(NotTaken) as raised:
        asked(review)
    assert "what screening stops is not published" in "".join(raised.value.sentences)
