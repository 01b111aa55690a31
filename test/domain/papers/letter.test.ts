import t from 'tap'
import type { Day } from '../../../src/domain/day.ts'
import { FORMS } from '../../../src/domain/ladder.ts'
import { lastDayToAppeal } from '../../../src/domain/papers/decision.ts'
import { decisionDraft } from '../../../src/domain/papers/decisionDraft.ts'
import { letterLanguage } from '../../../src/domain/papers/language.ts'
import { formOfTrack, lackMayRefuse } from '../../../src/domain/papers/legalTrack.ts'
import {
  decisionLetter,
  type Envelope,
  type Letter,
  letterText,
  offerLetter,
  referralLetter,
} from '../../../src/domain/papers/letter.ts'
import { LIX_LIMIT, lix } from '../../../src/domain/papers/readability.ts'
import { dayIn, fill, formIn } from '../../../src/domain/papers/text.ts'
import { LEGAL_TRACK_SCOPES, LEGAL_TRACKS } from '../../../src/reference/legalTracks.ts'
import { LETTER_CONTACT, LETTER_LANGUAGES, type LetterLanguage } from '../../../src/reference/letters/texts.ts'
import { LANGUAGES } from '../../../src/reference/profiles.ts'

const TODAY = '2026-09-01' as Day
const NAME = 'Siri Prøve'
const PLACE = { facility: 'Furuset bosenter', label: 'H0203', address: 'Prøveveien 12' }
const LANGUAGE_TAGS = LETTER_LANGUAGES.map(({ tag }) => tag)
const FORM_IDS = FORMS.filter(({ isPlace }) => isPlace).map(({ id }) => id)

const envelope = (language: LetterLanguage, changes: Partial<Envelope> = {}): Envelope => ({
  language,
  recipient: NAME,
  holdingDistrict: '030112',
  officer: 'Berit Konsulent',
  contactPerson: null,
  interpreter: false,
  writtenOn: TODAY,
  ...changes,
})

const facts = {
  registeredOn: '2026-05-20' as Day,
  origin: 'temporary',
  situationSince: '2026-03-01' as Day,
  mustLeaveBy: '2026-10-01' as Day,
  privateRental: 'not_possible',
  childrenBornIn: [2015],
}

interface Rendered {
  name: string
  language: LetterLanguage
  letter: Letter
  /** What must stand in it. */
  must: string[]
}

/** Every decision letter there can be: track × outcome × the forms of the track × the language of letter and of decision. */
function decisionLetters(): Rendered[] {
  return LEGAL_TRACKS.flatMap((track) => {
    const outcomes: { outcome: 'granted' | 'refused'; lackOfSuitableHome: boolean }[] = [
      { outcome: 'granted', lackOfSuitableHome: false },
      { outcome: 'refused', lackOfSuitableHome: false },
      ...(lackMayRefuse(track.id) ? [{ outcome: 'refused' as const, lackOfSuitableHome: true }] : []),
    ]
    return outcomes.flatMap(({ outcome, lackOfSuitableHome }) =>
      LEGAL_TRACK_SCOPES[track.id].forms.flatMap((form) =>
        (['nb', 'nn'] as const).flatMap((writtenIn) =>
          LANGUAGE_TAGS.flatMap((language) =>
            (outcome === 'granted' ? [PLACE, null] : [null]).map((place): Rendered => {
              const choice = { track: track.id, outcome, lackOfSuitableHome, language: writtenIn }
              const draft = decisionDraft(choice, { ...facts, forms: [form] }, TODAY)
              const reasons = draft.reasons ?? 'Du har en bolig du kan bli i.'
              const letter = decisionLetter(envelope(language), {
                ...choice,
                track: { ...track, checked: true, checkedOn: TODAY },
                forms: [form],
                mainContent: draft.mainContent,
                reasons,
                writtenIn,
                appealBody: track.appealBody,
                issued: true,
                place,
                helpDecided: false,
              })
              return {
                name: `${track.id} ${outcome}${lackOfSuitableHome ? ' for lack' : ''}, ${form}, ${writtenIn} in ${language}${place === null ? '' : ' with a home'}`,
                language,
                letter,
                must: [
                  draft.mainContent,
                  reasons,
                  track.legalBasis,
                  dayIn(language, lastDayToAppeal(TODAY, track.deadlineWeeks)),
                  ...(place === null ? [] : Object.values(place)),
                ],
              }
            }),
          ),
        ),
      ),
    )
  })
}

function offerLetters(): Rendered[] {
  return LANGUAGE_TAGS.flatMap((language) =>
    FORM_IDS.flatMap((form) =>
      [false, true].map(
        (open): Rendered => ({
          name: `offer of ${form}${open ? ', conditional and unreserved' : ''} in ${language}`,
          language,
          letter: offerLetter(envelope(language), {
            form,
            place: PLACE,
            moveInOn: '2026-09-15' as Day,
            replyBy: '2026-09-08' as Day,
            replyTime: '23:59',
            conditional: open,
            unreserved: open,
            over: false,
          }),
          must: [
            ...Object.values(PLACE),
            dayIn(language, '2026-09-15' as Day),
            dayIn(language, '2026-09-08' as Day),
            '23:59',
            formIn(language, form),
          ],
        }),
      ),
    ),
  )
}

function referralLetters(): Rendered[] {
  return LANGUAGE_TAGS.flatMap((language) =>
    FORM_IDS.filter((form) => form.startsWith('vel_')).map(
      (form): Rendered => ({
        name: `referral to ${form} in ${language}`,
        language,
        letter: referralLetter(envelope(language), {
          form,
          sentOn: TODAY,
          answerDueOn: '2026-09-15' as Day,
          wishedFacility: PLACE.facility,
          over: false,
        }),
        must: [PLACE.facility, dayIn(language, TODAY), dayIn(language, '2026-09-15' as Day), formIn(language, form)],
      }),
    ),
  )
}

const everyLetter = [...decisionLetters(), ...offerLetters(), ...referralLetters()]

t.test('every letter, in every language, for every track, outcome and form, is whole', async (t) => {
  t.ok(everyLetter.length > 300, `${everyLetter.length} letters`)
  for (const { name, letter, must } of everyLetter) {
    const printed = [letterText(letter), letter.recipient, letter.sender, letter.signature, letter.dated].join('\n')
    const holes = printed.match(/[{}]|undefined|null|NaN|\b0301\d\d\b|[a-z]+_[a-z]+/g)
    const lacking = [...must, NAME, 'Alna', 'Berit Konsulent', LETTER_CONTACT.phone].filter(
      (words) => !printed.includes(words),
    )
    if (holes !== null || lacking.length > 0) t.fail(name, { holes, lacking })
    for (const { heading, paragraphs } of letter.sections) {
      if (heading === '' || paragraphs.length === 0 || paragraphs.some(({ text }) => text.trim() === ''))
        t.fail(`${name}: an empty part under «${heading}»`)
    }
  }
})

t.test('every Norwegian letter is easy to read, and the English ones are no heavier than medium', async (t) => {
  const heaviest = { nb: 0, nn: 0, en: 0 }
  for (const { name, language, letter } of everyLetter) {
    const measured = lix(letterText(letter)) ?? Number.POSITIVE_INFINITY
    heaviest[language] = Math.max(heaviest[language], measured)
    const limit = language === 'en' ? LIX_LIMIT + 5 : LIX_LIMIT
    if (measured > limit) t.fail(`${name}: LIX ${measured.toFixed(1)}`)
  }
  t.comment(`heaviest: ${JSON.stringify(heaviest)}`)
  t.ok(heaviest.nb > 15 && heaviest.nn > 15, 'something was measured')
})

t.test('nor is any part of a letter heavy in between: one hard sentence is not hidden by the easy ones', async (t) => {
  let measured = 0
  for (const { name, language, letter } of everyLetter) {
    for (const { text } of [...letter.intro, ...letter.sections.flatMap(({ paragraphs }) => paragraphs)]) {
      // a name or the title of a law decides in a short one
      if (text.split(/\s+/).length < 12 || text.includes('kapittel')) continue
      measured += 1
      const heavy = lix(text) ?? 0
      const limit = language === 'en' ? LIX_LIMIT + 5 : LIX_LIMIT
      if (heavy > limit) t.fail(`${name}: LIX ${heavy.toFixed(1)}: ${text}`)
    }
  }
  t.ok(measured > 1000, `${measured} paragraphs`)
})

t.test('a letter fits on two pages', async (t) => {
  for (const { name, letter } of everyLetter) {
    const words = letterText(letter).split(/\s+/).length
    if (words > 420) t.fail(`${name}: ${words} words`)
  }
})

t.test('who is given a home that is found is not told to wait for an offer of one', async (t) => {
  const granted = (language: LetterLanguage, place: typeof PLACE | null) =>
    letterText(
      decisionLetter(envelope(language), {
        track: { ...LEGAL_TRACKS[1], checked: true, checkedOn: TODAY },
        outcome: 'granted',
        lackOfSuitableHome: false,
        forms: ['municipal'],
        mainContent: 'Ja.',
        reasons: null,
        writtenIn: 'nb',
        appealBody: 'Oslo kommunes klagenemnd',
        issued: true,
        place,
        helpDecided: true,
      }),
    )
  for (const [language, offer] of [
    ['nb', /sender deg et tilbud/],
    ['nn', /sender deg eit tilbod/],
    ['en', /send you an offer/],
  ] as const) {
    t.match(granted(language, null), offer)
    t.notMatch(granted(language, PLACE), offer)
    t.match(granted(language, PLACE), /kontrakt|contract/)
  }
})

t.test('of a protected address a letter says neither place, name of the house, nor address', async (t) => {
  for (const language of LANGUAGE_TAGS) {
    const offer = offerLetter(envelope(language), {
      form: 'municipal',
      place: null,
      moveInOn: TODAY,
      replyBy: TODAY,
      replyTime: '12:00',
      conditional: false,
      unreserved: false,
      over: false,
    })
    const granted = decisionLetter(envelope(language), {
      track: { ...LEGAL_TRACKS[1], checked: true, checkedOn: TODAY },
      outcome: 'granted',
      lackOfSuitableHome: false,
      forms: ['municipal'],
      mainContent: 'Ja.',
      reasons: null,
      writtenIn: 'nb',
      appealBody: 'Oslo kommunes klagenemnd',
      issued: true,
      place: 'protected',
      helpDecided: true,
    })
    for (const letter of [offer, granted]) {
      t.notMatch(letterText(letter), /Furuset|H0203|Prøveveien/)
      t.match(letterText(letter), /beskyttet|verna|protected/)
    }
  }
})

t.test(
  'what is not issued or not checked is marked, and a municipal refusal says that the other answer comes',
  async (t) => {
    const [help, municipal] = LEGAL_TRACKS
    const base = {
      outcome: 'refused',
      lackOfSuitableHome: true,
      forms: ['municipal'],
      mainContent: 'Nei.',
      reasons: 'Fordi.',
      writtenIn: 'nb',
      appealBody: 'Et nytt organ',
      place: null,
    } as const
    const draft = decisionLetter(envelope('nb'), {
      ...base,
      track: { ...municipal, checked: false, checkedOn: null },
      issued: false,
      helpDecided: false,
    })
    t.equal(draft.marks.length, 2)
    t.match(letterText(draft), /Det svaret kommer i et eget brev/)
    t.match(letterText(draft), /sender vi klagen til Et nytt organ/, 'the body that the table names today')
    t.match(letterText(draft), /Det er ikke noe galt med deg/)
    t.notMatch(letterText(draft), /ble kontrollert/)
    const done = decisionLetter(envelope('nb'), {
      ...base,
      track: { ...municipal, checked: true, checkedOn: TODAY },
      issued: true,
      helpDecided: true,
    })
    t.strictSame(done.marks, [])
    t.match(letterText(done), /du kan klage til, ble kontrollert 1\. september 2026\./)
    t.notMatch(letterText(done), /eget brev/)
    const other = decisionLetter(envelope('nb'), {
      ...base,
      lackOfSuitableHome: false,
      track: { ...help, checked: true, checkedOn: TODAY },
      issued: true,
      helpDecided: true,
    })
    t.notMatch(letterText(other), /ingen kommunal bolig/)
  },
)

t.test('a house that is called by its address is named once, and a no without a reason is marked', async (t) => {
  const track = { ...LEGAL_TRACKS[1], checked: true, checkedOn: TODAY }
  const base = {
    track,
    lackOfSuitableHome: false,
    forms: ['municipal'],
    mainContent: 'Svar.',
    writtenIn: 'nb',
  } as const
  const common = { ...base, appealBody: 'Et organ', helpDecided: true }
  for (const [language, once, missing, explained] of [
    ['nb', 'Adressen er Prøveveien 7. Boligen har nummer H0104.', /Begrunnelsen mangler/, 'Fordi.'],
    ['nn', 'Adressa er Prøveveien 7. Bustaden har nummer H0104.', /Grunngjevinga manglar/, 'skriven på bokmål:'],
    ['en', 'The address is Prøveveien 7. Your home has number H0104.', /reason is missing/, 'explain it in English.'],
  ] as const) {
    const place = { facility: 'Prøveveien 7', label: 'H0104', address: 'prøveveien 7 ' }
    const given = { ...place, address: 'Prøveveien 7' }
    const yes = { ...common, outcome: 'granted', reasons: 'Fordi.', issued: true } as const
    const text = letterText(decisionLetter(envelope(language), { ...yes, place: given }))
    t.ok(text.includes(once), text)
    t.equal(text.split('Prøveveien 7').length, 2, 'once')
    t.notMatch(
      letterText(decisionLetter(envelope(language), { ...yes, place })),
      /Stedet heter|Staden heiter|is called/,
    )
    const no = { ...common, outcome: 'refused', reasons: null, issued: false, place: null } as const
    const { marks } = decisionLetter(envelope(language), no)
    t.ok(
      marks.some((mark) => missing.test(mark)),
      marks.join(' '),
    )
    const done = decisionLetter(envelope(language), { ...no, reasons: 'Fordi.', issued: true })
    t.strictSame(done.marks, [])
    t.ok(letterText(done).includes(explained), 'and where the reason is in another language, how to have it explained')
  }
})

t.test('the language is the person’s own, and a fallback is said', async (t) => {
  t.strictSame(letterLanguage('nn'), { language: 'nn', because: 'own', note: null })
  t.strictSame(letterLanguage('nsl'), { language: 'nb', because: 'own', note: null })
  t.match(letterLanguage('so'), { language: 'nb', because: 'fallback', note: /somali.*bokmål.*tolk/s })
  t.match(letterLanguage('so', 'en'), { language: 'en', because: 'asked_for', note: /engelsk.*somali.*tolk/s })
  t.match(letterLanguage('en', 'en'), { language: 'en', because: 'asked_for', note: null })
  for (const { tag } of LANGUAGES) {
    const { language, note } = letterLanguage(tag)
    t.equal(note === null, tag === language || tag === 'nsl', tag)
  }
})

t.test(
  'a contact person is asked for before the officer, and an interpreter is offered to who needs one',
  async (t) => {
    const letter = referralLetter(envelope('nn', { contactPerson: 'Ola Kontakt', interpreter: true }), {
      form: 'vel_care',
      sentOn: TODAY,
      answerDueOn: TODAY,
      wishedFacility: null,
      over: false,
    })
    t.match(letterText(letter), /spør etter Ola Kontakt/)
    t.match(letterText(letter), /Treng du tolk.*Do you need an interpreter/s)
  },
)

t.test('a hole in a sentence is an error and never printed, and a value is not read for braces', async (t) => {
  t.throws(() => fill('Svar innen {day}.', {}), RangeError)
  t.throws(() => fill('Svar innen {day}.', { day: ' ' }), RangeError)
  t.equal(fill('{a} og {b}', { a: '{b}', b: 2 }), '{b} og 2')
  t.equal(dayIn('en', '2028-02-29' as Day), '29 February 2028')
  t.equal(formOfTrack('municipal_home', ['private', 'assisted']), 'assisted')
})
