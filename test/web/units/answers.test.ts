import t from 'tap'
import { answersOf } from '../../../src/web/pages/needs/answers.ts'
import { aNeed, aResident, names } from './records.ts'

const nothing = { assessments: [], consents: [], neverTogether: [] }

t.test('every theme has its questions, and what is not answered has no values', (t) => {
  const answers = answersOf({ need: aNeed(), resident: aResident(), ...nothing }, names)
  const empty = Object.values(answers).flatMap((theme) => theme.filter(({ values }) => values.length === 0))
  t.ok(empty.some(({ label }) => label === 'Boligformer, det beste først'))
  t.ok(empty.some(({ label }) => label === 'Fødselsdato'))
  t.same(answers['privat-leie'], [{ label: 'Kan personen leie privat?', values: ['Trengs ikke'] }])
  t.end()
})

t.test('answers in the words of the screens', (t) => {
  const need = aNeed({
    forms: ['municipal', 'private'],
    responsibleDistrict: null,
    requiredFeatures: ['lift'],
    behaviour: 0,
    neededDuring: { from: '2026-09-01', to: '2026-12-01' },
    excludedFacilities: ['a', 'b'],
    privateRental: 'not_possible',
  })
  const answers = answersOf({ need, resident: aResident({ personalNumberEnding: '345' }), ...nothing }, names)
  const valuesOf = (theme: keyof typeof answers, label: string) =>
    answers[theme].find((answer) => answer.label === label)?.values
  t.same(valuesOf('boligform', 'Boligformer, det beste først'), ['1. form municipal', '2. form private'])
  t.same(valuesOf('situasjon', 'Ansvarlig bydel'), ['Uavklart'])
  t.same(valuesOf('bolig', 'Krav'), ['Egenskap lift'])
  t.same(valuesOf('bolig', 'Når personen kan flytte'), ['Fra 1. september 2026, senest før 1. desember 2026'])
  t.same(valuesOf('bolig', 'Botilbud personen ikke vil bo i'), ['2 valgt bort'])
  t.same(valuesOf('hus', 'Behov knyttet til atferd'), ['atferd 0'], 'level 0 is an answer')
  t.same(valuesOf('hus', 'Behov for sikkerhet'), [])
  t.same(valuesOf('privat-leie', 'Kan personen leie privat?'), ['Vurdert: det går ikke nå'])
  t.same(valuesOf('person', 'Fødselsnummer'), ['Registrert, slutter på 345'], 'never the whole number')
  t.end()
})

t.test('a name of another district is not known, and is not left out', (t) => {
  const neverTogether = [{ id: 'x', otherResidentId: 'y', otherName: null, reason: 'z' }]
  const answers = answersOf({ need: aNeed(), resident: aResident(), ...nothing, neverTogether }, names)
  t.same(answers['ikke-sammen'][0]?.values, ['En person i en annen bydel'])
  t.end()
})
