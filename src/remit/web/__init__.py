"""Every page and API; one folder per room; nobody imports it."""
