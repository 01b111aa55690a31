import { BodyShort, Select } from '@navikt/ds-react'
import type { ReferralDetail } from '../../api/referrals.ts'
import type { FieldProps } from '../../form/fields.ts'
import { FacilitySearch } from '../facilities/FacilitySearch.tsx'
import { ReasonField } from '../offers/ReasonField.tsx'
import type { AnswerDraft } from './answerDraft.ts'

type Props = {
  criteria: ReferralDetail['criteria']
  draft: AnswerDraft
  field(pointer: string): FieldProps
  onChange(patch: Partial<AnswerDraft>): void
}

/** A no with its reason; a criterion is named with the house that has it, and is tried against what is registered. */
export function SayNo({ criteria, draft, field, onChange }: Props) {
  const { error: houseError } = field('/facilityId')
  return (
    <>
      <ReasonField
        {...field('/reason')}
        kind="decline_provider"
        label="Hvorfor?"
        value={draft.reason}
        onChange={(reason) => onChange({ reason })}
      />
      {draft.reason === 'criteria' && (
        <>
          <Select
            {...field('/ruleId')}
            label="Hvilket inntakskriterium?"
            description="Det prøves mot opplysningene, og en motsigelse sies til begge."
            value={draft.ruleId}
            onChange={(event) => onChange({ ruleId: event.target.value })}
          >
            <option value="">Velg</option>
            {criteria.map(({ ruleId, title }) => (
              <option key={ruleId} value={ruleId}>
                {title}
              </option>
            ))}
          </Select>
          <div>
            <FacilitySearch
              label="Hvilket botilbud har kriteriet?"
              description={draft.facility === null ? 'Ikke valgt ennå' : `Valgt: ${draft.facility.name}`}
              action="Velg"
              onChoose={({ id, name }) => onChange({ facility: { id, name } })}
            />
            {houseError !== undefined && <BodyShort className="aksel-error-message">{houseError}</BodyShort>}
          </div>
        </>
      )}
    </>
  )
}
