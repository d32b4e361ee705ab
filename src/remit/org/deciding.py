"""Who answers for a position on a day, and who stands above them. Pure: facts in, people out.

``docs/how/escalation.md`` states the rules with worked examples. People, posts, positions and units are ids.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

STEP = 4  # characters of a unit's path per level


@dataclass(frozen=True, slots=True)
class Post:
    """An assignment of an active person, from a day to a day (none: without an end), both included."""

    id: int
    person: int
    position: int
    unit: int
    first: date
    last: date | None = None
    share: int = 100


@dataclass(frozen=True, slots=True)
class Away:
    """A person is absent from a day to a day."""

    person: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Deputy:
    """``delegate`` acts while ``person`` is absent: of one post, or of all posts (none)."""

    person: int
    delegate: int
    first: date
    last: date | None = None
    post: int | None = None
    by_other: bool = False


@dataclass(frozen=True, slots=True)
class Lent:
    """The post does not count from a day to a day: its holder works elsewhere."""

    post: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a position stands: the position that it reports to, and whether it leads its unit."""

    reports_to: int | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Answering:
    """``people``: who is there and answers. ``silent``: absent holders for whom nobody acts."""

    people: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()


def holds(first: date, last: date | None, on: date) -> bool:
    """Whether a day lies from a day to a day, both included."""
    return first <= on and (last is None or on <= last)


@dataclass(frozen=True)
class Organisation:
    """``units``: paths by id. ``ranks``: by position. All rows may lie in the past or the future.

    ``alone``: decentralised units. What such a unit and those below it owe is answered there, never above.
    """

    units: Mapping[int, str]
    ranks: Mapping[int, Rank]
    posts: tuple[Post, ...] = ()
    aways: tuple[Away, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    lents: tuple[Lent, ...] = ()
    alone: frozenset[int] = frozenset()
    # What was worked out; not of the constructor, so that ``replace`` begins without it.
    _known: dict[tuple[int, int, date], Answering] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _known_above: dict[tuple[int, int, date], tuple[int, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    # -- who -----------------------------------------------------------------------------------
    def holders(self, position: int, unit: int, on: date) -> tuple[Post, ...]:
        """Posts that hold the position in the unit that day, else in the nearest unit above that has any."""
        for place in self._upwards(unit):
            found = tuple(post for post in self._posts.get((position, place), ()) if self.counts(post, on))
            if found or place in self.alone:
                return found
        return ()

    def answering(self, position: int, unit: int, on: date) -> Answering:
        """Who is present and answers for the position in the unit that day, each person once."""
        known = self._known.get((position, unit, on))
        if known is None:
            known = self._known[position, unit, on] = self._answering(position, unit, on)
        return known

    def superior(self, position: int, unit: int, person: int, on: date) -> int | None:
        """Who stands above the holder of a position; none when nobody else is there.

        The same position in the units above if it leads; then the position that it reports to, in the unit
        or the nearest above, and so on upward.
        """
        return next((one for one in self.superiors(position, unit, on) if one != person), None)

    def superiors(self, position: int, unit: int, on: date) -> tuple[int, ...]:
        """Everybody above a position in the order in which they are asked, each once."""
        known = self._known_above.get((position, unit, on))
        if known is None:
            above = tuple(dict.fromkeys(self._superiors(position, unit, on)))
            known = self._known_above[position, unit, on] = above
        return known

    def below(self, positions: Collection[int]) -> set[int]:
        """The positions whose holders stand under some of these: they lead as these do, or report to them."""
        return {
            position
            for position, rank in self.ranks.items()
            if (rank.leads and position in positions)
            or any(each in positions for each in self._reports_upwards(position))
        }

    def superior_of(self, person: int, on: date) -> int | None:
        """Who stands above somebody in any of the posts that count that day, the highest post first."""
        posts = [post for post in self.posts if post.person == person and self.counts(post, on)]
        posts.sort(key=lambda post: (len(self.units.get(post.unit, "")), post.id))
        found = (self.superior(post.position, post.unit, person, on) for post in posts)
        return next((one for one in found if one is not None), None)

    def counts(self, post: Post, on: date) -> bool:
        """Whether the post is held that day and its holder is not lent elsewhere."""
        return holds(post.first, post.last, on) and not any(
            holds(lent.first, lent.last, on) for lent in self._lents.get(post.id, ())
        )

    def is_away(self, person: int, on: date) -> bool:
        """Whether the person is absent that day."""
        return any(holds(away.first, away.last, on) for away in self._aways.get(person, ()))

    def acting(self, post: Post, on: date) -> int | None:
        """The holder of a post, or whoever acts for them that day; none when nobody does."""
        return self._acting(post.person, post.id, on)

    def standing_in(self, person: int, on: date) -> int | None:
        """The person, or whoever acts for all of their posts that day; none when nobody does."""
        return self._acting(person, None, on)

    def posts_above(self, position: int, unit: int, on: date) -> tuple[Post, ...]:
        """The posts above a position by who holds them, not by who acts for a holder."""
        places = self._places_above(position, unit)
        return tuple(post for above, place in places for post in self.holders(above, place, on))

    # -- inside --------------------------------------------------------------------------------
    def _acting(self, person: int, of: int | None, on: date) -> int | None:
        if not self.is_away(person, on):
            return person
        delegate = self._delegate(person, of, on)
        # Nobody hands on what they only act for: the absent one chose them, not whom they choose.
        return None if delegate is None or self.is_away(delegate, on) else delegate

    def _answering(self, position: int, unit: int, on: date) -> Answering:
        people: dict[int, None] = {}
        silent: dict[int, None] = {}
        for post in self.holders(position, unit, on):
            acting = self.acting(post, on)
            if acting is None:
                silent[post.person] = None
            else:
                people[acting] = None
        return Answering(tuple(people), tuple(silent))

    def _superiors(self, position: int, unit: int, on: date) -> Iterator[int]:
        for above, place in self._places_above(position, unit):
            yield from self.answering(above, place, on).people

    def _places_above(self, position: int, unit: int) -> Iterator[tuple[int, int]]:
        """(position, unit) above a post in the order in which they are asked, where there are holders."""
        following = [(each, unit) for each in self._reports_upwards(position)]
        upper = next(self._upwards(unit, strictly=True), None)
        if self.ranks.get(position, Rank()).leads and upper is not None:
            following.insert(0, (position, upper))
        for above, first in following:
            for place in self._upwards(first):
                if self._posts.get((above, place)):
                    yield above, place

    def _delegate(self, person: int, post: int | None, on: date) -> int | None:
        ways = [d for d in self._deputies.get(person, ()) if holds(d.first, d.last, on)]
        fit = [d for d in ways if d.post is None or d.post == post]
        # What the person decided goes before what others did; one post before all; the newest first.
        chosen = max(
            fit, key=lambda d: (not d.by_other, d.post is not None, d.first, d.delegate), default=None
        )
        if chosen is None and post is None:  # others name for each post: for the person, where all are one
            each = {
                self._delegate(person, own.id, on)
                for own in self._own.get(person, ())
                if self.counts(own, on)
            }
            return each.pop() if len(each) == 1 else None
        return chosen.delegate if chosen else None

    def _reports_upwards(self, position: int) -> Iterator[int]:
        """The position that it reports to, then the one that *that* reports to; each once."""
        seen = {position}
        following = self.ranks.get(position, Rank()).reports_to
        while following is not None and following not in seen:
            seen.add(following)
            yield following
            following = self.ranks.get(following, Rank()).reports_to

    def _upwards(self, unit: int, *, strictly: bool = False) -> Iterator[int]:
        path = self.units.get(unit, "")
        for end in range(len(path) - (STEP if strictly else 0), 0, -STEP):
            yield self._ids[path[:end]]

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {path: unit for unit, path in self.units.items()}

    @cached_property
    def _posts(self) -> dict[tuple[int, int], tuple[Post, ...]]:
        def place(post: Post) -> tuple[int, int]:
            return post.position, post.unit

        return {key: tuple(group) for key, group in groupby(sorted(self.posts, key=_order), key=place)}

    @cached_property
    def _own(self) -> dict[int, list[Post]]:
        found: dict[int, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.person, []).append(post)
        return found

    @cached_property
    def _aways(self) -> dict[int, list[Away]]:
        found: dict[int, list[Away]] = {}
        for away in self.aways:
            found.setdefault(away.person, []).append(away)
        return found

    @cached_property
    def _deputies(self) -> dict[int, list[Deputy]]:
        found: dict[int, list[Deputy]] = {}
        for deputy in self.deputies:
            found.setdefault(deputy.person, []).append(deputy)
        return found

    @cached_property
    def _lents(self) -> dict[int, list[Lent]]:
        found: dict[int, list[Lent]] = {}
        for lent in self.lents:
            found.setdefault(lent.post, []).append(lent)
        return found


def _order(post: Post) -> tuple[int, int, int]:
    return post.position, post.unit, post.id
