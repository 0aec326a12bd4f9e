"""`sitegen eval`: how well the program reads pages for which an editor wrote down the right answer (the gold).

gold and keys say what a gold file may hold, reading reads it; printed finds numbers on the page; answers says when a value
is right; matching, articles, claims and scoring compare; figures and report say how it went; draft writes a first gold.
"""

from sitegen.evaluation.draft import write_draft
from sitegen.evaluation.figures import FIGURES, below, figures
from sitegen.evaluation.report import as_json, as_text
from sitegen.evaluation.run import Evaluation, evaluate

__all__ = ["FIGURES", "Evaluation", "as_json", "as_text", "below", "evaluate", "figures", "write_draft"]
