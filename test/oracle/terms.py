"""What the insurer of a generated world agreed and loaded: plans, contracts, and editions of code lists and edit tables."""
from itertools import permutations

PRICING_MODIFIERS = ["26", "TC", "NU", "RR", "UE"]
# Made-up codes: HCPCS Level II gives out none that begin with X.
CODES = [("X0001", 12_000, "office"), ("X0002", 8_950, "specialist"), ("X0003", 1_333, "drugs"), ("X0004", 45_000, "surgery"), ("X0005", 777, "preventive")]
OTHER_FEES = [
    ("X0010-NU", 4_500, "equipment", {}), ("X0010-RR", 1_250, "equipment", {}), ("X0020", 4_000, "convenience", {}), ("X0021", 8_000, "vision", {}),
    ("X0022", 3_000, "acupuncture", {}), ("X0030", 0, "office", {"zeroPrice": "CO-97"}), ("X0031", 0, "office", {"zeroPrice": "CO-147"}),
    ("X0032", 0, "office", {"zeroPrice": "PR-96"}), ("X0150", 30_000, "surgery", {"multipleProcedure": True}), ("X0151", 30_000, "surgery", {"multipleProcedure": True}),
    ("X0152", 21_111, "surgery", {"multipleProcedure": True}), ("X0160", 6_500, "therapy", {}), ("X0161", 9_900, "hearing", {})]
# Services that the edit tables know, all at one fee.
EDITED = [f"X01{number:02d}" for number in range(1, 45)] + ["X0149", "1X001", "1X002", "1X009"]
GENERIC, EDITING = 24, 12
TABLES = ["ncci-ptp", "mue", "ncci-ptp-outpatient", "mue-outpatient", "revenue-code", "hcpcs", "icd-10-cm", "place-of-service", "cpt", "modifier", "prior-authorisation", "service-rules", "diagnosis-rules", "exclusions"]


class Terms:
    def __init__(self, given, random, ago):
        self.given, self.random, self.ago = given, random, ago
        self.plans = [self.plan(index) for index in range(GENERIC)] + [self.editing_plan(index) for index in range(EDITING)]

    # -- plans ------------------------------------------------------------------------------------------------------------

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
            **other_payers(index), "credentials": ["ENFORCE", "ENFORCE", "OBSERVE", "OFF"][index % 4],
            "costShareOrder": list(list(permutations(["deductible", "copay", "coinsurance"]))[index % 6]),
            "deductible": limit(pick([20_000, 50_000])), "outOfPocket": limit(pick([60_000, 100_000])), "rounding": ["halfUp", "halfEven", "down"][index // 6 % 3],
            **({"selfOnlyLimitMinor": 90_000} if index % 3 == 1 else {}),
            **({"promptPay": prompt_pay(index)} if index % 3 else {}),
            "benefits": [
                {"type": "excluded", "category": "convenience", "denial": "96"},
                benefit("drugs", deductibleApplies=True, coinsurance=pick([1_750, 2_000, 3_333])),
                benefit("equipment", deductibleApplies=True, coinsurance=5_000, countsToOutOfPocket=False),
                benefit("hearing", coinsurance=1_000, limit={"paidMinor": 15_000}),
                benefit("intensive", deductibleApplies=True, coinsurance=1_000),
                benefit("office", copayMinor=pick([2_000, 2_500]), copayCountsToDeductible=index % 5 == 0),
                benefit("preventive"),
                benefit("specialist", deductibleApplies=True, copayMinor=2_000, coinsurance=2_000, copayCountsToDeductible=index % 7 == 0),
                benefit("stay", deductibleApplies=True, copayMinor=10_000, coinsurance=1_000),
                benefit("surgery", deductibleApplies=True, coinsurance=1_500),
                benefit("therapy", copayMinor=1_500, limit={"visits": 2, **({"paidMinor": 9_000} if index % 2 else {})}),
                {"type": "excluded", "category": "vision", "denial": "204"}]}

    def editing_plan(self, index):
        """As another plan, with edits by tables and reductions of payment, under contracts of its own."""
        plan = self.plan(index + 1 if index % 4 == 3 else index)
        reductions = [[{"reason": "253", "share": 200, "from": self.ago(60)}], [],
                      [{"reason": "253", "share": 200, "from": self.ago(900), "thru": self.ago(40)}, {"reason": "104", "share": 1_333, "from": self.ago(50)}]][index % 3]
        return {**plan, "name": f"Editing {index}", "network": ["south", "coast"][index % 2], "edits": {"tables": TABLES, "reductions": reductions}}

    # -- contracts --------------------------------------------------------------------------------------------------------

    def schedules(self):
        inside = {"notListed": "CO-147", "lesserOfCharge": True}
        later = fees(1_050)
        return [
            self.contract("west", ["professional"], {**listed(fees()), **inside}),
            self.contract("north", ["professional"], {**listed(fees()), "notListed": "pend", "lesserOfCharge": False}),
            self.contract("east", ["professional"], {"type": "share-of-charges", "share": 8_750, "category": "specialist"}),
            self.contract("south", ["professional"], {**listed(fees()), **inside, "multipleProcedureFactors": [10_000, 5_000, 2_500]}, thru=self.ago(43)),
            self.contract("south", ["professional"], {**listed(later), **inside, "multipleProcedureFactors": [10_000, 5_000, 2_500]}, start=self.ago(42)),
            self.contract("coast", ["professional"], {**listed(fees()), **inside, "modifierFactors": [{"modifier": "51", "factor": 6_000}]}, thru=self.ago(60), outOfNetwork={"balanceBilling": True}),
            self.contract("coast", ["professional"], {**listed(fees()), **inside, "modifierFactors": [{"modifier": "51", "factor": 6_000}]}, start=self.ago(56), outOfNetwork={"balanceBilling": True}),
            self.contract("west", ["inpatient"], {"type": "per-diem", "entries": ROOMS, "notListed": "pend", "lesserOfCharge": False}, interimBills=True),
            self.contract("north", ["inpatient"], {"type": "case-rate", "entries": CASES, "notListed": "CO-147", "lesserOfCharge": True}),
            self.contract("east", ["inpatient"], {"type": "drg", "baseRateMinor": 600_000, "entries": GROUPS, "notListed": "PR-96", "lesserOfCharge": False,
                                                  "outlier": {"costToCharge": 4_500, "thresholdMinor": 300_000, "share": 8_000}, "transferStatuses": ["02", "05"]}),
            self.contract("south", ["inpatient"], {"type": "drg", "baseRateMinor": 450_050, "entries": GROUPS, "notListed": "pend", "lesserOfCharge": True, "transferStatuses": ["02"]}),
            self.contract("coast", ["inpatient"], {"type": "per-diem", "entries": ROOMS, "notListed": "CO-147", "lesserOfCharge": True}, outOfNetwork={"balanceBilling": True}),
            self.contract("west", ["outpatient"], {**listed(sorted(fees() + DEPARTMENTS, key=lambda entry: entry["key"])), **inside}),
            self.contract("north", ["outpatient"], {"type": "case-rate", "entries": fees(), "notListed": "pend", "lesserOfCharge": False}),
            self.contract("south", ["outpatient"], {**listed(fees()), **inside, "multipleProcedureFactors": [10_000, 5_000]}),
            self.contract("coast", ["outpatient"], {"type": "share-of-charges", "share": 6_250, "category": "surgery"}, outOfNetwork={"balanceBilling": True})]

    def contract(self, network, settings, prices, start=None, **more):
        return {"name": f"Contract {network}", "network": network, "currency": "USD", "from": start or self.ago(700), "settings": settings, "prices": prices, **more}

    # -- tables -----------------------------------------------------------------------------------------------------------

    def editions(self):
        """Editions with their entries, and the file in which the publisher writes them."""
        ago, excluded = self.ago, self.given["excluded"]
        pairs = [{"pays": "X0101", "other": "X0102", "from": "2020-01-01", "modifier": "1"}, {"pays": "X0103", "other": "X0104", "from": "2020-01-01", "modifier": "0"},
                 {"pays": "X0105", "other": "X0106", "from": "2020-01-01", "modifier": "9"}, {"pays": "X0107", "other": "X0108", "from": "2020-01-01", "thru": ago(40), "modifier": "0"},
                 {"pays": "X0101", "other": "X0001", "from": "2020-01-01", "modifier": "1"}]
        def units(one, day, reviewed):
            return {"X0110": {"most": one, "indicator": "1"}, "X0111": {"most": day, "indicator": "2"}, "X0112": {"most": reviewed, "indicator": "3"}}
        codes = [code for code, _, _ in CODES] + sorted({key[:5] for key, _, _, _ in OTHER_FEES}) + [code for code in EDITED if code.startswith("X") and code != "X0149"]
        hcpcs = {code: {} for code in codes} | {"X0140": {"thru": ago(30)}, "X0141": {"from": ago(30)}}
        modifiers = {code: {} for code in [*PRICING_MODIFIERS, "50", "51", "52", "RT", "LT", *MODIFIERS]} | {"Y1": {"thru": ago(30)}}
        rules = {
            "X0001": {"visit": True}, "X0101": {"visit": False}, "X0102": {"visit": False}, "X0113": {"globalDays": 0}, "X0117": {"globalDays": 90}, "X0118": {"globalDays": 10},
            "X0115": {"addOnTo": ["X0113", "X0005"]}, "X0116": {"addOnTo": ["*"]}, "X0120": {"youngest": 18}, "X0121": {"oldest": 64}, "X0122": {"sex": "F"},
            "X0123": {"modifiers": ["RT", "LT"]}, "X0124": {"places": ["11", "22"]}, "X0125": {"diagnoses": ["M17", "Z0000"]}, "X0126": {"taxonomies": ["207"]}}
        requirements = {"X0130": {"authorisation": True, "referral": False}, "X0131": {"authorisation": False, "referral": True},
                        "X0132": {"authorisation": True, "referral": False, "from": ago(30)}, "X0133": {"authorisation": True, "referral": True, "thru": ago(30)}}
        exclusions = {
            excluded["clinician"]: {"excludedOn": ago(50), "waivedOn": ago(30), "waiverState": "NH"}, excluded["referrer"]: {"excludedOn": ago(50), "reinstatedOn": ago(20)},
            excluded["biller"]: {"excludedOn": ago(900)}, excluded["facility"]: {"excludedOn": ago(50)}}
        revenue_codes = {code: {} for code in ("0120", "0170", "0200", "0250", "0270", "0300", "0360", "0450", "0510")} | {"0278": {"thru": ago(30)}}
        diagnoses = {"M170": {}, "M17": {"heading": True}, "O80": {}, "P070": {}, "R05": {}, "Z00": {"heading": True}, "Z0000": {}}
        tables = [
            ("mue", "first", {"from": ago(1_200), "thru": ago(41)}, units(3, 3, 4)), ("mue", "second", {"from": ago(40)}, units(2, 4, 2)),
            ("ncci-ptp", "one", {"from": ago(1_200)}, pairs),
            ("ncci-ptp-outpatient", "one", {"from": ago(1_200)}, pairs[:2]), ("mue-outpatient", "one", {"from": ago(1_200)}, units(1, 2, 1)), ("revenue-code", "one", {"from": ago(1_200)}, revenue_codes), ("hcpcs", "one", {"from": ago(1_200)}, hcpcs), ("icd-10-cm", "one", {"from": ago(1_200), "thru": ago(31)}, diagnoses), ("icd-10-cm", "two", {"from": ago(30)}, {code: one for code, one in diagnoses.items() if code != "R05"}),
            ("place-of-service", "one", {"from": ago(1_200)}, {f"{place:02d}": {} for place in (2, 10, 11, 19, *range(21, 27), 31, 34, 41, 42, 51, 52, 53, 56, 61)} | {"20": {"thru": ago(30)}}),
            ("cpt", "one", {"from": ago(1_200)}, {"1X001": {}, "1X002": {"thru": ago(30)}}), ("modifier", "one", {"from": ago(1_200)}, modifiers),
            ("prior-authorisation", "one", {"from": ago(1_200)}, requirements), ("service-rules", "one", {"from": ago(1_200)}, rules),
            ("diagnosis-rules", "one", {"from": ago(1_200)}, {"O80": {"sex": "F"}, "P070": {"oldest": 1}, "M170": {"youngest": 18}}),
            ("exclusions", "one", {"from": ago(80)}, exclusions)]
        return [{"table": table, "edition": edition, **days, "entries": entries, "file": FILES[table](entries)} for table, edition, days, entries in tables]


MODIFIERS = ["59", "XE", "XS", "XP", "XU", "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4", "T5", "T6",
             "T7", "T8", "T9", "LC", "LD", "LM", "RC", "RI", "24", "25", "27", "57", "58", "76", "77", "78", "79", "91"]


def prompt_pay(index):
    return {"days": [5, 10, 30][index // 3 % 3], "method": ["simple", "monthly"][index // 2 % 2], "rate": [1_025, 150, 1_800][index % 3], "dayBasis": [360, 365, 366][index // 4 % 3],
            "pauses": True, "afterAppeal": index % 2 == 0}


def other_payers(index):
    """Half of the plans coordinate: each method with either allowable expense, believing hospitals, holding their word, or not."""
    if index % 4 < 2:
        return {"otherPayers": ["pend", "ignore"][index % 4]}
    terms = {"method": ["standard", "maintenance", "non-duplication"][index // 2 % 3], "allowableExpense": ["higher", "own"][index // 4 % 2]}
    reported = {3: "hold", 10: "hold", 19: None}.get(index, "accept")
    return {"otherPayers": "coordinate", "coordination": {**terms, **({"reported": reported} if reported else {})}}


def entry(key, **rate):
    return {"key": key, "fee": rate}


def fees(percent=1_000):
    """Fees per service, at so many thousandths."""
    entries = [entry(code, amountMinor=fee * percent // 1_000, category=category) for code, fee, category in CODES]
    entries[1]["fee"]["facilityAmountMinor"] = 6_001
    entries += [entry(key, amountMinor=fee * percent // 1_000, category=category, **rest) for key, fee, category, rest in OTHER_FEES]
    entries += [entry(code, amountMinor=5_000 * percent // 1_000, category="office") for code in EDITED]
    return sorted(entries, key=lambda one: one["key"])


def listed(entries):
    return {"type": "listed", "modifierFactors": [{"modifier": "50", "factor": 15_000}, {"modifier": "52", "factor": 5_000}], "entries": entries}


ROOMS = [entry("0120", amountMinor=90_000, category="stay"), entry("0200", amountMinor=210_000, category="intensive")]
CASES = [entry("0270", amountMinor=40_000, category="stay"), entry("0360", amountMinor=250_000, category="surgery"), entry("0SR90J9", amountMinor=700_000, category="surgery"),
         entry("DRG470", amountMinor=800_000, category="stay"), entry("DRG900", amountMinor=0, category="stay", zeroPrice="PR-96"), entry("X0004", amountMinor=260_000, category="intensive")]
GROUPS = [entry("DRG177", relativeWeight=17_321, category="intensive"), entry("DRG470", relativeWeight=18_999, category="surgery", meanStayTenths=23),
          entry("DRG871", relativeWeight=6_667, category="stay", meanStayTenths=48)]
DEPARTMENTS = [entry("0300", amountMinor=2_222, category="specialist"), entry("0450", amountMinor=33_000, category="intensive")]


# -- the files as their publishers write them ---------------------------------------------------------------------------------

def compact(day):
    return day.replace("-", "") if day else ""


def pair_file(pairs):
    rows = ["\t".join([one["pays"], one["other"], "", compact(one["from"]), compact(one.get("thru")) or "*", one["modifier"], "Generated"]) for one in pairs]
    return "\n".join(["Column 1\tColumn 2", *rows]) + "\n"


def units_file(entries):
    return "\n".join(["HCPCS Code,Units,Adjudication Indicator,Rationale", *(f"{code},{one['most']},{one['indicator']} Generated,Generated" for code, one in sorted(entries.items()))]) + "\n"


def hcpcs_file(entries):
    return "\n".join(["HCPC,RECID,ADD DT,TERM DT", *(f"{code},3,{compact(one.get('from'))},{compact(one.get('thru'))}" for code, one in sorted(entries.items()))]) + "\n"


def diagnosis_file(entries):
    return "".join(f"{number:05d} {code:<7} {0 if one.get('heading') else 1} GENERATED\n" for number, (code, one) in enumerate(sorted(entries.items()), 1))


def columns(*names):
    """Comma-separated values under these names; each is a field of the entry, or how a cell is made of it."""
    def file(entries):
        def cell(one, name):
            value = one.get(FIELDS.get(name, name), "")
            return " ".join(value) if isinstance(value, list) else {True: "Y", False: "N"}[value] if isinstance(value, bool) else str(value)
        rows = [",".join([code, *(cell(one, name) for name in names)]) for code, one in sorted(entries.items())]
        return "\n".join([",".join(["code", *names]), *rows]) + "\n"
    return file


FIELDS = {"effective": "from", "termination": "thru", "add_on_to": "addOnTo", "global_days": "globalDays"}


def exclusion_file(entries):
    names = "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE"
    rows = [f"GENERATED,,,,,,,{npi},,,,,,1128b4,{compact(one['excludedOn'])},{compact(one.get('reinstatedOn'))},{compact(one.get('waivedOn'))},{one.get('waiverState', '')}" for npi, one in entries.items()]
    return "\n".join([names, *rows]) + "\n"


FILES = {"ncci-ptp": pair_file, "mue": units_file, "ncci-ptp-outpatient": pair_file, "mue-outpatient": units_file, "revenue-code": columns("effective", "termination"), "hcpcs": hcpcs_file, "icd-10-cm": diagnosis_file, "place-of-service": columns("effective", "termination"),
         "cpt": columns("effective", "termination"), "modifier": columns("effective", "termination"),
         "prior-authorisation": columns("effective", "termination", "authorisation", "referral"),
         "service-rules": columns("modifiers", "places", "youngest", "oldest", "sex", "diagnoses", "taxonomies", "add_on_to", "global_days", "visit"),
         "diagnosis-rules": columns("youngest", "oldest", "sex"), "exclusions": exclusion_file}
