"""Whole numbers as text that a script may hold: six bits a character, none of which JSON must escape."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_BITS = 5  # of a number in a digit
_MORE = 32  # added to a digit that is not the last one of its number
_CODES = np.frombuffer(DIGITS.encode(), np.uint8)


def varied(numbers: Iterable[int]) -> str:
    """Numbers from 0 up, small ones short: five bits a character, the lowest first."""
    return _joined(*_digits(np.fromiter(numbers, np.int64)))


def gaps(numbers: Sequence[int]) -> str:
    """Rising numbers as their differences, the first as it is."""
    return _joined(*_digits(_steps(np.asarray(numbers, np.int64))))


def rising(numbers: Numbers) -> str:
    """Numbers that mostly rise, as gaps; where one falls a new run of them begins, behind a blank."""
    steps = _steps(numbers)
    falls = steps < 0
    codes, there = _digits(np.where(falls, numbers, steps))
    blanks = np.full((len(codes), 1), ord(" "), np.uint8)
    return _joined(np.hstack((blanks, codes)), np.hstack((falls[:, None], there)))


def fixed(numbers: Numbers, width: int) -> str:
    """Numbers below 64 ** width, each in as many characters, the highest first."""
    shifts = 6 * np.arange(width - 1, -1, -1)
    return str(_CODES[numbers[:, None] >> shifts & 63].tobytes(), "ascii")


def _steps(numbers: Numbers) -> Numbers:
    """By how much each number is more than the one before it, the first than 0."""
    steps = numbers.copy()
    steps[1:] -= numbers[:-1]
    return steps


def _digits(numbers: Numbers) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The digits of each number in a row, the lowest first, and which of them are there."""
    most = -(-max(1, int(numbers.max(initial=0)).bit_length()) // _BITS)
    left = numbers[:, None] >> _BITS * np.arange(most + 1)
    there = left[:, :-1] > 0
    there[:, 0] = True
    return _CODES[left[:, :-1] % _MORE + np.where(left[:, 1:] > 0, _MORE, 0)], there


def _joined(codes: NDArray[np.uint8], there: NDArray[np.bool_]) -> str:
    return str(codes[there].tobytes(), "ascii")


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
