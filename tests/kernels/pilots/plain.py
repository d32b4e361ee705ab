"""Slow, plain twins: loops over numbers, as one would do it by hand."""

from itertools import combinations


def index(row, before):
    level = sum(row[:before]) / before
    return [one / level for one in row]


def near(rows, before, chosen, pool, count):
    aim = [sum(rows[one][week] for one in chosen) / len(chosen) for week in range(before)]
    far = [
        (sum((rows[one][week] - aim[week]) ** 2 for week in range(before)), n) for n, one in enumerate(pool)
    ]
    return [pool[n] for _distance, n in sorted(far)[:count]]


def difference_in_differences(figures, before, chosen, controls):
    """(after / before) of those chosen less that of the controls, each outlet counting once."""

    def change(one):
        row = figures[one]
        later = sum(row[before:]) / (len(row) - before)
        return later / (sum(row[:before]) / before)

    return sum(map(change, chosen)) / len(chosen) - sum(map(change, controls)) / len(controls)


def placebo_gaps(figures, before, chosen, pool, count):
    """The gap of every other set of all of them."""
    rows, everybody = [index(row, before) for row in figures], sorted([*chosen, *pool])
    found = []
    for one in combinations(everybody, len(chosen)):
        if set(one) != set(chosen):
            rest = [other for other in everybody if other not in one]
            controls = near(rows, before, one, rest, count)
            found.append(difference_in_differences(figures, before, one, controls))
    return found


def without(figures, before, chosen, effect):
    """The figures with an effect, a share of the level before the start, taken off the chosen ones."""
    taken = []
    for number, row in enumerate(figures):
        level = sum(row[:before]) / before
        less = effect * level if number in chosen else 0
        taken.append([*row[:before], *(one - less for one in row[before:])])
    return taken


def share_as_far(value, chance):
    return (1 + sum(abs(one) >= abs(value) for one in chance)) / (1 + len(chance))


def seen(figures, before, pool, size, count, effect, reach):
    """How often a set whose weeks after the start are raised by ``effect`` exceeds what chance reaches."""
    hits, sets = 0, list(combinations(pool, size))
    rows = [index(row, before) for row in figures]
    for one in sets:
        rest = [other for other in pool if other not in one]
        controls = near(rows, before, one, rest, count)
        raised = [
            [*row[:before], *((1 + effect) * each for each in row[before:])] if n in one else row
            for n, row in enumerate(figures)
        ]
        hits += difference_in_differences(raised, before, one, controls) > reach
    return hits / len(sets)
