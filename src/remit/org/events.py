"""What can happen to units, positions, people and their tokens."""

from django.utils.translation import gettext_lazy as _

from remit.audit.events import EventType

# What the log-in library calls the ways of logging in and the changes of them.
_WAYS = {
    "password": _("password"),
    "totp": _("authenticator app"),
    "recovery_codes": _("recovery code"),
    "webauthn": _("passkey or security key"),
}
_CHANGES = {
    "password_changed": _("password changed"),
    "password_set": _("password set"),
    "password_reset": _("password reset"),
    "totp_activated": _("authenticator app set up"),
    "totp_deactivated": _("authenticator app switched off"),
    "recovery_codes_generated": _("recovery codes made"),
    "webauthn_added": _("passkey or security key added"),
    "webauthn_removed": _("passkey or security key removed"),
    "account_connected": _("account of a provider connected"),
    "account_disconnected": _("account of a provider disconnected"),
}


def _ways(codes: str) -> str:
    """Ways of logging in, such as ``password, totp``; the name of a provider stays as it is."""
    return " + ".join(str(_WAYS.get(code, code)) for code in codes.split(", "))


def _change(code: str) -> str:
    return str(_CHANGES.get(code, code))


UNIT_ADDED = EventType(
    "org.unit.added", _("%(by)s added the unit %(code)s (%(name)s)"), fields=("code", "name", "parent")
)
UNIT_MOVED = EventType(
    "org.unit.moved", _("%(by)s moved the unit %(code)s below %(to)s"), fields=("code", "from", "to")
)
UNIT_CHANGED = EventType(
    "org.unit.changed", _("%(by)s changed the unit %(code)s: %(changes)s"), fields=("code", "changes")
)
ZONE_SET = EventType(
    "org.unit.zone_set",
    _("%(by)s set the time zone of %(code)s to %(zone)s from %(starts_on)s"),
    fields=("code", "zone", "starts_on"),
)
POSITION_ADDED = EventType(
    "org.position.added", _("%(by)s added the position %(code)s: %(abilities)s"), fields=("code", "abilities")
)
POSITION_CHANGED = EventType(
    "org.position.changed", _("%(by)s changed the position %(code)s: %(changes)s"), fields=("code", "changes")
)
PERSON_ADDED = EventType(
    "org.person.added", _("%(by)s added %(name)s (%(email)s)"), personal=("name", "email")
)
PERSON_CHANGED = EventType(
    "org.person.changed",
    _("%(by)s changed %(changed)s of %(subject)s: %(values)s"),
    fields=("changed",),
    personal=("values", "former_address"),
)
PERSON_LEFT = EventType("org.person.left", _("%(by)s closed the account of %(subject)s"))
PERSON_RETURNED = EventType("org.person.returned", _("%(by)s opened the account of %(subject)s again"))
ASSIGNED = EventType(
    "org.assignment.made",
    _("%(by)s assigned %(subject)s as %(position)s in %(unit)s from %(starts_on)s to %(ends_on)s"),
    fields=("assignment", "position", "unit", "starts_on", "ends_on"),
)
ASSIGNMENT_ENDED = EventType(
    "org.assignment.ended",
    _("%(by)s ended the assignment of %(subject)s as %(position)s in %(unit)s on %(ends_on)s"),
    fields=("assignment", "position", "unit", "ends_on"),
)
LOGGED_IN = EventType(
    "org.person.logged_in",
    _("%(subject)s logged in (%(ways)s) from %(address)s"),
    fields=("ways",),
    personal=("address",),
    words={"ways": _ways},
)
LOG_IN_FAILED = EventType(
    "org.person.log_in_failed",
    _("Somebody tried to log in as %(subject)s from %(address)s"),
    personal=("address",),
)
SAFETY_CHANGED = EventType(
    "org.person.safety_changed",
    _("The log-in of %(subject)s was changed: %(what)s, from %(address)s"),
    fields=("what",),
    personal=("address",),
    words={"what": _change},
)
TOKEN_MADE = EventType(
    "org.token.made",
    _("%(by)s made the token “%(name)s” until %(expires_at)s"),
    fields=("token", "name", "expires_at"),
)
TOKEN_REVOKED = EventType(
    "org.token.revoked", _("%(by)s revoked the token “%(name)s” of %(subject)s"), fields=("token", "name")
)
LIST_VIEW_SAVED = EventType(
    "org.list_view.saved",
    _("%(by)s saved the view “%(title)s” of the list %(list)s"),
    fields=("list", "title"),
)
LIST_VIEW_REMOVED = EventType(
    "org.list_view.removed",
    _("%(by)s removed the view “%(title)s” of the list %(list)s"),
    fields=("list", "title"),
)
POSITION_ASKS = EventType(
    "org.position.asks",
    _("%(by)s set the level of %(skill)s that %(code)s asks for: %(level)s"),
    fields=("code", "skill", "level"),
)
SKILL_ADDED = EventType("org.skill.added", _("%(by)s added the skill %(code)s"), fields=("code",))
SKILL_CHANGED = EventType(
    "org.skill.changed", _("%(by)s changed the skill %(code)s: %(changes)s"), fields=("code", "changes")
)
# Levels, aims and talks are between those concerned: the record says that, not what, was said.
SKILL_ASSESSED = EventType(
    "org.skill.assessed",
    _("%(by)s said how well %(subject)s can do %(skill)s (%(source)s)"),
    fields=("skill", "source"),
)
LADDER_ADDED = EventType("org.ladder.added", _("%(by)s added the ladder %(code)s"), fields=("code",))
LADDER_CHANGED = EventType(
    "org.ladder.changed", _("%(by)s changed the ladder %(code)s: %(changes)s"), fields=("code", "changes")
)
CRITERION_CONFIRMED = EventType(
    "org.criterion.confirmed",
    _("%(by)s confirmed of %(subject)s: %(statement)s"),
    fields=("criterion", "statement"),
)
CONFIRMATION_WITHDRAWN = EventType(
    "org.criterion.confirmation_withdrawn",
    _("%(by)s withdrew what was confirmed of %(subject)s: %(statement)s"),
    fields=("criterion", "statement"),
)
MENTORING_BEGUN = EventType(
    "org.mentoring.begun",
    _("%(by)s gave %(subject)s a mentor, %(mentor)s, from %(starts_on)s to %(ends_on)s"),
    fields=("mentoring", "starts_on", "ends_on"),
    personal=("mentor",),
)
MENTORING_ENDED = EventType(
    "org.mentoring.ended",
    _("%(by)s ended the mentoring of %(subject)s on %(ends_on)s"),
    fields=("mentoring", "ends_on"),
)
NEWCOMER_PLAN_MADE = EventType(
    "org.newcomer_plan.made",
    _("%(by)s made a plan of thirty days for %(subject)s from %(starts_on)s"),
    fields=("plan", "starts_on", "steps"),
)
NEWCOMER_STEP_DONE = EventType(
    "org.newcomer_plan.step_done", _("%(subject)s ticked the step “%(step)s”"), fields=("step",)
)
NEWCOMER_STEP_REOPENED = EventType(
    "org.newcomer_plan.step_reopened", _("%(subject)s opened the step “%(step)s” again"), fields=("step",)
)
CHECKED_IN = EventType(
    "org.newcomer_plan.checked_in", _("%(by)s wrote a check-in for %(subject)s"), fields=("plan",)
)
TEMPLATE_STEP_SET = EventType(
    "org.template_step.set",
    _("%(by)s set the step “%(name)s” of everybody new on day %(day)s"),
    fields=("day", "name"),
)
TEMPLATE_STEP_REMOVED = EventType(
    "org.template_step.removed",
    _("%(by)s took the step “%(name)s” from the plan of everybody new"),
    fields=("name",),
)
SUCCESSOR_NAMED = EventType(
    "org.successor.named",
    _("%(by)s named %(person)s as a successor for %(position)s in %(subject)s: %(readiness)s"),
    fields=("position", "readiness", "order"),
    personal=("person",),
)
SUCCESSOR_REMOVED = EventType(
    "org.successor.removed",
    _("%(by)s removed %(person)s from the successors for %(position)s in %(subject)s"),
    fields=("position",),
    personal=("person",),
)
SHIPPED = EventType(
    "org.shipped",
    _(
        "%(by)s brought in what ships: %(positions)s positions, %(skills)s skills, %(ladders)s ladders,"
        " %(steps)s steps for newcomers"
    ),
    fields=("positions", "skills", "ladders", "steps"),
)
SYSTEM_SCOPE_TAKEN = EventType(
    "org.scope.system_taken", _("%(by)s read all rows: %(reason)s"), fields=("reason",)
)
RATES_LOADED = EventType(
    "org.rate.loaded",
    _("Exchange rates were loaded for %(unit)s by %(subject)s: %(count)s."),
    fields=("count", "unit"),
)
ABSENCE_ADDED = EventType(
    "org.absence.added",
    _("%(by)s noted that %(subject)s is away from %(starts_on)s to %(ends_on)s"),
    fields=("absence", "starts_on", "ends_on"),
)
ABSENCE_REMOVED = EventType(
    "org.absence.removed",
    _("%(by)s removed the absence of %(subject)s from %(starts_on)s to %(ends_on)s"),
    fields=("absence", "starts_on", "ends_on"),
)
DELEGATED = EventType(
    "org.delegation.made",
    _("%(by)s named who acts for %(subject)s in absence, from %(starts_on)s to %(ends_on)s"),
    fields=("delegation", "delegate", "starts_on", "ends_on"),
)
DELEGATION_ENDED = EventType(
    "org.delegation.ended",
    _("%(by)s ended on %(ends_on)s that somebody acts for %(subject)s"),
    fields=("delegation", "delegate", "starts_on", "ends_on"),
)
SECONDED = EventType(
    "org.secondment.made",
    _("%(by)s lent %(subject)s from %(from)s to %(to)s, %(starts_on)s to %(ends_on)s"),
    fields=("secondment", "from", "to", "starts_on", "ends_on"),
)
SECONDMENT_ENDED = EventType(
    "org.secondment.ended",
    _("%(by)s ended the secondment of %(subject)s to %(to)s on %(ends_on)s"),
    fields=("secondment", "from", "to", "starts_on", "ends_on"),
)
HOLIDAYS_KEPT = EventType(
    "org.holidays.kept",
    _("%(by)s: the unit %(code)s keeps the holidays of %(country)s from %(starts_on)s"),
    fields=("code", "country", "starts_on"),
)
YEAR_ENTERED = EventType(
    "org.calendar.entered",
    _("%(by)s entered the working days of %(year)s for %(country)s: %(days)s days"),
    fields=("country", "year", "days", "source"),
)
PROJECT_STARTED = EventType(
    "org.project.started",
    _("%(by)s started the project %(code)s (%(name)s), %(starts_on)s to %(ends_on)s"),
    fields=("code", "name", "starts_on", "ends_on"),
)
PROJECT_JOINED = EventType(
    "org.project.joined",
    _("%(by)s: person %(person)s works in the project %(project)s with %(share)s percent of their time"),
    fields=("project", "person", "share", "ends_on"),
)
PROJECT_LEFT = EventType(
    "org.project.left",
    _("%(by)s: person %(person)s leaves the project %(project)s on %(ends_on)s"),
    fields=("project", "person", "ends_on"),
)
LIMIT_SET = EventType(
    "org.limit.set",
    _("%(by)s: the unit %(code)s decides alone up to %(amount)s %(currency)s from %(starts_on)s"),
    fields=("code", "amount", "currency", "starts_on"),
)
