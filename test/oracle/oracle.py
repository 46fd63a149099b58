"""The answer key: what every claim of a generated world has to come to, by the claims guide and nothing else.

A second implementation, in another language, that shares no code with the product. Reads {"world", "received"} on standard
input (`received`: when the ledger took each claim in) and writes {"answers", "totals", "remittances", "fired"}.
"""
import json
import sys
from collections import Counter, defaultdict

import bundling
import edits
from case import Case
from edits import authorisation_name, whole_units
from rules import RULES, between, changed, mutants, scale
from shares import decide


class Noticed(Exception):
    """Something comes to another answer than expected."""


class Oracle:
    def __init__(self, world, received, expected=None):
        self.world, self.received, self.expected = world, received, expected
        self.claims = {}      # control number -> claim as submitted
        self.of_person = defaultdict(list)  # control numbers of a person's claims
        self.decided = {}     # control number -> the decision in force
        self.versions = Counter()
        self.open = {}
        self.finals = set()   # decided and remitted
        self.unpaid = []      # decided, for the hospital, not remitted
        self.taken_back = {}  # replacement or reopened claim -> [(amount, cause)] that its remittance takes back
        self.voids = []
        self.owed = 0
        self.suspended = {}
        self.authorisations = {one["name"]: one for one in world["authorisations"]}
        self.uses = {}        # control number -> units that its decision uses of authorisations
        self.totals = {(row["family"], row["benefitYear"], total["leaf"]): total["usedMinor"]
                       for row in world["accumulators"] for total in row["totals"]}
        self.answers, self.fired, self.remittances = {}, Counter(), []

    # -- the steps of the story ------------------------------------------------------------------------------------

    def run(self):
        for step in self.world["steps"]:
            getattr(self, f"{step['kind']}_step")(step)

    def claims_step(self, step):
        for item in step["claims"]:
            if item["content"]["frequency"] == "5":
                item = {**item, "content": self.with_late_charges(item)}
            self.claims[item["number"]] = item
            self.of_person[item["person"]].append(item["number"])
            self.open[item["number"]] = []
            self.decide(item["number"], step["name"])

    def with_late_charges(self, item):
        """Late charges price the stay again: what was billed before, and then the late lines. (Claims guide, decisions: clock and life cycle.)"""
        before, late = self.claims[item["original"]]["content"], item["content"]
        lines = [{**line, "number": number} for number, line in enumerate(before["lines"] + late["lines"], 1)]
        return {**before, "frequency": "5", "patientControlNumber": late["patientControlNumber"], "lines": lines}

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
                self.take_back(number, number, step["cause"])
                self.open[number] = []
                self.decide(number, step["name"])

    def remit_step(self, step):
        paid = sum(self.decided[number]["paid"] for number in self.unpaid)
        interest = sum(self.interest(number, step["paidOn"]) for number in self.unpaid)
        back = [amount for number in self.unpaid for amount, _ in self.taken_back.pop(number, [])] + [amount for amount, _ in self.voids]
        balance = paid + interest - sum(back) - self.owed
        self.remittances.append({"claims": len(self.unpaid), "paid": paid, "reversals": len(back), "reversed": -sum(back), "interest": interest, "total": max(0, balance)})
        self.owed = max(0, -balance)
        self.finals.update(self.unpaid)
        self.unpaid, self.voids = [], []

    def interest(self, number, paid_on):
        """On what is paid late, of a corrected claim on what it brings more; the day of receipt is not counted. (Claims guide 2.6; 42 CFR 405.922.)"""
        decision, back = self.decided[number], self.taken_back.get(number, [])
        terms = decision["promptPay"]
        if terms is None or (any(cause == "APPEAL" for _, cause in back) and not terms["afterAppeal"]):
            return 0
        late, amount = between(decision["received"], paid_on) - terms["days"], decision["paid"] - sum(one for one, _ in back)
        if late <= 0 or amount <= 0:
            return 0
        self.fired[f"interest {terms['method']}"] += 1
        if terms["method"] == "monthly":
            return scale(amount, terms["rate"] * -(-late // RULES["MONTH"]), RULES["WHOLE"], "halfUp")
        return scale(amount, terms["rate"] * late, RULES["WHOLE"] * terms["dayBasis"], "halfUp")

    def take_back(self, number, by, cause):
        """Reverse first: every posting of the decision is undone, and its payment is taken back where it was final."""
        before = self.decided.pop(number)
        self.uses.pop(number, None)
        for leaf, amount in before["postings"]:
            self.totals[leaf] -= amount
        carried = self.taken_back.pop(number, [])
        if number in self.finals:
            self.finals.discard(number)
            carried = carried + [(before["paid"], cause)]
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
                self.take_back(original, None, "VOID")
                self.open.pop(number)
                self.answer(step, number, {"outcome": "VOIDED"})
                return
        # a replacement is looked at as if its original were taken back; where it is held, nothing is taken back
        undo = self.suppose_without(original) if original is not None and first_time else None
        case = Case(self, claim, without=original if first_time else None)
        holds, lines = examine(case)
        decision = None
        if not holds:
            holds, decision = decide(case, lines)
        if undo:
            undo()
        if holds:
            self.answer(step, number, {"outcome": "PENDED", "reasons": sorted(holds)})
            return
        if original is not None and first_time:
            self.take_back(original, number, "REPLACEMENT")
        self.keep(case, number, decision)
        self.answer(step, number, {"outcome": "ADJUDICATED", "decision": decision["decision"], "paid": decision["paid"],
                                   "lines": [{key: line[key] for key in LINE} for line in decision["lines"]]})

    def suppose_without(self, original):
        """Totals and units as if a decision had been taken back; gives what undoes it."""
        uses = self.uses.pop(original)
        for leaf, amount in self.decided[original]["postings"]:
            self.totals[leaf] -= amount
        def undo():
            self.uses[original] = uses
            for leaf, amount in self.decided[original]["postings"]:
                self.totals[leaf] += amount
        return undo

    def keep(self, case, number, decision):
        for leaf, amount in decision["postings"]:
            self.totals[leaf] = self.totals.get(leaf, 0) + amount
        self.open.pop(number)
        self.versions[number] += 1
        decision["promptPay"], decision["received"] = (case.plan.get("promptPay"), case.received.isoformat()) if case.plan else (None, None)
        self.decided[number] = decision
        self.uses[number] = used_units(case, decision)
        if case.content["benefitsAssigned"]:
            self.unpaid.append(number)

    def answer(self, step, number, answer):
        self.answers[f"{step} {number}"] = answer
        if self.expected is not None and self.expected[f"{step} {number}"] != answer:
            raise Noticed

    # -- what is known besides -----------------------------------------------------------------------------------------

    def authority(self, npi, state, on):
        """What the boards say of a licence on a day, as far as it is known now."""
        licence = self.world["clinicians"].get(npi, {"linked": False})
        if not licence["linked"] or licence["state"] != state:
            return "UNKNOWN"
        suspended = self.suspended.get(npi)
        if on < licence["from"] or on > licence.get("thru", "9999") or (suspended and on >= suspended):
            return "NONE"
        restricted = licence.get("restricted")
        return "LIMITED" if restricted and restricted["from"] <= on <= restricted["thru"] else "FULL"

    def authorisation(self, case, name):
        """An authorisation of this person; another one's is none."""
        found = self.authorisations.get(name)
        return found if found and found["person"] == case.claim["person"] else None

    def units_used(self, name):
        return sum(used.get(name, 0) for used in self.uses.values())


LINE = ["number", "denied", "allowed", "deductible", "copay", "coinsurance", "paid", "adjustments", "remarks"]


def used_units(case, decision):
    """Lines that are not denied use units of the authorisation that they name, where their service is one of those approved."""
    used = Counter()
    for line, outcome in zip(case.content["lines"], decision["lines"]):
        named = case.oracle.authorisation(case, authorisation_name(case, line))
        if named and not outcome["denied"] and line["procedure"]["code"] in named["codes"]:
            used[named["name"]] += whole_units(line)
    return used


def examine(case):
    """Every edit on every line: the first denial of a line counts; a hold counts on lines that are not denied."""
    own, beside = (edits.INSTITUTIONAL, bundling.INSTITUTIONAL) if case.institutional else (edits.PROFESSIONAL, bundling.PROFESSIONAL)
    found = {line["number"]: [(rule, *finding) for rule, edit in own for finding in edit(case, line)] for line in case.content["lines"]}
    passed = [line for line in case.content["lines"] if not any(effect == "deny" for _, effect, *_ in found[line["number"]])]
    for rule, edit in beside:
        for line in case.content["lines"]:
            found[line["number"]] += [(rule, *finding) for finding in edit(case, line, passed)]
    holds, lines = set(), []
    for line in case.content["lines"]:
        findings = found[line["number"]]
        case.oracle.fired.update(rule for rule, *_ in findings)
        denials = [(reason, remarks) for _, effect, reason, *remarks in findings if effect == "deny"]
        if not denials:
            holds.update(f"{rule} {reason}" for rule, effect, reason, *_ in findings if effect == "pend" and rule not in case.releases)
        lines.append((line, denials[0] if denials else None))
    return holds, lines


def answer(given, expected=None):
    """Everything, or, where answers are expected, `Noticed` at the first other one."""
    oracle = Oracle(given["world"], given["received"], expected)
    oracle.run()
    return {"answers": oracle.answers, "totals": {"|".join(leaf): amount for leaf, amount in oracle.totals.items()},
            "remittances": oracle.remittances, "fired": oracle.fired}


def unnoticed(given, right):
    """Names of the changed constants with which everything comes to the same, and how many were changed."""
    same, count = [], 0
    for label, name, value in list(mutants()):
        count += 1
        with changed(name, value):
            try:
                again = answer(given, right["answers"])
                if all(again[part] == right[part] for part in ("totals", "remittances")):
                    same.append(label)
            except Exception:  # a world that the changed constant cannot answer is noticed
                pass
    return same, count


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    result = answer(asked)
    if asked.get("mutants"):
        result["unnoticed"], result["mutants"] = unnoticed(asked, result)
    json.dump(result, sys.stdout)
