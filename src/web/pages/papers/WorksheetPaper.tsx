import { Heading } from '@navikt/ds-react'
import type { Worksheet } from '../../api/rental.ts'
import { dayInWords } from '../../ui/days.ts'
import { kroner } from '../../ui/kroner.ts'
import { useToday } from '../../ui/useToday.ts'
import { privateRentalAnswers } from '../needs/privateRental.ts'
import { allowances, guarantees, leaseInWords } from './rentalWords.ts'

const nameOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((option) => option.value === value)?.label ?? value

/** The worksheet as it is printed: what is known, the sums, what is missing. */
export function WorksheetPaper({ sheet, name }: { sheet: Worksheet; name: string }) {
  const today = useToday()
  const { cost, leaseDuring, landlord } = sheet
  const lines: [string, string][] = [
    ['Utleier', landlord === null ? 'Ikke valgt' : landlord.name],
    ['Tilvisningsavtale', landlord === null ? 'Ikke kjent' : (landlord.referralInWords ?? 'Ingen')],
    ['Adresse', sheet.address ?? 'Ikke kjent'],
    ['Leietid', leaseDuring === null ? 'Ikke avtalt' : leaseInWords(leaseDuring)],
    ['Husleie i måneden', kroner(sheet.rentMonth)],
    ['Strøm i måneden', kroner(sheet.electricityMonth)],
    ['Garanti eller depositum', withAmount(nameOf(guarantees, sheet.guarantee), sheet.guaranteeAmount)],
    ['Bostøtte', withAmount(nameOf(allowances, sheet.housingAllowance), sheet.housingAllowanceMonth, ' i måneden')],
  ]
  const sums: [string, string][] = [
    ['Husleie og strøm i måneden', kroner(cost.grossMonth)],
    ['Etter innvilget bostøtte i måneden', kroner(cost.netMonth)],
    ['Å betale før innflytting', kroner(cost.beforeMoveIn)],
  ]
  return (
    <article className="paper" aria-label="Regnearket">
      <header className="paper__head">
        <p>Gjelder: {name}</p>
        <p>{dayInWords(today)}</p>
      </header>
      <Heading level="2" size="medium">
        Privat leie
      </Heading>
      <Lines title="Boligen" lines={lines} />
      <Lines title="Hva det koster" lines={sums} />
      <section className="paper__section">
        <Heading level="3" size="xsmall">
          Vurdering
        </Heading>
        <p>
          {nameOf(privateRentalAnswers, sheet.privateRental)}
          {sheet.privateRentalConsideredOn !== null && `, ${dayInWords(sheet.privateRentalConsideredOn)}`}.
        </p>
        {sheet.privateRentalReason !== null && <p>{sheet.privateRentalReason}</p>}
        <p>Hva husstanden har igjen å leve for, regnes ikke ut her: inntekten er ikke registrert.</p>
      </section>
      {(cost.missing.length > 0 || sheet.warnings.length > 0) && (
        <section className="paper__section">
          <Heading level="3" size="xsmall">
            Dette mangler, eller må ses på
          </Heading>
          <ul className="paper__missing plain-list">
            {[...sheet.warnings, ...cost.missing].map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
    </article>
  )
}

function Lines({ title, lines }: { title: string; lines: [string, string][] }) {
  return (
    <section className="paper__section">
      <Heading level="3" size="xsmall">
        {title}
      </Heading>
      <dl className="paper__facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function withAmount(name: string, amount: number | null, after = ''): string {
  return amount === null ? name : `${name}, ${kroner(amount)}${after}`
}
