"""Places and industries as the three charts of them see them: one row for each place, industry and article,
in pandas.

Counties and parks count for the prefecture that holds them, industries for their cluster or broadest
ancestor.
"""

import pandas as pd

from sitegen.tables import Tables
from sitegen.tables.frames import LIST

COLUMNS = ("place", "level", "unit_place", "industry", "head", "articles", "claims")


def pairs(tables: Tables) -> pd.DataFrame:
    """The pairs of place and industry. unit_place: the prefecture, else the county below a province; None for
    a province.
    """
    geography = tables.geography
    units = {
        str(place): geography.within(str(place), "prefecture")
        for place in tables.place_industries.frame["place"].unique()
    }
    listed = []
    for row in tables.place_industries.frame.itertuples(index=False):
        place, industry = str(row.place), str(row.industry)
        listed.append(
            {
                "place": place,
                "level": row.level,
                "unit_place": units[place] or (None if row.level == "province" else place),
                "industry": industry,
                "head": geography.head(industry),
                "articles": tuple(str(row.articles).split(LIST)),
                "claims": tuple(part for part in str(row.claims).split(LIST) if part),
            }
        )
    return pd.DataFrame(listed, columns=list(COLUMNS), dtype=object)


def below_provinces(frame: pd.DataFrame) -> pd.DataFrame:
    """The pairs of places below a province; those of provinces alone where there are no others."""
    inner = frame[frame["unit_place"].notna()]
    return inner if len(inner) else frame.assign(unit_place=frame["place"])


def articles_of(frame: pd.DataFrame) -> list[str]:
    """Ids of the articles behind some pairs, first use first."""
    return list(dict.fromkeys(article for found in frame["articles"] for article in found))
