"""The same kernels over the same buckets, on the executors of a Spark cluster.

What is sent is the work and the page of the index; what comes back is what each part adds up to. The driver
merges it as it merges the work of threads. Executors need this program, and the index under the same path.
"""

import importlib
import io
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pyarrow as pa
from numba.core.registry import CPUDispatcher

from remit.kernels.journeys.columns import Part
from remit.lake.spark import asking

from .event_index.opened import Afar

ROWS = "number long, results binary"


def each_afar[Result](work: Callable[[Part], Result], afar: Afar) -> list[Result]:
    """Results in the order of the parts. Raise NoCluster."""
    count = len(afar.manifest.all_buckets)
    with asking(afar.engine) as spark:
        task = partial(_worked, _sent((work, afar)))
        found = spark.range(count).mapInArrow(task, ROWS).collect()
    by_number = {row[0]: pickle.loads(row[1]) for row in found}  # noqa: S301  # what our executors wrote
    return [result for number in range(count) for result in by_number[number]]


def _worked(sent: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """On an executor: the work on each bucket of a batch, by number."""
    work, afar = pickle.loads(sent)  # noqa: S301  # what our driver sent
    for batch in batches:
        numbers = batch.column(0)
        results = [pickle.dumps([work(part) for part in afar.parts(n)]) for n in numbers.to_pylist()]
        yield pa.record_batch({"number": numbers, "results": pa.array(results, pa.binary())})


def _sent(task: Any) -> bytes:
    """Work as bytes: functions inside functions too, kernels by their names."""
    from pyspark.cloudpickle import CloudPickler  # late: what loads this need not have a cluster

    class Pickler(CloudPickler):
        def reducer_override(self, obj: Any) -> Any:
            """A kernel by value would be compiled anew by every executor; by name its cache is found."""
            if isinstance(obj, CPUDispatcher):
                return _named, (obj.py_func.__module__, obj.py_func.__qualname__)
            return super().reducer_override(obj)

    file = io.BytesIO()
    Pickler(file).dump(task)
    return file.getvalue()


def _named(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)
