// What Maven calls: installs the packages of the lockfile and bundles the pages, unless nothing has changed since.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))
const target = fileURLToPath(new URL('../../../../target', import.meta.url))
const LEAST = [20, 19]

function fail(message) {
  console.error(`The portal's pages cannot be built: ${message}`)
  process.exit(1)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  fail(`Node.js ${LEAST.join('.')} or newer is needed, and this is ${process.versions.node}.`)
}

function digest(files) {
  const hash = createHash('sha256').update(process.versions.node)
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(web, file))).update('\0')
  return hash.digest('hex')
}

function list(folder) {
  return readdirSync(join(web, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? list(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
    .sort()
}

function npm(...words) {
  const done = spawnSync('npm', words, { cwd: web, stdio: 'inherit', shell: process.platform === 'win32' })
  if (done.error) fail(`npm cannot be run (${done.error.message}). Install Node.js with npm.`)
  if (done.status !== 0) fail(`"npm ${words.join(' ')}" ended with ${done.status ?? done.signal}.`)
}

const PACKAGES = ['package.json', 'package-lock.json', '.npmrc']
const wanted = digest(PACKAGES)
const installed = join(web, 'node_modules', '.sluice')
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== wanted) {
  npm('ci', '--no-audit', '--no-fund')
  writeFileSync(installed, wanted)
}

const pages = digest([...PACKAGES, 'index.html', 'vite.config.js', ...list('src'), ...list('public'), ...list('build')])
const built = join(target, 'portal-pages')
const listed = join(target, 'classes', 'web', 'files.txt')
if (!existsSync(built) || !existsSync(listed) || readFileSync(built, 'utf8') !== pages) {
  rmSync(built, { force: true })
  npm('run', 'build')
  mkdirSync(target, { recursive: true })
  writeFileSync(built, pages)
}
