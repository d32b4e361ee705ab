"""A page in a real browser, with what its console said and what axe finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from django.conf import settings
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

LOCALES = {"en": "en-GB", "zh-hant": "zh-TW", "zh-hans": "zh-CN"}
SERIOUS = ("serious", "critical")
# The weight of a finding is that of its rule: what the light ones find would be thrown away.
LIGHT_OFF = """
kinds => Object.fromEntries(
    axe._audit.rules.filter(r => r.impact && !kinds.includes(r.impact)).map(r => [r.id, {enabled: false}])
)
"""
PATIENCE_MS = 20_000


@dataclass
class Window:
    """A page with its address and what it complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a path and wait until all of it is there."""
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def follow(self, link: Locator) -> None:
        """Click what leads to another page and wait until all of that is there.

        A click alone does not wait: what is looked at next may be the old page, or none.
        """
        with self.page.expect_navigation():
            link.click()
        self.settle()

    def settle(self) -> None:
        """Wait for what comes after the page: fragments, charts, typefaces.

        They say themselves that they are there; waiting for a silent network takes half a second a page.
        """
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=PATIENCE_MS)
        waits = self.page.locator("[data-chart]:not([data-drawn]) .chart-canvas:visible")
        expect(waits).to_have_count(0, timeout=PATIENCE_MS)
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def expect_complaint(self, part: str) -> None:
        """A complaint that has to be there, such as that of a page that is missing on purpose."""
        assert any(part in each for each in self.complaints)
        self.complaints[:] = [each for each in self.complaints if part not in each]

    def axe(self, *rules: str) -> list[str]:
        """Serious findings of axe: rule, and the first element that breaks it; on SQLite only.

        ``rules``: these alone. Looking takes axe two thirds of all the time of the browser's tests, and what
        a page looks like does not come from its database. Everything else in these tests is done on both.
        """
        if not looks_matter():
            return []
        self._bring_axe()
        asked = {"resultTypes": ["violations"]}
        asked |= {"runOnly": list(rules)} if rules else {"rules": self.page.evaluate(LIGHT_OFF, SERIOUS)}
        found = self.page.evaluate("asked => axe.run(document, asked)", asked)
        return [
            f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['failureSummary'][:300]}"
            for each in found["violations"]
            if each["impact"] in SERIOUS
        ]

    def small_targets(self) -> list[str]:
        """Targets under 24 px without room around them (WCAG 2.2, 2.5.8); axe looks for them when asked."""
        self._bring_axe()
        found = self.page.evaluate("axe.run(document, {runOnly: ['target-size']})")
        return [str(node["target"]) for each in found["violations"] for node in each["nodes"]]

    def faults(self) -> list[str]:
        """What is wrong with the page as it stands: width, ids that are there twice, axe in both themes."""
        found = [f"{wide} px too wide"] if (wide := self.too_wide()) else []
        found += self.ids_twice()
        own = self.page.locator("html").get_attribute("data-theme")
        if looks_matter():
            for theme, rules in (("light", ()), ("dark", ("color-contrast",))):  # a theme is only colours
                self._turn(theme)
                found += [f"{theme}: {each}" for each in self.axe(*rules)]
            self._turn(own or "auto")
        return found

    def _turn(self, theme: str) -> None:
        self.page.evaluate("theme => window.Remit.setTheme(theme)", theme)
        self.settle()

    def _bring_axe(self) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe())

    def ids_twice(self) -> list[str]:
        """Ids that two elements have: a label would find the wrong field."""
        ids = self.page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        return [f"twice: #{each}" for each in dict.fromkeys(ids) if ids.count(each) > 1]

    def too_wide(self) -> int:
        """How many pixels the page is wider than its window."""
        return max(0, self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def looks_matter() -> bool:
    """Whether pages are looked at, too: on SQLite only, for they look the same on both."""
    return bool(settings.TEST_DATABASE == "sqlite")


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def open_window(
    chromium: Browser, address: str, cookies: Mapping[str, str], *, language: str, width: int
) -> Window:
    """A page in a context of its own that keeps its complaints; below 600 pixels it is a phone."""
    context = chromium.new_context(
        viewport={"width": width, "height": 844 if width < 600 else 900},
        has_touch=width < 600,
        reduced_motion="reduce",
        locale=LOCALES[language],
    )
    context.add_cookies([{"name": k, "value": v, "url": address} for k, v in cookies.items()])
    made = Window(context.new_page(), address)

    def keep(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            made.complaints.append(message.text)

    made.page.on("console", keep)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.set_default_timeout(PATIENCE_MS)
    return made
