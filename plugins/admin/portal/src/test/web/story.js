// The story that the portal is for, in a real browser: from a workspace to a request that is answered, and to weights
// that are seen in the traffic. Arguments: the portal's address and the proxy's; SHOTS names a folder for pictures.
import { createServer } from 'node:http'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy] = process.argv.slice(2)
const MOST = 600 * 1024

function backend(name) {
  const server = createServer((request, response) => response.setHeader('X-Backend', name).end(name))
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)))
}

const address = (server) => `127.0.0.1:${server.address().port}`

async function counts(requests) {
  const seen = { one: 0, two: 0 }
  for (let i = 0; i < requests; i += 1) {
    const answer = await fetch(`${proxy}/shop`)
    const text = await answer.text()
    check(answer.status === 200, `the proxy answered ${answer.status}: ${text}`)
    seen[text] += 1
  }
  return seen
}

const [one, two] = await Promise.all([backend('one'), backend('two')])
const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look } = browser
const at = (id) => page.getByTestId(id)
const make = (kind) => page.locator(`a[href*="/${kind}s/new"]`).first()
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()

await tell(browser, async () => {
  const weight = await browser.weigh('/default/upstreams')
  check(weight > 50_000 && weight < MOST, `the upstreams page weighs ${weight} bytes`)
  done(`the first load of the upstreams page: ${(weight / 1024).toFixed(0)} KiB`)

  await page.goto('/')
  await heading('Overview')
  await page.getByText('Make one').waitFor()
  check((await page.title()) === 'Overview · default · Sluice', `titled ${await page.title()}`)
  await look('overview-empty')
  done('the overview of an empty node')

  // A workspace of one's own.
  await at('nav-workspaces').click()
  await heading('Workspaces')
  await at('new-workspace').click()
  await at('workspace-name').fill('workspaces')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByText('must not be the name of an endpoint').waitFor()
  await browser.forgive(/status of 400/)
  await look('workspace-refused')
  await at('workspace-name').fill('team-a')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL('**/team-a/upstreams')
  await until('the switch does not show the workspace', async () => (await at('workspace-switch').inputValue()) === 'team-a')
  await make('upstream').waitFor()
  await look('upstreams-empty')
  done('a workspace')

  // An upstream.
  await make('upstream').click()
  await heading('New upstream')
  await at('upstreams-form-name').click()
  await at('upstreams-form-name').fill('shop-servers')
  await page.locator('.select-add-item button, [data-testid=select-add-item] button, .select-add-item').first().click()
  await look('upstream-new')
  await at('upstream-create-form-submit').click()
  await heading('shop-servers')
  await page.getByText('No targets yet.').waitFor()
  await look('upstream-empty')
  done('an upstream')

  // Two targets, one twice as strong as the other.
  for (const [server, strength] of [[one, '100'], [two, '50']]) {
    await at('new-target').click()
    await at('target-form-target').fill(address(server))
    await at('target-form-weight').fill(strength)
    if (server === one) await look('target-new')
    await page.getByRole('dialog').getByRole('button', { name: /save|create|add/i }).click()
    await at(`target-${address(server)}`).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await at(`target-${address(two)}`).getByText('33.3 %').waitFor()
  await look('upstream')
  done('two targets')

  // A service.
  await at('nav-services').click()
  await make('service').waitFor()
  await look('services-empty')
  await make('service').click()
  await heading('New service')
  await at('gateway-service-url-input').fill('http://shop-servers/')
  await at('gateway-service-name-input').fill('shop')
  await look('service-new')
  await at('service-create-form-submit').click()
  await heading('shop')
  await page.getByText('Routes that lead here').waitFor()
  await look('service')
  done('a service')

  // A route, from the service's own page.
  await make('route').click()
  await heading('New route')
  await at('route-form-name').fill('shop')
  await at('route-form-paths-input-1').fill('/shop')
  await look('route-new')
  await at('route-create-form-submit').click()
  await heading('shop')
  await page.getByText('/shop').first().waitFor()
  await look('route')
  done('a route')

  // What was made answers, two to one.
  let seen = await counts(30)
  check(seen.one === 20 && seen.two === 10, `of 30 requests ${JSON.stringify(seen)}, with weights of 100 and 50`)
  done(`30 requests: ${JSON.stringify(seen)}`)

  await at('nav-overview').click()
  await at('total').filter({ hasText: /^3\d$/ }).waitFor()
  await page.getByRole('link', { name: 'shop-servers' }).waitFor()
  await look('overview')
  done('the overview counts them')

  // The weight of the second target, typed where it is shown. A look from before it is kept, answered after it, is of no use.
  await page.getByRole('link', { name: 'shop-servers' }).click()
  const row = at(`target-${address(two)}`)
  await row.waitFor()
  const looks = []
  await page.route(/\/health\?.*in_flight/, async (look) => looks.push([look, await look.fetch()]), { times: 1 })
  await until('the targets are not looked for', () => looks.length > 0)
  await row.getByTestId('weight').fill('300')
  await row.getByTestId('keep-weight').click()
  await row.getByText('75 %').waitFor()
  const [[old, response]] = looks
  await Promise.all([page.waitForEvent('requestfinished', (request) => request === old.request()), old.fulfill({ response })])
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  check(await row.getByText('75 %').isVisible(), 'an older answer takes the place of a newer one')
  seen = await counts(40)
  check(seen.one === 10 && seen.two === 30, `of 40 requests ${JSON.stringify(seen)}, with weights of 100 and 300`)
  done(`40 requests: ${JSON.stringify(seen)}`)

  // Checks are switched on, and a server is taken out by hand and put back.
  await at('edit').click()
  await heading('Edit upstream')
  await page.getByRole('checkbox', { name: 'Passive health checks' }).click()
  await look('upstream-edit')
  await at('upstream-edit-form-submit').click()
  await heading('shop-servers')
  await row.getByTestId('mark-unhealthy').click()
  await row.getByText('Unhealthy', { exact: true }).waitFor()
  await look('upstream-unhealthy')
  seen = await counts(10)
  check(seen.two === 0, `the server that is marked unhealthy got ${seen.two} requests`)
  await row.getByTestId('mark-healthy').click()
  await row.getByText('Healthy', { exact: true }).waitFor()
  seen = await counts(40)
  check(seen.two > 0, 'the server that is marked healthy gets no requests')
  done('marked unhealthy and healthy again')

  // The lists show what is there; the other workspace does not.
  for (const [section, text] of [['upstreams', 'shop-servers'], ['services', 'shop'], ['routes', 'shop']]) {
    await at(`nav-${section}`).click()
    await heading(section[0].toUpperCase() + section.slice(1))
    await page.getByRole('table').getByText(text, { exact: true }).first().waitFor()
    await look(section)
  }

  // One of a list, by its name.
  const search = page.getByPlaceholder('Filter by exact name or ID')
  await search.fill('nobody')
  await page.getByRole('table').waitFor({ state: 'hidden' })
  await browser.forgive(/status of 404/)
  await search.fill('shop')
  await page.getByRole('table').getByText('shop', { exact: true }).first().waitFor()
  done('found by its name')

  // An answer that comes when another workspace is shown: what follows from it is asked in the workspace that it came from.
  const late = []
  await page.route(/team-a\/upstreams\?/, (question) => late.push(question))
  await at('nav-overview').click()
  await until('the upstreams are not asked for', () => late.length > 0)
  await at('nav-routes').click()
  await heading('Routes')
  await at('workspace-switch').selectOption('default')
  await page.waitForURL('**/default/routes')
  await make('route').waitFor()
  await Promise.all(late.map((question) => question.continue()))
  await page.unroute(/team-a\/upstreams\?/)
  await page.waitForLoadState('networkidle')
  done('another workspace')

  // On a phone the sections are behind a button.
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: 'Menu' }).click()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/menu-390-light.png` })
  await at('nav-services').click()
  await heading('Services')
  await at('nav-services').waitFor({ state: 'hidden' })
  await page.setViewportSize({ width: 1280, height: 800 })
  done('the menu of a phone')

  // Without a mouse: the first thing the key meets leads past the menu.
  await page.goto('/default/upstreams')
  await heading('Upstreams')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await until('the skip link does not lead to the content', () => page.evaluate(() => document.activeElement.id === 'main'))

  await page.goto('/default/nothing')
  await heading('There is no such page')
  done('the keyboard, and a page that is not there')

  // In a tab that nobody sees nothing is asked, however long; and at once when it is seen again.
  const hide = (hidden) => page.evaluate((told) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => told })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
  let questions = 0
  const pending = new Set()
  page.on('request', (request) => { questions += 1; pending.add(request) })
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => pending.delete(request))
  await page.clock.install()
  await page.goto('/default/overview')
  await at('rate').waitFor()
  await hide(true)
  await until('questions are left without an answer', () => pending.size === 0)
  const before = questions
  await page.clock.fastForward(60_000)
  await page.evaluate(() => document.title)
  check(questions === before, `${questions - before} questions from a tab that is hidden`)
  await hide(false)
  await until('nothing is asked by a tab that is shown again', () => questions > before)
  done('a tab that is hidden')
}, () => {
  one.closeAllConnections()
  two.closeAllConnections()
  one.close()
  two.close()
})
