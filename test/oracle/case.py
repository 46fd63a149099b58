"""One claim with everything that is known about it now."""
from datetime import datetime, timedelta

from rules import RULES, day, holds, year_of

# What a table says that the plan does not apply, or has no edition for the day.
NOT_ASKED = object()


class Case:
    def __init__(self, oracle, claim, without):
        self.oracle, self.claim, self.content = oracle, claim, claim["content"]
        self.institutional = self.content.get("institutional")
        self.person = oracle.world["people"][claim["person"]]
        self.periods, self.known = self.person["periods"], self.person["known"]
        self.without = without
        self.releases = oracle.open[claim["number"]]
        self.reference = self.period_of_reference()
        self.plan = oracle.world["plans"][self.reference["plan"]] if self.reference else None
        at = datetime.fromisoformat(oracle.received[claim["number"]].replace("Z", "+00:00"))
        self.received = (at + timedelta(minutes=self.plan["utcOffsetMinutes"])).date() if self.plan else None
        self.schedule = next((one for one in oracle.world["feeSchedules"] if self.plan and one["network"] == self.plan["network"] and self.setting() in one["settings"] and holds(one, self.governing_day())), None)
        self.coordinates = self.plan is not None and self.plan["otherPayers"] == "coordinate"
        believed = self.coordinates and "reported" in self.plan["coordination"]
        self.before = [payer["reported"] for payer in self.content.get("otherPayers", []) if "reported" in payer] if believed else []

    # -- dates, plan, contract -------------------------------------------------------------------------------------------

    @property
    def inpatient(self):
        return self.institutional is not None and self.institutional["facilityType"] in RULES["INPATIENT"]

    def setting(self):
        return "professional" if self.institutional is None else "inpatient" if self.inpatient else "outpatient"

    def by_date(self):
        return sorted(self.content["lines"], key=lambda line: (line["serviceFrom"], line["number"]))

    def insured_on(self, on):
        return next((period for period in self.periods if holds(period, on)), None)

    def governing_day(self):
        """A stay belongs to its admission, another claim to its first insured service."""
        if self.inpatient:
            return self.institutional["admission"]["date"]
        insured = [line for line in self.by_date() if self.insured_on(line["serviceFrom"])]
        return (insured or self.by_date())[0]["serviceFrom"]

    def period_of_reference(self):
        """Where nobody is insured on the day, the latest plan before it, else the first, still says where the insurer's clocks stand."""
        on = self.governing_day()
        before = [period for period in self.periods if period["from"] <= on]
        return self.insured_on(on) or (before[-1] if before else self.periods[0] if self.periods else None)

    def year(self):
        return year_of(self.plan, self.governing_day())

    # -- who, where -------------------------------------------------------------------------------------------------------

    def patient(self):
        return self.content.get("patient", self.content["subscriber"])

    def rendering(self, line):
        return rendering(self.content, line)

    def place(self, line):
        return place(self.content, line)

    def state(self, line):
        """Where the patient was: that state's licence counts."""
        if self.place(line) in RULES["TELEHEALTH"]:
            return self.patient().get("state")
        return self.content.get("serviceFacility", self.content["billing"]).get("state")

    def age_on(self, on):
        born = self.patient()["birthDate"]
        return int(on[:4]) - int(born[:4]) - (1 if on[5:] < born[5:] else 0)

    def is_other_sex(self, sex):
        return sex is not None and self.patient()["sex"] not in (sex, "U")

    # -- tables -----------------------------------------------------------------------------------------------------------

    @property
    def tables(self):
        return self.plan.get("edits", {}).get("tables", []) if self.plan else []

    def edition(self, table, on):
        return next((one for one in self.oracle.world["editions"] if one["table"] == table and holds(one, on)), None)

    def entry(self, table, key, on):
        """What a table says of a key on a day; None where it says nothing."""
        edition = self.edition(table, on) if table in self.tables and self.concerns(table) else None
        return NOT_ASKED if edition is None else edition["entries"].get(key)

    def service_entry(self, table, line):
        """What a table says of a line's service; one without a code of its own is in no table."""
        return NOT_ASKED if line["procedure"]["qualifier"] == "NU" else self.entry(table, line["procedure"]["code"], line["serviceFrom"])

    def service_rule(self, line, name):
        rule = self.service_entry("service-rules", line)
        return None if rule in (None, NOT_ASKED) else rule.get(name)

    def concerns(self, table):
        """House rule: practitioners and outpatient hospitals have NCCI tables of their own, places are the former's, revenue codes the institutions'."""
        return self.setting() in {"ncci-ptp": ["professional"], "mue": ["professional"], "place-of-service": ["professional"], "ncci-ptp-outpatient": ["outpatient"],
                                  "mue-outpatient": ["outpatient"], "revenue-code": ["outpatient", "inpatient"]}.get(table, [self.setting()])

    def diagnosis_day(self, line):
        """A stay is coded by the codes of its last day (ICD-10-CM guidelines)."""
        return self.institutional["statementThru"] if self.inpatient else line["serviceFrom"]

    def table_day(self, table, line):
        return self.diagnosis_day(line) if table in ("icd-10-cm", "diagnosis-rules") else line["serviceFrom"]

    def diagnoses(self, line):
        """Those that a line points to; an institution's answer for all of the claim's."""
        if self.institutional:
            return self.content["diagnoses"]
        return [self.content["diagnoses"][pointer - 1] for pointer in line["diagnosisPointers"]]

    # -- other claims and payers ------------------------------------------------------------------------------------------

    def earlier(self):
        """Lines of the person's other decided claims of the same kind that were not denied."""
        for number in self.oracle.of_person[self.claim["person"]]:
            other, decision = self.oracle.claims[number], self.oracle.decided.get(number)
            if decision is None or number in (self.claim["number"], self.without) or other["content"]["type"] != self.content["type"]:
                continue
            for line, outcome in zip(other["content"]["lines"], decision["lines"]):
                if not outcome["denied"]:
                    yield other, {**line, "outcome": outcome}

    def decisions_before(self, line):
        return [next(one for one in decision["lines"] if one["number"] == line["number"]) for decision in self.before]

    def left(self, line):
        """What the last payer before us left to the patient."""
        last = self.decisions_before(line)[-1]
        return min(line["chargeMinor"], max(0, sum(one["amountMinor"] for one in last["adjustments"] if one["group"] == "PR")))

    # -- accumulators -----------------------------------------------------------------------------------------------------

    def leaf(self, owner, bucket):
        return (self.person["family"], self.year(), f"{owner}/{bucket}")

    def used(self, owner, bucket, postings):
        leaf = self.leaf(owner, bucket)
        return self.oracle.totals.get(leaf, 0) + sum(amount for name, amount in postings if name == leaf)


def rendering(content, line):
    """Who answers for a service; of an institution's the attending provider."""
    if content["type"] == "I":
        return content["institutional"].get("attending", content["billing"])
    return line.get("rendering") or content.get("rendering") or content["billing"]


def place(content, line):
    return line.get("placeOfService") or content.get("placeOfService")


def covered(line):
    """The part of a charge that the hospital does not itself bill as not covered."""
    return line["chargeMinor"] - line.get("nonCoveredMinor", 0)


def is_room(line):
    return line["quantity"]["unit"] == "DA" and "revenueCode" in line
