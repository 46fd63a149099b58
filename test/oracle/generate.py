"""A seeded world and its story: plans, contracts, tables, families, and claims over every rule. Reads {"seed", "claims", "today",
"clinicians", "excluded", "facility", "billing", "suspension", "restriction"} on standard input and writes the world. It decides nothing."""
import json
import random
import sys
from datetime import date, timedelta

import kinds
from terms import EDITING, GENERIC, PRICING_MODIFIERS, Terms

# What a person's insurances have in common, and what then tells them apart, for each rule of the order of payers.
ORDERS = {
    "Medicaid last": [{"kind": "medicaid"}, {}], "Medicare secondary": [{"kind": "medicare"}, {}], "no rule of its own": [{"hasCoordinationRule": False}, {}],
    "not a dependant": [{"holder": "patient"}, {}], "court decree": [{"courtDecree": True}, {}], "birthday": [{"holderBirthday": "01-15"}, {"holderBirthday": "11-02"}],
    "active": [{}, {"employment": "inactive"}], "continuation": [{}, {"continuation": True}], "longer": [{"since": "2010-01-01"}, {}], "none": [{}, {}], "any": None}


class World:
    def __init__(self, given):
        self.random = random.Random(given["seed"])
        self.given, self.today = given, date.fromisoformat(given["today"])
        self.names = {name: who["npi"] for name, who in given["clinicians"].items()}
        self.people, self.accumulators, self.claims, self.families, self.authorisations, self.cycles = {}, [], [], [], [], {}
        self.terms = Terms(given, self.random, self.ago)
        self.plans = self.terms.plans
        while len(self.claims) < given["claims"] * 0.86:
            self.family(len(self.families))
        self.steps = self.story(given["claims"])

    def ago(self, days):
        return (self.today - timedelta(days=days)).isoformat()

    def next(self, name, values):
        """Each of the values as often as any other, in an order of chance."""
        left = self.cycles.setdefault(name, [])
        if not left:
            left.extend(self.random.sample(values, len(values)))
        return left.pop()

    # -- people ----------------------------------------------------------------------------------------------------------

    def insurances(self):
        """What the insurer states of a person's plans: ours and another one, such that each rule of the order has to tell some apart."""
        pick, rule = self.random.choice, self.next("order", list(ORDERS))
        if rule == "any":
            return {"ours": self.insurance(), "others": [self.insurance() for _ in range(pick([1, 1, 1, 2]))]}
        alike = {"kind": pick(["group", "individual"]), "hasCoordinationRule": True, "holder": "other", "employment": "active", "continuation": False, "since": "2022-03-01"}
        both = [{**alike, **difference} for difference in ORDERS[rule]]
        both = [{**plan, **medicare} if plan["kind"] == "medicare" else plan for plan in both for medicare in [self.medicare()]]
        both = [{**plan, "employees": pick([2, 19, 20, 99, 100, 5000])} if plan["kind"] == "group" else plan for plan in both]
        self.random.shuffle(both)
        return {"ours": both[0], "others": both[1:]}

    def medicare(self):
        return self.random.choice([{"entitlement": "age"}, {"entitlement": "disability"}, {"entitlement": "end-stage-renal-disease", "coordinationPeriodThru": self.ago(self.random.choice([0, 40, 400]))}])

    def insurance(self):
        pick = self.random.choice
        kind = pick(["group", "group", "group", "individual", "medicare", "medicaid"])
        more = self.medicare() if kind == "medicare" else {"employees": pick([2, 19, 20, 99, 100, 5000])} if kind == "group" else {}
        if pick([True, False]):
            more = {**more, "holderBirthday": pick(["01-15", "03-15", "11-02"])}
        if self.random.random() < 0.2:
            more = {**more, "courtDecree": True}
        return {"kind": kind, "hasCoordinationRule": self.random.random() < 0.85, "holder": pick(["patient", "other", "other"]), "employment": pick(["active", "active", "inactive"]),
                "continuation": self.random.random() < 0.15, "since": pick(["2010-01-01", "2019-06-01", "2022-03-01"]), **more}

    def family(self, index):
        editing = index % 5 > 1
        first, count = (GENERIC, EDITING) if editing else (0, GENERIC)
        plan = first + self.next("editing plan" if editing else "plan", range(count))
        names = []
        for position in range(self.random.choice([1, 2, 4])):
            name = f"{index}/{position + 1:02d}"
            self.people[name] = self.person(index, position, name, plan, first + (plan - first + 6) % count)
            names.append(name)
        self.families.append(names)
        self.open_totals(names, self.people[names[0]]["family"], self.plans[plan])
        for _ in range(self.random.randrange(6, 14)):
            self.claim(self.people[self.random.choice(names)], self.plans[plan], self.next(*self.deck(plan)))

    def person(self, index, position, name, plan, other):
        shape = self.next("coverage", ["open"] * 12 + ["late-start", "ended", "gap", "gap", "moved", "moved"])
        periods = {"open": [{"from": self.ago(1400), "plan": plan}], "late-start": [{"from": self.ago(60), "plan": plan}],
                   "ended": [{"from": self.ago(1400), "thru": self.ago(40), "plan": plan}],
                   "gap": [{"from": self.ago(1400), "thru": self.ago(70), "plan": plan}, {"from": self.ago(50), "plan": plan}],
                   "moved": [{"from": self.ago(1400), "thru": self.ago(45), "plan": plan}, {"from": self.ago(44), "plan": other}]}[shape]
        known = self.random.random() > 0.04
        birthday = self.today - timedelta(days=self.random.randrange(2, 78))
        birthday = birthday.replace(day=min(birthday.day, 28))
        stated = known and self.random.random() < (0.5 if self.plans[plan]["otherPayers"] == "coordinate" else 0.2)
        return {"name": name, "memberId": f"ORA-{self.given['seed']}-{index}", "family": f"family-{self.given['seed']}-{index}", "person": f"{position + 1:02d}", "known": known,
                "dependant": position > 0, "familyNumber": index, "holder": f"{index}/01", "sex": self.next("sex", "FMU"), "birthday": birthday.isoformat(),
                "birthDate": birthday.replace(year=birthday.year - self.next("age", [10, 18, 18, 40, 65, 65])).isoformat(),
                "periods": periods if known else [], **({"coordination": self.insurances()} if stated else {})}

    def sibling(self, person):
        others = [one for one in self.people.values() if one["name"] != person["name"]]
        return next((one for one in others if one["family"] == person["family"]), self.random.choice(others or [person]))

    def open_totals(self, names, family, plan):
        for year in range(self.today.year - 3, self.today.year + 1):
            for month in (1, 4, 7, 10):
                totals = []
                for bucket, limit in (("deductible", plan["deductible"]), ("out-of-pocket", plan["outOfPocket"])):
                    used = [self.random.choice([0, 0, limit["individualMinor"] // 2, limit["individualMinor"] - 1_777]) for _ in names] if month == plan["benefitYearMonth"] else [0] * len(names)
                    used = used if sum(used) <= limit["familyMinor"] else [0] * len(names)
                    totals += [{"leaf": f"{self.people[name]['person']}/{bucket}", "usedMinor": amount} for name, amount in zip(names, used)]
                    totals.append({"leaf": f"family/{bucket}", "usedMinor": sum(used)})
                for bucket, used in (("visits-therapy", [0, 0, 1]), ("paid-therapy", [0, 0, 3_000]), ("paid-hearing", [0, 14_000])):
                    totals += [{"leaf": f"{self.people[name]['person']}/{bucket}", "usedMinor": self.random.choice(used)} for name in names]
                if month in {self.plans[period["plan"]]["benefitYearMonth"] for name in names for period in self.people[name]["periods"]}:
                    self.accumulators.append({"family": family, "benefitYear": f"{year}-{month:02d}-01", "totals": sorted(totals, key=lambda total: total["leaf"])})

    # -- claims ----------------------------------------------------------------------------------------------------------

    def deck(self, plan):
        """The kinds of claims from which a plan's are drawn, each as often as it stands here."""
        coordinates = self.plans[plan]["otherPayers"] == "coordinate"
        general = {**dict.fromkeys(kinds.GENERAL, 1), "coordinated": 90 if coordinates else 4}
        if plan >= GENERIC:
            general = { "visit": 1, "duplicate": 1, "late": 1, "expired": 1, "restricted": 1, "rendering": 1, "bundled": 1, "two-plans": 1, "coordinated": 30 if coordinates else 1}
        chosen = {**general, **dict.fromkeys(kinds.LIMITED, 1), **dict.fromkeys(kinds.INSTITUTIONAL, 1), **(dict.fromkeys([*kinds.TABLES, *kinds.BILLED], 1) if plan >= GENERIC else {})}
        return f"kinds {plan >= GENERIC} {coordinates}", [kind for kind, often in chosen.items() for _ in range(often * kinds.OFTEN.get(kind, 1))]

    def claim(self, person, plan, kind):
        draft = kinds.Draft(self, person, plan)
        kinds.ALL[kind](draft)
        return self.add(person["familyNumber"], person["name"], kind, draft.earlier or draft.content())

    def coordinate(self, draft):
        payers = self.decided_before(draft.lines)
        draft.sequence = self.random.choice([["P", "S", "T", "U"][len(payers)]] * 6 + ["P", "S", "U"])
        if payers:
            draft.more["otherPayers"] = payers

    def decided_before(self, lines):
        """What payers before ours decided, as the hospital reports it."""
        pick, payers = self.random.choice, []
        for sequence in ["P", "S", "T"][:pick([0, 1, 1, 1, 1, 1, 1, 1, 2, 3])]:
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

    def authorise(self, person, asked):
        """Asks for services to be approved before any claim is sent; the answer is the name by which claims know it."""
        name = f"auth{len(self.authorisations)}"
        self.authorisations.append({"name": name, "person": person["name"], **asked})
        return name

    def add(self, family, name, kind, content, **rest):
        number = f"O{len(self.claims)}"
        content = {**content, "patientControlNumber": number, "totalChargeMinor": sum(line["chargeMinor"] for line in content["lines"])}
        claim = {"number": number, "family": family, "person": name, "kind": kind, "releasable": self.random.random() < 0.5, "content": content, **rest}
        self.claims.append(claim)
        return claim

    # -- the story -------------------------------------------------------------------------------------------------------

    def story(self, count):
        first = list(self.claims)
        half = len(first) // 2
        lifted = ["payer-order/v3", "duplicate/v2", "duplicate-bill/v2", "credential/v1", "days-of-stay/v1", "reference-tables/v2", "scope-fits-code/v1"]
        steps = [{"kind": "claims", "name": "first", "claims": first[:half]}, {"kind": "suspend", "npi": self.names["blake"], "effectiveFrom": self.given["suspension"]},
                 {"kind": "release", "name": "released", "rules": lifted}, {"kind": "claims", "name": "second", "claims": first[half:]},
                 {"kind": "remit", "paidOn": self.ago(-12)}]
        stays = [claim for claim in first if claim["content"]["type"] == "I"]
        wanted = min(len(first), max(0, count - len(first)))
        originals = self.random.sample(stays, min(len(stays), wanted // 2))
        originals += self.random.sample([claim for claim in first if claim not in originals], wanted - len(originals))
        corrections = []
        for original in originals:
            content = json.loads(json.dumps(original["content"]))
            content["frequency"] = self.correct(content)
            corrections.append(self.add(original["family"], original["person"], "correction", content, original=original["number"], releasable=False))
        taken = {claim["number"] for claim in originals}
        again = [claim["number"] for claim in self.random.sample(first, len(first) // 15) if claim["number"] not in taken]
        return [*steps, {"kind": "claims", "name": "corrected", "claims": corrections}, {"kind": "reopen", "name": "reopened", "numbers": again[::2], "cause": "RECONSIDERATION"},
                {"kind": "reopen", "name": "appealed", "numbers": again[1::2], "cause": "APPEAL"}, {"kind": "remit", "paidOn": self.ago(-70)}]


    def correct(self, content):
        """Changes a claim into one that corrects it, or goes on from it; gives its frequency."""
        if content["frequency"] == "2" and self.random.random() < 0.7:
            last = self.random.random() < 0.5
            kinds.continued(content, self.random.randrange(1, 4), "01" if last else "30")
            return "4" if last else "3"
        if content.get("institutional", {}).get("facilityType") in ("11", "18", "21") and content["frequency"] == "1" and "otherPayers" not in content and self.random.random() < 0.4:
            content["lines"] = [{**content["lines"][-1], "number": 1, "chargeMinor": self.random.randrange(1_000, 90_000)}]
            content["lines"][0].pop("nonCoveredMinor", None)
            return "5"
        frequency = self.random.choice(["7", "7", "8"])
        if frequency == "7" and self.random.random() < 0.8:
            content["lines"][0]["chargeMinor"] += 500
            for payer in content.get("otherPayers", []):
                payer["reported"]["lines"][0]["adjustments"].append({"group": "CO", "reason": "253", "amountMinor": 500})
        return frequency


if __name__ == "__main__":
    world = World(json.load(sys.stdin))
    given = world.given
    clinicians = {who["npi"]: {**who["licensed"], "state": who["licence"]["jurisdiction"], "linked": who["linked"], **({"restricted": given["restriction"]} if name == "frankie" else {})}
                  for name, who in given["clinicians"].items()}
    json.dump({"plans": world.plans, "feeSchedules": world.terms.schedules(), "pricingModifiers": PRICING_MODIFIERS, "people": world.people, "clinicians": clinicians,
               "accumulators": world.accumulators, "editions": world.terms.editions(), "authorisations": world.authorisations, "steps": world.steps}, sys.stdout)
