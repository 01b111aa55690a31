import { z } from 'zod'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)

/** What a backup says of itself: the file `manifest.json` in it, written last, so that half a file has none. */
export const manifestSchema = z.strictObject({
  format: z.literal('boligtrapp-backup/1'),
  madeAt: z.string(),
  /** The server's own version. */
  postgres: z.string(),
  /** The steps that the schema had been through, in order; the last one is its level. */
  steps: z.array(z.strictObject({ name: z.string(), sha256: hash })).min(1),
  /** Ids of the keys that its identities are sealed with; the keys themselves are elsewhere. */
  identityKeys: z.array(z.string()),
  tables: z.array(
    z.strictObject({
      name,
      columns: z.array(name),
      rows: z.number().int(),
      /** Of its rows as PostgreSQL's COPY writes them. */
      sha256: hash,
    }),
  ),
  sequences: z.array(z.strictObject({ name, value: z.number().int(), called: z.boolean() })),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Where in the file a table's rows are. */
export const entryOf = (table: string) => `tables/${table}.copy`
export const MANIFEST_ENTRY = 'manifest.json'

/** The newest step that a backup's schema had been through. */
export const levelOf = ({ steps }: Pick<Manifest, 'steps'>): string => steps.at(-1)?.name ?? ''

/** A backup that cannot be made or put back, and why, in a sentence for whoever runs the command. */
export class BackupError extends Error {}
