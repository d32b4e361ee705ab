"""The rules of screening that hold now: the shipped ones with the company's own words over them."""

from functools import lru_cache

from ..models import OwnWords
from ..screening.engine import Screen
from ..screening.own import packs_digest, read_own
from ..screening.packs import FOLDER, read_folder, screen_of, shipped


def own_words() -> OwnWords | None:
    """The version of the company's list that holds; none where nothing was published."""
    return OwnWords.objects.select_related("by").order_by("-number").first()


def list_key(version: OwnWords | None) -> str:
    """``4f1c22aa.3``: which packs and which version of the company's list a text is screened with."""
    return f"{packs_digest()}.{version.number if version else 0}"


def screen_in_force() -> tuple[Screen, str]:
    """What screens now, and its key."""
    newest = OwnWords.objects.order_by("-number").values_list("number", "digest").first()
    if newest is None:
        return shipped(), f"{packs_digest()}.0"
    return _screen(*newest), f"{packs_digest()}.{newest[0]}"


@lru_cache(maxsize=4)
def _screen(number: int, digest: str) -> Screen:
    """A version is never edited, so that a screen once made stays right; the digest tells databases apart."""
    version = OwnWords.objects.get(number=number, digest=digest)
    return screen_of(read_own(version.content).over(read_folder(FOLDER)))
