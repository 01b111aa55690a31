import { DomainError } from './error.ts'

/** How a draft stands that somebody wants to be the city's policy. */
export interface ProposalStanding {
  status: string
  proposerId: string
}

export type ProposalDecision = 'adopted' | 'declined' | 'withdrawn'

/**
 * Whether a draft may be proposed: tried to its end, against what is still in force, and not proposed already.
 * @throws {DomainError} `trial_not_completed`, `policy_changed`, `proposal_exists`
 */
export function mustBeProposable(
  trial: { status: string; baseVersion: number },
  inForce: number,
  newest: ProposalStanding | undefined,
): void {
  if (trial.status !== 'completed') {
    throw new DomainError(
      'trial_not_completed',
      'Prøven er ikke ferdig. Det må stå hvem som vinner og taper, før noen bestemmer.',
    )
  }
  if (newest?.status === 'proposed' || newest?.status === 'adopted')
    throw new DomainError('proposal_exists', 'Utkastet er allerede foreslått.')
  mustBeInForce(trial.baseVersion, inForce)
}

/**
 * What somebody does with a proposal: whoever made it takes it back and decides nothing else; another one adopts or declines.
 * @throws {DomainError} `proposal_not_open`, `not_allowed`, `policy_changed`
 */
export function decisionOn(
  newest: ProposalStanding | undefined,
  {
    deciderId,
    adopt,
    baseVersion,
    inForce,
  }: { deciderId: string; adopt: boolean; baseVersion: number; inForce: number },
): ProposalDecision {
  if (newest?.status !== 'proposed')
    throw new DomainError('proposal_not_open', 'Det er ikke noe forslag å ta stilling til her.')
  const own = newest.proposerId === deciderId
  if (!adopt) return own ? 'withdrawn' : 'declined'
  if (own) {
    throw new DomainError(
      'not_allowed',
      'Du har foreslått endringen selv. En annen planlegger eller en administrator må ta den i bruk.',
    )
  }
  mustBeInForce(baseVersion, inForce)
  return 'adopted'
}

function mustBeInForce(baseVersion: number, inForce: number): void {
  if (baseVersion === inForce) return
  throw new DomainError(
    'policy_changed',
    `Utkastet er prøvd mot utgave ${baseVersion}, men nå gjelder utgave ${inForce}. Prøv det på nytt først.`,
  )
}
