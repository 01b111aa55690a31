import { Dropdown, InternalHeader, Spacer } from '@navikt/ds-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { followChanges } from '../api/changes.ts'
import { changeSession } from '../api/queryClient.ts'
import { sessionQuery, useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { MainMenu } from './MainMenu.tsx'
import { menuFor } from './menu.ts'
import { HeaderTitleLink } from './RouteLink.tsx'
import { roleLine } from './roles.ts'

/** What is around every page: skip link, header with who is signed in, the mark of synthetic data, and the menu. */
export function Layout() {
  const { data: session } = useQuery(sessionQuery)
  const may = useMay()
  const person = session?.person
  const navigate = useNavigate()
  useOtherPersonSignedIn(person?.id)
  useChanges(person?.id)

  return (
    <>
      <a className="skip-link" href="#innhold">
        Hopp til innholdet
      </a>
      <InternalHeader className="header">
        <HeaderTitleLink to={paths.home}>Boligtrapp</HeaderTitleLink>
        <Spacer />
        {person !== undefined && (
          <>
            <Dropdown>
              <InternalHeader.UserButton as={Dropdown.Toggle} name={person.name} description={roleLine(person)} />
              <Dropdown.Menu>
                <Dropdown.Menu.List>
                  <Dropdown.Menu.List.Item
                    onClick={() => void navigate({ to: paths.signOut, search: { overalt: true } })}
                  >
                    Logg ut alle steder
                  </Dropdown.Menu.List.Item>
                </Dropdown.Menu.List>
              </Dropdown.Menu>
            </Dropdown>
            <InternalHeader.Button onClick={() => void navigate({ to: paths.signOut })}>Logg ut</InternalHeader.Button>
          </>
        )}
      </InternalHeader>
      {session?.demo === true && (
        <section className="demo-mark" aria-label="Om dataene">
          Syntetiske data – ingen virkelige personer
        </section>
      )}
      {person !== undefined && <MainMenu items={menuFor(may)} />}
      <main id="innhold" tabIndex={-1} className="content">
        <Outlet />
      </main>
    </>
  )
}

/** While somebody is signed in her pages follow what changes; another person follows anew. */
function useChanges(id: string | undefined) {
  const client = useQueryClient()
  useEffect(() => (id === undefined ? undefined : followChanges(client)), [id, client])
}

/** Someone may sign in as another person in another tab. Then nothing fetched as the first one may stay on the page. */
function useOtherPersonSignedIn(id: string | undefined) {
  const client = useQueryClient()
  const router = useRouter()
  const previous = useRef(id)
  useEffect(() => {
    if (previous.current !== undefined && previous.current !== id) {
      const reload = () => router.invalidate()
      changeSession(client).then(reload, reload)
    }
    previous.current = id
  }, [id, client, router])
}
