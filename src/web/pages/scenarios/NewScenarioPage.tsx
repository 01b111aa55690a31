import { useNavigate } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { RouteLink } from '../../ui/RouteLink.tsx'
import { ScenarioForm } from './ScenarioForm.tsx'

/** Nytt scenario: what would happen if something beside the plan were done. */
export function NewScenarioPage() {
  const navigate = useNavigate()
  return (
    <Page title="Nytt scenario" width="text" before={<RouteLink to={paths.scenarios}>Scenarioer</RouteLink>}>
      <ScenarioForm
        scenario={null}
        onDone={({ id }) => navigate({ to: paths.scenario, params: { id } })}
        onCancel={() => void navigate({ to: paths.scenarios })}
      />
    </Page>
  )
}
