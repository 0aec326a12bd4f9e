"""Records as bytes and back (MessagePack). The type says what to read, so that nothing in a file can name code to run."""

from functools import cache
from typing import Any

import msgspec

UNFIT = (TypeError, OverflowError, UnicodeEncodeError)  # what encode raises
_ENCODER = msgspec.msgpack.Encoder()


def encode(value: Any) -> bytes:
    """The value as bytes: records with the names of their fields, a Decimal as the text of its digits. Raises UnicodeEncodeError
    for half a character, OverflowError for a whole number of more than 64 bits, TypeError for what is no plain data.
    """
    return _ENCODER.encode(value)


def decode(kind: Any, data: bytes) -> Any:
    """The value of this type that encode gave. Raises ValueError for anything else."""
    try:
        return _decoder(kind).decode(data)
    except (msgspec.DecodeError, ArithmeticError, TypeError) as error:
        raise ValueError(f"no {kind}: {error}") from None


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.msgpack.Decoder(kind)
