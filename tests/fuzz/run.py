"""Fuzzing for as long as one likes: PYTHONPATH=.:tests python tests/fuzz/run.py SECONDS [TARGET]... [--jobs N] [--coverage]

Half of the inputs are tokens in any order, half are right files with a few pieces broken. They are seeded by the clock unless FUZZ_SEED
is given. An input that a target does not stand is printed, once for each place in the program, to become a test; at the end
stands how many there were, and how many of them were taken, not refused. With --coverage atheris leads the way instead, where
it is installed; every byte it gives chooses a token or stands for itself.
"""

import argparse
import os
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from random import Random


def tries(seconds: int, names: list[str], seed: int) -> tuple[Counter[str], Counter[str], dict[str, str]]:
    """Try inputs until the time is over: how many of each target, how many of them were taken, and what broke, by its place."""
    from fuzz.targets import TARGETS, broken, mixed, tried

    random, end = Random(seed), time.monotonic() + seconds  # noqa: S311  drawn from a seed
    counts: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    faults: dict[str, str] = {}
    while time.monotonic() < end:
        name = random.choice(names or list(TARGETS))
        data = (
            broken(random, name) if random.random() < 0.5 else mixed(random, random.choice((5, 20, 60, 200)))
        )
        counts[name] += 1
        try:
            taken[name] += tried(name, data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            frame = next((each for each in reversed(frames) if "/sitegen/" in each.filename), frames[-1])
            place = f"{name} {frame.filename}:{frame.lineno} {type(error).__name__}"
            if place not in faults:
                faults[place] = f"seed {seed}: {place} {error!r:.300}\n  {data!r}"
                print(faults[place], flush=True)
    return counts, taken, faults


def main(seconds: int, names: list[str], jobs: int) -> int:
    """Try inputs in several processes, each with a seed of its own; the exit code."""
    seed = int(os.environ.get("FUZZ_SEED", time.time_ns()))
    counts: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    faults: dict[str, str] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for one in pool.map(tries, [seconds] * jobs, [names] * jobs, range(seed, seed + jobs)):
            counts, taken, faults = counts + one[0], taken + one[1], faults | one[2]
    of_each = ", ".join(f"{name} {taken[name]}/{counts[name]}" for name in sorted(counts))
    print(f"{counts.total()} inputs in {seconds} s, seed {seed}: {taken.total()} taken, {len(faults)} faults")
    print(f"taken of each: {of_each}")
    return bool(faults)


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
    parser = argparse.ArgumentParser()
    parser.add_argument("seconds", type=int)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--coverage", action="store_true")
    given = parser.parse_args()
    if given.coverage:
        covered(given.seconds, given.targets)
    else:
        sys.exit(main(given.seconds, given.targets, given.jobs))
