"""Every event that the shipped handbook waits for is recorded by somebody, or said to be still to come."""

from remit.audit.events import known_types
from remit.config.reactions import REACTIONS
from remit.duties.naming import LOOKED_AT, THINGS, TO_COME
from remit.duties.queries.handbook import shipped_drafts
from remit.web.duties.things import KINDS, PARTS, TITLES
from remit.web.refs import kinds

START = "remit.duties.actions.starting.start_duties"
SEE = "remit.duties.actions.sighting.see_event"


def test_every_event_that_starts_a_shipped_duty_is_declared_or_to_come():
    named = {event for draft in shipped_drafts() for event in draft.starts_upon}
    assert named - set(known_types()) == named & set(TO_COME)
    assert set(TO_COME) & set(known_types()) == set(), "it is recorded now: take it off the list"


def test_every_declared_event_that_starts_a_shipped_duty_has_its_reaction():
    named = {event for draft in shipped_drafts() for event in draft.starts_upon} - set(TO_COME)
    assert {event for event in named if START not in REACTIONS.get(event, ())} == set()


def test_every_event_by_which_evidence_is_seen_has_its_reaction():
    named = {draft.evidence_seen_by for draft in shipped_drafts()} - {"", LOOKED_AT}
    assert {event for event in named if SEE not in REACTIONS.get(event, ())} == set()


def test_every_kind_of_thing_that_is_evidence_has_an_address_a_title_and_a_resolver():
    assert set(THINGS) == {*KINDS.values(), *PARTS} == set(TITLES)
    assert set(THINGS) - kinds() == set()
