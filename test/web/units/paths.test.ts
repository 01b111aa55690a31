import t from 'tap'
import { afterSignIn } from '../../../src/web/paths.ts'

t.test('after sign-in one comes back to where one was, and never to another host', (t) => {
  const cases: [unknown, string][] = [
    ['/behov/1?a=b', '/behov/1?a=b'],
    ['//ond.no', '/'],
    ['/\\ond.no', '/'],
    ['https://ond.no', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
    ['/logg-inn?fra=/x', '/'],
    ['/logg-ut', '/'],
    ['/../..//x', '/'],
    ['/.//x', '/'],
  ]
  for (const [wanted, address] of cases) t.equal(afterSignIn(wanted), address, String(wanted))
  t.end()
})
