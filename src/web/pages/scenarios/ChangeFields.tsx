import { Button, Checkbox, Select } from '@navikt/ds-react'
import { DayField } from '../../form/DayField.tsx'
import type { FieldProps } from '../../form/fields.ts'
import { NumberField } from '../../form/NumberField.tsx'
import { useReference } from '../../ui/names.ts'
import { useToday } from '../../ui/useToday.ts'
import { RedrawnFields } from './RedrawnFields.tsx'
import { ASKS, type ChangeDraft, type DraftKind, KIND_NAMES } from './scenarioDraft.ts'

const YEARS_AHEAD = 15

interface Props {
  /** Its number in the form, from 1. */
  number: number
  change: ChangeDraft
  /** The field of the change that a pointer from it names: `/from`. */
  field(pointer: string): FieldProps
  onChange(more: Partial<ChangeDraft>): void
  onRemove(): void
}

/** One change of a scenario, in plain words: what, from when, where and how much. */
export function ChangeFields({ number, change, field, onChange, onRemove }: Props) {
  const { forms, districts } = useReference()
  const latestYear = Number(useToday().slice(0, 4)) + YEARS_AHEAD
  const asks = ASKS[change.kind]
  return (
    <fieldset className="record stack change">
      <legend>Endring {number}</legend>
      <Select
        {...field('/kind')}
        label="Hva endres?"
        value={change.kind}
        onChange={({ target }) => onChange({ kind: target.value as DraftKind })}
      >
        {Object.entries(KIND_NAMES).map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <DayField
        {...field('/from')}
        label="Fra og med"
        value={change.from}
        onChange={(from) => onChange({ from })}
        latestYear={latestYear}
      />
      {asks.places && (
        <NumberField
          {...field('/places')}
          label="Hvor mange plasser?"
          value={change.places}
          onChange={(places) => onChange({ places })}
        />
      )}
      {asks.form !== undefined && (
        <Select
          {...field('/form')}
          label="Boligform"
          value={change.form}
          onChange={({ target }) => onChange({ form: target.value })}
        >
          <option value="">{asks.form === 'must' ? 'Velg boligform' : 'Alle boligformer'}</option>
          {forms
            .filter(({ isPlace }) => isPlace)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      )}
      {asks.district !== undefined && (
        <Select
          {...field('/district')}
          label="Bydel"
          value={change.district}
          onChange={({ target }) => onChange({ district: target.value })}
        >
          <option value="">{noDistrict(change.kind)}</option>
          {districts.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {asks.forCity && (
        <Checkbox checked={change.forCity} onChange={({ target }) => onChange({ forCity: target.checked })}>
          Plassene er for hele byen, ikke bare bydelens egne
        </Checkbox>
      )}
      {asks.percent && (
        <NumberField
          {...field('/perYear')}
          label="Hvor mye vokser nye behov i året, i prosent?"
          description="Et minus betyr at det kommer færre."
          value={change.percent}
          onChange={(percent) => onChange({ percent })}
        />
      )}
      {asks.factor !== undefined && (
        <NumberField
          {...field('/factor')}
          label={asks.factor}
          description="1 er som i dag, 2 er dobbelt, 0,5 er halvparten."
          value={change.factor}
          onChange={(factor) => onChange({ factor })}
        />
      )}
      {asks.redrawing && <RedrawnFields change={change} field={field} onChange={onChange} />}
      <Button type="button" size="small" variant="tertiary" onClick={onRemove}>
        Ta bort endring {number}
      </Button>
    </fieldset>
  )
}

function noDistrict(kind: DraftKind): string {
  if (kind === 'open_places') return 'Velg bydel'
  return kind === 'close_places' ? 'Der det er flest av dem i byen' : 'Hele byen'
}
