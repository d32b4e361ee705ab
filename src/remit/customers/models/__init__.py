from .customer import Customer
from .identity import Claim, Conflict, Link

__all__ = ["Claim", "Conflict", "Customer", "Link"]
