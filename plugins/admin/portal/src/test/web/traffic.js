// What passes through a real gateway is what the portal shows of it: numbers, statuses, times, and each request as it comes.
// Arguments: the portal's address and the proxy's.
import { createServer } from 'node:http'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy] = process.argv.slice(2)

/** Answers with the status that the query names, and late where the path says so. */
const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://backend')
  response.statusCode = Number(url.searchParams.get('status') ?? 200)
  setTimeout(() => response.end('{}'), url.pathname.startsWith('/late') ? 200 : 0)
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const port = server.address().port

const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look, api } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const says = async (id, text) => (await at(id).innerText()).trim() === text

async function shows(id, text) {
  await until(`${id} never says ${text}`, () => says(id, text)).catch(async (error) => {
    throw new Error(`${error.message}, but ${await at(id).innerText()}`)
  })
}

async function send(times, path) {
  await Promise.all(Array.from({ length: times }, () => fetch(`${proxy}${path}`).then((answer) => answer.arrayBuffer())))
}

async function counted() {
  await api('POST', '/upstreams', { name: 'shop-servers' })
  await api('POST', '/upstreams/shop-servers/targets', { target: `127.0.0.1:${port}` })
  await api('POST', '/services', { name: 'shop', host: 'shop-servers' })
  await api('POST', '/services', { name: 'late', url: `http://127.0.0.1:${port}/late` })
  await api('POST', '/services/shop/routes', { name: 'shop', paths: ['/shop'] })
  await api('POST', '/services/late/routes', { name: 'late', paths: ['/late'] })
  await at('nav-traffic').click()
  await heading('Traffic')
  await at('no-traffic').waitFor()
  await at('tail-watching').waitFor()
  await look('traffic-empty')
  await at('span').selectOption('300')

  await send(30, '/shop?key=secret')
  await send(4, '/shop?status=404')
  await send(6, '/shop?status=500')
  await send(5, '/late')
  await send(3, '/nowhere')
  await shows('requests', '48')
  check((await at('errors').innerText()).includes('4xx 7, 5xx 6'), `errors: ${await at('errors').innerText()}`)
  const cell = (row, id) => at(`busy-${row}`).getByTestId(id).innerText()
  check((await cell('shop', 'count')) === '40', 'forty requests to the shop')
  check((await cell('shop', '5xx')) === '15 %', `6 of 40 failed, and shown is ${await cell('shop', '5xx')}`)
  check((await cell('late', 'count')) === '5', 'five late ones')
  check((await cell('none', 'count')) === '3', 'three that matched nothing')
  const late = parseFloat(await cell('late', 'p95-of'))
  check(late >= 200 && late < 2000, `answers that took 200 ms are shown with ${late} ms`)
  done('48 requests, as they were sent')

  const rows = at('tail-row')
  await until('the tail does not show 48 requests', async () => (await rows.count()) === 48)
  const told = await page.locator('table.tail').innerText()
  check(!told.includes('secret') && !told.includes('status='), 'queries are in the tail')
  check((await rows.filter({ hasText: '/nowhere' }).count()) === 3, 'three of nowhere')
  check((await rows.filter({ hasText: '/late' }).filter({ hasText: `127.0.0.1:${port}` }).count()) === 5, 'five that were sent on')
  await page.locator('.charts canvas').nth(1).waitFor()
  await look('traffic')
  done('the tail shows each of them')
}

async function narrowed() {
  const rows = at('tail-row')
  await at('tail-status').selectOption('5xx')
  await at('tail-watching').waitFor()
  await send(3, '/shop')
  await send(2, '/shop?status=503')
  await until('two errors', async () => (await rows.count()) === 2)
  check((await rows.filter({ hasText: '503' }).count()) === 2, 'the two are those that failed')
  await shows('requests', '53')

  await at('by').selectOption('upstream')
  await until('45 to the upstream', async () => (await at('busy-shop-servers').getByTestId('count').innerText()) === '45')
  await at(`busy-127.0.0.1:${port}`).waitFor()
  check((await rows.count()) === 2, 'the tail begins anew when the table is told apart by something else')
  await at('by').selectOption('service')
  await at('tail-status').selectOption('')
  await at('busy-shop').getByTestId('only').click()
  await at('chosen').getByText('shop').waitFor()
  await shows('requests', '45')
  await at('busy-late').waitFor({ state: 'hidden' })
  await at('tail-watching').waitFor()
  await send(1, '/late')
  await send(1, '/shop')
  await shows('requests', '46')
  await until('one of the shop', async () => (await rows.count()) === 1)
  await look('traffic-of-one')
  done('one service alone')
}

async function paused() {
  await at('pause').click()
  await page.getByText('Paused at').waitFor()
  await send(4, '/shop')
  await until('the gateway does not count them', async () => (await api('GET', '/traffic?service=shop&seconds=300&size=0')).total.requests === 50)
  check(await says('requests', '46'), 'figures move while they are paused')
  check((await at('tail-row').count()) === 1, 'the tail moves while it is paused')
  await at('pause').click()
  await shows('requests', '50')
  await until('the tail goes on', async () => (await at('tail-row').count()) === 5)
  done('paused, and on again')
}

async function elsewhere() {
  await at('all').click()
  await shows('requests', '59')
  await at('busy-shop').getByRole('link', { name: 'shop', exact: true }).click()
  await heading('shop')
  await at('requests-of').waitFor()
  await until('no figures of the service', async () => Number(await at('requests-of').innerText()) > 0)
  await at('see-traffic').click()
  await at('chosen').waitFor()
  const upstream = await api('GET', '/upstreams/shop-servers')
  await page.goto(`/default/upstreams/${upstream.id}`)
  await until('no figures of the upstream', async () => Number(await at('requests-of').innerText()) > 0)
  await look('upstream-traffic')
  await at('nav-overview').click()
  await at('to-traffic').waitFor()
  await page.getByText('5xx in two minutes').waitFor()
  await look('overview-traffic')
  await at('to-traffic').click()
  await heading('Traffic')
  const route = await api('GET', '/routes/late')
  await page.goto(`/default/routes/${route.id}`)
  await until('no figures of the route', async () => Number(await at('requests-of').innerText()) > 0)
  await look('route-traffic')
  done('on the pages of one')
}

await tell(browser, async () => {
  await page.goto('/')
  await heading('Overview')
  await counted()
  await narrowed()
  await paused()
  await elsewhere()
}, () => {
  server.closeAllConnections()
  server.close()
})
