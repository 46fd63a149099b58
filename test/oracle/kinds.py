"""Kinds of claims, each with what it takes for a rule to have something to say. A kind changes a draft; it decides nothing."""
import json
from datetime import date, timedelta

from terms import CODES, MODIFIERS

# Kinds that come up more than once in a round: ordinary ones, and those of which few claims are what their rule looks for.
OFTEN = {"plain": 8, "lines": 8, "adult": 2, "young": 2, "diagnosed": 4, "follow-up": 2, "placed": 3, "listed place": 3, "scope": 2, "sex": 2, "patient diagnosis": 4, "late stay": 2, "two-plans": 2,
         "unlisted revenue code": 2, "across years": 2, "sex there": 3, "diagnosis fits there": 2, "diagnosis": 2, "modifier": 2, "listed modifier": 2, "many there": 2, "pair there": 2,
         "diagnosed there": 2}


class Draft:
    """A claim in the making: a visit at the office by a clinician in good standing, of some service."""

    def __init__(self, world, person, plan):
        self.world, self.random, self.ago, self.person, self.plan = world, world.random, world.ago, person, plan
        self.on, self.by, self.place, self.sequence, self.assigned, self.state, self.billing_state = self.ago(self.random.randrange(1, 85)), world.names["avery"], "11", "P", True, "VT", "VT"
        self.lines, self.more, self.diagnoses, self.institutional, self.earlier = [], {}, [{"qualifier": "ABK", "code": "Z0000"}], None, None
        self.taxonomy, self.frequency = "207Q00000X", "1"
        self.line()

    @property
    def one(self):
        return self.lines[0]

    def line(self, code=None, *modifiers, on=None, charge=None, **changes):
        known, fee, _ = self.random.choice(CODES)
        code, fee = code or known, fee if code is None else 5_000
        on = on or self.on
        self.lines.append({"number": len(self.lines) + 1, "procedure": {"qualifier": "HC", "code": code, "modifiers": list(modifiers)},
                           "chargeMinor": fee + self.random.randrange(0, 9_000) if charge is None else charge, "quantity": units(1), "diagnosisPointers": [1],
                           "serviceFrom": on, "serviceThru": on, **changes})
        return self.lines[-1]

    def code(self, code, *modifiers):
        self.one["procedure"] = {"qualifier": "HC", "code": code, "modifiers": list(modifiers)}

    def move(self, on):
        self.on = on
        for line in self.lines:
            line["serviceFrom"] = line["serviceThru"] = on

    def days_ago(self, days):
        self.move(self.ago(days))

    def pick(self, *values):
        return self.random.choice(values)

    def before(self, kind):
        """Another claim of the person, filed just before this one."""
        return self.world.claim(self.person, self.plan, kind)["content"]

    def content(self):
        world, person = self.world, self.person
        insured = {"familyName": "SAMPLETON", "givenName": f"P{person['person']}", "birthDate": person["birthDate"], "sex": person["sex"], "state": self.state}
        holder = world.people[person["holder"]]
        subscriber = {**insured, "givenName": "P01", "birthDate": holder["birthDate"], "sex": holder["sex"]}
        provider = {"entity": "person", "npi": self.by, "name": "SAMPLE", **({"taxonomy": self.taxonomy} if self.taxonomy else {})}
        billing = {**world.given["billing"], **({"state": self.billing_state} if self.billing_state else {})}
        common = {
            "frequency": self.frequency, "currency": "USD", "acceptsAssignment": True, "benefitsAssigned": self.assigned, "billing": billing,
            "subscriber": {"memberId": person["memberId"], "payerSequence": self.sequence, "filingIndicator": "CI", **subscriber},
            **({"patient": {"relationship": "19", **insured}} if person["dependant"] else {}), "diagnoses": self.diagnoses, "lines": self.lines}
        if self.institutional:
            return {"type": "I", **common, "institutional": {**self.institutional, **({"attending": provider} if self.by else {})}, **self.more}
        return {"type": "P", **common, **({"placeOfService": self.place} if self.place else {}), **({"rendering": provider} if self.by else {}), **self.more}


def units(quantity):
    return {"unit": "UN", "thousandths": round(quantity * 1_000)}


# -- what every plan decides --------------------------------------------------------------------------------------------------

def plain(_):
    pass


def lines(draft):
    for _ in range(2):
        draft.line(on=draft.ago(draft.random.randrange(1, 85)))


def visit(draft):
    draft.code("X0001")
    draft.line("X0001")


def days(draft):
    draft.one["serviceThru"] = min(after(draft.on, draft.pick(0, 1)), draft.ago(1))


def spanning(draft):
    """Two services of many days, insured at either end."""
    draft.one["serviceFrom"], draft.one["serviceThru"] = draft.ago(draft.pick(71, 75)), draft.ago(draft.pick(49, 46))


def quantity(draft):
    draft.one["quantity"] = units(draft.pick(0.5, 1.5, 2, 3.333))


def bilateral(draft):
    draft.one["procedure"]["modifiers"] = [draft.pick("50", "52")]


def facility(draft):
    draft.code("X0002")
    draft.one["placeOfService"] = draft.world.next("facility", ["02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"])
    draft.more["serviceFacility"] = {"entity": "organisation", "npi": draft.world.given["facility"], "name": "SAMPLE", "state": "VT"}


def telehealth(draft):
    draft.one["placeOfService"] = draft.world.next("telehealth", ["02", "10"])
    draft.state = draft.pick("VT", "NH")


def equipment(draft):
    draft.code("X0010", draft.pick("NU", "RR"))


def free(draft):
    draft.one["chargeMinor"] = 0


def cheap(draft):
    draft.one["chargeMinor"] = draft.random.randrange(1, 700)


def late(draft):
    draft.days_ago(draft.plan["timelyFilingDays"] + draft.random.randrange(1, 9))


def limit_day(draft):
    draft.days_ago(draft.plan["timelyFilingDays"])


def no_state(draft):
    draft.billing_state = None


def secondary(draft):
    draft.sequence = "S"


def coordinated(draft):
    if draft.random.random() < 0.3:
        draft.line()
    draft.world.coordinate(draft)
    if draft.random.random() < 0.1:
        draft.days_ago(draft.plan["timelyFilingDays"] + draft.random.randrange(1, 40))


def pointer(draft):
    draft.one["diagnosisPointers"] = []


def no_place(draft):
    draft.place = None


def no_rendering(draft):
    draft.by = None


def two_years(draft):
    draft.line(on=draft.ago(430))


def two_plans(draft):
    draft.days_ago(45)
    draft.line(on=draft.ago(44))


def across_plans(draft):
    draft.one["serviceFrom"], draft.one["serviceThru"] = draft.ago(45), draft.ago(44)


def no_contract(draft):
    draft.days_ago(720)


def member_paid(draft):
    draft.assigned = False


def again(change, *of):
    """An earlier claim of the person once more, of one of these kinds."""
    def kind(draft):
        draft.earlier = json.loads(json.dumps(draft.before(draft.pick(*of))))
        change(draft.earlier, draft)
    return kind


VISITS, BILLS = ("plain", "visit", "lines"), ("stay", "stay", "outpatient")


def same(*_):
    pass


def dearer(content, _):
    for line in content["lines"]:
        line["chargeMinor"] += 100


def repeated(content, draft):
    for line in content["lines"]:
        if line["procedure"]["qualifier"] == "HC":
            line["procedure"]["modifiers"] = [draft.world.next("repeated", ["76", "77", "91", "59", "XE", "XS", "XP", "XU"])]


def other_bill(content, _):
    if content["type"] == "I":
        content["institutional"]["facilityType"] = {"11": "18", "13": "14"}.get(content["institutional"]["facilityType"], "13")


def coded(code):
    return lambda draft: draft.code(code)


def rendered(name):
    def kind(draft):
        draft.by = draft.world.names[name]
    return kind


def dated(ago):
    return lambda draft: draft.days_ago(ago)


def after(day, count):
    return (date.fromisoformat(day) + timedelta(days=count)).isoformat()


GENERAL = {
    "plain": plain, "lines": lines, "visit": visit, "days": days, "spanning": spanning, "units": quantity, "bilateral": bilateral, "facility": facility, "facility again": facility,
    "telehealth": telehealth, "telehealth again": telehealth, "equipment": equipment, "free": free, "cheap": cheap, "late": late, "limit-day": limit_day, "no-state": no_state, "secondary": secondary,
    "coordinated": coordinated, "pointer": pointer, "place": no_place, "rendering": no_rendering, "two-years": two_years, "two-plans": two_plans, "across-plans": across_plans,
    "no-contract": no_contract, "member-paid": member_paid,
    "duplicate": again(same, *VISITS), "duplicate again": again(same, *VISITS), "suspect": again(dearer, *VISITS), "repeated": again(repeated, *VISITS), "repeated again": again(repeated, *VISITS),
    "excluded": coded("X0021"), "not-covered": coded("X0020"), "unknown-category": coded("X0022"), "bundled": coded("X0030"), "zero-147": coded("X0031"), "zero-96": coded("X0032"), "unlisted": coded("X9999"),
    "before": dated(61), "after": dated(39), "lapse": dated(60), "expired": rendered("casey"), "suspended": rendered("blake"), "suspended again": rendered("blake"), "unlinked": rendered("devon"),
    "restricted": rendered("frankie"), "restricted again": rendered("frankie")}


# -- what code lists and edit tables decide -----------------------------------------------------------------------------------

def pair(draft):
    """Column 2 beside column 1, or after it; every modifier in turn, on either of them."""
    column1, column2 = draft.world.next("pair", [("X0101", "X0102")] * 6 + [("X0103", "X0104"), ("X0105", "X0106"), ("X0107", "X0108"), ("X0101", "X0001"), ("X0101", "X0001")])
    modifier = draft.world.next("pair modifier", [*MODIFIERS, None, None, "RT", "LT"])
    first, second = ([], [modifier]) if draft.random.random() < 0.75 else ([modifier], [])
    draft.code(column2, *[one for one in second if one])
    draft.line(column1, *[one for one in first if one])


def pair_apart(draft):
    """One of the two in an earlier claim."""
    first, second = draft.pick(("column 1", "X0102"), ("column 2", "X0101"))
    draft.move(draft.before(first)["lines"][0]["serviceFrom"])
    draft.code(second)


def many(draft):
    """Around the most units that are likely, on one line, on two, or of several days."""
    code = draft.world.next("many", ["X0110", "X0111", "X0112"])
    draft.code(code)
    draft.one["quantity"] = units(draft.pick(1, 2, 3, 4, 5))
    if draft.random.random() < 0.5:
        draft.line(code, quantity=units(draft.pick(0.5, 1, 2)))
    elif draft.random.random() < 0.3:
        draft.one["serviceFrom"] = min(after(draft.on, -draft.pick(1, 3)), draft.on)
        draft.one["quantity"] = units(draft.pick(3, 5, 7, 10, 14))


def many_apart(draft):
    other = draft.before("many")["lines"][0]
    draft.move(other["serviceFrom"])
    draft.code(other["procedure"]["code"], "76")
    draft.one["quantity"] = units(draft.pick(1, 2))


def add_on(draft):
    draft.code(draft.world.next("add-on", ["X0115", "X0115", "X0116"]))
    beside = draft.pick(None, "X0113", "X0005", "X0003", "other day", "expired")
    if beside == "other day":
        draft.line("X0113", on=after(draft.on, -1))
    elif beside == "expired":
        draft.line("X0149")
    elif beside:
        draft.line(beside)


def operated(draft):
    draft.code(draft.world.next("procedure", ["X0117", "X0118", "X0113"]))
    draft.move(draft.ago(draft.random.randrange(20, 85)))


def follow_up(draft):
    """A visit around a procedure: on its day, the day before, on the last day of its period, or after."""
    done = draft.before("procedure")["lines"][0]["serviceFrom"]
    draft.code("X0001", *[one for one in [draft.world.next("follow-up", ["24", None, "25", None, "57", None])] if one])
    draft.move(min(after(done, draft.pick(-2, -1, 0, 0, 1, 9, 10, 11, 30)), draft.ago(1)))


def same_day_procedure(draft):
    draft.code("X0001", *[one for one in [draft.pick("24", "25", "57", None)] if one])
    draft.line(draft.pick("X0117", "X0118", "X0113"))


def aged(code, birthday):
    """On the birthday from which, or until the day before which, the code fits, or on the day before."""
    def kind(draft):
        draft.code(code)
        day = draft.person["birthday"]
        draft.move(after(day, draft.pick(0, -1)))
    return kind


def sexed(draft):
    draft.code("X0122")


def with_modifier(draft):
    draft.code("X0123", draft.pick("RT", "LT", "59", "76"))


def placed(draft):
    draft.code("X0124")
    draft.one["placeOfService"] = draft.pick("11", "22", "21", "24")


def diagnosed(draft):
    draft.code("X0125")
    draft.diagnoses = [{"qualifier": "ABK", "code": draft.pick("M170", "Z0000", "O80")}]


def scoped(draft):
    draft.code("X0126")
    draft.taxonomy = draft.pick("207Q00000X", "208D00000X", "208D00000X", None)


def listed_code(draft):
    draft.code(draft.pick("X0140", "X0141", "X0149", "1X001", "1X002", "1X009"))
    draft.days_ago(draft.pick(29, 30, 31, 60))


def listed_modifier(draft):
    draft.one["procedure"]["modifiers"] = [draft.pick("Y1", "Z1")]
    draft.days_ago(draft.pick(29, 30, 60))


def listed_place(draft):
    draft.one["placeOfService"] = draft.pick("20", "18", "02")
    draft.days_ago(draft.pick(29, 30, 60))


def diagnosis(draft):
    draft.diagnoses = [{"qualifier": "ABK", "code": "Z0000"}, draft.pick({"qualifier": "ABF", "code": "M17"}, {"qualifier": "ABF", "code": "Q9999"}, {"qualifier": "BF", "code": "V700"}, {"qualifier": "ABF", "code": "M170"})]
    draft.one["diagnosisPointers"] = draft.pick([1], [1, 2], [2, 1])


def patient_diagnosis(draft):
    draft.diagnoses = [{"qualifier": "ABK", "code": draft.world.next("patient diagnosis", ["O80", "P070", "M170"])}]


def excluded(draft):
    excluded_ones, who = draft.world.given["excluded"], draft.world.next("exclusion", ["rendering", "referring", "billing", "facility", "ordering", "ordering", "rendering", "referring"])
    draft.days_ago(draft.pick(10, 19, 20, 21, 29, 30, 31, 35, 40, 45, 49, 50, 51, 79))
    if who == "rendering":
        draft.by = excluded_ones["clinician"]
    elif who == "referring":
        draft.more["referring"] = {"entity": "person", "npi": excluded_ones["referrer"]}
    elif who == "billing":
        draft.more["billing"] = {"entity": "organisation", "npi": excluded_ones["biller"], "taxId": "000000109", "name": "SAMPLE", "state": "VT"}
    elif who == "facility":
        draft.more["serviceFacility"] = {"entity": "organisation", "npi": excluded_ones["facility"], "state": draft.pick("VT", "NH")}
    if who == "ordering":
        draft.one["ordering"] = {"entity": "person", "npi": excluded_ones["referrer"]}
    if who in ("rendering", "referring", "ordering") and draft.random.random() < 0.3:
        draft.one["emergency"] = True
    if who == "rendering" and draft.random.random() < 0.3:
        draft.more["serviceFacility"] = {"entity": "organisation", "state": "NH"}


def no_edition(draft):
    draft.days_ago(draft.pick(81, 82))


def authorised(draft):
    """Names an authorisation that serves it, or misses in one way."""
    miss = draft.world.next("authorisation", ["none", "unknown", "undecided", "refused", "other code", "early", "late", "other provider", "units", "serves", "serves", "another person", "spent"])
    draft.code("X0130")
    if draft.random.random() < 0.3:
        draft.line("X0130", quantity=units(draft.pick(1, 1.5)))
    asked = {"codes": ["X0130"], "from": draft.ago(85), "thru": draft.ago(0), "units": 4, "approved": 3, "providerNpis": [draft.world.names["avery"]] if draft.random.random() < 0.5 else []}
    changes = {"undecided": {"approved": None}, "refused": {"approved": 0}, "other code": {"codes": ["X0132"]}, "early": {"from": after(draft.on, 1)},
               "late": {"from": after(draft.on, -10), "thru": after(draft.on, -1)}, "other provider": {"providerNpis": [draft.world.names["blake"]]}, "spent": {"approved": 1}}.get(miss, {})
    draft.one["quantity"] = units({"units": 4, "spent": 1}.get(miss, draft.pick(1, 2)))
    if miss == "unknown":
        draft.more["priorAuthorisation"] = "A-1"
    elif miss != "none":
        person = draft.world.sibling(draft.person) if miss == "another person" else draft.person
        (draft.more if draft.random.random() < 0.7 else draft.one)["priorAuthorisation"] = draft.world.authorise(person, {**asked, **changes})


def authorised_again(draft):
    """What an earlier claim left of its authorisation."""
    named = draft.before("authorised").get("priorAuthorisation", "none")
    draft.code("X0130")
    draft.one["quantity"] = units(draft.pick(1, 2))
    draft.more["priorAuthorisation"] = named


def authorised_since(draft):
    draft.code(draft.pick("X0132", "X0133"))
    draft.days_ago(draft.pick(29, 30, 31))


def referred(draft):
    draft.code("X0131")
    miss = draft.world.next("referral", ["none", "refused", "serves", "early", "other provider", "unknown"])
    asked = {"codes": ["X0131"], "from": draft.ago(85), "thru": draft.ago(0), "units": 4, "approved": 3, "providerNpis": []}
    changes = {"refused": {"approved": 0}, "early": {"from": after(draft.on, 1)}, "other provider": {"providerNpis": [draft.world.names["blake"]]}}.get(miss, {})
    if miss == "unknown":
        draft.more["referral"] = "R-1"
    elif miss != "none":
        draft.more["referral"] = draft.world.authorise(draft.person, {**asked, **changes})


def several(draft):
    """Several procedures of a day: dearest first, equals by line, and with modifier 51."""
    draft.code(draft.pick("X0150", "X0151", "X0152"), *draft.pick([], ["51"]))
    for _ in range(draft.pick(1, 2, 3)):
        draft.line(draft.pick("X0150", "X0151", "X0152"), *draft.pick([], ["51"]), on=draft.pick(draft.on, draft.on, after(draft.on, -1)), charge=draft.random.randrange(9_000, 50_000))
    draft.one["chargeMinor"] = draft.random.randrange(9_000, 50_000)


def therapy(draft):
    if draft.random.random() < 0.6:
        draft.before("therapy")
    draft.code("X0160")
    draft.days_ago(draft.pick(1, 2, 3, 4, 5))
    if draft.random.random() < 0.4:
        draft.line("X0160")


def hearing(draft):
    draft.code("X0161")
    draft.one["quantity"] = units(draft.pick(1, 2))


def emergency(draft):
    """Outside the network nobody may bill the patient more for it."""
    if draft.random.random() < 0.5:
        draft.one["emergency"] = True
    else:
        draft.one["placeOfService"] = "23"


def change_of_contract(draft):
    draft.days_ago(draft.pick(42, 43, 57, 59, 60))
    if draft.random.random() < 0.5:
        draft.line(on=draft.ago(draft.pick(42, 43, 56)))


TABLES = {
    "pair": pair, "pair again": pair, "pair a third time": pair, "column 1": coded("X0101"), "column 2": coded("X0102"), "pair apart": pair_apart, "pair apart again": pair_apart, "many": many, "many again": many, "many apart": many_apart, "add-on": add_on,
    "add-on again": add_on, "procedure": operated, "follow-up": follow_up, "follow-up again": follow_up, "same-day procedure": same_day_procedure, "adult": aged("X0120", 18), "young": aged("X0121", 65),
    "sex": sexed, "modifier": with_modifier, "placed": placed, "diagnosed": diagnosed, "scope": scoped, "code": listed_code, "code again": listed_code, "listed modifier": listed_modifier,
    "listed place": listed_place, "diagnosis": diagnosis, "diagnosis again": diagnosis, "patient diagnosis": patient_diagnosis, "patient diagnosis again": patient_diagnosis, "exclusion": excluded, "exclusion again": excluded, "no-edition": no_edition,
    "authorised": authorised, "authorised again": authorised, "authorised a third time": authorised, "authorised rest": authorised_again, "authorised since": authorised_since, "referred": referred, "referred again": referred,
    "several": several, "several again": several, "emergency": emergency, "change of contract": change_of_contract}


# -- stays and what else institutions bill ------------------------------------------------------------------------------------

def stay(draft):
    """A stay with days in rooms, drugs, and what was done."""
    nights = draft.random.randrange(1, 7)
    thru = draft.ago(draft.random.randrange(1, 78))
    begin_stay(draft, after(thru, -nights), thru, {"11": 8, "21": 1, "18": 1})
    room(draft, draft.pick("0120", "0120", "0200"), nights)
    for _ in range(draft.pick(0, 1, 2)):
        revenue(draft, draft.pick("0270", "0360", "0250"))
    if draft.random.random() < 0.3:
        service(draft, "X0004", "0360")


def begin_stay(draft, admitted, thru, types):
    draft.lines, draft.place, draft.on = [], None, admitted
    draft.institutional = {
        "facilityType": draft.random.choices(list(types), types.values())[0], "statementFrom": admitted, "statementThru": thru, "procedures": [], "conditions": [], "occurrences": [], "values": [],
        "admission": {"date": admitted, "type": "3"}, "patientStatus": draft.pick("01", "01", "01", "02", "05", "30"), "drg": draft.pick("470", "871", "177")}


def room(draft, code, days):
    return revenue(draft, code, charge=days * draft.random.randrange(60_000, 260_000), quantity={"unit": "DA", "thousandths": days * 1_000})


def revenue(draft, code, **changes):
    line = draft.line(code, **{"charge": draft.random.randrange(10_000, 400_000), "revenueCode": code, "serviceThru": draft.institutional["statementThru"], **changes})
    line["procedure"]["qualifier"] = "NU"
    line["diagnosisPointers"] = []
    return line


def service(draft, code, revenue_code, *modifiers, **changes):
    line = draft.line(code, *modifiers, revenueCode=revenue_code, **changes)
    line["diagnosisPointers"] = []
    return line


def outpatient(draft):
    draft.lines, draft.place = [], None
    draft.institutional = {"facilityType": "13", "statementFrom": draft.on, "statementThru": draft.on, "procedures": [], "conditions": [], "occurrences": [], "values": []}
    for _ in range(draft.pick(1, 2, 3)):
        service(draft, None, draft.pick("0510", "0360"))


def department(draft):
    outpatient(draft)
    draft.lines = []
    for code in draft.random.sample(["0300", "0450", "0250"], draft.pick(1, 2)):
        revenue(draft, code)


def emergency_room(draft):
    outpatient(draft)
    for line in draft.lines:
        line["revenueCode"] = draft.pick("0450", "0510")


def several_there(draft):
    outpatient(draft)
    draft.lines = []
    for _ in range(draft.pick(2, 3)):
        service(draft, draft.pick("X0150", "X0151", "X0152"), "0360", charge=draft.random.randrange(9_000, 50_000))


def changed(of, change):
    def kind(draft):
        of(draft)
        change(draft)
    return kind


def transfer(draft):
    draft.institutional.update(patientStatus=draft.pick("02", "05"), drg=draft.pick("470", "871", "177"))


def costly(draft):
    draft.institutional.update(drg="470", patientStatus="01")
    draft.lines[0]["chargeMinor"] = draft.random.randrange(3_000_000, 6_000_000)


def cheap_stay(draft):
    for line in draft.lines:
        line["chargeMinor"] = draft.random.randrange(0, 30_000)


def no_charge(draft):
    for line in draft.lines:
        line["chargeMinor"] = 0


def more_days(draft):
    draft.lines[0]["quantity"]["thousandths"] += 1_000


def still_there(draft):
    draft.lines[0]["quantity"]["thousandths"] += 1_000
    draft.institutional["patientStatus"] = "30"


def unpriced_room(draft):
    room(draft, "0170", 1)
    draft.lines[0]["quantity"]["thousandths"] = max(1_000, draft.lines[0]["quantity"]["thousandths"] - 1_000)


def no_room(draft):
    draft.lines = []
    revenue(draft, "0270")


def no_group(draft):
    del draft.institutional["drg"]


def other_group(draft):
    draft.institutional["drg"] = draft.pick("999", "900")


def principal(draft):
    draft.institutional.update(drg="999", procedures=[{"qualifier": "BBR", "code": "0SR90J9"}])


def not_covered_part(draft):
    line = draft.lines[-1]
    line["nonCoveredMinor"] = draft.pick(line["chargeMinor"], line["chargeMinor"] // 3)


def nobody_attends(draft):
    draft.by = None


def across_years(draft):
    """Admitted in one benefit year or under one plan, discharged in the next."""
    nights = draft.pick(20, 40, 75)
    begin_stay(draft, draft.ago(nights + 3), draft.ago(3), {"11": 1})
    room(draft, "0120", nights)
    revenue(draft, "0360", serviceFrom=draft.ago(4), serviceThru=draft.ago(3))


def interim(draft):
    """The first bill of a stay that goes on."""
    days = draft.random.randrange(2, 8)
    thru = draft.ago(draft.random.randrange(5, 70))
    begin_stay(draft, after(thru, -days), thru, {"11": 1})
    draft.institutional["patientStatus"] = "30"
    draft.frequency = "2"
    room(draft, "0120", days)
    revenue(draft, "0270")


def continued(content, days, status):
    """The same stay some days later."""
    facts = content["institutional"]
    facts.update(patientStatus=status, statementThru=after(facts["statementThru"], days))
    for line in content["lines"]:
        line["serviceThru"] = facts["statementThru"]
    content["lines"][0]["quantity"]["thousandths"] += 1_000 * days
    content["lines"][0]["chargeMinor"] += 70_000 * days


def late_stay(draft):
    """The limit runs from the last day: admitted before it, discharged within it or not."""
    end = draft.plan["timelyFilingDays"] + draft.pick(-1, 0, 1)
    begin_stay(draft, draft.ago(end + 4), draft.ago(end), {"11": 1})
    room(draft, "0120", 4)


def after_others(draft):
    draft.world.coordinate(draft)


INSTITUTIONAL = {
    "stay": stay, "stay again": stay, "transfer": changed(stay, transfer), "transfer again": changed(stay, transfer), "costly": changed(stay, costly), "costly again": changed(stay, costly), "cheap stay": changed(stay, cheap_stay),
    "free stay": changed(stay, no_charge), "more days": changed(stay, more_days), "still there": changed(stay, still_there), "unpriced room": changed(stay, unpriced_room),
    "no room": changed(stay, no_room), "no group": changed(stay, no_group), "other group": changed(stay, other_group), "principal procedure": changed(stay, principal),
    "not covered": changed(stay, not_covered_part), "not covered after others": changed(changed(stay, not_covered_part), after_others), "nobody attends": changed(stay, nobody_attends),
    "interim": interim, "interim again": interim, "across years": across_years, "late stay": late_stay, "stay after others": changed(stay, after_others), "expired attending": changed(rendered("casey"), stay),
    "outpatient": outpatient, "outpatient again": outpatient, "department": department, "emergency room": emergency_room, "several there": several_there,
    "outpatient after others": changed(outpatient, after_others), "bill again": again(same, *BILLS), "bill again, dearer": again(dearer, *BILLS), "other bill": again(other_bill, *BILLS)}

# -- what tables decide of institutions' claims ---------------------------------------------------------------------------------

def billed(code, *modifiers, of=outpatient):
    """An outpatient visit or a stay with this service."""
    def kind(draft):
        of(draft)
        service(draft, code, "0360", *modifiers, serviceThru=draft.on)
    return kind


def pair_there(draft):
    outpatient(draft)
    column1, column2 = draft.pick(("X0101", "X0102"), ("X0103", "X0104"))
    service(draft, column1, "0360")
    service(draft, column2, "0360", *draft.pick([], [], ["59"], ["25"]))


def pair_of_visits(draft):
    """In two bills of the house, by whoever attends."""
    draft.on = draft.before("column 1 there")["institutional"]["statementFrom"]
    outpatient(draft)
    service(draft, "X0102", "0360")
    draft.by = draft.pick(draft.world.names["avery"], draft.world.names["frankie"])


def many_there(draft):
    outpatient(draft)
    for _ in range(draft.pick(1, 2)):
        service(draft, draft.pick("X0110", "X0111", "X0112"), "0360", quantity=units(draft.pick(1, 2, 3)))


def unlisted_revenue(draft):
    stay(draft)
    revenue(draft, draft.pick("0278", "0999"))


def diagnosed_there(draft):
    draft.pick(stay, outpatient)(draft)
    draft.diagnoses = [{"qualifier": "ABK", "code": "Z0000"}, {"qualifier": draft.pick("ABJ", "APR", "ABF"), "code": draft.pick("M17", "Q9999", "M170", "O80", "P070")}]
    if draft.random.random() < 0.2:
        draft.diagnoses[1] = {"qualifier": "BJ", "code": "V700"}


def discharged_on(draft):
    """Around the day from which a diagnosis is no code any more: a stay is coded when it ends."""
    thru = draft.ago(draft.pick(29, 30, 31))
    begin_stay(draft, after(thru, -3), thru, {"11": 1})
    room(draft, "0120", 3)
    draft.diagnoses = [{"qualifier": "ABK", "code": "R05"}]


def excluded_there(draft):
    draft.pick(stay, outpatient)(draft)
    excluded_ones = draft.world.given["excluded"]
    who = draft.world.next("exclusion there", ["operating", "otherOperating", "attending", "billing"])
    if who == "attending":
        draft.by = excluded_ones["clinician"]
    elif who == "billing":
        draft.more["billing"] = {"entity": "organisation", "npi": excluded_ones["biller"], "taxId": "000000109", "name": "SAMPLE", "state": "VT"}
    else:
        draft.institutional[who] = {"entity": "person", "npi": excluded_ones["clinician"]}


def authorised_there(draft):
    draft.pick(stay, outpatient)(draft)
    service(draft, "X0130", "0360", serviceThru=draft.on)
    if draft.random.random() < 0.6:
        asked = {"codes": ["X0130"], "from": draft.ago(90), "thru": draft.ago(0), "units": 4, "approved": draft.pick(0, 1, 3), "providerNpis": []}
        draft.more["priorAuthorisation"] = draft.world.authorise(draft.person, asked)


BILLED = {
    "pair there": pair_there, "column 1 there": billed("X0101"), "pair of visits": pair_of_visits, "many there": many_there, "many there again": many_there, "unlisted revenue code": unlisted_revenue,
    "diagnosed there": diagnosed_there, "diagnosed there again": diagnosed_there, "discharged": discharged_on, "excluded there": excluded_there, "excluded there again": excluded_there, "authorised there": authorised_there,
    "referred there": billed("X0131"), "code there": billed("X0149"), "ended code there": billed("X0140", of=stay), "modifier there": billed("X0005", "Z1"), "modifier fits there": billed("X0123", "59"),
    "young there": billed("X0121"), "adult there": billed("X0120", of=stay), "sex there": billed("X0122"), "diagnosis fits there": billed("X0125"), "add-on there": billed("X0115")}

LIMITED = {"therapy": therapy, "therapy again": therapy, "therapy a third time": therapy, "hearing": hearing, "hearing again": hearing}

ALL = {**GENERAL, **LIMITED, **TABLES, **INSTITUTIONAL, **BILLED}
