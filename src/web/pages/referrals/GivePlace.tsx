import { BodyShort, Select, Textarea } from '@navikt/ds-react'
import type { ReferralDetail } from '../../api/referrals.ts'
import type { PlaceForm } from '../../api/types.ts'
import { OneOf } from '../../form/Choices.tsx'
import { DayField } from '../../form/DayField.tsx'
import type { FieldProps } from '../../form/fields.ts'
import { dayInWords } from '../../ui/days.ts'
import { inText } from '../../ui/inText.ts'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { proposedAnswerBy } from '../offers/draft.ts'
import { type AnswerDraft, type Choice, moveInDay, proposedSkipReason } from './answerDraft.ts'

type Props = {
  referral: ReferralDetail
  draft: AnswerDraft
  choices: Choice[]
  choice: Choice | undefined
  /** It was sent without a place. */
  missing: boolean
  field(pointer: string): FieldProps
  onChange(patch: Partial<AnswerDraft>): void
}

/** Which place is given, from when, and why it is of another form where it is. */
export function GivePlace({ referral, draft, choices, choice, missing, field, onChange }: Props) {
  const { names, forms } = useReference()
  const today = useToday()
  const latestYear = Number(today.slice(0, 4)) + 10
  const moveInOn = moveInDay(draft, referral, choice, today)
  const { proposedPlace, formName } = referral
  const lost =
    proposedPlace !== null && draft.form === referral.form && !choices.some(({ id }) => id === proposedPlace.id)
  const { error, ...placeField } = field('/placeId')
  return (
    <>
      <Select
        label="Boligform"
        description={`Bydelen har henvist til ${inText(formName)}.`}
        value={draft.form}
        onChange={(event) => onChange({ form: event.target.value as PlaceForm, placeId: null })}
      >
        {forms
          .filter(({ givenBy }) => givenBy === 'vel')
          .map(({ id }) => (
            <option key={id} value={id}>
              {names.form(id)}
            </option>
          ))}
      </Select>
      {draft.form !== referral.form && (
        <>
          <OneOf
            {...field('/skip')}
            legend={`Hvorfor ikke ${inText(formName)}, som det er henvist til?`}
            options={[
              {
                value: 'forced',
                label: 'Det mangler ledig plass',
                description: 'Telles som mangel på plass når personen takker ja.',
              },
              { value: 'chosen', label: 'Denne boligformen er bedre for personen nå' },
            ]}
            value={draft.skip}
            onChange={(skip: AnswerDraft['skip']) => onChange({ skip })}
          />
          <Textarea
            {...field('/skipReason')}
            className="full readable"
            label="Grunnen, som bydelen får"
            maxLength={2000}
            value={draft.skipReason ?? proposedSkipReason(draft.skip, formName)}
            onChange={(event) => onChange({ skipReason: event.target.value })}
          />
        </>
      )}
      {lost && (
        <BodyShort>
          Bydelen foreslo {proposedPlace.label}, {proposedPlace.facilityName}. Den plassen er ikke ledig nå, eller
          passer ikke lenger.
        </BodyShort>
      )}
      {choices.length === 0 ? (
        <BodyShort weight="semibold">
          Ingen ledig plass i {inText(names.form(draft.form))} passer til personen nå. Velg en annen boligform, sett
          henvisningen på venteliste, eller si nei fordi det mangler plass.
        </BodyShort>
      ) : (
        <OneOf
          {...placeField}
          error={missing ? 'Velg plassen du gir.' : error}
          legend="Plassen du gir"
          description="De som passer best, står først."
          options={choices.map(({ id, label, description }) => ({ value: id, label, description }))}
          value={choice?.id}
          onChange={(placeId: string) => onChange({ placeId })}
        />
      )}
      {choice !== undefined && (
        <>
          <DayField
            {...field('/moveInOn')}
            label="Innflytting"
            description={`Tidligst ${dayInWords(choice.availableFrom < today ? today : choice.availableFrom)}`}
            value={moveInOn}
            onChange={(day) => onChange({ moveInOn: day ?? '' })}
            latestYear={latestYear}
          />
          <DayField
            {...field('/answerBy')}
            label="Svarfrist for bydelen"
            description="Siste dag bydelen kan svare sammen med personen"
            value={draft.answerBy ?? proposedAnswerBy(moveInOn, today)}
            onChange={(day) => onChange({ answerBy: day ?? '' })}
            latestYear={latestYear}
          />
        </>
      )}
    </>
  )
}
