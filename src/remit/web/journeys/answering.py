"""A question about journeys answered in the sight of who looks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from remit.core.period import parse_period
from remit.core.ref import Ref
from remit.metrics.queries.journeys import events_in, journey, offer_of, people_behind, read_journey, titled
from remit.org.queries.companies import companies_of
from remit.org.queries.today import today
from remit.org.queries.zones import zone_on

from ..figures.sight import Sight
from ..refs import resolve_all
from .asked import AskedJourney
from .shown import Link, Shown
from .shown_habits import SHOWN
from .words import column_title, note_words

if TYPE_CHECKING:
    from remit.journeys.event_index.opened import Index
    from remit.journeys.offering import Offer
    from remit.journeys.people import People

CAMPAIGN = "campaign_id"


@dataclass(frozen=True)
class Seen:
    """The events that somebody sees, or those of a unit among them; raise UnknownUnit, CannotAnswer."""

    sight: Sight
    index: "Index"
    offer: "Offer"

    @classmethod
    def of(cls, sight: Sight, unit: str) -> "Seen":
        index = events_in(sight.scope, sight.within(unit))
        return cls(sight, index, offer_of(index))

    @property
    def is_named(self) -> bool:
        """Whether people may be named: not to who sees less than their whole company."""
        return not self.index.nameless

    def zone(self, unit: str) -> str:
        """That of the unit asked for, else of the first company."""
        found = self.sight.unit(unit) or companies_of(self.sight.person, today()).order_by("path").first()
        return "UTC" if found is None else zone_on(found, today()).key

    def answer(self, asked: AskedJourney) -> dict[str, Any]:
        """As plain data. Raise CannotAnswer."""
        question = self._question(asked)
        column = _column_of(asked)
        index = self._with_titles() if column == CAMPAIGN else self.index
        if asked.kind == "funnel" and question.breakdown:
            breakdown = replace(question.breakdown, title=column_title(question.breakdown.column))
            question = replace(question, breakdown=breakdown)
        return journey(asked.kind, question, index)

    def people(self, asked: AskedJourney, place: int, then: str) -> "People":
        """Those behind a figure. Raise CannotAnswer."""
        return people_behind(asked.kind, self._question(asked), self.index, place, then)

    def show(self, asked: AskedJourney) -> Shown:
        """The answer as drawn, with links to people where they are named. Raise CannotAnswer."""
        return self.drawn(asked, self.answer(asked))

    def drawn(self, asked: AskedJourney, data: Mapping[str, Any]) -> Shown:
        """An answer as drawn."""
        shown = SHOWN[asked.kind](data, self._link(asked))
        return replace(shown, notes=[note_words(note) for note in shown.notes])

    def _question(self, asked: AskedJourney) -> Any:
        parse_period(str(asked.spec.get("period", "")))  # its own refusal is said in the reader's language
        return read_journey(asked.kind, {**asked.spec, "zone": self.zone(asked.unit)})

    def _link(self, asked: AskedJourney) -> Link:
        address = reverse("journeys_people", args=[asked.kind])
        query = asked.query()

        def link(place: int, then: str) -> str:
            besides = urlencode({"place": place, **({"then": then} if then else {})})
            return f"{address}?{query}&{besides}" if self.is_named else ""

        return link

    def _with_titles(self) -> "Index":
        """Campaigns by name, those out of sight by number; two of one name by both."""
        texts = self.offer.columns.get(CAMPAIGN, ())
        found = resolve_all(self.sight.person, [Ref("campaign", int(text)) for text in texts])
        titles: dict[str, str] = {}
        for text in texts:
            subject = found.get(Ref("campaign", int(text)))
            title = subject.title if subject else text
            titles[text] = f"{title} ({text})" if title in titles.values() else title
        return titled(self.index, CAMPAIGN, titles)


def _column_of(asked: AskedJourney) -> str:
    """The column whose values an answer tells."""
    spec: Mapping[str, Any] = asked.spec
    return str(spec.get("breakdown", {}).get("column") or spec.get("of") or spec.get("channel") or "")
