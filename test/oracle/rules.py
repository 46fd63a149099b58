"""What the rules turn on, and arithmetic of days and of money. Amounts are integers in minor units throughout."""
from contextlib import contextmanager
from datetime import date, timedelta

RULES = {
    "UNKNOWN_PERSON": "PR-31", "UNKNOWN_PERSON_REMARK": "N382",
    "BEFORE_COVERAGE": "PR-26", "AFTER_COVERAGE": "PR-27", "LAPSE": "PR-200", "COVERAGE_REMARK": "N30",
    "LATE": "CO-29", "LATE_REMARK": "N211", "FILING_GRACE_DAYS": 0,
    "DUPLICATE": "OA-18", "DUPLICATE_REMARK": "N522",
    "REPEATED": ["76", "77", "91", "59", "XE", "XS", "XP", "XU"],
    "UNLICENSED": "CO-B7", "UNLICENSED_REMARK": "N570", "TELEHEALTH": ["02", "10"],
    "EXCLUDED": "CO-B7", "EXCLUDED_REMARK": "N570", "EXCLUDED_REFERRER": "CO-183", "EXCLUDED_REFERRER_REMARK": "N574", "EXCLUDED_ORDERER": "CO-184",
    "SCOPE": "CO-185", "SCOPE_REMARK": "N95",
    "NOT_AUTHORISED": "CO-197", "OTHER_AUTHORISATION": "CO-15", "AUTHORISATION_OVER": "CO-302", "OTHER_PROVIDER": "CO-296", "UNITS_USED": "CO-198", "AUTHORISATION_REMARK": "M62",
    "NOT_REFERRED": "CO-243", "REFERRAL_REMARK": "N130",
    "DATA": "CO-16", "NO_POINTER": "M76", "NO_PLACE": "M77", "NO_RENDERING": "N290", "NO_ATTENDING": "N253", "NO_GROUP": "N208",
    "NOT_A_CODE": "CO-181", "NOT_A_CODE_REMARK": "M20", "NOT_A_MODIFIER": "CO-182", "NOT_A_MODIFIER_REMARK": "N519", "NOT_A_PLACE_REMARK": "M77", "NOT_A_REVENUE_CODE_REMARK": "M50",
    "NOT_A_DIAGNOSIS": "CO-146", "NOT_A_DIAGNOSIS_REMARK": "M76", "ICD_10_SINCE": 20151001,
    "MODIFIER_MISFIT": "CO-4", "MODIFIER_MISFIT_REMARK": "N519", "PLACE_MISFIT": "CO-5", "PLACE_MISFIT_REMARK": "M77", "AGE_MISFIT": "CO-6", "SEX_MISFIT": "CO-7",
    "DIAGNOSIS_AGE_MISFIT": "CO-9", "DIAGNOSIS_SEX_MISFIT": "CO-10", "DIAGNOSIS_MISFIT": "CO-11",
    "NOT_COVERED": "PR-96", "NOT_COVERED_REMARK": "N130", "NO_BENEFIT": "PR-204",
    "BUNDLED_PAIR": "CO-236", "BUNDLED_PAIR_REMARK": "M80", "DISTINCT_SINCE": 20190701,
    "DISTINCT_EITHER": ["59", "XE", "XS", "XP", "XU"], "DISTINCT_VISIT": ["24", "25", "57"],
    "DISTINCT": ["E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "LT", "RT",
                 "LC", "LD", "LM", "RC", "RI", "58", "78", "79", "27", "91"],
    "TOO_MANY": "CO-151", "TOO_MANY_REMARK": "N362",
    # the guide names neither code: CO-107 and CO-97 are those of the standard's list
    "NO_PRIMARY": "CO-107", "NO_PRIMARY_REMARK": "N122", "PART_OF_PROCEDURE": "CO-97", "PART_OF_PROCEDURE_REMARK": "M144",
    "UNRELATED_AFTER": ["24"], "ANOTHER_ON_THE_DAY": ["25", "57"], "MAJOR": 90,
    # of a stay: hospital, swing bed, skilled nursing, intermediate care, residential
    "PARTIAL_BILLS": ["2", "3", "4", "5"], "INPATIENT": ["11", "18", "21", "28", "41", "65", "66", "86"], "STILL_PATIENT": "30", "EMERGENCY_ROOM": "045", "EMERGENCY_PLACE": "23",
    # not in the guide: Medicare's list (claims processing manual, ch. 26 § 10.5); telehealth at 02 (away from home) is among them, at 10 (at home) not
    "FACILITIES": ["02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"], "WHOLE": 10_000, "UNIT": 1_000,
    "CONTRACTUAL": "CO-45", "BALANCE_BILLED": "PR-45", "ABOVE_CHARGE": "CO-94", "SEVERAL": "CO-59", "SECOND_PROCEDURE": "51", "NO_RATE": "CO-147", "BUNDLED": "CO-97",
    "DEDUCTIBLE": "PR-1", "COINSURANCE": "PR-2", "COPAY": "PR-3", "MAXIMUM": "PR-119", "MAXIMUM_REMARK": "N362",
    "CUT_ORDER": ["coinsurance", "copay", "deductible"],
    "NO_WORD_OF_THE_FIRST": "CO-22", "NO_WORD_REMARK": "MA04", "OTHERS_EFFECT": "OA-23",
    "PLACES": {"P": 0, "S": 1, "T": 2, "U": 3}, "AGED_EMPLOYEES": 20, "DISABLED_EMPLOYEES": 100,
    "SPREAD": ["deductible", "copay", "coinsurance"], "MONTH": 30,
}

# Lists whose order is the rule; all of their entries have to be there.
ORDERED = ["CUT_ORDER", "SPREAD"]


def mutants():
    """Every constant changed in turn: a number by one, a word by a letter, a list by one entry less or by its order."""
    for name, value in list(RULES.items()):
        if isinstance(value, list):
            changes = [value[:at] + value[at + 1:] for at in range(len(value))] if name not in ORDERED else [value[::-1]]
        elif isinstance(value, dict):
            changes = [{**value, key: one + 1} for key, one in value.items()]
        else:
            changes = [value + 1 if isinstance(value, int) else value + "x"]
        for at, change in enumerate(changes):
            label = f"[{value[at]}]" if isinstance(value, list) and name not in ORDERED else f"[{at}]" if len(changes) > 1 else ""
            yield name + label, name, change


@contextmanager
def changed(name, value):
    kept = RULES[name]
    RULES[name] = value
    try:
        yield
    finally:
        RULES[name] = kept


def day(text):
    return date.fromisoformat(text)


def days(line):
    one = day(line["serviceFrom"])
    while one <= day(line["serviceThru"]):
        yield one.isoformat()
        one += timedelta(days=1)


def between(earlier, later):
    return (day(later) - day(earlier)).days


def holds(period, on):
    return period.get("from", "") <= on and on <= period.get("thru", "9999")


def number(on):
    return int(on.replace("-", ""))


def scale(amount, numerator, denominator, rounding):
    """amount x numerator / denominator for amounts that are not negative."""
    whole, rest = divmod(amount * numerator, denominator)
    if rounding == "down" or rest * 2 < denominator:
        return whole
    if rest * 2 == denominator and rounding == "halfEven" and whole % 2 == 0:
        return whole
    return whole + 1


def year_of(plan, on):
    year, month = int(on[:4]), int(on[5:7])
    return f"{year if month >= plan['benefitYearMonth'] else year - 1}-{plan['benefitYearMonth']:02d}-01"
