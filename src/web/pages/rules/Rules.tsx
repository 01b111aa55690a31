import '@navikt/ds-css/dist/component/table.css'
import { BodyLong, BodyShort, Checkbox, Heading, Table, Tag } from '@navikt/ds-react'
import { useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { policiesQuery, rulesQuery } from '../../api/reference.ts'
import { useMay } from '../../api/session.ts'
import type { Policy, Rule } from '../../api/types.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { dayInWords } from '../../ui/days.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScrollRegion } from '../../ui/ScrollRegion.tsx'
import { rulesInWords } from '../start/startWords.ts'
import { appealInWords, checkedInWords, ruleKinds } from './ruleWords.ts'

/** Every rule the system carries, with its source and whether somebody has confirmed it. */
export function Rules() {
  const may = useMay()
  const [{ data: rules }, { data: policies }] = useSuspenseQueries({ queries: [rulesQuery, policiesQuery] })
  const { vis } = useSearch({ from: signedInRoute(paths.rules) })
  const navigate = useNavigate()
  const shown = vis === undefined ? rules : rules.filter(({ checked }) => !checked)
  return (
    <Page title="Regler">
      <BodyLong className="readable">
        Dette er reglene løsningen følger, og hvor de kommer fra. {rulesInWords(rules)} En regel som er funnet på
        offentlige sider, gjengitt etter hukommelsen eller valgt i løsningen, er ikke kontrollert før kommunen har gått
        god for den. {may('confirm_rules') && 'Åpne en regel for å bekrefte den.'}
      </BodyLong>
      <Checkbox
        size="small"
        checked={vis !== undefined}
        onChange={({ target }) =>
          void navigate({
            to: paths.rules,
            search: target.checked ? { vis: 'ikke-kontrollert' } : {},
            replace: true,
            resetScroll: false,
          })
        }
      >
        Vis bare regler som ikke er kontrollert
      </Checkbox>
      {shown.length === 0 && (
        <Empty
          what="Alle regler er kontrollert"
          why="En regel som blir endret, får en ny utgave. Den kommer hit til noen har bekreftet den."
          next={<RouteLink to={paths.rules}>Se alle reglene</RouteLink>}
        />
      )}
      {ruleKinds.map(({ kind, title, about }) => {
        const ofKind = shown.filter((rule) => rule.kind === kind)
        return ofKind.length === 0 ? null : <RuleTable key={kind} title={title} about={about} rules={ofKind} />
      })}
      {vis === undefined && <Policies policies={policies} />}
    </Page>
  )
}

function RuleTable({ title, about, rules }: { title: string; about: string; rules: Rule[] }) {
  return (
    <section className="stack" aria-label={title}>
      <Heading level="2" size="medium">
        {title}
      </Heading>
      <BodyShort>{about}</BodyShort>
      <ScrollRegion label={`${title}, tabell`}>
        <Table size="small" className="figures">
          <caption className="aksel-sr-only">{title}: regel, kilde og om den er kontrollert</caption>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell scope="col">Regel</Table.HeaderCell>
              <Table.HeaderCell scope="col">Kilde</Table.HeaderCell>
              <Table.HeaderCell scope="col">Kontrollert</Table.HeaderCell>
              <Table.HeaderCell scope="col">Gjelder fra</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {rules.map((rule) => {
              const appeal = appealInWords(rule)
              return (
                <Table.Row key={rule.id} shadeOnHover={false}>
                  <Table.HeaderCell scope="row">
                    <RouteLink to={paths.rule} params={{ id: rule.id }}>
                      {rule.title}
                    </RouteLink>
                    <BodyShort size="small">{rule.sentence}</BodyShort>
                    {appeal !== undefined && <BodyShort size="small">{appeal}</BodyShort>}
                  </Table.HeaderCell>
                  <Table.DataCell>
                    <BodyShort size="small">{rule.sourceInWords}</BodyShort>
                  </Table.DataCell>
                  <Table.DataCell>
                    <Tag size="small" variant="moderate" data-color={rule.checked ? 'success' : 'warning'}>
                      {checkedInWords(rule)}
                    </Tag>
                  </Table.DataCell>
                  <Table.DataCell>
                    <BodyShort size="small">
                      {dayInWords(rule.validFrom)}, utgave {rule.version}
                    </BodyShort>
                  </Table.DataCell>
                </Table.Row>
              )
            })}
          </Table.Body>
        </Table>
      </ScrollRegion>
    </section>
  )
}

function Policies({ policies }: { policies: Policy[] }) {
  const may = useMay()
  return (
    <section className="stack" aria-label="Valg byen har gjort">
      <Heading level="2" size="medium">
        Valg byen har gjort
      </Heading>
      <BodyShort>Rekkefølger, grenser og frister. De er valg og kan endres. Da får de en ny utgave.</BodyShort>
      {may('read_policy_trials') && (
        <BodyShort>
          Hvordan plasser fordeles, kan prøves før det endres:{' '}
          <RouteLink to={paths.policyTrials}>Prøv en regelendring</RouteLink>
        </BodyShort>
      )}
      <ul className="spaced-list">
        {policies.map(({ id, title, version, validFrom, sourceInWords }) => (
          <li key={id}>
            {title}. Utgave {version}, gjelder fra {dayInWords(validFrom)}.
            <BodyShort size="small" textColor="subtle">
              Kilde: {sourceInWords}
            </BodyShort>
          </li>
        ))}
      </ul>
    </section>
  )
}
