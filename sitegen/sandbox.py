"""Templates that are not sitegen's own: they may show what they are given, touch nothing of the machine, and end."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

# Whose attributes a template may ask for: plain values and sitegen's records. A table's frame, for one, could write files.
_PLAIN = frozenset(("builtins", "sitegen", "jinja2", "markupsafe", "decimal", "datetime", "collections"))
_LONGEST = 1_000_000  # characters, or entries of a list, that a product may have
_POWER = 1_000
_BITS = 100_000  # of a product
_SECONDS = 60  # of the processor, for a page
_MEMORY = 1 << 30  # bytes, for a page, beside what the program has already
_TURN = threading.RLock()  # the memory is that of the process: in a preview two threads make pages
_COUNTED = "sitegen counted"  # a name that no template can write


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox, which keeps away from what begins with _, with narrower borders."""

    intercepted_binops = frozenset(("*", "**"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.until = 0.0
        self.filters[_COUNTED] = lambda value: _Counted(self, value)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have this attribute."""
        home = type(obj).__module__.partition(".")[0]
        return home in _PLAIN and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The product or the power, unless it would fill the memory. Raises SecurityError."""
        sizes = [len(each) for each in (left, right) if hasattr(each, "__len__")]
        times = [abs(each) for each in (left, right) if isinstance(each, int)]
        if operator == "*" and sizes and times and sizes[0] * times[-1] > _LONGEST:
            raise SecurityError(f"the result would have more than {_LONGEST} characters")
        if operator == "*" and sum(each.bit_length() for each in times) > _BITS:
            raise SecurityError(f"the result would have more than {_BITS} bits")
        if operator == "**" and max(times, default=0) > _POWER:
            raise SecurityError(f"a power of more than {_POWER}")
        return super().call_binop(context, operator, left, right)

    def call(self, /, *arguments: Any, **named: Any) -> Any:
        """What a function or a macro gives. Raises SecurityError where the page's time is over."""
        self.step()
        return super().call(*arguments, **named)

    def step(self) -> None:
        """One more round of a loop, one more call. Raises SecurityError where the page's time is over."""
        if time.thread_time() > self.until:
            raise SecurityError(f"the page takes more than {_SECONDS} s")

    @contextlib.contextmanager
    def bounds(self) -> Iterator[None]:
        """The time and the memory that a page may take. Raises SecurityError where it takes more."""
        try:
            with _TURN, _memory(_MEMORY):
                self.until = time.thread_time() + _SECONDS  # of this thread, whose turn it is
                yield
        except MemoryError as error:
            said = SecurityError(f"the page wants more than {_MEMORY >> 20} MB of memory")
            raise said.with_traceback(error.__traceback__) from None

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template, with every loop told of each of its rounds."""
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.iter.lineno)
        tree.set_environment(self)
        return tree


class _Counted:
    """What a loop goes through."""

    def __init__(self, environment: Sandbox, value: Any) -> None:
        self.environment, self.value = environment, value

    def __iter__(self) -> Iterator[Any]:
        for each in self.value:
            self.environment.step()
            yield each

    def __len__(self) -> int:
        return len(self.value)


@contextlib.contextmanager
def _memory(more: int) -> Iterator[None]:
    """So many bytes more than now, where the system can hold a process to it and tells what it has: on Linux."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = pages * resource.getpagesize() + more
    if soft != resource.RLIM_INFINITY and soft <= most:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
