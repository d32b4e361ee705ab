"""Run by itself (``python -m tests.spark.asking``): what an engine answers, pickled into a file."""

import pickle
import sys
from pathlib import Path

from remit.core.scope import Scope
from remit.journeys.asking import KINDS
from remit.journeys.event_index.of_lake import index_of_lake
from remit.lake.spark import leave
from remit.lake.store import Lake
from remit.metrics.catalog.shipped import SHIPPED
from remit.metrics.engine.ask import answer
from remit.metrics.engine.question import Question

ONE, BOTH = Scope(companies=frozenset({1})), Scope(companies=frozenset({1, 2}))
FIGURES = (
    Question(("net_sales", "baskets", "buyers"), BOTH, by=("month", "company"), currency="USD"),
    Question(("repurchase_rate_30", "new_buyers"), ONE, by=("month",)),
)


def answers(engine: str, figures: str, events: str, index: str, asked: list) -> dict:  # type: ignore[type-arg]  # (kind, words)
    """Rows of figures, and the data of each journey."""
    seen = index_of_lake(Lake(events, engine=engine), Path(index), ONE)
    rows = [found.rows for found in answer(FIGURES, Lake(figures, engine=engine), SHIPPED, remember=False)]
    return {
        "figures": rows,
        "journeys": [KINDS[kind].answer(seen, KINDS[kind].read(said)) for kind, said in asked],
    }


if __name__ == "__main__":
    given = pickle.loads(Path(sys.argv[1]).read_bytes())
    Path(sys.argv[2]).write_bytes(pickle.dumps(answers(*given)))
    leave(given[0])
