"""Bytes become the right letters, or the file is refused with the option that settles it: never a garbled name."""

from pathlib import Path

import pytest
from loaded import load, refusal, table, write

from agingreport.readers.encodings import find_encoding

HEADER = "document_id,kind,client,document_date,amount"
ALL = ("Müller & Söhne", "Łódź sp. z o.o.", "北京科技有限公司", "Société d'Été", "Dvořák")


def file_of(*clients: str) -> str:
    return table(HEADER, *(f"{place},invoice,{client},2026-01-05,10" for place, client in enumerate(clients)))


def clients_in(folder: Path, content: bytes, **options: str) -> list[str]:
    return [client for (client,) in load(write(folder, content), **options).rows("documents", "client")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_name_survives_every_encoding_that_holds_it(tmp_path: Path, encoding: str) -> None:
    assert clients_in(tmp_path, file_of(*ALL).encode(encoding)) == list(ALL)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_even_where_most_letters_are_chinese(tmp_path: Path, encoding: str) -> None:
    text = table(
        "单据编号,单据类型,客户,单据日期,金额", *(f"{n},发票,北京科技有限公司上海分公司,2026-01-05,1" for n in range(9))
    )
    assert clients_in(tmp_path, text.encode(encoding)) == ["北京科技有限公司上海分公司"] * 9


@pytest.mark.parametrize(
    ("encoding", "client"),
    [
        ("cp1252", "Müller"),
        ("cp1252", "Hélène Père"),
        ("cp1252", "España SA"),
        ("cp1252", "São João"),
        ("cp1252", "Conceição"),
        ("cp1252", "Bjørn Åkerlund"),
        ("cp1252", "Næss"),
        ("cp1252", "N° 5, l’Été – 10 m³"),
        ("cp1252", "Società Però"),
        ("cp1250", "Łódź"),
        ("cp1250", "Pawłowski"),
        ("cp1250", "Michał"),
        ("cp1250", "Dvořák"),
        ("cp1250", "Němec"),
        ("cp1250", "Petrović"),
        ("cp1250", "Erdő Kft"),
        ("gb18030", "张三"),
        ("gb18030", "朱镕基商行"),
        ("gbk", "上海（集团）有限公司"),
    ],
)
def test_one_name_is_enough_where_it_can_be_read_in_one_way_only(tmp_path: Path, encoding: str, client: str) -> None:
    content = file_of(client.replace(",", ";")).encode(encoding)
    assert clients_in(tmp_path, content) == [client.replace(",", ";")]


def test_how_the_bytes_were_read_is_said(tmp_path: Path) -> None:
    for encoding, said in (("cp1252", "Windows text"), ("cp1250", "Central European Windows text")):
        name = "Müller" if encoding == "cp1252" else "Michał"
        loaded = load(write(tmp_path, file_of(name).encode(encoding)))
        assert f"not UTF-8: read as {said} ({encoding})" in loaded.reading.notes


def test_a_name_that_can_be_read_both_ways_is_refused_and_the_option_settles_it(tmp_path: Path) -> None:
    content = file_of("Kęty").encode("cp1250")
    assert refusal(write(tmp_path, content)) == (
        "export.csv: not UTF-8, and nothing tells whether Kêty or Kęty is meant; "
        "say --encoding cp1252 or --encoding cp1250, or save it as UTF-8"
    )
    assert clients_in(tmp_path, content, encoding="cp1250") == ["Kęty"]
    assert clients_in(tmp_path, content, encoding="cp1252") == ["Kêty"]


def test_one_pair_of_bytes_may_be_one_chinese_letter_or_two_western_ones(tmp_path: Path) -> None:
    content = file_of("张").encode("gb18030")
    assert "say --encoding" in refusal(write(tmp_path, content))
    assert clients_in(tmp_path, content, encoding="gb18030") == ["张"]


def test_an_encoding_that_does_not_fit_or_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, file_of("Müller").encode("cp1252"))
    assert "not all of it is utf-8; export it again, or say --encoding" in refusal(path, encoding="utf8")
    assert "no encoding is called 'klingon'" in refusal(path, encoding="klingon")


def test_chinese_utf_8_with_something_else_pasted_in_is_refused(tmp_path: Path) -> None:
    content = file_of("北京科技有限公司").encode() + "1,invoice,Müller,2026-01-05,10\n".encode("cp1252")
    assert "UTF-8 and another encoding in one file" in refusal(write(tmp_path, content))


def test_a_clue_anywhere_in_the_file_settles_all_of_it() -> None:
    assert find_encoding("Kęty\nPawłowski".encode("cp1250")) == "cp1250"
    assert find_encoding("fête\nHélène".encode("cp1252")) == "cp1252"
