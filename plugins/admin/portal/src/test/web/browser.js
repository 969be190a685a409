// A browser that keeps account: of what the console says, of every host that is asked, and of what a page weighs.
import { createRequire } from 'node:module'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../../main/web/package.json', import.meta.url)))
const { chromium } = require('playwright-core')
const axe = require.resolve('axe-core/axe.min.js')

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
]
const PATIENCE = 15000

const begun = Date.now()

/** Says what has been shown, and after how long. */
export const done = (what) => console.log(`${String(Date.now() - begun).padStart(6)} ms  ${what}`)

export function check(right, what) {
  if (!right) throw new Error(what)
}

/** Tells a story. What fails is said with the page that it failed on, and whatever else was on account there. */
export async function tell(browser, story, end = () => {}) {
  const { faults, page } = browser
  try {
    await story()
    check(faults.length === 0, 'there are faults')
    done('no error in the console, no request to elsewhere, no serious fault by axe')
  } catch (error) {
    console.error(error.stack)
    console.error(`at ${page.url()}`)
    for (const fault of new Set(faults)) console.error(fault)
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, 'failed.png') })
    process.exitCode = 1
  } finally {
    await browser.close()
    await end()
  }
}

/** Waits for what a page brings about in its own time. */
export async function until(failing, holds) {
  for (const end = Date.now() + PATIENCE; !(await holds());) {
    if (Date.now() > end) throw new Error(failing)
    await new Promise((look) => setTimeout(look, 20))
  }
}

export async function open(base, { shots } = {}) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: base, reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE)
  const faults = []
  const host = new URL(base).host

  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) faults.push(`asked ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} for ${response.url()}`)
  })
  context.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') {
      const where = line.location().url
      faults.push(`console ${line.type()}: ${line.text()} (${where})`)
    }
  })
  context.on('weberror', (error) => faults.push(`error in the page: ${error.error().message}`))

  const page = await context.newPage()
  if (shots) await mkdir(shots, { recursive: true })

  return {
    page,
    faults,

    /** Takes a fault off the account that a test has brought about by itself: the console may tell it after the page. */
    async forgive(pattern) {
      const at = () => faults.findIndex((fault) => pattern.test(fault))
      await until(`no fault like ${pattern}`, () => at() >= 0)
      faults.splice(at(), 1)
    },

    /** What other stories do by hand is done by the API, from the page. */
    async api(method, path, body) {
      const { status, answer } = await page.evaluate(async ([method, path, body]) => {
        const response = await fetch(`/kong-admin${path}`, { method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) })
        return { status: response.status, answer: await response.text() }
      }, [method, path, body])
      check(status < 300, `${method} ${path}: ${status} ${answer}`)
      return answer ? JSON.parse(answer) : null
    },

    /** Bytes over the wire, as a first visitor loads a page. */
    async weigh(path) {
      const fresh = await browser.newContext({ baseURL: base })
      let bytes = 0
      const sizes = []
      fresh.on('requestfinished', (request) => {
        if (!request.url().includes('/kong-admin/')) {
          sizes.push(request.sizes().then((size) => { bytes += size.responseBodySize }))
        }
      })
      const visited = await fresh.newPage()
      await visited.goto(path, { waitUntil: 'networkidle' })
      await Promise.all(sizes)
      await fresh.close()
      return bytes
    },

    /** What axe calls serious or critical on this page, light and dark, and whether it fits a phone. */
    async look(name) {
      const found = []
      for (const [width, height] of shots ? [[1280, 800], [390, 844]] : [[1280, 800]]) {
        await page.setViewportSize({ width, height })
        for (const scheme of ['light', 'dark']) {
          await theme(page, scheme)
          if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`), fullPage: true })
          if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source())
          // Only colours differ in the dark.
          const rules = scheme === 'light' ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] : { type: 'rule', values: ['color-contrast'] }
          const result = await page.evaluate((runOnly) => window.axe.run(document, { resultTypes: ['violations'], runOnly }), rules)
          for (const each of result.violations.filter((one) => ['serious', 'critical'].includes(one.impact))) {
            const [node] = each.nodes
            const says = node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? each.help
            found.push(`${name} ${width} ${scheme}: ${each.id}, ${each.nodes.length} times: ${node.html.slice(0, 200)}: ${says}`)
          }
        }
      }
      await page.setViewportSize({ width: 390, height: 844 })
      // What is as broad as it has measured takes a few frames to follow.
      const broad = await page.evaluate(async () => {
        const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
        for (let frame = 0; over() > 0 && frame < 60; frame += 1) await new Promise(requestAnimationFrame)
        return over()
      })
      if (broad > 0) found.push(`${name}: ${broad} px broader than a phone`)
      await page.setViewportSize({ width: 1280, height: 800 })
      await theme(page, 'light')
      faults.push(...found)
    },

    close: () => browser.close(),
  }
}

let text
async function source() {
  text ??= await (await import('node:fs/promises')).readFile(axe, 'utf8')
  return text
}

async function theme(page, scheme) {
  const now = await page.evaluate(() => document.documentElement.dataset.theme)
  if (now !== scheme) {
    await page.evaluate((wanted) => {
      const button = document.querySelector('[data-testid=theme]')
      if (button) return button.click()
      // The login has none: it takes the colours that were chosen before.
      const root = document.documentElement
      root.dataset.theme = wanted
      if (wanted === 'dark') root.dataset.kuiTheme = 'electric-lime-night'
      else delete root.dataset.kuiTheme
    }, scheme)
  }
}
