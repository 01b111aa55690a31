import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { needQuery } from '../../api/needs.ts'
import { paths, signedInRoute } from '../../paths.ts'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { NotFound } from '../NotFound.tsx'
import type { ThemeFrame, ThemeProps } from './themeProps.ts'
import { AssessmentsTheme } from './themes/Assessments.tsx'
import { ConsentsTheme } from './themes/Consents.tsx'
import { FormsTheme } from './themes/Forms.tsx'
import { HomeTheme } from './themes/Home.tsx'
import { HouseTheme } from './themes/House.tsx'
import { NeverTogetherTheme } from './themes/NeverTogether.tsx'
import { PersonTheme } from './themes/Person.tsx'
import { PrivateRentalTheme } from './themes/PrivateRental.tsx'
import { SituationTheme } from './themes/Situation.tsx'
import { WhatMattersTheme } from './themes/WhatMatters.tsx'
import { type ThemeId, themeAt, themes } from './themes.ts'

const pages: Record<ThemeId, ComponentType<ThemeProps>> = {
  person: PersonTheme,
  situasjon: SituationTheme,
  boligform: FormsTheme,
  bolig: HomeTheme,
  hus: HouseTheme,
  'privat-leie': PrivateRentalTheme,
  kartlegging: AssessmentsTheme,
  samtykke: ConsentsTheme,
  'ikke-sammen': NeverTogetherTheme,
  viktig: WhatMattersTheme,
}

/** One theme of a registration, by the last part of the address. */
export function NeedTheme() {
  const { id, theme: wanted } = useParams({ from: signedInRoute(paths.editNeedTheme) })
  const { data: need } = useSuspenseQuery(needQuery(id))
  const navigate = useNavigate()
  const found = themeAt(wanted)
  if (found === null) return <NotFound />

  const { theme, position, next } = found
  const Theme = pages[theme.id]
  const frame: ThemeFrame = {
    title: theme.title,
    position: `Tema ${position} av ${themes.length}`,
    back: (
      <RouteLink to={paths.editNeed} params={{ id }}>
        Alle temaene
      </RouteLink>
    ),
    onDone: () =>
      void (next === null
        ? navigate({ to: paths.reviewNeed, params: { id } })
        : navigate({ to: paths.editNeedTheme, params: { id, theme: next } })),
  }
  return <Theme key={`${id}/${theme.id}`} need={need} frame={frame} />
}
