import type { LetterTexts } from './texts.ts'

/** Letters in English. The decision itself is written in Norwegian; the letter explains it. */
export const en = {
  day: '{date} {month} {year}',
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  forms: {
    temporary: 'a temporary place to stay',
    vel_emergency: 'an emergency place',
    vel_assessment: 'a place where we find out what you need',
    vel_coping: 'a place where you practise managing daily life',
    vel_resource: 'a place at a substance-free centre',
    vel_care: 'a place with care day and night',
    vel_reinforced: 'a place with many staff day and night',
    long_term_home: 'a place in a long-term care home',
    private_institution: 'a place at a private institution',
    district_short_stay: 'a short-term place in the district',
    transitional: 'a transitional home',
    citywide_specialised: 'a home with many staff day and night',
    colocated_24h: 'a home in a house with staff day and night',
    colocated_day: 'a home in a house with staff in the daytime',
    assisted: 'an adapted home with care',
    municipal_support: 'a municipal home with help at home',
    municipal: 'a municipal home',
    private_support: 'a private rented home with help at home',
    private: 'a private rented home',
  },
  bodies: {
    Statsforvalteren: 'Statsforvalteren (the County Governor)',
    'Oslo kommunes klagenemnd': 'Oslo kommunes klagenemnd (the appeals board of the City of Oslo)',
  },
  district: 'Bydel {district} (the district)',
  draftMark: 'This is a draft. It is not a decision yet.',
  reasonMissingMark: 'The reason is missing. Write why the answer is no before the decision is made.',
  uncheckedMark:
    'Not checked: The law, the deadline and where you can appeal must be checked before this letter is used.',
  checkedOn: 'The law, the deadline and where you can appeal were checked on {checkedOn}.',
  overMark: 'This is no longer valid.',
  interpreter: ['Do you need an interpreter? Tell us. It is free.', 'Trenger du tolk? Si fra til oss. Det er gratis.'],
  contact: {
    heading: 'Do you have questions?',
    text: 'Call {phone} and ask for {person} in {district}. You can bring somebody you trust.',
  },
  place: {
    named: 'The place is called {facility}. Your unit is {label}.',
    address: 'The address is {address}.',
    home: 'The address is {address}. Your home has number {label}.',
    protected:
      'We do not write where it is, because your address is protected. Ask us, and we will tell you in a safe way.',
  },
  offer: {
    title: 'We offer you a place to live',
    intro: 'We offer you {form}.',
    doHeading: 'What you must do',
    answer: 'Answer yes or no by {replyBy} at {replyTime}. You can call us, or tell the person you are in touch with.',
    moveIn: 'If you say yes, you can move in on {moveIn}.',
    conditional:
      'The offer only stands if the person who lives there now moves out as planned. We will tell you when it is certain.',
    unreserved: 'Others may get the same offer. The first one who says yes gets the place.',
    noHeading: 'If you say no',
    no: [
      'You may say no. You keep your place in the queue.',
      'Please tell us why, so that we can look for something better.',
      'If you do not answer in time, somebody else may get the place. We will then contact you.',
    ],
    appealHeading: 'If you want to appeal',
    appeal: [
      'You can appeal against your decision. The letter about the decision says by when, and to whom.',
      'If you have not had a decision, you can ask for one. We will help you to write the appeal.',
    ],
  },
  decision: {
    decidedHeading: 'What we have decided',
    writtenIn: {
      nb: 'The decision is written in Norwegian (bokmål). It says:',
      nn: 'The decision is written in Norwegian (nynorsk). It says:',
    },
    whyWrittenIn: {
      nb: 'The reason is written in Norwegian (bokmål). Call us, and we will explain it in English.',
      nn: 'The reason is written in Norwegian (nynorsk). Call us, and we will explain it in English.',
    },
    whyHeading: 'Why',
    nextHeading: 'What happens now?',
    otherTrack:
      'You will also get an answer about help to find and keep a home. That answer comes in a letter of its own.',
    lawHeading: 'The law we have used',
    law: 'We have used these rules: {legalBasis}.',
    appealHeading: 'How to appeal',
    appeal: [
      'If you disagree, you can appeal. The last day is {lastDay}. That is {weeks} weeks after we wrote this letter. If the letter reaches you later, you have just as long from that day.',
      'Write what you disagree with, and what you want changed. Sign it. Send it to {district}.',
      'We will look at your case again. If we still think the same, we send your appeal to {body}.',
      'You can read what we have written in your case. We will help you to write the appeal. It costs nothing.',
    ],
    tracks: {
      help_with_home: {
        granted: {
          title: 'You get help to find and keep a home',
          decided: 'We will help you to find a home, and to stay there.',
          next: ['We look for a home together with you.', 'We will call you when we have something to show you.'],
        },
        refused: {
          title: 'You do not get help to find and keep a home',
          decided: 'We have said no to helping you to find and keep a home.',
          next: [
            'If something changes for you, you can apply again at any time.',
            'If you have nowhere to sleep tonight, call us at once.',
          ],
        },
      },
      municipal_home: {
        granted: {
          title: 'You may rent a municipal home',
          decided: 'You may rent a home from the city. We have said yes to {form}.',
          next: [
            'We will send you an offer when we have a home that suits you.',
            'You pay rent. We help you to apply for housing allowance (bostøtte).',
          ],
          nextWithHome: [
            'We sign a contract with you before you move in.',
            'You pay rent. We help you to apply for housing allowance (bostøtte).',
          ],
        },
        refused: {
          title: 'You may not rent a municipal home',
          decided: 'We have said no to renting a municipal home to you.',
          next: [
            'If something changes for you, you can apply again at any time.',
            'We can help you to look for a private home to rent.',
          ],
        },
        lack: {
          title: 'We have no municipal home that suits you now',
          decided: 'We cannot give you {form} now, because no free home suits you.',
          next: [
            'There are too few homes. There is nothing wrong with you.',
            'You are still in the queue, and we keep looking. You need not apply again.',
          ],
        },
      },
      temporary_accommodation: {
        granted: {
          title: 'You get a temporary place to stay',
          decided: 'You get a place to stay until you have a home.',
          next: [
            'The place must be safe and good enough for you. If it is not, tell us at once.',
            'We will help you to find a home you can stay in.',
          ],
        },
        refused: {
          title: 'You do not get a temporary place to stay',
          decided: 'We have said no to a temporary place to stay.',
          next: ['If you have nowhere to sleep tonight, call us at once. We will then look at your case again.'],
        },
      },
      health_and_care: {
        granted: {
          title: 'You get help and services',
          decided: 'You get help from the city. We have said yes to {form}.',
          next: [
            'We will agree with you when the help begins.',
            'You can have a plan of your own that brings all the help together. Ask us about an individual plan (individuell plan).',
          ],
        },
        refused: {
          title: 'You do not get the help you applied for',
          decided: 'We have said no to {form}.',
          next: [
            'If something changes for you, you can apply again at any time.',
            'We can talk with you about other help.',
          ],
        },
      },
    },
  },
  referral: {
    title: 'We have applied for a place for you',
    intro: [
      'On {sentOn} we applied for {form}.',
      'The application is called a referral. We sent it to Felles inntak, the joint intake of the Agency for Social and Welfare Services in Oslo.',
    ],
    wished: 'We wrote that you would like to go to {facility}.',
    nextHeading: 'What happens now?',
    next: [
      'Felles inntak must answer us by {answerDueOn}.',
      'You need not do anything now. We will call you when we have the answer.',
    ],
    readHeading: 'You can read what we wrote',
    read: [
      'You can read the whole application. If something is wrong, we will correct it.',
      'We only wrote what they must know to answer.',
    ],
    appealHeading: 'If you want to appeal',
    appeal: [
      'The application is not a decision. When we have decided whether you get the help, we will send you a decision. You can appeal against it. That letter says by when, and to whom.',
    ],
  },
} as const satisfies LetterTexts
