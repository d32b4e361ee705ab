"""What is read once while a page is drawn, and anew for the next one."""

from collections.abc import Callable

from remit.core.reading import once_a_reading, one_reading


def counted() -> tuple[list[int], Callable[..., int]]:
    asked: list[int] = []

    @once_a_reading
    def doubled(number: int, *, plus: int = 0) -> int:
        asked.append(number)
        return number * 2 + plus

    return asked, doubled


def test_outside_of_a_reading_everything_is_asked_again() -> None:
    asked, doubled = counted()
    assert [doubled(2), doubled(2)] == [4, 4]
    assert asked == [2, 2]


def test_within_a_reading_the_same_question_is_asked_once() -> None:
    asked, doubled = counted()
    with one_reading():
        assert [doubled(2), doubled(2), doubled(3), doubled(2, plus=1)] == [4, 4, 6, 5]
    assert asked == [2, 3, 2]


def test_the_next_reading_begins_with_nothing() -> None:
    asked, doubled = counted()
    for _turn in range(2):
        with one_reading():
            doubled(2)
    assert asked == [2, 2]


def test_two_questions_with_the_same_arguments_are_not_mixed_up() -> None:
    _asked, doubled = counted()
    other = once_a_reading(lambda number: -number)
    with one_reading():
        assert (doubled(2), other(2)) == (4, -2)


def test_a_reading_that_fails_leaves_nothing_behind() -> None:
    asked, doubled = counted()
    try:
        with one_reading():
            doubled(2)
            raise RuntimeError
    except RuntimeError:
        doubled(2)
    assert asked == [2, 2]
