"""Every message has a translation with the same placeholders, and none is left over."""

import ast
import re
from pathlib import Path

import pytest

import lantian
from lantian.messages import LANGUAGES, LOCALE, Messages
from lantian.report.rendering import script_messages

PACKAGE = Path(lantian.__file__).parent
TRANSLATED = [language for language in LANGUAGES if language != "en"]
ENTRY = re.compile(r'^msgid (?P<message>".*")\nmsgstr (?P<translation>".*")$', re.MULTILINE)
TEMPLATE_MESSAGE = re.compile(r"""\b_\((?P<quote>["'])(?P<message>.*?)(?P=quote)\)""")
PLACEHOLDER = re.compile(r"\{\w+\}")


def calls_of(path):
    """Calls of `_` and of `….messages`, by which Python code says its messages."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("_", "messages"):
                yield node


def used():
    messages = set(script_messages())
    for path in PACKAGE.rglob("*.py"):
        messages |= {call.args[0].value for call in calls_of(path)}
    for path in PACKAGE.rglob("*.j2"):
        messages |= {found["message"] for found in TEMPLATE_MESSAGE.finditer(path.read_text())}
    return messages


def catalogue(language):
    text = (LOCALE / language / "LC_MESSAGES" / "lantian.po").read_text(encoding="utf-8")
    entries = {
        ast.literal_eval(entry["message"]): ast.literal_eval(entry["translation"])
        for entry in ENTRY.finditer(text)
    }
    return {message: translation for message, translation in entries.items() if message}


def test_messages_are_written_out_where_they_are_said():
    for path in PACKAGE.rglob("*.py"):
        for call in calls_of(path):
            assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_no_other(language):
    translations = catalogue(language)
    assert used() - set(translations) == set()
    assert set(translations) - used() == set()
    assert [message for message, translation in translations.items() if not translation] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_same_placeholders(language):
    for message, translation in catalogue(language).items():
        assert set(PLACEHOLDER.findall(message)) == set(PLACEHOLDER.findall(translation)), message


def test_the_words_are_those_of_chinese_policy():
    words = "".join(catalogue("zh").values())
    policy = "减排量 排放因子 情景 达标概率 基准情景 许可量 产能 绩效等级 有组织 无组织"
    for word in policy.split():
        assert word in words, word


def test_messages_take_their_values_after_the_translation():
    assert Messages("zh")("{pollutant} in {year}", year=2030, pollutant="{x}") == "2030年{x}"


def test_names_fall_back_to_english_and_then_to_the_id():
    both, english = {"name": "Works", "name_zh": "钢厂"}, {"name": "Works", "name_zh": ""}
    assert Messages("zh").name(both, "w") == "钢厂"
    assert Messages("zh").name(english, "w") == "Works"
    assert Messages("en").name({}, "w") == "w"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no language 'fr': there are en, zh"):
        Messages("fr")
