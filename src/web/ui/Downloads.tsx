import { Button, HStack } from '@navikt/ds-react'
import { useState } from 'react'
import { type FileForm, readFile } from '../api/download.ts'
import { type Problem, problemOf } from '../api/problem.ts'
import { ProblemAlert } from './ProblemAlert.tsx'

/** The table of an address as files: the same numbers as on the page, to go on working with. */
export function Downloads({ address, what }: { address: string; what: string }) {
  const [problem, setProblem] = useState<Problem | null>(null)

  async function save(form: FileForm) {
    setProblem(null)
    try {
      const { file, name } = await readFile(address, form)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(file)
      link.download = name
      link.click()
      URL.revokeObjectURL(link.href)
    } catch (error) {
      setProblem(problemOf(error))
    }
  }

  return (
    <>
      <HStack gap="space-8">
        {(['csv', 'xlsx'] as const).map((form) => (
          <Button key={form} type="button" size="small" variant="tertiary" onClick={() => void save(form)}>
            Last ned {what} ({form.toUpperCase()})
          </Button>
        ))}
      </HStack>
      {problem !== null && <ProblemAlert problem={problem} />}
    </>
  )
}
