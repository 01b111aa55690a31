import t from 'tap'
import type { Cause, Outcompeted } from '../../../src/domain/matching/cause.ts'
import { sentenceOf } from '../../../src/domain/matching/sentence.ts'

const outcompeted: Outcompeted = {
  kind: 'outcompeted',
  eligible: 3,
  givenToClass: [],
  homes: 0,
  last: null,
  freesFor: [],
  exchanged: 0,
}

const SENTENCES: readonly (readonly [Cause, number, string])[] = [
  [
    { kind: 'no_eligible_place', considered: 9, excludedBy: [], relaxations: [] },
    3,
    'Ingen ledig plass passer. Ingen enkel endring åpner en plass.',
  ],
  [
    {
      kind: 'no_eligible_place',
      considered: 9,
      excludedBy: [],
      relaxations: [{ ruleIds: ['pets.accepted'], titles: ['Dyr'], opens: 1 }],
    },
    3,
    'Ingen ledig plass passer. Hvis «Dyr» kan endres, passer 1 plass.',
  ],
  [
    {
      kind: 'no_eligible_place',
      considered: 9,
      excludedBy: [],
      relaxations: [{ ruleIds: ['a', 'b', 'c'], titles: ['Dyr', 'Alder', 'Boligform'], opens: 4 }],
    },
    3,
    'Ingen ledig plass passer. Hvis «Dyr», «Alder» og «Boligform» kan endres, passer 4 plasser.',
  ],
  [
    { ...outcompeted, eligible: 1, givenToClass: [{ urgencyClass: 1, places: 1 }] },
    3,
    '1 plass passer, men andre står foran. Den gikk til en person i hasteklasse 1.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [
        { urgencyClass: 1, places: 1 },
        { urgencyClass: 2, places: 2 },
      ],
    },
    3,
    '3 plasser passer, men andre står foran. Alle gikk til personer i hasteklasse 1 og 2.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 3, places: 1 }],
      homes: 2,
      last: { urgencyClass: 3, daysInSituation: 200, daysSinceRegistration: 90 },
    },
    3,
    '3 plasser passer, men andre står foran. Én av dem gikk til en person i hasteklasse 3. I 2 av dem bor det noen som ikke ' +
      'flytter nå. Den siste som fikk plass, var også i hasteklasse 3 og hadde vært i situasjonen i 200 dager.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 3, places: 2 }],
      homes: 1,
      last: { urgencyClass: 3, daysInSituation: null, daysSinceRegistration: 1 },
    },
    3,
    '3 plasser passer, men andre står foran. 2 av dem gikk til personer i hasteklasse 3. I én av dem bor det noen som ikke ' +
      'flytter nå. Den siste som fikk plass, var også i hasteklasse 3 og var registrert i 1 dag.',
  ],
  [
    {
      ...outcompeted,
      givenToClass: [{ urgencyClass: 4, places: 3 }],
      freesFor: [{ urgencyClass: 4, forClass: 1, places: 3 }],
    },
    2,
    '3 plasser passer, men andre står foran. Alle gikk til personer i hasteklasse 4. En person i hasteklasse 4 fikk plass ' +
      'fordi det frigjør en bolig til en i hasteklasse 1.',
  ],
  [
    { ...outcompeted, eligible: 1, givenToClass: [{ urgencyClass: 4, places: 1 }], exchanged: 1 },
    2,
    '1 plass passer, men andre står foran. Den gikk til en person i hasteklasse 4. Den blir bare ledig fordi den som bor der, ' +
      'bytter bolig med en annen.',
  ],
  [
    { ...outcompeted, givenToClass: [{ urgencyClass: 4, places: 3 }], exchanged: 2 },
    2,
    '3 plasser passer, men andre står foran. Alle gikk til personer i hasteklasse 4. 2 av dem blir bare ledige fordi de som ' +
      'bor der, bytter bolig med andre.',
  ],
  [{ kind: 'homes_not_freed', eligible: 1 }, 3, '1 plass passer, men den som bor der, flytter ikke i dette forslaget.'],
  [
    { kind: 'homes_not_freed', eligible: 2 },
    3,
    '2 plasser passer, men de som bor der, flytter ikke i dette forslaget.',
  ],
  [
    { kind: 'chain_bound', eligible: 2 },
    3,
    '2 plasser passer, men flyttingene som må til, blir en for lang boligkjede eller kommer for sent.',
  ],
  [{ kind: 'kept_apart', eligible: 2 }, 3, '2 plasser passer hver for seg, men ikke sammen med resten av forslaget.'],
  [
    { kind: 'house_pace', eligible: 1 },
    3,
    '1 plass passer, men husene tar ikke imot så mange nye i månedene personen kan flytte.',
  ],
  [
    { kind: 'team_full', eligible: 2 },
    3,
    '2 plasser passer, men bydelens team for booppfølging kan ikke ta flere i den tiden.',
  ],
  [
    { kind: 'quota_used', eligible: 2 },
    3,
    '2 plasser passer, men kvoten for husstander fra andre bydeler er brukt opp.',
  ],
]

t.test('each reason is said in plain words', async (t) => {
  for (const [cause, urgencyClass, sentence] of SENTENCES) {
    t.equal(sentenceOf(cause, { urgencyClass: urgencyClass as 1 | 2 | 3 | 4 | 5 }), sentence)
  }
})
