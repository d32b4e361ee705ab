"""Settings of the tests: the real ones, on a home of their own that is thrown away.

``REMIT_TEST_DATABASE=postgresql`` runs on PostgreSQL, whose throw-away cluster ``tests/conftest.py`` starts
in ``POSTGRES_HOME``; otherwise on an SQLite file with the real settings (WAL, immediate transactions).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

TEST_DATABASE = os.environ.get("REMIT_TEST_DATABASE", "sqlite")
if TEST_DATABASE not in ("sqlite", "postgresql"):
    raise SystemExit(f"REMIT_TEST_DATABASE is {TEST_DATABASE!r}. Write sqlite or postgresql.")
for name in [name for name in os.environ if name.startswith("REMIT_")]:
    del os.environ[name]

_home = Path(tempfile.mkdtemp(prefix="remit-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
# The socket's folder is entered by the user that runs PostgreSQL, who is never root.
_home.chmod(0o711)
POSTGRES_HOME = _home / "pg"
os.environ |= {
    "REMIT_HOME": str(_home / "home"),
    "REMIT_ENV_FILE": os.devnull,
    "REMIT_SECRET_KEY": "a key of the tests, which guards nothing and is thrown away with them",
    "REMIT_STATIC_MANIFEST": "false",
}
if TEST_DATABASE == "postgresql":
    os.environ["REMIT_DATABASE"] = f"postgresql://remit@{str(POSTGRES_HOME).replace('/', '%2F')}/remit"

from .settings import *  # noqa: E402, F403  # the environment has to stand before the settings are read
from .settings import DATABASES, HOME  # noqa: E402  # for the same reason

if TEST_DATABASE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    options = DATABASES["default"]["OPTIONS"]
    # A power cut does not happen to a test; waiting for the disk after each commit does.
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
# Promises quote the English sentences, whether the translations have been compiled or not.
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Thousands of browsers in the tests would each list all front-end files; so each is found when asked for.
WHITENOISE_AUTOREFRESH = True
