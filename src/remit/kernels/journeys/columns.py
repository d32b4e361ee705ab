"""The columns of one part of an index, as kernels take them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

TIED = 0x8000
CODES_MAX = 0x7FFF
STEPS_MAX = 20

Array = NDArray[Any]  # each docstring says of what
Number = Any  # inside a kernel numba finds the width


@dataclass(frozen=True, slots=True)
class Part:
    """Whole people: events of person ``p`` stand in ``first[p]:first[p + 1]``, by instant.

    ``first`` int64 (people + 1), ``alive`` uint8 (people): 0 where a newer part has the person. By event:
    ``seconds`` uint32 since 2000; ``codes`` uint16, 15 bits of name and ``TIED`` where the next event has
    the same instant; ``others``: further columns, uint16, 0 for none; float64 for numbers.
    """

    first: Array
    alive: Array
    seconds: Array
    codes: Array
    others: dict[str, Array] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Those who are not struck out."""
        return int(np.count_nonzero(self.alive))
