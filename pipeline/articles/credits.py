"""Who wrote, photographed and edited: lines that hold nothing but roles, papers and names."""

from __future__ import annotations

import re

_HAN = r"[\u3400-\u9fff]"
_OURS = "本报|本社|本网|本台|本刊|我报"
_WHO = "记者|通讯员|评论员|实习生|撰稿人?|作者|摄影师|责任编辑|责编|美编"
_DID = "文|图|摄|摄影|摄像|撰文|撰稿|供稿|供图|报道|制图|编译|图文|摄影报道"
_MADE = "编辑|校对|审核|编审|监制|统筹|策划|制作|整理|综合|图片|文字"
"""Roles that are everyday words too: they count only where every other word is a name."""
_RANK = "首席|资深|特约|特派|见习|实习|全媒体|融媒体?|文字|摄影|驻站|执行|值班|本期"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
    "景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜"
    "晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和"
    "闻尉晁逄麻闫付肖邝区仉佘蔺藏占荀鹿逯逢赫丰展冮么"
)
_PRESS = "报|报社|社|网|台|站|中心|客户端|杂志|周刊"
_OFFICE = "部|局|处|办|办公室|委|委员会|管委会|公司|集团|学院|大学|医院|协会"
_ORGANISATION = f"{_HAN}{{2,16}}(?:{_PRESS}|{_OFFICE})"
_NAME = rf"{_HAN}{{1,4}}|{_HAN}{{1,8}}(?:[·・]{_HAN}{{1,8}})+|[A-Z][A-Za-z.'-]*"
_GLUED_NAME = rf"[{_SURNAMES}]{_HAN}{{1,3}}"

_SEPARATORS = re.compile(r"[\s/／|｜、,，;；:：()（）【】\[\]□■◎●◆○▲△*]+|—+|&")
_ROLE = re.compile(
    rf"(?:{_OURS}|{_HAN}{{2,8}}(?:报|社|网|台))?(?:{_RANK})*(?:{_WHO})(?:{_GLUED_NAME})?(?:{_DID})?"
    rf"|(?:{_DID})|{_GLUED_NAME}(?:摄|摄影|报道|供图|供稿)|(?:文|图){_GLUED_NAME}"
)
_EVERYDAY_ROLE = re.compile(rf"(?:{_RANK})*(?:{_MADE})(?:{_GLUED_NAME})?")
_OTHER = re.compile(rf"{_NAME}|{_ORGANISATION}|{_OURS}")
_CERTAIN_NAME = re.compile(_GLUED_NAME)
_MARKED_NAME = re.compile(rf"[□■◎●◆○]\s*(?:{_OURS})?\s*{_GLUED_NAME}")
_IN_BRACKETS = re.compile(r"[（(【\[]([^（(【\[）)】\]]{2,60})[）)】\]]\Z")
_LONGEST = 60
"""Characters; a line of credits is not longer."""


def is_byline(text: str) -> bool:
    """Whether `text` is made of roles (记者, 文/图 …), names and papers only, with a role among them.

    A name that is glued to its role must begin with a known surname, so that 记者见面会 is no byline; a name behind a
    mark, as in □张三, needs no role.
    """
    if len(text) > _LONGEST:
        return False
    tokens = [token for token in _SEPARATORS.split(text) if token]
    others = [token for token in tokens if not _ROLE.fullmatch(token)]
    if len(others) < len(tokens):
        others = [token for token in others if not _EVERYDAY_ROLE.fullmatch(token)]
        return len("".join(tokens)) > 2 and all(map(_OTHER.fullmatch, others))  # noqa: PLR2004  # 图 is no credit
    names = [token for token in tokens if not _EVERYDAY_ROLE.fullmatch(token)]
    has_role = len(names) < len(tokens) and text[:1] not in "（("
    return bool(has_role and all(map(_CERTAIN_NAME.fullmatch, names))) or bool(_MARKED_NAME.fullmatch(text))


def bracketed_byline(text: str) -> str:
    """The byline in brackets with which `text` ends, as in 。（记者 张三）, brackets included; or an empty string."""
    found = _IN_BRACKETS.search(text, max(0, len(text) - _LONGEST - 2))
    return found[0] if found and found.start() and is_byline(found[1]) else ""
