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
        return year_of(self.plan, self.by_date()[0]["serviceFrom"])

    def by_date(self):
        return sorted(self.content["lines"], key=lambda line: (line["serviceFrom"], line["number"]))

    def payer_order(self, _):
        if self.plan and self.plan["otherPayers"] == "pend" and self.content["subscriber"]["payerSequence"] != "P":
            yield "pend", "other-payer"

    def timely(self, line):
        if self.plan is None:
            return
        last = day(line["serviceFrom"]) + timedelta(days=self.plan["timelyFilingDays"] + RULES["FILING_GRACE_DAYS"])
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
        return {**nothing(line), "denied": True, "adjustments": amounts({reason: line["chargeMinor"]}), "remarks": sorted(remarks)}

    def priced(self, line, postings, visits):
        self.oracle.fired["price/v2"] += 1
        self.oracle.fired["cost-share/v1"] += 1
        allowed, fee = self.allowed(line), self.fee(line)
        benefit = self.benefit(fee["category"])
        visit = (rendering(self.content, line).get("npi"), line["serviceFrom"], fee["category"])
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
        if shares["copay"] > 0:
            visits.add(visit)
        self.post(shares, benefit, postings)
        paid = allowed - sum(shares.values())
        difference = line["chargeMinor"] - allowed
        adjustments = {RULES["CONTRACTUAL"] if difference > 0 else RULES["ABOVE_CHARGE"]: difference, RULES["DEDUCTIBLE"]: shares["deductible"],
                       RULES["COPAY"]: shares["copay"], RULES["COINSURANCE"]: shares["coinsurance"]}
        return {**nothing(line), "category": fee["category"], "allowed": allowed, **shares, "paid": paid, "adjustments": amounts(adjustments)}

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

    def post(self, shares, benefit, postings):
        counted = shares["deductible"]
        if benefit["copayCountsToDeductible"]:
            counted += min(shares["copay"], self.room("deductible", postings) - counted)
        paid = sum(shares.values()) if benefit["countsToOutOfPocket"] else 0
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


EDITS = [("coverage-on-date/v1", Case.coverage), ("one-plan-and-year/v1", Case.one_plan), ("payer-order/v2", Case.payer_order),
         ("timely-filing/v2", Case.timely), ("duplicate/v1", Case.duplicate), ("credential/v1", Case.credential),
         ("contract/v1", Case.contract), ("required-data/v1", Case.required), ("benefit-map/v2", Case.benefit_map), ("price/v2", Case.pricing)]


def answer(given):
    oracle = Oracle(given["world"], given["received"])
    oracle.run()
    return {"answers": oracle.answers, "totals": {"|".join(leaf): amount for leaf, amount in oracle.totals.items()},
            "remittances": oracle.remittances, "fired": oracle.fired}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
