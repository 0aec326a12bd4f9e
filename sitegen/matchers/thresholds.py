"""Numbers that define a class, a denominator or an example instead of asserting something. Words: data/thresholds.yml."""

import re
from functools import cache

from sitegen.lexicon import packaged
from sitegen.matchers.tokens import Quantity


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _class_after() -> re.Pattern[str]:
    data = packaged("thresholds.yml")
    return re.compile(
        rf"(?:{_either(data['limits'])})(?:的|级|重大|重点|新|大|工业|产业|规模|在建|新建|优质|专精特新|独栋|高){{0,3}}(?:{_either(data['classes'])})"
    )


@cache
def _denominator_before() -> re.Pattern[str]:
    data = packaged("thresholds.yml")
    return re.compile(rf"(?:{_either(data['each'])})(?:{_either(data['each_done'])})?$")


@cache
def _counted_class() -> re.Pattern[str]:
    """超30亿元的项目有2个 / 5亿元至10亿元的3个 / 亿元以上项目149个."""
    return re.compile(
        r"(?:以上|以下|以内|及以上)?的?[一-鿿“”]{0,10}?(?:有|共|达|已有|达到)?\d+(?:多|余)?(?:个|家|户|项|人|名|座|台|种)"
    )


_GRADED_COUNT = re.compile(
    r"(?:(?:企业|项目|园区|集团|开发区)[一-鿿]{0,3}|的?有?)\d"
)  # 百亿级企业3家, 百亿级1个
_DENOMINATOR_AFTER = re.compile(
    r"[一-鿿]{0,6}?(?:卖到|卖|售价|价格|能卖|可卖|只卖|就能|需要|只需|需|可以换|换)(?:达到|到|近|约|超)?\d"
)


_REACHED = re.compile(r"(?:到|至|达|为|超|近|约|于|满)$")
_OF_CLASS = re.compile(r"(?:以上|以下|以内|及以上)?的")
_RULED = re.compile(r"(?:以下|以上)的(?=不|按|可|给予|，|,|应|须)")
_PASSED = re.compile(r"(?:首次|年度|年)?(?:过|超过|超|突破|达到|达|满|逾|不足|低于)$")
# GDP过千亿元的县（市）, 对税收首次过千万元的再奖50万元
_CLASS_COUNTED = re.compile(  # 培育超百亿元企业3家
    r"(?:级)?(?:工业|龙头|骨干|链主|特色|重点|旗舰)?(?:企业|项目|园区|集团|产业集群|产业链|产业|集群|乡镇|镇|村|县|单品|大单品|品牌|开发区)"
    r"[一-鿿]{0,4}?[0-9]+[余多]?(?:家|个|户|项|条)"
)
_MEMBERS = re.compile(
    r"的(?:县|市|区|旗|镇|乡|村|企业|项目|园区|单位|农户|大户|再奖|再给|给予|奖励|补助|一次性|每|分别奖|可)"
)


def is_threshold(folded: str, quantity: Quantity) -> str | None:
    """Why the number asserts nothing (class, denominator), or None where it may be a claim."""
    before = folded[max(0, quantity.start - 12) : quantity.start]
    after = folded[quantity.end : quantity.end + 26]
    if _denominator_before().search(before):
        return "denominator"
    one = quantity.number == 1 and quantity.dimension in {
        "mass",
        "area",
        "volume",
        "length",
    }
    if one and (not _REACHED.search(before) or _DENOMINATOR_AFTER.match(after)):
        return "denominator"
    if _class_after().match(after):
        return "class"
    if quantity.measure == "级" and _GRADED_COUNT.match(after):
        return "class"
    if (
        quantity.dimension in {"money", "mass", "power", "area"}
        and _OF_CLASS.match(after)
        and (quantity.dimension == "money" or not after.startswith("的") or _PASSED.search(before))
        and _counted_class().match(after)
    ):
        return "class"
    if (
        quantity.dimension == "money"
        and after.startswith(("以上", "级以上"))
        and _counted_class().match(after)
    ):
        return "class"
    if _MEMBERS.match(after) and _PASSED.search(before):
        return "class"
    if quantity.dimension == "money" and _PASSED.search(before) and _CLASS_COUNTED.match(after):
        return "class"
    if _RULED.match(after):
        return "class"
    return None
