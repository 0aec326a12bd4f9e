"""What is wrong with the user's input: Problem is a value to be collected, SitegenError stops the run."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a user can mend: place, fact, remedy.

    file: path as the user would type it, or "" where no file is to blame.  line, col: from 1; 0 = unknown.
    code: stable short name, E… for errors and W… for warnings.  fix: what to do about it.
    """

    file: str
    line: int
    col: int
    code: str
    message: str
    fix: str
    level: Level = "error"

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.col) if part)
        return f"{where or 'sitegen'}: {self.code} {self.message}; {self.fix}"


class SitegenError(Exception):
    """Carries the problems that made going on pointless. exit_code: 1 content or build, 2 usage or configuration."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ConfigError(SitegenError):
    """The command or the site's configuration cannot be used."""

    exit_code = 2
