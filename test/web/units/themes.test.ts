import t from 'tap'
import { progressOf, themeAt, themeFor, themes } from '../../../src/web/pages/needs/themes.ts'
import { aNeed, anItem, aResident } from './records.ts'

t.test('a blank draft: what must be answered is not begun, what need not be is said to be optional', (t) => {
  const progress = progressOf({ need: aNeed(), resident: aResident(), neverTogether: 0 })
  t.equal(progress.boligform.state, 'not_started')
  t.match(progress.boligform.note, /registreres/)
  t.equal(progress.person.state, 'started', 'the name is there')
  t.equal(progress.situasjon.state, 'not_started')
  t.equal(progress.hus.state, 'not_started')
  t.equal(progress.bolig.state, 'optional')
  t.equal(progress['ikke-sammen'].state, 'optional')
  t.equal(progress.viktig.state, 'optional')
  t.equal(progress['privat-leie'].state, 'not_needed')
  t.equal(progress.samtykke.state, 'not_needed')
  t.end()
})

t.test('themes follow what is stored', (t) => {
  const need = aNeed({
    forms: ['municipal'],
    origin: 'temporary',
    situationSince: '2026-01-01',
    substanceStance: 'accepts_substance_free',
    behaviour: 0,
    wantedDistricts: ['030112'],
    whatMatters: 'Ro',
    readiness: [anItem('assessment_current', false), anItem('consent_sharing', true)],
  })
  const resident = aResident({
    birthDate: '1980-01-01',
    gender: 'woman',
    household: { id: 'x', adults: 1, pets: false, children: [] },
  })
  const progress = progressOf({ need, resident, neverTogether: 2 })
  t.equal(progress.person.state, 'done')
  t.equal(progress.situasjon.state, 'done')
  t.equal(progress.boligform.state, 'done')
  t.equal(progress.bolig.state, 'done', 'a wanted district is an answer')
  t.equal(progress.hus.state, 'started', 'security is not assessed; behaviour 0 is an answer')
  t.equal(progress['privat-leie'].state, 'not_started', 'a municipal home asks for it')
  t.equal(progress.kartlegging.state, 'not_started')
  t.equal(progress.samtykke.state, 'done')
  t.same(progress['ikke-sammen'], { state: 'done', note: '2 personer' })
  t.equal(progress.viktig.state, 'done')
  t.end()
})

t.test('a level of none is an answer', (t) => {
  const progress = progressOf({ need: aNeed({ behaviour: 0 }), resident: aResident(), neverTogether: 0 })
  t.equal(progress.hus.state, 'started')
  t.end()
})

t.test('an assessment is not asked for when readiness does not ask', (t) => {
  const progress = progressOf({ need: aNeed({ forms: ['temporary'] }), resident: aResident(), neverTogether: 0 })
  t.equal(progress.kartlegging.state, 'optional')
  t.end()
})

t.test('every theme has an address, and leads to the next', (t) => {
  t.same(
    themes.map(({ id }) => themeAt(id)?.next),
    [...themes.slice(1).map(({ id }) => id), null],
  )
  t.equal(themeAt('boligform')?.position, 3)
  t.equal(themeAt('finnes-ikke'), null)
  t.end()
})

t.test('what is missing leads to the theme where it is answered', (t) => {
  t.equal(themeFor({ id: 'forms_stated' }), 'boligform')
  t.equal(themeFor({ id: 'contact_person' }), 'person')
  t.equal(themeFor({ id: 'something_new' }), 'person', 'an item of a later release leads somewhere')
  t.end()
})
