import { BodyLong, BodyShort } from '@navikt/ds-react'
import type { SignedInPerson } from '../../api/session.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { FreePlaces } from './FreePlaces.tsx'
import { LastRun } from './LastRun.tsx'
import { OwnHouses } from './OwnHouses.tsx'
import { ReferralsInShort } from './ReferralsInShort.tsx'
import { RulesInShort } from './RulesInShort.tsx'
import { Unconfirmed } from './Unconfirmed.tsx'

const ofVel = (form: string) => form.startsWith('vel_')

/** The first page of those who have no cases: what needs them, in numbers that lead on. */
export function RoleStart({ person }: { person: SignedInPerson }) {
  switch (person.role) {
    case 'planner':
      return (
        <>
          <LastRun />
          <FreePlaces title="Plassene i Velferdsetaten i dag" only={ofVel} />
          <Published />
        </>
      )
    case 'intake_officer':
      return (
        <>
          <ReferralsInShort />
          <FreePlaces title="Plassene i Velferdsetaten i dag" only={ofVel} />
        </>
      )
    case 'facility_staff':
      return <OwnHouses houses={person.facilities} />
    case 'auditor':
      return (
        <>
          <BodyLong className="readable">
            Du ser loggene, reglene, plassene og tallene. Du ser ingen personer, bare id-ene deres.
          </BodyLong>
          <BodyShort>
            <RouteLink to={paths.insight}>Innsyn: hvem har sett hvem, og hva er avslått eller hentet ut</RouteLink>
          </BodyShort>
          <RulesInShort />
          <Published />
        </>
      )
    case 'administrator':
      return (
        <>
          <BodyLong className="readable">
            Du holder botilbud, plasser og regler oppdatert. Du ser ingen personer.
          </BodyLong>
          <RulesInShort />
          <Unconfirmed />
          <FreePlaces title="Plassene i byen i dag" />
        </>
      )
    default:
      return null
  }
}

function Published() {
  return (
    <BodyShort>
      <RouteLink to={paths.statistics}>Se publiserte tall om den virkelige byen</RouteLink>
    </BodyShort>
  )
}
