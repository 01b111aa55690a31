/** What the generated OpenAPI document says besides the schemas that validate. */
export const openApi = {
  openapi: '3.1.0',
  info: {
    title: 'Boligtrapp',
    version: '0.1.0',
    description:
      'Every place in Oslo’s boligtrapp, every registered housing need of people with mental-health and substance problems, and who can move where and why. Days are `YYYY-MM-DD`, ranges half-open, instants RFC 3339 in UTC. Errors are RFC 9457 problem details. Updates take `If-Match`; POSTs that create or decide take `Idempotency-Key`.',
    contact: { name: 'Boligtrapp', url: 'https://example.invalid/boligtrapp' },
    license: { name: 'All rights reserved', identifier: 'LicenseRef-Proprietary' },
  },
  servers: [{ url: '/', description: 'Where the document was read.' }],
  tags: [
    { name: 'session', description: 'Who is signed in and what she may do.' },
    {
      name: 'reference',
      description: 'Districts, the ladder, reason codes, rules and policies, with versions and sources.',
    },
    { name: 'statistics', description: 'Published figures with their sources.' },
    { name: 'capacity', description: 'How many places there are on any day, in what state, and who waits.' },
    { name: 'facilities', description: 'Botilbud with their admission criteria.' },
    { name: 'places', description: 'Places and closures over time.' },
    { name: 'residents', description: 'People and their households.' },
    { name: 'circles', description: 'Who sees somebody with a protected address.' },
    {
      name: 'break glass',
      description: 'Seeing somebody who must be helped at once, and going through it afterwards.',
    },
    { name: 'needs', description: 'Registered housing needs and what each still misses.' },
    {
      name: 'matching runs',
      description: 'The best set of moves over a district or the city, with a reason for every yes and no.',
    },
    {
      name: 'policy trials',
      description: 'Drafts of how places are shared out, tried against the policy in force, proposed and decided on.',
    },
    {
      name: 'expansion plans',
      description: 'What must be built where and when so that nobody is short of more than a level.',
    },
    { name: 'forecasts', description: 'What may come of the city, month by month, and how sure it is.' },
    { name: 'scenarios', description: 'Named changes to what is planned, and what difference they make.' },
    { name: 'chains', description: 'Moves that free each other’s places, on their way.' },
    { name: 'holds', description: 'Places reserved for needs before they are offered.' },
    { name: 'offers', description: 'Places offered to needs, the answers, and the move-in.' },
    { name: 'referrals', description: 'From a bydel to Felles inntak in VEL, and what comes back.' },
    { name: 'stays', description: 'Who lives where, for how long, and how she leaves.' },
    { name: 'tasks', description: 'What has to be done by a day, and why now.' },
    { name: 'flags', description: 'What has passed a threshold, and who answered.' },
    { name: 'costs', description: 'What is bought, from whom, on which agreement, and what it costs.' },
    { name: 'return plans', description: 'Moving home from VEL’s institutions: plans, and how far the city is.' },
    { name: 'return schedules', description: 'Who could move home when, and what keeps the others.' },
    { name: 'closings', description: 'Places that open and close, and the homes that bydeler bind themselves to.' },
    { name: 'imports', description: 'Files of places, needs and stays.' },
    { name: 'papers', description: 'Referral, decision, letter and worksheet, written from one registration.' },
    {
      name: 'audit',
      description: 'Who saw what and why, what was refused, what was changed, and what is stale or missing.',
    },
    { name: 'matches', description: 'Which places fit, and why not the others.' },
  ],
  components: {
    securitySchemes: {
      session: {
        type: 'apiKey' as const,
        in: 'cookie' as const,
        name: 'boligtrapp_session',
        description: 'The cookie that signing in sets; over TLS its name begins with `__Host-`.',
      },
      program: {
        type: 'http' as const,
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'A token that the organisation’s provider has given a program; its scopes limit what its role may.',
      },
    },
  },
  security: [{ session: [] }, { program: [] }],
}
