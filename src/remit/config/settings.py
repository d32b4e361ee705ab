"""All settings, read from the environment (``REMIT_…``), with defaults for one machine."""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env

from remit.demo import cast

from .mail import mailer

env = Env(prefix="REMIT_")
# file of further settings, read where the environment has none
env.read_env(env.str("ENV_FILE", ".env"), recurse=False)

# -- where things are -----------------------------------------------------------------------
# folder of everything that this installation keeps
HOME = Path(env.str("HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
# where the lake lies: a folder, or s3://, abfss://, hdfs://; empty: lake in the home
LAKE_URL = env.str("LAKE", "") or str(HOME / "lake")
# where uploads and documents lie; empty: files in the home
FILES_ROOT = Path(env.str("FILES", "") or HOME / "files")
# what answers questions: duckdb here, or local-cluster[workers,cores,MB], spark://host:7077, sc://host:15002
ENGINE = env.str("ENGINE", "duckdb")

# -- security -------------------------------------------------------------------------------
# signs sessions and links; long, random, secret
SECRET_KEY = env.str("SECRET_KEY")
# show errors in full; never where others can reach it
DEBUG = env.bool("DEBUG", False)
# address that people use; https:// makes cookies secure
ADDRESS = env.str("ADDRESS", "http://localhost:8000")
# host:port that the web server listens on
BIND = env.str("BIND", "127.0.0.1:8000")
# processes of the web server; each holds its own caches
WEB_PROCESSES = env.int("WEB_PROCESSES", 2)
# threads in each of these processes
WEB_THREADS = env.int("WEB_THREADS", 4)
# host names that are answered, separated by commas
ALLOWED_HOSTS = env.list("HOSTS", ["127.0.0.1", "localhost", "[::1]"])
# further origins whose forms are accepted, such as https://remit.example.com
CSRF_TRUSTED_ORIGINS: list[str] = env.list("TRUSTED_ORIGINS", [])
HTTPS = ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
# largest file that may be uploaded, in MiB
FILE_UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_MB", 1024) * 2**20

# -- marketing ------------------------------------------------------------------------------
# part of its plan by which a launch misses its first week before a meeting is called
FIRST_WEEK_MISS = env.float("FIRST_WEEK_MISS", 0.2)

# -- rooms ----------------------------------------------------------------------------------
ROOMS = [
    "audit",
    "jobs",
    "files",
    "org",
    "notices",
    "lake",
    "collection",
    "metrics",
    "duties",
    "governance",
    "products",
    "customers",
    "channels",
    "goals",
    "planning",
    "execution",
    "learning",
    "web",
    "config",
]
INSTALLED_APPS = [
    *(f"remit.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "remit.web.accounts.activity.ActivityMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "remit.web.shell.only_forms.OnlyFormsMiddleware",
    "remit.web.shell.reading.ReadingMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "remit.config.urls"
WSGI_APPLICATION = "remit.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "remit.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "remit.web.templatetags.figures",
                "remit.web.templatetags.shell",
            ],
        },
    },
]

# -- database -------------------------------------------------------------------------------
DATABASES = {
    # database as a URL: sqlite:///… or postgres://user:password@host/name
    "default": env.dj_db_url(
        "DATABASE", f"sqlite:///{HOME / 'remit.sqlite3'}", conn_max_age=600, conn_health_checks=True
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
            "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "imports"]}}

SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # e-mail is unique without regard to case, by a constraint of its own
]

# -- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The log-in page offers the people of the demonstration, who all have this password; nobody else is listed.
DEMONSTRATION_PASSWORD = cast.PASSWORD
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "remit.web.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Remit] "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A whole office logs in from one address; wrong passwords are held down per person besides.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "20/m/ip,5/300s/key"}
# reverse proxies in front of the server whose X-Forwarded-For is believed; needed for limits per address
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", 0)
SOCIALACCOUNT_ADAPTER = "remit.web.accounts.adapter.SocialAdapter"
MFA_TOTP_ISSUER = "Remit"
MFA_TOTP_TOLERANCE = 1  # the code before and after too: for slow hands and clocks that differ (RFC 6238, 5.2)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "remit.web.accounts.second_step.CodeForm",
    "reauthenticate": "remit.web.accounts.second_step.CodeAgainForm",
    "add_webauthn": "remit.web.accounts.second_step.NewKeyForm",
    "edit_webauthn": "remit.web.accounts.second_step.KeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_PROVIDERS = {
    # OpenID Connect providers, as a JSON list (provider_id, name, client_id, secret, settings)
    "openid_connect": {"APPS": env.json("OIDC_APPS", [])},
}
# mail server as a URL: submission://user:password@host:587; console:// prints instead
MAILERS = {"default": mailer(env.str("MAIL", "console://"))}
# sender of all mail
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Remit <remit@localhost>")
# robots of chat groups, as YAML or JSON: name → kind (dingtalk, feishu or wecom), url, secret; empty: none
ROBOT_SECRETS = env.str("ROBOTS", "")

# -- language and time ----------------------------------------------------------------------
USE_TZ = True
# time zone of the company where a unit has none
TIME_ZONE = env.str("ZONE", "Asia/Taipei")
USE_I18N = True
LANGUAGE_CODE = "zh-hant"
LANGUAGES = [
    ("zh-hant", _("Traditional Chinese")),
    ("zh-hans", _("Simplified Chinese")),
    ("en", _("English")),
]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]

# -- static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Served from the folder of collected files under names that hold a hash; in development and in tests
# straight from the source, so that nothing has to be collected first.
# serve front-end files under names that change with their content
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", not DEBUG)
WHITENOISE_USE_FINDERS = not STATIC_MANIFEST
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# -- what the processes say --------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # how much the log tells: DEBUG, INFO, WARNING, ERROR
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page that is not there is no news
        "django.tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},  # each step of each page, and every style that paper does not know
        "fontTools": {"level": "WARNING"},
    },
}
