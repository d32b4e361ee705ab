"""What a text has to say beside a claim: a source, a reference price, a quantity, a period, a warning.

Each proof is looked for in the whole text, in its plain form (simplified, marks between characters gone).
"""

import re
from collections.abc import Callable

NUMBER = r"(?:\d[\d,.]*|[一二三四五六七八九十百千万两]+)"
UNITS = (
    "份|件|套|名|瓶|个|台|只|盒|张|箱|支|条|袋|双|辆|部|杯|组|人|位|款|本|包|罐|斤|间|席|束|枚|桶|把|册|幅|"
    "块|颗|粒|片|对|单|副|架|场|户|碗|盘|道|壶|根|朵|筐|锅|串|笼|桌|碟|座|尊|棵|头|匹|吨"
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
HAN = "[一二三四五六七八九十]+"
PERIODS = (
    r"\d{1,2}月\d{1,2}[日号]?",
    r"\d{1,2}月(?:底|末|中|初|[上中下]旬)",
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}",
    r"\d{1,2}[/.]\d{1,2}(?:\s*[-~—–至到]|[-~至到]?\d{1,2}[/.]\d)",
    f"{HAN}月{HAN}[日号]",
    rf"\d{{1,2}}(?:st|nd|rd|th)? {MONTH}",
    rf"{MONTH} \d{{1,2}}",
    r"每(?:周|逢|月|日|天|晚)|周[一二三四五六日末]|星期[一二三四五六日天]|(?:本|当|下)[周月]|生日当[月天日]",
    r"\d+[点时](?:整)?(?:至|到|止)|全年|长期有效|有效期|为期\d+[天周日个]",
    r"活动(?:时间|期|日期)|(?:截止|截至)(?:至|到|时间)?\d",
)
# Nobody in particular: no source.
VAGUE = "(?:于|为|是)?(?:权威|专业|知名|可靠|官方数据|多家|相关|有关|某|大数据|互联网|网络|业内)"
SOURCES = (
    rf"(?:来源|出处)(?!{VAGUE})|数据(?:来自|源自|取自)(?!{VAGUE})",
    r"统计局|[季月年]报|财报|招股书|第三方|截至\d{4}|名(?:受试|志愿)|受试者|样本(?:量|数)?|n=\d|营养成分表",
    r"(?:根据|依据|据|摘自|引自|参考)[^，。；]{2,40}(?:报告|统计|调查|调研|数据|年鉴|标准|公报|研究|测试|检测|排名|榜)",
    r"(?:检测|检验|测试|评估|研究|审计|调研|定期|公证|评价|自测)报告|报告编号",
    r"(?:问卷|调查|调研|访谈|回访)[^。]{0,16}\d[\d,]*(?:份|名|人|位)|回收[^。]{0,3}\d[\d,]*份|名会员的|样本\d",
    r"(?:后台|系统|平台)订单数据|订单(?:系统|后台)(?:数据|统计)",
    r"(?:抽样|随机)(?:调查|访问|访谈|抽取)?[^。]{0,10}\d(?:户|名|人|份)",
    r"(?:托管|审计)[^,。]{0,6}(?:复核|覆核)|(?:未)?经审计|(?:复核|覆核)机构",
    r"实验室(?:测试|数据|测得|检测|条件|环境)|经(?!权威|专业|国家权威|多家|多项|严格|科学)[^，。]{2,20}(?:检测|测试|认证|检验|测定)",
    r"gb/?t? ?\d|iso ?\d|国家标准|source:|according to|tested by|based on an?",
    r"(?:study|survey|report|data) (?:by|from|of)|independent (?:lab|test)",
)
COMPARED = "(?:原价|划线价|市场价|专柜价|零售价|吊牌价|门市价)"
REFERENCES = (
    r"成交价|(?:较|比|相比|对比|低于)[^，。]{0,14}(?:标价|售价|价格|吊牌价|原价)",
    f"{COMPARED}(?:为|是|指|系|说明|来源|取自|依据|依|按|以)",
    r"(?:建议|指导)零售价|价格(?:依据|说明|来源|比较基准)|基准(?:为|价)|前七日|[7七]日内最低",
    r"\d(?:月|月\d+日|日)(?:本店|门店|门市|全店|官网)?(?:标价|售价|价格)|(?:原价|标价|售价)(?:自|从|于)\d",
    r"公开(?:售价|标价|报价)|\d[日号](?:的)?(?:公开|挂牌)?(?:售价|标价)|(?:标价|售价|报价)[^,。]{0,4}\d+月\d+日(?:查询|记录)",
    r"previous (?:price|lowest)|lowest price (?:in|of) the (?:last|past|previous)|\brrp\b",
    r"manufacturer.s recommended",
)
RISKS = (
    r"风险[^，。]{0,8}(?:须|需|请|谨慎|自担)|(?:有|存在|市场)风险|风险揭示|风险提示|谨慎",
    r"不(?:代表|预示|构成)|不保本|不保证|capital (?:is )?at risk|not a (?:guide|guarantee)|may lose",
)
PROMISES = (
    r"凭小票|凭[^，。]{0,6}(?:票|截图|凭证)|按[^，。]{0,6}规则|规则(?:见|详见)|详见",
    r"\d+(?:天|日|小时)内|[七三]十?[日天]内",
)
AWARDS = r"(?:19|20)\d{2}年?[^。]{0,30}(?:奖|评|榜|颁|授予|称号|品牌|企业)|颁发|授予|主办|证书编号"
PATTERNS = {
    "period": "|".join(PERIODS),
    "source": "|".join(SOURCES),
    "reference": "|".join(REFERENCES),
    "risk": "|".join(RISKS),
    "terms": "|".join(PROMISES),
    "annual_rate": r"年化利率|年利率|单利|年化综合|综合年化|apr\b|annual percentage",
    "award": AWARDS,
    "patent": r"专利号[:：]?|zl ?\d{4}|\bzl\d|专利(?:证书)?(?:编号|号码)|patent no",
    "certificate": r"证书编号|证书号|认证编号|证号|编号[:：]",
    "odds": r"(?:概率|几率|中奖率)[^,。]{0,6}(?:\d|[万千百]分之)",
    "published": r"公示|公布|公告|规则|详见|公证",
    "area": r"(?:建筑|套内|使用|产权|权状|室内|实用)(?:建筑)?面积|以不动产登记|主建物|登记面积",
    "disclaimer": r"不(?:能|可)?(?:代替|替代)药(?:物|品)",
}
PLAIN_PAUSES = str.maketrans("，；", ",;")  # as in plain texts
COMPILED = {name: re.compile(pattern.translate(PLAIN_PAUSES)) for name, pattern in PATTERNS.items()}
# A number of pieces, but not the number that each may buy, nor a price per piece.
LIMITS = "".join(f"(?<!{word})" for word in ("限购", "每人限", "每单限", "每户限", "限领", "购买", "满"))
COUNTED = re.compile(
    rf"{LIMITS}(?<![/每买第]){NUMBER}\s*(?:多|余)?(?:{UNITS})(?!起|以上|之内|无理由)|"
    r"(?:共|限|仅|仅限|总计|合计|前|首批)\s*\d+|(?:first|only|limited to) \d+|"
    r"\d+ (?:pieces|units|sets|items|bottles|boxes|places|seats|copies|people)"
)


def _quantity(text: str) -> bool:
    return COUNTED.search(text) is not None


def _searcher(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


def _prize(text: str) -> bool:
    """How many prizes or with which odds, and when they are drawn or where that is published."""
    return (_quantity(text) or COMPILED["odds"].search(text) is not None) and (
        COMPILED["period"].search(text) is not None or COMPILED["published"].search(text) is not None
    )


def _gift(text: str) -> bool:
    """Kind and number of the gift, and until when."""
    return _quantity(text) and COMPILED["period"].search(text) is not None


PROOFS: dict[str, Callable[[str], bool]] = {
    **{name: _searcher(pattern) for name, pattern in COMPILED.items()},
    "quantity": _quantity,
    "gift": _gift,
    "prize": _prize,
}
