"""Rebuild the icon sprite: ``python tools/icons.py NODE_MODULES [NAME …]``.

Keeps the icons that are in the sprite already and adds the named ones (Tabler Icons, MIT).
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).parent.parent / "src/remit/web/static/remit/icons.svg"
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg">\n'
    "<!-- Tabler Icons, MIT licence, https://tabler.io/icons. Made by tools/icons.py. -->\n"
)


def names_in(sprite: str) -> set[str]:
    """The icons that a sprite holds."""
    return set(re.findall(r'<symbol id="([^"]+)"', sprite))


def symbol(name: str, folder: Path) -> str:
    """One icon as a symbol whose strokes take the colour of the text."""
    source = (folder / f"{name}.svg").read_text()
    inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if inner is None:
        raise ValueError(f"{name}.svg is not an icon")
    body = re.sub(r"\s+", " ", re.sub(r"<!--.*?-->", "", inner[1], flags=re.DOTALL)).strip()
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{body}</symbol>\n'
    )


def main(modules: str, *names: str) -> None:
    """Write the sprite and say how many icons it holds."""
    folder = Path(modules) / "@tabler/icons/icons/outline"
    old = names_in(SPRITE.read_text()) if SPRITE.exists() else set()
    wanted = sorted(old | set(names))
    SPRITE.write_text(HEAD + "".join(symbol(name, folder) for name in wanted) + "</svg>\n")
    print(f"{len(wanted)} icons")


if __name__ == "__main__":
    main(*sys.argv[1:])
