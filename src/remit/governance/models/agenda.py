"""What a meeting talks about, how each item is decided, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remit.files.models import StoredFile
from remit.org.models import Person

from ..enums import ActionState, Choice, Outcome, Rule
from .meeting import Meeting


class AgendaItem(models.Model):
    """One item. ``material``: words; ``thing``: a Ref; ``file``: uploaded. ``figure``: what decides by data.

    ``reading``: what the figure said. ``origin``: the item of an earlier meeting that was deferred to here.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    material = models.TextField(_("material"), max_length=4000, blank=True)
    thing = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(_("decision rule"), max_length=10, choices=Rule, blank=True)
    decider = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    figure = models.CharField(_("figure that decides"), max_length=160, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    decision = models.TextField(_("decision"), max_length=2000, blank=True)
    reading = models.CharField(_("reading"), max_length=300, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    deferred_to = models.DateField(null=True)
    deferred_owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    origin = models.OneToOneField("self", models.PROTECT, null=True, related_name="carried")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decider_is_named_with_the_rule",
                condition=Q(rule=Rule.DECIDER) | Q(decider=None),
            ),
            models.CheckConstraint(
                name="a_decision_says_what_and_by_whom",
                condition=~Q(outcome=Outcome.DECIDED)
                | ~Q(decision="") & ~Q(rule="") & Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="data_that_decide_have_a_reading",
                condition=~Q(outcome=Outcome.DECIDED, rule=Rule.DATA) | ~Q(figure="") & ~Q(reading=""),
            ),
            models.CheckConstraint(
                name="what_is_deferred_has_a_day_and_an_owner",
                condition=Q(outcome=Outcome.DEFERRED, deferred_to__isnull=False, deferred_owner__isnull=False)
                | ~Q(outcome=Outcome.DEFERRED) & Q(deferred_to=None, deferred_owner=None),
            ),
        ]
        indexes = [models.Index(fields=["meeting", "position"], name="item_of_meeting")]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """One participant's vote on an item; changed until the item is closed."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_vote_per_person", fields=["item", "person"])]


class Objection(models.Model):
    """A reason against a consensus; it stands until whoever raised it takes it back."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="objections")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=600)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_standing_objection_per_person",
                fields=["item", "person"],
                condition=Q(withdrawn_at=None),
            ),
        ]


class MeetingAction(models.Model):
    """Something that somebody does after a meeting, by a day.

    ``thing``: the Ref of what it goes on as in a room above; it is done when that is.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="actions")
    title = models.CharField(_("action"), max_length=200)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=6, choices=ActionState, default=ActionState.OPEN)
    done_at = models.DateTimeField(null=True)
    thing = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_done_action_has_a_time",
                condition=Q(state=ActionState.DONE, done_at__isnull=False)
                | Q(state=ActionState.OPEN, done_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="meeting_action_owed"),
            models.Index(fields=["thing"], name="meeting_action_elsewhere", condition=~Q(thing="")),
        ]

    def __str__(self) -> str:
        return self.title
