"""Sizes of files as people read them. Pure."""

STEPS = ((2**30, "GB"), (2**20, "MB"), (2**10, "kB"))


def readable_size(size: int) -> str:
    """``size`` in bytes as ``3.4 MB``: one decimal below ten, none above."""
    for step, name in STEPS:
        if size >= step:
            amount = size / step
            return f"{amount:.1f} {name}" if amount < 10 else f"{amount:,.0f} {name}"
    return f"{size} B"
