import {
  CheckmarkCircleFillIcon,
  ExclamationmarkTriangleFillIcon,
  InformationSquareFillIcon,
} from '@navikt/aksel-icons'
import { BodyShort, Heading } from '@navikt/ds-react'
import type { Need } from '../../api/types.ts'
import { paths } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { missingItems, stopsInWords } from './readiness.ts'
import { themeFor } from './themes.ts'

/** «Dette mangler»: each thing, which step it stops, what we do meanwhile, and the way to fill it in. */
export function Missing({ need }: { need: Need }) {
  const missing = missingItems(need.readiness)
  return (
    <section className="panel" aria-labelledby="mangler">
      <Heading id="mangler" level="2" size="small" spacing>
        {missing.length === 0 ? 'Ingenting mangler' : 'Dette mangler'}
      </Heading>
      {missing.length === 0 ? (
        <BodyShort className="marked">
          <CheckmarkCircleFillIcon aria-hidden className="marked__icon marked__icon--success" />
          Alt som trengs for å gå videre, er på plass.
        </BodyShort>
      ) : (
        <ul className="missing">
          {missing.map((item) => (
            <li key={item.id}>
              <BodyShort weight="semibold">{item.title}</BodyShort>
              <BodyShort className="marked">
                {item.stops === 'none' ? (
                  <InformationSquareFillIcon aria-hidden className="marked__icon marked__icon--info" />
                ) : (
                  <ExclamationmarkTriangleFillIcon aria-hidden className="marked__icon marked__icon--warning" />
                )}
                {stopsInWords(item)}
              </BodyShort>
              <BodyShort size="small">Så lenge: {item.meanwhile}</BodyShort>
              <RouteLink to={paths.editNeedTheme} params={{ id: need.id, theme: themeFor(item) }}>
                Fyll ut<span className="aksel-sr-only">: {item.title}</span>
              </RouteLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
