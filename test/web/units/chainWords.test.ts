import t from 'tap'
import type { ChainStep, FollowedChain, FollowedStep } from '../../../src/web/api/chains.ts'
import {
  againFacts,
  againInWords,
  breakFacts,
  chainColour,
  chainName,
  nextInWords,
  remainingInWords,
  stepColour,
  stepFacts,
} from '../../../src/web/pages/chains/chainWords.ts'
import { readChainSearch } from '../../../src/web/pages/chains/search.ts'

const place = (label: string) => ({
  id: label,
  label,
  form: 'municipal' as const,
  facilityName: 'Haugen',
  districtCode: '030112',
  vacancyConfirmedAt: null,
})
const step = (position: number, state: ChainStep['state'], about: Partial<FollowedStep> = {}): FollowedStep => ({
  position,
  place: place(`H${position}`),
  from: place(`H${position + 1}`),
  plannedOn: '2026-09-15',
  answerBy: state === 'to_offer' ? null : '2026-09-08',
  urgencyClass: 4,
  state,
  stateName: state,
  brokenBy: null,
  brokenAt: null,
  why: null,
  needId: null,
  residentName: null,
  offerId: null,
  again: null,
  ...about,
})
const own = { needId: 'n', residentName: 'Kari' }
const fell = (by: NonNullable<ChainStep['brokenBy']>, why: string) => ({
  brokenBy: by,
  brokenAt: '2026-09-02T22:30:00Z',
  why,
})

t.test('what a move waits for is said with whom and by when', (t) => {
  const before = step(0, 'sent')
  t.match(stepFacts(step(1, 'conditional'), before), [
    /^Venter på flytting 1: den som bor på plassen, må svare ja først\. Da blir tilbudet fast\.$/,
    /innen 8\. september 2026, løper det ut/,
    /Planlagt innflytting 15\. september 2026/,
  ])
  t.match(stepFacts(step(0, 'sent'), undefined), [
    /^Venter på at personen svarer\. Svarfrist 8\. september 2026\.$/,
    /Planlagt/,
  ])
  t.match(stepFacts(step(1, 'accepted'), before)[0], /^Venter på flytting 1: .* før kontrakten signeres/)
  t.match(stepFacts(step(1, 'accepted'), step(0, 'moved_in'))[0], /^Kan flytte inn/)
  t.match(stepFacts(step(0, 'to_offer', own), undefined)[0], /^Tilbudet er ditt å sende/)
  t.match(stepFacts(step(1, 'to_offer'), before).slice(0, 3), [
    /^Venter på at den som følger opp personen, sender tilbudet/,
    /^Tilbudet blir betinget til flytting 1 er svart ja til/,
    /^Må sendes senest 15\. september 2026/,
  ])
  t.match(stepFacts(step(0, 'moved_in'), undefined), [
    /^Har flyttet inn\.$/,
    /^Utflyttingen fra H1, Haugen må være registrert før noen andre kan flytte inn der/,
  ])
  t.same(stepFacts(step(0, 'moved_in', { from: null }), undefined), ['Har flyttet inn.'])
  t.end()
})

t.test('a move that fell says why, when, and that nobody has lost her home', (t) => {
  const broken = step(1, 'broken', fell('declined', 'Det ble sagt nei til plassen.'))
  t.same(stepFacts(broken, step(0, 'accepted')), [
    'Det ble sagt nei til plassen.',
    // half past midnight in Oslo
    'Brutt 3. september 2026.',
    'Personen blir boende på H2, Haugen og har samme plass i køen.',
  ])
  t.match(stepFacts({ ...broken, from: null }, undefined).at(-1), /^Plassen i køen er den samme/)
  const steps = [
    step(0, 'accepted'),
    broken,
    step(2, 'broken', fell('step_before', 'x')),
    step(3, 'broken', fell('step_before', 'x')),
  ]
  t.same(breakFacts(steps), [
    'Flytting 2, til H1, Haugen, ble brutt 3. september 2026. Det ble sagt nei til plassen.',
    'Flytting 3 og 4 falt med den, for plassene blir ikke ledige. De det gjelder, beholder det de har, og plassen i køen.',
  ])
  t.match(breakFacts(steps.slice(0, 3)).at(-1), /^Flytting 3 falt med den, for plassen blir ikke ledig\./)
  t.same(breakFacts([step(0, 'sent')]), [])
  t.end()
})

t.test('what comes first of what a chain waits for', (t) => {
  t.equal(nextInWords([step(0, 'sent'), step(1, 'to_offer', own)]), 'Du har tilbud å sende: flytting 2.')
  t.equal(nextInWords([step(0, 'sent'), step(1, 'to_offer')]), 'Venter på svar i flytting 1, frist 8. september 2026.')
  t.equal(
    nextInWords([step(0, 'accepted'), step(1, 'to_offer'), step(2, 'to_offer')]),
    'Andre har igjen å sende tilbud: flytting 2 og 3.',
  )
  t.equal(nextInWords([step(0, 'accepted'), step(1, 'conditional')]), 'Venter på innflytting i flytting 1.')
  t.equal(nextInWords([step(0, 'moved_in'), step(1, 'broken')]), undefined)
  t.equal(
    remainingInWords([step(0, 'to_offer', own), step(1, 'to_offer'), step(2, 'to_offer', own)]),
    'Du har igjen å sende tilbudet i flytting 1 og 3. Andre har igjen å sende tilbudet i flytting 2.',
  )
  t.equal(remainingInWords([step(0, 'sent')]), undefined)
  t.equal(chainName([step(0, 'sent'), step(1, 'to_offer')]), '2 flyttinger, den første til H0, Haugen')
  t.end()
})

t.test('what is proposed instead, and that it is on its way', (t) => {
  const chain = (steps: FollowedStep[], about: Partial<FollowedChain>) =>
    againFacts({ steps, againRunId: 'r', againEnded: true, ...about } as FollowedChain)[0]
  const mine = step(1, 'broken', own)
  t.match(chain([mine], { againEnded: false }), /^Resten foreslås på nytt: .* Svaret kommer her/)
  t.match(chain([mine], {}), /Hva det ble for dine, står ved hver flytting/)
  t.match(chain([step(1, 'broken')], {}), /hver til den som følger opp personen/)
  t.equal(chain([step(0, 'sent')], { againRunId: null }), undefined)
  const again = { place: place('H9'), movesOn: '2026-10-01', chain: null, sentence: null }
  t.equal(againInWords({ again }), 'Den nye kjøringen foreslår H9, Haugen, fra 1. oktober 2026.')
  t.equal(
    againInWords({ again: { ...again, place: null, movesOn: null, sentence: 'Ingen ledig plass passer.' } }),
    'Den nye kjøringen fant ingen plass. Ingen ledig plass passer.',
  )
  t.equal(againInWords({ again: null }), undefined)
  t.end()
})

t.test('marks go with the words, and the address holds only what is shown', (t) => {
  t.same((['broken', 'accepted', 'to_offer', 'sent', 'conditional'] as const).map(stepColour), [
    'danger',
    'success',
    'warning',
    'info',
    'neutral',
  ])
  t.same((['complete', 'running', 'partly', 'broken'] as const).map(chainColour), [
    'success',
    'info',
    'danger',
    'danger',
  ])
  t.same(readChainSearch({ vis: 'ferdige', andre: 1 }), { vis: 'ferdige' })
  t.same(readChainSearch({ vis: 'x' }), {})
  t.end()
})
