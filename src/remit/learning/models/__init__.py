from .experiment import (
    WHOLE,
    Enrolment,
    Experiment,
    ExperimentMetric,
    ExperimentVariant,
    Layer,
)
from .reading import Decision, Reading, RollOut

__all__ = [
    "WHOLE",
    "Decision",
    "Enrolment",
    "Experiment",
    "ExperimentMetric",
    "ExperimentVariant",
    "Layer",
    "Reading",
    "RollOut",
]
