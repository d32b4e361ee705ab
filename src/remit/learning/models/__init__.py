from .diagnosis import Clue, Diagnosis, Remedy, Why
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
    "Clue",
    "Decision",
    "Diagnosis",
    "Enrolment",
    "Experiment",
    "ExperimentMetric",
    "ExperimentVariant",
    "Layer",
    "Reading",
    "Remedy",
    "RollOut",
    "Why",
]
