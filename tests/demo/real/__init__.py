"""One load of the real data for all modules of this folder: see conftest."""
