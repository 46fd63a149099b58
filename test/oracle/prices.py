"""What the contract allows: line by line, or one amount for the claim, spread over its lines. (Claims guide 2.4, decisions: CARC 45, 59; 42 CFR 412.4 and
412.84.) Each line gets {full, allowed, nothing}: before and after a reduction for several procedures, and the denial that an amount of nothing is."""
from case import covered, is_room
from rules import RULES, between, scale


def price(case, lines):
    """Of lines that no edit denied: number -> amounts, a denial's reason, or None where a person has to say."""
    prices = case.schedule["prices"]
    if prices["type"] == "listed":
        return listed(case, lines, prices)
    if prices["type"] == "share-of-charges":
        amounts = {line["number"]: scale(covered(line), prices["share"], RULES["WHOLE"], case.plan["rounding"]) for line in lines}
        return {number: {"full": amount, "allowed": amount, "nothing": RULES["NO_RATE"]} for number, amount in amounts.items()}
    return spread(claim_price(case, lines, prices), lines)


def category_of(case, line):
    """By which category the plan decides on a line; of a claim with one price by what prices it."""
    prices = case.schedule["prices"] if case.schedule else None
    if prices is None:
        return None
    if prices["type"] == "share-of-charges":
        return prices["category"]
    entry = fee(case, line) if prices["type"] == "listed" else case_entry(case, case.content["lines"], prices)
    return entry["category"] if entry else None


def entry_at(case, key):
    return next((one["fee"] for one in case.schedule["prices"]["entries"] if one["key"] == key), None)


def fee(case, line):
    pricing = [modifier for modifier in case.oracle.world["pricingModifiers"] if modifier in line["procedure"]["modifiers"]]
    return entry_at(case, "-".join([line["procedure"]["code"], *pricing]))


def no_price(prices):
    return None if prices["notListed"] == "pend" else prices["notListed"]


# -- listed prices --------------------------------------------------------------------------------------------------------------

def listed(case, lines, prices):
    known = [(line, full_fee(case, line, prices)) for line in lines if fee(case, line)]
    found = {line["number"]: no_price(prices) for line in lines}
    for line, amount in known:
        def most(value):
            return min(covered(line), value) if prices["lesserOfCharge"] else value
        factor = reduction(case, line, known, prices)
        found[line["number"]] = {"full": most(amount), "allowed": most(scale(amount, factor, RULES["WHOLE"], case.plan["rounding"])),
                                 "nothing": fee(case, line).get("zeroPrice", RULES["NO_RATE"])}
    return found


def full_fee(case, line, prices):
    """Price x units x factors, rounded at each step."""
    entry, rounding = fee(case, line), case.plan["rounding"]
    unit = entry.get("facilityAmountMinor", entry["amountMinor"]) if case.place(line) in RULES["FACILITIES"] else entry["amountMinor"]
    amount = scale(unit, line["quantity"]["thousandths"], RULES["UNIT"], rounding)
    for one in prices["modifierFactors"]:
        if one["modifier"] in line["procedure"]["modifiers"] and one["modifier"] != RULES["SECOND_PROCEDURE"]:
            amount = scale(amount, one["factor"], RULES["WHOLE"], rounding)
    return amount


def reduction(case, line, known, prices):
    """Where the contract ranks several procedures of a provider and day, by rank in price, of equals the earlier line first; else by modifier 51."""
    ranks = prices.get("multipleProcedureFactors")
    if ranks is None:
        factors = [one["factor"] for one in prices["modifierFactors"] if one["modifier"] == RULES["SECOND_PROCEDURE"]]
        return factors[0] if factors and RULES["SECOND_PROCEDURE"] in line["procedure"]["modifiers"] else RULES["WHOLE"]
    if not fee(case, line).get("multipleProcedure"):
        return RULES["WHOLE"]
    def visit(one):
        return one["serviceFrom"], case.rendering(one).get("npi")
    rivals = [(-amount, one["number"]) for one, amount in known if fee(case, one).get("multipleProcedure") and visit(one) == visit(line)]
    rank = sorted(rivals).index(next(rival for rival in rivals if rival[1] == line["number"]))
    return ranks[min(rank, len(ranks) - 1)]


# -- one price for the claim ------------------------------------------------------------------------------------------------------

def case_entry(case, lines, prices):
    """The entry that prices a claim: of a room, of its group, of its principal procedure, or (house rule) of its dearest service."""
    facts = case.institutional or {}
    group = entry_at(case, f"DRG{facts['drg']}") if "drg" in facts else None
    if prices["type"] == "drg":
        return group
    if prices["type"] == "per-diem":
        return next((entry for line in case.content["lines"] if is_room(line) for entry in [entry_at(case, line["revenueCode"])] if entry), None)
    principal = next((entry_at(case, one["code"]) for one in facts.get("procedures", []) if one["qualifier"] in ("BBR", "BR")), None)
    services = [entry for line in lines for entry in [fee(case, line)] if entry]
    return group or principal or max(services, key=lambda entry: entry["amountMinor"], default=None)


def claim_price(case, lines, prices):
    rounding, total = case.plan["rounding"], sum(covered(line) for line in lines)
    entry = case_entry(case, lines, prices)
    if prices["type"] == "per-diem":
        rooms = [(line, entry_at(case, line["revenueCode"])) for line in lines if is_room(line)]
        amount = sum(scale(one["amountMinor"], line["quantity"]["thousandths"], RULES["UNIT"], rounding) for line, one in rooms) if rooms and all(one for _, one in rooms) else None
    elif entry is None:
        amount = None
    else:
        amount = entry["amountMinor"] if prices["type"] == "case-rate" else group_price(case, entry, prices, total)
    if amount is None:
        return no_price(prices)
    if amount == 0:
        return entry.get("zeroPrice", RULES["NO_RATE"])
    return {"amount": min(total, amount) if prices["lesserOfCharge"] else amount}


def group_price(case, entry, prices, total):
    """Base x weight; a transfer is paid by the day, the first one twice, at most in full; a stay that costs far more its outlier's part."""
    facts, rounding = case.institutional, case.plan["rounding"]
    amount = scale(prices["baseRateMinor"], entry["relativeWeight"], RULES["WHOLE"], rounding)
    if facts.get("patientStatus") in prices.get("transferStatuses", []) and "meanStayTenths" in entry:
        nights = max(1, between(facts.get("admission", {}).get("date", facts["statementFrom"]), facts["statementThru"]))
        amount = min(amount, scale(amount, (nights + 1) * 10, entry["meanStayTenths"], rounding))
    outlier = prices.get("outlier")
    if outlier is None:
        return amount
    cost = scale(total, outlier["costToCharge"], RULES["WHOLE"], rounding)
    return amount + scale(max(0, cost - amount - outlier["thresholdMinor"]), outlier["share"], RULES["WHOLE"], rounding)


def spread(found, lines):
    """By covered charge, rounded down (house rule); the last line with a charge takes the rest."""
    if not isinstance(found, dict):
        return {line["number"]: found for line in lines}
    total = sum(covered(line) for line in lines)
    shares = {line["number"]: found["amount"] * covered(line) // total if total else 0 for line in lines}
    last = max([line["number"] for line in lines if covered(line) > 0] or [line["number"] for line in lines])
    shares[last] += found["amount"] - sum(shares.values())
    return {number: {"full": share, "allowed": share, "nothing": None} for number, share in shares.items()}
