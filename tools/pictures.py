"""A picture of every page, in every language, theme and width, with a contact sheet.

``make pictures``, or for a few quickly: ``python tools/pictures.py --page org_unit --lang en --theme dark``.
The pages are the GET rows of ``tests/web/doors.csv``; a page about one thing is found by following links.
"""

import argparse
import csv
import html
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tools.browsing import FLAGS, ROOT, browser_path, served

LANGUAGES = ("zh-hant", "zh-hans", "en")
THEMES = ("light", "dark")
WIDTHS = (1440, 390)
DOORS = ROOT / "tests/web/doors.csv"
# Answers that are no page: files, fragments, redirects of the log-in.
NO_PAGES = {
    "palette", "mfa_download_recovery_codes", "mfa_login_webauthn", "files_content", "tasks_attached",
    "jobs_progress", "duties_export", "duties_feed", "meetings_feed", "meetings_ics", "meetings_item_file",
    "reports_pdf", "plans_pdf", "screening_own_export", "cooperation_attached", "creators_file",
    "campaigns_audience", "collection_collect", "collection_openapi",
}  # fmt: skip
# Pages that are errors by nature, or missing for who has not set up a second step.
ERRORS = {"nothing_here", "mfa_deactivate_totp", "mfa_view_recovery_codes", "socialaccount_login_error"}
SETTLE_MS = 350
# Absolute addresses, also of links inside a drawing.
HREFS = "links => links.map(a => new URL(a.href.baseVal ?? a.href, location).href)"


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, and how the pages look to them."""

    person: str
    language: str
    theme: str
    width: int


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture, and what was wrong with it."""

    page: str
    path: str
    look: Look
    file: str
    faults: tuple[str, ...]


def main() -> int:
    """1 when a page failed, was wider than the window, or complained in the console."""
    wanted = arguments()
    executable = browser_path()
    if executable is None:
        print("No browser: install Chromium (on Debian: apt-get install chromium fonts-noto-cjk).")
        return 1
    folder = Path(wanted.out)
    folder.mkdir(parents=True, exist_ok=True)
    shots: list[Shot] = []
    with served(Path(wanted.home), folder / "server.log") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for person in wanted.person:
            session = log_in(browser, address, person, wanted.password)
            pages = find_pages(browser, address, session, wanted.page)
            for chosen in product(wanted.lang, wanted.theme, wanted.width):
                for shot in shoot(browser, address, session, pages, Look(person, *chosen), folder):
                    shots.append(shot)
                    print(shot.file, *shot.faults, sep="  ", flush=True)
        browser.close()
    write_sheet(folder, shots)
    faulty = sum(bool(shot.faults) for shot in shots)
    print(f"{len(shots)} pictures, {faulty} with faults: {folder / 'index.html'}")
    return 1 if faulty else 0


def arguments() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--page", action="append", help="url name, or the beginning of some (default: all)")
    words.add_argument("--lang", action="append", choices=LANGUAGES)
    words.add_argument("--theme", action="append", choices=THEMES)
    words.add_argument("--width", action="append", type=int)
    words.add_argument("--person", action="append", help="log-in before the @ (default: admin)")
    words.add_argument("--password", default="remit-demo-2017")
    words.add_argument("--home", default=os.environ.get("REMIT_HOME", "var"), help="the home with the data")
    words.add_argument("--out", default="screenshots")
    wanted = words.parse_args()
    wanted.lang, wanted.theme = wanted.lang or LANGUAGES, wanted.theme or THEMES
    wanted.width, wanted.person = wanted.width or WIDTHS, wanted.person or ["admin"]
    return wanted


# -- finding -----------------------------------------------------------------------------------


def log_in(browser: Browser, address: str, person: str, password: str) -> dict[str, object]:
    """Log in and return the session; ``anonymous`` is nobody."""
    context = browser.new_context()
    if person != "anonymous":
        page = context.new_page()
        page.goto(f"{address}/accounts/login/")
        page.fill("[name=login]:visible", person if "@" in person else f"{person}@demo.example")
        page.fill("[name=password]:visible", password)
        page.press("[name=password]:visible", "Enter")
        page.wait_for_url(lambda url: "/login" not in url)
    state = context.storage_state()
    context.close()
    return dict(state)


def find_pages(
    browser: Browser, address: str, session: dict[str, object], asked: list[str] | None
) -> dict[str, str]:
    """Url name to path: plain pages from the doors, pages about a thing from links on the plain ones."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    import django

    django.setup()
    from django.urls import Resolver404, resolve, reverse

    with DOORS.open(encoding="utf-8") as file:
        doors = [row for row in csv.DictReader(file) if row["method"] == "GET"]
    known = {row["name"]: reverse(row["name"]) for row in doors if not row["args"]}
    known["nothing_here"] = "/nothing/here"
    about_things = {row["name"] for row in doors if row["args"]}
    context = new_context(browser, session, 1440)
    page, queue, seen = context.new_page(), list(known.items()), set(known)
    while queue and about_things - seen:
        name, path = queue.pop(0)
        if name in NO_PAGES or name.startswith(("account_", "mfa_", "socialaccount_")):
            continue
        page.goto(address + path)
        for href in page.eval_on_selector_all("main a[href]", HREFS):
            parts = urlsplit(href)
            try:
                found = resolve(parts.path).url_name or "" if parts.netloc == urlsplit(address).netloc else ""
            except Resolver404:
                continue
            if found in about_things - seen:
                seen.add(found)
                known[found] = parts.path
                queue.append((found, parts.path))
    context.close()
    return {
        name: path
        for name, path in sorted(known.items())
        if name not in NO_PAGES and (not asked or any(name.startswith(each) for each in asked))
    }


# -- shooting ----------------------------------------------------------------------------------


def new_context(browser: Browser, session: dict[str, object], width: int) -> BrowserContext:
    phone = width < 600
    return browser.new_context(
        viewport={"width": width, "height": 844 if phone else 900},
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        storage_state=session,  # type: ignore[arg-type]  # what Playwright itself gave us
        reduced_motion="reduce",
    )


def shoot(
    browser: Browser,
    address: str,
    session: dict[str, object],
    pages: dict[str, str],
    look: Look,
    folder: Path,
) -> Iterator[Shot]:
    """Each page in one look."""
    context = new_context(browser, session, look.width)
    cookies = {"django_language": look.language, "theme": look.theme}
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    complaints: list[str] = []

    def keep(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"console: {message.text[:200]}")

    page.on("console", keep)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, path in pages.items():
        complaints.clear()
        file = f"{look.person}-{name}-{look.width}-{look.language}-{look.theme}.png"
        faults = picture(page, address + path, folder / file)
        expected = name in ERRORS
        yield Shot(name, path, look, file, () if expected else (*faults, *dict.fromkeys(complaints)))
    context.close()


def picture(page: Page, url: str, file: Path) -> list[str]:
    """Take the whole page; return what is wrong with it."""
    answer = page.goto(url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=file, full_page=True)
    faults = []
    if answer is not None and answer.status >= 400:
        faults.append(f"status {answer.status}")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        faults.append(f"{wide} px wider than the window")
    return faults


# -- the sheet ---------------------------------------------------------------------------------

STYLE = (
    "body{font:14px/1.5 sans-serif;margin:24px;background:#eee}h2{margin:32px 0 8px}"
    ".row{display:flex;gap:12px;overflow-x:auto;align-items:flex-start}figure{margin:0;flex:none}"
    "img{height:420px;max-width:720px;object-fit:cover;object-position:top;border:1px solid #bbb}"
    "figcaption{font-size:12px;color:#444;max-width:680px}.bad{color:#b00}"
)


def write_sheet(folder: Path, shots: list[Shot]) -> None:
    """All pictures on one page, grouped by page."""
    rows: dict[tuple[str, str], list[Shot]] = {}
    for shot in shots:
        rows.setdefault((shot.page, shot.look.person), []).append(shot)
    body = "".join(
        f"<h2>{html.escape(f'{name} · {person}')}</h2><div class=row>{''.join(map(_figure, group))}</div>"
        for (name, person), group in sorted(rows.items())
    )
    head = f"<!doctype html><meta charset=utf-8><title>Pictures</title><style>{STYLE}</style>"
    (folder / "index.html").write_text(head + body, encoding="utf-8")


def _figure(shot: Shot) -> str:
    faults = f"<br><span class=bad>{html.escape('; '.join(shot.faults))}</span>" if shot.faults else ""
    words = f"{shot.path} · {shot.look.width} · {shot.look.language} · {shot.look.theme}"
    link = f'<a href="{shot.file}"><img loading=lazy src="{shot.file}" alt=""></a>'
    return f"<figure>{link}<figcaption>{html.escape(words)}{faults}</figcaption></figure>"


if __name__ == "__main__":
    sys.exit(main())
