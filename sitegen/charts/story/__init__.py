"""Charts that editors describe in their texts: a block and a table of the site, or a file of theirs, become a Chart."""

from sitegen.charts.story.build import StorySources, build_story
from sitegen.charts.story.rows import DataFile

__all__ = ["DataFile", "StorySources", "build_story"]
