"""Attribution said once more, slowly and plainly, from ``docs/how/attribution.md``; in fractions, exact."""

from fractions import Fraction
from itertools import groupby, permutations

from tests.journeys.plain import fits, histories


def touches_of(history, asked):
    """(second, channels in order, conversions, value) of each instant."""
    for _ms, tied in groupby(history, key=lambda one: one.ms):
        tied = list(tied)
        channels = sorted(
            one.others[asked.channel]
            for one in tied
            if fits(one, asked.touches) and one.others.get(asked.channel)
        )
        bought = [one for one in tied if fits(one, asked.conversion)]
        value = sum((one.numbers.get(asked.value, 0) for one in bought), 0)
        yield tied[0].second, channels, len(bought), value


def paths_of(events, asked, span):
    """(paths, conversions without one, their value): a path is (touches, conversions, value), a touch
    (second, channel); of lost paths the conversions are 0."""
    paths, bare, bare_value = [], 0, 0
    for history in histories(events).values():
        waiting = []
        for second, channels, count, value in touches_of(history, asked):
            waiting += [(second, channel) for channel in channels]
            if not count:
                continue
            held = [touch for touch in waiting if second - touch[0] <= asked.window_s]
            paths += lost_of([touch for touch in waiting if touch not in held], asked, span)
            waiting = []
            if not span[0] <= second < span[1]:
                continue
            if held:
                paths.append(([(second - at, channel) for at, channel in held], count, value))
            else:
                bare, bare_value = bare + count, bare_value + value
        paths += lost_of(waiting, asked, span)
    return paths, bare, bare_value


def lost_of(touches, asked, span):
    found = []
    while touches:
        path = [touch for touch in touches if touch[0] - touches[0][0] <= asked.window_s]
        touches = touches[len(path) :]
        if span[0] <= path[-1][0] < span[1]:
            found.append((path, 0, 0))
    return found


def rules(path, asked):
    """Shares of the touches of one path, by rule; ages are told."""
    count = len(path)
    position = {1: [Fraction(1)], 2: [Fraction(1, 2)] * 2}.get(
        count, [Fraction(2, 5), *[Fraction(1, 5) / max(count - 2, 1)] * (count - 2), Fraction(2, 5)]
    )
    weights = [2.0 ** (-(age - path[-1][0]) / asked.half_life_s) for age, _channel in path]
    return {
        "first": [1, *[0] * (count - 1)],
        "last": [*[0] * (count - 1), 1],
        "linear": [Fraction(1, count)] * count,
        "position": position,
        "time_decay": [weight / sum(weights) for weight in weights],
    }


def by_rules(paths, asked):
    """Model to channel to (conversions, value)."""
    found = {}
    for path, count, value in paths:
        for model, parts in rules(path, asked).items() if count else ():
            for (_age, channel), part in zip(path, parts, strict=True):
                had = found.setdefault(model, {}).get(channel, (0, 0))
                found[model][channel] = (had[0] + part * count, had[1] + part * value)
    return found


def shapley(paths):
    """What a channel adds to those before it, over all orders; channel to conversions."""
    channels = sorted({channel for path, _count, _value in paths for _age, channel in path})
    orders = list(permutations(channels))

    def worth(allowed):
        return sum(count for path, count, _value in paths if {channel for _age, channel in path} <= allowed)

    added = dict.fromkeys(channels, 0)
    for order in orders:
        for place, channel in enumerate(order):
            added[channel] += worth(set(order[: place + 1])) - worth(set(order[:place]))
    return {channel: Fraction(total, len(orders)) for channel, total in added.items()}


def states_of(path, order):
    """The states that a path passes: its last channels, neighbours alike told once."""
    channels = [channel for channel, _same in groupby(channel for _age, channel in path)]
    return [tuple(channels[max(0, place - order + 1) : place + 1]) for place in range(len(channels))]


def chances(paths, order):
    """State to what follows to its chance; (worth of converting there, by conversions and by value)."""
    moves, values = {}, {}
    for path, count, value in paths:
        passed = [(), *states_of(path, order)]
        for here, then in zip(passed, [*passed[1:], "converted" if count else "lost"], strict=True):
            row = moves.setdefault(here, {})
            row[then] = row.get(then, 0) + max(count, 1)
        values[passed[-1]] = values.get(passed[-1], 0) + value
    table = {s: {t: Fraction(n, sum(row.values())) for t, n in row.items()} for s, row in moves.items()}
    gains = [
        {s: row.get("converted", Fraction(0)) for s, row in table.items()},
        {s: Fraction(values.get(s, 0)) / sum(moves[s].values()) for s in table},
    ]
    return table, gains


def reward(table, gain, without):
    """What is expected from the start when moves to ``without`` are lost: equations solved by elimination."""
    states = [state for state in table if not state or state[-1] != without]
    rows = []
    for here in states:
        row = [Fraction(here == there) - table[here].get(there, 0) for there in states]
        rows.append([*row, gain[here]])
    for place in range(len(rows)):
        pivot = next(n for n in range(place, len(rows)) if rows[n][place])
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [number / rows[place][place] for number in rows[place]]
        for other in range(len(rows)):
            if other != place and rows[other][place]:
                factor = rows[other][place]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place], strict=True)]
    return rows[states.index(())][-1] if states else Fraction(0)


def markov(paths, order):
    """Channel to removal effects, of conversions and of value."""
    if not paths:
        return {}
    table, gains = chances(paths, order)
    found = {}
    for channel in sorted({channel for path, _count, _value in paths for _age, channel in path}):
        effects = []
        for gain in gains:
            whole = reward(table, gain, None)
            effects.append(1 - reward(table, gain, channel) / whole if whole else Fraction(0))
        found[channel] = tuple(effects)
    return found
