"""What figures say in Chinese: every phrase of theirs beside its translation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lantian.frames._definitions import definition
from lantian.plots.style import Language
from lantian.results import Results

CHINESE = {
    "{n} replications": "{n}次重复模拟",
    "replication {n}": "第{n}次重复模拟",
    "{a} to {b}": "{a}至{b}年",
    "{a}": "{a}年",
    "{pollutant}, direct emission": "{pollutant}直接排放量",
    "{pollutant}, stack emission": "{pollutant}有组织排放量",
    "{pollutant}, fugitive emission": "{pollutant}无组织排放量",
    "{pollutant}, indirect emission": "{pollutant}间接排放量",
    "{pollutant}, avoided emission": "{pollutant}避免排放量",
    "median": "中位数",
    "half of the replications": "50%的模拟",
    "nine tenths of the replications": "90%的模拟",
    "calendar year": "年份",
    "month": "月份",
    "{base} to {plan}": "{base} → {plan}",
    "emission with all of them": "全部实施后的排放量",
    "emission without any of them": "均不实施时的排放量",
    "raises the emission: {names}": "排放量反而增加：{names}",
    "abated {pollutant}, direct": "{pollutant}直接减排量",
    "cost of abated {pollutant}": "{pollutant}减排成本",
    "marginal abatement cost of {pollutant}": "{pollutant}边际减排成本",
    "all cost is charged to this pollutant": "全部成本计入该污染物",
    "whiskers: 10 to 90 % of the replications": "误差线：10%至90%的模拟",
    "whiskers: 5 to 95 % of the replications": "误差线：5%至95%的模拟",
    "not drawn, no abatement: {names}": "无减排量，未绘出：{names}",
    "capital over the life of what it builds, at {rate:.3g} % a year": (
        "资本成本按{rate:.3g}%年折现率在设施寿命内年化"
    ),
    "each width is by itself: overlaps are in none, or in several": (
        "各宽度相互独立：重叠部分可能未计或重复计入"
    ),
    "of no measure: {names}": "不属于任何措施：{names}",
    "interaction": "相互作用",
    "other-changes": "其他变化",
    "pollution equivalents": "污染当量",
    "alone": "单独实施",
    "last": "最后实施",
    "sequential": "依次实施",
    "integrated": "综合归因",
    "{names} and {n} more": "{names}等{n}项",
    "{n} groups without a cost in the scenario": "{n}组措施在情景中未给出成本",
    "money of {year}": "{year}年价格",
    "unchanged, not drawn: {n}": "无变化，未绘出：{n}项",
    "share completed": "完成比例",
    "share of the replications in which it is {milestone}": "{milestone}的模拟比例",
    "share of the measures that are {milestone}": "{milestone}的措施比例",
    "begun": "已开工",
    "works": "已建成",
    "assessed": "已评估",
    "published": "已公示",
    "deadline {date}": "期限{date}",
    "{share:.0%} in time": "按期{share:.0%}",
    "date": "日期",
    "{scenario}: stages": "{scenario}：各措施进度",
    "predecessors": "等待前置措施",
    "permits": "审批",
    "crews": "等待施工队",
    "money": "等待资金",
    "season": "停工季节",
    "alerts": "重污染停工",
    "work": "施工",
    "unresolved": "日志未细分",
    "organised": "有组织",
    "fugitive": "无组织",
    "transport": "清洁运输",
    "before": "之前",
    "after": "之后",
    "area in proportion to the load": "面积与排放量成正比",
    "all measures": "全部措施",
    "{name}, {a} to {b}": "{name}：{a} → {b}",
    "{name}, {span} earlier": "{name}：提前{span}",
    "{name}, {span} later": "{name}：推后{span}",
    "{n} d": "{n}天",
    "{n} week": "{n}周",
    "{n} month": "{n}个月",
    "{n} year": "{n}年",
    "change, with its 95 % interval": "变化量及95%置信区间",
    "percentage points": "百分点",
    "longitude": "经度",
    "latitude": "纬度",
    "no coordinates, not drawn: {names}": "无坐标，未绘出：{names}",
    "nothing emitted, not drawn: {names}": "无排放，未绘出：{names}",
    "{outcome}: one input at a time": "{outcome}：逐一改变输入",
    "mean of {n} chance draws": "{n}次随机抽样的均值",
    "input at its 10 % quantile": "输入取10%分位数",
    "input at its 90 % quantile": "输入取90%分位数",
    "smaller, not drawn: {n}": "影响更小，未绘出：{n}项",
    "without effect, not drawn: {n}": "无影响，未绘出：{n}项",
    "what {outcome} depends on": "{outcome}取决于什么",
    "{n} runs": "{n}次模拟",
    "share of the variance": "占方差的比例",
    "by itself": "单独作用",
    "with all interactions": "含全部交互作用",
    "chance: durations, failures, weather": "随机因素：工期、故障、天气",
    "all other uncertain inputs together": "其余全部不确定输入",
    "whiskers: 95 % intervals by bootstrap": "误差线：自助法95%区间",
    "{pollutant}, added to the air": "{pollutant}浓度贡献",
    "screening: a plume from a wind rose": "仅供筛查：由风玫瑰推算的烟羽",
    "by a source-receptor matrix": "由源–受体矩阵得出",
    "by a source-receptor matrix, elsewhere screening": "由源–受体矩阵得出，其余仅供筛查",
    "of the emission, {low:.0%} to {high:.0%} is known there": (
        "受体处影响已知的排放占{low:.0%}至{high:.0%}"
    ),
    "{share:.0%} known": "已知{share:.0%}",
    "needs an external matrix, not drawn: {names}": "需要外部矩阵，未绘出：{names}",
}
# What English says in other words than the key.
ENGLISH = {
    "works": "built",
    "predecessors": "waits for predecessors",
    "permits": "permits and assessment",
    "crews": "waits for crews",
    "money": "waits for money",
    "season": "waits for the season",
    "alerts": "waits for the end of an alert",
    "work": "works",
    "unresolved": "not told by the log",
    "alone": "each alone",
    "last": "each as the last",
    "sequential": "one after the other",
    "integrated": "shared out (Shapley)",
    "other-changes": "other changes",
}


def say(phrase: str, language: Language, **values: Any) -> str:
    """Give a phrase in a language, its blanks filled in."""
    text = CHINESE[phrase] if language == "zh" else ENGLISH.get(phrase, phrase)
    return text.format(**values)


def title_of(results: Results, scenario: str, language: Language) -> str:
    """Give what people call a scenario; its id where it has no title."""
    attributes = results[scenario].attributes
    english = str(attributes.get("title") or scenario)
    return str(attributes.get("title_zh") or english) if language == "zh" else english


def pollutant_name(results: Results, scenario: str, pollutant: str, language: Language) -> str:
    """Give the id of a pollutant, in Chinese its name where the scenario has one."""
    if language == "en":
        return pollutant
    known = definition(results, scenario).get("pollutants", {})
    return str(known.get(pollutant, {}).get("name_zh", pollutant))


def listed(names: Iterable[object], language: Language, *, most: int = 6) -> str:
    """Put names in a row; of many only the first, and how many more there are."""
    texts = [str(name) for name in names]
    row = ("、" if language == "zh" else ", ").join(texts[:most])
    if len(texts) <= most:
        return row
    return say("{names} and {n} more", language, names=row, n=len(texts) - most)


def change_of(base: str, plan: str, language: Language) -> str:
    """Say from which scenario to which, by their titles; one of them where both have the same."""
    return plan if base == plan else say("{base} to {plan}", language, base=base, plan=plan)


def span_of(years: tuple[int, int], language: Language) -> str:
    """Give a year, or from which to which."""
    first, last = years
    if first == last:
        return say("{a}", language, a=first)
    return say("{a} to {b}", language, a=first, b=last)


def full_title(what: str, results: Results, language: Language, *more: str) -> str:
    """Join what is drawn, of which scenarios, and how many replications."""
    runs = say("{n} replications", language, n=results.replications)
    return (what + "\n" + " · ".join([*more, runs])) if more else f"{what} · {runs}"
