// A jar comes in by the browser, works on a request, is replaced, and a bad one leaves all as it was. Arguments: the portal's
// address, the proxy's, the Admin API's, its token, and a folder with first.jar, second.jar and broken.jar.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { check, done, open, tell } from './browser.js'

const [portal, proxy, api, token, folder] = process.argv.slice(2)

async function make(path, body) {
  const answer = await fetch(api + path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Kong-Admin-Token': token }, body: JSON.stringify(body) })
  check(answer.status === 201, `${path}: ${answer.status} ${await answer.text()}`)
}

const backend = createServer((request, response) => response.end('served'))
await new Promise((ready) => backend.listen(0, '127.0.0.1', ready))

const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const row = at('jar-example')

async function upload(name) {
  await at('jar').setInputFiles(join(folder, name))
  await page.getByText(name).waitFor()
  await at('upload').click()
}

await tell(browser, async () => {
  await page.goto('/default/plugin-jars')
  await heading('Log in')
  await at('token').fill(token)
  await at('login').click()
  await heading('Plugin jars')
  await at('jar-PortalPlugin').getByText('running').waitFor()
  check((await row.count()) === 0, 'the jar is there before it came')
  await look('jars')

  await upload('first.jar')
  await at('uploaded').getByText('example 1.0 runs').waitFor()
  await row.getByText('running').waitFor()
  await row.getByText('plugin example').waitFor()
  const first = await row.locator('td').nth(3).innerText()
  await look('jars-uploaded')
  await make('/services', { name: 'shop', url: `http://127.0.0.1:${backend.address().port}` })
  await make('/services/shop/routes', { name: 'shop', paths: ['/shop'] })
  await make('/services/shop/plugins', { name: 'example', config: { header_name: 'X-Uploaded', header_value: 'yes' } })
  const answer = await fetch(`${proxy}/shop`)
  check(answer.headers.get('X-Uploaded') === 'yes', `the request met no such plugin: ${answer.status}`)
  done('a jar that was uploaded works on a request')

  // The next generation asks before it takes the place of the one that serves.
  await upload('second.jar')
  await page.getByRole('dialog').getByText('Version 2.0 takes its place').waitFor()
  await browser.forgive(/status of 409/)
  await look('jars-replace')
  await at('modal-action-button').click()
  await at('uploaded').getByText('example 2.0 runs').waitFor()
  await row.filter({ hasText: 'running' }).getByText('2.0').waitFor()
  check((await row.filter({ hasText: 'running' }).locator('td').nth(3).innerText()) !== first, 'the generation has not turned')
  check((await fetch(`${proxy}/shop`)).headers.get('X-Uploaded') === 'yes', 'the new generation does not serve')
  done('it is replaced')

  await upload('broken.jar')
  await at('modal-action-button').click()
  await browser.forgive(/status of 409/)
  await at('upload-refused').getByText('ExamplePlugin').waitFor()
  await browser.forgive(/status of 400/)
  await look('jars-refused')
  await row.filter({ hasText: 'running' }).getByText('2.0').waitFor()
  check((await fetch(`${proxy}/shop`)).headers.get('X-Uploaded') === 'yes', 'a jar that is refused has stopped the one that serves')
  done('a jar that is refused changes nothing')

  await at('wanted').fill('example')
  await row.filter({ hasText: 'running' }).waitFor()
  check((await at('jar-PortalPlugin').count()) === 0, 'the search leaves out nothing')
}, () => {
  backend.closeAllConnections()
  backend.close()
})
