"""Edits that look at the services beside a line: those of its claim that no other edit denies (house rule), and the person's history, of the same
provider: a clinician by NPI, a house by tax id. (Claims guide 2.3 step 12, decisions: edits; NCCI policy manual, ch. I.)"""
from case import NOT_ASKED
from rules import RULES, between, holds, number


def beside(case, line, passed):
    if case.institutional:
        earlier = [other for claim, other in case.earlier() if claim["content"]["billing"]["taxId"] == case.content["billing"]["taxId"]]
        return [other for other in passed if other is not line] + earlier
    own = [{"line": other, "npi": case.rendering(other).get("npi")} for other in passed if other is not line]
    earlier = [{"line": other, "npi": other["outcome"]["npi"]} for _, other in case.earlier()]
    return [one["line"] for one in own + earlier if one["npi"] == case.rendering(line).get("npi")]


def of_setting(case, table):
    """Outpatient hospitals have NCCI tables of their own; none are for stays."""
    return f"{table}-outpatient" if case.institutional else table


def same_day(case, line, passed):
    return [other for other in beside(case, line, passed) if other["serviceFrom"] == line["serviceFrom"]]


def pair(case, line, passed):
    """Column 2 beside column 1, unless a modifier says that they were distinct and the edit lets one."""
    on, code = line["serviceFrom"], line["procedure"]["code"]
    table = of_setting(case, "ncci-ptp")
    edition = case.edition(table, on) if table in case.tables and case.concerns(table) else None
    for other in same_day(case, line, passed):
        pairs = [one for one in (edition["entries"] if edition else []) if (one["pays"], one["other"]) == (other["procedure"]["code"], code) and holds(one, on) and one["modifier"] != "9"]
        if pairs and not (pairs[0]["modifier"] == "1" and is_distinct(case, line, other)):
            yield "deny", RULES["BUNDLED_PAIR"], RULES["BUNDLED_PAIR_REMARK"]
            return


def is_distinct(case, line, column1):
    own, others = set(line["procedure"]["modifiers"]), set(column1["procedure"]["modifiers"])
    either = set(RULES["DISTINCT_EITHER"])
    # house rule: where the payer has no rules of codes, any code may be a visit
    rule = case.service_entry("service-rules", line)
    visit = rule is NOT_ASKED or (rule or {}).get("visit", False)
    return bool(own & (either | set(RULES["DISTINCT"]))) or (number(line["serviceFrom"]) >= RULES["DISTINCT_SINCE"] and bool(others & either)) or (visit and bool(own & set(RULES["DISTINCT_VISIT"])))


def units(case, line, passed):
    """More units than are likely, on the line (indicator 1) or of the day's lines (2 and 3)."""
    most = case.service_entry(of_setting(case, "mue"), line)
    if most in (None, NOT_ASKED):
        return
    others = [] if most["indicator"] == "1" else [other for other in same_day(case, line, passed) if other["procedure"]["code"] == line["procedure"]["code"]]
    if sum(a_day(one) for one in [line, *others]) > most["most"] * RULES["UNIT"]:
        yield "deny", RULES["TOO_MANY"], RULES["TOO_MANY_REMARK"]


def a_day(line):
    """Units of one day, in thousandths; of several days the share, rounded to whole units."""
    days = between(line["serviceFrom"], line["serviceThru"]) + 1
    thousandths = line["quantity"]["thousandths"]
    return thousandths if days == 1 else (2 * thousandths + days * RULES["UNIT"]) // (2 * days * RULES["UNIT"]) * RULES["UNIT"]


def add_on(case, line, passed):
    primaries = case.service_rule(line, "addOnTo")
    if primaries is None:
        return
    others = {other["procedure"]["code"] for other in same_day(case, line, passed)} - {line["procedure"]["code"]}
    if not (others & set(primaries) or (others and "*" in primaries)):
        yield "deny", RULES["NO_PRIMARY"], RULES["NO_PRIMARY_REMARK"]


def global_period(case, line, passed):
    """A visit in a procedure's period; a period of 90 days begins the day before."""
    if not case.service_rule(line, "visit"):
        return
    modifiers = set(line["procedure"]["modifiers"])
    for other in beside(case, line, passed):
        period = case.service_rule(other, "globalDays")
        after = between(other["serviceFrom"], line["serviceFrom"])
        if period is None or not (-1 if period == RULES["MAJOR"] else 0) <= after <= period:
            continue
        if not modifiers & set(RULES["UNRELATED_AFTER" if after > 0 else "ANOTHER_ON_THE_DAY"]):
            yield "deny", RULES["PART_OF_PROCEDURE"], RULES["PART_OF_PROCEDURE_REMARK"]
            return


PROFESSIONAL = [("ncci-ptp/v1", pair), ("mue/v1", units), ("add-on/v1", add_on), ("global-period/v1", global_period)]
INSTITUTIONAL = [("ncci-ptp-outpatient/v1", pair), ("mue-outpatient/v1", units), ("add-on/v1", add_on)]
