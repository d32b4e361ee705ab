"""Journeys counted slowly and plainly, straight from ``docs/how/funnels.md``: every chain is tried."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from remit.journeys.specification import Attribution, Order, Ties, Unit

EPOCH = datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC"))


@dataclass(frozen=True)
class Event:
    """``ms`` since 2000; ``others``: columns with a value; ``numbers``: columns of numbers."""

    person: str
    ms: int
    name: str
    others: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)

    @property
    def second(self):
        return self.ms // 1000


def histories(events):
    """Each person's events by instant; tied ones stay as they are given."""
    found = {}
    for event in sorted(events, key=lambda one: one.ms):
        found.setdefault(event.person, []).append(event)
    return found


def fits(event, thing):
    return event.name in thing.events and all(
        event.others.get(column, "") in values for column, values in thing.where.items()
    )


def steps_of(event, funnel):
    return [place for place, step in enumerate(funnel.steps) if fits(event, step)]


def in_order(history, funnel):
    """Tied events by the first step that they fit, then those that exclude, then the rest."""

    def rank(event):
        steps = steps_of(event, funnel)
        if funnel.order is Order.ANY:
            return 1 if any(fits(event, one) for one in funnel.exclude) else 0
        if steps:
            return steps[0]
        return len(funnel.steps) + (not any(fits(event, one) for one in funnel.exclude))

    return sorted(history, key=lambda event: (event.ms, rank(event)))


def excluded(history, low, high, furthest, funnel):
    """Whether an event between two places ends a chain whose furthest step is given."""
    return any(
        fits(history[place], one)
        and (funnel.order is Order.ANY or one.after - 1 <= furthest < one.before - 1)
        for place in range(low + 1, high)
        for one in funnel.exclude
    )


def may_begin(history, place, funnel, span):
    inside = span[0] <= history[place].second < span[1]
    firsts = [n for n, event in enumerate(history) if 0 in steps_of(event, funnel)]
    return inside and (not funnel.first_only or firsts[0] == place)


def chains_from(history, start, funnel):
    """Every chain that begins at ``start``, as a list of (place, step); each also without its last links."""
    open_chains = [[(start, 0)]]
    while open_chains:
        chain = open_chains.pop()
        yield chain
        place, step = chain[-1]
        for then in range(place + 1, len(history)):
            if funnel.order is Order.STRICT and then != place + 1:
                break
            if funnel.ties is Ties.LATER and history[then].ms == history[place].ms:
                continue
            if history[then].second - history[start].second > funnel.window_s:
                break
            if excluded(history, place, then, step, funnel):
                break
            for following in steps_of(history[then], funnel):
                between = funnel.steps[step + 1 : following]
                if following > step and all(one.optional for one in between):
                    open_chains.append([*chain, (then, following)])


def ordered_reaches(history, funnel, span):
    """Step to (end, start) of its best chain: the first to end, of those the last to begin."""
    best = {}
    for start, event in enumerate(history):
        if 0 in steps_of(event, funnel) and may_begin(history, start, funnel, span):
            for chain in chains_from(history, start, funnel):
                end, step = chain[-1]
                if step not in best or (end, -start) < (best[step][0], -best[step][1]):
                    best[step] = (end, start)
    return best


def any_reaches(history, funnel, span):
    """The same, where step n is any n + 1 of the steps."""
    best = {}
    step_at = {n: steps_of(event, funnel)[0] for n, event in enumerate(history) if steps_of(event, funnel)}
    for end in step_at:
        for start in step_at:
            if start > end or not span[0] <= history[start].second < span[1]:
                continue
            if history[end].second - history[start].second > funnel.window_s:
                continue
            if excluded(history, start, end, 0, funnel):
                continue
            inside = {step for place, step in step_at.items() if start <= place <= end}
            if start != end and step_at[start] == step_at[end]:
                continue
            for size in [0] if start == end else range(1, len(inside)):
                if size not in best or (end, -start) < (best[size][0], -best[size][1]):
                    best[size] = (end, start)
    return best


def reaches(history, funnel, span):
    """(history in order, step to (end, start)) of one person."""
    history = in_order(history, funnel)
    look = any_reaches if funnel.order is Order.ANY else ordered_reaches
    return history, look(history, funnel, span)


def funnel(events, asked, span):
    """People by step; seconds by step of those who arrive; people by value and step."""
    people = [0] * len(asked.steps)
    took = [[] for _ in asked.steps]
    by_value = {}
    for history in histories(events).values():
        placed, best = reaches(history, asked, span)
        for step in best:
            people[step] += 1
        if len(asked.steps) - 1 in best:
            for step, (end, start) in best.items():
                took[step].append(placed[end].second - placed[start].second)
        for value, steps in values_of(history, placed, best, asked, span):
            for step in steps:
                by_value.setdefault(value, [0] * len(asked.steps))[step] += 1
    return people, [sorted(each) for each in took], by_value


def values_of(history, placed, best, asked, span):
    """(value, steps) that one person counts for."""
    if asked.breakdown is None or not best:
        return
    column = asked.breakdown.column
    if asked.breakdown.by is Attribution.ALL:
        for value in sorted({event.others.get(column, "") for event in history}):
            alone = [event for event in history if event.others.get(column, "") == value]
            yield value, reaches(alone, asked, span)[1]
        return
    end, start = best[max(best)]
    speaks = placed[start if asked.breakdown.by is Attribution.FIRST else end]
    yield speaks.others.get(column, ""), best


def local_day(event, zone):
    return (EPOCH + timedelta(milliseconds=event.ms)).astimezone(ZoneInfo(zone)).date()


def period_of(day, begins):
    """The number of the period that holds a day, None where none does."""
    for number, (low, high) in enumerate(pairwise(begins)):
        if low <= day < high:
            return number
    return None


def retention(events, asked, begins):
    """(sizes, returned): people of each cohort, and how many came back by distance."""
    count = len(begins) - 1
    sizes, returned = [0] * count, [[0] * count for _ in range(count)]
    for history in histories(events).values():
        starts = [period_of(local_day(e, asked.zone), begins) for e in history if e.name in asked.start]
        back = {period_of(local_day(e, asked.zone), begins) for e in history if e.name in asked.back} - {None}
        cohorts = set(starts) if asked.each else set(starts[:1])
        for cohort in cohorts - {None}:
            sizes[cohort] += 1
            for period in range(cohort, count):
                came = any(p >= period for p in back) if asked.rolling else period in back
                returned[cohort][period - cohort] += came
    return sizes, returned


def begins_of(first, last, unit):
    """First days of periods from ``first`` until ``last`` is inside, and of the one after."""
    found = [first.replace(day=1) if unit is Unit.MONTH else first]
    while found[-1] <= last:
        days = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 32}[unit]
        after = found[-1] + timedelta(days=days)
        found.append(after.replace(day=1) if unit is Unit.MONTH else after)
    return found
