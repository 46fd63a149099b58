"""Which of two insurances pays first. (Claims guide, decisions; NAIC Model 120; 42 CFR 411.)"""
from rules import RULES


def first_of(a, b, on):
    """Which of two insurances pays first on a day (1 or 2) and by which rule; 0 where no rule tells."""
    kinds = {a["kind"], b["kind"]}
    children = a["holder"] == b["holder"] == "other"
    medicare = kinds - {"medicare"} and "medicare" in kinds
    birthdays = children and "holderBirthday" in a and "holderBirthday" in b
    rules = [("Medicaid last", True, lambda plan: plan["kind"] != "medicaid"),
             ("Medicare secondary", medicare, lambda plan: (plan["kind"] == "medicare") != medicare_second(a, b, on)),
             ("no rule of its own", True, lambda plan: not plan["hasCoordinationRule"]),
             ("not a dependant", True, lambda plan: plan["holder"] == "patient"),
             ("court decree", children, lambda plan: plan.get("courtDecree", False)),
             ("birthday", birthdays, lambda plan: plan["holderBirthday"] < (b if plan is a else a)["holderBirthday"]),
             ("active", True, lambda plan: plan["employment"] == "active"),
             ("continuation", True, lambda plan: not plan["continuation"]),
             ("longer", True, lambda plan: plan["since"] < (b if plan is a else a)["since"])]
    for name, applies, is_first in rules:
        if applies and is_first(a) != is_first(b):
            return (1 if is_first(a) else 2), name
    return 0, "none"


def medicare_second(a, b, on):
    """Whether the plan beside Medicare pays before it: a group plan, by size of the employer or in the first months of renal disease."""
    medicare, other = (a, b) if a["kind"] == "medicare" else (b, a)
    working = other["employment"] == "active"
    return other["kind"] == "group" and {
        "age": working and other.get("employees", 0) >= RULES["AGED_EMPLOYEES"],
        "disability": working and other.get("employees", 0) >= RULES["DISABLED_EMPLOYEES"],
        "end-stage-renal-disease": on <= medicare.get("coordinationPeriodThru", ""),
    }[medicare["entitlement"]]
