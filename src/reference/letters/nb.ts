import { MONTHS } from '../months.ts'
import type { LetterTexts } from './texts.ts'

/** Letters in bokmål. */
export const nb = {
  day: '{date}. {month} {year}',
  months: MONTHS,
  forms: {
    temporary: 'et midlertidig sted å bo',
    vel_emergency: 'en akuttplass',
    vel_assessment: 'en plass der vi finner ut hva du trenger',
    vel_coping: 'en plass der du øver på å mestre hverdagen',
    vel_resource: 'en plass på et rusfritt senter',
    vel_care: 'en plass med omsorg hele døgnet',
    vel_reinforced: 'en plass med mange ansatte hele døgnet',
    long_term_home: 'en plass på et langtidshjem',
    private_institution: 'en plass hos en privat institusjon',
    district_short_stay: 'en korttidsplass i bydelen',
    transitional: 'en overgangsbolig',
    citywide_specialised: 'en bolig med mange ansatte hele døgnet',
    colocated_24h: 'en bolig i et hus med ansatte hele døgnet',
    colocated_day: 'en bolig i et hus med ansatte på dagtid',
    assisted: 'en omsorgsbolig',
    municipal_support: 'en kommunal bolig med hjelp hjemme',
    municipal: 'en kommunal bolig',
    private_support: 'en privat leiebolig med hjelp hjemme',
    private: 'en privat leiebolig',
  },
  bodies: {},
  district: 'Bydel {district}',
  draftMark: 'Dette er et utkast. Det er ikke et vedtak ennå.',
  reasonMissingMark: 'Begrunnelsen mangler. Skriv hvorfor svaret er nei, før vedtaket blir fattet.',
  uncheckedMark: 'Ikke kontrollert: Loven, fristen og stedet du kan klage til, må kontrolleres før brevet brukes.',
  checkedOn: 'Loven, fristen og stedet du kan klage til, ble kontrollert {checkedOn}.',
  overMark: 'Dette gjelder ikke lenger.',
  interpreter: ['Trenger du tolk? Si fra til oss. Det er gratis.', 'Do you need an interpreter? Tell us. It is free.'],
  contact: {
    heading: 'Har du spørsmål?',
    text: 'Ring {phone} og spør etter {person} i {district}. Du kan ha med deg en du stoler på.',
  },
  place: {
    named: 'Stedet heter {facility}. Plassen er {label}.',
    address: 'Adressen er {address}.',
    home: 'Adressen er {address}. Boligen har nummer {label}.',
    protected:
      'Vi skriver ikke hvor det er, fordi adressen din er beskyttet. Spør oss, så forteller vi det på en trygg måte.',
  },
  offer: {
    title: 'Du får tilbud om et sted å bo',
    intro: 'Vi tilbyr deg {form}.',
    doHeading: 'Dette må du gjøre',
    answer:
      'Svar ja eller nei senest {replyBy} klokka {replyTime}. Du kan ringe oss, eller si det til den du har kontakt med.',
    moveIn: 'Sier du ja, kan du flytte inn {moveIn}.',
    conditional:
      'Tilbudet gjelder bare hvis den som bor der nå, flytter ut som planlagt. Vi sier fra når det er sikkert.',
    unreserved: 'Flere kan få det samme tilbudet. Den første som sier ja, får plassen.',
    noHeading: 'Hvis du sier nei',
    no: [
      'Du kan si nei. Da står du der du sto i køen.',
      'Fortell oss gjerne hvorfor, så leter vi etter noe som passer bedre.',
      'Svarer du ikke i tide, kan en annen få plassen. Da tar vi kontakt med deg.',
    ],
    appealHeading: 'Hvis du vil klage',
    appeal: [
      'Du kan klage på vedtaket ditt. Fristen, og hvem du klager til, står i brevet om vedtaket.',
      'Har du ikke fått et vedtak, kan du be om det. Vi hjelper deg å skrive klagen.',
    ],
  },
  decision: {
    decidedHeading: 'Dette har vi bestemt',
    writtenIn: { nb: 'Dette står i vedtaket:', nn: 'Vedtaket er skrevet på nynorsk. Der står det:' },
    whyWrittenIn: { nb: 'Dette er begrunnelsen:', nn: 'Begrunnelsen er skrevet på nynorsk:' },
    whyHeading: 'Derfor',
    nextHeading: 'Hva skjer nå?',
    otherTrack:
      'Du skal også få svar på om vi hjelper deg å finne og beholde en bolig. Det svaret kommer i et eget brev.',
    lawHeading: 'Loven vi har brukt',
    law: 'Vi har brukt disse reglene: {legalBasis}.',
    appealHeading: 'Slik klager du',
    appeal: [
      'Er du uenig, kan du klage. Siste dag er {lastDay}. Det er {weeks} uker etter at vi skrev brevet. Får du brevet senere, får du like lang tid fra den dagen.',
      'Skriv hva du er uenig i, og hva du vil ha endret. Skriv under. Send klagen til {district}.',
      'Vi ser på saken en gang til. Mener vi fortsatt det samme, sender vi klagen til {body}.',
      'Du kan få lese det vi har skrevet i saken. Vi hjelper deg å skrive klagen. Det koster ikke noe å klage.',
    ],
    tracks: {
      help_with_home: {
        granted: {
          title: 'Du får hjelp til å finne og beholde en bolig',
          decided: 'Vi hjelper deg å finne en bolig, og å bli boende der.',
          next: ['Vi leter etter en bolig sammen med deg.', 'Vi ringer deg når vi har noe å vise deg.'],
        },
        refused: {
          title: 'Du får ikke hjelp til å finne og beholde en bolig',
          decided: 'Vi har sagt nei til å hjelpe deg med å finne og beholde en bolig.',
          next: [
            'Endrer noe seg for deg, kan du søke på nytt når du vil.',
            'Har du ikke noe sted å sove i natt, må du ringe oss med en gang.',
          ],
        },
      },
      municipal_home: {
        granted: {
          title: 'Du får leie en kommunal bolig',
          decided: 'Du får leie bolig av kommunen. Vi har sagt ja til {form}.',
          next: [
            'Vi sender deg et tilbud når vi har en bolig som passer.',
            'Du betaler husleie. Vi hjelper deg å søke om bostøtte.',
          ],
          nextWithHome: [
            'Vi skriver kontrakt med deg før du flytter inn.',
            'Du betaler husleie. Vi hjelper deg å søke om bostøtte.',
          ],
        },
        refused: {
          title: 'Du får ikke leie en kommunal bolig',
          decided: 'Vi har sagt nei til å leie ut en kommunal bolig til deg.',
          next: [
            'Endrer noe seg for deg, kan du søke på nytt når du vil.',
            'Vi kan hjelpe deg å lete etter en bolig å leie privat.',
          ],
        },
        lack: {
          title: 'Vi har ingen kommunal bolig som passer for deg nå',
          decided: 'Vi kan ikke gi deg {form} nå, fordi vi ikke har noen ledig som passer for deg.',
          next: [
            'Det er for få boliger. Det er ikke noe galt med deg.',
            'Du står fortsatt i køen, og vi leter videre. Du trenger ikke søke på nytt.',
          ],
        },
      },
      temporary_accommodation: {
        granted: {
          title: 'Du får et midlertidig sted å bo',
          decided: 'Du får et sted å bo til du har en bolig.',
          next: [
            'Stedet skal være trygt og godt nok for deg. Er det ikke det, må du si fra med en gang.',
            'Vi hjelper deg å finne en bolig du kan bli i.',
          ],
        },
        refused: {
          title: 'Du får ikke et midlertidig sted å bo',
          decided: 'Vi har sagt nei til et midlertidig sted å bo.',
          next: ['Har du ikke noe sted å sove i natt, må du ringe oss med en gang. Da ser vi på saken på nytt.'],
        },
      },
      health_and_care: {
        granted: {
          title: 'Du får hjelp og tjenester',
          decided: 'Du får hjelp fra kommunen. Vi har sagt ja til {form}.',
          next: [
            'Vi avtaler med deg når hjelpen begynner.',
            'Du kan få en plan som er din, og som samler all hjelpen. Spør oss om individuell plan.',
          ],
        },
        refused: {
          title: 'Du får ikke hjelpen du søkte om',
          decided: 'Vi har sagt nei til {form}.',
          next: ['Endrer noe seg for deg, kan du søke på nytt når du vil.', 'Vi kan snakke med deg om annen hjelp.'],
        },
      },
    },
  },
  referral: {
    title: 'Vi har søkt om en plass for deg',
    intro: [
      'Vi søkte {sentOn} om {form}.',
      'Søknaden kalles en henvisning. Den er sendt til Felles inntak i Velferdsetaten i Oslo.',
    ],
    wished: 'Vi skrev at du ønsker deg til {facility}.',
    nextHeading: 'Hva skjer nå?',
    next: [
      'Felles inntak skal svare oss senest {answerDueOn}.',
      'Du trenger ikke gjøre noe nå. Vi ringer deg når vi har fått svar.',
    ],
    readHeading: 'Du kan lese det vi har skrevet',
    read: [
      'Du kan få lese hele søknaden. Er noe feil, retter vi det.',
      'Vi har bare skrevet det de må vite for å svare.',
    ],
    appealHeading: 'Hvis du vil klage',
    appeal: [
      'Søknaden er ikke et vedtak. Når vi har bestemt om du får hjelpen, sender vi deg et vedtak. Det kan du klage på. Fristen, og hvem du klager til, står i det brevet.',
    ],
  },
} as const satisfies LetterTexts
