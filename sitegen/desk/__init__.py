"""The editors' review desk below the preview: a text with its numbers marked, and a verdict on each, written to
content/reviews.

entries changes the text of a file, folder the file on disk, forms checks what was entered, views says what is shown, guard
keeps strangers out, app answers requests.
"""

from sitegen.desk.app import ADDRESS, desk_link, desk_routes

__all__ = ["ADDRESS", "desk_link", "desk_routes"]
