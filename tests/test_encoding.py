"""Files are read in the encoding that they are in, or refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.loaders.encoding import decode
from sitegen.problems import SitegenError

TEXT = "内蒙古新能源总装机已达1.38亿千瓦，占电力总装机的51.2%。\n□本报记者 康丽娜\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings_of_chinese_pages_are_read(encoding: str) -> None:
    assert decode("a.txt", TEXT.encode(encoding)) == TEXT


def test_utf_16_with_the_other_byte_order_is_read() -> None:
    assert decode("a.txt", b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        "內蒙古新能源總裝機已達到億千瓦，佔電力總裝機的一半以上，發展勢頭良好。".encode("big5"),
        "今日は経済成長の見通しについて、政府が発表した資料を読みました。".encode("shift_jis"),
        "경제 성장에 대한 정부의 발표 자료를 읽었습니다".encode("cp949"),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "café déjà vu à la carte".encode("latin-1"),
        b"\xff\xfe\x00\xd8",
        TEXT.encode()[:-2] + b"\xff\xff\xff",
        b"abc\x07def",
    ],
)
def test_what_is_no_chinese_text_is_refused_with_file_fact_and_remedy(data: bytes) -> None:
    with pytest.raises(SitegenError) as caught:
        decode("seeds/a.txt", data)
    problem = caught.value.problems[0]
    assert "seeds/a.txt" == problem.file
    assert "E-ENCODING" == problem.code
    assert problem.message
    assert problem.fix


def test_a_refusal_names_the_line() -> None:
    with pytest.raises(SitegenError) as caught:
        decode("a.txt", "第一行\n第二行".encode() + b"\xff\xff\xff")
    assert 2 == caught.value.problems[0].line


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf_8_is_returned_as_it_is(text: str) -> None:
    assert text.removeprefix("\ufeff") == decode("a.txt", text.encode())
