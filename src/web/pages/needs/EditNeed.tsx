import { BodyLong } from '@navikt/ds-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { needQuery } from '../../api/needs.ts'
import { neverTogetherQuery, residentQuery } from '../../api/residents.ts'
import { TaskList } from '../../form/TaskList.tsx'
import { paths, signedInRoute } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { ButtonLink, RouteLink } from '../../ui/RouteLink.tsx'
import { progressOf, themes } from './themes.ts'

/** The themes of a registration, each with how far it has come. */
export function EditNeed() {
  const { id } = useParams({ from: signedInRoute(paths.editNeed) })
  const { value: need } = useSuspenseQuery(needQuery(id)).data
  const { value: resident } = useSuspenseQuery(residentQuery(need.resident.id)).data
  const { data: neverTogether } = useSuspenseQuery(neverTogetherQuery(need.resident.id))
  const progress = progressOf({ need, resident, neverTogether: neverTogether.length })
  const draft = need.status === 'draft'

  return (
    <Page
      title={draft ? 'Registrer behov' : 'Endre behov'}
      width="text"
      before={
        draft ? undefined : (
          <RouteLink to={paths.need} params={{ id }}>
            Tilbake til behovet
          </RouteLink>
        )
      }
    >
      <BodyLong>
        Behovet gjelder {need.resident.name}. Ta temaene i den rekkefølgen du vil. Alt lagres mens du skriver, så du kan
        gå fra det og komme tilbake.
      </BodyLong>
      <TaskList
        tasks={themes.map(({ id: theme, title }) => ({
          id: theme,
          link: (
            <RouteLink to={paths.editNeedTheme} params={{ id, theme }}>
              {title}
            </RouteLink>
          ),
          ...progress[theme],
        }))}
      />
      <div>
        <ButtonLink to={paths.reviewNeed} params={{ id }}>
          {draft ? 'Se over og registrer' : 'Se over svarene'}
        </ButtonLink>
      </div>
    </Page>
  )
}
