"""A seeded world and its story: plans, contracts, families, and claims over every rule. Reads {"seed", "claims", "today",
"clinicians", "facility", "billing", "suspension"} on standard input and writes the world. It decides nothing."""
import json
import random
import sys
from datetime import date, timedelta
from itertools import permutations

PRICING_MODIFIERS = ["26", "TC", "NU", "RR", "UE"]
CODES = [("X0001", 12_000, "office"), ("X0002", 8_950, "specialist"), ("X0003", 1_333, "drugs"), ("X0004", 45_000, "surgery"), ("X0005", 777, "preventive")]
KINDS = ["plain"] * 10 + ["lines"] * 8 + ["visit", "days", "units", "bilateral", "facility", "facility", "telehealth", "telehealth", "equipment", "free", "excluded", "not-covered", "unknown-category",
         "bundled", "zero-147", "zero-96", "unlisted", "late", "limit-day", "before", "after", "lapse", "duplicate", "duplicate", "suspect", "repeated", "repeated", "expired", "suspended",
         "suspended", "unlinked", "no-state", "secondary"] + ["coordinated"] * 26 + [ "pointer", "place", "rendering", "two-years", "two-plans", "no-contract", "member-paid", "cheap"]


class World:
    def __init__(self, given):
        self.random = random.Random(given["seed"])
        self.given, self.today = given, date.fromisoformat(given["today"])
        self.names = {name: who["npi"] for name, who in given["clinicians"].items()}
        self.people, self.accumulators, self.claims, self.families = {}, [], [], []
        self.plans = [self.plan(index) for index in range(24)]
        while len(self.claims) < given["claims"] * 0.86:
            self.family(len(self.families))
        self.steps = self.story(given["claims"])

    def ago(self, days):
        return (self.today - timedelta(days=days)).isoformat()

    def plan(self, index):
        pick = self.random.choice
        def benefit(category, **terms):
            return {"type": "covered", "category": category, "deductibleApplies": False, "copayMinor": 0, "coinsurance": 0,
                    "countsToOutOfPocket": True, "copayCountsToDeductible": False, **terms}
        def limit(individual):
            return {"kind": ["embedded", "aggregate"][index % 2], "individualMinor": individual, "familyMinor": individual * 2}
        return {
            "name": f"Generated {index}", "currency": "USD", "network": ["west", "north", "east"][index % 3], "utcOffsetMinutes": pick([-480, -300, 0, 330]),
            "benefitYearMonth": pick([1, 4, 7, 10]), "timelyFilingDays": pick([90, 180, 365]), "timelyFilingHasNoAppeal": index % 2 == 0,
            "requiredData": ["diagnosis-pointer", "place-of-service", "rendering-provider"] if index % 4 else [],
            **self.other_payers(index), "credentials": ["ENFORCE", "ENFORCE", "OBSERVE", "OFF"][index % 4],
            "costShareOrder": list(list(permutations(["deductible", "copay", "coinsurance"]))[index % 6]),
            "deductible": limit(pick([20_000, 50_000])), "outOfPocket": limit(pick([60_000, 100_000])), "rounding": ["halfUp", "halfEven", "down"][index // 6 % 3],
            **({"selfOnlyLimitMinor": 90_000} if index % 3 == 1 else {}),
            "benefits": [
                {"type": "excluded", "category": "convenience", "denial": "96"},
                benefit("drugs", deductibleApplies=True, coinsurance=pick([1_750, 2_000, 3_333])),
                benefit("equipment", deductibleApplies=True, coinsurance=5_000, countsToOutOfPocket=False),
                benefit("office", copayMinor=pick([2_000, 2_500]), copayCountsToDeductible=index % 5 == 0),
                benefit("preventive"),
                benefit("specialist", deductibleApplies=True, copayMinor=2_000, coinsurance=2_000, copayCountsToDeductible=index % 7 == 0),
                benefit("surgery", deductibleApplies=True, coinsurance=1_500),
                {"type": "excluded", "category": "vision", "denial": "204"}]}

    @staticmethod
    def other_payers(index):
        """Half of the plans coordinate: each method with either allowable expense, believing hospitals, holding their word, or not."""
        if index % 4 < 2:
            return {"otherPayers": ["pend", "ignore"][index % 4]}
        terms = {"method": ["standard", "maintenance", "non-duplication"][index // 2 % 3], "allowableExpense": ["higher", "own"][index // 4 % 2]}
        reported = {3: "hold", 10: "hold", 19: None}.get(index, "accept")
        return {"otherPayers": "coordinate", "coordination": {**terms, **({"reported": reported} if reported else {})}}

    def insurances(self):
        """What the insurer states of a person's plans: ours and another one, of every kind that the order of payers tells apart."""
        pick = self.random.choice
        def plan():
            kind = pick(["group", "group", "group", "individual", "medicare", "medicaid"])
            more = {}
            if kind == "medicare":
                more = pick([{"entitlement": "age"}, {"entitlement": "disability"}, {"entitlement": "end-stage-renal-disease", "coordinationPeriodThru": self.ago(pick([0, 40, 400]))}])
            if kind == "group":
                more = {"employees": pick([2, 19, 20, 99, 100, 5000])}
            if pick([True, False]):
                more = {**more, "holderBirthday": pick(["01-15", "03-15", "11-02"])}
            if self.random.random() < 0.2:
                more = {**more, "courtDecree": True}
            return {"kind": kind, "hasCoordinationRule": self.random.random() < 0.85, "holder": pick(["patient", "other", "other"]), "employment": pick(["active", "active", "inactive"]),
                    "continuation": self.random.random() < 0.15, "since": pick(["2010-01-01", "2019-06-01", "2022-03-01"]), **more}
        return {"ours": plan(), "others": [plan() for _ in range(pick([1, 1, 1, 2]))]}

    def decided_before(self, lines):
        """What payers before ours decided, as the hospital reports it."""
        pick, payers = self.random.choice, []
        for sequence in ["P", "S", "T"][:pick([0, 1, 1, 1, 1, 1, 2, 2, 3])]:
            decided = []
            for line in lines:
                charge, rest = line["chargeMinor"], line["chargeMinor"] - sum(payer["reported"]["lines"][line["number"] - 1]["paidMinor"] for payer in payers)
                off = pick([0, rest // 10, rest // 3, rest // 2, rest])
                patient = pick([0, (rest - off) // 5, (rest - off) // 2, rest - off])
                paid = rest - off - patient
                adjustments = [{"group": "OA", "reason": "23", "amountMinor": charge - rest}, {"group": "CO", "reason": pick(["45", "45", "29"]), "amountMinor": off},
                               {"group": "PR", "reason": pick(["1", "2", "3"]), "amountMinor": patient}]
                decided.append({"number": line["number"], "paidMinor": paid, "adjustments": [one for one in adjustments if one["amountMinor"] != 0]})
            payers.append({"payerSequence": sequence, "name": "ELSEWHERE", "reported": {"decidedOn": self.ago(self.random.randrange(1, 60)), "lines": decided}})
        return payers

    def schedules(self):
        entries = [{"key": code, "fee": {"amountMinor": fee, "category": category}} for code, fee, category in CODES]
        entries[1]["fee"]["facilityAmountMinor"] = 6_001
        entries += [{"key": key, "fee": {"amountMinor": fee, "category": category, **rest}} for key, fee, category, rest in [
            ("X0010-NU", 4_500, "equipment", {}), ("X0010-RR", 1_250, "equipment", {}), ("X0020", 4_000, "convenience", {}), ("X0021", 8_000, "vision", {}),
            ("X0022", 3_000, "acupuncture", {}), ("X0030", 0, "office", {"zeroPrice": "CO-97"}), ("X0031", 0, "office", {"zeroPrice": "CO-147"}),
            ("X0032", 0, "office", {"zeroPrice": "PR-96"})]]
        listed = {"type": "listed", "modifierFactors": [{"modifier": "50", "factor": 15_000}, {"modifier": "52", "factor": 5_000}],
                  "entries": sorted(entries, key=lambda entry: entry["key"])}
        def contract(network, prices):
            return {"name": f"Contract {network}", "network": network, "currency": "USD", "from": self.ago(700), "prices": prices}
        return {"west": contract("west", {**listed, "notListed": "CO-147", "lesserOfCharge": True}),
                "north": contract("north", {**listed, "notListed": "pend", "lesserOfCharge": False}),
                "east": contract("east", {"type": "share-of-charges", "share": 8_750, "category": "specialist"})}

    def family(self, index):
        plan = self.random.randrange(24)
        names = []
        for position in range(self.random.choice([1, 2, 4])):
            name = f"{index}/{position + 1:02d}"
            shape = self.random.choice(["open"] * 6 + ["late-start", "ended", "gap", "moved"])
            other = (plan + 6) % 24
            periods = {"open": [{"from": self.ago(1400), "plan": plan}], "late-start": [{"from": self.ago(60), "plan": plan}],
                       "ended": [{"from": self.ago(1400), "thru": self.ago(40), "plan": plan}],
                       "gap": [{"from": self.ago(1400), "thru": self.ago(70), "plan": plan}, {"from": self.ago(50), "plan": plan}],
                       "moved": [{"from": self.ago(1400), "thru": self.ago(45), "plan": plan}, {"from": self.ago(44), "plan": other}]}[shape]
            known = self.random.random() > 0.04
            self.people[name] = {"memberId": f"ORA-{self.given['seed']}-{index}", "family": f"family-{self.given['seed']}-{index}", "person": f"{position + 1:02d}", "known": known,
                                 "dependant": position > 0, "periods": periods if known else [],
                                 **({"coordination": self.insurances()} if known and self.random.random() < 0.4 else {})}
            names.append(name)
        self.families.append(names)
        self.open_totals(names, self.people[names[0]]["family"], self.plans[plan])
        for _ in range(self.random.randrange(6, 14)):
            self.claim(index, self.random.choice(names), plan)

    def open_totals(self, names, family, plan):
        for year in range(self.today.year - 3, self.today.year + 1):
            for month in (1, 4, 7, 10):
                totals = []
                for bucket, limit in (("deductible", plan["deductible"]), ("out-of-pocket", plan["outOfPocket"])):
                    used = [self.random.choice([0, 0, limit["individualMinor"] // 2, limit["individualMinor"] - 1_777]) for _ in names] if month == plan["benefitYearMonth"] else [0] * len(names)
                    used = used if sum(used) <= limit["familyMinor"] else [0] * len(names)
                    totals += [{"leaf": f"{self.people[name]['person']}/{bucket}", "usedMinor": amount} for name, amount in zip(names, used)]
                    totals.append({"leaf": f"family/{bucket}", "usedMinor": sum(used)})
                if month in {self.plans[period["plan"]]["benefitYearMonth"] for name in names for period in self.people[name]["periods"]}:
                    self.accumulators.append({"family": family, "benefitYear": f"{year}-{month:02d}-01", "totals": sorted(totals, key=lambda total: total["leaf"])})

    def line(self, number, on, **changes):
        code, fee, _ = self.random.choice(CODES)
        charge = fee + self.random.randrange(0, 9_000)
        return {"number": number, "procedure": {"qualifier": "HC", "code": code, "modifiers": []}, "chargeMinor": charge,
                "quantity": {"unit": "UN", "thousandths": 1_000}, "diagnosisPointers": [1], "serviceFrom": on, "serviceThru": on, **changes}

    def claim(self, family, name, plan):
        kind, person = self.random.choice(KINDS), self.people[name]
        earlier = [claim for claim in self.claims if claim["person"] == name and claim["kind"] in ("plain", "visit", "lines")] if kind in ("duplicate", "suspect", "repeated") else []
        on = self.ago(self.random.randrange(1, 85))
        lines = [self.line(1, on)]
        changes, by = {}, self.names["avery"]
        one = lines[0]
        def code(value, *modifiers):
            one["procedure"] = {"qualifier": "HC", "code": value, "modifiers": list(modifiers)}
        special = {"excluded": "X0021", "not-covered": "X0020", "unknown-category": "X0022", "bundled": "X0030", "zero-147": "X0031", "zero-96": "X0032", "unlisted": "X9999"}
        if kind in special:
            code(special[kind])
        elif kind == "lines":
            lines += [self.line(number, self.ago(self.random.randrange(1, 85))) for number in (2, 3)]
        elif kind == "visit":
            lines += [{**self.line(2, on), "procedure": {"qualifier": "HC", "code": "X0001", "modifiers": []}}]
            code("X0001")
        elif kind == "days":
            one["serviceThru"] = (date.fromisoformat(on) + timedelta(days=self.random.randrange(0, 2))).isoformat()
            one["serviceThru"] = min(one["serviceThru"], self.ago(1))
        elif kind == "units":
            one["quantity"]["thousandths"] = self.random.choice([500, 1_500, 2_000, 3_333])
        elif kind == "bilateral":
            one["procedure"]["modifiers"] = [self.random.choice(["50", "52"])]
        elif kind == "facility":
            code("X0002")
            one["placeOfService"] = self.random.choice(["21", "22", "23", "24", "02"])
            changes["serviceFacility"] = {"entity": "organisation", "npi": self.given["facility"], "name": "SAMPLE", "state": "VT"}
        elif kind == "telehealth":
            one["placeOfService"] = self.random.choice(["02", "10"])
            changes["state"] = self.random.choice(["VT", "NH"])
        elif kind == "equipment":
            code("X0010", self.random.choice(["NU", "RR"]))
        elif kind == "free":
            one["chargeMinor"] = 0
        elif kind == "cheap":
            one["chargeMinor"] = self.random.randrange(1, 700)
        elif kind in ("late", "limit-day"):
            limit = self.plans[plan]["timelyFilingDays"]
            one["serviceFrom"] = one["serviceThru"] = self.ago(limit + (self.random.randrange(1, 9) if kind == "late" else 0))
        elif kind in ("before", "after", "lapse"):
            one["serviceFrom"] = one["serviceThru"] = self.ago({"before": 61, "after": 39, "lapse": 60}[kind])
        elif kind in ("expired", "suspended", "unlinked"):
            by = self.names[{"expired": "casey", "suspended": "blake", "unlinked": "devon"}[kind]]
        elif kind == "no-state":
            changes["no_state"] = True
        elif kind == "secondary":
            changes["sequence"] = "S"
        elif kind == "coordinated":
            lines += [self.line(2, on)] if self.random.random() < 0.3 else []
            changes["other_payers"] = self.decided_before(lines)
            changes["sequence"] = self.random.choice([["P", "S", "T", "U"][len(changes["other_payers"])]] * 6 + ["P", "S", "U"])
            if self.random.random() < 0.1:
                on = self.ago(self.plans[plan]["timelyFilingDays"] + self.random.randrange(1, 40))
                for line in lines:
                    line["serviceFrom"] = line["serviceThru"] = on
        elif kind == "pointer":
            one["diagnosisPointers"] = []
        elif kind == "place":
            changes["no_place"] = True
        elif kind == "rendering":
            by = None
        elif kind == "two-years":
            lines.append(self.line(2, self.ago(430)))
        elif kind == "two-plans":
            lines.append(self.line(2, self.ago(44)))
            one["serviceFrom"] = one["serviceThru"] = self.ago(45)
        elif kind == "no-contract":
            one["serviceFrom"] = one["serviceThru"] = self.ago(720)
        content = self.content(person, lines, by, changes, kind != "member-paid")
        if earlier:
            content = json.loads(json.dumps(self.random.choice(earlier)["content"]))
            for line in content["lines"]:
                line["chargeMinor"] += 100 if kind == "suspect" else 0
                line["procedure"]["modifiers"] = [self.random.choice(["76", "77", "91", "59", "XE", "XS", "XP", "XU"])] if kind == "repeated" else line["procedure"]["modifiers"]
        self.add(family, name, kind, content)

    def content(self, person, lines, by, changes, assigned):
        insured = {"familyName": "SAMPLETON", "givenName": f"P{person['person']}", "birthDate": "1980-01-02", "sex": "U", "state": changes.get("state", "VT")}
        billing = {**self.given["billing"], **({} if changes.get("no_state") else {"state": "VT"})}
        return {"type": "P", "frequency": "1", "currency": "USD", **({} if changes.get("no_place") else {"placeOfService": "11"}), "acceptsAssignment": True,
                "benefitsAssigned": assigned, "billing": billing, **({"rendering": {"entity": "person", "npi": by, "name": "SAMPLE"}} if by else {}),
                **({"serviceFacility": changes["serviceFacility"]} if "serviceFacility" in changes else {}),
                "subscriber": {"memberId": person["memberId"], "payerSequence": changes.get("sequence", "P"), "filingIndicator": "CI", **(insured if not person["dependant"] else {**insured, "givenName": "P01"})},
                **({"otherPayers": changes["other_payers"]} if changes.get("other_payers") else {}),
                **({"patient": {"relationship": "19", **insured}} if person["dependant"] else {}),
                "diagnoses": [{"qualifier": "ABK", "code": "Z0000"}], "lines": lines}

    def add(self, family, name, kind, content, **rest):
        number = f"O{len(self.claims)}"
        content = {**content, "patientControlNumber": number, "totalChargeMinor": sum(line["chargeMinor"] for line in content["lines"])}
        claim = {"number": number, "family": family, "person": name, "kind": kind, "releasable": self.random.random() < 0.5, "content": content, **rest}
        self.claims.append(claim)
        return claim

    def story(self, count):
        first = list(self.claims)
        half = len(first) // 2
        steps = [{"kind": "claims", "name": "first", "claims": first[:half]}, {"kind": "suspend", "npi": self.names["blake"], "effectiveFrom": self.given["suspension"]},
                 {"kind": "release", "name": "released", "rules": ["payer-order/v3", "duplicate/v1", "credential/v1"]}, {"kind": "claims", "name": "second", "claims": first[half:]},
                 {"kind": "remit"}]
        originals = self.random.sample(first, min(len(first), max(0, count - len(first))))
        corrections = []
        for original in originals:
            content = json.loads(json.dumps(original["content"]))
            frequency = self.random.choice(["7", "7", "8"])
            if frequency == "7":
                content["lines"][0]["chargeMinor"] += 500
                for payer in content.get("otherPayers", []):
                    payer["reported"]["lines"][0]["adjustments"].append({"group": "CO", "reason": "253", "amountMinor": 500})
            corrections.append(self.add(original["family"], original["person"], "correction", {**content, "frequency": frequency}, original=original["number"], releasable=False))
        taken = {claim["number"] for claim in originals}
        again = [claim["number"] for claim in self.random.sample(first, len(first) // 15) if claim["number"] not in taken]
        return [*steps, {"kind": "claims", "name": "corrected", "claims": corrections}, {"kind": "reopen", "name": "reopened", "numbers": again[::2], "cause": "RECONSIDERATION"},
                {"kind": "reopen", "name": "appealed", "numbers": again[1::2], "cause": "APPEAL"}, {"kind": "remit"}]


if __name__ == "__main__":
    world = World(json.load(sys.stdin))
    people_clinicians = {who["npi"]: {**who["licensed"], "state": who["licence"]["jurisdiction"], "linked": who["linked"]} for who in world.given["clinicians"].values()}
    json.dump({"plans": world.plans, "feeSchedules": world.schedules(), "pricingModifiers": PRICING_MODIFIERS, "people": world.people,
               "clinicians": people_clinicians, "accumulators": world.accumulators, "steps": world.steps}, sys.stdout)
