/** `waybill new case`: a whole small case that can be decided as it stands, with a comment on each part. */
export const template = `# A Waybill case: what the letters, lists and signed findings say. Fictional people only in examples.
# Decide it with:  ./waybill decide my-case.yaml
waybill: case/1
title: Audit of Example Lamp Company (fictional)
fictional: true
decideOn: 2026-03-20            # the day of the decision; the law in force that day is applied

request:                        # the letter from Customs, paragraph (b)
  reference: CBP-2026-0001
  form: written                 # written | oral
  dated: 2026-03-02
  received: 2026-03-05          # by the IRS; leave it out until it is
  signature:
    name: Robin Sample
    title: Commissioner
    office: Customs
    capacity: Commissioner      # Commissioner | acting Commissioner | delegate (a delegate does not sign)
  titles:                       # who may receive, by title, (b)(4)
    - Supervisory Auditor, Trade Regulatory Audit

audit:
  reference: TRA-2026-17
  kind: section 509 audit       # or: risk analysis and survey | inquiry | zone or warehouse quantity check
  stage: initiated              # initiated | intended | dropped
  subject: example-lamp         # a taxpayer below: the importer
  entries: []                   # entry numbers in the audit
  # determined: 2026-03-01      # the day the amounts were determined to be due and owing, (a)(2)

taxpayers:
  - id: example-lamp
    name: Example Lamp Company (fictional)
    tin: 07-1234567             # optional: (b)(2) asks for no number
    certified: audit initiated  # audit initiated | audit intended | relationship, (b)(4)
    # relationship: { kind: ownership, with: another-taxpayer, statement: who owns whom }

records:                        # what the IRS holds, and from which file: (d) is about provenance
  - id: return-2021
    taxpayer: example-lamp
    source: return              # return | examination | APA | competent authority
    period: { from: 2021-01-01, to: 2021-12-31 }
    file: example-lamp-2021.xml # its name in the folder given with --returns

items:                          # one for each particular item, (b)(1) to (b)(4); find them with ./waybill items purchases
  - id: purchases
    taxpayer: example-lamp
    form: 1125-A
    line: "2"                   # or path: IRS1125A/PurchasesAmt
    period: { from: 2021-01-01, to: 2021-12-31 }
    purposes: [correctness of an entry]   # recovery of what is due | other
    purpose: To compare purchases reported for tax with the value declared on entry.
    necessity: The entered values rest on transfer prices that only the cost of goods sold can test.
    relatesTo: declared value   # classification | rate of duty | something else, (c)
    record: return-2021

sender: { name: Casey Sample, title: Disclosure Manager, office: IRS }
recipient: { name: Jordan Sample, title: "Supervisory Auditor, Trade Regulatory Audit", office: Customs }

findings:                       # judgments that the law gives to a person; none is ever computed
  - finds: necessary to determination     # (c)
    of: [purchases]             # leave it out for all items
    answer: true
    by: { name: Casey Sample, title: Disclosure Manager, office: IRS }
    on: 2026-03-18
    reason: The entered values of the audit depend on it.
  # also: no more than necessary, relates to merchandise, relationship holds, identifies informant,
  # seriously impairs, and treaty (answer: none | part | whole). Later: use is necessary,
  # cannot otherwise be accomplished, legal representative, … see ./waybill new schema

releases: []                    # what was disclosed under this section, with its receipt
proposals: []                   # later looks, uses and disclosures; see examples/harbor-lamp/case.yaml
`;
