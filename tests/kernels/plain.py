"""Slow, plain twins of the forecast's models: loops over numbers, as a textbook writes them."""

import math
from itertools import product

WEIGHTS = (0.1, 0.3, 0.5, 0.7, 0.9)
TRENDS = (0.05, 0.2, 0.4)
SEASONS = (0.05, 0.2, 0.4)
DAMPING = (0.9, 0.98)


def drift(history, season, horizon):
    step = (history[-1] - history[0]) / (len(history) - 1)
    return [history[-1] + step * ahead for ahead in range(1, horizon + 1)]


def seasonal_naive(history, season, horizon):
    steps = [now - then for then, now in zip(history, history[season:], strict=False)]
    step = sum(steps) / len(steps) if steps else 0
    last = history[len(history) - season :]
    return [last[ahead % season] + step * (ahead // season + 1) for ahead in range(horizon)]


def smoothed(history, weights, season, multiplies):
    """One run of Holt-Winters: the squared errors, and a function that carries on."""
    alpha, beta, gamma, phi = weights
    if season > 1:
        first = sum(history[:season]) / season
        second = sum(history[season : 2 * season]) / season
        level, slope = first, (second - first) / season
        pairs = zip(history[:season], history[season : 2 * season], strict=True)
        wave = [
            (a / first + b / second) / 2 if multiplies else ((a - first) + (b - second)) / 2 for a, b in pairs
        ]
    else:
        level, slope, wave = history[0], history[1] - history[0], [0.0]
    squares = 0.0
    for time in range(season, len(history)):
        place = time % season
        carried = level + phi * slope
        said = carried * wave[place] if multiplies else carried + wave[place]
        squares += (history[time] - said) ** 2
        apart = history[time] / wave[place] if multiplies else history[time] - wave[place]
        new = alpha * apart + (1 - alpha) * carried
        slope = beta * (new - level) + (1 - beta) * phi * slope
        level = new
        if season > 1:
            fresh = history[time] / max(level, 1e-9) if multiplies else history[time] - level
            wave[place] = gamma * fresh + (1 - gamma) * wave[place]

    def carry(horizon):
        found, reach = [], level
        for ahead in range(horizon):
            reach += slope * phi ** (ahead + 1)
            turn = wave[(len(history) + ahead) % season]
            found.append(reach * turn if multiplies else reach + turn)
        return found

    return squares, carry


def holt_winters(history, season, horizon, multiplies=False):
    grid = product(WEIGHTS, TRENDS, SEASONS if season > 1 else (0.0,), DAMPING)
    runs = [smoothed(history, weights, season, multiplies) for weights in grid]
    best = min(range(len(runs)), key=lambda n: runs[n][0])
    return runs[best][1](horizon)


def index_of(history, season):
    if season < 2 or len(history) < 2 * season or min(history) <= 0:
        return [1.0] * season
    places = [[] for _ in range(season)]
    half = season // 2
    for time in range(half, len(history) - half):
        window = history[time - half : time + half + 1]
        if season % 2 == 0:
            mean = (sum(window[1:-1]) + (window[0] + window[-1]) / 2) / season
        else:
            mean = sum(window) / season
        places[time % season].append(history[time] / mean)
    means = [sum(each) / len(each) for each in places]
    whole = sum(means) / season
    return [each / whole for each in means]


def theta(history, season, horizon):
    index = index_of(history, season)
    plain = [value / index[n % season] for n, value in enumerate(history)]
    best = None
    for alpha in WEIGHTS:
        level, squares = plain[0], 0.0
        for value in plain[1:]:
            squares += (value - level) ** 2
            level += alpha * (value - level)
        if best is None or squares < best[0]:
            best = (squares, alpha, level)
    _squares, alpha, level = best
    count = len(plain)
    middle = (count - 1) / 2
    slope = sum((n - middle) * v for n, v in enumerate(plain)) / sum((n - middle) ** 2 for n in range(count))
    found = []
    for ahead in range(horizon):
        line = level + slope / 2 * (ahead + (1 - (1 - alpha) ** count) / alpha)
        found.append(line * index[(count + ahead) % season])
    return found


def t_below(value, degrees, steps=200_000):
    """By summing thin strips of the density itself."""
    scale = math.gamma((degrees + 1) / 2) / (math.sqrt(degrees * math.pi) * math.gamma(degrees / 2))
    width = abs(value) / steps
    area = sum(
        scale * (1 + ((n + 0.5) * width) ** 2 / degrees) ** (-(degrees + 1) / 2) * width for n in range(steps)
    )
    return 0.5 + area if value >= 0 else 0.5 - area
