"""Every edit that looks at a line by itself, in the guide's order (2.3). Each yields what it finds: deny with reason and remarks, pend with the
rule's own word, or note."""
from datetime import timedelta

from case import NOT_ASKED, is_room, place, rendering
from payers import first_of
from prices import category_of
from rules import RULES, between, day, days, holds, number, year_of


def coverage(case, line):
    if not case.known:
        yield "deny", RULES["UNKNOWN_PERSON"], RULES["UNKNOWN_PERSON_REMARK"]
        return
    for on in days(line):
        if case.insured_on(on):
            continue
        before = all(on < period["from"] for period in case.periods)
        after = all(on > period.get("thru", "9999") for period in case.periods)
        yield "deny", RULES["BEFORE_COVERAGE" if before else "AFTER_COVERAGE" if after else "LAPSE"], RULES["COVERAGE_REMARK"]
        return


def one_plan(case, line):
    if case.plan is None:
        return
    plans = [period["plan"] for on in (line["serviceFrom"], line["serviceThru"]) for period in [case.insured_on(on)] if period]
    if any(plan != case.reference["plan"] for plan in plans):
        yield "pend", "other-plan"
    elif year_of(case.plan, line["serviceFrom"]) != case.year() and not case.inpatient:
        yield "pend", "other-benefit-year"


def payer_order(case, line):
    place_in_order = RULES["PLACES"][case.content["subscriber"]["payerSequence"]]
    if case.plan and case.plan["otherPayers"] == "pend" and place_in_order > 0:
        yield "pend", "other-payer"
    if not case.coordinates:
        return
    stated = case.person.get("coordination")
    if stated is not None:
        orders = [first_of(other, stated["ours"], line["serviceFrom"]) for other in stated["others"]]
        case.oracle.fired.update(f"order: {name}" for _, name in orders)
        firsts = [first for first, _ in orders]
        place_in_order = None if 0 in firsts else firsts.count(1)
    if place_in_order is None:
        yield "pend", "payer-order-unclear"
    elif place_in_order > len(case.before):
        yield "deny", RULES["NO_WORD_OF_THE_FIRST"], RULES["NO_WORD_REMARK"]
    elif place_in_order < len(case.before):
        yield "pend", "payer-order-disputed"
    if case.before and case.plan["coordination"]["reported"] == "hold":
        yield "pend", "prior-payer-unproved"


def timely(case, line):
    """From the line's first day, an institution's from the statement's last; after others from their last decision."""
    if case.plan is None:
        return
    starts = case.institutional["statementThru"] if case.institutional else line["serviceFrom"]
    begins = max((decision["decidedOn"] for decision in case.before), default=starts)
    last = day(begins) + timedelta(days=case.plan["timelyFilingDays"] + RULES["FILING_GRACE_DAYS"])
    if case.received > last:
        yield ("deny", RULES["LATE"], *([RULES["LATE_REMARK"]] if case.plan["timelyFilingHasNoAppeal"] else []))


def duplicate(case, line):
    same = [(other["content"], earlier) for other, earlier in case.earlier()
            if earlier["procedure"]["code"] == line["procedure"]["code"] and earlier["serviceFrom"] == line["serviceFrom"]]
    if any(is_exact(case.content, line, content, earlier) for content, earlier in same):
        yield "deny", RULES["DUPLICATE"], RULES["DUPLICATE_REMARK"]
    elif same:
        yield "pend", "suspect-duplicate"


def is_exact(own, line, content, earlier):
    repeated = set(line["procedure"]["modifiers"]) & set(RULES["REPEATED"])
    def mark(of, one):
        return (of["billing"]["taxId"], rendering(of, one).get("npi"), one["serviceFrom"], one["serviceThru"], sorted(one["procedure"]["modifiers"]),
                one["quantity"], one["chargeMinor"], place(of, one), of.get("institutional", {}).get("facilityType"))
    return own["frequency"] == "1" and not repeated and mark(own, line) == mark(content, earlier)


def credential(case, line):
    who = case.rendering(line)
    if case.plan is None or case.plan["credentials"] == "OFF" or who["entity"] != "person":
        return
    found = [case.oracle.authority(who["npi"], case.state(line), on) for on in days(line)]
    observed = case.plan["credentials"] == "OBSERVE"
    if "NONE" in found:
        yield "note" if observed else "deny", RULES["UNLICENSED"], RULES["UNLICENSED_REMARK"]
    elif "UNKNOWN" in found:
        yield "note" if observed else "pend", "credential-unknown"
    elif "LIMITED" in found:
        yield "note" if observed else "pend", "credential-limited"


def exclusion(case, line):
    """Of federal programmes; what an excluded person renders or refers in an emergency is paid."""
    def is_excluded(provider):
        entry = case.entry("exclusions", (provider or {}).get("npi"), line["serviceFrom"])
        return entry not in (None, NOT_ASKED) and entry["excludedOn"] <= line["serviceFrom"] < entry.get("reinstatedOn", "9999") and not (
            entry.get("waivedOn", "9999") <= line["serviceFrom"] and entry["waiverState"] == case.state(line))
    content, emergency = case.content, line.get("emergency", False)
    if is_excluded(content["billing"]) or is_excluded(content.get("serviceFacility")) or (is_excluded(case.rendering(line)) and not emergency):
        yield "deny", RULES["EXCLUDED"], RULES["EXCLUDED_REMARK"]
    elif any(is_excluded((case.institutional or {}).get(who)) for who in ("operating", "otherOperating")) and not emergency:
        yield "deny", RULES["EXCLUDED"], RULES["EXCLUDED_REMARK"]
    elif is_excluded(content.get("referring")) and not emergency:
        yield "deny", RULES["EXCLUDED_REFERRER"], RULES["EXCLUDED_REFERRER_REMARK"]
    elif is_excluded(line.get("ordering")) and not emergency:
        yield "deny", RULES["EXCLUDED_ORDERER"], RULES["EXCLUDED_REFERRER_REMARK"]


def scope(case, line):
    taxonomies = case.service_rule(line, "taxonomies")
    if taxonomies is None:
        return
    taxonomy = case.rendering(line).get("taxonomy")
    if taxonomy is None:
        yield "pend", "taxonomy-unknown"
    elif not taxonomy.startswith(tuple(taxonomies)):
        yield "deny", RULES["SCOPE"], RULES["SCOPE_REMARK"]


def contract(case, line):
    if case.plan is None:
        return
    if case.schedule is None:
        yield "pend", "no-contract"
    elif not holds(case.schedule, case.governing_day() if case.institutional else line["serviceFrom"]):
        yield "pend", "no-contract-on-date"
    elif case.institutional and case.content["frequency"] in RULES["PARTIAL_BILLS"] and not case.schedule.get("interimBills", False):
        yield "pend", "no-interim-bills"


def reference_tables(case, line):
    for table in case.tables:
        if case.concerns(table) and case.edition(table, case.table_day(table, line)) is None:
            yield "pend", f"no-edition {table}"


def required_before(case, line, what):
    entry = case.service_entry("prior-authorisation", line)
    return entry not in (None, NOT_ASKED) and entry[what] and holds(entry, line["serviceFrom"])


def referral(case, line):
    if required_before(case, line, "referral"):
        named = case.oracle.authorisation(case, case.content.get("referral"))
        if named is None or misfit(case, line, named):
            yield "deny", RULES["NOT_REFERRED"], RULES["REFERRAL_REMARK"]


def authorisation(case, line):
    if not required_before(case, line, "authorisation"):
        return
    name = authorisation_name(case, line)
    named = case.oracle.authorisation(case, name)
    reason = "NOT_AUTHORISED" if name is None else "OTHER_AUTHORISATION" if named is None else misfit(case, line, named) or (None if has_units(case, line, named) else "UNITS_USED")
    if reason:
        yield "deny", RULES[reason], RULES["AUTHORISATION_REMARK"]


def authorisation_name(case, line):
    return line.get("priorAuthorisation", case.content.get("priorAuthorisation"))


def misfit(case, line, named):
    """Why an authorisation does not serve a line, its units aside."""
    if not named["approved"]:
        return "NOT_AUTHORISED"
    if line["procedure"]["code"] not in named["codes"] or line["serviceFrom"] < named["from"]:
        return "OTHER_AUTHORISATION"
    if line["serviceThru"] > named["thru"]:
        return "AUTHORISATION_OVER"
    return "OTHER_PROVIDER" if named["providerNpis"] and case.rendering(line).get("npi") not in named["providerNpis"] else None


def has_units(case, line, named):
    """Lines take their units in order of date and number; one for which too few are left takes none."""
    left = named["approved"] - case.oracle.units_used(named["name"])
    for other in case.by_date():
        if authorisation_name(case, other) != named["name"] or misfit(case, other, named):
            continue
        fits = whole_units(other) <= left
        if other is line:
            return fits
        left -= whole_units(other) if fits else 0
    return False


def whole_units(line):
    return -(-line["quantity"]["thousandths"] // RULES["UNIT"])


def required(case, line):
    if case.plan is None:
        return
    needs = case.plan["requiredData"]
    if "diagnosis-pointer" in needs and not line["diagnosisPointers"]:
        yield "deny", RULES["DATA"], RULES["NO_POINTER"]
    if "place-of-service" in needs and case.place(line) is None:
        yield "deny", RULES["DATA"], RULES["NO_PLACE"]
    if "rendering-provider" in needs and case.rendering(line)["entity"] != "person":
        yield "deny", RULES["DATA"], RULES["NO_RENDERING"]


def institutional_data(case, line):
    if case.plan and "rendering-provider" in case.plan["requiredData"] and case.rendering(line)["entity"] != "person":
        yield "deny", RULES["DATA"], RULES["NO_ATTENDING"]
    if case.schedule and case.schedule["prices"]["type"] == "drg" and "drg" not in case.institutional:
        yield "deny", RULES["DATA"], RULES["NO_GROUP"]


def is_invalid(entry, on):
    return entry is None or (entry is not NOT_ASKED and not holds(entry, on))


def code_on_date(case, line):
    if is_invalid(case.service_entry("hcpcs" if line["procedure"]["code"][0].isalpha() else "cpt", line), line["serviceFrom"]):
        yield "deny", RULES["NOT_A_CODE"], RULES["NOT_A_CODE_REMARK"]


def revenue_code_on_date(case, line):
    if is_invalid(case.entry("revenue-code", line["revenueCode"], line["serviceFrom"]), line["serviceFrom"]):
        yield "deny", RULES["DATA"], RULES["NOT_A_REVENUE_CODE_REMARK"]


def modifier_on_date(case, line):
    if any(is_invalid(case.entry("modifier", one, line["serviceFrom"]), line["serviceFrom"]) for one in line["procedure"]["modifiers"]):
        yield "deny", RULES["NOT_A_MODIFIER"], RULES["NOT_A_MODIFIER_REMARK"]


def place_on_date(case, line):
    if case.place(line) is not None and is_invalid(case.entry("place-of-service", case.place(line), line["serviceFrom"]), line["serviceFrom"]):
        yield "deny", RULES["DATA"], RULES["NOT_A_PLACE_REMARK"]


def diagnosis_on_date(case, line):
    """ICD-10-CM since October 2015, and no heading."""
    on = case.diagnosis_day(line)
    def is_wrong(diagnosis):
        if not diagnosis["qualifier"].startswith("A"):
            return "icd-10-cm" in case.tables and number(on) >= RULES["ICD_10_SINCE"]
        entry = case.entry("icd-10-cm", diagnosis["code"], on)
        return is_invalid(entry, on) or (entry is not NOT_ASKED and entry.get("heading", False))
    if any(is_wrong(diagnosis) for diagnosis in case.diagnoses(line)):
        yield "deny", RULES["NOT_A_DIAGNOSIS"], RULES["NOT_A_DIAGNOSIS_REMARK"]


def modifier_fits(case, line):
    fitting = case.service_rule(line, "modifiers")
    if fitting is not None and set(line["procedure"]["modifiers"]) - set(fitting):
        yield "deny", RULES["MODIFIER_MISFIT"], RULES["MODIFIER_MISFIT_REMARK"]


def place_fits(case, line):
    fitting = case.service_rule(line, "places")
    if fitting is not None and case.place(line) is not None and case.place(line) not in fitting:
        yield "deny", RULES["PLACE_MISFIT"], RULES["PLACE_MISFIT_REMARK"]


def is_outside(rule, age):
    return age < rule("youngest", 0) or age > rule("oldest", 999)


def age_fits(case, line):
    if is_outside(lambda name, default: default if case.service_rule(line, name) is None else case.service_rule(line, name), case.age_on(line["serviceFrom"])):
        yield "deny", RULES["AGE_MISFIT"]


def sex_fits(case, line):
    if case.is_other_sex(case.service_rule(line, "sex")):
        yield "deny", RULES["SEX_MISFIT"]


def diagnosis_rules(case, line):
    entries = [case.entry("diagnosis-rules", diagnosis["code"], case.diagnosis_day(line)) for diagnosis in case.diagnoses(line)]
    return [entry for entry in entries if entry not in (None, NOT_ASKED)]


def diagnosis_age(case, line):
    if any(is_outside(rule.get, case.age_on(line["serviceFrom"])) for rule in diagnosis_rules(case, line)):
        yield "deny", RULES["DIAGNOSIS_AGE_MISFIT"]


def diagnosis_sex(case, line):
    if any(case.is_other_sex(rule.get("sex")) for rule in diagnosis_rules(case, line)):
        yield "deny", RULES["DIAGNOSIS_SEX_MISFIT"]


def diagnosis_fits(case, line):
    fitting = case.service_rule(line, "diagnoses")
    if fitting is not None and not any(diagnosis["code"].startswith(tuple(fitting)) for diagnosis in case.diagnoses(line)):
        yield "deny", RULES["DIAGNOSIS_MISFIT"]


def days_of_stay(case, line):
    """House rule: a day in a room is a night, the first day of a stay without one counts, and so does the last of who is still there."""
    if not case.inpatient or not is_room(line):
        return
    facts = case.institutional
    nights = between(facts["statementFrom"], facts["statementThru"]) + (1 if facts.get("patientStatus") == RULES["STILL_PATIENT"] else 0)
    if sum(one["quantity"]["thousandths"] for one in case.content["lines"] if is_room(one)) > max(1, nights) * RULES["UNIT"]:
        yield "pend", "more-days-than-nights"


def non_covered(case, line):
    part = line.get("nonCoveredMinor", 0)
    if part and part == line["chargeMinor"]:
        yield "deny", RULES["NOT_COVERED"], RULES["NOT_COVERED_REMARK"]
    elif part and case.before:
        yield "pend", "non-covered-after-other-payer"


def benefit_map(case, line):
    category = category_of(case, line)
    if case.plan is None or category is None:
        return
    benefit = next((one for one in case.plan["benefits"] if one["category"] == category), None)
    if benefit is None or (benefit["type"] == "excluded" and benefit["denial"] == "96"):
        yield "deny", RULES["NOT_COVERED"], RULES["NOT_COVERED_REMARK"]
    elif benefit["type"] == "excluded":
        yield "deny", RULES["NO_BENEFIT"]


PROFESSIONAL = [
    ("coverage-on-date/v2", coverage), ("one-plan-and-year/v1", one_plan), ("payer-order/v3", payer_order), ("timely-filing/v2", timely), ("duplicate/v2", duplicate), ("credential/v1", credential),
    ("exclusion/v2", exclusion), ("scope-fits-code/v1", scope), ("contract/v1", contract), ("reference-tables/v2", reference_tables), ("referral/v1", referral), ("authorisation/v1", authorisation),
    ("required-data/v1", required), ("code-on-date/v1", code_on_date), ("modifier-on-date/v1", modifier_on_date), ("place-on-date/v1", place_on_date), ("diagnosis-on-date/v1", diagnosis_on_date),
    ("modifier-fits-code/v1", modifier_fits), ("place-fits-code/v1", place_fits), ("age-fits-code/v1", age_fits), ("sex-fits-code/v1", sex_fits), ("age-fits-diagnosis/v1", diagnosis_age),
    ("sex-fits-diagnosis/v1", diagnosis_sex), ("diagnosis-fits-code/v1", diagnosis_fits), ("benefit-map/v2", benefit_map)]

# Who attends a patient does not render each service: no scope is asked for.
INSTITUTIONAL = [
    ("coverage-on-date/v2", coverage), ("one-plan-and-stay/v1", one_plan), ("payer-order/v3", payer_order), ("timely-filing-statement/v1", timely), ("duplicate-bill/v2", duplicate),
    ("credential/v1", credential), ("exclusion/v2", exclusion), ("contract-for-setting/v2", contract), ("reference-tables/v2", reference_tables), ("referral/v1", referral),
    ("authorisation/v1", authorisation), ("institutional-data/v1", institutional_data), ("revenue-code-on-date/v1", revenue_code_on_date), ("code-on-date/v1", code_on_date),
    ("modifier-on-date/v1", modifier_on_date), ("diagnosis-on-bill/v1", diagnosis_on_date), ("modifier-fits-code/v1", modifier_fits), ("age-fits-code/v1", age_fits), ("sex-fits-code/v1", sex_fits),
    ("age-fits-diagnosis/v1", diagnosis_age), ("sex-fits-diagnosis/v1", diagnosis_sex), ("diagnosis-fits-code/v1", diagnosis_fits), ("days-of-stay/v1", days_of_stay), ("non-covered/v1", non_covered),
    ("benefit-map/v2", benefit_map)]
