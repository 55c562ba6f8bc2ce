"""An endpoint in, what it offers and whether it can translate out; at most a cent is spent."""

from translate_pipeline.doctor.diagnosis import Call, Cost, Diagnosis, Taken
from translate_pipeline.doctor.examine import A_CENT, examine

__all__ = ["A_CENT", "Call", "Cost", "Diagnosis", "Taken", "examine"]
