from .import_ import Import
from .mapping_template import MappingTemplate
from .pinned import Pinned
from .quarantined_row import QuarantinedRow

__all__ = ["Import", "MappingTemplate", "Pinned", "QuarantinedRow"]
