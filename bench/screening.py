"""How fast and how right screening is: ``python -m bench.screening``.

Speed: the labelled texts, half of them full of findings, as one document and one by one, on one core; and
the clean ones alone. Right: recall and precision on the
final half of the labelled texts, with the industry stated and without.
"""

import sys
import time
from collections.abc import Callable

from remit.governance.screening.packs import shipped
from tests.governance.screening.judging import Score, score
from tests.governance.screening.labelled import labelled

MEGABYTE = 1_000_000
SPEED_LEAST = 1.0  # megabytes a second
RECALL_LEAST, PRECISION_LEAST = 0.98, 0.95
ROUNDS = 7


def main() -> int:
    """1 when a mark is missed."""
    screen = shipped()
    texts = [one.text for one in labelled()]
    document = "\n".join(texts) * 20
    whole = speed(lambda: screen.screen(document), len(document.encode()))
    single = speed(lambda: [screen.screen(text) for text in texts], sum(len(text.encode()) for text in texts))
    clean = [one.text for one in labelled() if one.verdict == "pass"]
    plain = speed(lambda: [screen.screen(text) for text in clean], sum(len(text.encode()) for text in clean))
    print(f"{len(screen.rules)} rules")
    print(f"one document of {len(document.encode()) / MEGABYTE:.1f} MB: {whole:.2f} MB/s")
    print(f"{len(texts)} texts one by one: {single:.2f} MB/s (mark {SPEED_LEAST:g})")
    print(f"{len(clean)} clean texts one by one: {plain:.2f} MB/s")
    scores = [score("final", stated=stated) for stated in (False, True)]
    for stated, one in zip((False, True), scores, strict=True):
        print(f"final half, industry {'stated' if stated else 'not stated'}: {one}")
    return 0 if min(whole, single) >= SPEED_LEAST and all(map(good, scores)) else 1


def good(one: Score) -> bool:
    return one.recall >= RECALL_LEAST and one.precision >= PRECISION_LEAST


def speed(work: Callable[[], object], size: int) -> float:
    """Megabytes a second of processor time, the fastest of several runs: others may use the machine."""
    work()
    return size / MEGABYTE / min(processor_s(work) for _round in range(ROUNDS))


def processor_s(work: Callable[[], object]) -> float:
    """Seconds that the work kept one core busy."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
