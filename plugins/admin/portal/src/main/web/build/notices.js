// The licences of the packages that the lockfile names for the page itself, each with its text where it brings one.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

const TEXT = /^(licen[cs]e|copying|notice)([.-].*)?$/i

export async function notices(folder) {
  const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'))
  const parts = []
  const seen = new Set()
  for (const [path, entry] of Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path || entry.dev || entry.optional) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const title = `${name} ${entry.version}`
    if (seen.has(title)) continue
    seen.add(title)
    const files = await readdir(join(folder, path)).catch(() => [])
    const texts = []
    for (const file of files.filter((each) => TEXT.test(each)).sort()) {
      texts.push((await readFile(join(folder, path, file), 'utf8').catch(() => '')).trim())
    }
    parts.push(`${title}\n${entry.license ?? 'see its page'}\n\n${texts.join('\n\n') || '(it brings no text of its licence)'}`)
  }
  const rule = `\n\n${'-'.repeat(100)}\n\n`
  return `The portal is bundled from these packages, in whole or in part.${rule}${parts.join(rule)}\n`
}
