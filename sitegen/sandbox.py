"""Templates that are not sitegen's own: they may show what they are given, and touch nothing of the machine."""

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

# Whose attributes a template may ask for: plain values and sitegen's records. A table's frame, for one, could write files.
_PLAIN = frozenset(("builtins", "sitegen", "jinja2", "markupsafe", "decimal", "datetime", "collections"))
_LONGEST = 1_000_000  # characters, or entries of a list, that a product may have
_POWER = 1_000


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox, which keeps away from what begins with _, with narrower borders."""

    intercepted_binops = frozenset(("*", "**"))

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
        if operator == "**" and max(times, default=0) > _POWER:
            raise SecurityError(f"a power of more than {_POWER}")
        return super().call_binop(context, operator, left, right)
