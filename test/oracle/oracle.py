"""The answer key: what every claim of a generated world has to come to, by the claims guide and nothing else.

A second implementation, in another language, that shares no code with the product. Reads {"world", "received"} on standard
input (`received`: when the ledger took each claim in) and writes {"answers", "totals", "remittances", "fired"}.
Amounts are integers in minor units throughout.
"""
import json
import sys
from collections import Counter
from datetime import date, datetime, timedelta

# What the rules turn on.
RULES = {
    "UNKNOWN_PERSON": "PR-31", "UNKNOWN_PERSON_REMARK": "N382",
    "BEFORE_COVERAGE": "PR-26", "AFTER_COVERAGE": "PR-27", "LAPSE": "PR-200", "COVERAGE_REMARK": "N30",
    "LATE": "CO-29", "LATE_REMARK": "N211", "FILING_GRACE_DAYS": 0,
    "DUPLICATE": "OA-18", "DUPLICATE_REMARK": "N522",
    "REPEATED": ["76", "77", "91", "59", "XE", "XS", "XP", "XU"],
    "UNLICENSED": "CO-B7", "UNLICENSED_REMARK": "N570", "TELEHEALTH": ["02", "10"],
    "DATA": "CO-16", "NO_POINTER": "M76", "NO_PLACE": "M77", "NO_RENDERING": "N290",
    "NOT_COVERED": "PR-96", "NOT_COVERED_REMARK": "N130", "EXCLUDED": "PR-204",
    # not in the guide: Medicare pays telehealth at 02 (away from home) by the facility's rate, at 10 (at home) not
    "FACILITIES": ["02", "21", "22", "23", "24"], "WHOLE": 10_000, "UNIT": 1_000,
    "CONTRACTUAL": "CO-45", "ABOVE_CHARGE": "CO-94",
    "DEDUCTIBLE": "PR-1", "COINSURANCE": "PR-2", "COPAY": "PR-3",
    "CUT_ORDER": ["coinsurance", "copay", "deductible"],
    "NO_WORD_OF_THE_FIRST": "CO-22", "NO_WORD_REMARK": "MA04", "OTHERS_EFFECT": "OA-23",
    "PLACES": {"P": 0, "S": 1, "T": 2, "U": 3}, "AGED_EMPLOYEES": 20, "DISABLED_EMPLOYEES": 100,
    "SPREAD": ["deductible", "copay", "coinsurance"],
}


def day(text):
    return date.fromisoformat(text)


def days(line):
    one = day(line["serviceFrom"])
    while one <= day(line["serviceThru"]):
        yield one.isoformat()
        one += timedelta(days=1)


def holds(period, on):
    return period["from"] <= on and ("thru" not in period or on <= period["thru"])


def scale(amount, numerator, denominator, rounding):
    """amount x numerator / denominator for amounts that are not negative."""
    whole, rest = divmod(amount * numerator, denominator)
    if rounding == "down" or rest * 2 < denominator:
        return whole
    if rest * 2 == denominator and rounding == "halfEven" and whole % 2 == 0:
        return whole
    return whole + 1


def first_of(a, b, on):
    """Which of two insurances pays first on a day (1 or 2) and by which rule; 0 where no rule tells. (Claims guide, decisions;
    NAIC Model 120; 42 CFR 411.)"""
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


def year_of(plan, on):
    year, month = int(on[:4]), int(on[5:7])
    return f"{year if month >= plan['benefitYearMonth'] else year - 1}-{plan['benefitYearMonth']:02d}-01"


class Oracle:
    def __init__(self, world, received):
        self.world, self.received = world, received
        self.claims = {}      # control number -> claim as submitted
        self.decided = {}     # control number -> the decision in force
        self.versions = Counter()
        self.open = {}
        self.finals = set()   # decided and remitted
        self.unpaid = []      # decided, for the hospital, not remitted
        self.taken_back = {}  # replacement or reopened claim -> amounts that its remittance takes back
        self.voids = []
        self.owed = 0
        self.suspended = {}
        self.totals = {(row["family"], row["benefitYear"], total["leaf"]): total["usedMinor"]
                       for row in world["accumulators"] for total in row["totals"]}
        self.answers, self.fired, self.remittances = {}, Counter(), []

    # -- the steps of the story ------------------------------------------------------------------------------------

    def run(self):
        for step in self.world["steps"]:
            getattr(self, f"{step['kind']}_step")(step)

    def claims_step(self, step):
        for item in step["claims"]:
            self.claims[item["number"]] = item
            self.open[item["number"]] = []
            self.decide(item["number"], step["name"])

    def release_step(self, step):
        """The examiner lifts the holds that may be lifted, and decides again."""
        for number in list(self.open):
            if self.claims[number].get("releasable"):
                self.open[number] = step["rules"]
                self.decide(number, step["name"])

    def suspend_step(self, step):
        self.suspended[step["npi"]] = step["effectiveFrom"]

    def reopen_step(self, step):
        for number in step["numbers"]:
            if number in self.decided:
                self.take_back(number, number)
                self.open[number] = []
                self.decide(number, step["name"])

    def remit_step(self, _):
        paid = sum(self.decided[number]["paid"] for number in self.unpaid)
        back = [amount for number in self.unpaid for amount in self.taken_back.pop(number, [])] + self.voids
        balance = paid - sum(back) - self.owed
        self.remittances.append({"claims": len(self.unpaid), "paid": paid, "reversals": len(back), "reversed": -sum(back), "total": max(0, balance)})
        self.owed = max(0, -balance)
        self.finals.update(self.unpaid)
        self.unpaid, self.voids = [], []

    def take_back(self, number, by):
        """Reverse first: every posting of the decision is undone, and its payment is taken back where it was final."""
        before = self.decided.pop(number)
        for leaf, amount in before["postings"]:
            self.totals[leaf] -= amount
        carried = self.taken_back.pop(number, [])
        if number in self.finals:
            self.finals.discard(number)
            carried = carried + [before["paid"]]
        if number in self.unpaid:
            self.unpaid.remove(number)
        if by is None:
            self.voids += carried
        elif carried:
            self.taken_back[by] = carried

    # -- one claim ---------------------------------------------------------------------------------------------------

    def decide(self, number, step):
        claim = self.claims[number]
        content, original = claim["content"], claim.get("original")
        first_time = self.versions[number] == 0
        if original is not None and first_time:
            if original not in self.finals:
                self.fired["correction/v1"] += 1
                self.answer(step, number, {"outcome": "PENDED", "reasons": ["correction/v1 original-not-final"]})
                return
            if content["frequency"] == "8":
                self.take_back(original, None)
                self.open.pop(number)
                self.answer(step, number, {"outcome": "VOIDED"})
                return
        # a replacement is looked at as if its original were taken back; where it is held, nothing is taken back
        case = Case(self, claim, without=original if first_time else None)
        holds_on, lines = case.examine()
        if holds_on:
            self.answer(step, number, {"outcome": "PENDED", "reasons": sorted(holds_on)})
            return
        if original is not None and first_time:
            self.take_back(original, number)
        decision = case.share(lines)
        for leaf, amount in decision["postings"]:
            self.totals[leaf] += amount
        self.open.pop(number)
        self.versions[number] += 1
        self.decided[number] = decision
        if content["benefitsAssigned"]:
            self.unpaid.append(number)
        self.answer(step, number, {"outcome": "ADJUDICATED", "decision": decision["decision"], "paid": decision["paid"],
                                   "lines": [{key: line[key] for key in LINE} for line in decision["lines"]]})

    def answer(self, step, number, answer):
        self.answers[f"{step} {number}"] = answer


LINE = ["number", "denied", "allowed", "deductible", "copay", "coinsurance", "paid", "adjustments", "remarks"]


class Case:
    """One claim with everything that is known about it now."""

    def __init__(self, oracle, claim, without):
        self.oracle, self.claim, self.content = oracle, claim, claim["content"]
        person = oracle.world["people"][claim["person"]]
        self.person, self.periods, self.known = person, person["periods"], person["known"]
        self.without = without
        self.releases = oracle.open[claim["number"]]
        self.reference = next((period for line in self.by_date() for period in self.periods if holds(period, line["serviceFrom"])),
                              self.periods[0] if self.periods else None)
        self.plan = oracle.world["plans"][self.reference["plan"]] if self.reference else None
        at = datetime.fromisoformat(oracle.received[claim["number"]].replace("Z", "+00:00"))
        self.received = (at + timedelta(minutes=self.plan["utcOffsetMinutes"])).date() if self.plan else None
        self.schedule = oracle.world["feeSchedules"].get(self.plan["network"]) if self.plan else None
        self.coordinates = self.plan is not None and self.plan["otherPayers"] == "coordinate"
        believed = self.coordinates and "reported" in self.plan["coordination"]
        self.before = [payer["reported"] for payer in self.content.get("otherPayers", []) if "reported" in payer] if believed else []

    def examine(self):
        """Every edit on every line: the first denial of a line counts; a hold counts on lines that are not denied."""
        holds_on, lines = set(), []
        for line in self.content["lines"]:
            denial = None
            waiting = []
            for rule, edit in EDITS:
                for effect, reason, *remarks in edit(self, line):
                    self.oracle.fired[rule] += 1
                    if effect == "deny" and denial is None:
                        denial = (reason, remarks)
                    if effect == "pend" and rule not in self.releases:
                        waiting.append(f"{rule} {reason}")
            if denial is None:
                holds_on.update(waiting)
            lines.append((line, denial))
        return holds_on, lines

    # -- edits, in the guide's order ----------------------------------------------------------------------------------

    def coverage(self, line):
        if not self.known:
            yield "deny", RULES["UNKNOWN_PERSON"], RULES["UNKNOWN_PERSON_REMARK"]
            return
        for on in days(line):
            if any(holds(period, on) for period in self.periods):
                continue
            before = all(on < period["from"] for period in self.periods)
            after = all(on > period.get("thru", "9999") for period in self.periods)
            yield "deny", RULES["BEFORE_COVERAGE" if before else "AFTER_COVERAGE" if after else "LAPSE"], RULES["COVERAGE_REMARK"]
            return

    def one_plan(self, line):
        if self.plan is None:
            return
        mine = next((period for period in self.periods if holds(period, line["serviceFrom"])), None)
        if mine is None:
            return
        if mine["plan"] != self.reference["plan"]:
            yield "pend", "other-plan"
        elif year_of(self.plan, line["serviceFrom"]) != self.year():
            yield "pend", "other-benefit-year"

    def year(self):
        insured = [line for line in self.by_date() if any(holds(period, line["serviceFrom"]) for period in self.periods)]
        return year_of(self.plan, (insured or self.by_date())[0]["serviceFrom"])

    def by_date(self):
        return sorted(self.content["lines"], key=lambda line: (line["serviceFrom"], line["number"]))

    def payer_order(self, line):
        place_in_order = RULES["PLACES"][self.content["subscriber"]["payerSequence"]]
        if self.plan and self.plan["otherPayers"] == "pend" and place_in_order > 0:
            yield "pend", "other-payer"
        if not self.coordinates:
            return
        stated = self.person.get("coordination")
        if stated is not None:
            orders = [first_of(other, stated["ours"], line["serviceFrom"]) for other in stated["others"]]
            self.oracle.fired.update(f"order: {name}" for _, name in orders)
            firsts = [first for first, _ in orders]
            place_in_order = None if 0 in firsts else firsts.count(1)
        if place_in_order is None:
            yield "pend", "payer-order-unclear"
        elif place_in_order > len(self.before):
            yield "deny", RULES["NO_WORD_OF_THE_FIRST"], RULES["NO_WORD_REMARK"]
        elif place_in_order < len(self.before):
            yield "pend", "payer-order-disputed"
        if self.before and self.plan["coordination"]["reported"] == "hold":
            yield "pend", "prior-payer-unproved"

    def timely(self, line):
        if self.plan is None:
            return
        begins = max((decision["decidedOn"] for decision in self.before), default=line["serviceFrom"])
        last = day(begins) + timedelta(days=self.plan["timelyFilingDays"] + RULES["FILING_GRACE_DAYS"])
        if self.received > last:
            yield ("deny", RULES["LATE"], *([RULES["LATE_REMARK"]] if self.plan["timelyFilingHasNoAppeal"] else []))

    def duplicate(self, line):
        same = [(other["content"], earlier) for other, earlier in self.earlier()
                if earlier["procedure"]["code"] == line["procedure"]["code"] and earlier["serviceFrom"] == line["serviceFrom"]]
        if any(self.is_exact(line, content, earlier) for content, earlier in same):
            yield "deny", RULES["DUPLICATE"], RULES["DUPLICATE_REMARK"]
        elif same:
            yield "pend", "suspect-duplicate"

    def earlier(self):
        """Lines of the person's other decided claims that were not denied."""
        for number, decision in self.oracle.decided.items():
            other = self.oracle.claims[number]
            if other["person"] != self.claim["person"] or number in (self.claim["number"], self.without):
                continue
            for line, outcome in zip(other["content"]["lines"], decision["lines"]):
                if not outcome["denied"]:
                    yield other, {**line, "outcome": outcome}

    def is_exact(self, line, content, earlier):
        repeated = set(line["procedure"]["modifiers"]) & set(RULES["REPEATED"])
        def mark(of, one):
            return (of["billing"]["taxId"], rendering(of, one).get("npi"), one["serviceFrom"], one["serviceThru"], one["procedure"]["modifiers"],
                    one["quantity"], one["chargeMinor"], place(of, one))
        return self.content["frequency"] == "1" and not repeated and mark(self.content, line) == mark(content, earlier)

    def credential(self, line):
        if self.plan is None or self.plan["credentials"] == "OFF":
            return
        who = rendering(self.content, line)
        if who["entity"] != "person":
            return
        worst = [self.authority(who["npi"], self.state(line), on) for on in days(line)]
        observed = self.plan["credentials"] == "OBSERVE"
        if "NONE" in worst:
            yield "note" if observed else "deny", RULES["UNLICENSED"], RULES["UNLICENSED_REMARK"]
        elif "UNKNOWN" in worst:
            yield "note" if observed else "pend", "credential-unknown"

    def state(self, line):
        person = self.content.get("patient", self.content["subscriber"])
        if place(self.content, line) in RULES["TELEHEALTH"]:
            return person.get("state")
        return self.content.get("serviceFacility", self.content["billing"]).get("state")

    def authority(self, npi, state, on):
        licence = self.oracle.world["clinicians"][npi]
        if not licence["linked"] or licence["state"] != state:
            return "UNKNOWN"
        suspended = self.oracle.suspended.get(npi)
        if on < licence["from"] or on > licence.get("thru", "9999") or (suspended and on >= suspended):
            return "NONE"
        return "FULL"

    def contract(self, line):
        if self.schedule and not holds(self.schedule, line["serviceFrom"]):
            yield "pend", "no-contract-on-date"

    def required(self, line):
        if self.plan is None:
            return
        needs = self.plan["requiredData"]
        if "diagnosis-pointer" in needs and not line["diagnosisPointers"]:
            yield "deny", RULES["DATA"], RULES["NO_POINTER"]
        if "place-of-service" in needs and place(self.content, line) is None:
            yield "deny", RULES["DATA"], RULES["NO_PLACE"]
        if "rendering-provider" in needs and rendering(self.content, line)["entity"] != "person":
            yield "deny", RULES["DATA"], RULES["NO_RENDERING"]

    def benefit_map(self, line):
        fee = self.fee(line)
        if fee is None:
            return
        benefit = self.benefit(fee["category"])
        if benefit is None or (benefit["type"] == "excluded" and benefit["denial"] == "96"):
            yield "deny", RULES["NOT_COVERED"], RULES["NOT_COVERED_REMARK"]
        elif benefit["type"] == "excluded":
            yield "deny", RULES["EXCLUDED"]

    def pricing(self, line):
        if self.schedule is None or self.schedule["prices"]["type"] != "listed" or not holds(self.schedule, line["serviceFrom"]):
            return
        fee = self.fee(line)
        reason = self.schedule["prices"]["notListed"] if fee is None else fee["zeroPrice"] if self.unit_price(line, fee) == 0 else None
        if reason == "pend":
            yield "pend", "no-price"
        elif reason is not None:
            yield ("deny", reason, *([RULES["NOT_COVERED_REMARK"]] if reason == "PR-96" else []))

    # -- money ------------------------------------------------------------------------------------------------------------

    def fee(self, line):
        if self.schedule is None or not holds(self.schedule, line["serviceFrom"]):
            return None
        prices = self.schedule["prices"]
        if prices["type"] != "listed":
            return {"category": prices["category"]}
        pricing = [modifier for modifier in line["procedure"]["modifiers"] if modifier in self.oracle.world["pricingModifiers"]]
        key = "-".join([line["procedure"]["code"], *pricing])
        return next((entry["fee"] for entry in prices["entries"] if entry["key"] == key), None)

    def benefit(self, category):
        return next((benefit for benefit in self.plan["benefits"] if benefit["category"] == category), None)

    def unit_price(self, line, fee):
        if place(self.content, line) in RULES["FACILITIES"]:
            return fee.get("facilityAmountMinor", fee["amountMinor"])
        return fee["amountMinor"]

    def allowed(self, line):
        prices, rounding = self.schedule["prices"], self.plan["rounding"]
        if prices["type"] != "listed":
            return scale(line["chargeMinor"], prices["share"], RULES["WHOLE"], rounding)
        numerator, denominator = line["quantity"]["thousandths"], RULES["UNIT"]
        for one in prices["modifierFactors"]:
            if one["modifier"] in line["procedure"]["modifiers"]:
                numerator, denominator = numerator * one["factor"], denominator * RULES["WHOLE"]
        base = scale(self.unit_price(line, self.fee(line)), numerator, denominator, rounding)
        return min(line["chargeMinor"], base) if prices["lesserOfCharge"] else base

    def share(self, lines):
        postings, visits = [], set()
        for other, earlier in self.earlier():
            if earlier["outcome"]["copay"] > 0:
                visits.add((rendering(other["content"], earlier).get("npi"), earlier["serviceFrom"], earlier["outcome"]["category"]))
        in_order = sorted(lines, key=lambda entry: (entry[0]["serviceFrom"], entry[0]["number"]))
        decided = [self.denied(line, *denial) if denial else self.priced(line, postings, visits) for line, denial in in_order]
        decided.sort(key=lambda line: line["number"])
        denied, paid = [line["denied"] for line in decided], sum(line["paid"] for line in decided)
        decision = "DENIED" if all(denied) else "PARTIAL" if any(denied) else "PAID" if paid > 0 else "ZERO_PAY"
        return {"decision": decision, "paid": paid, "lines": decided, "postings": postings}

    def denied(self, line, reason, remarks):
        """The charge; after other payers only what they left, the rest is theirs."""
        left = self.left(line) if self.before else line["chargeMinor"]
        return {**nothing(line), "denied": True, "adjustments": amounts({RULES["OTHERS_EFFECT"]: line["chargeMinor"] - left, reason: left}), "remarks": sorted(remarks)}

    def decisions_before(self, line):
        return [next(one for one in decision["lines"] if one["number"] == line["number"]) for decision in self.before]

    def left(self, line):
        """What the last payer before us left to the patient."""
        last = self.decisions_before(line)[-1]
        return min(line["chargeMinor"], max(0, sum(one["amountMinor"] for one in last["adjustments"] if one["group"] == "PR")))

    def priced(self, line, postings, visits):
        self.oracle.fired["price/v2"] += 1
        self.oracle.fired["cost-share/v1"] += 1
        allowed, fee = self.allowed(line), self.fee(line)
        benefit = self.benefit(fee["category"])
        visit = (rendering(self.content, line).get("npi"), line["serviceFrom"], fee["category"])
        shares = self.shares_of(allowed, benefit, visit, visits, postings)
        if self.before:
            return self.after_others(line, fee, allowed, benefit, shares, lambda amount: self.shares_of(amount, benefit, visit, visits, postings), visit, visits, postings)
        if shares["copay"] > 0:
            visits.add(visit)
        self.post(shares, shares, benefit, postings)
        paid = allowed - sum(shares.values())
        difference = line["chargeMinor"] - allowed
        adjustments = {RULES["CONTRACTUAL"] if difference > 0 else RULES["ABOVE_CHARGE"]: difference, RULES["DEDUCTIBLE"]: shares["deductible"],
                       RULES["COPAY"]: shares["copay"], RULES["COINSURANCE"]: shares["coinsurance"]}
        return {**nothing(line), "category": fee["category"], "allowed": allowed, **shares, "paid": paid, "adjustments": amounts(adjustments)}

    def after_others(self, line, fee, allowed, benefit, alone, shares_of, visit, visits, postings):
        """Coordination of benefits: what we pay of what the others left, by the plan's method; nothing is written off twice."""
        terms, before, charge = self.plan["coordination"], self.decisions_before(line), line["chargeMinor"]
        self.oracle.fired[f"coordination {terms['method']}"] += 1
        left, paid_before = self.left(line), sum(one["paidMinor"] for one in before)
        normal = allowed - sum(alone.values())
        theirs = max(one["paidMinor"] + sum(each["amountMinor"] for each in one["adjustments"] if each["group"] == "PR") for one in before)
        expense = max(allowed, theirs) if terms["allowableExpense"] == "higher" else allowed
        own = alone
        if terms["method"] == "standard":
            paid = min(normal, max(0, expense - paid_before), left)
        elif terms["method"] == "maintenance":
            rest = max(0, allowed - paid_before)
            own = shares_of(rest)
            paid = min(rest - sum(own.values()), left)
        else:
            paid = min(max(0, normal - paid_before), left)
        off = max(0, left - max(0, expense - paid_before))
        patient = max(0, left - paid - off)
        shares = dict.fromkeys(own, 0)
        for kind in RULES["SPREAD"]:
            shares[kind] = min(patient, own[kind])
            patient -= shares[kind]
        borne = sum(shares.values())
        if shares["copay"] > 0:
            visits.add(visit)
        self.post(alone, shares, benefit, postings)
        adjustments = {RULES["OTHERS_EFFECT"]: charge - left, RULES["CONTRACTUAL"]: left - paid - borne, RULES["DEDUCTIBLE"]: shares["deductible"],
                       RULES["COPAY"]: shares["copay"], RULES["COINSURANCE"]: shares["coinsurance"]}
        return {**nothing(line), "category": fee["category"], "allowed": allowed, **shares, "paid": paid, "adjustments": amounts(adjustments)}

    def shares_of(self, allowed, benefit, visit, visits, postings):
        """What the patient bears of an allowed amount, in the plan's order and within its limits."""
        shares = {"deductible": 0, "copay": 0, "coinsurance": 0}
        rest = allowed
        for kind in self.plan["costShareOrder"]:
            if kind == "deductible":
                amount = min(rest, self.room("deductible", postings)) if benefit["deductibleApplies"] else 0
                if benefit["copayCountsToDeductible"]:
                    amount = min(amount, max(0, self.room("deductible", postings) - shares["copay"])) if benefit["deductibleApplies"] else 0
            elif kind == "copay":
                amount = 0 if visit in visits else min(rest, benefit["copayMinor"])
            else:
                amount = scale(rest, benefit["coinsurance"], RULES["WHOLE"], self.plan["rounding"])
            shares[kind] = amount
            rest -= amount
        if benefit["countsToOutOfPocket"]:
            excess = max(0, sum(shares.values()) - self.room("out-of-pocket", postings))
            for kind in RULES["CUT_ORDER"]:
                cut = min(excess, shares[kind])
                shares[kind] -= cut
                excess -= cut
        return shares

    def leaf(self, owner, bucket):
        return (self.person["family"], self.year(), f"{owner}/{bucket}")

    def used(self, owner, bucket, postings):
        leaf = self.leaf(owner, bucket)
        before = self.oracle.totals[leaf]
        return before + sum(amount for name, amount in postings if name == leaf)

    def room(self, bucket, postings):
        limit = self.plan["deductible" if bucket == "deductible" else "outOfPocket"]
        rooms = [limit["familyMinor"] - self.used("family", bucket, postings)]
        if limit["kind"] == "embedded":
            rooms.append(limit["individualMinor"] - self.used(self.person["person"], bucket, postings))
        if bucket == "out-of-pocket" and "selfOnlyLimitMinor" in self.plan:
            rooms.append(self.plan["selfOnlyLimitMinor"] - self.used(self.person["person"], bucket, postings))
        return max(0, min(rooms))

    def post(self, alone, borne, benefit, postings):
        """The deductible counts as if nobody had paid before us; the limit counts what the patient really bears, at most that."""
        counted = alone["deductible"]
        if benefit["copayCountsToDeductible"]:
            counted += min(alone["copay"], self.room("deductible", postings) - counted)
        paid = min(sum(alone.values()), sum(borne.values())) if benefit["countsToOutOfPocket"] else 0
        for bucket, amount in (("deductible", counted), ("out-of-pocket", paid)):
            for owner in (self.person["person"], "family"):
                postings.append((self.leaf(owner, bucket), amount))


def rendering(content, line):
    return line.get("rendering") or content.get("rendering") or content["billing"]


def place(content, line):
    return line.get("placeOfService") or content.get("placeOfService")


def amounts(by_reason):
    return {reason: amount for reason, amount in by_reason.items() if amount != 0}


def nothing(line):
    return {"number": line["number"], "denied": False, "category": None, "allowed": 0, "deductible": 0, "copay": 0, "coinsurance": 0, "paid": 0,
            "adjustments": {}, "remarks": []}


EDITS = [("coverage-on-date/v1", Case.coverage), ("one-plan-and-year/v1", Case.one_plan), ("payer-order/v3", Case.payer_order),
         ("timely-filing/v2", Case.timely), ("duplicate/v1", Case.duplicate), ("credential/v1", Case.credential),
         ("contract/v1", Case.contract), ("required-data/v1", Case.required), ("benefit-map/v2", Case.benefit_map), ("price/v2", Case.pricing)]


def answer(given):
    oracle = Oracle(given["world"], given["received"])
    oracle.run()
    return {"answers": oracle.answers, "totals": {"|".join(leaf): amount for leaf, amount in oracle.totals.items()},
            "remittances": oracle.remittances, "fired": oracle.fired}


def mutants():
    """Every constant changed in turn: a number by one, a word by a letter, a list by one entry less and by its order."""
    for name, value in RULES.items():
        if isinstance(value, list):
            changes = [value[:at] + value[at + 1:] for at in range(len(value))] if name not in ORDERED else [value[::-1]]
        elif isinstance(value, dict):
            changes = [{**value, key: one + 1} for key, one in value.items()]
        else:
            changes = [value + 1 if isinstance(value, int) else value + "x"]
        for at, change in enumerate(changes):
            yield f"{name}[{at}]" if len(changes) > 1 else name, {**RULES, name: change}


# Lists whose order is the rule; all of their entries have to be there.
ORDERED = ["CUT_ORDER", "SPREAD"]


def unnoticed(given, right):
    """Names of the changed constants with which everything comes to the same."""
    global RULES
    kept, same = RULES, []
    for name, changed in mutants():
        RULES = changed
        try:
            if {key: value for key, value in answer(given).items() if key != "fired"} == {key: value for key, value in right.items() if key != "fired"}:
                same.append(name)
        except Exception:  # a world that the changed constant cannot answer is noticed
            pass
        finally:
            RULES = kept
    return same


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    found = answer(asked)
    if asked.get("mutants"):
        found["mutants"], found["unnoticed"] = sum(1 for _ in mutants()), unnoticed(asked, found)
    json.dump(found, sys.stdout)
