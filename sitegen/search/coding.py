"""Whole numbers as text that a script may hold: six bits a character, none of which JSON must escape."""

from collections.abc import Iterable, Sequence

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_MORE = 32  # added to a digit that is not the last one of its number
_SMALL = [DIGITS[number] for number in range(_MORE)]


def varied(numbers: Iterable[int]) -> str:
    """Numbers from 0 up, small ones short: five bits a character, the lowest first."""
    out: list[str] = []
    for number in numbers:
        while number >= _MORE:
            out.append(DIGITS[_MORE + number % _MORE])
            number //= _MORE
        out.append(_SMALL[number])
    return "".join(out)


def gaps(numbers: Sequence[int]) -> str:
    """Rising numbers as their differences, the first as it is."""
    return varied(now - before for before, now in zip((0, *numbers[:-1]), numbers, strict=True))


def fixed(numbers: Iterable[int], width: int) -> str:
    """Numbers below 64 ** width, each in as many characters, the highest first."""
    places = [64**place for place in range(width - 1, -1, -1)]
    return "".join(DIGITS[number // place % 64] for number in numbers for place in places)


def chosen(numbers: Sequence[int], size: int) -> str:
    """A set of numbers below size, rising: "+" and a bit for each number, or "." and the gaps, whichever is shorter."""
    if 6 * len(numbers) < size:
        listed = gaps(numbers)
        if 6 * len(listed) <= size:
            return "." + listed
    bits = [0] * (size // 6 + 1)
    for number in numbers:
        bits[number // 6] |= 1 << number % 6
    return "+" + "".join(DIGITS[each] for each in bits)
