"""What every test shares."""

import os

os.environ.setdefault("REMIT_SECRET_KEY", "tests-only")
os.environ.setdefault("REMIT_ENV_FILE", "tests/none.env")
