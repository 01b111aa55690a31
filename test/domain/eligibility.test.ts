import t from 'tap'
import {
  ELIGIBILITY_RULES,
  type EligibilityRule,
  explain,
  judge,
  type Pair,
  verdictOf,
} from '../../src/domain/eligibility.ts'
import { ELIGIBILITY_RULES as CATALOGUE } from '../../src/reference/eligibilityRules.ts'
import { HOUSE, PLACE, pairWith, REQUIREMENTS } from './baseline.ts'
import { HOUSE_ROWS } from './houseRows.ts'
import { PLACE_ROWS } from './placeRows.ts'
import { PROFILE_ROWS } from './profileRows.ts'

const ROWS = { ...HOUSE_ROWS, ...PROFILE_ROWS, ...PLACE_ROWS }
const MAY_BE_UNKNOWN = new Set([
  'form.accepted',
  'age.band',
  'gender.accepted',
  'substance.free_house',
  'behaviour.accepted',
  'security.accepted',
  'pets.accepted',
  'mix.limit',
])

function ruleById(id: string): EligibilityRule {
  const rule = ELIGIBILITY_RULES.find((candidate) => candidate.id === id)
  if (rule === undefined) throw new RangeError(`no rule ${id}`)
  return rule
}

t.test('the baseline passes every rule', async (t) => {
  const pair = pairWith({})
  t.same(judge(pair), { failed: 0, unknown: 0 })
  for (const verdict of explain(pair)) t.equal(verdict.outcome, 'passed', verdict.ruleId)
})

for (const [id, rows] of Object.entries(ROWS)) {
  t.test(id, async (t) => {
    const rule = ruleById(id)
    for (const [name, change, outcome, needed, offered] of rows) {
      const verdict = verdictOf(rule, pairWith(change))
      t.match(verdict, { ruleId: id, title: rule.title, source: rule.source }, `${name}: it says which rule it is`)
      t.same([verdict.outcome, verdict.needed, verdict.offered], [outcome, needed, offered], name)
      t.ok(
        verdict.sentence.endsWith(`Behovet: ${needed}. Plassen: ${offered}.`),
        `${name}: both values are in the sentence`,
      )
    }
    t.same(
      new Set(rows.map(([, , outcome]) => outcome)),
      new Set(['passed', 'failed', ...(MAY_BE_UNKNOWN.has(id) ? ['unknown'] : [])]),
      'each outcome that the rule can give has a row',
    )
  })
}

t.test('the rules are those of the catalogue, in its order, and each has its rows', async (t) => {
  const ids = CATALOGUE.map((rule) => rule.id)
  t.same(
    ELIGIBILITY_RULES.map((rule) => rule.id),
    ids,
  )
  t.same(Object.keys(ROWS).sort(), ids.toSorted())
  for (const [i, rule] of ELIGIBILITY_RULES.entries()) {
    t.match(rule, { ...CATALOGUE[i] }, `${rule.id}: version, title, source and who could relax it are the catalogue's`)
  }
})

t.test('a row moves no rule but its own and those that ask about the same', async (t) => {
  const related: Record<string, readonly string[]> = {
    'behaviour.accepted': ['mix.limit'],
    'mix.limit': ['behaviour.accepted'],
    'children.allowed': ['household.size'],
    'household.size': ['children.allowed'],
    'district.served': ['district.accepted'],
  }
  for (const [id, rows] of Object.entries(ROWS)) {
    for (const [name, change] of rows) {
      const others = explain(pairWith(change)).filter(({ outcome, ruleId }) => outcome !== 'passed' && ruleId !== id)
      const stray = others.filter(
        ({ ruleId }) =>
          !(related[id] ?? []).includes(ruleId) && !(id.startsWith('place.') && ruleId.startsWith('place.')),
      )
      t.same(
        stray.map(({ ruleId }) => ruleId),
        [],
        `${id}: ${name}`,
      )
    }
  }
})

t.test('sentences are bokmål for people', async (t) => {
  const openings = {
    passed: 'Passer. ',
    failed: 'Passer ikke. ',
    unknown: 'Vi vet ikke nok. Det utelukker ikke plassen. ',
  }
  const code = /undefined|null|NaN|\[object|[a-z]_[a-z]|\d{4}-\d\d-\d\d|\b(true|false|house|place)\b/
  const wrong = Object.values(ROWS)
    .flat()
    .flatMap(([, change]) => explain(pairWith(change)))
    .filter(
      ({ outcome, sentence, needed, offered }) =>
        sentence !== `${openings[outcome]}Behovet: ${needed}. Plassen: ${offered}.` ||
        code.test(sentence) ||
        needed.trim() === '' ||
        offered.trim() === '',
    )
  t.same(wrong, [])
})

/** `target` with every property that is read added to `read`; reading inside a list or a range counts as reading it. */
function watched<T extends object>(target: T, read: Set<string>): T {
  return new Proxy(target, {
    get(from, key) {
      read.add(String(key))
      return Reflect.get(from, key) as unknown
    },
  })
}

function readBy(
  rule: EligibilityRule,
  change: Parameters<typeof pairWith>[0],
): Record<'need' | 'place' | 'house' | 'pair', string[]> {
  const pair = pairWith(change)
  const read = { need: new Set<string>(), place: new Set<string>(), house: new Set<string>(), pair: new Set<string>() }
  const spied: Pair = watched(
    {
      ...pair,
      requirements: watched(pair.requirements, read.need),
      place: watched(pair.place, read.place),
      facility: watched(pair.facility, read.house),
    },
    read.pair,
  )
  verdictOf(rule, spied)
  return { need: [...read.need], place: [...read.place], house: [...read.house], pair: [...read.pair] }
}

t.test('no rule reads a diagnosis, a care track, or anything else that is not listed here', async (t) => {
  const read = { need: new Set<string>(), place: new Set<string>(), house: new Set<string>() }
  for (const [id, rows] of Object.entries(ROWS)) {
    for (const [name, change] of rows) {
      const one = readBy(ruleById(id), change)
      for (const key of one.need) read.need.add(key)
      for (const key of one.place) read.place.add(key)
      for (const key of one.house) read.house.add(key)
      if (ruleById(id).level === 'facility') {
        t.notOk(one.pair.includes('availability'), `${id}: ${name}: the rule of a house does not ask about days`)
        t.same(one.place, [], `${id}: ${name}: the rule of a house does not ask about the place`)
      }
    }
  }
  // a need's own holds are looked at when the days of its pair are worked out, before any rule is asked
  const unread = ['wantedFeatures', 'wantedDistricts', 'ownHolds']
  // what the policy makes of wishes and requirements, the same for everybody
  const ofPolicy = ['asWishes', 'homeDistrictOnly']
  t.same(
    [...read.need].sort(),
    [...Object.keys(REQUIREMENTS).filter((key) => !unread.includes(key)), ...ofPolicy].sort(),
    'every requirement decides, and no wish does',
  )
  t.same([...read.place].sort(), ['features', 'form', 'id', 'maxHousehold', 'open'])
  t.same(
    [...read.house].sort(),
    Object.keys(HOUSE)
      .filter((key) => key !== 'operator' && key !== 'vacancyConfirmedAt')
      .sort(),
  )
  for (const key of [...Object.keys(REQUIREMENTS), ...Object.keys(HOUSE), ...Object.keys(PLACE)]) {
    t.notMatch(key, /diagnos|track|forløp|health|assess|legal/i, key)
  }
  const labelled = { careTrack: 3, diagnosis: 'F20', hovedforlop: 2 }
  const pair = pairWith({})
  const withLabels: Pair = { ...pair, requirements: { ...pair.requirements, ...labelled } }
  t.same(explain(withLabels), explain(pair), 'a label that comes along changes nothing')
})

t.test('never together: it never says who', async (t) => {
  const rule = ruleById('never_together')
  const said = new Set<string>()
  for (const facilitiesToAvoid of [[], ['house-1'], ['house-2'], ['house-1', 'house-2', 'house-3']]) {
    const { needed, offered } = verdictOf(rule, pairWith({ need: { facilitiesToAvoid } }))
    said.add(`${needed} / ${offered}`)
  }
  t.same(
    said,
    new Set([
      'ingen hindring registrert / ingen hindring her',
      'skal ikke bo med bestemte personer / ikke mulig her',
      'skal ikke bo med bestemte personer / ingen hindring her',
    ]),
    'a closed set of words: no name, no house, no number of people',
  )
  const before = explain(pairWith({ house: { extensiveBehaviourNow: 0 } }))
  const after = explain(pairWith({ need: { facilitiesToAvoid: ['house-1'] }, house: { extensiveBehaviourNow: 0 } }))
  t.same(
    after.filter((verdict, i) => verdict.sentence !== before[i]?.sentence).map(({ ruleId }) => ruleId),
    ['never_together'],
    'no other sentence gives it away',
  )
  t.equal(rule.relaxable, 'nobody', 'and nobody is asked to relax it')
})
