"""How fast Remit is beside something one can check: ``python -m bench`` prints medians, ratios and marks."""
