// After the bundler: the list of files that the jar may serve, what is worth compressing in two denser forms beside it,
// and the licences of what was bundled.
import { createHash } from 'node:crypto'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { notices } from './notices.js'

const here = fileURLToPath(new URL('..', import.meta.url))
const out = fileURLToPath(new URL('../../../../target/classes/web', import.meta.url))
const DENSE = /\.(html|js|css|svg|txt|json)$/
const SMALLEST = 512
const squeezed = promisify(brotliCompress)
const zipped = promisify(gzip)

async function list(folder) {
  const found = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await list(path)))
    else found.push(path)
  }
  return found
}

async function pack(file) {
  const bytes = await readFile(file)
  const encodings = []
  if (DENSE.test(file) && bytes.length >= SMALLEST) {
    // The densest setting costs ten times as long for a twentieth of the size.
    const br = await squeezed(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    })
    const gz = await zipped(bytes, { level: 9 })
    if (br.length < bytes.length) {
      await writeFile(`${file}.br`, br)
      encodings.push('br')
    }
    if (gz.length < bytes.length) {
      await writeFile(`${file}.gz`, gz)
      encodings.push('gzip')
      // The few that take neither form are served from this one, unpacked.
      await rm(file)
    }
  }
  const path = `/${relative(out, file).split(sep).join('/')}`
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 20)
  return `${path} ${hash} ${encodings.join(',') || '-'}`
}

await rm(join(out, 'files.txt'), { force: true })
await writeFile(join(out, '_portal', 'THIRD-PARTY.txt'), await notices(here))
const files = (await list(out)).sort()
const lines = []
const next = files[Symbol.iterator]()
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (const file of next) lines.push(await pack(file))
  }),
)
await writeFile(join(out, 'files.txt'), `${lines.sort().join('\n')}\n`)
console.log(`${files.length} files packed`)
