from .diagnosis import Clue, Diagnosis, Remedy, Why
from .experiment import (
    WHOLE,
    Enrolment,
    Experiment,
    ExperimentMetric,
    ExperimentVariant,
    Layer,
)
from .pilot import Pilot, Wave, WaveDecision, WaveReading, WaveUnit
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
    "Pilot",
    "Reading",
    "Remedy",
    "RollOut",
    "Wave",
    "WaveDecision",
    "WaveReading",
    "WaveUnit",
    "Why",
]
