"""Who bears what is allowed: cost shares, limits, other payers, reductions of payment. (Claims guide 2.3 steps 13 to 17, 2.4, decisions.)"""
from case import covered
from prices import category_of, price
from rules import RULES, holds, scale


def decide(case, lines):
    """Lines with their denials by edits become a decision with its postings; or the reasons of a hold, where there is no price."""
    fired, postings = case.oracle.fired, []
    prices = price(case, [line for line, denial in lines if denial is None]) if any(denial is None for _, denial in lines) else {}
    if any(found is None for found in prices.values()):
        return {f"{PRICE} no-price"}, None
    work = Work(case, postings)
    decided = []
    for line, denial in sorted(lines, key=lambda entry: (entry[0]["serviceFrom"], entry[0]["number"])):
        found = prices.get(line["number"])
        if denial is None and not isinstance(found, dict):
            denial = (found, [RULES["NOT_COVERED_REMARK"]] if found == RULES["NOT_COVERED"] else [])
            fired[PRICE] += 1
        elif denial is None and found["full"] == 0 and covered(line) > 0 and found["nothing"]:
            denial = (found["nothing"], [RULES["NOT_COVERED_REMARK"]] if found["nothing"] == RULES["NOT_COVERED"] else [])
            fired[PRICE] += 1
        outcome = work.denied(line, *denial) if denial else work.priced(line, found)
        work.visits.append((line, outcome))
        decided.append(outcome)
    decided.sort(key=lambda line: line["number"])
    denied, paid = [line["denied"] for line in decided], sum(line["paid"] for line in decided)
    decision = "DENIED" if all(denied) else "PARTIAL" if any(denied) else "PAID" if paid > 0 else "ZERO_PAY"
    return set(), {"decision": decision, "paid": paid, "lines": decided, "postings": postings}


PRICE = "price/v2"


class Work:
    """The lines of one claim, one after the other, against totals that run on."""

    def __init__(self, case, postings):
        self.case, self.plan, self.postings, self.visits = case, case.plan, postings, []

    def denied(self, line, reason, remarks):
        """The charge; after other payers only what they left, the rest is theirs."""
        case = self.case
        left = case.left(line) if case.before else line["chargeMinor"]
        return {**nothing(case, line), "denied": True, "adjustments": amounts({RULES["OTHERS_EFFECT"]: line["chargeMinor"] - left, reason: left}), "remarks": sorted(remarks)}

    def same_visit(self, line, category):
        """Services of the person, provider, day and category that were decided before; all days of a stay are one."""
        case = self.case
        visit = [outcome for other, outcome in self.visits if other["serviceFrom"] == line["serviceFrom"] or case.inpatient]
        visit += [other["outcome"] for _, other in case.earlier() if other["serviceFrom"] == line["serviceFrom"]]
        return [outcome for outcome in visit if not outcome["denied"] and outcome["category"] == category and outcome["npi"] == case.rendering(line).get("npi")]

    def priced(self, line, found):
        case, fired = self.case, self.case.oracle.fired
        fired[f"{PRICE} {case.schedule['prices']['type']}"] += 1
        benefit = next(one for one in self.plan["benefits"] if one["category"] == category_of(case, line))
        limit, visited = benefit.get("limit", {}), self.same_visit(line, benefit["category"])
        if "visits" in limit and not visited and self.limit_room("visits", benefit, limit["visits"]) == 0:
            fired["benefit-limits/v1"] += 1
            return self.denied(line, RULES["MAXIMUM"], [RULES["MAXIMUM_REMARK"]])
        alone, over = self.shares_of(found["allowed"], benefit, visited)
        result = self.after_others(line, found["allowed"], alone, lambda amount: self.shares_of(amount, benefit, visited)[0]) if case.before else self.first(line, found, alone, over)
        fired["cost-share/v1"] += 1
        fired["benefit-limits/v1"] += 1 if over else 0
        self.post(alone, result, benefit)
        if "visits" in limit and not visited:
            self.post_own("visits", benefit, 1)
        if "paidMinor" in limit:
            self.post_own("paid", benefit, result["paid"])
        adjustments = {**result.pop("adjustments"), RULES["DEDUCTIBLE"]: result["deductible"], RULES["COPAY"]: result["copay"], RULES["COINSURANCE"]: result["coinsurance"]}
        adjustments.update(self.kept(line, result))
        remarks = [RULES["NOT_COVERED_REMARK"]] if line.get("nonCoveredMinor") else []
        return {**nothing(case, line), "category": benefit["category"], "allowed": found["allowed"], **result, "adjustments": amounts(adjustments), "remarks": remarks}

    def first(self, line, found, alone, over):
        difference = covered(line) - found["full"]
        excess = RULES["BALANCE_BILLED"] if self.may_bill_rest(line) else RULES["CONTRACTUAL"]
        reason = RULES["BUNDLED"] if found["full"] == 0 and difference else excess if difference > 0 else RULES["ABOVE_CHARGE"]
        several = found["full"] - found["allowed"]
        self.case.oracle.fired[f"adjustment {reason}"] += 1 if difference else 0
        self.case.oracle.fired[f"adjustment {RULES['SEVERAL']}"] += 1 if several else 0
        adjustments = {reason: difference, RULES["SEVERAL"]: several, RULES["NOT_COVERED"]: line.get("nonCoveredMinor", 0), RULES["MAXIMUM"]: over}
        return {**{kind: alone[kind] for kind in KINDS}, "paid": alone["paid"], "adjustments": adjustments}

    def may_bill_rest(self, line):
        """Outside the network, where the contract says so, and never for emergencies (45 CFR 149.410)."""
        emergency = line.get("emergency") or self.case.place(line) == RULES["EMERGENCY_PLACE"] or line.get("revenueCode", "").startswith(RULES["EMERGENCY_ROOM"])
        return self.case.schedule.get("outOfNetwork", {}).get("balanceBilling", False) and not emergency

    def after_others(self, line, allowed, alone, shares_of):
        """Coordination of benefits: what we pay of what the others left, by the plan's method; nothing is written off twice."""
        case, terms, charge = self.case, self.plan["coordination"], line["chargeMinor"]
        case.oracle.fired[f"coordination {terms['method']} {terms['allowableExpense']}"] += 1
        before = case.decisions_before(line)
        left, paid_before = case.left(line), sum(one["paidMinor"] for one in before)
        theirs = max(one["paidMinor"] + sum(each["amountMinor"] for each in one["adjustments"] if each["group"] == "PR") for one in before)
        expense = max(allowed, theirs) if terms["allowableExpense"] == "higher" else allowed
        own = alone
        if terms["method"] == "standard":
            paid = min(alone["paid"], max(0, expense - paid_before), left)
        elif terms["method"] == "maintenance":
            own = shares_of(max(0, allowed - paid_before))
            paid = min(own["paid"], left)
        else:
            paid = min(max(0, alone["paid"] - paid_before), left)
        off = max(0, left - max(0, expense - paid_before))
        patient = max(0, left - paid - off)
        shares = dict.fromkeys(KINDS, 0)
        for kind in RULES["SPREAD"]:
            shares[kind] = min(patient, own[kind])
            patient -= shares[kind]
        return {**shares, "paid": paid, "adjustments": {RULES["OTHERS_EFFECT"]: charge - left, RULES["CONTRACTUAL"]: left - paid - sum(shares.values())}}

    def shares_of(self, allowed, benefit, visited):
        """What the patient bears of an allowed amount, in the plan's order and within its limits, what is paid, and what lies above the category's maximum."""
        shares = dict.fromkeys(KINDS, 0)
        rest = allowed
        for kind in self.plan["costShareOrder"]:
            if kind == "deductible":
                used = shares["copay"] if benefit["copayCountsToDeductible"] else 0
                amount = min(rest, max(0, self.room("deductible") - used)) if benefit["deductibleApplies"] else 0
            elif kind == "copay":
                amount = 0 if any(outcome["copay"] > 0 for outcome in visited) else min(rest, benefit["copayMinor"])
            else:
                amount = scale(rest, benefit["coinsurance"], RULES["WHOLE"], self.plan["rounding"])
            shares[kind] = amount
            rest -= amount
        if benefit["countsToOutOfPocket"]:
            excess = max(0, sum(shares.values()) - self.room("out-of-pocket"))
            for kind in RULES["CUT_ORDER"]:
                cut = min(excess, shares[kind])
                shares[kind] -= cut
                excess -= cut
        normal = allowed - sum(shares.values())
        most = benefit.get("limit", {}).get("paidMinor")
        paid = normal if most is None else min(normal, self.limit_room("paid", benefit, most))
        return {**shares, "paid": paid}, normal - paid

    def kept(self, line, result):
        """Sequestration and withhold: each takes its share of what the one before left."""
        found = {}
        for one in self.plan.get("edits", {}).get("reductions", []):
            if holds(one, line["serviceFrom"]):
                amount = scale(result["paid"], one["share"], RULES["WHOLE"], self.plan["rounding"])
                result["paid"] -= amount
                found[f"CO-{one['reason']}"] = amount
                self.case.oracle.fired[f"reductions/v1 {one['reason']}"] += 1 if amount else 0
        return found

    # -- totals of the benefit year ------------------------------------------------------------------------------------------

    def room(self, bucket):
        case, limit = self.case, self.plan["deductible" if bucket == "deductible" else "outOfPocket"]
        own = case.used(case.person["person"], bucket, self.postings)
        rooms = [limit["familyMinor"] - case.used("family", bucket, self.postings)]
        if limit["kind"] == "embedded":
            rooms.append(limit["individualMinor"] - own)
        if bucket == "out-of-pocket" and "selfOnlyLimitMinor" in self.plan:
            rooms.append(self.plan["selfOnlyLimitMinor"] - own)
        return max(0, min(rooms))

    def limit_room(self, what, benefit, most):
        return max(0, most - self.case.used(self.case.person["person"], f"{what}-{benefit['category']}", self.postings))

    def post_own(self, what, benefit, amount):
        self.postings.append((self.case.leaf(self.case.person["person"], f"{what}-{benefit['category']}"), amount))

    def post(self, alone, borne, benefit):
        """The deductible counts as if nobody had paid before us; the limit counts what the patient really bears, at most that."""
        counted = alone["deductible"]
        if benefit["copayCountsToDeductible"]:
            counted += min(alone["copay"], self.room("deductible") - counted)
        paid = min(sum(alone[kind] for kind in KINDS), sum(borne[kind] for kind in KINDS)) if benefit["countsToOutOfPocket"] else 0
        for bucket, amount in (("deductible", counted), ("out-of-pocket", paid)):
            for owner in (self.case.person["person"], "family"):
                self.postings.append((self.case.leaf(owner, bucket), amount))


KINDS = ("deductible", "copay", "coinsurance")


def amounts(by_reason):
    return {reason: amount for reason, amount in by_reason.items() if amount != 0}


def nothing(case, line):
    return {"number": line["number"], "npi": case.rendering(line).get("npi"), "denied": False, "category": None, "allowed": 0, "deductible": 0, "copay": 0, "coinsurance": 0, "paid": 0,
            "adjustments": {}, "remarks": []}
