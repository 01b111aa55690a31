import t from 'tap'
import { FORMS } from '../../src/domain/ladder.ts'
import { DISTRICTS } from '../../src/reference/districts.ts'
import { ELIGIBILITY_RULES } from '../../src/reference/eligibilityRules.ts'
import { LEGAL_TRACKS } from '../../src/reference/legalTracks.ts'
import { READINESS_ITEMS } from '../../src/reference/readiness.ts'
import { REASON_CODES } from '../../src/reference/reasonCodes.ts'
import { RULES } from '../../src/reference/rules.ts'
import { testApp } from '../support/app.ts'

const { owner, anonymous } = await testApp(t)
const itemsOf = async (path: string) => (await anonymous.get(path)).json().items

t.test('districts are those of the day that is asked for', async (t) => {
  t.strictSame(
    (await itemsOf('/districts')).map(({ code, name }: { code: string; name: string }) => [code, name]),
    DISTRICTS.map(({ code, name }) => [code, name]),
  )
  await owner.query("update district set valid = '[2004-01-01,2028-01-01)' where code in ('030111', '030112')")
  await owner.query(
    "insert into district (code, name, valid, source) values ('030112', 'Alna og Stovner', '[2028-01-01,)', 'test')",
  )
  const named = async (on: string) =>
    Object.fromEntries(
      (await itemsOf(`/districts?on=${on}`)).map(({ code, name }: { code: string; name: string }) => [code, name]),
    )
  const before = await named('2027-12-31')
  const after = await named('2028-01-01')
  t.equal(Object.keys(before).length, 15)
  t.match(before, { '030111': 'Stovner', '030112': 'Alna' })
  t.equal(Object.keys(after).length, 14, 'nothing assumes fifteen for ever')
  t.match(after, { '030111': undefined, '030112': 'Alna og Stovner' })
  t.equal((await itemsOf('/districts?on=2003-12-31')).length, 0)
  t.equal((await anonymous.get('/districts?on=2026-02-30')).statusCode, 400)
})

t.test('the ladder is there in its order, each form with its source', async (t) => {
  const forms = await itemsOf('/housing-forms')
  t.strictSame(
    forms.map(({ id }: { id: string }) => id),
    FORMS.map(({ id }) => id),
  )
  for (const form of forms) t.match(form, { step: Number, stepName: /./, name: /./, tenure: /./, source: /./ }, form.id)
  t.equal(forms.find(({ id }: { id: string }) => id === 'no_home').isPlace, false)
})

t.test('every reason has its consequence', async (t) => {
  const reasons = await itemsOf('/reason-codes')
  t.equal(reasons.length, REASON_CODES.length)
  for (const { kind, id } of REASON_CODES) {
    t.match(
      reasons.find((reason: { kind: string; id: string }) => reason.kind === kind && reason.id === id),
      { consequence: { effect: /./, text: /./ }, countsAsShortfall: Boolean, offeredToPeople: Boolean, source: /./ },
      `${kind} ${id}`,
    )
  }
})

t.test('every rule of the catalogues is there, none hidden by another of its name', async (t) => {
  const rules: { kind: string; title: string; sentence: string }[] = await itemsOf('/rules')
  const titles = (wanted: string) => rules.filter(({ kind }) => kind === wanted).map(({ title }) => title)
  t.strictSame(titles('domain').toSorted(), RULES.map(({ title }) => title).toSorted())
  t.equal(titles('eligibility').length, ELIGIBILITY_RULES.length)
  t.equal(titles('readiness').length, READINESS_ITEMS.length)
  t.equal(titles('legal').length, LEGAL_TRACKS.length)
  for (const { title, sentence } of rules) t.not(sentence, title, `${title} says more than its name`)
})

t.test('of rules and policies the newest version in force is shown', async (t) => {
  const rule = async () => (await itemsOf('/rules')).filter(({ id }: { id: string }) => id === 'form.accepted')
  t.match(await rule(), [{ version: 1, kind: 'eligibility', source: /./, sourceInWords: /./, validFrom: '2026-01-01' }])
  for (const [version, validFrom] of [
    [2, '2026-09-01'],
    [3, '2026-09-02'],
  ]) {
    await owner.query(
      `insert into rule_version (rule_id, version, kind, title, sentence, source, valid_from, author, reason)
       values ('form.accepted', $1, 'eligibility', 'Ny', 'Ny', 'egen', $2, 'Byen', 'Vedtak')`,
      [version, validFrom],
    )
    await owner.query(
      `insert into policy_version (policy_id, version, title, parameters, source, valid_from, author, reason)
       values ('urgency', $1, 'Ny', '{}', 'egen', $2, 'Byen', 'Vedtak')`,
      [version, validFrom],
    )
  }
  t.match(await rule(), [{ version: 2 }], 'not the one that holds from tomorrow')
  t.equal((await rule()).length, 1)
  const policies = await itemsOf('/policies')
  t.match(
    policies.filter(({ id }: { id: string }) => id === 'urgency'),
    [{ version: 2 }],
  )
  const ids: string[] = policies.map(({ id }: { id: string }) => id)
  t.strictSame(ids, [...new Set(ids)].sort(), 'each once, in order')
  for (const id of ['assessment', 'lease', 'matching_objective']) t.ok(ids.includes(id), id)
})

t.test('what is not checked is said to be so', async (t) => {
  const rules: { checked: boolean; source: string; title: string }[] = await itemsOf('/rules')
  for (const { checked, source, title } of rules) {
    const documented = source.split('; ').every((reference) => /^00[0-4]( |$)/.test(reference))
    t.equal(checked, documented, `${title}: ${source}`)
  }
  const legal = (await itemsOf('/rules')).filter(({ kind }: { kind: string }) => kind === 'legal')
  t.ok(legal.length > 0)
  t.ok(
    legal.some(({ checked }: { checked: boolean }) => !checked),
    'something of the law is from memory',
  )
})

t.test('every word that a form lets one choose has a name', async (t) => {
  const vocabulary = (await anonymous.get('/vocabulary')).json()
  for (const [name, words] of Object.entries(vocabulary)) {
    if (name === 'urgencyNotice') t.match(words, /valg/)
    else for (const word of words as { name: string }[]) t.match(word.name, /./, name)
  }
})
