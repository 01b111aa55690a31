import { MONTHS } from '../months.ts'
import type { LetterTexts } from './texts.ts'

/** Letters in nynorsk. */
export const nn = {
  day: '{date}. {month} {year}',
  months: MONTHS,
  forms: {
    temporary: 'ein mellombels stad å bu',
    vel_emergency: 'ein akuttplass',
    vel_assessment: 'ein plass der vi finn ut kva du treng',
    vel_coping: 'ein plass der du øver på å meistre kvardagen',
    vel_resource: 'ein plass på eit rusfritt senter',
    vel_care: 'ein plass med omsorg heile døgnet',
    vel_reinforced: 'ein plass med mange tilsette heile døgnet',
    long_term_home: 'ein plass på ein langtidsheim',
    private_institution: 'ein plass hos ein privat institusjon',
    district_short_stay: 'ein korttidsplass i bydelen',
    transitional: 'ein overgangsbustad',
    citywide_specialised: 'ein bustad med mange tilsette heile døgnet',
    colocated_24h: 'ein bustad i eit hus med tilsette heile døgnet',
    colocated_day: 'ein bustad i eit hus med tilsette på dagtid',
    assisted: 'ein omsorgsbustad',
    municipal_support: 'ein kommunal bustad med hjelp heime',
    municipal: 'ein kommunal bustad',
    private_support: 'ein privat leigebustad med hjelp heime',
    private: 'ein privat leigebustad',
  },
  bodies: { Statsforvalteren: 'Statsforvaltaren', 'Oslo kommunes klagenemnd': 'klagenemnda i Oslo kommune' },
  district: 'Bydel {district}',
  draftMark: 'Dette er eit utkast. Det er ikkje eit vedtak enno.',
  reasonMissingMark: 'Grunngjevinga manglar. Skriv kvifor svaret er nei, før vedtaket blir gjort.',
  uncheckedMark: 'Ikkje kontrollert: Lova, fristen og staden du kan klage til, må kontrollerast før brevet blir brukt.',
  checkedOn: 'Lova, fristen og staden du kan klage til, blei kontrollerte {checkedOn}.',
  overMark: 'Dette gjeld ikkje lenger.',
  interpreter: ['Treng du tolk? Sei frå til oss. Det er gratis.', 'Do you need an interpreter? Tell us. It is free.'],
  contact: {
    heading: 'Har du spørsmål?',
    text: 'Ring {phone} og spør etter {person} i {district}. Du kan ha med deg ein du stoler på.',
  },
  place: {
    named: 'Staden heiter {facility}. Plassen er {label}.',
    address: 'Adressa er {address}.',
    home: 'Adressa er {address}. Bustaden har nummer {label}.',
    protected: 'Vi skriv ikkje kvar det er, fordi adressa di er verna. Spør oss, så fortel vi det på ein trygg måte.',
  },
  offer: {
    title: 'Du får tilbod om ein stad å bu',
    intro: 'Vi tilbyr deg {form}.',
    doHeading: 'Dette må du gjere',
    answer:
      'Svar ja eller nei seinast {replyBy} klokka {replyTime}. Du kan ringje oss, eller seie det til den du har kontakt med.',
    moveIn: 'Seier du ja, kan du flytte inn {moveIn}.',
    conditional:
      'Tilbodet gjeld berre om den som bur der no, flyttar ut som planlagt. Vi seier frå når det er sikkert.',
    unreserved: 'Fleire kan få det same tilbodet. Den første som seier ja, får plassen.',
    noHeading: 'Om du seier nei',
    no: [
      'Du kan seie nei. Då står du der du stod i køen.',
      'Fortel oss gjerne kvifor, så leitar vi etter noko som passar betre.',
      'Svarar du ikkje i tide, kan ein annan få plassen. Då tek vi kontakt med deg.',
    ],
    appealHeading: 'Om du vil klage',
    appeal: [
      'Du kan klage på vedtaket ditt. Fristen, og kven du klagar til, står i brevet om vedtaket.',
      'Har du ikkje fått eit vedtak, kan du be om det. Vi hjelper deg å skrive klaga.',
    ],
  },
  decision: {
    decidedHeading: 'Dette har vi bestemt',
    writtenIn: { nb: 'Vedtaket er skrive på bokmål. Der står det:', nn: 'Dette står i vedtaket:' },
    whyWrittenIn: { nb: 'Grunngjevinga er skriven på bokmål:', nn: 'Dette er grunngjevinga:' },
    whyHeading: 'Difor',
    nextHeading: 'Kva skjer no?',
    otherTrack:
      'Du skal òg få svar på om vi hjelper deg å finne og halde på ein bustad. Det svaret kjem i eit eige brev.',
    lawHeading: 'Lova vi har brukt',
    law: 'Vi har brukt desse reglane: {legalBasis}.',
    appealHeading: 'Slik klagar du',
    appeal: [
      'Er du usamd, kan du klage. Siste dag er {lastDay}. Det er {weeks} veker etter at vi skreiv brevet. Får du brevet seinare, får du like lang tid frå den dagen.',
      'Skriv kva du er usamd i, og kva du vil ha endra. Skriv under. Send klaga til {district}.',
      'Vi ser på saka ein gong til. Meiner vi framleis det same, sender vi klaga til {body}.',
      'Du kan få lese det vi har skrive i saka. Vi hjelper deg å skrive klaga. Det kostar ikkje noko å klage.',
    ],
    tracks: {
      help_with_home: {
        granted: {
          title: 'Du får hjelp til å finne og halde på ein bustad',
          decided: 'Vi hjelper deg å finne ein bustad, og å bli buande der.',
          next: ['Vi leitar etter ein bustad saman med deg.', 'Vi ringjer deg når vi har noko å vise deg.'],
        },
        refused: {
          title: 'Du får ikkje hjelp til å finne og halde på ein bustad',
          decided: 'Vi har sagt nei til å hjelpe deg med å finne og halde på ein bustad.',
          next: [
            'Endrar noko seg for deg, kan du søkje på nytt når du vil.',
            'Har du ikkje nokon stad å sove i natt, må du ringje oss med ein gong.',
          ],
        },
      },
      municipal_home: {
        granted: {
          title: 'Du får leige ein kommunal bustad',
          decided: 'Du får leige bustad av kommunen. Vi har sagt ja til {form}.',
          next: [
            'Vi sender deg eit tilbod når vi har ein bustad som passar.',
            'Du betaler husleige. Vi hjelper deg å søkje om bustøtte.',
          ],
          nextWithHome: [
            'Vi skriv kontrakt med deg før du flyttar inn.',
            'Du betaler husleige. Vi hjelper deg å søkje om bustøtte.',
          ],
        },
        refused: {
          title: 'Du får ikkje leige ein kommunal bustad',
          decided: 'Vi har sagt nei til å leige ut ein kommunal bustad til deg.',
          next: [
            'Endrar noko seg for deg, kan du søkje på nytt når du vil.',
            'Vi kan hjelpe deg å leite etter ein bustad å leige privat.',
          ],
        },
        lack: {
          title: 'Vi har ingen kommunal bustad som passar for deg no',
          decided: 'Vi kan ikkje gi deg {form} no, fordi vi ikkje har nokon ledig som passar for deg.',
          next: [
            'Det er for få bustader. Det er ikkje noko gale med deg.',
            'Du står framleis i køen, og vi leitar vidare. Du treng ikkje søkje på nytt.',
          ],
        },
      },
      temporary_accommodation: {
        granted: {
          title: 'Du får ein mellombels stad å bu',
          decided: 'Du får ein stad å bu til du har ein bustad.',
          next: [
            'Staden skal vere trygg og god nok for deg. Er han ikkje det, må du seie frå med ein gong.',
            'Vi hjelper deg å finne ein bustad du kan bli i.',
          ],
        },
        refused: {
          title: 'Du får ikkje ein mellombels stad å bu',
          decided: 'Vi har sagt nei til ein mellombels stad å bu.',
          next: ['Har du ikkje nokon stad å sove i natt, må du ringje oss med ein gong. Då ser vi på saka på nytt.'],
        },
      },
      health_and_care: {
        granted: {
          title: 'Du får hjelp og tenester',
          decided: 'Du får hjelp frå kommunen. Vi har sagt ja til {form}.',
          next: [
            'Vi avtaler med deg når hjelpa byrjar.',
            'Du kan få ein plan som er din, og som samlar all hjelpa. Spør oss om individuell plan.',
          ],
        },
        refused: {
          title: 'Du får ikkje hjelpa du søkte om',
          decided: 'Vi har sagt nei til {form}.',
          next: ['Endrar noko seg for deg, kan du søkje på nytt når du vil.', 'Vi kan snakke med deg om anna hjelp.'],
        },
      },
    },
  },
  referral: {
    title: 'Vi har søkt om ein plass for deg',
    intro: [
      'Vi søkte {sentOn} om {form}.',
      'Søknaden blir kalla ei tilvising. Han er send til Felles inntak i Velferdsetaten i Oslo.',
    ],
    wished: 'Vi skreiv at du ønskjer deg til {facility}.',
    nextHeading: 'Kva skjer no?',
    next: [
      'Felles inntak skal svare oss seinast {answerDueOn}.',
      'Du treng ikkje gjere noko no. Vi ringjer deg når vi har fått svar.',
    ],
    readHeading: 'Du kan lese det vi har skrive',
    read: [
      'Du kan få lese heile søknaden. Er noko feil, rettar vi det.',
      'Vi har berre skrive det dei må vite for å svare.',
    ],
    appealHeading: 'Om du vil klage',
    appeal: [
      'Søknaden er ikkje eit vedtak. Når vi har bestemt om du får hjelpa, sender vi deg eit vedtak. Det kan du klage på. Fristen, og kven du klagar til, står i det brevet.',
    ],
  },
} as const satisfies LetterTexts
