"""The worked examples of ``docs/how/escalation.md`` are true."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from remit.duties.actions.clock import ESCALATES_AFTER, goes_up_on
from remit.org.deciding import Away, Deputy, Lent, Organisation, Post, Rank
from remit.org.working_days import WorkingCalendar

PAGE = Path(__file__).parents[2] / "docs/how/escalation.md"
EXAMPLES = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)]
DAY = date(2026, 3, 2)
WHOLE = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


class Numbers(dict[str, int]):
    """A number for each word, given when it is first asked for."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self) + 1
        return self[word]


class Example:
    """An example worked out; people, positions and units by their words."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.people, self.positions, self.units = Numbers(), Numbers(), Numbers()
        self.on = given.get("day", DAY)
        self.posts = {who: self._place(text) for who, text in given["posts"].items()}
        lent = given.get("lent", {})
        self.organisation = Organisation(
            units=self._paths(given["units"]),
            ranks={
                self.positions[word]: Rank(
                    self.positions[above] if (above := given.get("reports_to", {}).get(word)) else None,
                    word in given.get("leads", ()),
                )
                for word in [*given.get("reports_to", {}), *given.get("leads", ())]
            },
            alone=frozenset(self.units[unit] for unit in given.get("alone", ())),
            posts=tuple(self._posts(lent)),
            aways=tuple(Away(self.people[who], **WHOLE) for who in given.get("away", ())),
            deputies=tuple(
                Deputy(self.people[who], self.people[to], **WHOLE)
                for who, to in given.get("acts", {}).items()
            ),
            lents=tuple(
                Lent(self.people[who], WHOLE["first"], date.fromisoformat(text.split(" until ")[1]))
                for who, text in lent.items()
            ),
        )

    def _posts(self, lent: dict[str, str]) -> list[Post]:
        """The post at home has the number of its holder, the one away a hundred more."""
        home = [
            Post(self.people[who], self.people[who], *at, date(2020, 1, 1)) for who, at in self.posts.items()
        ]
        for who, text in lent.items():
            place, last = text.split(" until ")
            number = self.people[who]
            home.append(
                Post(number + 100, number, *self._place(place), WHOLE["first"], date.fromisoformat(last))
            )
        return home

    def _place(self, text: str) -> tuple[int, int]:
        position, unit = text.split(" in ")
        return self.positions[position], self.units[unit]

    def _paths(self, above: dict[str, str | None]) -> dict[int, str]:
        """Parents come before their children."""
        paths: dict[str, str] = {}
        for number, (unit, parent) in enumerate(above.items(), start=1):
            paths[unit] = (paths[parent] if parent else "") + f"{number:04}"
        return {self.units[unit]: path for unit, path in paths.items()}

    def names(self, people: tuple[int, ...]) -> list[str]:
        words = {number: word for word, number in self.people.items()}
        return [words[each] for each in people]

    def answers(self, place: str) -> list[str]:
        return self.names(self.organisation.answering(*self._place(place), self.on).people)

    def superior(self, who: str) -> str | None:
        found = self.organisation.superior(*self.posts[who], self.people[who], self.on)
        return self.names((found,))[0] if found else None


def title(given: dict[str, Any]) -> str:
    return str(given["example"])


def with_key(key: str) -> list[dict[str, Any]]:
    return [given for given in EXAMPLES if key in given]


@pytest.mark.parametrize("given", with_key("answers"), ids=title)
def test_who_answers(given):
    example = Example(given)
    assert {place: example.answers(place) for place in given["answers"]} == given["answers"]


@pytest.mark.parametrize("given", with_key("superior"), ids=title)
def test_who_stands_above(given):
    example = Example(given)
    assert {who: example.superior(who) for who in given["superior"]} == given["superior"]


@pytest.mark.parametrize("given", with_key("goes_up_on"), ids=title)
def test_when_it_goes_up(given):
    calendar = WorkingCalendar(given["holidays"])
    told_on, days = given.get("told_on", given["due_on"]), []
    for level in range(len(ESCALATES_AFTER)):
        told_on = goes_up_on(given["due_on"], level, told_on, calendar)
        days.append(told_on)
    assert days == given["goes_up_on"]


def test_every_example_is_tried():
    tried = [title(given) for key in ("answers", "superior", "goes_up_on") for given in with_key(key)]
    assert sorted(tried) == sorted(map(title, EXAMPLES))
