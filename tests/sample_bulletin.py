"""A small bulletin out of the seed page, its English written by hand: what the layout and PDF tests set, and a long one for paging."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from pipeline.document import (
    Article,
    Block,
    BlockKind,
    Bulletin,
    Colophon,
    Constraint,
    Finding,
    Origin,
    Pair,
    PairOrigin,
    Sentence,
    Severity,
    TargetSpan,
)

SEED = Path(__file__).parent.parent / "articles" / "gaoxin-shibao-page.txt"

TERMS = {
    "郑州高新区": "Zhengzhou High-tech Zone",
    "高新区": "High-tech Zone",
    "产城更新": "industry-city renewal",
    "本报讯": "Staff report",
    "党工委": "Party Working Committee",
    "管委会": "Administrative Committee",
    "揭榜挂帅": "open competition for the best solutions",
    "“三标”": "“Three Benchmarks”",
    "“十大战略”": "“Ten Strategies”",
    "瞪羚": "gazelle",
    "独角兽": "unicorn",
    "PI-IP-IPO": "PI-IP-IPO",
    "天鸿控股集团": "Tianhong Holding Group",
}
"""Source to target, a dozen of the glossary's."""

K = BlockKind
ARTICLES: tuple[tuple[tuple[BlockKind, tuple[tuple[str, str], ...]], ...], ...] = (
    (
        (K.KICKER, (("郑州高新区", "Zhengzhou High-tech Zone"),)),
        (
            K.HEADLINE,
            (
                (
                    "全力加快推进“两区四高地”建设提质增效",
                    "All Efforts to Speed Up Better Building of the “Two Areas and Four Highlands”",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "如何把握新发展阶段,完整、准确、全面贯彻新发展理念,在全省全市创新驱动高质量发展战略中发挥主引擎和引领示范作用?",
                    "How are we to grasp the new stage of development, put the new development philosophy into practice in "
                    "full, to the letter and in every field, and serve the province and the city as the main engine and an "
                    "example of innovation-driven, high-quality development?",
                ),
                (
                    "张红军表示,高新区将以“当好国家队、提升国际化、引领现代化河南建设”为总目标,以“整体工作争先进成高原,重点工作创一流起高峰”为总要求,全面开展“三标”活动,深入推进“十大战略”行动,坚定“发展高科技、实现产业化”“体制机制创新、政策先行先试”使命任务,全力加快推进“两区(创新驱动发展示范区、高质量发展先行区)、四高地(创新高地、先进制造业高地、开放高地、人才高地)”建设提质增效,以优异成绩迎接党的二十大胜利召开。",
                    "Zhang Hongjun said that the High-tech Zone would take as its overall goal to play well for the "
                    "national team, become more international and lead the building of a modern Henan; that it would "
                    "carry out the “Three Benchmarks” campaign in every field and pursue the “Ten Strategies”; and that "
                    "it would hold to its mission of developing high technology and bringing it into industry, so as to "
                    "greet the 20th Party Congress with outstanding results.",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                ("围绕建设人才高地,着力打造青年双创生态。", "The zone builds an ecosystem for young innovators."),
                (
                    "完善科技金融链条,打造以种子期雏鹰、瞪羚、独角兽、平台生态型龙头企业为重点,涵盖“PI-IP-IPO”及“科创空间到科创板”的全生命周期科技企业梯度培育体系。",
                    "It completes the chain of technology finance and builds a tiered system for growing technology firms "
                    "over their whole life, from PI-IP-IPO and from the maker space to the STAR Market, with a focus on "
                    "seed-stage eaglets, gazelle and unicorn firms and the leading firms of platform ecosystems.",
                ),
                (
                    "创设一流创新制度,创新实施揭榜挂帅、技术悬赏、赛马等模式,建立颠覆性技术清单库,推动颠覆性技术创新攻坚和就地产业化。",
                    "It sets up first-rate rules for innovation: open competition for the best solutions, rewards for "
                    "technology and horse racing between teams; and it keeps a list of disruptive technologies.",
                ),
            ),
        ),
        (K.BYLINE, (("记者 孙庆辉", "Reporter: Sun Qinghui"),)),
    ),
    (
        (K.KICKER, (("高新区再添一所大型综合医院", "High-tech Zone Gains Another Large General Hospital"),)),
        (
            K.HEADLINE,
            (("郑州市中心医院高新医院项目开建", "Work Begins on the Gaoxin Campus of Zhengzhou Central Hospital"),),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "本报讯 3月4日,郑州高新区迎来了医疗卫生发展史上的重大标志性时刻,郑州市中心医院高新医院项目正式奠基开工。",
                    "Staff report: March 4 was a landmark in the history of health care in Zhengzhou High-tech Zone, as "
                    "the ground was broken for the Gaoxin campus of Zhengzhou Central Hospital.",
                ),
                (
                    "郑州市政协党组副书记、副主席、市卫健委党组书记王万鹏,高新区党工委副书记、管委会主任张红军,河南省建设集团有限公司党委书记、董事长高山林,郑州市中心医院党委副书记、院长连鸿凯等参加奠基开工仪式,王万鹏宣布项目开工。",
                    "Wang Wanpeng, vice-chairman of the city's political consultative conference, Zhang Hongjun, deputy "
                    "secretary of the Party Working Committee and director of the Administrative Committee of the "
                    "High-tech Zone, Gao Shanlin, chairman of Henan Construction Group, and Lian Hongkai, president of "
                    "the hospital, attended the ceremony, and Wang Wanpeng declared the work begun.",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "郑州市中心医院高新医院项目位于郑州高新区金盏街以北、莲花街以南、创新大道以西、翠柏路以东区域。",
                    "The hospital stands in Zhengzhou High-tech Zone, north of Jinzhan Street, south of Lianhua Street, "
                    "west of Chuangxin Avenue and east of Cuibai Road.",
                ),
                (
                    "高新医院建设项目总建筑面积212805平方米,新建门诊、急诊、医技用房,提供1500张床位。",
                    "Its total floor area is 212,805 square metres; it will have new rooms for outpatients, emergencies "
                    "and medical technology, and 1,500 beds.",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "据连鸿凯介绍,郑州市中心医院2021年经受疫情、汛情的双重考验,诊疗人次达314.76万,出院人次14.91万,手术量4.11万台。",
                    "According to Lian Hongkai, Zhengzhou Central Hospital stood the double test of epidemic and flood in "
                    "2021, with 3.1476 million visits, 149,100 discharges and 41,100 operations.",
                ),
                (
                    "在公立医院高质量发展、优质医疗资源扩容和均衡布局时代强音下,郑州市中心医院满足人民群众健康需求和院区物理空间局限、结构布局陈旧之间的矛盾更加凸显,对新院区建设的需求更加迫切。",
                    "As public hospitals are called to develop at high quality and good care is to grow and spread evenly, "
                    "the gap between what people need and what a cramped, dated campus can give is plainer than ever, and "
                    "a new campus all the more urgent.",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "张红军在致辞中表示,高新医院项目是郑州市重点项目,也是群众翘首以盼的重大民生工程。",
                    "Zhang Hongjun said in his speech that the hospital was a key project of the city and one that people "
                    "had long been waiting for.",
                ),
                (
                    "对增进人民群众健康福祉,进一步完善高新区城市服务功能具有重要意义,也将为高新区建设国际一流营商环境提供强有力的基础配套保障。",
                    "It matters for people's health and for the services of the High-tech Zone, and will underpin the "
                    "High-tech Zone as it builds a world-class business environment.",
                ),
            ),
        ),
        (K.BYLINE, (("记者 孙庆辉", "Reporter: Sun Qinghui"),)),
        (K.BYLINE, (("高新时报 方宝岭 文/图", "Text and photographs: Fang Baoling, Gaoxin Times"),)),
    ),
    (
        (
            K.KICKER,
            (
                (
                    "树立形象标杆 产城更新助力高质量发展",
                    "Setting the Example: industry-city renewal Helps High-quality Development",
                ),
            ),
        ),
        (K.HEADLINE, (("北京天鸿控股集团到访高新区", "Beijing Tianhong Holding Group Visits the High-tech Zone"),)),
        (
            K.PARAGRAPH,
            (
                (
                    "会上,柴志坤介绍了近期产城更新项目的推进情况,并表示天鸿集团高度重视高新区产城更新项目的发展,愿意充分发挥资金、技术、管理、产业资源等方面的优势,加快推进启动区项目。",
                    "At the meeting, Chai Zhikun described the progress of the industry-city renewal project and said that "
                    "the group set great store by industry-city renewal in the High-tech Zone and would bring its strengths "
                    "in finance, technology, management and industry to bear to speed up the start-up area.",
                ),
            ),
        ),
        (
            K.PARAGRAPH,
            (
                (
                    "张红军对产城更新项目公司近期的工作表示肯定。",
                    "Zhang Hongjun commended the recent work of the industry-city renewal project company.",
                ),
                (
                    "他指出,产城更新区的启动区项目要高举高打,树立首批形象标杆。",
                    "He said that the start-up projects of the industry-city renewal area should aim high and set a first "
                    "example.",
                ),
                (
                    "产城更新是郑州市高新区深入贯彻落实党中央提出的严控增量、盘活存量的土地利用要求而确立的重要城市发展战略,是高新区实现“十四五”高质量发展的重要工作目标,高新区管委会将做好政策支持工作,希望天鸿集团能够发挥专业、资源、品牌等优势,进一步深化合作。",
                    "Zhengzhou's industry-city renewal carries out the central authorities' call to limit new land and put "
                    "idle land to use; it is a key goal of the High-tech Zone in the 14th Five-Year Plan period, and the "
                    "Administrative Committee will support it with sound policy.",
                ),
            ),
        ),
        (K.BYLINE, (("记者 孙庆辉", "Reporter: Sun Qinghui"),)),
        (K.BYLINE, (("通讯员 梁瑞凤 文/图", "Correspondent: Liang Ruifeng, text and photographs"),)),
    ),
)

COLOPHON = Colophon(
    model="translate-zh_en 0.1",
    model_sha256="5f3ac1" + "0" * 58,
    model_origin="shipped",
    glossary_sha256="9be2d7" + "0" * 58,
    versions=(("ctranslate2", "4.8.5"), ("jieba", "0.42.1"), ("weasyprint", "70.0")),
    options=(("beam_size", "4"), ("no_repeat_ngram_size", "0")),
)

FINDINGS = (
    Finding("forced", Severity.WARNING, "a1.p2.s3", "“揭榜挂帅” was translated around; read the joins."),
    Finding("numbers", Severity.ERROR, "a2.p3.s1", "4.11万 (41,100) has no equal in the English."),
    Finding("length", Severity.NOTE, "a3.p2.s3", "The English is short for its Chinese: something may be missing."),
)

_PLACE = {K.KICKER: "k", K.HEADLINE: "h", K.SUBHEAD: "u", K.PARAGRAPH: "p", K.BYLINE: "b"}


def constraints(text: str) -> tuple[Constraint, ...]:
    """Leftmost-longest hits of TERMS."""
    pattern = "|".join(re.escape(term) for term in sorted(TERMS, key=len, reverse=True))
    return tuple(
        Constraint(hit.start(), hit.end(), hit[0], TERMS[hit[0]], Origin.GLOSSARY, note="fixed by the glossary")
        for hit in re.finditer(pattern, text)
    )


def target_spans(english: str, found: tuple[Constraint, ...]) -> tuple[TargetSpan, ...]:
    """Where each constraint's target stands, each occurrence used once; one that is not there has no span."""
    spans: list[TargetSpan] = []
    for index, constraint in enumerate(found):
        for hit in re.finditer(re.escape(constraint.target), english, re.IGNORECASE):
            if all(hit.end() <= span.start or span.stop <= hit.start() for span in spans):
                spans.append(TargetSpan(hit.start(), hit.end(), index))
                break
    return tuple(sorted(spans, key=lambda span: span.start))


def pair(sentence: Sentence, english: str, origin: PairOrigin = PairOrigin.MODEL) -> Pair:
    """A pair with the constraints of TERMS."""
    found = constraints(sentence.text)
    return Pair(sentence, english, found, origin, target_spans(english, found), score=-0.4, rung="inline")


def _article(number: int, blocks: tuple[tuple[BlockKind, tuple[tuple[str, str], ...]], ...]) -> tuple[Article, dict]:
    counted: dict[BlockKind, int] = {}
    built, pairs = [], {}
    for line, (kind, sentences) in enumerate(blocks, start=1):
        counted[kind] = counted.get(kind, 0) + 1
        place = _PLACE[kind] + (str(counted[kind]) if kind in {K.PARAGRAPH, K.BYLINE} else "")
        made = tuple(Sentence(f"a{number}.{place}.s{s}", zh, (zh,)) for s, (zh, _) in enumerate(sentences, start=1))
        built.append(Block(kind, made, line))
        pairs |= {s.id: pair(s, en) for s, (_, en) in zip(made, sentences, strict=True)}
    return Article(number, tuple(built), "2022-03-05", "高新时报", {}, ()), pairs


def sample() -> Bulletin:
    """Three articles, eight paragraphs, three findings, one forced pair."""
    articles, pairs = [], {}
    for number, blocks in enumerate(ARTICLES, start=1):
        article, made = _article(number, blocks)
        articles.append(article)
        pairs |= made
    forced = pairs["a1.p2.s3"]
    pairs["a1.p2.s3"] = replace(forced, origin=PairOrigin.FORCED, rung="split")
    return Bulletin("gaoxin-shibao-page", tuple(articles), pairs, FINDINGS, COLOPHON)


def long(articles: int) -> Bulletin:
    """`articles` copies of the second sample article, each with its own numbers; about one and a half pages each."""
    built, pairs = [], {}
    for number in range(1, articles + 1):
        heads, body, bylines = ARTICLES[1][:2], ARTICLES[1][2:6], ARTICLES[1][6:]
        article, made = _article(number, heads + body * 2 + bylines)
        built.append(article)
        pairs |= made
    return Bulletin("long", tuple(built), pairs, (), COLOPHON)
