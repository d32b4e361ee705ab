"""How figures are written: 萬/億 in Chinese, k/M in English; nothing is a dash, never a zero.

Pure: takes values and a language code, returns text.
"""

from decimal import ROUND_HALF_UP, Decimal

from remit.core.money import WHOLE_CURRENCIES

NOTHING = "—"
SYMBOLS = {
    "CNY": "¥",
    "TWD": "NT$",
    "USD": "US$",
    "HKD": "HK$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "JP¥",
    "MOP": "MOP$",
}
STEPS = {
    "zh-hant": ((Decimal(10**8), "億"), (Decimal(10**4), "萬")),
    "zh-hans": ((Decimal(10**8), "亿"), (Decimal(10**4), "万")),
    "en": ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "k")),
}

type Number = int | float | Decimal


def _language(code: str) -> str:
    code = (code or "").lower()
    if code.startswith("en"):
        return "en"
    return "zh-hans" if code in ("zh-hans", "zh-cn", "zh-sg") else "zh-hant"


def exact(value: Number) -> Decimal:
    """The value as a decimal, without the noise of binary floats."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def is_nothing(value: object) -> bool:
    """No data: None, or a float that is not a number."""
    return value is None or value == "" or (isinstance(value, float | Decimal) and value != value)


def grouped(value: Number | None, decimals: int | None = None) -> str:
    """``1,234.5``; without ``decimals`` at most two, trailing zeros dropped."""
    if is_nothing(value):
        return NOTHING
    number = exact(value)  # type: ignore[arg-type]  # is_nothing has excluded None
    places = 2 if decimals is None else decimals
    number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return _signed(text, number)


def short(value: Number | None, language: str) -> str:
    """``459.6萬``, ``1.08億``, ``4.6M``; below ten thousand the plain number."""
    if is_nothing(value):
        return NOTHING
    number = exact(value)  # type: ignore[arg-type]  # is_nothing has excluded None
    if abs(number) >= 10_000:
        for size, sign in STEPS[_language(language)]:
            if abs(number) >= size:
                scaled = number / size
                places = 2 if abs(scaled) < 10 else 1
                return grouped(scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) + sign
    return grouped(number, 0 if number == number.to_integral_value() else None)


def money(value: Number | None, currency: str = "", *, language: str = "", brief: bool = False) -> str:
    """``NT$1,234`` or ``US$12.30``; ``brief`` gives ``US$459.6萬``."""
    if is_nothing(value):
        return NOTHING
    number = exact(value)  # type: ignore[arg-type]  # is_nothing has excluded None
    if brief and abs(number) >= 10_000:
        text = short(abs(number), language)
    else:
        text = grouped(abs(number), 0 if currency in WHOLE_CURRENCIES else 2)
    symbol = SYMBOLS.get(currency, f"{currency}\u00a0" if currency else "")
    return _signed(symbol + text, number)


def percent(value: Number | None, decimals: int = 1) -> str:
    """A share such as 0.123 as ``12.3%``."""
    if is_nothing(value):
        return NOTHING
    return grouped(exact(value) * 100, decimals) + "%"  # type: ignore[arg-type]  # is_nothing has excluded None


def change(value: Number | None, decimals: int = 1) -> str:
    """A relative change with its sign: ``+12.3%``, ``−4.0%``."""
    if is_nothing(value):
        return NOTHING
    text = percent(value, decimals)
    return text if text.startswith("−") or exact(value) == 0 else "+" + text  # type: ignore[arg-type]  # as above


def figure(
    value: Number | None, unit: str, *, currency: str = "", language: str = "", brief: bool = True
) -> str:
    """A figure by its unit: ``money``, ``count``, ``share``, ``ratio``, ``days`` or anything else (plain)."""
    if unit == "money":
        return money(value, currency, language=language, brief=brief)
    if unit in ("share", "percent"):
        return percent(value)
    if unit in ("ratio", "times", "index"):
        return grouped(value, 2)
    return short(value, language) if brief else grouped(value)


def _signed(text: str, number: Decimal) -> str:
    return f"−{text}" if number < 0 else text
