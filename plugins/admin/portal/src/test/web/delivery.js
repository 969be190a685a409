// From one version to another in a real browser: blue to green and back, a canary that is raised, fails and is taken back,
// copies that are compared, and the record of it all. Arguments: the portal's address and the proxy's.
import { createServer } from 'node:http'
import { errorRates, remember } from '../../main/web/src/delivery/cohorts.js'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy] = process.argv.slice(2)

const faults = { v1: 0, v2: 0 }
const held = []

function backend(name) {
  let asked = 0
  const server = createServer((request, response) => {
    if (request.url === '/held') return held.push(response)
    asked += 1
    if (asked % 100 < faults[name]) response.statusCode = 500
    return response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ version: name, price: name === 'v1' ? 10 : 12 }))
  })
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)))
}

const address = (server) => `127.0.0.1:${server.address().port}`

/** What the charts make of looks: of the last seconds, and of a new stage from nothing. */
function charted() {
  const cohort = (requests, errors) => ({ requests, errors, error_rate: requests === 0 ? 0 : errors / requests })
  let looks = []
  for (const [at, requests, errors] of [[0, 100, 10], [2000, 200, 10], [9000, 300, 60], [13_000, 400, 60], [15_000, 10, 5], [17_000, 10, 5], [40_000, 10, 5]]) {
    looks = remember('tried', { canary: cohort(requests, errors), control: cohort(0, 0) }, at)
  }
  const drawn = JSON.stringify(errorRates(looks, 'canary'))
  check(drawn === '[0.1,0,0.25,0,0.5,0.5,null]', `drawn: ${drawn}`)
  check(errorRates(looks, 'control').every((rate) => rate === null), 'an error rate of no requests')
}

/** Who answers so many requests. */
async function asked(requests, path = '/shop') {
  const seen = { v1: 0, v2: 0 }
  for (let i = 0; i < requests; i += 1) {
    const answer = await fetch(`${proxy}${path}`)
    seen[(await answer.json()).version] += 1
  }
  return seen
}

const [one, two] = await Promise.all([backend('v1'), backend('v2')])
const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look, api } = browser
const at = (id) => page.getByTestId(id)
const dialog = page.getByRole('dialog')
// Each look costs a second: what is much like another page is only taken for the pictures.
const glance = process.env.SHOTS ? look : async () => {}
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const confirm = (name) => dialog.getByRole('button', { name, exact: true }).click()
const text = (id, says) => at(id).filter({ hasText: says }).waitFor()

async function blueToGreen() {
  await at('nav-services').click()
  await page.getByRole('table').getByText('shop', { exact: true }).first().click()
  await at('deploy').click()
  await heading('New deployment')
  await until('blue is not what serves now', async () => (await at('blue').inputValue()) === 'shop-v1')
  await at('green').selectOption('shop-v1')
  await at('create').click()
  await at('form-error').waitFor()
  await browser.forgive(/status of 400/)
  await look('deployment-refused')
  await at('green').selectOption('shop-v2')
  await glance('deployment-new')
  await at('create').click()
  await heading('Blue-green')
  await text('active', 'blue')
  await glance('blue-green')
  let seen = await asked(5)
  check(seen.v2 === 0, `blue serves, and of 5 requests ${JSON.stringify(seen)}`)
  done('a blue-green deployment')

  // A side that nobody could be served by is refused in the API's words.
  await api('PATCH', `/upstreams/shop-v2/targets/${address(two)}`, { weight: 0 })
  await text('side-green', '0 of 1')
  await at('switch').click()
  await confirm('Switch to green')
  await text('refused', 'healthy')
  await browser.forgive(/status of 409/)
  await look('blue-green-refused')
  await at('force').waitFor()
  await confirm('Cancel')
  await api('PATCH', `/upstreams/shop-v2/targets/${address(two)}`, { weight: 100 })
  await text('side-green', '1 of 1')
  done('a side without a healthy target is refused')

  // A request that is under way at blue, and those that begin after the switch.
  const slow = fetch(`${proxy}/shop/held`)
  await until('the slow request does not arrive', () => held.length === 1)
  // Without a mouse: the question takes the focus.
  await at('switch').focus()
  await page.keyboard.press('Enter')
  await until('the question is not asked where the keyboard is', () => page.evaluate(() => document.activeElement.dataset.testid === 'reason'))
  await page.keyboard.type('version 2')
  await page.keyboard.press('Enter')
  await text('active', 'green')
  seen = await asked(10)
  check(seen.v1 === 0, `green serves, and of 10 requests ${JSON.stringify(seen)}`)
  await text('drain', '1 under way')
  await text('watch', 'switches back by itself')
  await look('blue-green-draining')
  held.pop().end('late')
  check((await (await slow).text()) === 'late', 'the request under way was cut off')
  await text('drain', 'No request is under way')
  await at('watch').getByText('10', { exact: true }).waitFor()
  done('green serves from the click on, blue is drained')

  await at('rollback').click()
  await confirm('Roll back to blue')
  await text('active', 'blue')
  seen = await asked(5)
  check(seen.v2 === 0, `rolled back, and of 5 requests ${JSON.stringify(seen)}`)
  await at('record-2').getByText('rollback').waitFor()
  done('rolled back')

  // A version that fails is watched, and left by itself.
  faults.v2 = 100
  await at('switch').click()
  await confirm('Switch to green')
  await text('active', 'green')
  // A question about a side that does not serve any more is not asked any longer.
  await at('switch').click()
  await traffic('the watch does not switch back', () => at('active').getByText('blue').isVisible())
  await dialog.waitFor({ state: 'hidden' })
  await text('watch', 'has switched back')
  await at('record-4').getByText('by the watch').waitFor()
  await glance('blue-green-watched')
  faults.v2 = 0
  check((await asked(5)).v2 === 0, 'the watch has switched back, and green gets requests')
  done('a faulty version is left by itself')
}

async function ledger() {
  await at('nav-ledger').click()
  await heading('Ledger')
  await text('chain', '4 records')
  await at('record-1').getByText('version 2').waitFor()
  await look('ledger')
  // The switch itself has been taken back already; the way back has not.
  await at('record-1').getByTestId('undo').click()
  await confirm('Undo')
  await text('refused', 'something else has changed it since')
  await browser.forgive(/status of 409/)
  await confirm('Cancel')
  await at('record-4').getByTestId('undo').click()
  await confirm('Undo')
  await at('record-5').getByText('undo', { exact: true }).waitFor()
  const seen = await asked(5)
  check(seen.v1 === 0, `the way back is undone, and of 5 requests ${JSON.stringify(seen)}`)
  await at('verify').click()
  await text('chain', '5 records')
  done('the ledger, with undo')

  await at('nav-deployments').click()
  await at('deployment-blue-green').getByText('green serves').waitFor()
  await look('deployments')
  await page.getByRole('link', { name: 'shop', exact: true }).click()
  await glance('service-deployed')
  await at('deployment').click()
  await at('remove').click()
  await confirm('Remove')
  await heading('Deployments')
  check((await asked(5)).v2 === 0, 'the service itself does not serve')
  done('without the deployment the service serves')
}

async function mirror() {
  await at('new-deployment').click()
  await at('kind-mirror').click()
  await at('shadow').selectOption('shop-v2')
  await glance('mirror-new')
  await at('create').click()
  await heading('Mirror')
  check((await asked(20)).v2 === 0, 'a client has the answer of the shadow')
  await text('different', '20')
  await text('mirrored', '20')
  await at('place').filter({ hasText: '$.price' }).getByText('12', { exact: true }).waitFor()
  await look('mirror')
  await at('nav-deployments').click()
  await at('deployment-mirror').getByText('20 different').waitFor()
  await page.getByRole('link', { name: 'Mirror' }).click()
  await at('reset').click()
  await confirm('Begin anew')
  await text('different', /^0$/)
  await at('remove').click()
  await confirm('Remove')
  await heading('Deployments')
  done('a mirror, and where the answers differ')
}

async function explain() {
  await api('POST', '/services/shop/plugins', { name: 'canary', config: { upstream_host: 'shop-v2', hash: 'header', hash_header: 'X-Client', percentage: 50 } })
  await api('POST', '/services/shop/routes', { name: 'special', paths: ['/shop'], headers: { 'x-special': ['yes'] }, protocols: ['http'] })
  await at('nav-explain').click()
  await heading('Explain')
  await glance('explain-empty')
  await at('url').fill('http://shop.example/shop/7?x=1')
  await at('client-ip').fill('nowhere')
  await at('explain').click()
  await text('fault-client_ip', 'not an ip address')
  await browser.forgive(/status of 400/)
  await look('explain-refused')
  await at('client-ip').fill('203.0.113.9')

  // One client that the canary has, and one that it has not, as their requests tell.
  const clients = {}
  for (let i = 0; Object.keys(clients).length < 2; i += 1) {
    const { version } = await (await fetch(`${proxy}/shop/7?x=1`, { headers: { 'X-Client': `client-${i}` } })).json()
    clients[version] ??= `client-${i}`
  }
  for (const [version, server] of [['v1', one], ['v2', two]]) {
    await at('headers').fill(`X-Client: ${clients[version]}\nX-Other: a`)
    await at('explain').click()
    await text('verdict', `It goes to ${address(server)}.`)
    await at('strategy').filter({ hasText: clients[version] }).waitFor()
    await at('sent').filter({ hasText: 'GET /7?x=1 HTTP/1.1' }).filter({ hasText: 'X-Other: a' }).waitFor()
  }
  await look('explain')
  await at('headers').fill('X-Special: yes')
  await at('explain').click()
  await at('candidate').filter({ hasText: 'shop' }).waitFor()
  await at('url').fill('http://shop.example/basket')
  await at('explain').click()
  await text('verdict', 'It is not sent: the gateway answers 404')
  await at('candidate').filter({ hasText: 'special' }).filter({ hasText: 'misses path' }).waitFor()
  await glance('explain-nearly')
  done('explained: the target that requests go to')
}

/** Sends requests until something is seen on the page. */
async function traffic(failing, holds, path = '/shop') {
  await until(failing, async () => {
    for (let i = 0; i < 20; i += 1) await fetch(`${proxy}${path}`)
    return holds()
  })
}

async function canary() {
  await at('new-deployment').click()
  await at('kind-canary').click()
  await at('canary-upstream').selectOption('shop-v2')
  await at('hash').selectOption('none')
  await at('percentage').fill('10')
  await at('min-requests').fill('50')
  await at('interval').fill('1')
  await glance('canary-new')
  await at('create').click()
  await heading('Canary')
  await text('asked', '10 %')
  let seen = await asked(100)
  check(seen.v2 >= 5 && seen.v2 <= 15, `the canary has 10 %, and of 100 requests ${JSON.stringify(seen)}`)
  await until('the realised share is not what was seen', async () => (await at('realised').textContent()) === `${seen.v2} %`)
  await page.locator('.canvas canvas').first().waitFor()
  done(`a canary of 10 %: ${JSON.stringify(seen)}`)

  await at('share').fill('50')
  await at('set-share').click()
  await text('asked', '50 %')
  seen = await asked(100)
  check(seen.v2 >= 40 && seen.v2 <= 60, `the canary has 50 %, and of 100 requests ${JSON.stringify(seen)}`)
  // The counts begin anew a moment after the share: the first requests may all belong to what was before.
  await traffic('the realised share is not about what was asked for', async () => Math.abs(Number.parseFloat(await at('realised').textContent()) - 50) < 10)
  await traffic('the gate does not pass', () => at('verdict').getByText('Passes').isVisible())
  await look('canary')
  done(`its share is raised to 50 %: ${JSON.stringify(seen)}, and the gate passes`)

  // The new version begins to fail: the gate takes it back by itself.
  faults.v2 = 60
  await traffic('the gate does not roll back', () => at('phase').getByText('rolled back').isVisible())
  await text('verdict', 'Fails')
  check((await asked(20)).v2 === 0, 'the canary is rolled back and gets requests')
  await glance('canary-failed')
  faults.v2 = 0
  done('a faulty canary is taken back by the gate')

  await at('resume').click()
  await at('reason').fill('mended')
  await confirm('Resume')
  await text('asked', '50 %')
  check((await asked(40)).v2 > 0, 'the canary is resumed and gets no requests')
  await at('rollback').click()
  await confirm('Roll back')
  await text('phase', 'rolled back')
  check((await asked(20)).v2 === 0, 'the canary is rolled back by hand and gets requests')
  await at('remove').click()
  await confirm('Remove')
  await heading('Deployments')
  done('resumed, and rolled back by hand')
}

async function stages() {
  await at('new-deployment').click()
  await at('kind-canary').click()
  await at('canary-upstream').selectOption('shop-v2')
  await at('how-stages').check()
  await at('gated').uncheck()
  await look('canary-stages-new')
  await at('create').click()
  await heading('Canary')
  for (let i = 0; i < 20; i += 1) await api('POST', '/consumers', { username: `reader-${i}` })
  await at('moves').getByRole('spinbutton').fill('100')
  await at('moves').getByRole('button', { name: 'Ask' }).click()
  await at('moves').getByText('Of 20 consumers').waitFor()
  const stage = page.getByRole('listitem').and(page.locator('[aria-current=step]'))
  await stage.getByText('1 %').waitFor()
  await at('pause').click()
  await confirm('Pause')
  await text('phase', 'paused')
  await at('resume').click()
  await confirm('Resume')
  await text('phase', 'stage')
  for (const name of ['Promote to 10 %', 'Promote to 50 %']) {
    await at('promote').click()
    await confirm(name)
    await dialog.waitFor({ state: 'hidden' })
  }
  await text('phase', 'waits for approval')
  await stage.getByText('50 %').waitFor()
  await glance('canary-stages')
  await at('promote').click()
  await confirm('Approve: on to 100 %')
  await text('phase', 'done')
  check((await asked(10)).v1 === 0, 'the canary has all clients, and not all requests')
  await at('nav-ledger').click()
  await page.getByText('by the gate').waitFor()
  await glance('ledger-full')
  await page.getByRole('row').filter({ hasText: 'stage 3 of 4' }).first().getByRole('link', { name: 'Canary' }).click()
  await heading('Canary')
  await at('remove').click()
  await confirm('Remove')
  await heading('Deployments')
  done('stages: paused, resumed, promoted, approved')
}

await tell(browser, async () => {
  charted()
  await page.goto('/default/deployments')
  await page.getByText('No deployment in this workspace yet.').waitFor()
  await look('deployments-empty')
  await at('new-deployment').click()
  await at('lacking').waitFor()
  await glance('deployment-lacking')
  await at('nav-ledger').click()
  await page.getByText('Nothing is on record yet.').waitFor()
  await glance('ledger-empty')

  for (const [name, server] of [['shop-v1', one], ['shop-v2', two]]) {
    await api('POST', '/upstreams', { name })
    await api('POST', `/upstreams/${name}/targets`, { target: address(server) })
  }
  await api('POST', '/services', { name: 'shop', host: 'shop-v1' })
  await api('POST', '/services/shop/routes', { name: 'shop', paths: ['/shop'], protocols: ['http'] })
  done('an empty workspace, two versions, a service')

  await blueToGreen()
  await ledger()
  await canary()
  await stages()
  await mirror()
  await explain()
}, () => {
  for (const response of held) response.end()
  for (const server of [one, two]) {
    server.closeAllConnections()
    server.close()
  }
})
