import type { Random } from './random.ts'

const CALM = [
  'Ro om natten og kort vei til butikken.',
  'Å slippe å flytte en gang til.',
  'En dør jeg kan låse selv.',
  'Å bo et sted der ingen vet hvem jeg var før.',
  'At det er stille etter klokka ti.',
  'Å få sove uten å være redd.',
  'Et sted uten folk som ruser seg i trappa.',
  'At jeg får ha det ryddig på min egen måte.',
]
const CHILDREN = {
  living: [
    'At jentene kan gå på samme skole som før.',
    'At ungene får hvert sitt rom å gjøre lekser i.',
    'Kort vei til barnehagen.',
    'At barna slipper å flytte en gang til.',
  ],
  visiting: [
    'Å kunne ha sønnen min på besøk i helgene.',
    'At datteren min tør å sove over.',
    'Et sted jeg ikke skammer meg over når barna kommer.',
  ],
}
const PEOPLE = [
  'Å bo nær moren min, hun er syk.',
  'Å ha noen å spise middag med av og til.',
  'At noen merker det hvis jeg ikke kommer ut.',
  'Å treffe kompisen min på aktivitetshuset.',
  'Å bo nær søsteren min på Tveita.',
  'At broren min kan stikke innom uten å ringe først.',
]
const DAYS = [
  'Å ha noe å stå opp til. Jeg liker å skru sykler.',
  'Å kunne dyrke tomater på balkongen.',
  'Å komme meg til jobben på verkstedet uten to bytter.',
  'Å lage min egen mat.',
  'Å ha plass til gitaren.',
  'Å gå tur i skogen hver dag.',
  'Kort vei til behandlingen, ellers blir det ikke av.',
  'Å være nær moskeen.',
]
const HELP = [
  'At det er folk å snakke med om kvelden.',
  'At de samme menneskene kommer, ikke nye hver uke.',
  'Å slippe å forklare alt på nytt.',
  'At noen hjelper meg med brev og regninger.',
  'Å få være i fred når jeg ber om det.',
  'At personalet banker på og venter på svar.',
  'Å få medisinene til faste tider.',
  'At døra har plass til rullatoren.',
]
const PETS = ['Å få ha med hunden.', 'At katten kan bli med.', 'Uten hunden flytter jeg ikke.']

/** What somebody answers to «hva er viktig for deg?», in her own words. */
export function whatMatters(hasPet: boolean, children: 'living' | 'visiting' | null, random: Random): string {
  const groups = random.shuffled([CALM, PEOPLE, DAYS, HELP])
  const sentences = groups.slice(0, random.between(1, 2)).map((group) => random.pick(group))
  if (children !== null) sentences.unshift(random.pick(CHILDREN[children]))
  if (hasPet) sentences.unshift(random.pick(PETS))
  return sentences.join(' ')
}

const SKILLS = [
  'Lager mat og holder det rent selv.',
  'Klarer det meste, men åpner ikke posten.',
  'Trenger at noen minner om vask og søppel.',
  'Har aldri hatt egen leilighet og må øve på alt.',
  'Klarer hverdagen i gode perioder, men ikke når søvnen svikter.',
  'Går dårlig i trapper. Klarer seg fint på ett plan.',
  'Tar imot mange gjester og klarer ikke å si nei.',
  'Betaler husleien selv med avtalt trekk.',
]
const TRAINING = [
  'Øver på ukehandel og budsjett med miljøarbeider.',
  'Prøver å sove i egen leilighet to netter i uka.',
  'Har kjøkkenansvar hver torsdag.',
  'Vi øver på å ringe vaktmester og nabo.',
  'Er med på vask av fellesareal.',
  'Trener på å ta banen alene.',
]

/** Bo-evne, as an assessment has it. */
export function livingSkills(random: Random): string {
  return random.pick(SKILLS)
}

/** Bo-trening that goes on. */
export function livingTraining(random: Random): string {
  return random.pick(TRAINING)
}

/** Why two people must not live in the same house. Says no more than is needed. */
export function neverTogetherReason(random: Random): string {
  return random.pick([
    'De har avtalt å holde avstand etter en konflikt.',
    'Vold mellom dem tidligere. Besøksforbud gjelder.',
    'Den ene er redd den andre og har bedt om å slippe å møtes.',
    'De har et forhold som har gått ut over begge.',
  ])
}

/** Why private rental was set aside for a municipal home all the same. */
export function rentalOverride(random: Random): string {
  return random.pick([
    'Har mistet fire leieforhold på to år. Et nytt privat leieforhold vil ikke vare.',
    'Trenger en bolig som er tilpasset, og det finnes ikke i leiemarkedet.',
    'Barna trenger ro, og kan ikke flytte når en utleier sier opp.',
  ])
}

/** Why a house takes nobody in just now. */
export function notAdmittingReason(random: Random): string {
  return random.pick([
    'Mangler nattevakter fram til nye er ansatt.',
    'For få ansatte til å ta imot trygt etter flere hendelser.',
    'Ombygging av inngangen. Tar imot igjen når den er ferdig.',
  ])
}

const CLOSURE_NOTES: Record<string, readonly string[]> = {
  repair: ['Nytt bad.', 'Skifte av gulv og maling.', 'Kjøkkenet må byttes.'],
  damage: ['Vannlekkasje fra etasjen over.', 'Brannskade på kjøkkenet.'],
  refurbishment: ['Oppussing før ny leietaker.'],
  adaptation: ['Bredere dører og nytt bad.'],
  staffing_hse: ['For få på vakt om natten.', 'Ikke trygt arbeidsmiljø før nye rutiner er på plass.'],
  competence: ['Mangler vernepleier.'],
  winding_down: ['Huset bygges ned.'],
}

/** A line about a closed place, or null. */
export function closureNote(reason: string, random: Random): string | null {
  const notes = CLOSURE_NOTES[reason]
  return notes === undefined || random.chance(350) ? null : random.pick(notes)
}

const QUALITY = {
  good: [
    'Ringer oss samme dag når noe endrer seg, og holder det de lover.',
    'Stabil bemanning det siste året. De samme folkene er på jobb.',
    'God mat, ryddig hus og aktiviteter også i helgene.',
    'Ukentlige rapporter som er til å bruke.',
  ],
  concern: [
    'Mange vikarer i sommer. Tilsynet bør spørre om bemanningsplanen.',
    'Rapportene kommer sent, og vi må etterlyse dem.',
    'Lite å gjøre på dagtid. Avtalen sier tre aktiviteter i uken.',
    'Fakturaen var høyere enn avtalt to måneder på rad. Rettet etter klage.',
  ],
  deviation: [
    'Nattevakten var alene to netter. Meldt som avvik og fulgt opp med leverandøren.',
    'Avtalt kompetanse i psykisk helse var ikke på plass ved tilsynet.',
    'Brannøvelsen som skulle vært holdt i vår, er ikke holdt.',
  ],
} as const

/** What a bydel notes of a supplier, and of what kind it is. Of the service, never of a person. */
export function qualityNoteText(random: Random): { kind: keyof typeof QUALITY; body: string } {
  const kind = (['good', 'concern', 'deviation'] as const)[random.weighted([50, 35, 15])] ?? 'good'
  return { kind, body: random.pick(QUALITY[kind]) }
}
