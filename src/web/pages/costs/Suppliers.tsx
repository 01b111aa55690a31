import { BodyLong, BodyShort, Button, Heading, HStack, TextField } from '@navikt/ds-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  addSupplier,
  agreementsQuery,
  type FrameworkAgreement,
  type Supplier,
  suppliersQuery,
} from '../../api/costs.ts'
import { sessionQuery, useMay } from '../../api/session.ts'
import { SendErrors } from '../../form/SendErrors.tsx'
import { useSending } from '../../form/useSending.ts'
import { Downloads } from '../../ui/Downloads.tsx'
import { dayInWords } from '../../ui/days.ts'
import { kroner } from '../../ui/kroner.ts'
import { Later } from '../../ui/Later.tsx'
import { ChangeAgreementForm } from './ChangeAgreementForm.tsx'
import { NewAgreementForm } from './NewAgreementForm.tsx'
import { QualityNoteForm } from './QualityNoteForm.tsx'
import { QualityNotes } from './QualityNotes.tsx'

/** The suppliers that all bydeler share: agreements, prices, and what each bydel has noted of the quality. */
export function Suppliers() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const may = useMay()
  const { data: suppliers } = useSuspenseQuery(suppliersQuery)
  const { data: agreements } = useSuspenseQuery(agreementsQuery)
  const maintains = may('maintain_agreements')
  const district = may('note_quality') ? session.person?.districts[0]?.code : undefined
  return (
    <section className="stack" aria-labelledby="leverandorer">
      <Heading id="leverandorer" level="2" size="medium">
        Leverandører og rammeavtaler
      </Heading>
      <BodyLong className="readable">
        Alle bydeler ser det samme her. Notatene handler om tilbudet. Skriv aldri noe om en person.
      </BodyLong>
      {suppliers.length === 0 ? (
        <BodyShort>Ingen leverandører er registrert ennå.</BodyShort>
      ) : (
        <ul className="plain-list full">
          {suppliers.map((supplier) => (
            <SupplierPanel
              key={supplier.id}
              supplier={supplier}
              agreements={agreements.filter(({ supplierId }) => supplierId === supplier.id)}
              district={district}
              maintains={maintains}
            />
          ))}
        </ul>
      )}
      {suppliers.length > 0 && (
        <>
          <Downloads address="/api/v1/suppliers" what="leverandørene" />
          <Downloads address="/api/v1/framework-agreements" what="rammeavtalene" />
        </>
      )}
      {maintains && <NewSupplierForm />}
    </section>
  )
}

type PanelProps = {
  supplier: Supplier
  agreements: readonly FrameworkAgreement[]
  district: string | undefined
  maintains: boolean
}

function SupplierPanel({ supplier, agreements, district, maintains }: PanelProps) {
  const { name, notes } = supplier
  const inForce = agreements.filter((agreement) => agreement.inForce)
  const ended = agreements.filter((agreement) => !agreement.inForce)
  return (
    <li className="panel stack">
      <Heading level="3" size="small">
        {name}
      </Heading>
      {inForce.length === 0 ? (
        <BodyShort>Ingen rammeavtale gjelder i dag.</BodyShort>
      ) : (
        <ul className="spaced-list">
          {inForce.map((agreement) => (
            <li key={agreement.id}>
              {inWords(agreement)}
              {maintains && <ChangeAgreementForm agreement={agreement} />}
            </li>
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <Later label={`Andre avtaler (${ended.length})`} of={name}>
          <ul className="spaced-list">
            {ended.map((agreement) => (
              <li key={agreement.id}>
                {inWords(agreement)}
                {maintains && <ChangeAgreementForm agreement={agreement} />}
              </li>
            ))}
          </ul>
        </Later>
      )}
      <Later
        label={`Notater: ${notes.good} ${notes.good === 1 ? 'godt' : 'gode'}, ${notes.concern} ${notes.concern === 1 ? 'bekymring' : 'bekymringer'}, ${notes.deviation} avvik`}
        of={name}
      >
        <QualityNotes supplierId={supplier.id} />
      </Later>
      {district !== undefined && <QualityNoteForm supplier={supplier} district={district} />}
      {maintains && <NewAgreementForm supplier={supplier} />}
    </li>
  )
}

function inWords({ title, pricePerDay, valid, places, dualDiagnosis, synthetic }: FrameworkAgreement): string {
  const until = valid.to === null ? 'til den sies opp' : `til ${dayInWords(valid.to)}`
  const room = places === null ? 'uten tak på antall plasser' : `opptil ${places} plasser`
  const both = dualDiagnosis ? '. Gjelder også samtidig ruslidelse' : ''
  return `${title}: ${kroner(pricePerDay)} i døgnet, fra ${dayInWords(valid.from)} ${until}, ${room}${both}.${synthetic ? ' Syntetisk pris.' : ''}`
}

function NewSupplierForm() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const form = useSending(async (given: string, key) => {
    await addSupplier(given, key)
    await client.invalidateQueries({ queryKey: ['costs'] })
  })
  async function send(event: FormEvent) {
    event.preventDefault()
    if (await form.submit(name)) setName('')
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextField
        {...form.field('/name')}
        size="small"
        label="Ny leverandør"
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <SendErrors problem={form.problem} attempt={form.attempt} />
      <HStack>
        <Button type="submit" size="small" variant="secondary" loading={form.sending}>
          Legg til leverandøren
        </Button>
      </HStack>
    </form>
  )
}
