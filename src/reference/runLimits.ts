/**
 * What only a whole set of moves can break, so that no rule of one need and one place can ask it. Each is named where it kept
 * somebody from a place, in the order in which it is named when several did.
 */
export const RUN_LIMITS = [
  {
    id: 'too_long',
    name: 'Lengden på boligkjeden',
    sentence: 'En boligkjede kan ikke ha flere flyttinger enn reglene for prioritering tillater.',
    source: '004 5.1; egen lengde på boligkjeder',
  },
  {
    id: 'window',
    name: 'Dagene i boligkjeden',
    sentence: 'Ingen kan flytte inn før den som bor der, har flyttet ut, og alle må flytte innen tiden de kan bruke.',
    source: '004 4.3; 004 5.6',
  },
  {
    id: 'never_together',
    name: 'Ikke under samme tak',
    sentence: 'To som ikke skal bo sammen, får ikke samme hus i én kjøring.',
    source: '004 4.4; 000 4.2',
  },
  {
    id: 'mix',
    name: 'Hvem som bor sammen i et hus',
    sentence: 'Et hus tar ikke imot flere med omfattende behov enn det har satt som grense.',
    source: '004 4.4; 000 4.2',
  },
  {
    id: 'move_ins',
    name: 'Innflyttinger i måneden',
    sentence: 'Et hus tar ikke imot flere nye husstander i en måned enn det har satt som grense.',
    source: '004 4.3; 004 5.6; egen grense per hus og måned',
  },
  {
    id: 'team',
    name: 'Plass i booppfølgingen',
    sentence: 'Bydelens team for booppfølging følger ikke opp flere samtidig enn de har kapasitet til.',
    source: '000 4.6; 003 3.1.3',
  },
  {
    id: 'team_pace',
    name: 'Nye i booppfølgingen i måneden',
    sentence: 'Bydelens team for booppfølging begynner ikke med flere i en måned enn de har kapasitet til.',
    source: '000 4.6; 003 3.1.3',
  },
  {
    id: 'quota',
    name: 'Kvote fra andre bydeler',
    sentence: 'En bydel tar ikke imot flere husstander fra andre bydeler enn kvoten for perioden.',
    source: '004 5.5; F kvote for bosetting på tvers av bydeler 2015–2020',
  },
] as const
export type RunLimitId = (typeof RUN_LIMITS)[number]['id']
