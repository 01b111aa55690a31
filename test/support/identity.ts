import { PEOPLE } from './identityPeople.ts'
import { startProvider } from './identityProvider.ts'

/**
 * `npm run identity`: a real identity provider with made-up people, to try out signing in by an organisation. compose.yaml has the
 * configuration that the service takes beside it.
 */
const { HOST = '127.0.0.1', PORT = '3001', PUBLIC_URL = 'http://127.0.0.1:3000' } = process.env
const provider = await startProvider({
  host: HOST,
  port: Number(PORT),
  publicUrl: PUBLIC_URL,
  clientSecret: 'development',
  people: PEOPLE,
})
process.stdout.write(`The identity provider is ready: ${provider.issuer}, for ${PUBLIC_URL}\n`)
