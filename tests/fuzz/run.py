"""Fuzzing for as long as one likes: PYTHONPATH=.:tests python tests/fuzz/run.py SECONDS [TARGET]... [--coverage]

Makes inputs of the tokens, seeded by the clock unless FUZZ_SEED is given, and stops at the first that a target does not stand:
its bytes are printed, to become a test. With --coverage atheris leads the way instead, where it is installed; every byte it
gives chooses a token or stands for itself.
"""

import os
import sys
import time
from random import Random


def main(seconds: int, chosen: list[str]) -> None:
    """Try inputs until the time is over and print how many."""
    from fuzz.targets import TARGETS, mixed, tried

    names = chosen or list(TARGETS)
    seed = int(os.environ.get("FUZZ_SEED", time.time_ns()))
    random, end = Random(seed), time.monotonic() + seconds  # noqa: S311  drawn from a seed
    counts = dict.fromkeys(names, 0)
    while time.monotonic() < end:
        name = random.choice(names)
        data = mixed(random, random.choice((5, 20, 60, 200)))
        try:
            tried(name, data)
        except BaseException as error:
            print(f"seed {seed}: {name} does not stand {data!r}: {error!r}", flush=True)
            raise
        counts[name] += 1
    print(f"{sum(counts.values())} inputs in {seconds} s, seed {seed}: {counts}")


def covered(seconds: int, chosen: list[str]) -> None:
    """The same, led by what of the program was not run yet. Needs atheris."""
    import atheris

    with atheris.instrument_imports(include=["sitegen"]):
        from fuzz.targets import TARGETS, TOKENS, tried

        from sitegen import reading  # noqa: F401  with all that it would import later
        from sitegen.extract import extract  # noqa: F401  likewise
        from sitegen.loaders import body  # noqa: F401  likewise
    names = chosen or list(TARGETS)

    def one(data: bytes) -> None:
        if data:
            tokens = (TOKENS[byte].encode() if byte < len(TOKENS) else bytes((byte,)) for byte in data[1:])
            tried(names[data[0] % len(names)], b"".join(tokens))

    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=300", "-rss_limit_mb=4096"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    arguments = [each for each in sys.argv[2:] if each != "--coverage"]
    (covered if "--coverage" in sys.argv else main)(int(sys.argv[1]), arguments)
